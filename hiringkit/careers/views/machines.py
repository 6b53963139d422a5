"""The public side for machines: the account of a version as JSON, the feed, the sitemap, and who may look where."""

import json
from uuid import NAMESPACE_URL, uuid5

from flask import Response

from hiringkit.careers import queries
from hiringkit.careers.queries import PublicDisclosure
from hiringkit.careers.rules.account import disclosure_account
from hiringkit.careers.rules.feed import (
    MOST_ADDRESSES,
    MOST_ENTRIES,
    Feed,
    FeedEntry,
    SitemapLine,
    atom,
    sitemap,
)
from hiringkit.careers.views.blueprint import bp, public_file, public_organisation, whole_address
from hiringkit.careers.views.keeping import kept
from hiringkit.careers.views.published import conversations, published
from hiringkit.foundation.access import public
from hiringkit.foundation.clock import now
from hiringkit.foundation.words import day_words, local

OPEN_TO_ROBOTS = ("/careers", "/sitemap.xml", "/static/", "/assets/")
"""The list with everything below it, and the files that its pages are drawn with."""


@bp.get("/careers/<slug>.json")
@public
@kept
def account(slug: str) -> Response:
    """Give what an opening's disclosure says now, for machines."""
    return _account(queries.unscoped_public_disclosure(slug))


@bp.get("/careers/<slug>/versions/<int(max=100000):number>.json")
@public
@kept
def version_account(slug: str, number: int) -> Response:
    """Give one published version for machines."""
    return _account(queries.unscoped_public_version(slug, number))


def _account(view: PublicDisclosure) -> Response:
    told = published(view, public_organisation(), now())
    plan = queries.unscoped_interview_plan(view.opening)
    found = disclosure_account(told, conversations(plan))
    return public_file(json.dumps(found, ensure_ascii=False, indent=1), "application/json")


@bp.get("/careers/feed.atom")
@public
@kept
def feed() -> Response:
    """Give the versions that were published last, of openings that take applications."""
    organisation = public_organisation()
    found = Feed(
        organisation=organisation.name,
        address=whole_address(".feed"),
        page=whole_address(".show_all"),
        since=organisation.created_at,
        entries=[_entry(one) for one in queries.unscoped_published_lately(MOST_ENTRIES)],
    )
    return public_file(atom(found), "application/atom+xml")


def _entry(view: PublicDisclosure) -> FeedEntry:
    facts = [("Where", view.opening.place, ""), *view.leaflet.facts]
    told = (
        f"{label}: {words if isinstance(words, str) else day_words(words)}{f' ({note})' if note else ''}"
        for label, words, note in facts
    )
    return FeedEntry(
        id=uuid5(NAMESPACE_URL, f"hiringkit:disclosure-version:{view.version.public_id}").urn,
        title=f"{view.opening.title}, version {view.version.number}",
        address=whole_address(".show_version", slug=view.opening.slug, number=view.version.number),
        published_at=view.version.published_at,
        summary=". ".join(told) + ".",
    )


@bp.get("/sitemap.xml")
@public
@kept
def sitemap_of_careers() -> Response:
    """Name the list and every opening that takes applications."""
    public_organisation()
    rows = queries.unscoped_slugs(MOST_ADDRESSES - 1)
    below = whole_address(".show", slug="-").removesuffix("-")  # A slug stands in an address as it is.
    found = [SitemapLine(below + slug, local(at, zone).date()) for slug, at, zone in rows]
    return public_file(sitemap([SitemapLine(whole_address(".show_all")), *found]), "application/xml")


@bp.get("/robots.txt")
@public
@kept
def robots() -> Response:
    """Say that the public side may be read by anybody, and that nothing else is of use to robots."""
    allowed = "".join(f"Allow: {path}\n" for path in OPEN_TO_ROBOTS)
    body = f"User-agent: *\n{allowed}Disallow: /\nSitemap: {whole_address('.sitemap_of_careers')}\n"
    return public_file(body, "text/plain")
