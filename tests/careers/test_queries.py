"""The public side reads what is published and stands, of openings that anybody may read."""

from collections.abc import Iterable

import pytest

from hiringkit.careers import queries
from hiringkit.disclosures import operations as disclosures
from hiringkit.disclosures.rules.lifecycle import DisclosureState
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.openings import operations as openings
from hiringkit.openings.models import Opening
from tests.disclosures.factories import draft, published
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World

WAYS = {
    "draft": (),
    "open": ("open",),
    "paused": ("open", "pause"),
    "filled": ("open", "fill"),
    "closed": ("open", "close"),
    "never open": ("close",),
    "opened late": ("close", "reopen", "close"),
}


def moved(world: World, row: Opening, moves: Iterable[str]) -> Opening:
    """Move an opening along."""
    for move in moves:
        openings.move_opening(row, move, by=world.actor("manager"), at=now())
    return row


@pytest.mark.parametrize("state", WAYS)
def test_which_openings_are_listed_and_readable(sqlite_world: World, state: str) -> None:
    world = sqlite_world
    row = opening(world)
    published(world, row)
    moved(world, row, WAYS[state])
    listed = [one.opening.id for one in queries.unscoped_open_disclosures(1).rows]
    assert listed == ([row.id] if state == "open" else [])
    if state in {"open", "paused"}:
        assert queries.unscoped_public_disclosure(row.slug).version.number == 1
    else:
        with pytest.raises(NotFoundError):
            queries.unscoped_public_disclosure(row.slug)
    if state in {"draft", "never open"}:
        for read in (
            lambda: queries.unscoped_public_version(row.slug, 1),
            lambda: queries.unscoped_public_versions(row.slug),
            lambda: queries.unscoped_ended_disclosure(row.slug),
        ):
            with pytest.raises(NotFoundError):
                read()
    else:
        assert queries.unscoped_public_version(row.slug, 1).opening.id == row.id


def test_an_open_opening_without_a_published_version_is_nowhere(world: World) -> None:
    row = opening(world, state="open")
    draft(world, row)
    assert queries.unscoped_open_disclosures(1).total == 0
    with pytest.raises(NotFoundError):
        queries.unscoped_public_disclosure(row.slug)
    with pytest.raises(NotFoundError):
        queries.unscoped_public_version(row.slug, 1)


def test_superseded_versions_stay_and_withdrawn_ones_go(world: World) -> None:
    row = opening(world, state="open")
    published(world, row)
    second = published(world, row)
    assert queries.unscoped_public_disclosure(row.slug).version.number == 2
    first = queries.unscoped_public_version(row.slug, 1)
    assert (first.state, first.current) == (DisclosureState.SUPERSEDED, 2)
    disclosures.withdraw_disclosure(second, "Wrong.", by=world.actor("manager"), at=now())
    assert queries.unscoped_public_disclosure(row.slug).version.number == 1
    assert queries.unscoped_public_version(row.slug, 1).state is DisclosureState.PUBLISHED
    with pytest.raises(NotFoundError):
        queries.unscoped_public_version(row.slug, 2)


def test_the_interview_plan_is_the_loop_in_use_with_the_packs_preparation(world: World) -> None:
    row = opening(world, state="open")
    assert queries.unscoped_interview_plan(row) is None
    version = loop_version(world, row)
    with counted() as seen:
        plan = queries.unscoped_interview_plan(row)
    assert plan is not None
    assert (plan.version.id, len(plan.stages)) == (version.id, 4)
    assert plan.preparation
    assert len(seen) <= 3
    assert [stage.scenarios for stage in plan.stages] == [[], [], [], []]


def test_the_list_is_paged_newest_first_with_two_statements(world: World) -> None:
    rows = [opening(world, f"Opening {number}", state="open") for number in range(3)]
    for row in rows:
        published(world, row)
    with counted() as seen:
        page = queries.unscoped_open_disclosures(1)
    assert [one.opening.id for one in page.rows] == [row.id for row in reversed(rows)]
    assert len(seen) == 2
