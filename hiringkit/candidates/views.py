"""Pages of candidates: those of an opening, one person's details, links, ending an application, their questions."""

from typing import Any

from flask import Blueprint, current_app, flash, render_template, url_for

from hiringkit.candidates import operations, queries
from hiringkit.candidates.forms import AnswerForm, CandidateForm
from hiringkit.candidates.models import Application
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.rules.lifecycle import APPLICATION
from hiringkit.candidates.rules.questions import about_words, is_left_open
from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.foundation.access import actor, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import answer
from hiringkit.foundation.paging import page_number
from hiringkit.foundation.settings import Settings
from hiringkit.foundation.words import local
from hiringkit.openings.models import Opening

bp = Blueprint("candidates", __name__)


def application_page(public_id: str) -> str:
    """Return the address of an application's own page, which a room above shows."""
    return f"/applications/{public_id}"


@bp.get("/openings/<opening_id>/candidates")
@requires(CandidatePermission.READ)
def show_all(opening_id: str) -> Any:
    """List the candidates of an opening, with the form that adds one."""
    opening = queries.opening(actor(), opening_id)
    return _list_page(opening, CandidateForm(zone=opening.zone))


def _list_page(opening: Opening, form: CandidateForm) -> Any:
    body = render_template(
        "candidates/show_all.html",
        opening=opening,
        page=queries.applications(actor(), opening.id, page_number()),
        form=form,
        may_add=may(actor(), CandidatePermission.EDIT, opening.team_id)
        and opening.state not in operations.NO_LONGER_HIRING,
        may_edit=may(actor(), CandidatePermission.EDIT, opening.team_id),
        application_page=application_page,
    )
    return body, form.status


@bp.post("/openings/<opening_id>/candidates")
@requires(CandidatePermission.EDIT)
def add(opening_id: str) -> Any:
    """Add a candidate with an application; somebody whom the team knows already is found again."""
    opening, form = queries.opening(actor(), opening_id), CandidateForm()
    if form.validate():
        done = answer(
            lambda: _add(opening, form),
            to=lambda application: application_page(application.public_id),
            form=form,
        )
        if done:
            return done
    return _list_page(opening, form)


def _add(opening: Opening, form: CandidateForm) -> Application:
    at = now()
    candidate = operations.add_candidate(form.to_draft(opening.team_id), by=actor(), at=at)
    application = operations.add_application(candidate, opening, by=actor(), at=at)
    if candidate.created_at == at:
        flash(f"{candidate.name} was added.")
    else:
        flash(
            f"Your team knows this address already: it is {candidate.name}’s. "
            "The application was added to that person, whose name and time zone stay as they were."
        )
    return application


@bp.get("/candidates/<candidate_id>")
@requires(CandidatePermission.EDIT)
def edit(candidate_id: str) -> Any:
    """Show the form of a candidate's details."""
    view = queries.candidate(actor(), candidate_id)
    row = view.candidate
    member_email = view.member.email if view.member else ""
    form = CandidateForm(obj=row, member_email=member_email)
    return _edit_page(view, form)


def _edit_page(view: queries.CandidateView, form: CandidateForm) -> Any:
    body = render_template(
        "candidates/edit.html",
        view=view,
        form=form,
        applications=queries.applications_of(actor(), view.candidate.id),
        application_page=application_page,
    )
    return body, form.status


@bp.post("/candidates/<candidate_id>")
@requires(CandidatePermission.EDIT)
def save(candidate_id: str) -> Any:
    """Change a candidate's details."""
    view, form = queries.candidate(actor(), candidate_id), CandidateForm()
    if form.validate():
        draft = form.to_draft(view.candidate.team_id)
        done = answer(
            lambda: operations.edit_candidate(view.candidate, draft, form.edited_version, by=actor(), at=now()),
            to=lambda _: url_for(".edit", candidate_id=candidate_id),
            form=form,
        )
        if done:
            flash("Saved.")
            return done
    return _edit_page(view, form)


@bp.post("/applications/<application_id>/links")
@requires(CandidatePermission.EDIT)
def make_link(application_id: str) -> Any:
    """Make a personal link and show it once, on the next page."""
    view = queries.application(actor(), application_id)

    def act() -> None:
        token = operations.make_link(view.application, by=actor(), at=now())
        settings: Settings = current_app.extensions["hiringkit.settings"]
        flash(f"{settings.base_url.rstrip('/')}/portal/{token}", "link")

    return answer(act, to=lambda _: application_page(application_id))


@bp.post("/applications/<application_id>/links/<link_id>/revocation")
@requires(CandidatePermission.EDIT)
def revoke_link(application_id: str, link_id: str) -> Any:
    """End a personal link."""
    row = queries.link(actor(), application_id, link_id)

    def act() -> None:
        operations.revoke_link(row, by=actor(), at=now())
        flash("The link was revoked. Whoever opens it now is told that it is no longer valid.")

    return answer(act, to=lambda _: application_page(application_id))


@bp.get("/applications/<application_id>/withdrawal")
@requires(CandidatePermission.EDIT)
def confirm_withdrawal(application_id: str) -> Any:
    """Ask whether the candidate has withdrawn."""
    view = queries.application(actor(), application_id)
    APPLICATION.after(view.application.state, "withdraw")
    return render_template("candidates/withdraw.html", view=view, application_page=application_page)


@bp.post("/applications/<application_id>/withdrawal")
@requires(CandidatePermission.EDIT)
def withdraw(application_id: str) -> Any:
    """Record that the candidate has withdrawn."""
    view = queries.application(actor(), application_id)

    def act() -> None:
        operations.withdraw_application(view.application, by=actor(), at=now())
        flash(f"{view.candidate.name} has withdrawn.")

    return answer(act, to=lambda _: application_page(application_id))


@bp.get("/openings/<opening_id>/questions")
@requires(CandidatePermission.ANSWER)
def questions(opening_id: str) -> Any:
    """List what candidates of an opening have asked about its disclosure, what is open first."""
    opening = queries.opening_of_questions(actor(), opening_id)
    return render_template(
        "candidates/questions.html",
        opening=opening,
        page=queries.questions(actor(), opening.id, page_number()),
        fields=FIELDS,
    )


@bp.get("/questions/<question_id>")
@requires(CandidatePermission.ANSWER)
def question(question_id: str) -> Any:
    """Show one question with its answer, or with the form for it."""
    return _question_page(queries.question(actor(), question_id), AnswerForm(formdata=None))


def _question_page(asked: queries.QuestionView, form: AnswerForm) -> Any:
    opening, field = asked.view.opening, asked.row.field
    version = disclosures.unscoped_current_version(opening.id)
    claims = disclosures.document_of(version).claims if version else ()
    may_edit = may(actor(), DisclosurePermission.EDIT, opening.team_id)
    is_open = is_left_open(field, claims, local(now(), opening.zone).date())
    body = render_template(
        "candidates/question.html",
        asked=asked,
        form=form,
        about=about_words(field),
        edits=FIELDS[field].section if is_open and may_edit else None,
        is_left_open=is_open,
        application_page=application_page,
    )
    return body, form.status


@bp.post("/questions/<question_id>/answer")
@requires(CandidatePermission.ANSWER)
def answer_question(question_id: str) -> Any:
    """Answer a question, to the one who asked or to everybody."""
    asked, form = queries.question(actor(), question_id), AnswerForm()
    if form.validate():

        def act() -> None:
            made = operations.answer_question(asked, form.to_draft(), by=actor(), at=now())
            flash("Everybody reads the answer now." if made.is_public else "The one who asked reads the answer now.")

        done = answer(act, to=lambda _: url_for(".questions", opening_id=asked.view.opening.public_id), form=form)
        if done:
            return done
    return _question_page(asked, form)
