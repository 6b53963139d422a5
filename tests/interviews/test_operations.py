"""Booking, filling panels and answering: every refusal names its reason, and nothing is done by half."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DatabaseError

from hiringkit.candidates.operations import deliver, record_reading, withdraw_application
from hiringkit.candidates.queries import ApplicationView, unscoped_application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.disclosures.operations import publish_disclosure, save_section
from hiringkit.disclosures.queries import unscoped_claims, unscoped_draft, unscoped_sections
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, StaleEditError
from hiringkit.interviews import operations, queries
from hiringkit.interviews.models import Assignment, Interview, Waiver
from hiringkit.interviews.rules.booking import BookingDraft
from hiringkit.interviews.rules.lifecycle import AssignmentState, InterviewState
from hiringkit.loops.models import LoopVersionStage
from hiringkit.loops.queries import unscoped_current_version, unscoped_frozen_at
from hiringkit.people.models import Membership
from hiringkit.people.operations import end_membership
from tests.candidates import factories as candidates
from tests.interviews.factories import (
    AFTER,
    LEAD,
    SECOND,
    SHADOW,
    START,
    ZONE,
    book,
    calibrated,
    events,
    panel,
    ready,
    seat,
    stages,
    wall,
)
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.world import NINE, World


def problems(refused: pytest.ExceptionInfo[InvalidError]) -> str:
    return " ".join(refused.value.problems.values())


def test_first_booking_freezes_the_loop_and_moves_the_application(world: World) -> None:
    view = ready(world)
    version = unscoped_current_version(view.opening.id)
    assert version is not None
    assert unscoped_frozen_at(version.id) is None
    plan = book(world, view)
    assert unscoped_frozen_at(version.id) == NINE
    assert plan.view.application.state is ApplicationState.INTERVIEWING
    assert (plan.interview.starts_at, plan.interview.zone) == (START, ZONE)
    assert plan.interview.minutes == plan.stage.minutes
    assert len(events("interview:booked")) == 1


def test_booking_without_a_delivery_is_refused_with_one_reason(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    loop_version(sqlite_world, row)
    view = unscoped_application(candidates.application(sqlite_world, row).id)
    with pytest.raises(InvalidError) as refused:
        book(sqlite_world, view)
    assert problems(refused) == "No published disclosure has been delivered to this candidate yet; send it first."
    assert db.session.scalar(select(func.count()).select_from(Interview)) == 0


def _without_pay(world: World, view: ApplicationView) -> None:
    """Deliver to an application a newer version that names no pay."""
    manager, draft = world.actor("manager"), unscoped_draft(view.opening.id)
    assert draft is not None
    claims = [one for one in unscoped_claims(draft.id) if one.field.startswith("pay.") and one.field != "pay.band"]
    claims.append(Claim("pay.band", none_reason="It depends on the person."))
    save_section(draft, "pay", claims, unscoped_sections(draft.id)["pay"].version, by=manager, at=NINE)
    version = publish_disclosure(view.opening, by=manager, at=NINE)
    deliver(view.application, version, "a-loop-version", "0" * 64, by=manager, at=NINE)


@pytest.mark.parametrize(
    ("places", "is_refused"), [(["EU"], True), (["US-CO", "EU"], True), (["US-CO"], False), ([], False)]
)
def test_a_european_opening_books_no_interview_before_the_pay_was_delivered(
    sqlite_world: World, places: list[str], is_refused: bool
) -> None:
    view, in_force = ready(sqlite_world), datetime(2026, 11, 27, 15, tzinfo=UTC)
    _without_pay(sqlite_world, view)
    view.opening.posting_places = places
    db.session.commit()
    if not is_refused:
        assert book(sqlite_world, view, starts=in_force).interview.state is InterviewState.PLANNED
        return
    with pytest.raises(InvalidError) as refused:
        book(sqlite_world, view, starts=in_force)
    assert "European Union: the candidate is to know the pay before the first interview" in problems(refused)
    assert db.session.scalar(select(func.count()).select_from(Interview)) == 0
    view.opening.posting_places = []  # What else these places ask of a posting is no matter here.
    db.session.commit()
    version = candidates.publish_again(sqlite_world, view.opening)
    view.opening.posting_places = places
    deliver(view.application, version, "a-loop-version", "0" * 64, by=sqlite_world.actor("manager"), at=NINE)
    assert book(sqlite_world, view, starts=in_force).interview.state is InterviewState.PLANNED


def test_an_interview_before_the_european_rule_holds_is_booked_without_it(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    _without_pay(sqlite_world, view)
    view.opening.posting_places = ["EU"]
    db.session.commit()
    assert book(sqlite_world, view).interview.state is InterviewState.PLANNED


def test_a_european_opening_without_a_delivery_is_refused_for_that_alone(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    row.posting_places = ["EU"]
    db.session.commit()
    loop_version(sqlite_world, row)
    view = unscoped_application(candidates.application(sqlite_world, row).id)
    with pytest.raises(InvalidError) as refused:
        book(sqlite_world, view, starts=datetime(2026, 11, 27, 15, tzinfo=UTC))
    assert problems(refused) == "No published disclosure has been delivered to this candidate yet; send it first."


def test_stage_is_booked_once_until_it_is_cancelled(sqlite_world: World) -> None:
    plan = book(sqlite_world, ready(sqlite_world))
    with pytest.raises(InvalidError) as refused:
        book(sqlite_world, plan.view, starts=START + timedelta(days=1))
    assert "stage" in refused.value.problems
    operations.move_interview(plan, "cancel", by=sqlite_world.actor("manager"), at=NINE)
    assert book(sqlite_world, plan.view).interview.state is InterviewState.PLANNED


def test_candidate_is_in_one_place_at_a_time(sqlite_world: World) -> None:
    plan = book(sqlite_world, ready(sqlite_world))
    with pytest.raises(InvalidError) as refused:
        book(sqlite_world, plan.view, 1, START + timedelta(minutes=plan.interview.minutes - 1))
    assert problems(refused) == "The candidate has another interview at that time."
    assert book(sqlite_world, plan.view, 1, plan.interview.ends_at)


@pytest.mark.parametrize(
    ("draft", "field", "words"),
    [
        (BookingDraft(datetime(2027, 3, 14, 2, 30), ZONE), "time", "02:30 does not exist on that day"),  # noqa: DTZ001  # Typed.
        (BookingDraft(datetime(2026, 5, 9, 9, 0), "Mars/Olympus"), "zone", "Choose a time zone"),  # noqa: DTZ001  # Typed.
        (wall(NINE), "day", "The start is in the past"),
    ],
)
def test_a_start_that_cannot_be_is_refused_at_its_field(
    sqlite_world: World, draft: BookingDraft, field: str, words: str
) -> None:
    view = ready(sqlite_world)
    with pytest.raises(InvalidError) as refused:
        operations.book_interview(view, stages(view)[0].id, draft, by=sqlite_world.actor("manager"), at=NINE)
    assert words in refused.value.problems[field]


def test_time_that_comes_twice_is_the_first_one(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    draft = BookingDraft(datetime(2026, 11, 1, 1, 30), ZONE)  # noqa: DTZ001  # As it is typed.
    row = operations.book_interview(view, stages(view)[0].id, draft, by=sqlite_world.actor("manager"), at=NINE)
    assert row.starts_at.isoformat() == "2026-11-01T06:30:00+00:00"


def test_interviewers_and_other_teams_do_not_plan(sqlite_world: World) -> None:
    plan = book(sqlite_world, ready(sqlite_world))
    sqlite_world.member("ana")
    sqlite_world.member("cora", Capacity.COORDINATOR)
    sqlite_world.manager("strange", "Other")
    for who in ("ana", "strange"):
        with pytest.raises(ForbiddenError):
            operations.move_interview(plan, "cancel", by=sqlite_world.actor(who), at=NINE)
    operations.move_interview(plan, "confirm", by=sqlite_world.actor("cora"), at=NINE)
    assert plan.interview.state is InterviewState.CONFIRMED


def test_calibrated_people_lead_and_second_and_anybody_shadows(world: World) -> None:
    view = ready(world)
    world.member("gil")
    calibrated(world, "ana", "ben")
    plan = book(world, view)
    assert seat(world, plan, "ana").assignment.state is AssignmentState.PROPOSED
    assert seat(world, plan, "ben", SECOND).assignment.role is SECOND
    assert seat(world, plan, "gil", SHADOW).waiver is None
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 3


def test_assignment_without_calibration_names_each_competency(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    sqlite_world.member("gil")
    plan = book(sqlite_world, view)
    with pytest.raises(InvalidError) as refused:
        seat(sqlite_world, plan, "gil")
    named = queries.unscoped_panel_view(plan).competencies.values()
    assert len(named) >= 3
    for name in named:
        assert f"Gil holds no calibration on {name}." in problems(refused)


def test_calibration_that_ends_before_the_interview_does_not_count(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    calibrated(sqlite_world, "ana")
    plan = book(sqlite_world, view, starts=NINE + timedelta(days=91))
    with pytest.raises(InvalidError) as refused:
        seat(sqlite_world, plan, "ana")
    assert "does not hold on that day: it has run out." in problems(refused)


def test_a_manager_waives_a_calibration_with_a_sealed_reason_and_nothing_else(world: World) -> None:
    view = ready(world)
    world.member("gil")
    world.member("cora", Capacity.COORDINATOR)
    plan = book(world, view)
    with pytest.raises(ForbiddenError):
        seat(world, plan, "gil", waiver="She knows the work.", by="cora")
    held = seat(world, plan, "gil", waiver="She knows the work.")
    assert held.waiver is not None
    assert b"She knows" not in held.waiver.reason
    assert held.waiver.requirement.startswith("Calibration: ")
    assert "Gil" not in held.waiver.requirement
    assert '"waived":true' in events("assignment:made")[0]
    assert queries.waiver_reasons(queries.unscoped_panel_view(plan)) == {held.assignment.id: "She knows the work."}
    other = book(world, ready(world, "Robin Vale", view.opening))
    with pytest.raises(InvalidError) as refused:
        seat(world, other, "gil", waiver="Please.")
    assert problems(refused) == "Gil has another interview at that time."
    for statement in (update(Waiver).values(by_id=1), delete(Waiver)):
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(statement)
        db.session.rollback()


def test_places_are_taken_once_and_free_again_when_declined_or_handed_over(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    first, _ = panel(sqlite_world, view, "ana", "ben")
    calibrated(sqlite_world, "chi")
    plan = first.scheduled
    for role in (LEAD, SECOND):
        with pytest.raises(InvalidError) as refused:
            seat(sqlite_world, plan, "chi", role)
        assert problems(refused) == f"This panel already has its {role.value}."
    with pytest.raises(InvalidError) as refused:
        seat(sqlite_world, plan, "ana", SHADOW)
    assert problems(refused) == "Ana is already on this panel."
    operations.decline_assignment(first, by=sqlite_world.actor("ana"), at=NINE)
    led = seat(sqlite_world, plan, "chi")
    operations.hand_over_assignment(led, by=sqlite_world.actor("manager"), at=NINE)
    again = seat(sqlite_world, plan, "ana")
    assert (again.assignment.id, again.assignment.state) == (first.assignment.id, AssignmentState.PROPOSED)


def test_a_panel_of_three_has_two_seconds(sqlite_world: World) -> None:
    plan = book(sqlite_world, ready(sqlite_world))
    calibrated(sqlite_world, "ana", "ben")
    seat(sqlite_world, plan, "ana", SECOND)
    shown = queries.unscoped_panel_view(plan)
    assert shown.is_taken(SECOND)
    wider = replace(shown, plan=replace(plan, stage=LoopVersionStage(panel=3)))
    assert not wider.is_taken(SECOND)
    seat(sqlite_world, plan, "ben", LEAD)
    assert queries.unscoped_panel_view(plan).is_taken(LEAD)


def test_whoever_has_read_can_only_shadow(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    plan = book(sqlite_world, view)
    (ana,) = calibrated(sqlite_world, "ana")
    record_reading(view.application, ana.id, by=sqlite_world.actor("ana"), at=NINE)
    for role in (LEAD, SECOND):
        with pytest.raises(InvalidError) as refused:
            seat(sqlite_world, plan, "ana", role, waiver="She is the best we have.")
        assert problems(refused) == "Ana has read scorecards of this application and can only shadow."
    assert seat(sqlite_world, plan, "ana", SHADOW)


def test_nobody_of_another_team_sits_and_nobody_who_left(sqlite_world: World) -> None:
    plan = book(sqlite_world, ready(sqlite_world))
    sqlite_world.member("strange", team="Other")
    sqlite_world.member("cora", Capacity.COORDINATOR)
    for who in ("strange", "cora"):
        with pytest.raises(InvalidError) as refused:
            seat(sqlite_world, plan, who, SHADOW)
        assert "Only interviewers and managers of this team" in problems(refused)
    ana = sqlite_world.member("ana")
    held = seat(sqlite_world, plan, "ana", SHADOW)
    membership = db.session.scalars(select(Membership).where(Membership.member_id == ana.id)).one()
    end_membership(membership, by=sqlite_world.admin, at=NINE)
    shown = queries.unscoped_panel_view(plan)
    assert [one.member.name for one in shown.seats] == ["Ana"]
    assert shown.person(ana.public_id) is None
    assert held.assignment.id == shown.seats[0].assignment.id


def test_people_answer_for_themselves_and_before_it_begins(sqlite_world: World) -> None:
    (held, other) = panel(sqlite_world, ready(sqlite_world), "ana", "ben")
    ana = sqlite_world.actor("ana")
    with pytest.raises(ForbiddenError):
        operations.accept_assignment(other, by=ana, at=NINE)
    with pytest.raises(ForbiddenError):
        operations.decline_assignment(held, by=sqlite_world.actor("manager"), at=NINE)
    operations.accept_assignment(held, by=ana, at=NINE)
    with pytest.raises(ConflictError):
        operations.accept_assignment(held, by=ana, at=NINE)
    with pytest.raises(ConflictError, match="has begun"):
        operations.decline_assignment(held, by=ana, at=START)
    assert held.assignment.state is AssignmentState.ACCEPTED


def test_moves_need_their_time_and_end_the_panel(sqlite_world: World) -> None:
    (held,) = panel(sqlite_world, ready(sqlite_world), "ana")
    manager, plan = sqlite_world.actor("manager"), held.scheduled
    for move in ("hold", "miss"):
        with pytest.raises(ConflictError, match="begins on 6 May 2026, 10:00, America/Chicago"):
            operations.move_interview(plan, move, by=manager, at=NINE)
    operations.move_interview(plan, "miss", by=manager, at=AFTER)
    assert plan.interview.state is InterviewState.NO_SHOW
    for act in (
        lambda: operations.hand_over_assignment(held, by=manager, at=AFTER),
        lambda: seat(sqlite_world, plan, "ana", SHADOW),
        lambda: operations.move_interview(plan, "cancel", by=manager, at=AFTER),
    ):
        with pytest.raises(ConflictError):
            act()


def test_rescheduling_keeps_the_panel_and_asks_it_again_for_nothing(world: World) -> None:
    (held, _) = panel(world, ready(world), "ana", "ben")
    plan, manager = held.scheduled, world.actor("manager")
    operations.move_interview(plan, "confirm", by=manager, at=NINE)
    version = plan.interview.version
    row = operations.reschedule(plan, wall(START + timedelta(days=1)), version, by=manager, at=NINE)
    assert (row.starts_at, row.state) == (START + timedelta(days=1), InterviewState.PLANNED)
    with pytest.raises(StaleEditError) as stale:
        operations.reschedule(plan, wall(START), version, by=manager, at=NINE)
    assert stale.value.current == {"day": "2026-05-07", "time": "10:00", "zone": ZONE}


def test_rescheduling_into_another_interview_of_the_panel_names_who_is_busy(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    panel(sqlite_world, view, "ana", "ben")
    other = book(sqlite_world, ready(sqlite_world, "Robin Vale", view.opening), starts=START + timedelta(days=1))
    seat(sqlite_world, other, "ana")
    with pytest.raises(InvalidError) as refused:
        operations.reschedule(other, wall(START), 1, by=sqlite_world.actor("manager"), at=NINE)
    assert problems(refused) == "Ana cannot be at two interviews at that time."


def test_withdrawing_cancels_what_is_to_come(world: World) -> None:
    view = ready(world)
    (held,) = panel(world, view, "ana")
    operations.move_interview(held.scheduled, "hold", by=world.actor("manager"), at=AFTER)
    plan = book(world, view, 1)
    withdraw_application(unscoped_application(view.application.id).application, by=world.actor("manager"), at=AFTER)
    states = {
        one.interview.stage_id: one.interview.state for one in queries.unscoped_interviews_of(view.application.id)
    }
    assert states == {
        held.interview.stage_id: InterviewState.HELD,
        plan.interview.stage_id: InterviewState.CANCELLED,
    }
