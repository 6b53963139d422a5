"""A pasted posting as the app takes it: a page to check, a draft that starts or is filled, and what is refused."""

import html
import re

import pytest
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.models import Claim as ClaimRow
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.reading.posting import LONGEST
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, StaleEditError
from hiringkit.openings.models import Opening
from tests.disclosures.browsing import filled_in
from tests.disclosures.factories import checked, draft, saved
from tests.disclosures.postings import SAMPLES, sample
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World


def address(row: Opening, *parts: str) -> str:
    """Return an address of an opening's disclosure."""
    return "/".join((f"/openings/{row.public_id}/disclosure", *parts))


def check_page(browser: Browser, row: Opening, pasted: str) -> tuple[int, str]:
    """Paste a posting; return the status and the text of the page that answers."""
    answer = browser.submit(address(row, "posting"), text=pasted)
    return answer.status_code, html.unescape(answer.get_data(as_text=True))


def test_a_posting_starts_a_draft_after_a_page_that_shows_what_was_read(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    start = browser.get(address(row)).get_data(as_text=True)
    assert f'href="{address(row, "posting")}"' in start
    status, page = check_page(browser, row, sample("warehouse-shift-lead"))
    assert status == 200
    assert "The posting answers 16 questions of 56. 10 passages found no place." in page
    assert "This day can be read in two ways" in page
    assert queries.unscoped_draft(row.id) is None
    sent = filled_in(page, address(row, "posting", "answers"))
    answer = browser.post(address(row, "posting", "answers"), data={**sent, "start": "alone"})
    assert (answer.status_code, answer.headers["Location"]) == (303, address(row))
    made = queries.unscoped_draft(row.id)
    assert made is not None
    claims = queries.unscoped_claims(made.id)
    assert len({one.field for one in claims}) == 16
    assert all(one.is_to_check and one.source == "Pasted posting" and one.as_of is None for one in claims)
    overview = html.unescape(browser.get(address(row)).get_data(as_text=True))
    assert "16 answers to check" in overview
    assert "0 of 56 questions answered" in overview


@pytest.mark.parametrize("name", SAMPLES)
def test_every_page_shows_a_draft_whose_answers_lack_a_part(sqlite_world: World, name: str) -> None:
    world = sqlite_world
    row = opening(world)
    operations.start_from_posting(row, sample(name), with_template=False, by=world.actor("manager"), at=now())
    browser = world.browser("manager")
    for part in ("", "preview", "why", "scope", "workload", "support", "constraints", "first-90-days", "pay", "growth"):
        assert browser.get(address(row, part) if part else address(row)).status_code == 200, part


def test_saving_a_section_confirms_its_answers(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    made = operations.start_from_posting(
        row, "Reports to: Shift Manager", with_template=True, by=world.actor("manager"), at=now()
    )
    before = {one.field for one in queries.unscoped_claims(made.id) if one.is_to_check}
    assert "scope.reports-to" in before
    saved(world, made, "scope")
    after = {one.field for one in queries.unscoped_claims(made.id) if one.is_to_check}
    assert after == {key for key in before if not key.startswith("scope.")}


def test_the_record_holds_counts_and_no_words(world: World) -> None:
    row = opening(world)
    operations.start_from_posting(
        row, sample("software-support"), with_template=True, by=world.actor("manager"), at=now()
    )
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "disclosure:started_from_posting")).one()
    assert '"from_posting":15' in event.content
    assert '"unplaced":8' in event.content
    assert "Head of Support" not in event.content


def test_over_the_template_every_question_of_it_is_still_answered(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    made = operations.start_from_posting(
        row, "Reports to: Shift Manager", with_template=True, by=world.actor("manager"), at=now()
    )
    claims = queries.unscoped_claims(made.id)
    assert {one.field for one in claims} == set(FIELDS)
    (boss,) = [one for one in claims if one.field == "scope.reports-to"]
    assert boss.values["value"] == "Shift Manager"


def test_gaps_are_filled_and_nothing_is_overwritten(world: World) -> None:
    row = opening(world)
    made = operations.start_from_posting(
        row, "Reports to: Shift Manager", with_template=False, by=world.actor("manager"), at=now()
    )
    saved(world, made, "scope")
    browser = world.browser("manager")
    status, page = check_page(browser, row, "Reports to: Head of Sales\nOn-call: one week in six\nOwns:\n- The dock")
    assert status == 200
    assert "3 questions of 56; 2 of them have no answer in the draft yet" in page
    assert "Has an answer already, which stays." in page
    sent = filled_in(page, address(row, "posting", "answers"))
    assert browser.post(address(row, "posting", "answers"), data=sent).status_code == 303
    claims = {one.field: one for one in queries.unscoped_claims(made.id)}
    assert claims["scope.reports-to"].values["value"] == "Shift Manager"
    assert not claims["scope.reports-to"].is_to_check
    assert claims["scope.owns"].is_to_check
    sections = queries.unscoped_sections(made.id)
    assert [(sections[key].version, sections[key].confirmed_at) for key in ("scope", "workload", "pay")] == [
        (3, None), (2, None), (1, None),
    ]  # fmt: skip


def test_a_draft_without_gaps_is_left_alone(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    made = checked(world, row)
    before = queries.unscoped_claims(made.id)
    browser = world.browser("manager")
    status, page = check_page(browser, row, "Reports to: Head of Sales")
    assert status == 200
    assert "each of them has an answer in the draft already" in page
    assert "in the draft</button>" not in page
    sent = filled_in(page, address(row, "posting", "answers"))
    assert browser.post(address(row, "posting", "answers"), data=sent).status_code == 422
    assert queries.unscoped_claims(made.id) == before


def test_a_draft_changed_meanwhile_is_shown_again_and_nothing_is_stored(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    _, page = check_page(browser, row, "On-call: one week in six")
    sent = filled_in(page, address(row, "posting", "answers"))
    made = draft(world, row)
    before = queries.unscoped_claims(made.id)
    answer = browser.post(address(row, "posting", "answers"), data=sent)
    shown = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert "Somebody changed the disclosure meanwhile" in shown
    assert "one week in six" in filled_in(shown, address(row, "posting", "answers"))["text"]
    assert queries.unscoped_claims(made.id) == before
    with pytest.raises(StaleEditError):
        operations.fill_from_posting(made, "On-call: no", 1, by=world.actor("manager"), at=now())
    with pytest.raises(ConflictError):
        operations.start_from_posting(row, "On-call: no", with_template=False, by=world.actor("manager"), at=now())


def test_a_text_changed_on_the_check_page_is_read_again_before_it_counts(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    browser = world.browser("manager")
    _, page = check_page(browser, row, "On-call: one week in six")
    sent = filled_in(page, address(row, "posting", "answers"))
    for change in ({"text": "On-call: one week in two"}, {"text": "On-call: one week in two", "again": "yes"}):
        answer = browser.post(address(row, "posting", "answers"), data={**sent, **change})
        shown = html.unescape(answer.get_data(as_text=True))
        assert answer.status_code == 200
        assert ("You changed the text" in shown) == ("again" not in change)
        assert queries.unscoped_draft(row.id) is None
    sent = filled_in(shown, address(row, "posting", "answers"))
    assert browser.post(address(row, "posting", "answers"), data=sent).status_code == 303


ODD = {
    "empty": "", "blank": " \n ", "signs": "*** --- •", "too long": "pay " * (LONGEST // 4 + 1),
    "controls": "\x00\x01\u202e",
}  # fmt: skip


@pytest.mark.parametrize("pasted", ODD.values(), ids=ODD)
def test_what_cannot_be_read_is_refused_and_kept(sqlite_world: World, pasted: str) -> None:
    world = sqlite_world
    row = opening(world)
    browser = world.browser("manager")
    status, page = check_page(browser, row, pasted)
    assert status == 422
    assert filled_in(page, address(row, "posting"))["text"].strip() == pasted.strip()
    assert 'href="#text"' in page
    whole = filled_in(browser.get(address(row, "posting")).get_data(as_text=True), address(row, "posting"))
    answer = browser.post(address(row, "posting", "answers"), data={**whole, "form_key": "any.1", "text": pasted})
    assert answer.status_code == 422
    assert queries.unscoped_draft(row.id) is None


def test_markup_in_a_posting_is_shown_as_text(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    browser = world.browser("manager")
    answer = browser.submit(address(row, "posting"), text="Owns:\n- <script>alert(1)</script> & <img src=x>")
    page = answer.get_data(as_text=True)
    assert "<script>alert" not in page
    assert "<img" not in page


def test_nothing_in_a_text_starts_nothing(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    with pytest.raises(InvalidError):
        operations.start_from_posting(
            row, "We are an equal opportunity employer.", with_template=True, by=world.actor("manager"), at=now()
        )
    db.session.rollback()
    assert queries.unscoped_draft(row.id) is None
    _, page = check_page(world.browser("manager"), row, "We are an equal opportunity employer.")
    assert "Nothing in this text answers a question" in page
    assert "Start the draft" not in page


@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR])
def test_only_managers_paste(sqlite_world: World, capacity: Capacity) -> None:
    world = sqlite_world
    row = opening(world)
    world.member("reader", capacity)
    browser = world.browser("reader")
    assert browser.get(address(row, "posting")).status_code == 403
    assert address(row, "posting") not in browser.get(address(row)).get_data(as_text=True)
    with pytest.raises(ForbiddenError):
        operations.start_from_posting(row, "On-call: no", with_template=False, by=world.actor("reader"), at=now())


def test_pages_stay_within_their_budget(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    draft(world, row)
    browser = world.browser("manager")
    page = browser.get(address(row, "posting")).get_data(as_text=True)
    sent = filled_in(page, address(row, "posting"))
    for pasted in ("On-call: no", "\n".join(f"- Register patients of clinic {number}" for number in range(600))):
        with counted() as seen:
            answer = browser.post(address(row, "posting"), data={**sent, "text": f"Owns:\n{pasted}"})
        assert answer.status_code == 200
        assert len(seen) <= 8, seen
    assert re.search(r"holds at most 30 lines", answer.get_data(as_text=True))
    assert db.session.scalar(select(ClaimRow.id).where(ClaimRow.source == "Pasted posting")) is None
