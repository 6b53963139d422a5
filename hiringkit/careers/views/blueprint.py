"""The blueprint of careers, and what every public page has in common."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, url_for

from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.web import cacheable
from hiringkit.people.queries import unscoped_organisation

bp = Blueprint("careers", __name__)
FRESH_SECONDS = 60
"""So long may a browser or a proxy show a page without asking again."""


def public_page(template: str, **context: Any) -> Response:
    """Render a page that is the same for everybody, and let it be cached."""
    organisation = unscoped_organisation()
    if organisation is None:
        raise NotFoundError
    body = render_template(
        template,
        organisation_name=organisation.name,
        contact=organisation.contact,
        careers_url=url_for(".show_all"),
        **context,
    )
    return cacheable(make_response(body), seconds=FRESH_SECONDS)
