"""All versions of a disclosure for its team, and what differs between any two of them."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request

from hiringkit.disclosures import queries
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.difference import differences
from hiringkit.disclosures.rules.fields import SECTIONS
from hiringkit.disclosures.views.blueprint import bp
from hiringkit.foundation.access import actor, may, requires
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import page_number

DRAFT = "draft"


@bp.get("/openings/<opening_id>/disclosure/versions")
@requires(DisclosurePermission.READ)
def show_versions(opening_id: str) -> Any:
    """List every version that was ever published, and what became of it."""
    view = queries.disclosure(actor(), opening_id)
    return render_template(
        "disclosures/versions.html",
        view=view,
        page=queries.versions(actor(), view, page_number()),
        reads_reasons=may(actor(), DisclosurePermission.PUBLISH, view.opening.team_id),
    )


@bp.get("/openings/<opening_id>/disclosure/differences")
@requires(DisclosurePermission.READ)
def show_differences(opening_id: str) -> Any:
    """Show what differs between two versions, or between a version and the draft; by default what is newest."""
    view = queries.disclosure(actor(), opening_id)
    numbers = queries.unscoped_numbers(view.opening.id)
    if not numbers:
        raise NotFoundError
    names = [*([DRAFT] if view.draft else []), *(str(number) for number in numbers)]
    after = request.args.get("after", names[0])
    before = request.args.get("before", "") or _earlier(after, names)
    earlier, later = _both(view, before, after)
    return render_template(
        "disclosures/differences.html",
        view=view,
        before=before,
        after=after,
        names=names,
        changes=differences(earlier, later),
        sections=SECTIONS,
    )


def _earlier(name: str, names: Sequence[str]) -> str:
    """Return the version before the one of this name, or the oldest."""
    place = names.index(name) + 1 if name in names else 0
    return names[min(place, len(names) - 1)]


def _both(view: queries.DisclosureView, before: str, after: str) -> tuple[Sequence[Claim], Sequence[Claim]]:
    """Return what the two say; NotFoundError for anything that is neither a version nor the draft."""
    wanted = [name for name in (before, after) if name != DRAFT]
    if (DRAFT in {before, after} and view.draft is None) or not all(_is_number(name) for name in wanted):
        raise NotFoundError
    found = queries.unscoped_claims_of(view.opening.id, [int(name) for name in wanted])
    said = {name: view.claims if name == DRAFT else found[int(name)] for name in (before, after)}
    return said[before], said[after]


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit() and len(name) <= 6  # noqa: PLR2004  # Far more than anybody publishes.
