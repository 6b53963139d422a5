"""What machines read agrees with the page, holds nothing the disclosure does not say, and is always well formed."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.careers.rules.account import Conversation, Published, disclosure_account
from hiringkit.careers.rules.feed import MOST_ADDRESSES, Feed, FeedEntry, SitemapLine, atom, sitemap
from hiringkit.careers.rules.judging import combining_sentences, gate_sentences, scale_meaning
from hiringkit.careers.rules.posting import job_posting
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.document import canonical_document, read_document
from hiringkit.disclosures.rules.leaflet import leaflet_of
from hiringkit.disclosures.rules.values import Value
from hiringkit.loops.rules.content import DecisionRule, LoopCompetency, LoopContent
from hiringkit.people.rules import Reveal
from tests.disclosures.answers import claim, complete

AT = datetime(2026, 5, 5, 2, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
BLOCK = '<script type="application/ld+json">'
SITE = "https://jobs.example.org"


def published(claims: Sequence[Claim], **changes: Any) -> Published:
    """Return a published version of these claims."""
    document = read_document(canonical_document(claims))
    today = changes.pop("today", date(2026, 5, 5))
    values: dict[str, Any] = {
        "organisation": "Larkmere",
        "contact": "jobs@example.org",
        "title": "Patient Access Manager",
        "slug": "patient-access-manager",
        "place": "Reno",
        "zone": "America/Chicago",
        "opening_state": "open",
        "number": 3,
        "version_state": "published",
        "published_at": AT,
        "content_hash": "ab" * 32,
        "address": f"{SITE}/careers/patient-access-manager",
        "version_address": f"{SITE}/careers/patient-access-manager/versions/3",
    }
    told = values | changes
    return Published(**told, document=document, leaflet=leaflet_of(document, today), today=today)


def without(field: str) -> list[Claim]:
    """Return the complete claims but for one field."""
    return [one for one in complete() if one.field != field]


def test_a_posting_says_what_the_page_says() -> None:
    found = job_posting(published(complete()))
    assert found["title"] == "Patient Access Manager"
    assert found["datePosted"] == "2026-05-04"  # It was still the fourth in Chicago.
    assert found["validThrough"] == "2026-06-30T23:59:59-05:00"
    assert found["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "USD",
        "value": {"@type": "QuantitativeValue", "minValue": 68000, "maxValue": 82000, "unitText": "YEAR"},
    }
    assert found["directApply"] is False
    assert "employmentType" not in found
    assert "jobLocationType" not in found
    assert "One claim in nine comes back denied." in str(found["description"])


def test_a_posting_leaves_out_what_is_not_known() -> None:
    none = [*without("pay.deadline"), Claim("pay.deadline", none_reason="Read each week.")]
    assert "validThrough" not in job_posting(published(none))
    unpaid = [*without("pay.band"), Claim("pay.band", none_reason="A volunteer's post.")]
    assert "baseSalary" not in job_posting(published(unpaid))
    assert job_posting(published(complete(), place="Remote, US"))["jobLocationType"] == "TELECOMMUTE"


@pytest.mark.parametrize(
    ("day", "end"), [("2026-03-08", "2026-03-08T23:59:59-05:00"), ("2026-11-01", "2026-11-01T23:59:59-06:00")]
)
def test_the_last_day_ends_where_the_opening_is_also_when_clocks_change(day: str, end: str) -> None:
    claims = [*without("pay.deadline"), claim("pay.deadline", value=day)]
    assert job_posting(published(claims))["validThrough"] == end


@given(st.decimals(0, 100_000_000, places=2), st.decimals(0, 100_000_000, places=2), st.sampled_from(["year", "hour"]))
def test_the_pay_of_a_posting_is_the_pay_of_the_page(one: Decimal, other: Decimal, period: str) -> None:
    least, most = sorted((one, other))
    values: dict[str, Value] = {"minimum": least, "maximum": most, "currency": "USD", "period": period}
    told = published([*without("pay.band"), Claim("pay.band", values=MappingProxyType(values))])
    salary: Any = job_posting(told)["baseSalary"]
    amounts = salary["value"]
    numbers = [amounts[key] for key in ("minValue", "maxValue", "value") if key in amounts]
    page = next(str(words) for label, words, _ in told.leaflet.facts if label == "Pay")
    shown = page.removeprefix("$").replace(",", "").split("–")
    assert [Decimal(amount) for amount in shown] == [Decimal(str(number)) for number in numbers]
    assert amounts["unitText"].lower() == period


@given(st.text(max_size=60), st.text(max_size=200))
def test_nothing_typed_breaks_out_of_the_data_block(title: str, problem: str) -> None:
    hostile = f"{problem}</script><script>alert(1)</script><!--"
    told = published(
        [*without("why.problem"), Claim("why.problem", values=MappingProxyType({"value": hostile}))],
        title=title + "</SCRIPT>",
    )
    posting = job_posting(told)
    app = Flask("block")
    with app.app_context():
        page = render_template_string(
            '<script type="application/ld+json">{{ posting | tojson }}</script>', posting=posting
        )
    inside = page.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside) == json.loads(json.dumps(posting))


def test_an_account_keeps_its_keys_and_numbers_as_text_with_units() -> None:
    talk = Conversation("Case", 45, "video", 2, ("Accuracy",), "A case.", ("Checklist: any",))
    found: Any = disclosure_account(published(complete(), today=date(2026, 12, 1)), [talk])
    assert list(found) == [
        "format", "organisation", "opening", "version", "facts", "sections", "open_questions", "conversations",
    ]  # fmt: skip
    answers = {one["key"]: one for section in found["sections"] for one in section["answers"]}
    assert answers["workload.people"]["rows"] == [
        {"value": {"label": "People on shift", "value": "6", "words": "6 people", "unit": "people"}}
    ]
    assert answers["pay.band"]["rows"][0]["minimum"]["unit"] == "USD a year"
    assert answers["workload.people"]["age"] == "older than 6 months"
    assert answers["workload.on-call"]["none"] == "The nurse line covers nights."
    assert "age" not in answers["why.problem"]
    assert found["facts"][0] == {"label": "Pay", "words": "$68,000–82,000", "note": "USD a year"}
    assert found["facts"][-1]["words"] == "2026-06-30"
    assert found["conversations"][0]["minutes"] == "45"
    assert no_numbers({key: value for key, value in found.items() if key != "format"})


def no_numbers(told: Any) -> bool:
    """Tell whether nothing in it is a JSON number."""
    if isinstance(told, dict):
        return all(no_numbers(value) for value in told.values())
    if isinstance(told, list):
        return all(no_numbers(value) for value in told)
    return isinstance(told, str | bool)


@given(st.lists(st.text(max_size=40), max_size=4), st.text(max_size=40))
def test_a_feed_is_well_formed_whatever_it_names(titles: list[str], organisation: str) -> None:
    entries = [
        FeedEntry(f"urn:uuid:{place}", title, f"{SITE}/{place}", AT, title) for place, title in enumerate(titles)
    ]
    feed = Feed(organisation, f"{SITE}/careers/feed.atom", f"{SITE}/careers", datetime(2026, 1, 2, tzinfo=UTC), entries)
    root = ET.fromstring(atom(feed))  # noqa: S314  # It was written a line above.
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id") == "tag:jobs.example.org,2026-01-02:careers"
    assert root.findtext(f"{ATOM}updated") == ("2026-05-05T02:00:00Z" if titles else "2026-01-02T00:00:00Z")
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in root.findall(f"{ATOM}entry"):
        for needed in ("id", "title", "updated", "link", "summary"):
            assert entry.find(f"{ATOM}{needed}") is not None


def test_a_sitemap_holds_at_most_as_many_addresses_as_are_allowed() -> None:
    lines = (SitemapLine(f"{SITE}/careers/{number}?a=1&b=2", date(2026, 5, 4)) for number in range(MOST_ADDRESSES + 5))
    written = sitemap(lines)
    assert written.count(b"<url>") == MOST_ADDRESSES
    assert b"<loc>https://jobs.example.org/careers/0?a=1&amp;b=2</loc><lastmod>2026-05-04</lastmod>" in written


def test_a_rule_is_told_as_it_is() -> None:
    competencies = (
        LoopCompetency(1, "accuracy", "Accuracy", safety_critical=False, weight=2.0),
        LoopCompetency(2, "judgement", "Judgement", safety_critical=True, points=5),
    )
    content = LoopContent(competencies, (), DecisionRule(5, 3.3, 2, "Accuracy is the job."), Reveal.OWN_IN)
    sentences = " ".join(combining_sentences(content))
    assert "some count more than others: Accuracy 2; Judgement 1." in sentences
    assert "meets the bar at 3.3 of 5 or more" in sentences
    assert "Accuracy is the job." not in sentences
    gates = " ".join(gate_sentences(content))
    assert "Safety-critical here: Judgement." in gates
    assert "A rating of 2 or less" in gates
    assert [point for point, _ in scale_meaning(5)] == [1, 3, 5]
