"""The way through a list of responses, one at a time: which one an address names, and which comes next."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from flask import flash, render_template, request

from hiringkit.calibration.forms import ResponseForm, cells_of
from hiringkit.calibration.models import FormDraftResponse
from hiringkit.calibration.queries import AnyResponse, ApartResponse, ResponseView
from hiringkit.calibration.rules.answers import Cell
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.forms import answer

Drafts = Mapping[int, Cell]
Shown = TypeVar("Shown", ResponseView, ApartResponse, FormDraftResponse)


def of_id(responses: Sequence[Shown], response_id: str) -> Shown:
    """Return the response with this address, or raise NotFoundError."""
    found = next((one for one in responses if _row(one).public_id == response_id), None)
    if found is None:
        raise NotFoundError
    return found


def _row(one: ResponseView | ApartResponse | FormDraftResponse) -> AnyResponse:
    return one if isinstance(one, FormDraftResponse) else one.row


def following(responses: Sequence[ResponseView], after: ResponseView) -> ResponseView | None:
    """Return the next response that is not finished, in the order drawn and around its end, or None."""
    place = responses.index(after)
    return next((one for one in (*responses[place + 1 :], *responses[:place]) if one.lacks), None)


def saved(
    responses: Sequence[ResponseView],
    shown: ResponseView,
    save: Callable[[Drafts, int], object],
    address: Callable[[ResponseView | None], str],
    page: Callable[[ResponseForm], Any],
) -> Any:
    """Keep what was typed, complete or not, and go on to the next response or, with none or to stop, to the whole.

    `save` takes the cells and the version that they started from; `page` shows the form that was refused.
    """
    form, cells = ResponseForm(), cells_of(request.form, shown.columns)
    stops = form.then.data == "stop"
    after = None if stops else following(responses, shown)
    done = answer(lambda: save(cells, form.edited_version), to=lambda _: address(after), form=form)
    if done and stops:
        flash("Saved. You can go on whenever you like.")
    return done or page(form)


def kept(shown: ResponseView, save: Callable[[Drafts, int], object], at: datetime) -> Any:
    """Keep what was typed so far at a pause, and answer when, in a few words."""
    save(cells_of(request.form, shown.columns), ResponseForm().edited_version)
    return kept_words(at)


def kept_words(at: datetime) -> Any:
    """Say when something was kept at a pause, in a few words."""
    return render_template("components/kept.txt", at=at), {"Content-Type": "text/plain; charset=utf-8"}
