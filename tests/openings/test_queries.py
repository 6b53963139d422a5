"""Openings are read within the viewer's teams, live ones first."""

import pytest

from hiringkit.foundation.access import NOBODY, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.openings import operations, queries
from hiringkit.openings.rules import OpeningState
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World


def test_live_openings_come_first_and_newest_first(world: World) -> None:
    first, second, third = (opening(world, title) for title in ("First", "Second", "Third"))
    operations.move_opening(third, "close", by=world.actor("manager"), at=now())
    viewer = world.actor("manager")
    assert [row.title for row in queries.openings(viewer, 1).rows] == ["Second", "First", "Third"]
    assert [row.id for row in queries.openings(viewer, 1, OpeningState.DRAFT).rows] == [second.id, first.id]
    assert queries.openings(viewer, 1, OpeningState.PAUSED).total == 0


def test_foreign_and_absent_openings_are_not_found_alike(world: World) -> None:
    own, foreign = opening(world), opening(world, team="Other", by="other")
    world.member("ina")
    viewer = world.actor("ina")
    assert queries.opening(viewer, own.public_id) is own
    for public_id in (foreign.public_id, "nothing-like-this"):
        with pytest.raises(NotFoundError):
            queries.opening(viewer, public_id)
    assert [row.id for row in queries.openings(viewer, 1).rows] == [own.id]


def test_auditors_read_every_team_and_administrators_none(world: World) -> None:
    opening(world)
    opening(world, team="Other", by="other")
    world.member("aud", Capacity.AUDITOR)
    assert queries.openings(world.actor("aud"), 1).total == 2
    assert queries.openings(world.admin, 1).total == 0
    assert queries.openings(NOBODY, 1).total == 0


def test_words_name_team_pack_and_track(world: World) -> None:
    row = opening(world)
    words = queries.unscoped_words([row])[row.id]
    assert (words.team, words.pack, words.track) == ("Access", "Patient access", "Revenue cycle operations")
    assert queries.unscoped_words([]) == {}


def test_an_opening_is_found_by_id_and_by_public_name(world: World) -> None:
    row = opening(world)
    assert queries.unscoped_opening(row.id) is row
    assert queries.unscoped_openings([row.id, row.id]) == {row.id: row}
    assert queries.unscoped_opening_of("patient-access-manager") is row
    assert queries.unscoped_opening_of("nothing") is None


def test_openings_are_created_only_where_one_is_manager(world: World) -> None:
    world.manager()
    world.team("Other")
    assert [team.name for team in queries.teams_to_open_in(world.actor("manager"))] == ["Access"]
    world.member("ina")
    assert list(queries.teams_to_open_in(world.actor("ina"))) == []


def test_thirty_openings_cost_as_many_statements_as_one(world: World) -> None:
    opening(world)
    viewer = world.actor("manager")

    def statements() -> int:
        with counted() as seen:
            page = queries.openings(viewer, 1)
            queries.unscoped_words(page.rows)
        return len(seen)

    with_one = statements()
    for number in range(29):
        opening(world, f"Opening {number}")
    assert queries.openings(viewer, 1).total == 30
    assert statements() == with_one == 4
