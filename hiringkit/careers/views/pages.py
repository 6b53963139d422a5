"""Public pages about one opening: what the work is now and in each version, and how a draft would look there."""

from datetime import date
from typing import Any

from flask import Response, render_template, url_for

from hiringkit.careers import queries
from hiringkit.careers.rules.posting import job_posting, page_description
from hiringkit.careers.views.blueprint import bp, public_organisation, public_page
from hiringkit.careers.views.keeping import kept
from hiringkit.careers.views.published import published
from hiringkit.careers.views.questions import asked_context
from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.document import Document
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.leaflet import leaflet_of
from hiringkit.foundation.access import actor, public, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.words import local


@bp.get("/careers/<slug>")
@public
@kept
def show(slug: str) -> Response:
    """Show what an opening's disclosure says now, or that the opening is over and where its last version is."""
    try:
        view = queries.unscoped_public_disclosure(slug)
    except NotFoundError:
        return public_page("careers/over.html", view=queries.unscoped_ended_disclosure(slug))
    return _disclosure_page(view, is_own_address=True)


@bp.get("/careers/<slug>/versions/<int(max=100000):number>")
@public
@kept
def show_version(slug: str, number: int) -> Response:
    """Show one published version, also after a newer one or after the opening is over."""
    return _disclosure_page(queries.unscoped_public_version(slug, number), is_own_address=False)


def _disclosure_page(view: queries.PublicDisclosure, *, is_own_address: bool) -> Response:
    """The opening's own address is the canonical one of its current version, and has the posting for machines."""
    organisation = public_organisation()
    told = published(view, organisation, now())
    stays = is_own_address or (view.version.number == view.current and not view.is_over)
    return public_page(
        "careers/show.html",
        organisation,
        view=view,
        opening=view.opening,
        leaflet=told.leaflet,
        attested=disclosures.unscoped_attested(view.version.id).sentences,
        plan=queries.unscoped_interview_plan(view.opening),
        description=page_description(view.opening.title, organisation.name),
        address=told.address if stays else told.version_address,
        version_address=told.version_address,
        posting=job_posting(told) if is_own_address and view.is_open else None,
        account_url=url_for(".account", slug=view.opening.slug)
        if is_own_address
        else url_for(".version_account", slug=view.opening.slug, number=view.version.number),
        **asked_context(view.opening),
        is_past=any(isinstance(value, date) and value < told.today for _, value, _ in told.leaflet.facts),
    )


@bp.get("/openings/<opening_id>/disclosure/preview")
@requires(DisclosurePermission.READ)
def preview(opening_id: str) -> Any:
    """Show the team what candidates would read if the draft were published now."""
    view = disclosures.disclosure(actor(), opening_id)
    if view.draft is None:
        raise NotFoundError
    # A changed draft asks everybody again, so nothing that was said of the version before holds for it.
    attested = disclosures.unscoped_attested(view.current.id).sentences if view.current and view.is_unchanged else {}
    return render_template(
        "careers/preview.html",
        view=view,
        opening=view.opening,
        leaflet=leaflet_of(Document(tuple(FIELDS), view.claims), local(now(), view.opening.zone).date()),
        plan=queries.unscoped_interview_plan(view.opening),
        attested=attested,
    )
