"""Pages of those who rate: their interviews, the kit, the scorecard until it is sealed, and opening what is sealed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from hiringkit.candidates.queries import unscoped_panel_note
from hiringkit.foundation.access import actor, demand, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import BadRequestError, InvalidError, StaleEditError
from hiringkit.foundation.forms import answer
from hiringkit.foundation.paging import page_number
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.queries import own_assignment, unscoped_panels
from hiringkit.scorecards import operations, queries
from hiringkit.scorecards.forms import AmendmentForm, ReasonForm, ScorecardForm, SignOffForm, draft_of
from hiringkit.scorecards.policy import ScorecardPermission
from hiringkit.scorecards.queries import Comparison, OwnScorecard, OwnSealed
from hiringkit.scorecards.rules.evidence import ScorecardDraft, check_draft
from hiringkit.scorecards.rules.lifecycle import IN

bp = Blueprint("scorecards", __name__)


@bp.get("/interviews")
@requires(ScorecardPermission.WRITE_OWN)
def show_all() -> Any:
    """List the viewer's own assignments, with the state of the viewer's own scorecards."""
    return render_template("scorecards/show_all.html", page=queries.own_cards(actor(), page_number()), at=now())


@bp.get("/interviews/<assignment_id>")
@requires(ScorecardPermission.WRITE_OWN)
def kit(assignment_id: str) -> Any:
    """Show script and scorecard side by side; a sealed scorecard has a page of its own."""
    own = queries.own_scorecard(actor(), assignment_id)
    if own.state in IN:
        return redirect(url_for(".show", assignment_id=assignment_id), 303)
    return _kit_page(own, {})


def _kit_page(own: OwnScorecard, problems: Mapping[str, str], saved: str = "", version: int | None = None) -> Any:
    """Render the kit; `problems` by form field are shown on top and at their fields, with what became of the draft."""
    interview = own.seat.interview
    body = render_template(
        "scorecards/kit.html",
        own=own,
        typed=operations.fields_of(own.draft),
        panel=[
            seat
            for seat in unscoped_panels([interview.id])[interview.id]
            if seat.sits and seat.assignment.id != own.seat.assignment.id
        ],
        arranged=unscoped_panel_note(own.seat.application.id, own.seat.stage.key),
        problems=problems,
        saved=saved,
        version=own.version if version is None else version,
        at=now(),
    )
    return body, 422 if problems else 200


@bp.post("/interviews/<assignment_id>/answer")
@requires(ScorecardPermission.WRITE_OWN)
def answer_assignment(assignment_id: str) -> Any:
    """Accept or decline a place on a panel: the field `move` says which."""
    seat, wanted = own_assignment(actor(), assignment_id), request.form.get("move", "")
    if wanted == "accept":
        act, page = interviews.accept_assignment, url_for(".kit", assignment_id=assignment_id)
    elif wanted == "decline":
        act, page = interviews.decline_assignment, url_for(".show_all")
    else:
        message = "A place is accepted or declined."
        raise BadRequestError(message)
    return answer(lambda: act(seat, by=actor(), at=now()), to=lambda _: page)


@bp.post("/scorecards/<assignment_id>/draft")
@requires(ScorecardPermission.WRITE_OWN)
def save(assignment_id: str) -> Any:
    """Keep what was typed so far, whatever it lacks."""
    own = queries.own_scorecard(actor(), assignment_id)
    return _saved(own, _typed(own), url_for(".kit", assignment_id=assignment_id, _anchor="scorecard"))


def _typed(own: OwnScorecard) -> ScorecardDraft:
    return draft_of(request.form, own.competencies)


def _saved(own: OwnScorecard, draft: ScorecardDraft, page: str = "") -> Any:
    """Save a draft and go on to the page, if there is one; else return nothing, and leave the form's key unspent.

    A newer draft of one's own is shown beside this one.
    """
    version = ScorecardForm().edited_version

    def act() -> int:
        return operations.save_draft(own, draft, version, by=actor(), at=now())

    try:
        if page:
            return answer(act, to=lambda _: page)
        act()
    except StaleEditError as error:
        return _conflict_page(own, draft, error)
    except InvalidError as error:
        kept = "Everything you typed is still on this page, but it is not saved yet."
        return _kit_page(replace(own, draft=draft), error.problems, kept, version)
    return None


def _conflict_page(own: OwnScorecard, draft: ScorecardDraft, error: StaleEditError) -> Any:
    labels = {"note": "Note"}
    for competency in own.competencies:
        labels[f"r{competency.version}-rating"] = f"{competency.name}, rating"
        labels[f"r{competency.version}-evidence"] = f"{competency.name}, evidence"
    yours = operations.fields_of(draft)
    fields = [
        {
            "name": name,
            "label": label,
            "yours": yours.get(name, ""),
            "theirs": error.current.get(name, ""),
            "multiline": not name.endswith("-rating"),
            "changed": error.current.get(name, "").strip() != yours.get(name, "").strip(),
        }
        for name, label in labels.items()
    ]
    body = render_template(
        "errors/conflict.html",
        title="You saved this in another window",
        sentence=error.sentence,
        fields=fields,
        action=request.path,
        version=error.version,
        who="Saved before",
        back=url_for(".kit", assignment_id=own.seat.assignment.public_id),
    )
    return body, error.status


@bp.post("/scorecards/<assignment_id>/check")
@requires(ScorecardPermission.WRITE_OWN)
def check(assignment_id: str) -> Any:
    """Save what was typed, then say what it lacks, or show it once more before it is sealed."""
    own = queries.own_scorecard(actor(), assignment_id)
    draft = _typed(own)
    problems = operations.problems_by_field(check_draft(draft, own.competencies))
    if not problems:
        return _saved(own, draft, url_for(".review", assignment_id=assignment_id))
    return _saved(own, draft) or _kit_page(queries.own_scorecard(actor(), assignment_id), problems)


@bp.get("/scorecards/<assignment_id>/check")
@requires(ScorecardPermission.WRITE_OWN)
def review(assignment_id: str) -> Any:
    """Show the saved draft as it would be sealed, and what it still lacks."""
    own = queries.own_scorecard(actor(), assignment_id)
    if own.state in IN:
        return redirect(url_for(".show", assignment_id=assignment_id), 303)
    return _review_page(own)


def _review_page(own: OwnScorecard, *, was_changed: bool = False) -> Any:
    body = render_template(
        "scorecards/review.html",
        own=own,
        lines={line.version: line for line in own.draft.ratings},
        problems=operations.problems_by_field(check_draft(own.draft, own.competencies)),
        was_changed=was_changed,
        at=now(),
    )
    return body, 409 if was_changed else 200


@bp.post("/scorecards/<assignment_id>/submission")
@requires(ScorecardPermission.WRITE_OWN)
def submit(assignment_id: str) -> Any:
    """Seal the draft that was checked."""
    own, version = queries.own_scorecard(actor(), assignment_id), ScorecardForm().edited_version
    try:
        return answer(
            lambda: operations.submit_scorecard(own, version, by=actor(), at=now()),
            to=lambda _: url_for(".show", assignment_id=assignment_id),
        )
    except StaleEditError:
        return _review_page(queries.own_scorecard(actor(), assignment_id), was_changed=True)
    except InvalidError as error:
        return _kit_page(queries.own_scorecard(actor(), assignment_id), error.problems)


@bp.get("/scorecards/<assignment_id>/abstention")
@requires(ScorecardPermission.WRITE_OWN)
def confirm_abstention(assignment_id: str) -> Any:
    """Ask for the reason of an abstention."""
    own = queries.own_scorecard(actor(), assignment_id)
    if own.state in IN:
        return redirect(url_for(".show", assignment_id=assignment_id), 303)
    return _abstention_page(own, ReasonForm())


def _abstention_page(own: OwnScorecard, form: ReasonForm) -> Any:
    return render_template("scorecards/abstain.html", own=own, form=form, at=now()), form.status


@bp.post("/scorecards/<assignment_id>/abstention")
@requires(ScorecardPermission.WRITE_OWN)
def abstain(assignment_id: str) -> Any:
    """Hand in no ratings, with a reason."""
    own, form = queries.own_scorecard(actor(), assignment_id), ReasonForm()
    if form.validate():
        done = answer(
            lambda: operations.abstain(own, form.reason.data or "", by=actor(), at=now()),
            to=lambda _: url_for(".show", assignment_id=assignment_id),
            form=form,
        )
        if done:
            return done
    return _abstention_page(own, form)


@bp.get("/scorecards/<assignment_id>")
@requires(ScorecardPermission.WRITE_OWN)
def show(assignment_id: str) -> Any:
    """Show one's own sealed scorecard, what was added to it, and whether the others may be opened."""
    return _sealed_page(queries.own_sealed(actor(), assignment_id), AmendmentForm())


def _sealed_page(own: OwnSealed, form: AmendmentForm) -> Any:
    body = render_template(
        "scorecards/show.html", own=own, form=form, debrief=_debrief_page(own.seat.application.public_id)
    )
    return body, form.status


def _debrief_page(application_id: str) -> str:
    """Return the address where opened scorecards are read, which a room above shows."""
    return url_for("debriefs.show", application_id=application_id)


@bp.get("/scorecards/<shadow_id>/comparison")
@requires(ScorecardPermission.WRITE_OWN)
def comparison(shadow_id: str) -> Any:
    """Show a learner's scorecard beside the lead's, to these two, once each has opened them."""
    return _comparison_page(queries.comparison(actor(), shadow_id), SignOffForm())


def _comparison_page(compared: Comparison, form: SignOffForm) -> Any:
    debrief = _debrief_page(compared.learner.application.public_id)
    return render_template("scorecards/comparison.html", compared=compared, form=form, debrief=debrief), form.status


@bp.post("/scorecards/<shadow_id>/comparison/opening")
@requires(ScorecardPermission.WRITE_OWN)
def open_comparison(shadow_id: str) -> Any:
    """Open the scorecards of the application to oneself, and come back to compare."""
    compared = queries.comparison(actor(), shadow_id)
    return answer(
        lambda: operations.open_scorecards(compared.learner.view, by=actor(), at=now()),
        to=lambda _: url_for(".comparison", shadow_id=shadow_id),
    )


@bp.post("/scorecards/<shadow_id>/sign-off")
@requires(ScorecardPermission.WRITE_OWN)
def sign_off(shadow_id: str) -> Any:
    """Say whether a reverse shadow may lead."""
    compared, form = queries.comparison(actor(), shadow_id), SignOffForm()
    if form.validate():
        done = answer(
            lambda: operations.sign_off(compared, form.to_draft(), by=actor(), at=now()),
            to=lambda _: url_for(".comparison", shadow_id=shadow_id),
            form=form,
        )
        if done:
            return done
    return _comparison_page(compared, form)


@bp.post("/scorecards/<assignment_id>/amendments")
@requires(ScorecardPermission.WRITE_OWN)
def amend(assignment_id: str) -> Any:
    """Add a dated note to one's own sealed scorecard."""
    own, form = queries.own_sealed(actor(), assignment_id), AmendmentForm()
    if form.validate():
        done = answer(
            lambda: operations.amend(own, form.text.data or "", by=actor(), at=now()),
            to=lambda _: url_for(".show", assignment_id=assignment_id),
            form=form,
        )
        if done:
            flash("It was added, with today’s date. Your ratings stay as they were.")
            return done
    return _sealed_page(own, form)


@bp.post("/applications/<application_id>/scorecards/opening")
@requires(ScorecardPermission.OPEN)
def open_to_self(application_id: str) -> Any:
    """Open the scorecards of an application to oneself, which is recorded."""
    view = queries.application_to_open(actor(), application_id)
    return answer(
        lambda: operations.open_scorecards(view, by=actor(), at=now()), to=lambda _: _debrief_page(application_id)
    )


@bp.get("/applications/<application_id>/scorecards/early-opening")
@requires(ScorecardPermission.OPEN_EARLY)
def confirm_early_opening(application_id: str) -> Any:
    """Show which scorecards are missing, and ask why the debrief cannot wait for them."""
    return _early_page(application_id, ReasonForm())


def _early_page(application_id: str, form: ReasonForm) -> Any:
    view = queries.application_to_open(actor(), application_id)
    demand(actor(), ScorecardPermission.OPEN_EARLY, view.opening.team_id)
    body = render_template(
        "scorecards/open_early.html",
        view=view,
        form=form,
        states=queries.card_states(actor(), [view.application.id])[view.application.id],
        was_opened=bool(queries.unscoped_early_openings(view.application.id)),
        back=f"/applications/{application_id}",
    )
    return body, form.status


@bp.post("/applications/<application_id>/scorecards/early-opening")
@requires(ScorecardPermission.OPEN_EARLY)
def open_early(application_id: str) -> Any:
    """Open the debrief before all scorecards are in, with a reason."""
    view, form = queries.application_to_open(actor(), application_id), ReasonForm()
    if form.validate():
        done = answer(
            lambda: operations.open_early(view, form.reason.data or "", by=actor(), at=now()),
            to=lambda _: _debrief_page(application_id),
            form=form,
        )
        if done:
            return done
    return _early_page(application_id, form)
