"""The way through a list of responses, one at a time: which one an address names, and which comes next."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from flask import render_template

from hiringkit.calibration.models import FormDraftResponse
from hiringkit.calibration.queries import AnyResponse, ApartResponse, ResponseView
from hiringkit.foundation.errors import NotFoundError

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


def kept(at: datetime) -> Any:
    """Answer a pause in typing: when what was typed was kept."""
    return render_template("components/kept.txt", at=at), {"Content-Type": "text/plain; charset=utf-8"}
