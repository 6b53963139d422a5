"""Who may do what with loops."""

from datetime import datetime

from hiringkit.foundation.access import Actor, Capacity, Permission, PolicyTable, allow, demand
from hiringkit.foundation.errors import WrongStateError
from hiringkit.foundation.words import day_words, local
from hiringkit.openings.models import Opening


class LoopPermission(Permission):
    """Acts of this room; interviewers see the stages they sit in the interview kit, never the loop."""

    READ = "loops:read"
    EDIT = "loops:edit"
    FREEZE = "loops:freeze"


TABLE: PolicyTable = {
    LoopPermission.READ: allow(Capacity.MANAGER, Capacity.COORDINATOR, Capacity.AUDITOR),
    LoopPermission.EDIT: allow(Capacity.MANAGER),
    LoopPermission.FREEZE: allow(Capacity.MANAGER, Capacity.COORDINATOR),
}


def demand_edit(by: Actor, opening: Opening, frozen_at: datetime | None) -> None:
    """Raise ForbiddenError for those who may not edit this loop, WrongStateError once it is frozen."""
    demand(by, LoopPermission.EDIT, opening.team_id)
    if frozen_at is None:
        return
    day = day_words(local(frozen_at, opening.zone))
    raise WrongStateError(
        f"This loop was frozen on {day}, when its first interview was booked, so that every candidate is rated alike.",
        remedy="A different loop needs an opening of its own.",
    )
