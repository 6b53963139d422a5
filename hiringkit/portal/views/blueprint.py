"""The floor under every page behind a personal link: it is looked up, kept private, and refused alike."""

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from hiringkit.candidates import queries as candidates
from hiringkit.candidates.queries import LinkedApplication
from hiringkit.foundation import throttle
from hiringkit.foundation.access import act_as_candidate
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.words import zone_words
from hiringkit.people.queries import unscoped_organisation

bp = Blueprint("portal", __name__)
GUESSES_A_MINUTE = 30
SLOW_DOWN = "There were too many tries with addresses that lead nowhere. Wait a minute, then open your own link again."
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}


@bp.after_app_request
def keep_private(response: Response) -> Response:
    """Keep the address of these pages, wrong ones as well, out of referrers, indexes and caches."""
    if request.path.startswith("/portal/"):
        response.headers.update(HEADERS)
    return response


@bp.errorhandler(NotFoundError)
def no_longer_valid(_error: NotFoundError) -> Any:
    """Say that the link is not valid, whether it was revoked or never existed."""
    return render_template("portal/no_longer_valid.html", **_organisation()), 404


def _organisation() -> dict[str, str]:
    found = unscoped_organisation()
    return {"organisation_name": found.name, "contact": found.contact} if found else {"contact": ""}


def linked(token: str) -> LinkedApplication:
    """Return the application behind the link, and act as its candidate, whoever else is signed in here."""
    try:
        view = candidates.application_by_token(token)
    except NotFoundError:
        bucket = f"portal-guess:{request.remote_addr}"
        throttle.take(bucket, limit=GUESSES_A_MINUTE, seconds=60, at=now(), sentence=SLOW_DOWN)
        raise
    act_as_candidate(view.application.id, view.application.public_id)
    return view


def portal_page(template: str, token: str, view: LinkedApplication, **more: Any) -> str:
    """Render one of these pages, in the candidate's time zone."""
    zone = view.candidate.zone
    context = {"view": view, "token": token, "zone": zone, "zone_label": zone_words(zone), **_organisation()}
    return render_template(f"portal/{template}.html", **context, **more)
