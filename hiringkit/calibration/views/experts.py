"""Pages of an expert: rating a form alone, one response at a time, sealing it, and settling what lies far apart."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import flash, render_template, request, url_for

from hiringkit.calibration import operations, queries
from hiringkit.calibration.forms import DeclineForm, ResponseForm, cells_of
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import ApartResponse, ExpertView, ResponseView
from hiringkit.calibration.rules.drafting import why_all_must_stay
from hiringkit.calibration.views.blueprint import bp
from hiringkit.calibration.views.walking import following, kept, of_id, saved
from hiringkit.foundation.access import actor, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import answer


@bp.get("/calibration/experts/<expert_id>")
@requires(CalibrationPermission.RATE_AS_EXPERT)
def expert(expert_id: str) -> Any:
    """Show where the viewer stands with a form that they were asked to rate."""
    return _expert_page(queries.own_expert(actor(), expert_id), DeclineForm())


def _expert_page(view: ExpertView, form: DeclineForm) -> Any:
    opened = queries.responses_apart(view) if view.may_settle else []
    responses = [] if view.may_settle else queries.expert_responses(view)
    body = render_template(
        "calibration/expert.html",
        view=view,
        form=form,
        responses=responses,
        unfinished=next((one for one in responses if one.lacks), None),
        minutes_left=_minutes_left(view, responses),
        opened=opened,
        to_settle=next((one for one in opened if not one.is_settled), None),
        left=queries.own_withdrawal(view),
        all_must_stay=_why_all_must_stay(view),
    )
    return body, form.status


def _why_all_must_stay(view: ExpertView) -> str:
    if view.policy is None or not view.may_settle:
        return ""
    return why_all_must_stay(view.draft.state, view.sealed, view.policy)


def _minutes_left(view: ExpertView, responses: Sequence[ResponseView]) -> int:
    return view.draft.minutes_per_response * sum(bool(one.lacks) for one in responses)


@bp.get("/calibration/experts/<expert_id>/responses/<draft_response_id>")
@requires(CalibrationPermission.RATE_AS_EXPERT)
def expert_response(expert_id: str, draft_response_id: str) -> Any:
    """Show one response with the scale of each competency, and nothing that anybody else has said of it."""
    view = queries.own_expert(actor(), expert_id)
    responses = queries.expert_responses(view)
    return _response_page(view, responses, of_id(responses, draft_response_id), ResponseForm())


def _response_page(view: ExpertView, responses: Sequence[ResponseView], shown: ResponseView, form: ResponseForm) -> Any:
    body = render_template(
        "calibration/expert_response.html",
        view=view,
        responses=responses,
        shown=shown,
        form=form,
        cells=cells_of(request.form, shown.columns) if form.problems else shown.cells,
        following=following(responses, shown),
        minutes_left=_minutes_left(view, responses),
    )
    return body, form.status


@bp.post("/calibration/experts/<expert_id>/responses/<draft_response_id>")
@requires(CalibrationPermission.RATE_AS_EXPERT)
def save_expert_response(expert_id: str, draft_response_id: str) -> Any:
    """Keep what the expert gave, complete or not, and go on to the next response."""
    view = queries.own_expert(actor(), expert_id)
    responses = queries.expert_responses(view)
    shown = of_id(responses, draft_response_id)
    return saved(
        responses,
        shown,
        partial(operations.save_expert_response, view.row, shown.row, by=actor(), at=now()),
        lambda after: _address(expert_id, after),
        lambda form: _response_page(view, responses, shown, form),
    )


def _address(expert_id: str, after: ResponseView | None) -> str:
    if after is None:
        return url_for(".expert", expert_id=expert_id)
    return url_for(".expert_response", expert_id=expert_id, draft_response_id=after.row.public_id)


@bp.post("/calibration/experts/<expert_id>/responses/<draft_response_id>/typing")
@requires(CalibrationPermission.RATE_AS_EXPERT)
def keep_expert_response(expert_id: str, draft_response_id: str) -> Any:
    """Keep what the expert gave so far at a pause, and say when in a few words."""
    view, at = queries.own_expert(actor(), expert_id), now()
    shown = of_id(queries.expert_responses(view), draft_response_id)
    save = partial(operations.save_expert_response, view.row, shown.row, by=actor(), at=at, is_pause=True)
    return kept(shown, save, at)


@bp.post("/calibration/experts/<expert_id>/seal")
@requires(CalibrationPermission.RATE_AS_EXPERT)
def seal(expert_id: str) -> Any:
    """Seal the expert's ratings of every response."""
    view = queries.own_expert(actor(), expert_id)
    return answer(
        lambda: operations.seal_ratings(view.row, by=actor(), at=now()),
        to=lambda _: url_for(".expert", expert_id=expert_id),
    )


@bp.post("/calibration/experts/<expert_id>/withdrawal")
@requires(CalibrationPermission.RATE_AS_EXPERT)
def decline(expert_id: str) -> Any:
    """Leave a form that the viewer was asked to rate, with a reason."""
    view, form = queries.own_expert(actor(), expert_id), DeclineForm()
    done = answer(
        lambda: operations.decline_rating(view.row, form.reason.data or "", by=actor(), at=now()),
        to=lambda _: url_for(".expert", expert_id=expert_id),
        form=form,
    )
    return done or _expert_page(view, form)


@bp.get("/calibration/experts/<expert_id>/settling/<draft_response_id>")
@requires(CalibrationPermission.RATE_AS_EXPERT)
def settling(expert_id: str, draft_response_id: str) -> Any:
    """Show a response with the ratings and reasons of the cells that lie far apart, and of no others."""
    view = queries.own_expert(actor(), expert_id)
    opened = queries.responses_apart(view)
    return _settling_page(view, opened, of_id(opened, draft_response_id), ResponseForm())


def _settling_page(view: ExpertView, opened: Sequence[ApartResponse], shown: ApartResponse, form: ResponseForm) -> Any:
    body = render_template(
        "calibration/settling.html",
        view=view,
        opened=opened,
        shown=shown,
        form=form,
        cells=cells_of(request.form, shown.kept.columns) if form.problems else shown.kept.cells,
    )
    return body, form.status


@bp.post("/calibration/experts/<expert_id>/settling/<draft_response_id>")
@requires(CalibrationPermission.RATE_AS_EXPERT)
def settle(expert_id: str, draft_response_id: str) -> Any:
    """Keep what the expert settles on for one response and go on to the next, or keep it for another time."""
    view = queries.own_expert(actor(), expert_id)
    opened = queries.responses_apart(view)
    shown, form = of_id(opened, draft_response_id), ResponseForm()
    cells, stops = cells_of(request.form, shown.kept.columns), form.then.data == "stop"
    after = next((one for one in opened if not one.is_settled and one is not shown), None)
    if after is None or stops:
        target = url_for(".expert", expert_id=expert_id)
    else:
        target = url_for(".settling", expert_id=expert_id, draft_response_id=after.row.public_id)
    act = operations.save_settling if stops else operations.settle_response
    done = answer(
        lambda: act(view.row, shown.row, cells, form.edited_version, by=actor(), at=now()),
        to=lambda _: target,
        form=form,
    )
    if done and stops:
        flash("Saved, and not settled yet. You can go on whenever you like.")
    return done or _settling_page(view, opened, shown, form)


@bp.post("/calibration/experts/<expert_id>/settling/<draft_response_id>/typing")
@requires(CalibrationPermission.RATE_AS_EXPERT)
def keep_settling(expert_id: str, draft_response_id: str) -> Any:
    """Keep what the expert has typed so far at a pause, and say when in a few words."""
    view, at = queries.own_expert(actor(), expert_id), now()
    shown = of_id(queries.responses_apart(view), draft_response_id)
    save = partial(operations.save_settling, view.row, shown.row, by=actor(), at=at, is_pause=True)
    return kept(shown.kept, save, at)
