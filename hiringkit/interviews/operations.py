"""The only writer of interviews: booking, filling panels, answering, handing over, and what became of them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.candidates import operations as applications
from hiringkit.candidates import queries as candidates
from hiringkit.candidates.models import Application, Delivery
from hiringkit.candidates.queries import ApplicationView
from hiringkit.candidates.rules.lifecycle import BOOKABLE, ApplicationState
from hiringkit.disclosures.queries import document_of, unscoped_version
from hiringkit.disclosures.rules.posting import is_pay_stated, places_telling_pay_first
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleEditError
from hiringkit.foundation.words import and_list, local, moment_words
from hiringkit.interviews import queries
from hiringkit.interviews.models import Assignment, Interview, Waiver
from hiringkit.interviews.policy import InterviewPermission
from hiringkit.interviews.queries import AssignmentView, PanelView, PersonView, ScheduledInterview
from hiringkit.interviews.rules.assigning import WAIVABLE, AssignmentRole, Refusal, RefusalKind
from hiringkit.interviews.rules.booking import BookingDraft, BookingFacts, booking_refusals
from hiringkit.interviews.rules.lifecycle import ASSIGNMENT, INTERVIEW, TO_COME, AssignmentState, InterviewState
from hiringkit.interviews.rules.local_time import moment_of
from hiringkit.loops import operations as loop_operations
from hiringkit.loops import queries as loops
from hiringkit.people.models import Member
from hiringkit.people.rules import check_zone

# An added application lacks its delivery, which has a reason of its own.
PLANNABLE = BOOKABLE | {ApplicationState.IN_DEBRIEF, ApplicationState.ADDED}
AFTER_THE_START = frozenset({"hold", "miss"})
FIELD_OF = {
    RefusalKind.IN_THE_PAST: "day",
    RefusalKind.CANDIDATE_BUSY: "time",
    RefusalKind.ALREADY_BOOKED: "stage",
}
WAIVED_LENGTH = 200


def hold_application(application: Application) -> None:
    """Let nothing else change the interviews and scorecards of an application until this transaction ends."""
    db.session.scalar(
        select(Application)
        .where(Application.id == application.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _demand_plan(view: ApplicationView, by: Actor) -> None:
    """Raise NotFoundError for somebody in conflict, ForbiddenError without the capacity; else hold the application."""
    if view.candidate.member_id is not None and view.candidate.member_id == by.member_id:
        raise NotFoundError
    demand(by, InterviewPermission.PLAN, view.opening.team_id)
    hold_application(view.application)


@operation("interview:booked")
def book_interview(
    view: ApplicationView, stage_id: int, draft: BookingDraft, *, again: bool = False, by: Actor, at: datetime
) -> Recorded[Interview]:
    """Book one stage for an application; the first booking freezes the loop version.

    `again`: the stage was held, and a finding of a safety gate asks for one more rater.
    """
    _demand_plan(view, by)
    version = loops.unscoped_current_version(view.opening.id)
    stage = loops.unscoped_stage(stage_id).row
    starts_at, delivery = _start(draft), candidates.unscoped_latest_delivery(view.application.id)
    _refuse_booking(
        BookingFacts(
            starts_at=starts_at,
            now=at,
            has_delivery=delivery is not None,
            is_loop_ready=version is not None and stage.loop_version_id == version.id,
            is_bookable=view.application.state in PLANNABLE,
            is_stage_booked=stage_id in queries.unscoped_stages_booked(view.application.id, to_come=again),
            is_candidate_busy=queries.unscoped_is_candidate_busy(view.application, stage, starts_at),
            pay_due_in=_places_owed_pay(view, delivery, starts_at),
        )
    )
    loop_operations.freeze_loop(loops.unscoped_version(stage.loop_version_id), by=by, at=at)
    if view.application.state is not ApplicationState.INTERVIEWING:
        applications.move_application(view.application, "interview", by=by, at=at)
    row = Interview(
        public_id=new_public_id(),
        application_id=view.application.id,
        stage_id=stage_id,
        starts_at=starts_at,
        minutes=stage.minutes,
        zone=draft.zone,
        state=InterviewState.PLANNED,
        created_by_id=by.member_id,
        created_at=at,
    )
    db.session.add(row)
    values = {
        "application": view.application.public_id,
        "stage": stage.public_id,
        "starts": starts_at.isoformat(),
        "again": again,
    }
    return Recorded(row, about=row, scope=view.opening.public_id, values=values)


def _start(draft: BookingDraft) -> datetime:
    """Return the moment that a typed start means; a time that the clocks skip is refused at its field."""
    zone = check_zone(draft.zone)
    try:
        return moment_of(draft.wall, zone).utc
    except InvalidError as error:
        raise InvalidError(problems={"time": error.sentence}) from error


def _places_owed_pay(view: ApplicationView, delivery: Delivery | None, starts_at: datetime) -> tuple[str, ...]:
    """Return the places whose rules want the pay known before the interview, where the delivered version has none."""
    day = local(starts_at, view.opening.zone).date()
    places = places_telling_pay_first(view.opening.posting_places, day)
    if not places or delivery is None:
        return ()
    delivered = document_of(unscoped_version(delivery.disclosure_version_id))
    return () if is_pay_stated(delivered.claims) else places


def _refuse_booking(facts: BookingFacts) -> None:
    problems: dict[str, str] = {}
    for refusal in booking_refusals(facts):
        problems[FIELD_OF.get(refusal.kind, refusal.kind.value)] = refusal.sentence
    if problems:
        raise InvalidError(problems=problems)


@operation("interview:rescheduled")
def reschedule(
    plan: ScheduledInterview, draft: BookingDraft, version: int, *, by: Actor, at: datetime
) -> Recorded[Interview]:
    """Move an interview to another time; people who are busy then stand in the way."""
    _demand_plan(plan.view, by)
    row = plan.interview
    db.session.refresh(row)
    state = INTERVIEW.after(row.state, "reschedule")
    starts_at = _start(draft)
    if starts_at <= at:
        raise InvalidError(problems={"day": "The start is in the past; choose a later one."})
    if queries.unscoped_is_candidate_busy(plan.view.application, plan.stage, starts_at, but=row.id):
        raise InvalidError(problems={"time": "The candidate has another interview at that time."})
    if busy := queries.unscoped_busy_seats(queries.unscoped_panel_view(plan), starts_at):
        raise InvalidError(problems={"time": f"{and_list(busy)} cannot be at two interviews at that time."})
    changed = db.session.execute(
        update(Interview)
        .where(Interview.id == row.id, Interview.version == version)
        .values(starts_at=starts_at, zone=draft.zone, state=state, version=version + 1)
    )
    db.session.refresh(row)
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # An UPDATE's result has a rowcount.
        raise StaleEditError(row.version, _typed(row), "Somebody moved this interview while you looked at it.")
    values = {"starts": starts_at.isoformat()}
    return Recorded(row, about=row, scope=plan.view.opening.public_id, values=values)


def _typed(row: Interview) -> dict[str, str]:
    """Return a stored start as its form would send it, field by field."""
    there = local(row.starts_at, row.zone)
    return {"day": there.date().isoformat(), "time": f"{there:%H:%M}", "zone": row.zone}


@operation("interview:moved")
def move_interview(plan: ScheduledInterview, move: str, *, by: Actor, at: datetime) -> Recorded[Interview]:
    """Take an interview along its lifecycle: invite, confirm, hold, miss or cancel it."""
    _demand_plan(plan.view, by)
    row = plan.interview
    db.session.refresh(row)
    if move == "reschedule":
        raise InvalidError("Rescheduling needs a new time.")
    if move in AFTER_THE_START and at < row.starts_at:
        raise ConflictError(f"This interview begins on {moment_words(row.starts_at, row.zone)}, {row.zone}.")
    before, row.state = row.state, INTERVIEW.after(row.state, move)
    row.version += 1
    values = {"from": before.value, "to": row.state.value}
    return Recorded(row, about=row, scope=plan.view.opening.public_id, values=values)


def cancel_interviews(application_public_id: str, *, by: Actor, at: datetime) -> None:
    """Cancel whatever is still to come of an application that was withdrawn; a reaction to that."""
    for plan in queries.unscoped_to_come(application_public_id):
        move_interview(plan, "cancel", by=by, at=at)


@operation("assignment:made")
def assign(
    plan: ScheduledInterview,
    member: Member,
    role: AssignmentRole,
    waiver_reason: str = "",
    *,
    by: Actor,
    at: datetime,
) -> Recorded[Assignment]:
    """Give a member a place on the panel, or raise InvalidError with every reason against it.

    A manager's reason waives a missing calibration for this interview alone; nothing else can be waived.
    """
    _demand_plan(plan.view, by)
    if waiver_reason.strip():
        sentence = "Only a manager may waive a calibration."
        demand(by, InterviewPermission.WAIVE, plan.view.opening.team_id, sentence)
    db.session.refresh(plan.interview)
    _demand_to_come(plan.interview)
    panel = queries.unscoped_panel_view(plan)
    person = panel.person(member.public_id)
    if person is None:
        raise InvalidError(problems={"member": "Only interviewers and managers of this team sit on its panels."})
    refusals = panel.refusals(person, role)
    is_waived = bool(refusals) and bool(waiver_reason.strip())
    _refuse_place([one for one in refusals if not (is_waived and one.kind in WAIVABLE)])
    row = _seat(plan.interview, person, role, by, at)
    if is_waived and (person.seat is None or person.seat.waiver is None):
        db.session.add(_waiver(row, panel, person, waiver_reason.strip(), by, at))
    values = {"interview": plan.interview.public_id, "member": member.public_id, "role": role.value}
    return Recorded(row, about=row, scope=plan.view.opening.public_id, values={**values, "waived": is_waived})


def _demand_to_come(row: Interview) -> None:
    if row.state not in TO_COME:
        raise ConflictError(f"This interview is {row.state.value}; its panel stays as it is.")


def _refuse_place(refusals: Collection[Refusal]) -> None:
    if refusals:
        raise InvalidError(problems={"member": " ".join(refusal.sentence for refusal in refusals)})


def _seat(row: Interview, person: PersonView, role: AssignmentRole, by: Actor, at: datetime) -> Assignment:
    """Return a new assignment, or the member's former one on this interview, taken up again.

    A waiver of the former one stays with it: it was given for this person on this interview.
    """
    if person.seat is not None:
        former = person.seat.assignment
        former.role, former.state, former.version = role, AssignmentState.PROPOSED, former.version + 1
        return former
    seat = Assignment(
        public_id=new_public_id(),
        interview_id=row.id,
        member_id=person.member.id,
        role=role,
        state=AssignmentState.PROPOSED,
        created_by_id=by.member_id,
        created_at=at,
    )
    db.session.add(seat)
    db.session.flush()
    return seat


def _waiver(row: Assignment, panel: PanelView, person: PersonView, reason: str, by: Actor, at: datetime) -> Waiver:
    # The row can never be changed, so it names competencies and no person.
    missing = [f"{panel.competencies[gap.competency_version]} ({gap.state.value})" for gap in person.facts.uncovered]
    subject = panel.plan.view.candidate.subject_id
    return Waiver(
        public_id=new_public_id(),
        assignment_id=row.id,
        requirement=("Calibration: " + ", ".join(missing))[:WAIVED_LENGTH],
        reason=keyring(subject).seal(subject, reason),
        by_id=by.member_id,
        at=at,
    )


@operation("assignment:accepted")
def accept_assignment(seat: AssignmentView, *, by: Actor, at: datetime) -> Recorded[Assignment]:
    """Accept one's own assignment."""
    _demand_answerable(seat, by, at)
    return _moved(seat, "accept")


@operation("assignment:declined")
def decline_assignment(seat: AssignmentView, *, by: Actor, at: datetime) -> Recorded[Assignment]:
    """Decline one's own assignment, whether it was accepted before or not."""
    _demand_answerable(seat, by, at)
    return _moved(seat, "decline")


def _demand_answerable(seat: AssignmentView, by: Actor, at: datetime) -> None:
    """Raise ConflictError once the interview has begun, or was called off.

    The clock decides and not whether it is "held": that would tell somebody that a colleague has submitted.
    """
    if by.member_id != seat.assignment.member_id:
        raise ForbiddenError("Everybody answers for themselves.")
    hold_application(seat.application)
    db.session.refresh(seat.interview)
    told = seat.told_state(at)
    if told is None:
        raise ConflictError("This interview has begun.", remedy="Submit the scorecard, or abstain with a reason.")
    if told not in TO_COME:
        raise ConflictError(f"This interview is {told.value}.")


def _moved(seat: AssignmentView, move: str) -> Recorded[Assignment]:
    row = seat.assignment
    db.session.refresh(row)
    before, row.state = row.state, ASSIGNMENT.after(row.state, move)
    row.version += 1
    values = {"from": before.value, "to": row.state.value}
    return Recorded(row, about=row, scope=seat.opening.public_id, values=values)


@operation("assignment:handed_over")
def hand_over_assignment(seat: AssignmentView, *, by: Actor, at: datetime) -> Recorded[Assignment]:
    """Take somebody off a panel, so that another person can have the place."""
    _demand_plan(seat.view, by)
    db.session.refresh(seat.interview)
    _demand_to_come(seat.interview)
    return _moved(seat, "hand over")


def note_held(seat: AssignmentView, *, at: datetime) -> None:
    """Note what a sealed scorecard proves: its author took the place, and the interview was held."""
    if seat.assignment.state is AssignmentState.PROPOSED:
        _note_accepted(seat, by=Actor.system(), at=at)
    db.session.refresh(seat.interview)
    if seat.interview.state in TO_COME:
        move_interview(seat.scheduled, "hold", by=Actor.system(), at=at)


@operation("assignment:accepted")
def _note_accepted(seat: AssignmentView, *, by: Actor, at: datetime) -> Recorded[Assignment]:
    return _moved(seat, "accept")
