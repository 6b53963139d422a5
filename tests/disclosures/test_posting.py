"""Posting rules where they bite: publishing for a place, the overview that lists what is missing, and the record."""

import html
import json
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import InvalidError
from hiringkit.openings.models import Opening
from hiringkit.openings.operations import edit_opening
from hiringkit.openings.rules import OpeningDetails
from tests.disclosures.browsing import filled_in
from tests.disclosures.factories import checked, saved
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World

IN_FORCE = datetime(2026, 11, 27, 12, tzinfo=UTC)
NO_EXTRAS = {"pay.extras": TypedAnswer()}
NO_PAY = {"pay.band": TypedAnswer(none_reason="It depends on the person.")}


def for_places(world: World, *places: str) -> Opening:
    """Return an opening for which the posting rules of these places hold."""
    row = opening(world)
    details = OpeningDetails(
        title=row.title, place=row.place, zone=row.zone, posts=row.posts, posting_places=tuple(places)
    )
    return edit_opening(row, details, row.version, by=world.actor("manager"), at=now())


def publication(row: Opening) -> dict[str, object]:
    """Return what the record says of the newest publication."""
    wanted = select(AuditEvent.content).where(
        AuditEvent.tag == "disclosure:published", AuditEvent.scope == row.public_id
    )
    content = db.session.scalars(wanted.order_by(AuditEvent.seq.desc())).first()
    assert content is not None
    found: dict[str, object] = json.loads(content)
    return found


def page_of(world: World, row: Opening, who: str = "manager") -> str:
    """Return the overview as it reads."""
    answer = world.browser(who).get(f"/openings/{row.public_id}/disclosure")
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def test_publishing_for_a_place_is_refused_while_something_is_missing_and_says_what(world: World) -> None:
    row = for_places(world, "US-CO", "US-WA")
    made = checked(world, row)
    saved(world, made, "pay", NO_EXTRAS)
    by = world.actor("manager")
    with pytest.raises(InvalidError) as refused:
        operations.publish_disclosure(row, by=by, at=IN_FORCE)
    assert "Colorado, Washington State: Describe the benefits" in refused.value.sentence
    assert queries.unscoped_current_version(row.id) is None
    saved(world, made, "pay", {"pay.extras": TypedAnswer(none_reason="There are none yet.")})
    assert operations.publish_disclosure(row, by=by, at=IN_FORCE).number == 1


def test_a_review_is_asked_for_only_of_what_the_places_let_publish(sqlite_world: World) -> None:
    world = sqlite_world
    row = for_places(world, "EU")
    saved(world, checked(world, row), "pay", NO_PAY)
    with pytest.raises(InvalidError, match="European Union: State the pay"):
        operations.ask_for_review(row, by=world.actor("manager"), at=IN_FORCE)


def test_the_record_names_the_places_and_the_table_by_which_it_was_judged(world: World) -> None:
    row = for_places(world, "US-CO", "EU")
    checked(world, row)
    operations.publish_disclosure(row, by=world.actor("manager"), at=IN_FORCE)
    told = publication(row)
    assert (told["posting_places"], told["posting_rules"]) == (["US-CO", "EU"], "2026-11-27")


def test_without_a_place_nothing_more_is_asked(world: World) -> None:
    row = for_places(world)
    saved(world, checked(world, row), "pay", NO_EXTRAS)
    operations.publish_disclosure(row, by=world.actor("manager"), at=IN_FORCE)
    assert publication(row)["posting_places"] == []


def test_a_pay_that_is_none_is_refused_where_a_place_wants_a_range_and_only_there(sqlite_world: World) -> None:
    world = sqlite_world
    row = for_places(world, "EU")
    saved(world, checked(world, row), "pay", NO_PAY)
    by = world.actor("manager")
    with pytest.raises(InvalidError, match="European Union: State the pay"):
        operations.publish_disclosure(row, by=by, at=IN_FORCE)
    before = datetime(2026, 6, 6, 12, tzinfo=UTC)
    assert operations.publish_disclosure(row, by=by, at=before).number == 1


def test_the_day_is_that_of_the_openings_zone(sqlite_world: World) -> None:
    world = sqlite_world
    row = for_places(world, "EU")
    saved(world, checked(world, row), "pay", NO_PAY)
    still_the_sixth_in_chicago = datetime(2026, 6, 7, 3, tzinfo=UTC)
    assert operations.publish_disclosure(row, by=world.actor("manager"), at=still_the_sixth_in_chicago).number == 1


def test_the_overview_lists_what_a_place_asks_for_and_leads_to_what_is_missing(world: World) -> None:
    row = for_places(world, "US-CO")
    saved(world, checked(world, row), "pay", NO_EXTRAS)
    page = page_of(world, row)
    address = f"/openings/{row.public_id}/disclosure/pay#pay.extras"
    assert "Answer what a posting must say for Colorado" in page
    assert page.count(f'href="{address}"') >= 2
    assert re.findall(r": (answered|missing)\)", page) == ["answered", "missing", "answered", "answered"]
    assert "1 missing</span>" in page
    assert "C.R.S. 8-5-201 (SB 23-105). Checked on 27 November 2026." in page
    assert "1 January 2024" in page
    assert "This is not legal advice" in page
    assert re.search(r"<button[^>]*disabled[^>]*>Publish</button>", page)


def test_a_post_past_the_button_is_refused_with_the_reason(world: World) -> None:
    row = for_places(world, "US-CO")
    saved(world, checked(world, row), "pay", NO_EXTRAS)
    browser = world.browser("manager")
    token = filled_in(browser.get("/account").get_data(as_text=True), "/account")["csrf_token"]
    seen = queries.disclosure(world.actor("manager"), row.public_id).seen
    fields = {"csrf_token": token, "form_key": "any", "version": str(seen)}
    answer = browser.post(f"/openings/{row.public_id}/disclosure/publication", data=fields)
    assert answer.status_code == 422
    assert "Colorado: Describe the benefits" in html.unescape(answer.get_data(as_text=True))


def test_a_place_that_is_added_after_the_publication_asks_on_the_overview(sqlite_world: World) -> None:
    world = sqlite_world
    row = for_places(world)
    saved(world, checked(world, row), "pay", NO_EXTRAS)
    operations.publish_disclosure(row, by=world.actor("manager"), at=IN_FORCE)
    assert "No place was chosen for this opening" in page_of(world, row)
    row.posting_places = ["US-WA"]
    db.session.commit()
    assert "Answer what a posting must say for Washington State" in page_of(world, row)


def test_a_rule_that_is_old_says_so(sqlite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = for_places(sqlite_world, "US-NY")
    checked(sqlite_world, row)
    monkeypatch.setattr("hiringkit.disclosures.views.overview.now", lambda: datetime(2027, 11, 29, 12, tzinfo=UTC))
    page = page_of(sqlite_world, row)
    assert "New York State: this rule may have changed" in page
    assert "Nobody has looked it up since 27 November 2026" in page


@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR])
def test_readers_see_the_rules_and_no_way_to_answer_them(sqlite_world: World, capacity: Capacity) -> None:
    row = for_places(sqlite_world, "US-CO")
    saved(sqlite_world, checked(sqlite_world, row), "pay", NO_EXTRAS)
    sqlite_world.member("reader", capacity)
    page = page_of(sqlite_world, row, "reader")
    assert "Posting rules by place" in page
    assert "/disclosure/pay" not in page
    assert "Choose the places" not in page


def test_a_forbidden_question_is_refused_at_its_control_and_kept(world: World) -> None:
    row = for_places(world)
    checked(world, row)
    browser, address = world.browser("manager"), f"/openings/{row.public_id}/disclosure/why"
    sent = filled_in(browser.get(address).get_data(as_text=True), address)
    typed = "We lost two people. Do you have any illness that we should know of?"
    answer = browser.post(address, data={**sent, "problem-0-value": typed})
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "“Do you have any illness” is refused." in page
    assert typed in page


def test_every_place_costs_no_statement_more(world: World) -> None:
    numbers = []
    for places in ((), ("US-CA", "US-CO", "US-NY", "US-WA", "EU")):
        row = for_places(world, *places)
        checked(world, row)
        browser = world.browser("manager")
        with counted() as seen:
            answer = browser.get(f"/openings/{row.public_id}/disclosure")
        assert len(answer.data) < 100_000
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] <= 8
