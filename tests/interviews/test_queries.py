"""What planners, panels and candidates may know of an interview, and in how many statements."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from hiringkit.candidates.models import Application, Candidate
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.interviews import operations, queries
from hiringkit.interviews.rules.assigning import RefusalKind
from hiringkit.interviews.rules.lifecycle import InterviewState
from hiringkit.people.models import Membership
from hiringkit.people.operations import end_membership
from tests.interviews.factories import (
    AFTER,
    LEAD,
    SECOND,
    SHADOW,
    START,
    book,
    calibrated,
    panel,
    ready,
    seat,
)
from tests.statements import counted
from tests.world import NINE, World


def refused(read: Callable[..., object], *about: object) -> bool:
    try:
        read(*about)
    except NotFoundError:
        return True
    return False


def test_schedule_is_for_those_who_plan_it(world: World) -> None:
    (held,) = panel(world, ready(world), "ana")
    world.member("cora", Capacity.COORDINATOR)
    world.member("audrey", Capacity.AUDITOR)
    world.manager("strange", "Other")
    address, view = held.interview.public_id, held.view
    for who, may in (("manager", True), ("cora", True), ("ana", False), ("strange", False), ("audrey", False)):
        viewer = world.actor(who)
        assert refused(queries.interview, viewer, address) is not may
    assert refused(queries.interviews_of, world.actor("ana"), view)
    assert [one.stage.name for one in queries.interviews_of(world.actor("cora"), view)] == [held.stage.name]
    db.session.execute(update(Application).values(state=ApplicationState.DECIDED))
    db.session.commit()
    assert queries.interview(world.actor("audrey"), address).interview.id == held.interview.id


def test_conflict_of_interest_removes_the_interview(world: World) -> None:
    (held,) = panel(world, ready(world), "ana")
    for who in ("ana", "manager"):
        db.session.execute(update(Candidate).values(member_id=world.members[who].id))
        db.session.commit()
        viewer = world.actor(who)
        assert refused(queries.interview, viewer, held.interview.public_id)
        assert refused(queries.seat, viewer, held.assignment.public_id)
        assert refused(queries.own_assignment, viewer, held.assignment.public_id)


def test_own_assignment_is_ones_own_while_one_sits_and_belongs_to_the_team(world: World) -> None:
    held, other = panel(world, ready(world), "ana", "ben")
    ana, address = world.actor("ana"), held.assignment.public_id
    assert queries.own_assignment(ana, address).candidate.name == "Jordan Avery"
    assert refused(queries.own_assignment, ana, other.assignment.public_id)
    assert refused(queries.own_assignment, world.actor("manager"), address)
    assert refused(queries.own_assignment, ana, "unknown")
    membership = db.session.scalars(select(Membership).where(Membership.member_id == ana.member_id)).one()
    end_membership(membership, by=world.admin, at=NINE)
    assert refused(queries.own_assignment, world.actor("ana"), address)
    operations.decline_assignment(other, by=world.actor("ben"), at=NINE)
    assert refused(queries.own_assignment, world.actor("ben"), other.assignment.public_id)


def test_panel_view_says_for_everybody_what_stands_against_them(world: World) -> None:
    view = ready(world)
    held, *_ = panel(world, view, "ana")
    calibrated(world, "ben")
    for who in ("chi", "devi"):
        world.member(who)
    other = book(world, ready(world, "Robin Vale", view.opening), starts=START + timedelta(minutes=15))
    seat(world, other, "chi", SHADOW)
    shown = queries.unscoped_panel_view(held.scheduled)
    said = {
        person.member.name: [{one.kind for one in shown.refusals(person, role)} for role in (LEAD, SECOND, SHADOW)]
        for person in shown.people
    }
    taken, gap, busy = RefusalKind.ROLE_TAKEN, RefusalKind.NOT_CALIBRATED, RefusalKind.OVERLAP
    on_panel = RefusalKind.ON_PANEL
    assert said == {
        "Ana": [{on_panel, taken}, {on_panel}, {on_panel}],
        "Ben": [{taken}, set(), set()],
        "Chi": [{taken, gap, busy}, {gap, busy}, {busy}],
        "Devi": [{taken, gap}, {gap}, set()],
        "Manager": [{taken, gap}, {gap}, set()],
    }
    assert [seat.member.name for seat in shown.seats] == ["Ana"]
    assert [person.member.name for person in shown.people if shown.is_waivable(person, SECOND)] == ["Devi", "Manager"]


@pytest.mark.parametrize("people", [1, 30])
def test_panel_view_takes_the_same_statements_for_any_number_of_people(sqlite_world: World, people: int) -> None:
    plan = book(sqlite_world, ready(sqlite_world))
    for number in range(people):
        sqlite_world.member(f"person{number}")
    seat(sqlite_world, plan, "person0", SHADOW)
    with counted() as seen:
        shown = queries.unscoped_panel_view(plan)
        queries.waiver_reasons(shown)
    assert len(shown.people) == people + 1
    assert len(seen) == 5


def test_candidate_reads_times_and_no_state_that_a_scorecard_brings_about(world: World) -> None:
    held, _ = panel(world, ready(world), "ana", "ben")
    application = held.application.id
    manager = world.actor("manager")
    operations.move_interview(held.scheduled, "confirm", by=manager, at=NINE)
    (before,) = queries.unscoped_interviews_of_application(application, NINE)
    assert (before.state, before.people, before.is_to_come) == (InterviewState.CONFIRMED, ("Ana", "Ben"), True)
    after = queries.unscoped_interviews_of_application(application, AFTER)
    operations.move_interview(held.scheduled, "hold", by=manager, at=AFTER)
    assert queries.unscoped_interviews_of_application(application, AFTER) == after
    assert (after[0].state, after[0].is_to_come) == (None, False)


def test_cancelled_and_missed_interviews_are_told(sqlite_world: World) -> None:
    (held,) = panel(sqlite_world, ready(sqlite_world), "ana")
    operations.move_interview(held.scheduled, "miss", by=sqlite_world.actor("manager"), at=AFTER)
    (told,) = queries.unscoped_interviews_of_application(held.application.id, AFTER)
    assert told.state is InterviewState.NO_SHOW
    assert queries.unscoped_panel(held.application.id) == []
    assert queries.unscoped_stages_booked(held.application.id) == set()
