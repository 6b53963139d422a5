"""Pages of home: what is mine and the one next thing, an opening, an application, a team's board, and the record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for

from hiringkit.audit.queries import unscoped_head
from hiringkit.calibration import operations as calibration_operations
from hiringkit.calibration import queries as calibration
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import Rater
from hiringkit.candidates import operations as candidate_operations
from hiringkit.candidates import queries as candidates
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries import AccommodationView, ApplicationView
from hiringkit.candidates.rules.lifecycle import ACTIVE, APPLICATION, ApplicationState
from hiringkit.debriefs.operations import VERDICT_MOVES
from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.rules.fields import FIELDS, SECTIONS
from hiringkit.foundation.access import actor, demand, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import ConflictError
from hiringkit.foundation.forms import answer
from hiringkit.foundation.paging import page_number
from hiringkit.home import queries
from hiringkit.home.forms import ArrangementForm, CreditForm, LeadersForm
from hiringkit.home.policy import HomePermission
from hiringkit.home.queries import ApplicationOverview, SetPath
from hiringkit.home.rules.comparison.aligning import compared, letters
from hiringkit.home.rules.comparison.pictures import pay_pictures, skill_picture
from hiringkit.home.rules.path_steps import first_of
from hiringkit.home.rules.steps import Page, Step
from hiringkit.loops import queries as loops
from hiringkit.openings import queries as openings
from hiringkit.openings.policy import OpeningPermission
from hiringkit.openings.rules import OPENING
from hiringkit.people.policy import PeoplePermission

bp = Blueprint("home", __name__)
LEAST_COMPARED, MOST_COMPARED, LONGEST_NAME = 2, 4, 120
KEPT = ("stage", "on", "page")
"""What the address of a board asks, which an invitation from there leads back to."""
LINKABLE = ACTIVE | {ApplicationState.HIRED}
"""Those who were hired are asked by the link, after 30 and 90 days, what was true."""
ENDPOINTS = {
    Page.DEBRIEF: ("debriefs.show", "application_id"),
    Page.APPLICATION: (".application", "application_id"),
    Page.INTERVIEW: ("interviews.show", "interview_id"),
    Page.BOOKING: ("interviews.new", "application_id"),
    Page.DISCLOSURE: ("disclosures.show", "opening_id"),
    Page.LOOP: ("loops.show", "opening_id"),
    Page.CANDIDATES: ("candidates.show_all", "opening_id"),
    Page.OPENING: (".opening", "opening_id"),
    Page.QUESTION: ("candidates.question", "question_id"),
    Page.ACCOMMODATIONS: (".accommodations", "application_id"),
    Page.PATH: (".paths", "_anchor"),
    Page.GUIDE: ("calibration.guide", "set_id"),
    Page.FORM: ("calibration.form", "form_id"),
    Page.ATTEMPT: ("calibration.attempt", "attempt_id"),
    Page.INTERVIEWS: ("scorecards.show_all", ""),
    Page.CALIBRATION: ("calibration.show", ""),
}


def step_url(step: Step) -> str | None:
    """Return the address of the page on which a step is taken."""
    if step.page is None:
        return None
    endpoint, name = ENDPOINTS[step.page]
    values: dict[str, Any] = {name: step.about} if name else {}
    return url_for(endpoint, **values)


@bp.get("/")
@requires(HomePermission.READ)
def show() -> Any:
    """Show what lies on the viewer's desk, the next thing first."""
    viewer, at = actor(), now()
    return render_template(
        "home/show.html",
        desk=queries.desk(viewer, at),
        at=at,
        step_url=step_url,
        may_create=may(viewer, OpeningPermission.EDIT),
        may_administer=may(viewer, PeoplePermission.ADMINISTER),
        reads_record=may(viewer, HomePermission.READ_RECORD),
        audits=may(viewer, HomePermission.READ_WHOLE_RECORD),
    )


@bp.get("/openings/<opening_id>")
@requires(OpeningPermission.READ)
def opening(opening_id: str) -> Any:
    """Show where an opening stands."""
    viewer, at = actor(), now()
    shown = queries.opening_overview(viewer, opening_id, at)
    row = shown.head.opening
    return render_template(
        "home/opening.html",
        shown=shown,
        opening=row,
        at=at,
        moves=OPENING.moves_from(row.state),
        step_url=step_url,
        may_edit=may(viewer, OpeningPermission.EDIT, row.team_id),
        reads_trail=may(viewer, HomePermission.READ_TRAIL, row.team_id),
    )


@bp.get("/applications/<application_id>")
@requires(CandidatePermission.READ)
def application(application_id: str) -> Any:
    """Show one application over all rooms."""
    at = now()
    shown = queries.application_overview(actor(), application_id, at)
    return render_template(
        "home/application.html",
        shown=shown,
        view=shown.view,
        at=at,
        step_url=step_url,
        moves=_moves(shown),
        may_withdraw=shown.plans and APPLICATION.can(shown.view.application.state, "withdraw"),
        may_deliver=shown.plans and _may_deliver(shown),
        may_link=shown.plans and shown.view.application.state in LINKABLE,
        fields=FIELDS,
    )


def _moves(shown: ApplicationOverview) -> list[str]:
    """Return the moves by which the viewer may carry the decision out now."""
    if shown.facts.verdict is None or not shown.plans:
        return []
    possible = APPLICATION.moves_from(shown.view.application.state)
    return [move.name for move in possible if VERDICT_MOVES.get(move.name) is shown.facts.verdict]


def _may_deliver(shown: ApplicationOverview) -> bool:
    """Tell whether there is a version to deliver that was not delivered."""
    is_ready = shown.head.disclosure is not None and shown.head.loop is not None
    return is_ready and not shown.is_delivered and shown.view.application.state in ACTIVE


@bp.post("/applications/<application_id>/delivery")
@requires(CandidatePermission.EDIT)
def deliver(application_id: str) -> Any:
    """Deliver the disclosure as it is published now, with the loop in use."""
    view = candidates.application(actor(), application_id)
    demand(actor(), CandidatePermission.EDIT, view.opening.team_id)
    at = now()
    return answer(lambda: _deliver(view, at), to=lambda _: url_for(".application", application_id=application_id))


def _deliver(view: ApplicationView, at: datetime) -> None:
    version = disclosures.unscoped_current_version(view.opening.id)
    loop = loops.unscoped_current_version(view.opening.id)
    if version is None or loop is None:
        missing = "disclosure" if version is None else "loop"
        raise ConflictError(
            f"There is no {missing} to deliver yet.", remedy="Publish the disclosure and put the loop in use first."
        )
    candidate_operations.deliver(view.application, version, loop.public_id, loop.content_hash, by=actor(), at=at)
    flash(
        f"Version {version.number} of the disclosure was delivered. {view.candidate.name} reads it by a personal link."
    )


@bp.get("/applications/<application_id>/accommodations")
@requires(CandidatePermission.ARRANGE)
def accommodations(application_id: str) -> Any:
    """Show coordinators what a candidate has asked to be different, with a form for what was arranged."""
    view, found = candidates.accommodations(actor(), application_id)
    return _accommodations_page(view, found, _arrangement_form(view, found, is_sent=False))


def _arrangement_form(view: ApplicationView, found: Sequence[AccommodationView], *, is_sent: bool) -> ArrangementForm:
    form = ArrangementForm() if is_sent else ArrangementForm(formdata=None)
    return form.offer({one.row.public_id: one.text for one in found}, loops.unscoped_stage_names(view.opening.id))


def _accommodations_page(view: ApplicationView, found: Sequence[AccommodationView], form: ArrangementForm) -> Any:
    return render_template("home/accommodations.html", view=view, found=found, form=form), form.status


@bp.post("/applications/<application_id>/accommodations")
@requires(CandidatePermission.ARRANGE)
def arrange(application_id: str) -> Any:
    """Record what was arranged for a request."""
    view, found = candidates.accommodations(actor(), application_id)
    form = _arrangement_form(view, found, is_sent=True)
    if form.validate():
        request = next(one.row for one in found if one.row.public_id == form.request.data)

        def act() -> None:
            candidate_operations.arrange(request, form.to_draft(), by=actor(), at=now())
            flash("The arrangement is recorded. Those who plan see the minutes, interviewers what you told them.")

        done = answer(act, to=lambda _: url_for(".accommodations", application_id=application_id), form=form)
        if done:
            return done
    return _accommodations_page(view, found, form)


@bp.get("/openings/<opening_id>/trail")
@requires(HomePermission.READ_TRAIL)
def trail(opening_id: str) -> Any:
    """Show the record of an opening in words."""
    row = openings.opening(actor(), opening_id)
    demand(actor(), HomePermission.READ_TRAIL, row.team_id)
    return render_template("home/trail.html", opening=row, page=queries.trail(actor(), row, page_number()))


@bp.get("/calibration/path")
@requires(CalibrationPermission.RATE)
def paths() -> Any:
    """Show the viewer's own path on every competency set, and the step to take next."""
    found = queries.own_paths(actor(), now())
    first = first_of(one.step for one in found if one.step is not None)
    return render_template("home/paths.html", paths=found, first=first, step_url=step_url)


@bp.get("/calibration/teams/<team_id>/paths")
@requires(CalibrationPermission.READ_TEAM)
def team_paths(team_id: str) -> Any:
    """Show how far the people of a team are on their paths."""
    return render_template("home/team_paths.html", board=queries.team_paths(actor(), team_id, page_number()))


@bp.get("/calibration/teams/<team_id>/paths/<member_id>")
@requires(CalibrationPermission.READ_ATTEMPTS)
def member_path(team_id: str, member_id: str) -> Any:
    """Show one person's path with who, when and why, and to a manager what may be credited."""
    rater = calibration.rater(actor(), team_id, member_id)
    found = queries.member_paths(actor(), rater)
    return _member_path_page(rater, found, _credit_form(found))


def _credit_form(paths: Sequence[SetPath]) -> CreditForm:
    sets = {one.competency_set.public_id: (one.competency_set.name, one.creditable) for one in paths}
    return CreditForm().offer(sets)


def _member_path_page(rater: Rater, paths: Sequence[SetPath], form: CreditForm) -> Any:
    return render_template("home/member_path.html", rater=rater, paths=paths, form=form), form.status


@bp.post("/calibration/teams/<team_id>/paths/<member_id>/credits")
@requires(CalibrationPermission.CREDIT)
def credit(team_id: str, member_id: str) -> Any:
    """Credit somebody with a step of their path for past work."""
    rater = calibration.rater(actor(), team_id, member_id)
    found = queries.member_paths(actor(), rater)
    form = _credit_form(found)

    def act() -> None:
        key, step = form.chosen
        row, reason = calibration.unscoped_set(key), form.reason.data or ""
        calibration_operations.credit_step(rater, row, step, reason, by=actor(), at=now())
        flash("It is credited, with your name and reason.")

    page = url_for(".member_path", team_id=team_id, member_id=member_id)
    if form.validate() and (done := answer(act, to=lambda _: page, form=form)):
        return done
    return _member_path_page(rater, found, form)


@bp.get("/calibration/teams/<team_id>")
@requires(CalibrationPermission.READ_TEAM)
def board(team_id: str) -> Any:
    """Show who is calibrated in a team and until when, who can lead a stage, and what runs out."""
    form = LeadersForm(request.args)
    shown = queries.board(actor(), team_id, page_number(), now(), stage=form.stage.data or "", on=form.day)
    return render_template(
        "home/board.html",
        board=shown,
        form=form.offer(shown.stages),
        kept={name: request.args[name] for name in KEPT if name in request.args},
    )


@bp.post("/calibration/teams/<team_id>/standings/<standing_id>/invitation")
@requires(CalibrationPermission.INVITE)
def invite_to_refresh(team_id: str, standing_id: str) -> Any:
    """Ask the holder of a standing to renew it, and go back to the part of the board that was shown."""
    held = calibration.standing_of_team(actor(), team_id, standing_id)
    page: dict[str, Any] = {name: request.args[name] for name in KEPT if name in request.args}

    def act() -> None:
        is_new = calibration_operations.invite_to_refresh(held, by=actor(), at=now())
        asked = "is asked" if is_new else "had been asked before"
        flash(
            f"{held.member.name} {asked} to renew “{held.exercise.title}”. It stands in their queue until it is done."
        )

    return answer(act, to=lambda _: url_for(".board", team_id=team_id, **page))


@bp.get("/library/comparison")
@requires(OpeningPermission.READ)
def comparison() -> Any:
    """Set two to four openings and role profiles side by side."""
    asked = list(dict.fromkeys(one for one in request.args.getlist("with") if one))
    name = " ".join(request.args.get("name", "").split())[:LONGEST_NAME]
    view = queries.comparison(actor(), asked[:MOST_COMPARED], name)
    sides = [column.side for column in view.columns]
    is_ready = len(sides) >= LEAST_COMPARED
    return render_template(
        "home/comparison.html",
        view=view,
        asked=asked,
        name=name,
        most=MOST_COMPARED,
        letters=letters(len(sides)),
        compared=compared([side.facts for side in sides]) if is_ready else None,
        pay=pay_pictures(sides) if is_ready else None,
        skills=skill_picture(sides) if is_ready else None,
    )


@bp.get("/openings/<opening_id>/disclosure/accuracy")
@requires(HomePermission.READ_ACCURACY)
def accuracy(opening_id: str) -> Any:
    """Show how accurate a disclosure has turned out, what to look at first."""
    return render_template(
        "home/accuracy.html",
        report=queries.accuracy(actor(), opening_id, now()),
        labels={asked.key: asked.label for asked in FIELDS.values()},
        titles={one.key: one.title for one in SECTIONS},
    )


@bp.get("/calibration/drift")
@requires(HomePermission.READ_OWN_DRIFT)
def own_drift() -> Any:
    """Show how the viewer's own ratings run against the others', and to nobody else."""
    return render_template("home/own_drift.html", scales=queries.own_drift(actor()))


@bp.get("/calibration/teams/<team_id>/drift")
@requires(HomePermission.READ_PANEL_DRIFT)
def panel_drift(team_id: str) -> Any:
    """Show how far apart the interviewers of a team rate, without a name."""
    return render_template("home/panel_drift.html", panel=queries.panel_drift(actor(), team_id))


@bp.get("/audit")
@requires(HomePermission.READ_RECORD)
def record() -> Any:
    """Show the record of the site, and to those who may read it the record of everything."""
    return render_template(
        "home/record.html",
        page=queries.record(actor(), page_number()),
        reads_all=may(actor(), HomePermission.READ_WHOLE_RECORD),
        head=unscoped_head()[1],
    )
