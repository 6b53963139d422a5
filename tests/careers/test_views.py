"""Public pages: what is published and nothing else, the same for everybody, light, and without a cookie."""

import html
import re

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from hiringkit.careers.views.keeping import pages_of
from hiringkit.disclosures import operations as disclosures
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, new_public_id
from hiringkit.loops import queries as loops
from hiringkit.openings import operations as openings
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningState
from tests.disclosures.factories import draft, published, saved
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World

SECRET = "Nobody outside may read this yet."
WIRE = 60_000
DATA_BLOCK = b'<script type="application/ld+json">'


def get(world: World, address: str, key: str | None = None) -> TestResponse:
    """Return the answer to somebody who is signed out, or to a member."""
    return world.browser(key).get(address)


def text(world: World, address: str) -> str:
    """Return a public page as it reads, entities resolved."""
    answer = get(world, address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def open_opening(world: World, title: str = "Patient Access Manager") -> Opening:
    """Return an open opening with a published disclosure."""
    row = opening(world, title, state="open")
    published(world, row)
    return row


def test_anybody_reads_figures_grounds_and_open_questions(world: World) -> None:
    row = opening(world, state="open")
    made = draft(world, row)
    gone = {"growth.ladder": TypedAnswer(), "growth.credentials": TypedAnswer()}
    published(world, row)
    saved(world, made, "growth", gone)
    disclosures.publish_disclosure(row, by=world.actor("manager"), at=now())
    page = text(world, f"/careers/{row.slug}")
    for words in ("$68,000–82,000", "Busy day", "210", "Estimated: Order system", "Version 2, published", "22 days"):
        assert words in page
    assert "What comes after this job, and who has taken that step?" in page
    assert "2 questions have no answer here yet" in page


def test_how_one_is_interviewed_is_composed_from_the_loop_without_scenarios(world: World) -> None:
    row = open_opening(world)
    assert "The conversations are not settled yet" in text(world, f"/careers/{row.slug}")
    version = loop_version(world, row)
    page = text(world, f"/careers/{row.slug}")
    assert "Four conversations, 3 h 30 min in all" in page
    assert "on a scale from 1 to 7" in page
    assert "Bring: handoff template" in page
    assert "Have one story ready about a near-miss" in page
    prompts = [one.content["prompt"] for stage in loops.unscoped_stages(version.id) for one in stage.scenarios]
    assert len(prompts) == 8
    assert [prompt for prompt in prompts if prompt[:60] in page] == []


def test_a_draft_never_leaks(world: World) -> None:
    row = open_opening(world)
    made = draft(world, row)
    saved(world, made, "why", {"why.problem": TypedAnswer(({"value": SECRET},), source=SECRET)})
    other = opening(world, "Not yet open")
    published(world, other)
    unpublished = opening(world, "Open and silent", state="open")
    saved(world, draft(world, unpublished), "why", {"why.problem": TypedAnswer(({"value": SECRET},))})
    addresses = [
        f"/careers/{one.slug}{rest}" for one in (row, other, unpublished) for rest in ("", "/versions/1", "/versions/2")
    ]
    for browser in (world.browser(), world.browser("manager")):
        answers = {address: browser.get(address) for address in ["/careers", *addresses]}
        assert [address for address, one in answers.items() if SECRET in one.get_data(as_text=True)] == []
        readable = [address for address, one in answers.items() if one.status_code == 200]
        assert readable == ["/careers", f"/careers/{row.slug}", f"/careers/{row.slug}/versions/1"]
    assert SECRET in html.unescape(
        get(world, f"/openings/{row.public_id}/disclosure/preview", "manager").get_data(as_text=True)
    )


def test_draft_withdrawn_and_unknown_look_alike_and_lead_to_the_list(world: World) -> None:
    row = open_opening(world)
    unknown = get(world, "/careers/no-such-opening")
    assert unknown.status_code == 404
    assert 'href="/careers">See all openings</a>' in unknown.get_data(as_text=True)
    assert (unknown.headers["Cache-Control"], "ETag" in unknown.headers) == ("no-store", False)
    silent = opening(world, "A draft")
    gone = open_opening(world, "Gone")
    disclosures.withdraw_disclosure(
        db.session.scalars(select(DisclosureVersion).where(DisclosureVersion.opening_id == gone.id)).one(),
        "Wrong.",
        by=world.actor("manager"),
        at=now(),
    )
    places = ("", "/versions", "/versions/1", "/versions/1/changes", "/interviews", "/preparation", ".json", "/x/y")
    for slug in ("no-such-opening", silent.slug, gone.slug):
        for rest in places:
            assert get(world, f"/careers/{slug}{rest}").data == unknown.data, (slug, rest)
    assert get(world, f"/careers/{row.slug}/versions/9").data == unknown.data
    assert get(world, f"/careers/{row.slug}/versions/{'9' * 40}").status_code == 404


@pytest.mark.parametrize(("move", "state"), [("fill", "filled"), ("close", "closed")])
def test_an_ended_opening_says_so_and_leads_to_its_last_version(world: World, move: str, state: str) -> None:
    row = open_opening(world)
    openings.move_opening(row, move, by=world.actor("manager"), at=now())
    page = text(world, f"/careers/{row.slug}")
    assert f"This opening is {state}" in page
    assert f'href="/careers/{row.slug}/versions/1">version 1, the last one</a>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "ld+json" not in page
    assert f"This opening is {state}" in text(world, f"/careers/{row.slug}/versions/1")
    for rest in ("/interviews", "/preparation", ".json"):
        assert get(world, f"/careers/{row.slug}{rest}").status_code == 404
    assert f"This opening is {state}" in text(world, f"/careers/{row.slug}/versions")


def test_paused_openings_and_superseded_versions_say_so(world: World) -> None:
    row = open_opening(world)
    published(world, row)
    openings.move_opening(row, "pause", by=world.actor("manager"), at=now())
    assert "This opening is paused" in text(world, f"/careers/{row.slug}")
    old = text(world, f"/careers/{row.slug}/versions/1")
    assert "There is a newer version" in old
    assert f'href="/careers/{row.slug}">Version 2</a>' in old
    assert "There is a newer version" not in text(world, f"/careers/{row.slug}/versions/2")


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "?text=manager",
        "/{slug}",
        "/{slug}/versions/1",
        "/{slug}/versions",
        "/{slug}/versions/1/changes",
        "/{slug}/interviews",
        "/{slug}/preparation",
    ],
)
def test_public_pages_are_the_same_for_everybody(world: World, rest: str) -> None:
    row = open_opening(world)
    address = "/careers" + rest.format(slug=row.slug)
    stranger, member = get(world, address), get(world, address, "manager")
    assert stranger.data == member.data
    for answer in (stranger, member):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Cache-Control"].startswith("public, max-age=")
        assert b"<script" not in answer.data.replace(DATA_BLOCK, b"")
        assert b'method="post"' not in answer.data
    again = world.browser().get(address, headers={"If-None-Match": stranger.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert world.browser().head(address).status_code == 200


def test_a_published_change_changes_the_etag(world: World) -> None:
    row = open_opening(world)
    before = get(world, f"/careers/{row.slug}").headers["ETag"]
    assert get(world, f"/careers/{row.slug}").headers["ETag"] == before
    published(world, row)
    after = world.browser().get(f"/careers/{row.slug}", headers={"If-None-Match": before})
    assert (after.status_code, after.headers["ETag"] != before) == (200, True)


def test_a_disclosure_is_light_and_takes_few_statements(world: World) -> None:
    row = open_opening(world)
    loop_version(world, row)
    below = ("", "/versions/1", "/versions", "/versions/1/changes", "/interviews", "/preparation")
    for address in ("/careers", *(f"/careers/{row.slug}{rest}" for rest in below)):
        with counted() as seen:
            answer = get(world, address)
        assert len(seen) <= 8, seen
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', answer.get_data(as_text=True))
        assert len(styles) == 4
        assert weight(world, address) + sum(weight(world, html.unescape(style)) for style in styles) < WIRE


def weight(world: World, address: str) -> int:
    """Return how many bytes travel for an address."""
    with world.browser().get(address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        return len(answer.data)


def test_the_list_costs_the_same_with_one_opening_and_with_many(world: World) -> None:
    row = open_opening(world)
    numbers = []
    for copies in (0, 60):
        many(row, copies)
        with counted() as seen:
            text(world, "/careers")
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] <= 8
    assert "Page 1 of 3, 61 openings" in text(world, "/careers")
    last = text(world, "/careers?page=999999999999999999999")
    assert "Page 3 of 3" in last
    assert row.title in last
    assert text(world, "/careers?page=-1") == text(world, "/careers?page=few")


def many(row: Opening, count: int) -> None:
    """Copy an opening with its published version so many times; no event tells that kept pages are old, so they go."""
    pages_of(current_app).clear()
    version = db.session.scalars(select(DisclosureVersion).where(DisclosureVersion.opening_id == row.id)).one()
    columns = {column.key: getattr(row, column.key) for column in Opening.__table__.columns}
    copied = {column.key: getattr(version, column.key) for column in DisclosureVersion.__table__.columns}
    for number in range(count):
        made = {**columns, "id": 1000 + number, "public_id": new_public_id(), "slug": f"copy-{number}"}
        db.session.execute(insert(Opening), made | {"title": f"Copy {number}", "state": OpeningState.OPEN})
        more = {"id": 1000 + number, "public_id": new_public_id(), "opening_id": 1000 + number}
        db.session.execute(insert(DisclosureVersion), {**copied, **more})
    db.session.commit()


def test_the_list_teaches_when_it_is_empty_and_shows_pay_when_not(world: World) -> None:
    assert "No openings at the moment" in text(world, "/careers")
    open_opening(world)
    page = text(world, "/careers")
    assert "Patient Access Manager" in page
    assert "$68,000–82,000" in page
    assert "Open until filled" in page


def test_typed_markup_stays_text(world: World) -> None:
    row = opening(world, state="open")
    made = draft(world, row)
    hostile = "<script>alert(1)</script> & “quotes” 😀"
    saved(world, made, "why", {"why.problem": TypedAnswer(({"value": hostile},), source="<b>x</b>")})
    published(world, row)
    raw = get(world, f"/careers/{row.slug}").get_data(as_text=True)
    assert "<script" not in raw.replace(DATA_BLOCK.decode(), "")
    assert "<b>x" not in raw
    assert hostile in html.unescape(raw)


def test_a_site_that_was_not_set_up_has_no_public_side(client: FlaskClient) -> None:
    answer = client.get("/careers", base_url="https://localhost")
    assert answer.status_code == 404


def test_an_answer_is_kept_until_something_is_written_and_costs_one_statement(world: World) -> None:
    row = opening(world, state="open")
    version = published(world, row)
    address = f"/careers/{row.slug}"
    reader = world.browser()
    first = reader.get(address)
    with counted() as seen:
        again = reader.get(address)
    assert again.data == first.data
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(seen) == 1, seen
    disclosures.withdraw_disclosure(version, "A mistake in the pay.", by=world.actor("manager"), at=now())
    assert reader.get(address).status_code == 404
