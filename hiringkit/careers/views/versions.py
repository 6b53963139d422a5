"""Public pages about the versions of a disclosure: which there are, and what changed from one to the next."""

from collections.abc import Sequence
from itertools import groupby

from flask import Response, request

from hiringkit.careers import queries
from hiringkit.careers.queries import PublicDisclosure
from hiringkit.careers.views.blueprint import bp, public_page, whole_address
from hiringkit.careers.views.keeping import kept
from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.rules.difference import Change, differences
from hiringkit.disclosures.rules.fields import section
from hiringkit.foundation.access import public
from hiringkit.foundation.errors import NotFoundError


@bp.get("/careers/<slug>/versions")
@public
@kept
def show_versions(slug: str) -> Response:
    """List the versions that stand, newest first."""
    versions = queries.unscoped_public_versions(slug)
    return public_page(
        "careers/versions.html",
        versions=versions,
        opening=versions[0].opening,
        address=whole_address("careers.show_versions", slug=slug),
    )


@bp.get("/careers/<slug>/versions/<int(max=100000):number>/changes")
@public
@kept
def changes(slug: str, number: int) -> Response:
    """Show claim by claim what changed since the version before, or since the one that is asked for."""
    versions = queries.unscoped_public_versions(slug)
    later = _numbered(versions, number)
    if later is None:
        raise NotFoundError
    earlier = [one for one in versions if one.version.number < number]
    since = request.args.get("since", "")
    asked = next((one for one in earlier if str(one.version.number) == since), None)
    before = asked or (earlier[0] if earlier else None)
    found = _between(before, later) if before else ()
    return public_page(
        "careers/changes.html",
        opening=later.opening,
        view=later,
        before=before,
        earlier=earlier,
        ignored=since[:20] if since and asked is None else "",
        sections=[(section(key), list(group)) for key, group in groupby(found, key=lambda one: one.section)],
        count=len(found),
        material=sum(one.is_material for one in found),
        address=whole_address("careers.changes", slug=slug, number=number),
    )


def _numbered(versions: Sequence[PublicDisclosure], number: int) -> PublicDisclosure | None:
    return next((one for one in versions if one.version.number == number), None)


def _between(before: PublicDisclosure, later: PublicDisclosure) -> Sequence[Change]:
    return differences(disclosures.document_of(before.version).claims, disclosures.document_of(later.version).claims)
