"""The blueprint of careers, and what every public page has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, g, make_response, render_template, request, url_for

from hiringkit.careers.queries import unscoped_last_written
from hiringkit.foundation import error_pages
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.settings import Settings
from hiringkit.foundation.web import cacheable
from hiringkit.people.models import Organisation
from hiringkit.people.queries import unscoped_organisation

bp = Blueprint("careers", __name__)
FRESH_SECONDS = 60
"""So long may a browser or a proxy show a page without asking again."""
QUARTER_SECONDS = 900
MOST_KEPT = 256
PAGES = "hiringkit.public_pages"


def public_organisation() -> Organisation:
    """Return the organisation, or raise NotFoundError before the site was set up."""
    found = unscoped_organisation()
    if found is None:
        raise NotFoundError
    return found


def public_page(template: str, organisation: Organisation | None = None, **context: Any) -> Response:
    """Render a page that is the same for everybody; its view is `kept`."""
    return make_response(render_template(template, **_around(organisation or public_organisation()), **context))


def public_file(body: bytes | str, kind: str) -> Response:
    """Return the same for something that machines read."""
    return make_response(body, {"Content-Type": f"{kind}; charset=utf-8"})


def kept(view: Callable[..., Response]) -> Callable[..., Response]:
    """Let browsers keep what a public view answers, and keep it here until anything at all is written.

    Whatever such a page says changes by an operation, which leaves an event, or with the day where the opening is,
    which begins at a quarter of an hour everywhere. So one statement tells whether an answer still holds.
    """

    @wraps(view)
    def answer(**values: Any) -> Response:
        pages: dict[Any, tuple[bytes, list[tuple[str, str]]]] = current_app.extensions.setdefault(PAGES, {})
        seq, last, g.organisation = unscoped_last_written()
        key = (request.full_path, seq, last, int(now().timestamp()) // QUARTER_SECONDS)
        made = pages.get(key)
        if made is None:
            fresh = view(**values)
            made = (fresh.get_data(), list(fresh.headers))
            if len(pages) >= MOST_KEPT:
                pages.clear()
            pages[key] = made
        return cacheable(Response(made[0], headers=made[1]), seconds=FRESH_SECONDS)

    return answer


def _around(organisation: Organisation) -> dict[str, str]:
    return {
        "organisation_name": organisation.name,
        "contact": organisation.contact,
        "careers_url": url_for("careers.show_all"),
    }


def whole_address(endpoint: str, **values: Any) -> str:
    """Return an address as the world reaches it: by the setting, never by what a request calls this site."""
    settings: Settings = current_app.extensions["hiringkit.settings"]
    return settings.base_url.rstrip("/") + url_for(endpoint, **values)


@bp.errorhandler(NotFoundError)
def nothing_here(error: NotFoundError) -> Any:
    """Lead somebody who found no public page to the openings that there are."""
    organisation = unscoped_organisation()
    if organisation is None or not request.path.startswith("/careers/"):
        return error_pages.page(error.status, *error_pages.HTTP_WORDS[error.status])
    return render_template("careers/nothing_here.html", **_around(organisation)), error.status
