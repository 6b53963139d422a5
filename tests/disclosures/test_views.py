"""The editor as a browser sees it: overview, sections, saving, a second editor, publishing and withdrawing."""

import html
import re
from urllib.parse import unquote

import pytest

from hiringkit.disclosures import queries
from hiringkit.disclosures.rules.fields import FIELDS, SECTIONS, section
from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.foundation.access import Capacity
from hiringkit.openings.models import Opening
from tests.disclosures.browsing import filled_in
from tests.disclosures.factories import checked, draft, published, saved
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World


def text(browser: Browser, address: str) -> str:
    """Return a page as it reads, entities resolved."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def address(row: Opening, *parts: str) -> str:
    """Return an address of an opening's disclosure."""
    return "/".join((f"/openings/{row.public_id}/disclosure", *parts))


def test_reading_starts_nothing_and_a_button_starts_the_draft(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    assert "has not been started" in text(browser, address(row))
    assert queries.unscoped_draft(row.id) is None
    answer = browser.submit(address(row))
    assert (answer.status_code, answer.headers["Location"]) == (303, address(row))
    page = text(browser, address(row))
    assert "0 of 56 questions answered" in page
    assert "Check what was copied into Why this opening" in page


def test_a_manager_publishes_with_one_confirmation_a_section(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    clicks = 1
    browser.submit(address(row))
    where = address(row, "why")
    for number, one in enumerate(SECTIONS):
        assert where == address(row, one.key)
        sent = filled_in(browser.get(where).get_data(as_text=True), where)
        answer = browser.post(where, data=sent)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        where = unquote(answer.headers["Location"])
        clicks += 2 if number == 0 else 1
    assert where == address(row)
    assert "56 of 56 questions answered" in text(browser, where)
    assert browser.submit(where, address(row, "publication")).status_code == 303
    page = text(browser, where)
    assert "Version 1 is published" in page
    assert f'action="{address(row, "publication")}"' not in page
    assert clicks + 1 < 60


@pytest.mark.parametrize("key", [one.key for one in SECTIONS])
def test_saving_a_section_unchanged_changes_no_answer(sqlite_world: World, key: str) -> None:
    world = sqlite_world
    row = opening(world)
    made = checked(world, row)
    before = queries.unscoped_claims(made.id)
    browser = world.browser("manager")
    sent = filled_in(browser.get(address(row, key)).get_data(as_text=True), address(row, key))
    assert browser.post(address(row, key), data=sent).status_code == 303
    assert queries.unscoped_claims(made.id) == before


def test_missing_answers_are_asked_in_the_candidates_words_and_publishing_says_so(world: World) -> None:
    row = opening(world)
    made = checked(world, row)
    saved(world, made, "workload", {"workload.interruptions": TypedAnswer()})
    page = text(world.browser("manager"), address(row))
    assert FIELDS["workload.interruptions"].question in page
    assert "Answer what is required in Workload" in page
    assert re.search(r"<button[^>]*disabled[^>]*>Publish</button>", page)
    assert "1 required question has no answer yet." in page
    refused = world.browser("manager")
    token = filled_in(refused.get("/account").get_data(as_text=True), "/account")["csrf_token"]
    seen = queries.disclosure(world.actor("manager"), row.public_id).seen
    fields = {"csrf_token": token, "form_key": "any", "version": str(seen)}
    answer = refused.post(address(row, "publication"), data=fields)
    assert answer.status_code == 422
    assert "How often am I interrupted" in html.unescape(answer.get_data(as_text=True))


def test_vague_words_are_marked_with_the_question_they_leave_open(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    vague = {"workload.bad-week": TypedAnswer(({"value": "A fast-paced week."},), source="The team")}
    saved(world, draft(world, row), "workload", vague)
    page = text(world.browser("manager"), address(row, "workload"))
    assert "<mark>fast-paced</mark>" in page
    assert "Is that volume, interruptions or short notice" in page
    assert "Is that volume" in text(world.browser("manager"), address(row))


def test_a_refused_section_keeps_what_was_typed_and_saves_nothing(world: World) -> None:
    row = opening(world)
    made = draft(world, row)
    browser = world.browser("manager")
    sent = filled_in(browser.get(address(row, "workload")).get_data(as_text=True), address(row, "workload"))
    bad = {"units-0-busy": "10", "travel-0-value": "a <few>", "travel-source": "My notes", "units-2-unit": "Calls"}
    answer = browser.post(address(row, "workload"), data={**sent, **bad})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    kept = filled_in(page, address(row, "workload"))
    assert (kept["travel-0-value"], kept["travel-source"]) == ("a <few>", "My notes")
    assert (kept["units-0-busy"], kept["units-1-unit"]) == ("10", "Calls")
    assert (kept["form_key"], kept["version"]) == (sent["form_key"], sent["version"])
    links = re.findall(r'<li><a href="#([^"]+)">', page)
    assert {"units-0-busy", "travel-0-value", "units-1-typical"} <= set(links)
    assert all(f'id="{name}"' in page for name in links)
    assert queries.unscoped_sections(made.id)["workload"].version == 1


ODD = {
    "empty": {},
    "huge": {"people-0-value": "9" * 5000, "problem-0-value": "x" * 100_000, "version": "9" * 4000},
    "negative": {"people-0-value": "-1", "version": "-1"},
    "no number": {"people-0-value": "NaN", "travel-0-value": "1e9", "version": "one"},
    "unicode": {"people-0-value": "٣", "target-0-value": "\u202e\u0000😀" * 10, "people-owner": "Ω" * 500},
    "unknown fields": {"nothing-0-value": "x", "units-999-unit": "y", "units--unit": "z"},
}


@pytest.mark.parametrize("sent", ODD.values(), ids=ODD)
def test_odd_input_is_answered_with_a_page_and_never_saved(sqlite_world: World, sent: dict[str, str]) -> None:
    world = sqlite_world
    row = opening(world)
    made = draft(world, row)
    browser = world.browser("manager")
    whole = filled_in(browser.get(address(row, "workload")).get_data(as_text=True), address(row, "workload"))
    hidden = {name: whole[name] for name in ("csrf_token", "form_key")}
    answer = browser.post(address(row, "workload"), data={**hidden, **sent})
    assert answer.status_code in {409, 422}
    assert queries.unscoped_sections(made.id)["workload"].version == 1


def test_the_second_editor_sees_both_and_may_save_on_top(world: World) -> None:
    row = opening(world)
    made = draft(world, row)
    page = address(row, "pay")
    first, second = world.browser("manager"), world.browser("manager")
    mine = filled_in(second.get(page).get_data(as_text=True), page)
    theirs = filled_in(first.get(page).get_data(as_text=True), page)
    assert first.post(page, data={**theirs, "level-0-value": "Level of the first"}).status_code == 303
    answer = second.post(page, data={**mine, "level-0-value": "Level of the second"})
    shown = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert "Somebody saved this section before you" in shown
    assert "Level of the first" in shown
    kept = filled_in(shown, page)
    assert (kept["level-0-value"], kept["version"]) == ("Level of the second", "2")
    stored = [one.values.get("value") for one in queries.unscoped_claims(made.id)]
    assert "Level of the first" in stored
    assert second.post(page, data=kept).status_code == 303
    stored = [one.values.get("value") for one in queries.unscoped_claims(made.id)]
    assert "Level of the second" in stored


def test_sending_a_section_twice_saves_it_once(world: World) -> None:
    row = opening(world)
    made = draft(world, row)
    browser = world.browser("manager")
    sent = filled_in(browser.get(address(row, "why")).get_data(as_text=True), address(row, "why"))
    answers = [browser.post(address(row, "why"), data=sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert queries.unscoped_sections(made.id)["why"].version == 2


def test_publishing_over_a_section_saved_meanwhile_is_refused(world: World) -> None:
    row = opening(world)
    made = checked(world, row)
    browser = world.browser("manager")
    seen = filled_in(browser.get(address(row)).get_data(as_text=True), address(row, "publication"))
    saved(world, made, "pay")
    assert browser.post(address(row, "publication"), data=seen).status_code == 409
    assert queries.unscoped_current_version(row.id) is None


def test_withdrawing_needs_a_reason_and_takes_the_page_away(world: World) -> None:
    row = opening(world, state="open")
    published(world, row)
    browser = world.browser("manager")
    assert text(browser, f"/careers/{row.slug}")
    act = address(row, "versions", "1", "withdrawal")
    refused = browser.submit(address(row), act, reason="  ")
    assert refused.status_code == 422
    assert browser.submit(address(row), act, reason="The volumes were wrong.").status_code == 303
    assert browser.get(f"/careers/{row.slug}").status_code == 404
    assert "The volumes were wrong" not in text(browser, address(row))
    assert browser.post(address(row, "versions", "9" * 30, "withdrawal")).status_code in {400, 404}


@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR])
def test_readers_read_and_do_not_write(sqlite_world: World, capacity: Capacity) -> None:
    world = sqlite_world
    row = opening(world)
    checked(world, row)
    world.member("reader", capacity)
    browser = world.browser("reader")
    page = text(browser, address(row))
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert address(row, "preview") in page
    assert text(browser, address(row, "preview"))
    assert browser.get(address(row, "why")).status_code == 403


def test_a_manager_elsewhere_who_interviews_here_reads_only(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    draft(world, row)
    world.member("both", Capacity.INTERVIEWER)
    world.member("both-2", Capacity.MANAGER, "Other")
    browser = world.browser("both-2")
    assert browser.get(address(row)).status_code == 404
    assert browser.get(address(row, "why")).status_code == 404
    assert world.browser("both").get(address(row, "why")).status_code == 403


def test_strangers_and_unknown_sections_find_nothing(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    assert browser.get(address(row, "why")).status_code == 404
    draft(world, row)
    assert browser.get(address(row, "nothing")).status_code == 404
    world.manager("neighbour", team="Other")
    for where in (address(row), address(row, "why"), address(row, "preview")):
        assert world.browser("neighbour").get(where).status_code == 404
        assert world.browser().get(where).headers["Location"].startswith("/sign-in")


def test_pages_stay_within_their_budget(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    published(world, row)
    browser = world.browser("manager")
    for parts in ((), ("preview",), *((one.key,) for one in SECTIONS)):
        browser.get(address(row, *parts))
        with counted() as seen:
            answer = browser.get(address(row, *parts))
        assert answer.status_code == 200
        assert len(seen) <= 8, (parts, seen)
        assert len(answer.data) < 59_000, (parts, len(answer.data))


def test_names_of_questions_are_no_names_of_pages() -> None:
    assert {one.key for one in SECTIONS}.isdisjoint(
        {"preview", "publication", "versions", "differences", "sources", "copy", "review", "reviews"}
    )
    assert section("why").fields
