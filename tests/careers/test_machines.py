"""What robots, feed readers and programs are given: the published and nothing else, at whole addresses."""

import html
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from hiringkit.disclosures import operations as disclosures
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.openings import operations as openings
from tests.careers.test_views import get, open_opening, text
from tests.disclosures.factories import draft, published, saved
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World

BASE = "https://localhost"
ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = "Xylophones: nobody outside may read this yet."
BELOW = (
    "", ".json", "/versions", "/versions/1", "/versions/1.json", "/versions/1/changes", "/interviews", "/preparation",
)  # fmt: skip
FILES = {
    "/careers/feed.atom": "application/atom+xml",
    "/sitemap.xml": "application/xml",
    "/robots.txt": "text/plain",
    "/careers/{slug}.json": "application/json",
    "/careers/{slug}/versions/1.json": "application/json",
}


def posting_of(page: str) -> Any:
    """Return the data block of a page, or None."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found.group(1)) if found else None


@pytest.mark.parametrize("address", FILES)
def test_files_are_cached_compressed_light_in_statements_and_the_same_for_all(world: World, address: str) -> None:
    row = open_opening(world)
    loop_version(world, row)
    at = address.format(slug=row.slug)
    with counted() as seen:
        answer = get(world, at)
    assert len(seen) <= 8
    assert answer.headers["Content-Type"] == f"{FILES[address]}; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.data == get(world, at, "manager").data
    again = world.browser().get(at, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with world.browser().get(at, headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"


def test_addresses_are_those_of_the_setting_whatever_a_request_says(sqlite_world: World) -> None:
    row = open_opening(sqlite_world)
    browser = sqlite_world.browser()
    for address in ("/careers", f"/careers/{row.slug}", *(one.format(slug=row.slug) for one in FILES)):
        page = browser.get(address, base_url="http://127.0.0.1").get_data(as_text=True)
        assert "http://127.0.0.1" not in page, address
        assert f"{BASE}/" in page, address


def test_the_own_address_is_canonical_and_has_the_posting(world: World) -> None:
    row = open_opening(world)
    published(world, row)
    own, current, old = (text(world, f"/careers/{row.slug}{rest}") for rest in ("", "/versions/2", "/versions/1"))
    canonical = f'<link rel="canonical" href="{BASE}/careers/{row.slug}">'
    assert canonical in own
    assert canonical in current
    assert f'<link rel="canonical" href="{BASE}/careers/{row.slug}/versions/1">' in old
    assert '<meta name="robots" content="noindex">' in old
    assert "noindex" not in own + current
    assert (posting_of(current), posting_of(old)) == (None, None)
    found = posting_of(own)
    assert found["url"] == f"{BASE}/careers/{row.slug}"
    assert found["baseSalary"]["value"]["minValue"] == 68000
    assert found["jobLocation"]["name"] in own
    for card in ("og:title", "og:description", "og:url", "og:site_name"):
        assert f'<meta property="{card}"' in own
    openings.move_opening(row, "pause", by=world.actor("manager"), at=now())
    assert posting_of(text(world, f"/careers/{row.slug}")) is None


def test_the_feed_names_every_version_that_stands_newest_first(world: World) -> None:
    row = open_opening(world, "Élan & “Co” <b>")
    published(world, row)
    root = ET.fromstring(get(world, "/careers/feed.atom").data)  # noqa: S314  # It is our own answer.
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Élan & “Co” <b>, version 2",
        "Élan & “Co” <b>, version 1",
    ]
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
    links = [link.get("href") for entry in entries for link in entry.findall(f"{ATOM}link")]
    assert links == [f"{BASE}/careers/{row.slug}/versions/{number}" for number in (2, 1)]
    assert "$68,000–82,000 (USD a year)" in (entries[0].findtext(f"{ATOM}summary") or "")


def test_robots_may_read_the_public_side_alone(sqlite_world: World) -> None:
    lines = get(sqlite_world, "/robots.txt").get_data(as_text=True).splitlines()
    assert lines[0] == "User-agent: *"
    assert "Allow: /careers" in lines
    assert "Disallow: /" in lines
    assert lines[-1] == f"Sitemap: {BASE}/sitemap.xml"


def test_an_account_says_what_the_page_says(world: World) -> None:
    row = open_opening(world)
    loop_version(world, row)
    found = json.loads(get(world, f"/careers/{row.slug}.json").data)
    page = text(world, f"/careers/{row.slug}")
    version = db.session.scalars(select(DisclosureVersion)).one()
    assert found["version"]["content_hash"] == version.content_hash
    assert found["version"]["address"] == f"{BASE}/careers/{row.slug}/versions/1"
    assert len(found["conversations"]) == 4
    for section in found["sections"]:
        assert f">{section['title']}</h2>" in page
        for answer in section["answers"]:
            assert answer["label"] in page or answer["key"] in {"pay.band", "workload.units", "workload.minutes"}
    flat = re.sub(r"\s+", " ", page)
    for fact in found["facts"]:
        assert fact["words"] in page
    for talk in found["conversations"]:
        assert talk["brief"] in flat
    assert get(world, f"/careers/{row.slug}/versions/1.json").data == get(world, f"/careers/{row.slug}.json").data


def test_nothing_but_the_published_leaks_by_any_way(world: World) -> None:
    # A draft of an open opening, an opening that is a draft, a withdrawn version, an opening that is filled.
    manager = "manager"
    row = open_opening(world, "Listed")
    hidden = TypedAnswer(({"value": SECRET},), source=SECRET)
    saved(world, draft(world, row), "why", {"why.problem": hidden})
    never = opening(world, "Hidden draft")
    saved(world, draft(world, never), "why", {"why.problem": hidden})
    published(world, never)
    withdrawn = opening(world, "Hidden withdrawn", state="open")
    saved(world, draft(world, withdrawn), "why", {"why.problem": hidden})
    version = published(world, withdrawn)
    disclosures.withdraw_disclosure(version, "Wrong.", by=world.actor(manager), at=now())
    over = open_opening(world, "Hidden filled")
    openings.move_opening(over, "fill", by=world.actor(manager), at=now())
    lists = ("/careers", "/careers/feed.atom", "/sitemap.xml", "/robots.txt", "/careers?where=remote&period=year")
    searches = ("xylophones", "hidden")
    for browser in (world.browser(), world.browser(manager)):
        for address in lists:
            said = html.unescape(browser.get(address).get_data(as_text=True))
            assert "Hidden" not in said, address
            assert SECRET not in said, address
            for gone in (never, withdrawn, over):
                assert gone.slug not in said, address
        for word in searches:
            said = browser.get(f"/careers?text={word}").get_data(as_text=True)
            assert "No opening matches all of this" in said, word
        for gone in (never, withdrawn):
            for rest in BELOW:
                assert browser.get(f"/careers/{gone.slug}{rest}").status_code == 404, rest
        for rest in BELOW:
            assert SECRET not in html.unescape(browser.get(f"/careers/{row.slug}{rest}").get_data(as_text=True))
        assert "ld+json" not in browser.get(f"/careers/{over.slug}").get_data(as_text=True)
