"""Pages of authors: the forms that can be rated, forms on their way, their experts, publishing, and the report."""

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template, request, url_for

from hiringkit.calibration import operations, queries
from hiringkit.calibration.forms import BeginForm, DraftResponseForm, ExpertForm, StartForm, WithdrawalForm
from hiringkit.calibration.models import FormDraftResponse
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import AskedExpert, DraftView, UnwrittenSet
from hiringkit.calibration.rules.drafting import FORM_DRAFT, FormDraftState, next_letter, why_all_must_stay
from hiringkit.calibration.rules.reports import FEWEST_RATERS, nobody_right
from hiringkit.calibration.views.blueprint import bp
from hiringkit.calibration.views.walking import kept_words, of_id
from hiringkit.foundation.access import actor, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import InvalidError
from hiringkit.foundation.forms import SelectChoice, answer
from hiringkit.foundation.paging import page_number


@bp.get("/calibration/drafts")
@requires(CalibrationPermission.AUTHOR)
def drafts() -> Any:
    """Show the exercises with their forms, the sets without one, and what is on its way."""
    return _drafts_page(_begin_form(queries.unscoped_unwritten_sets()))


def _begin_form(sets: Sequence[UnwrittenSet]) -> BeginForm:
    form = BeginForm()
    named = [(one.row.public_id, f"{one.row.name}: {_counted(len(one.points))}") for one in sets]
    form.set_id.choices = [SelectChoice("", "Choose one"), *(SelectChoice(*one) for one in named)]
    return form


def _counted(competencies: int) -> str:
    return "1 competency" if competencies == 1 else f"{competencies} competencies"


def _drafts_page(form: BeginForm) -> Any:
    body = render_template(
        "calibration/drafts.html",
        form=form,
        exercises=queries.unscoped_exercises(),
        drafts=queries.drafts(actor(), page_number()),
        next_letter=next_letter,
        policy=queries.unscoped_policy(),
    )
    return body, form.status


@bp.post("/calibration/exercises")
@requires(CalibrationPermission.AUTHOR)
def begin() -> Any:
    """Begin the exercise of a competency set that has none, with two forms to write, and go to the first."""
    sets = queries.unscoped_unwritten_sets()
    form = _begin_form(sets)
    if form.validate():
        chosen = next(one for one in sets if one.row.public_id == form.set_id.data)
        done = answer(
            lambda: operations.begin_exercise(chosen, by=actor(), at=now()),
            to=lambda drafts: url_for(".draft", draft_id=drafts[0].public_id),
            form=form,
        )
        if done:
            flash("Begun. Its parallel forms stand among those on their way; this is the first.")
            return done
    return _drafts_page(form)


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
    view = queries.draft(actor(), draft_id)
    return _draft_page(view, queries.draft_experts(view))


def _draft_page(
    view: DraftView,
    experts: Sequence[AskedExpert],
    asking: ExpertForm | None = None,
    leaving: WithdrawalForm | None = None,
) -> Any:
    form, leaving = asking or ExpertForm(), leaving or _withdrawal_form(view, experts)
    responses, policy = queries.draft_responses(view), queries.unscoped_policy()
    sealed = sum(one.has_sealed for one in experts)
    is_settled = view.row.state is FormDraftState.SETTLED
    body = render_template(
        "calibration/draft.html",
        view=view,
        form=form,
        leaving=leaving,
        experts=experts,
        waits=sum(one.is_at_work(view.row.state) for one in experts),
        all_must_stay=why_all_must_stay(view.row.state, sealed, policy),
        responses=responses,
        lacks=queries.lacks_of_text(view, responses),
        sealed=sealed,
        settled=sum(one.has_settled for one in experts),
        problems=queries.drafted_form(view.row).problems if is_settled else (),
        unwritten=next((one for one in responses if not (one.prompt and one.response)), None),
        policy=policy,
        may_ask=FORM_DRAFT.can(view.row.state, "ask experts"),
        may_end=FORM_DRAFT.can(view.row.state, "end"),
    )
    return body, max(form.status, leaving.status)


def _withdrawal_form(view: DraftView, experts: Sequence[AskedExpert]) -> WithdrawalForm:
    form = WithdrawalForm()
    at_work = [SelectChoice(one.row.public_id, one.member.name) for one in experts if one.is_at_work(view.row.state)]
    form.expert_id.choices = [SelectChoice("", "Choose one"), *at_work]
    return form


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
            flash("Asked. It stands on their home page, and goes to them by mail if the site sends mail.")
            return done
    return _draft_page(view, queries.draft_experts(view), asking=form)


@bp.post("/calibration/drafts/<draft_id>/withdrawals")
@requires(CalibrationPermission.AUTHOR)
def withdraw(draft_id: str) -> Any:
    """Withdraw an expert who has not finished, with a reason."""
    view = queries.draft(actor(), draft_id)
    experts = queries.draft_experts(view)
    form = _withdrawal_form(view, experts)
    if form.validate():
        done = answer(
            lambda: operations.withdraw_expert(
                view.row, form.expert_id.data, form.reason.data or "", by=actor(), at=now()
            ),
            to=lambda _: url_for(".draft", draft_id=draft_id),
            form=form,
        )
        if done:
            return done
    return _draft_page(view, experts, leaving=form)


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
        to=lambda _: url_for(".draft", draft_id=draft_id),
    )


@bp.post("/calibration/drafts/<draft_id>/again")
@requires(CalibrationPermission.AUTHOR)
def start_again(draft_id: str) -> Any:
    """Start another draft of the letter from the text of one that came to its end without a form."""
    view = queries.draft(actor(), draft_id)
    return answer(
        lambda: operations.start_draft(view.exercise, view.row.letter, view.row, by=actor(), at=now()),
        to=lambda draft: url_for(".draft", draft_id=draft.public_id),
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


@bp.post("/calibration/drafts/<draft_id>/responses/<draft_response_id>/typing")
@requires(CalibrationPermission.AUTHOR)
def keep_writing(draft_id: str, draft_response_id: str) -> Any:
    """Keep the text of one response at a pause, and say when in a few words."""
    view, at = queries.draft(actor(), draft_id), now()
    row = of_id(queries.draft_responses(view), draft_response_id)
    form = _response_form(row)
    operations.keep_draft_response(view.row, row, form.to_draft(row.block), form.edited_version, by=actor())
    return kept_words(at)


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
