"""Who may what with loops, as PRODUCT.md says it, and nobody once a loop is frozen."""

from datetime import UTC, datetime

import pytest

from hiringkit.foundation.access import Capacity
from hiringkit.foundation.errors import ForbiddenError, WrongStateError
from hiringkit.loops.policy import TABLE, LoopPermission, demand_edit
from tests.openings.factories import opening
from tests.world import World


def test_capacities() -> None:
    assert {
        LoopPermission.READ: {Capacity.MANAGER, Capacity.COORDINATOR, Capacity.AUDITOR},
        LoopPermission.EDIT: {Capacity.MANAGER},
        LoopPermission.FREEZE: {Capacity.MANAGER, Capacity.COORDINATOR},
    } == TABLE
    assert set(TABLE) == set(LoopPermission)


def test_a_frozen_loop_names_the_day_in_the_openings_zone(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    frozen_at = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
    with pytest.raises(WrongStateError, match="frozen on 3 May 2026"):
        demand_edit(sqlite_world.actor("manager"), row, frozen_at)
    with pytest.raises(ForbiddenError):
        demand_edit(sqlite_world.admin, row, frozen_at)
    demand_edit(sqlite_world.actor("manager"), row, None)
