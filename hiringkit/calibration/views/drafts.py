"""Pages of authors: the forms that can be rated, forms on their way, their experts, publishing, and the report."""

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template, request, url_for

from hiringkit.calibration import operations, queries
from hiringkit.calibration.forms import DraftResponseForm, ExpertForm, StartForm
from hiringkit.calibration.models import FormDraftResponse
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import DraftView
from hiringkit.calibration.rules.drafting import FORM_DRAFT, FormDraftState, next_letter
from hiringkit.calibration.rules.reports import FEWEST_RATERS, nobody_right
from hiringkit.calibration.views.blueprint import bp
from hiringkit.calibration.views.walking import of_id
from hiringkit.foundation.access import actor, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import InvalidError
from hiringkit.foundation.forms import SelectChoice, answer
from hiringkit.foundation.paging import page_number


@bp.get("/calibration/drafts")
@requires(CalibrationPermission.AUTHOR)
def drafts() -> Any:
    """Show the exercises with their forms, and what is on its way."""
    return render_template(
        "calibration/drafts.html",
        exercises=queries.unscoped_exercises(),
        on_their_way=queries.unscoped_letters_on_their_way(),
        drafts=queries.drafts(actor(), page_number()),
        next_letter=next_letter,
        policy=queries.unscoped_policy(),
    )


@bp.post("/calibration/exercises/<exercise_id>/drafts")
@requires(CalibrationPermission.AUTHOR)
def start_draft(exercise_id: str) -> Any:
    """Start a form of an exercise from the text of another one, or empty, and go to it."""
    form = StartForm()
    if not form.validate():
        raise InvalidError(" ".join(form.letter.errors))
    exercise, copied_from = queries.exercise_to_write(actor(), exercise_id, form.form_id.data or "")
    return answer(
        lambda: operations.start_draft(exercise, form.letter.data or "", copied_from, by=actor(), at=now()),
        to=lambda draft: url_for(".draft", draft_id=draft.public_id),
    )


@bp.get("/calibration/drafts/<draft_id>")
@requires(CalibrationPermission.AUTHOR)
def draft(draft_id: str) -> Any:
    """Show a form on its way: its text, its experts, and the one next thing."""
    return _draft_page(queries.draft(actor(), draft_id), ExpertForm())


def _draft_page(view: DraftView, form: ExpertForm) -> Any:
    experts, responses = queries.draft_experts(view), queries.draft_responses(view)
    is_settled = view.row.state is FormDraftState.SETTLED
    body = render_template(
        "calibration/draft.html",
        view=view,
        form=form,
        experts=experts,
        responses=responses,
        lacks=queries.lacks_of_text(view, responses),
        sealed=sum(one.sealed_at is not None for one, _ in experts),
        settled=sum(one.settled_at is not None for one, _ in experts),
        problems=queries.drafted_form(view.row).problems if is_settled else (),
        unwritten=next((one for one in responses if not (one.prompt and one.response)), None),
        policy=queries.unscoped_policy(),
        may_ask=FORM_DRAFT.can(view.row.state, "ask experts"),
        may_end=FORM_DRAFT.can(view.row.state, "end"),
    )
    return body, form.status


@bp.post("/calibration/drafts/<draft_id>/experts")
@requires(CalibrationPermission.AUTHOR)
def ask(draft_id: str) -> Any:
    """Ask somebody to rate the form as an expert."""
    view, form = queries.draft(actor(), draft_id), ExpertForm()
    if form.validate():
        done = answer(
            lambda: operations.ask_expert(view.row, form.address.data or "", by=actor(), at=now()),
            to=lambda _: url_for(".draft", draft_id=draft_id),
            form=form,
        )
        if done:
            flash("Asked. It stands on their home page.")
            return done
    return _draft_page(view, form)


@bp.post("/calibration/drafts/<draft_id>/closing")
@requires(CalibrationPermission.AUTHOR)
def close(draft_id: str) -> Any:
    """Close the experts' rating, or their settling, whichever is under way."""
    view = queries.draft(actor(), draft_id)
    settling = view.row.state is FormDraftState.SETTLING
    act = operations.close_settling if settling else operations.close_rating
    return answer(lambda: act(view.row, by=actor(), at=now()), to=lambda _: url_for(".draft", draft_id=draft_id))


@bp.post("/calibration/drafts/<draft_id>/publication")
@requires(CalibrationPermission.AUTHOR)
def publish(draft_id: str) -> Any:
    """Publish the form with its experts' gold as a new version."""
    view = queries.draft(actor(), draft_id)
    return answer(
        lambda: operations.publish_form(view.row, by=actor(), at=now()),
        to=lambda _: url_for(".draft", draft_id=draft_id),
    )


@bp.post("/calibration/drafts/<draft_id>/ending")
@requires(CalibrationPermission.AUTHOR)
def end(draft_id: str) -> Any:
    """End a draft that will not become a form."""
    view = queries.draft(actor(), draft_id)
    return answer(
        lambda: operations.end_draft(view.row, by=actor(), at=now()),
        to=lambda _: url_for(".drafts"),
    )


@bp.get("/calibration/drafts/<draft_id>/responses/<draft_response_id>")
@requires(CalibrationPermission.AUTHOR)
def draft_response(draft_id: str, draft_response_id: str) -> Any:
    """Show the text of one response of a draft, to write while it is one."""
    view = queries.draft(actor(), draft_id)
    responses = queries.draft_responses(view)
    row = of_id(responses, draft_response_id)
    return _writing_page(view, responses, row, _response_form(row))


def _response_form(row: FormDraftResponse) -> DraftResponseForm:
    form = DraftResponseForm(obj=row)
    named = queries.unscoped_scenario_names()
    form.scenario_key.choices = [SelectChoice("", "None of these"), *(SelectChoice(*one) for one in named)]
    return form


def _writing_page(
    view: DraftView, responses: Sequence[FormDraftResponse], row: FormDraftResponse, form: DraftResponseForm
) -> Any:
    body = render_template(
        "calibration/draft_response.html",
        view=view,
        row=row,
        form=form,
        total=len(responses),
        may_write=view.row.state is FormDraftState.DRAFT,
    )
    return body, form.status


@bp.post("/calibration/drafts/<draft_id>/responses/<draft_response_id>")
@requires(CalibrationPermission.AUTHOR)
def write(draft_id: str, draft_response_id: str) -> Any:
    """Keep the text of one response, and go on to the next."""
    view = queries.draft(actor(), draft_id)
    responses = queries.draft_responses(view)
    row = of_id(responses, draft_response_id)
    form = _response_form(row)
    if form.validate():
        target = url_for(".draft", draft_id=draft_id)
        if row.position < len(responses) and request.form.get("then") != "stop":
            after = responses[row.position].public_id
            target = url_for(".draft_response", draft_id=draft_id, draft_response_id=after)
        done = answer(
            lambda: operations.save_draft_response(
                view.row, row, form.to_draft(row.block), form.edited_version, by=actor(), at=now()
            ),
            to=lambda _: target,
            form=form,
        )
        if done:
            return done
    return _writing_page(view, responses, row, form)


@bp.get("/calibration/forms/<form_id>/report")
@requires(CalibrationPermission.AUTHOR)
def report(form_id: str) -> Any:
    """Show how a form works: how its gold is spread and what its responses tell, never who rated them."""
    told = queries.form_report(actor(), form_id)
    return render_template(
        "calibration/report.html",
        told=told,
        missed=nobody_right(told.items or ()),
        fewest=FEWEST_RATERS,
        policy=queries.unscoped_policy(),
    )
