"""Loops of a test, made as the app makes them."""

from hiringkit.foundation.clock import now
from hiringkit.loops import operations
from hiringkit.loops.models import Loop, LoopVersion
from hiringkit.openings.models import Opening
from tests.openings.factories import opening
from tests.remembering import remembered
from tests.world import World


@remembered
def loop(world: World, row: Opening | None = None, by: str = "manager") -> Loop:
    """Return the loop of an opening, started from its pack's template."""
    return operations.start_loop(row or opening(world, by=by), by=world.actor(by), at=now())


@remembered
def loop_version(world: World, row: Opening | None = None, by: str = "manager") -> LoopVersion:
    """Return the template's loop, put in use."""
    return operations.put_in_use(loop(world, row, by), by=world.actor(by), at=now())
