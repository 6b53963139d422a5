"""People in the role of a test, made as the app makes them, and what they say."""

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.models import DisclosureVersion, Incumbent
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.openings.models import Opening
from tests.world import World

CONFIRM = WordDraft("confirmed")
DISPUTE = WordDraft("disputed", "workload.units", "Mondays are twice that.")


def marked(world: World, row: Opening, *who: str, by: str = "manager") -> list[Incumbent]:
    """Mark members of the team, made where they are missing, as being in the role."""
    for key in who:
        world.member(key)
    return [operations.mark_incumbent(row, world.members[key].public_id, by=world.actor(by), at=now()) for key in who]


def says(world: World, who: str, version: DisclosureVersion, **words: WordDraft) -> None:
    """Let somebody in the role say something of some sections, over what they have said before."""
    row = db.session.get_one(Opening, version.opening_id)
    seen = queries.own_attesting(world.actor(who), row.public_id).seen
    operations.attest(version, words, seen, by=world.actor(who), at=now())
