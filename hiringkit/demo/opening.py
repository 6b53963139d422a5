"""The opening of the demo: created from the pack, disclosed section by section, its loop put in use."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from importlib.resources import files
from typing import Any

from hiringkit.demo.agenda import Agenda
from hiringkit.demo.days import ZONE
from hiringkit.demo.people import DANA, INES, OPERATOR, Cast
from hiringkit.disclosures import operations as disclosures
from hiringkit.disclosures import queries as disclosed
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.rules.claims import Basis, Claim
from hiringkit.disclosures.rules.fields import SECTIONS
from hiringkit.disclosures.rules.template import claims_from_template
from hiringkit.foundation.words import local
from hiringkit.foundation.yamltext import read_yaml
from hiringkit.library.models import Pack
from hiringkit.library.operations import CheckedPack, check_pack, import_checked
from hiringkit.library.packs import STARTER_PACK, shipped_pack_text
from hiringkit.loops import operations as loops
from hiringkit.loops import queries as looped
from hiringkit.loops.models import LoopVersion
from hiringkit.openings import operations
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningDraft

TITLE, PLACE, TRACK, POSTS = (
    "Patient Access Manager",
    "Chicago office or at home in the US",
    "revenue-cycle-operations",
    2,
)
REMOTE_FROM = ("US-CA", "US-CO", "US-NY", "US-WA")
"""Somebody at home in the US may be in any of the states whose posting rules are known."""
OPENS = 28
"""Working days ago, which is about forty days of the calendar."""
SAVED = ((OPENS - 1, "10:00"), (OPENS - 1, "14:30"), (OPENS - 2, "09:30"), (OPENS - 2, "15:00"), (OPENS - 3, "09:15"))


class Role:
    """The opening, what was disclosed of it, and its loop, as they come to be."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.checked: CheckedPack = check_pack(shipped_pack_text(STARTER_PACK), f"{STARTER_PACK}.yaml")
        self.changes = _read_changes()
        self.pack: Pack
        self.opening: Opening
        self.disclosure: DisclosureVersion
        self.loop: LoopVersion

    def load_pack(self, at: datetime) -> None:
        """Import the pack; its exercises follow by reaction."""
        self.pack = import_checked(self.checked, by=OPERATOR, at=at)

    def create(self, at: datetime) -> None:
        """Create the opening, and start its disclosure from the template."""
        by = self.cast.actor(DANA)
        draft = OpeningDraft(
            title=TITLE,
            place=PLACE,
            zone=ZONE,
            posts=POSTS,
            posting_places=REMOTE_FROM,
            team_id=self.cast.team.id,
            pack_id=self.pack.id,
            track_key=TRACK,
        )
        self.opening = operations.create_opening(draft, by=by, at=at)
        disclosures.start_draft(self.opening, by=by, at=at)

    def save_section(self, key: str, who: str, at: datetime) -> None:
        """Check one section of the disclosure, change what is different here, and save it."""
        draft = disclosed.unscoped_draft(self.opening.id)
        if draft is None:
            raise LookupError(key)
        today = local(at, ZONE).date()
        section = disclosed.unscoped_sections(draft.id)[key]
        stored = [one for one in disclosed.unscoped_claims(draft.id) if one.field.partition(".")[0] == key]
        claims = self.changes.checked(stored, key, today)
        disclosures.save_section(draft, key, claims, section.version, by=self.cast.actor(who), at=at)

    def publish(self, at: datetime) -> None:
        """Publish the disclosure and open the opening."""
        by = self.cast.actor(DANA)
        self.disclosure = disclosures.publish_disclosure(self.opening, by=by, at=at)
        operations.move_opening(self.opening, "open", by=by, at=at)

    def put_loop_in_use(self, at: datetime) -> None:
        """Start the loop from the template and put it in use as it is."""
        by = self.cast.actor(DANA)
        self.loop = loops.put_in_use(loops.start_loop(self.opening, by=by, at=at), by=by, at=at)

    def stage_id(self, key: str) -> int:
        """Return the id of the stage of that key."""
        return next(stage.row.id for stage in looped.unscoped_stages(self.loop.id) if stage.row.key == key)


@dataclass(frozen=True)
class _Changes:
    """What this team says differently from the template, and how it knows the rest."""

    answers: tuple[Claim, ...]
    left_open: frozenset[str]
    bases: dict[str, Basis]
    sources: dict[str, str]

    def checked(self, stored: list[Claim], section: str, today: date) -> list[Claim]:
        """Return the claims of a section as the team saves them, true today."""
        mine = [one for one in self.answers if one.field.partition(".")[0] == section]
        replaced = {one.field for one in mine} | self.left_open
        kept = [
            replace(
                one,
                basis=self.bases.get(one.field, one.basis),
                source=self.sources.get(one.field, one.source),
            )
            for one in stored
            if one.field not in replaced
        ]
        return [replace(one, as_of=today) for one in (*kept, *mine)]


def _read_changes() -> _Changes:
    name = "texts/disclosure.yaml"
    stored: dict[str, Any] = read_yaml(files("hiringkit.demo").joinpath(name).read_text("utf-8"), name).data
    filled = claims_from_template(stored["answers"])
    if filled.findings:
        raise ValueError(filled.findings)
    bases = dict.fromkeys(stored["measured"], Basis.MEASURED) | dict.fromkeys(stored["policy"], Basis.POLICY)
    return _Changes(filled.claims, frozenset(stored["open"]), bases, stored["sources"])


def plan_opening(agenda: Agenda, role: Role) -> None:
    """Plan how the opening is created, disclosed and given its loop."""
    agenda.plan((78, "09:20"), role.load_pack)
    agenda.plan((OPENS, "09:30"), role.create)
    for number, section in enumerate(SECTIONS):
        who = DANA if number % 3 else INES
        agenda.plan(SAVED[number * len(SAVED) // len(SECTIONS)], partial(role.save_section, section.key, who))
    agenda.plan((OPENS - 3, "11:00"), role.put_loop_in_use)
    agenda.plan((OPENS - 3, "16:00"), role.publish)
