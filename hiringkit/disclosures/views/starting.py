"""Starting a disclosure from what another opening says."""

from typing import Any

from flask import flash, redirect, render_template, request

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.views.blueprint import bp
from hiringkit.disclosures.views.overview import overview_address
from hiringkit.foundation.access import actor, demand, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import BadRequestError
from hiringkit.foundation.forms import answer
from hiringkit.foundation.paging import page_number

PUBLISHED, DRAFT = "published", "draft"


@bp.get("/openings/<opening_id>/disclosure/sources")
@requires(DisclosurePermission.EDIT)
def show_sources(opening_id: str) -> Any:
    """List the other openings that a disclosure can be copied from, while it is not started."""
    view = _startable(opening_id)
    if view.draft is not None:
        return redirect(overview_address(opening_id), 303)
    page = queries.sources(actor(), view.opening, page_number())
    return render_template("disclosures/sources.html", view=view, page=page)


def _startable(opening_id: str) -> queries.DisclosureView:
    view = queries.disclosure(actor(), opening_id)
    demand(actor(), DisclosurePermission.EDIT, view.opening.team_id)
    return view


@bp.post("/openings/<opening_id>/disclosure/copy")
@requires(DisclosurePermission.EDIT)
def copy(opening_id: str) -> Any:
    """Start the draft with what another opening (`source`) says: its published version or its draft (`which`)."""
    view, which = _startable(opening_id), request.form.get("which", "")
    if which not in {PUBLISHED, DRAFT}:
        message = "What is copied is the published version or the draft."
        raise BadRequestError(message)
    source = queries.source(actor(), request.form.get("source", ""))
    done = answer(
        lambda: operations.copy_disclosure(view.opening, source, published=which == PUBLISHED, by=actor(), at=now()),
        to=lambda _: overview_address(opening_id),
    )
    flash(f"Copied from {source.opening.title}. Each answer is marked “To check” until you save its section.")
    return done
