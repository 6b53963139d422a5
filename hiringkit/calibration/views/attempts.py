"""Pages of calibration: one's own standings, an exercise, rating blind, and the result."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for

from hiringkit.calibration import operations, queries
from hiringkit.calibration.forms import ResponseForm, cells_of
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import AttemptView, ComparedResponse, ResponseView
from hiringkit.calibration.rules import telling
from hiringkit.calibration.rules.describing import Fact, agreement_facts
from hiringkit.calibration.views.blueprint import bp
from hiringkit.calibration.views.walking import following, kept, of_id, saved
from hiringkit.foundation.access import actor, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import answer
from hiringkit.foundation.paging import page_number


@bp.get("/calibration")
@requires(CalibrationPermission.READ)
def show() -> Any:
    """Show where the viewer stands on each set, and the teams whose standings they may read."""
    viewer = actor()
    return render_template(
        "calibration/show.html",
        exercises=queries.own_exercises(viewer, now()),
        may_rate=may(viewer, CalibrationPermission.RATE),
        path=_path_page(),
        may_write=may(viewer, CalibrationPermission.AUTHOR),
        expertise=queries.own_expertise(viewer),
        teams=queries.teams(viewer, page_number()) if may(viewer, CalibrationPermission.READ_TEAM) else None,
    )


@bp.get("/calibration/sets/<set_id>/guide")
@requires(CalibrationPermission.RATE)
def guide(set_id: str) -> Any:
    """Show what to know before rating a set: its competencies, their scales and what good evidence is."""
    return render_template("calibration/guide.html", guide=queries.guide(actor(), set_id), path=_path_page())


def _path_page() -> str:
    """Return the address of the viewer's own path, which a room above shows."""
    return url_for("home.paths")


@bp.post("/calibration/sets/<set_id>/guide/reading")
@requires(CalibrationPermission.RATE)
def read_guide(set_id: str) -> Any:
    """Note that the viewer has read a guide."""
    found = queries.guide(actor(), set_id)
    return answer(lambda: operations.read_guide(found, by=actor(), at=now()), to=lambda _: _path_page())


@bp.get("/calibration/forms/<form_id>")
@requires(CalibrationPermission.RATE)
def form(form_id: str) -> Any:
    """Show what an exercise takes, before it is begun; an address of the form rated last leads to the next."""
    own = queries.own_exercise(actor(), form_id, now())
    if own.form is not own.forms[form_id]:
        return redirect(url_for(".form", form_id=own.form.row.public_id), 303)
    page = "calibration/refresh.html" if own.is_refresh else "calibration/form.html"
    return render_template(page, own=own, error_words=telling.error_words, renewal_words=telling.renewal_words)


@bp.post("/calibration/forms/<form_id>/attempts")
@requires(CalibrationPermission.RATE)
def start(form_id: str) -> Any:
    """Begin an attempt and go to its first response."""
    own = queries.own_exercise(actor(), form_id, now())
    return answer(
        lambda: operations.start_attempt(own.forms[form_id].row, by=actor(), at=now()),
        to=lambda attempt: _first_response(attempt.public_id),
    )


def _first_response(attempt_id: str) -> str:
    first = queries.own_responses(queries.own_attempt(actor(), attempt_id))[0]
    return url_for(".response", attempt_id=attempt_id, response_id=first.row.public_id)


@bp.get("/calibration/attempts/<attempt_id>")
@requires(CalibrationPermission.RATE)
def attempt(attempt_id: str) -> Any:
    """Show the ratings to check while the attempt is open, and its result once it is decided."""
    view = queries.own_attempt(actor(), attempt_id)
    if view.is_decided:
        return _result_page(view)
    responses = queries.own_responses(view)
    return render_template(
        "calibration/attempt.html",
        view=view,
        responses=responses,
        unfinished=next((one for one in responses if one.lacks), None),
        minutes_left=_minutes_left(view, responses),
    )


def _minutes_left(view: AttemptView, responses: Sequence[ResponseView]) -> int:
    return view.form.row.minutes_per_response * sum(bool(one.lacks) for one in responses)


def _result_page(view: AttemptView) -> Any:
    outcome, compared, at = view.outcomes[-1], queries.own_comparisons(view), now()
    columns = queries.by_column(compared)
    lines = view.policy.lines_for(columns[0].column.points)
    unsafe = sum(one.is_unsafe(view.policy) for each in columns for one in each.comparisons)
    return render_template(
        "calibration/result.html",
        view=view,
        outcome=outcome,
        headline=telling.headline(outcome, lines),
        compared=compared,
        columns=columns,
        widest=max(columns, key=lambda one: abs(one.mean)),
        lines=lines,
        rates=view.adopted.rates(lines.points),
        renewals=view.adopted.renewals(lines.points) if view.row.is_refresh else None,
        checks=telling.checks(outcome, lines, unsafe),
        line_checks=telling.line_checks,
        unsafe=unsafe,
        lasts=view.standing is not None and queries.unscoped_lasts(view.standing, at),
        retry=None if view.standing else queries.own_retry(actor(), view, at),
        path=_path_page(),
        agreement=_agreement(compared),
        difference_words=telling.difference_words,
        error_words=telling.error_words,
        renewal_words=telling.renewal_words,
    )


def _agreement(compared: Sequence[ComparedResponse]) -> list[Fact]:
    own = [[pair.cell.rating or 0 for pair in one.comparisons] for one in compared]
    gold = [[pair.gold for pair in one.comparisons] for one in compared]
    return agreement_facts(own, gold, compared[0].response.columns[0].points)


@bp.get("/calibration/attempts/<attempt_id>/responses/<response_id>")
@requires(CalibrationPermission.RATE)
def response(attempt_id: str, response_id: str) -> Any:
    """Show one response with the scale of each competency, and nothing of the reference."""
    view = queries.own_attempt(actor(), attempt_id)
    if view.is_decided:
        return redirect(url_for(".attempt", attempt_id=attempt_id), 303)
    responses = queries.own_responses(view)
    return _response_page(view, responses, of_id(responses, response_id), ResponseForm())


def _response_page(
    view: AttemptView, responses: Sequence[ResponseView], shown: ResponseView, form: ResponseForm
) -> Any:
    body = render_template(
        "calibration/response.html",
        view=view,
        responses=responses,
        shown=shown,
        form=form,
        cells=cells_of(request.form, shown.columns) if form.problems else shown.cells,
        following=following(responses, shown),
        minutes_left=_minutes_left(view, responses),
    )
    return body, form.status


@bp.post("/calibration/attempts/<attempt_id>/responses/<response_id>")
@requires(CalibrationPermission.RATE)
def save(attempt_id: str, response_id: str) -> Any:
    """Keep what was rated, complete or not, and go on to the next response."""
    view = queries.own_attempt(actor(), attempt_id)
    responses = queries.own_responses(view)
    shown = of_id(responses, response_id)
    return saved(
        responses,
        shown,
        partial(operations.save_response, view.row, shown.row, by=actor(), at=now()),
        lambda after: _address(attempt_id, after),
        lambda form: _response_page(view, responses, shown, form),
    )


def _address(attempt_id: str, after: ResponseView | None) -> str:
    if after is None:
        return url_for(".attempt", attempt_id=attempt_id)
    return url_for(".response", attempt_id=attempt_id, response_id=after.row.public_id)


@bp.post("/calibration/attempts/<attempt_id>/responses/<response_id>/typing")
@requires(CalibrationPermission.RATE)
def keep(attempt_id: str, response_id: str) -> Any:
    """Keep what was rated so far at a pause, and say when in a few words."""
    view, at = queries.own_attempt(actor(), attempt_id), now()
    shown = of_id(queries.own_responses(view), response_id)
    save = partial(operations.save_response, view.row, shown.row, by=actor(), at=at, is_pause=True)
    return kept(shown, save, at)


@bp.post("/calibration/attempts/<attempt_id>/submission")
@requires(CalibrationPermission.RATE)
def submit(attempt_id: str) -> Any:
    """Submit the block that was rated; it is decided at once."""
    view = queries.own_attempt(actor(), attempt_id)
    return answer(
        lambda: operations.submit_attempt(view.row, by=actor(), at=now()),
        to=lambda _: url_for(".attempt", attempt_id=attempt_id),
    )
