"""The list of openings, and whatever else is asked for under its address."""

from flask import Response, request
from werkzeug.datastructures import MultiDict

from hiringkit.careers import queries
from hiringkit.careers.forms import SearchForm
from hiringkit.careers.rules.searching import read_asked
from hiringkit.careers.views.blueprint import bp, public_organisation, public_page, whole_address
from hiringkit.careers.views.keeping import kept
from hiringkit.foundation.access import public
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import page_number
from hiringkit.foundation.words import local


@bp.get("/careers")
@public
@kept
def show_all() -> Response:
    """List the openings that take applications, narrowed by words and filters."""
    organisation, places = public_organisation(), queries.unscoped_places()
    typed: MultiDict[str, str] = request.args
    asked = read_asked(typed.to_dict(), places)
    at = now()
    page = queries.unscoped_open_disclosures(page_number(), asked, local(at, organisation.zone).date())
    numbered = {"page": page.number} if page.number > 1 else {}
    return public_page(
        "careers/show_all.html",
        organisation,
        page=page,
        asked=asked,
        form=SearchForm.of(asked, places),
        days={row.opening.id: row.day(at) for row in page.rows},
        address=whole_address("careers.show_all", **numbered),
        feed_address=whole_address("careers.feed"),
    )


@bp.get("/careers/<path:rest>")
@public
def nothing(rest: str) -> Response:
    """Answer an address under the list that names nothing, so that it leads back to the list as well."""
    raise NotFoundError(f"There is no {rest[:80]}.")
