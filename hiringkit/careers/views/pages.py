"""Public pages: the openings, what the work of each is, and how a draft would look there."""

from typing import Any

from flask import Response, render_template

from hiringkit.careers import queries
from hiringkit.careers.views.blueprint import bp, public_page
from hiringkit.careers.views.questions import asked_context
from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.document import Document
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.leaflet import leaflet_of
from hiringkit.foundation.access import actor, public, requires
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import page_number


@bp.get("/careers")
@public
def show_all() -> Response:
    """List the openings that take applications."""
    return public_page("careers/show_all.html", page=queries.unscoped_open_disclosures(page_number()))


@bp.get("/careers/<slug>")
@public
def show(slug: str) -> Response:
    """Show what an opening's disclosure says now."""
    return _disclosure_page(queries.unscoped_public_disclosure(slug))


@bp.get("/careers/<slug>/versions/<int(max=100000):number>")
@public
def show_version(slug: str, number: int) -> Response:
    """Show one published version, also after a newer one or after the opening is over."""
    return _disclosure_page(queries.unscoped_public_version(slug, number))


def _disclosure_page(view: queries.PublicDisclosure) -> Response:
    plan = queries.unscoped_interview_plan(view.opening)
    more = asked_context(view.opening)
    return public_page("careers/show.html", view=view, opening=view.opening, leaflet=view.leaflet, plan=plan, **more)


@bp.get("/openings/<opening_id>/disclosure/preview")
@requires(DisclosurePermission.READ)
def preview(opening_id: str) -> Any:
    """Show the team what candidates would read if the draft were published now."""
    view = disclosures.disclosure(actor(), opening_id)
    if view.draft is None:
        raise NotFoundError
    return render_template(
        "careers/preview.html",
        view=view,
        opening=view.opening,
        leaflet=leaflet_of(Document(tuple(FIELDS), view.claims)),
        plan=queries.unscoped_interview_plan(view.opening),
    )
