"""The blueprint of careers, and what every public page has in common."""

from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from hiringkit.foundation import error_pages
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.settings import Settings
from hiringkit.people.models import Organisation
from hiringkit.people.queries import unscoped_organisation

bp = Blueprint("careers", __name__)


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
