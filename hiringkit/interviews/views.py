"""Pages of those who plan: booking a stage, and one interview with its panel, its time and what became of it."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for

from hiringkit.candidates import queries as candidates
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries import ApplicationView
from hiringkit.foundation.access import actor, demand, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import BadRequestError, InvalidError
from hiringkit.foundation.forms import answer
from hiringkit.foundation.words import local, moment_words
from hiringkit.interviews import operations, queries
from hiringkit.interviews.forms import AssignmentForm, BookingForm, StartForm
from hiringkit.interviews.models import Interview
from hiringkit.interviews.policy import InterviewPermission
from hiringkit.interviews.queries import PanelView, PersonView, ScheduledInterview
from hiringkit.interviews.rules.assigning import RATING_ROLES, AssignmentRole, RefusalKind, gaps_in_short
from hiringkit.interviews.rules.lifecycle import INTERVIEW
from hiringkit.interviews.rules.local_time import moment_of
from hiringkit.loops import queries as loops
from hiringkit.loops.models import LoopVersion, LoopVersionStage

bp = Blueprint("interviews", __name__)

# Inviting is the work of mail, and a new time has a form of its own.
BUTTONS = ("confirm", "hold", "miss", "cancel")
PLACES = tuple(AssignmentRole)


@bp.get("/applications/<application_id>/interviews/new")
@requires(InterviewPermission.PLAN)
def new(application_id: str) -> Any:
    """Ask which stage is booked, and when."""
    view = _plannable(application_id)
    return _booking_page(view, BookingForm(zone=view.opening.zone))


def _plannable(application_id: str) -> ApplicationView:
    view = candidates.application(actor(), application_id)
    demand(actor(), InterviewPermission.PLAN, view.opening.team_id)
    return view


def _booking_page(view: ApplicationView, form: BookingForm) -> Any:
    version = loops.unscoped_current_version(view.opening.id)
    stages = _bookable(view, version)
    form.offer([(row.public_id, row.name) for row in stages])
    if len(stages) == 1 and not form.stage.data:
        form.stage.data = stages[0].public_id
    body = render_template(
        "interviews/new.html",
        view=view,
        form=form,
        stages=stages,
        has_loop=version is not None,
        deliveries=candidates.unscoped_deliveries(view.application.id),
        extra=candidates.unscoped_extra_time(view.application.id),
        back=_application_page(view),
    )
    return body, form.status


def _bookable(view: ApplicationView, version: LoopVersion | None) -> list[LoopVersionStage]:
    """Return the stages of the loop that have no live interview of this application, in order."""
    if version is None:
        return []
    booked = queries.unscoped_stages_booked(view.application.id)
    return [stage.row for stage in loops.unscoped_stages(version.id) if stage.row.id not in booked]


def _application_page(view: ApplicationView) -> str:
    """Return the address of an application's own page, which a room above shows."""
    return f"/applications/{view.application.public_id}"


@bp.post("/applications/<application_id>/interviews")
@requires(InterviewPermission.PLAN)
def book(application_id: str) -> Any:
    """Book a stage."""
    view, form = _plannable(application_id), BookingForm()
    if form.validate():
        done = answer(lambda: _booked(view, form), to=_page_of, form=form)
        if done:
            return done
    return _booking_page(view, form)


def _booked(view: ApplicationView, form: BookingForm) -> Interview:
    version = loops.unscoped_current_version(view.opening.id)
    stage = next((row for row in _bookable(view, version) if row.public_id == form.stage.data), None)
    if stage is None:
        raise InvalidError(problems={"stage": "Choose a stage that is not booked yet."})
    row = operations.book_interview(view, stage.id, form.to_draft(), by=actor(), at=now())
    _say_booked(form, f"{stage.name} is booked for {moment_words(row.starts_at, row.zone)}, {row.zone}.")
    return row


def _say_booked(form: StartForm, sentence: str) -> None:
    draft = form.to_draft()
    flash(f"{sentence} {moment_of(draft.wall, draft.zone).note}".strip())


def _page_of(row: Interview) -> str:
    return url_for(".show", interview_id=row.public_id)


@bp.get("/interviews/plan/<interview_id>")
@requires(InterviewPermission.READ)
def show(interview_id: str) -> Any:
    """Show one interview: its time, its state, its panel, and who else might sit there."""
    plan = queries.interview(actor(), interview_id)
    return _plan_page(plan, _start_form(plan.interview), AssignmentForm())


def _start_form(row: Interview) -> StartForm:
    there = local(row.starts_at, row.zone)
    return StartForm(formdata=None, day=there.date(), time=there.time(), zone=row.zone, version=row.version)


def _plan_page(plan: ScheduledInterview, start: StartForm, place: AssignmentForm) -> Any:
    panel = queries.unscoped_panel_view(plan)
    team = plan.view.opening.team_id
    has_begun = now() >= plan.interview.starts_at
    body = render_template(
        "interviews/show.html",
        plan=plan,
        panel=panel,
        reasons=queries.waiver_reasons(panel),
        people=sorted((_choice(panel, person) for person in panel.eligible), key=_few_reasons_first),
        taken=[role for role in PLACES if panel.is_taken(role)],
        moves=[m.name for m in INTERVIEW.moves_from(plan.interview.state) if _offers(m.name, has_begun=has_begun)],
        start=start,
        place=place,
        has_begun=has_begun,
        may_plan=may(actor(), InterviewPermission.PLAN, team),
        may_waive=may(actor(), InterviewPermission.WAIVE, team),
        extra=panel.extra_minutes if may(actor(), CandidatePermission.READ_MINUTES, team) else 0,
        back=_application_page(plan.view),
    )
    return body, max(start.status, place.status)


def _offers(move: str, *, has_begun: bool) -> bool:
    """Tell whether a move has its button now: an interview is held or missed once it has begun, confirmed before."""
    return move in BUTTONS and (move == "cancel" or (move == "confirm") is not has_begun)


def _choice(panel: PanelView, person: PersonView) -> dict[str, Any]:
    """Return what a page says about one person: the places that are free to them, and what stands against others.

    That a place is taken is said once for everybody, and not here.
    """
    refusals = {role: panel.refusals(person, role) for role in PLACES}
    everywhere = refusals[AssignmentRole.SHADOW]
    said_in_short = {RefusalKind.ROLE_TAKEN, RefusalKind.NOT_CALIBRATED}
    rating = [one for one in refusals[AssignmentRole.LEAD] if one not in everywhere and one.kind not in said_in_short]
    return {
        "member": person.member,
        "places": [role for role in PLACES if not refusals[role]],
        "waivable": [role for role in PLACES if panel.is_waivable(person, role)],
        "against_all": [one.sentence for one in everywhere],
        "against_rating": [*(one.sentence for one in rating), *gaps_in_short(person.facts, panel.competencies)],
    }


def _few_reasons_first(choice: dict[str, Any]) -> tuple[bool, bool]:
    """Order people as a planner looks for them: who may rate, who may shadow, who may not sit; each by name."""
    return bool(choice["against_all"]), bool(choice["against_rating"])


@bp.post("/interviews/plan/<interview_id>/assignments")
@requires(InterviewPermission.PLAN)
def assign(interview_id: str) -> Any:
    """Give somebody a place on the panel."""
    plan, form = queries.interview(actor(), interview_id), AssignmentForm()
    demand(actor(), InterviewPermission.PLAN, plan.view.opening.team_id)
    if form.validate():
        done = answer(lambda: _assigned(plan, form), to=lambda _: _page_of(plan.interview), form=form)
        if done:
            return done
    return _plan_page(plan, _start_form(plan.interview), form)


def _assigned(plan: ScheduledInterview, form: AssignmentForm) -> None:
    person = queries.unscoped_panel_view(plan).person(form.member.data)
    if person is None:
        raise InvalidError(problems={"member": "Choose somebody of the team."})
    role, at = form.chosen_role, now()
    operations.assign(plan, person.member, role, form.reason.data or "", by=actor(), at=at)
    flash(f"{person.member.name} is asked to be {'the ' if role in RATING_ROLES else 'a '}{role.value}.")


@bp.post("/interviews/plan/<interview_id>/state")
@requires(InterviewPermission.PLAN)
def move(interview_id: str) -> Any:
    """Say what became of an interview: the field `move` names one move of its lifecycle."""
    plan, wanted = queries.interview(actor(), interview_id), request.form.get("move", "")
    if wanted not in BUTTONS:
        message = "An interview has no such move."
        raise BadRequestError(message)
    return answer(
        lambda: operations.move_interview(plan, wanted, by=actor(), at=now()), to=lambda _: _page_of(plan.interview)
    )


@bp.post("/interviews/plan/<interview_id>/time")
@requires(InterviewPermission.PLAN)
def reschedule(interview_id: str) -> Any:
    """Move an interview to another time."""
    plan, form = queries.interview(actor(), interview_id), StartForm()
    demand(actor(), InterviewPermission.PLAN, plan.view.opening.team_id)
    if form.validate():
        done = answer(lambda: _rescheduled(plan, form), to=lambda _: _page_of(plan.interview), form=form)
        if done:
            return done
    return _plan_page(plan, form, AssignmentForm(formdata=None))


def _rescheduled(plan: ScheduledInterview, form: StartForm) -> None:
    row = operations.reschedule(plan, form.to_draft(), form.edited_version, by=actor(), at=now())
    _say_booked(form, f"It is moved to {moment_words(row.starts_at, row.zone)}, {row.zone}.")


@bp.post("/interviews/plan/assignments/<assignment_id>/hand-over")
@requires(InterviewPermission.PLAN)
def hand_over(assignment_id: str) -> Any:
    """Take somebody off a panel."""
    seat = queries.seat(actor(), assignment_id)

    def act() -> None:
        operations.hand_over_assignment(seat, by=actor(), at=now())
        flash("The place is free again.")

    return answer(act, to=lambda _: _page_of(seat.interview))
