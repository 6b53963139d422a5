"""The Atom feed and the sitemap, as bytes of XML that is always well formed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_ENTRIES = 50
MOST_ADDRESSES = 50_000
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One published version; `id` names it for good, also when the site moves to another address."""

    id: str
    title: str
    address: str
    published_at: datetime
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed of an organisation that exists since `since`; addresses are whole ones."""

    organisation: str
    address: str
    page: str
    since: datetime
    entries: Sequence[FeedEntry]


@dataclass(frozen=True, slots=True)
class SitemapLine:
    """One address, and the day on which its content last changed."""

    address: str
    changed: date | None = None


def atom(feed: Feed) -> bytes:
    """Return an Atom feed (RFC 4287); the newest entry, or the feed's beginning, says when it changed."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(root, "id", f"tag:{urlsplit(feed.address).hostname},{feed.since:%Y-%m-%d}:careers")
    _add(root, "title", f"Openings at {feed.organisation}")
    _add(root, "updated", _moment(max([feed.since, *(one.published_at for one in feed.entries)])))
    SubElement(_add(root, "author"), "name").text = _legal(feed.organisation)
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.address})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    for one in feed.entries:
        _entry(root, one)
    return _written(root)


def _entry(root: Element, one: FeedEntry) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", one.id)
    _add(entry, "title", one.title)
    _add(entry, "published", _moment(one.published_at))
    _add(entry, "updated", _moment(one.published_at))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": one.address})
    _add(entry, "summary", one.summary)


def sitemap(lines: Iterable[SitemapLine]) -> bytes:
    """Return a sitemap of the first 50,000 addresses, which is as many as one may hold."""
    root = Element("urlset", {"xmlns": SITEMAP})
    for _, one in zip(range(MOST_ADDRESSES), lines, strict=False):
        url = _add(root, "url")
        _add(url, "loc", one.address)
        if one.changed:
            _add(url, "lastmod", one.changed.isoformat())
    return _written(root)


def _add(parent: Element, name: str, text: str = "") -> Element:
    child = SubElement(parent, name)
    child.text = _legal(text) or None
    return child


def _legal(text: str) -> str:
    """Leave out what XML 1.0 cannot hold even when escaped."""
    return _NOT_XML.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
