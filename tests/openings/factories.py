"""Openings of a test, created as the app does it."""

from hiringkit.foundation.clock import now
from hiringkit.openings import operations
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningDraft
from tests.library.factories import starter_pack
from tests.remembering import remembered
from tests.world import World


def draft(world: World, title: str = "Patient Access Manager", team: str = "Access") -> OpeningDraft:
    """Return an opening of the starter pack, about to be created."""
    return OpeningDraft(
        title=title,
        place="Remote, United States",
        zone="America/Chicago",
        team_id=world.team(team).id,
        pack_id=starter_pack(world).id,
        track_key="revenue-cycle-operations",
    )


@remembered
def opening(
    world: World, title: str = "Patient Access Manager", team: str = "Access", by: str = "manager", state: str = "draft"
) -> Opening:
    """Return an opening, created by a manager of the team and opened when `state` says so."""
    world.manager(by, team)
    row = operations.create_opening(draft(world, title, team), by=world.actor(by), at=now())
    if state == "open":
        operations.move_opening(row, "open", by=world.actor(by), at=now())
    return row
