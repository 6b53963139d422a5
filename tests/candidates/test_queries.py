"""Applications are read within the viewer's teams, by auditors after the decision, and never by those in conflict."""

import pytest

from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import NOBODY, Actor, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.openings.models import Opening
from tests.candidates.factories import application, candidate_actor, delivery, draft, link, publish_again
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World


def in_conflict(world: World, row: Opening, key: str = "ina", capacity: Capacity = Capacity.COORDINATOR) -> Application:
    """Return the application of a member of the team."""
    member = world.member(key, capacity)
    by = world.actor("manager")
    person = operations.add_candidate(draft(world, key.title(), email=member.email), by=by, at=now())
    return operations.add_application(person, row, by=by, at=now())


def decided(world: World, row: Application) -> Application:
    """Return an application after its decision."""
    delivery(world, row)
    for move in ("interview", "debrief", "decide"):
        operations.move_application(row, move, by=Actor.system(), at=now())
    return row


def test_foreign_and_absent_applications_are_not_found_alike(world: World) -> None:
    own = application(world)
    foreign = application(world, by="other", team="Other")
    viewer = world.actor("manager")
    assert queries.application(viewer, own.public_id).candidate.name == "Jordan Avery"
    for public_id in (foreign.public_id, "nothing-like-this"):
        with pytest.raises(NotFoundError):
            queries.application(viewer, public_id)
    assert queries.applications(viewer, foreign.opening_id, 1).total == 0


@pytest.mark.parametrize("capacity", [Capacity.INTERVIEWER, Capacity.ADMINISTRATOR])
def test_interviewers_and_administrators_find_no_applications(world: World, capacity: Capacity) -> None:
    row = decided(world, application(world))
    world.member("other", capacity)
    for viewer in (world.actor("other"), NOBODY, candidate_actor(row)):
        with pytest.raises(NotFoundError):
            queries.application(viewer, row.public_id)
        assert queries.applications(viewer, row.opening_id, 1).total == 0


def test_an_auditor_reads_an_application_once_it_is_decided(world: World) -> None:
    row = application(world)
    world.member("aud", Capacity.AUDITOR)
    viewer = world.actor("aud")
    delivery(world, row)
    for move in ("interview", "debrief"):
        operations.move_application(row, move, by=Actor.system(), at=now())
        with pytest.raises(NotFoundError):
            queries.application(viewer, row.public_id)
        assert queries.applications(viewer, row.opening_id, 1).total == 0
    for move in ("decide", "offer", "hire"):
        operations.move_application(row, move, by=Actor.system(), at=now())
        assert queries.application(viewer, row.public_id).application.id == row.id
    assert queries.applications(viewer, row.opening_id, 1).total == 1


@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.MANAGER, Capacity.AUDITOR])
def test_those_in_conflict_find_the_application_nowhere(world: World, capacity: Capacity) -> None:
    row = opening(world)
    application(world, row)
    own = decided(world, in_conflict(world, row, capacity=capacity))
    viewer, person = world.actor("ina"), queries.unscoped_application(own.id).candidate
    with pytest.raises(NotFoundError):
        queries.application(viewer, own.public_id)
    with pytest.raises(NotFoundError):
        queries.candidate(viewer, person.public_id)
    assert queries.applications_of(viewer, person.id) == []
    names = [view.candidate.name for view in queries.applications(viewer, row.id, 1).rows]
    assert names == ([] if capacity is Capacity.AUDITOR else ["Jordan Avery"])
    assert queries.applications(viewer, row.id, 1).total == len(names)
    assert queries.applications(world.actor("manager"), row.id, 1).total == 2


def test_candidates_come_by_name_with_as_many_statements_for_30_as_for_1(world: World) -> None:
    row = opening(world)
    application(world, row, "Zoe Zimmer")
    viewer = world.actor("manager")
    with counted() as for_one:
        queries.applications(viewer, row.id, 1)
    for number in range(30):
        application(world, row, f"Person {number:02}")
    with counted() as for_many:
        page = queries.applications(viewer, row.id, 1)
    assert len(for_one) == len(for_many) == 2
    assert [view.candidate.name for view in page.rows] == [*(f"Person {n:02}" for n in range(30)), "Zoe Zimmer"]
    assert all(view.opening is row for view in page.rows)


def test_a_token_opens_one_application_until_it_is_revoked(world: World) -> None:
    row = application(world)
    application(world, queries.unscoped_application(row.id).opening, "Samira Haddad")
    token = link(world, row)
    with counted() as seen:
        found = queries.application_by_token(token)
    assert (found.application.id, found.candidate.name, len(seen)) == (row.id, "Jordan Avery", 1)
    for wrong in ("", token[:-1], token + "x", token.swapcase(), "x" * 5000):
        with pytest.raises(NotFoundError):
            queries.application_by_token(wrong)


def test_the_token_of_an_erased_candidate_opens_nothing(world: World) -> None:
    row = application(world)
    token = link(world, row)
    queries.application_by_token(token).candidate.erased_at = now()
    db.session.commit()
    with pytest.raises(NotFoundError):
        queries.application_by_token(token)


def test_links_are_found_within_their_application(world: World) -> None:
    row = application(world)
    other = application(world, queries.unscoped_application(row.id).opening, "Samira Haddad")
    link(world, row)
    (stored,) = queries.unscoped_links(row.id)
    viewer = world.actor("manager")
    assert queries.link(viewer, row.public_id, stored.public_id) is stored
    for application_id, link_id in ((other.public_id, stored.public_id), (row.public_id, "nothing")):
        with pytest.raises(NotFoundError):
            queries.link(viewer, application_id, link_id)


def test_deliveries_come_newest_first_with_their_acknowledgement(world: World) -> None:
    row = application(world)
    view = queries.unscoped_application(row.id)
    first = delivery(world, row)
    operations.acknowledge(first, by=candidate_actor(row), at=now())
    by = world.actor("manager")
    second = operations.deliver(row, publish_again(world, view.opening), "", "", by=by, at=now())
    with counted() as seen:
        found = queries.unscoped_deliveries_of([row.id, row.id + 1])
    assert [(one.row.id, one.version.number) for one in found[row.id]] == [(second.id, 2), (first.id, 1)]
    assert [one.acknowledged_at is None for one in found[row.id]] == [True, False]
    assert (found[row.id + 1], len(seen)) == ([], 1)
    token = link(world, row)
    linked = queries.application_by_token(token)
    assert queries.delivery_of(linked, first.public_id).id == first.id
    other = delivery(world, application(world, view.opening, "Samira Haddad"))
    with pytest.raises(NotFoundError):
        queries.delivery_of(linked, other.public_id)


def test_unscoped_reads_name_what_they_find(world: World) -> None:
    row = application(world)
    view = queries.unscoped_application_of(row.public_id)
    assert view is not None
    assert (view.application.id, view.is_active) == (row.id, True)
    assert queries.unscoped_application_of("nothing") is None
    assert set(queries.unscoped_applications([row.id, row.id + 1])) == {row.id}
    assert queries.unscoped_latest_delivery(row.id) is None
    operations.withdraw_application(row, by=world.actor("manager"), at=now())
    assert queries.unscoped_application(row.id).is_active is False
    assert row.state is ApplicationState.WITHDRAWN
