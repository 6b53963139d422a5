"""Accommodations behind a personal link: what the candidate has asked to be different, and asking."""

from typing import Any

from flask import flash, url_for

from hiringkit.candidates import operations
from hiringkit.candidates import queries as candidates
from hiringkit.candidates.queries import LinkedApplication
from hiringkit.foundation import throttle
from hiringkit.foundation.access import actor, by_link
from hiringkit.foundation.clock import now
from hiringkit.foundation.forms import answer
from hiringkit.loops import queries as loops
from hiringkit.portal.forms import AccommodationForm
from hiringkit.portal.views.blueprint import bp, linked, portal_page

AN_HOUR = 5
TOO_MANY = "You have sent five of these within an hour. Wait a little, then send this one."


@bp.get("/portal/<token>/accommodations")
@by_link
def accommodations(token: str) -> Any:
    """Show what was asked for and what was arranged, and the form."""
    return _page(token, linked(token), AccommodationForm(formdata=None))


def _page(token: str, view: LinkedApplication, form: AccommodationForm) -> Any:
    body = portal_page(
        "accommodations",
        token,
        view,
        form=form,
        own=candidates.own_accommodations(view),
        stages=loops.unscoped_stage_names(view.opening.id),
    )
    return body, form.status


@bp.post("/portal/<token>/accommodations")
@by_link
def ask_accommodation(token: str) -> Any:
    """Ask for something to be different."""
    view, form, at = linked(token), AccommodationForm(), now()
    if form.validate():
        bucket = f"portal-accommodation:{view.application.public_id}"
        throttle.take(bucket, limit=AN_HOUR, seconds=3600, at=at, sentence=TOO_MANY)

        def act() -> None:
            operations.ask_accommodation(view.application, form.text.data or "", by=actor(), at=at)
            flash("It was sent to the coordinators of this team, and to nobody else.")

        done = answer(act, to=lambda _: url_for(".accommodations", token=token), form=form)
        if done:
            return done
    return _page(token, view, form)
