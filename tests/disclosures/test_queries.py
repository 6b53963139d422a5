"""A disclosure is read within the viewer's teams; the newest version that stands is the current one."""

import pytest

from hiringkit.disclosures import operations, queries
from hiringkit.foundation.access import NOBODY, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from tests.disclosures.factories import checked, draft, published
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World


@pytest.mark.parametrize("capacity", [Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR])
def test_the_team_and_the_auditor_read_the_draft(world: World, capacity: Capacity) -> None:
    row = opening(world)
    draft(world, row)
    world.member("reader", capacity)
    view = queries.disclosure(world.actor("reader"), row.public_id)
    assert view.draft is not None
    assert view.claims


def test_others_find_nothing(world: World) -> None:
    row = opening(world)
    version = published(world, row)
    world.manager("neighbour", team="Other")
    for viewer in (world.actor("neighbour"), world.admin, NOBODY):
        with pytest.raises(NotFoundError):
            queries.disclosure(viewer, row.public_id)
        with pytest.raises(NotFoundError):
            queries.published_version(viewer, row.public_id, version.number)
    with pytest.raises(NotFoundError):
        queries.disclosure(world.actor("manager"), "nothing")
    with pytest.raises(NotFoundError):
        queries.published_version(world.actor("manager"), row.public_id, 7)


def test_a_view_tells_what_was_started_checked_and_published(world: World) -> None:
    row, viewer = opening(world), world.actor("manager")
    empty = queries.disclosure(viewer, row.public_id)
    assert (empty.draft, empty.current, empty.claims, empty.seen) == (None, None, (), 0)
    draft(world, row)
    started = queries.disclosure(viewer, row.public_id)
    assert (started.confirmed, started.seen) == (frozenset(), 9)
    version = published(world, row)
    after = queries.disclosure(viewer, row.public_id)
    assert (len(after.confirmed), after.seen, after.current) == (9, 18, version)
    assert after.content_hash == version.content_hash
    assert after.is_unchanged
    assert not started.is_unchanged


def test_a_view_takes_three_statements(world: World) -> None:
    row = opening(world)
    checked(world, row)
    viewer = world.actor("manager")
    with counted() as seen:
        queries.disclosure(viewer, row.public_id)
    assert len(seen) == 3


def test_current_versions_come_in_one_statement_and_skip_what_was_withdrawn(world: World) -> None:
    one, two, three = (opening(world, title) for title in ("One", "Two", "Three"))
    first, second = published(world, one), published(world, one)
    gone = published(world, two)
    operations.withdraw_disclosure(second, "Wrong.", by=world.actor("manager"), at=now())
    operations.withdraw_disclosure(gone, "Wrong.", by=world.actor("manager"), at=now())
    with counted() as seen:
        found = queries.unscoped_current_versions([one.id, two.id, three.id])
    assert found == {one.id: first}
    assert len(seen) == 1
    assert queries.unscoped_newest_number(one.id) == 2
    assert queries.unscoped_newest_number(three.id) == 0
    assert queries.unscoped_is_withdrawn(second.id)
    assert not queries.unscoped_is_withdrawn(first.id)


def test_a_version_is_laid_out_from_what_it_froze(world: World) -> None:
    version = published(world)
    assert queries.document_of(version).claims
    assert [label for label, *_ in queries.leaflet(version).facts] == ["Pay", "Hours", "Reports to", "Apply by"]
    assert queries.leaflet(version) is queries.leaflet(version)
