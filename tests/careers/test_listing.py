"""The public list is narrowed by words and filters, on both databases, at the same cost whatever its length."""

import html
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from hiringkit.disclosures import operations as disclosures
from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.openings.models import Opening
from tests.careers.test_views import many, open_opening, text
from tests.disclosures.factories import draft, saved
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World

CASES: Sequence[tuple[str, list[str]]] = (
    ("", ["Claims analyst", "Élan Coder 100%", "Dusk lead"]),
    ("text=dusk", ["Dusk lead"]),
    ("text=LEAD+dusk", ["Dusk lead"]),
    ("text=dusk+zürich", []),
    ("text=zürich", ["Claims analyst"]),
    ("text=élan", ["Élan Coder 100%"]),
    ("text=OSTRICH", ["Claims analyst"]),
    ("text=100%25", ["Élan Coder 100%"]),
    ("text=5_000", ["Claims analyst"]),
    ("text=5X000", []),
    ("text=%25%25", []),
    ("text=none_reason", []),
    ("text='+OR+1=1--", []),
    ("text=%00%F0%9F%98%80", []),
    ("place=Remote,+US", ["Élan Coder 100%"]),
    ("where=remote", ["Élan Coder 100%"]),
    ("where=on-site", ["Claims analyst", "Dusk lead"]),
    ("period=hour", ["Dusk lead"]),
    ("period=year", ["Claims analyst", "Élan Coder 100%"]),
    ("until=week", ["Claims analyst", "Élan Coder 100%"]),
    ("until=month", ["Claims analyst"]),
    ("until=filled", ["Claims analyst"]),
    ("until=week&period=year&where=remote", ["Élan Coder 100%"]),
)


def listed(world: World, query: str) -> list[str]:
    """Return the titles of openings that a search finds."""
    page = text(world, f"/careers?{query}")
    return [part.split("</a>")[0].rpartition(">")[2] for part in page.split('<h3 class="mt-0 mb-2">')[1:]]


def told(world: World, title: str, place: str, answers: Mapping[str, Mapping[str, TypedAnswer]]) -> Opening:
    """Return an open opening at a place whose disclosure has these answers, by section."""
    row = open_opening(world, title)
    db.session.get_one(Opening, row.id).place = place
    db.session.commit()
    made = draft(world, row)
    for section, changes in answers.items():
        saved(world, made, section, changes)
    if answers:
        disclosures.publish_disclosure(row, by=world.actor("manager"), at=now())
    return row


def one(value: str) -> TypedAnswer:
    """Return an answer of one value."""
    return TypedAnswer(({"value": value},))


def hourly() -> TypedAnswer:
    """Return a pay by the hour."""
    return TypedAnswer(({"minimum": "21", "maximum": "24", "currency": "USD", "period": "hour"},))


@pytest.fixture
def three(world: World) -> Sequence[Opening]:
    """Return three openings that differ."""
    soon, later = ((now() + timedelta(days=days)).date().isoformat() for days in (3, 20))
    return (
        told(world, "Dusk lead", "Reno, not remote", {"pay": {"pay.band": hourly(), "pay.deadline": one(soon)}}),
        told(world, "Élan Coder 100%", "Remote, US", {"pay": {"pay.deadline": one(later)}}),
        told(world, "Claims analyst", "Zürich", {"why": {"why.problem": one("Ostriches: 5_000 are “missing”.")}}),
    )


def test_words_and_filters_narrow_the_list(world: World, three: Sequence[Opening]) -> None:
    assert {query: listed(world, query) for query, _ in CASES} == dict(CASES)


def test_only_the_current_version_is_searched(world: World) -> None:
    row = told(world, "Lead", "Reno", {"why": {"why.problem": one("Ostriches are missing.")}})
    assert listed(world, "text=ostriches") == ["Lead"]
    saved(world, draft(world, row), "why", {"why.problem": one("Emus are missing.")})
    assert listed(world, "text=emus") == []
    disclosures.publish_disclosure(row, by=world.actor("manager"), at=now())
    assert listed(world, "text=emus") == ["Lead"]
    assert listed(world, "text=ostriches") == []


def test_an_empty_result_teaches_and_keeps_what_was_asked(sqlite_world: World) -> None:
    world = sqlite_world
    open_opening(world)
    page = text(world, "/careers?text=zebra&where=moon&page=7")
    assert "No opening matches all of this" in page
    assert 'value="zebra"' in page
    assert "We could not use “moon” under “How”. It was left out." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "noindex" not in text(world, "/careers?where=moon")


def test_a_search_costs_the_same_with_one_opening_and_with_thirty(world: World) -> None:
    row = opening(world, "Patient Access Manager", state="open")
    saved_row = open_opening(world, "Other")
    numbers = []
    for copies in (0, 30):
        many(saved_row, copies)
        for query in ("", "?text=denied+claims&where=remote&period=year&until=filled&place=Remote%2C+United+States"):
            with counted() as seen:
                text(world, f"/careers{query}")
            numbers.append(len(seen))
    assert max(numbers) == min(numbers) <= 8
    assert row.title not in text(world, "/careers")


def test_pages_of_a_search_keep_the_search(sqlite_world: World) -> None:
    many(open_opening(sqlite_world, "Lead"), 60)
    page = html.unescape(text(sqlite_world, "/careers?text=copy&period=year"))
    assert 'href="/careers?text=copy&period=year&page=2" rel="next"' in page
    assert "60 openings take applications now and match" in page


def test_a_day_to_apply_by_that_has_passed_is_said(sqlite_world: World) -> None:
    past = (now() - timedelta(days=3)).date().isoformat()
    row = told(sqlite_world, "Lead", "Reno", {"pay": {"pay.deadline": one(past)}})
    assert "this day has passed" in text(sqlite_world, "/careers")
    assert "The day to apply by has passed" in text(sqlite_world, f"/careers/{row.slug}")
