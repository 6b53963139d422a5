"""A candidate asks: about a line of the disclosure, and for something to be different."""

import html

import pytest
from sqlalchemy import func, select

from hiringkit.candidates import operations
from hiringkit.candidates.models import AccommodationRequest, Application, ClaimQuestion
from hiringkit.candidates.rules.accommodations import ArrangementDraft
from hiringkit.candidates.rules.questions import AnswerDraft
from hiringkit.disclosures.queries import leaflet, unscoped_current_version
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.loops.queries import unscoped_current_version as current_loop
from tests.candidates.asking import PEOPLE, arrange, ask, opening_of, reply, request
from tests.candidates.factories import application, candidate_actor, delivery, link
from tests.loops.factories import loop_version
from tests.portal.test_views import page
from tests.statements import counted
from tests.world import World

MINE = "How long before it begins is the late shift fixed?"
ANSWER = "Four weeks before it begins."
WORDS = "When is the late shift fixed?"
CAPTIONS = "Captions in the call, please."


def reader(world: World, name: str = "Jordan Avery") -> tuple[Application, str]:
    """Return an application that was shown the disclosure, and the address of its candidate's page."""
    row = application(world, name=name)
    delivery(world, row)
    return row, f"/portal/{link(world, row)}"


def test_every_answer_and_every_open_question_can_be_asked_about(sqlite_world: World) -> None:
    row, address = reader(sqlite_world)
    browser = sqlite_world.browser()
    text = page(browser, f"{address}/disclosure")
    version = unscoped_current_version(row.opening_id)
    assert version is not None
    laid = leaflet(version)
    keys = [one.key for part in laid.sections for group in part.groups for one in group.answers]
    assert keys
    for key in keys:
        assert f"{address}/questions?field={key}" in text
    assert text.count(">Ask it<") == len(laid.open_questions) > 0
    form = page(browser, f"{address}/questions?field={PEOPLE}")
    assert f'<option selected value="{PEOPLE}">' in form


def test_question_is_sent_and_its_answer_is_read_there(world: World) -> None:
    row, address = reader(world)
    browser, target = world.browser(), f"{address}/questions"
    assert browser.submit(target, target, field=PEOPLE, text=MINE).status_code == 303
    text = page(browser, target)
    assert "Your question was sent" in text
    assert "Not answered yet" in text
    asked = db.session.scalars(select(ClaimQuestion)).one()
    assert asked.field == PEOPLE
    assert "You have asked one question, and it is not answered yet." in page(browser, address)
    reply(world, asked, AnswerDraft(ANSWER, is_public=False))
    text = page(browser, target)
    assert MINE in text
    assert ANSWER in text
    assert "to you alone" in text
    other, others = reader(world, "Samira Haddad")
    assert ANSWER not in page(browser, f"{others}/questions")
    assert other.opening_id != row.opening_id


def test_answer_to_everybody_is_on_every_candidates_page_and_tells_nobody_who_asked(world: World) -> None:
    row, _ = reader(world)
    reply(world, ask(row, MINE), AnswerDraft(ANSWER, is_public=True, asked=WORDS))
    second = application(world, opening_of(row), "Samira Haddad")
    delivery(world, second)
    address, browser = f"/portal/{link(world, second)}", world.browser()
    for path in ("/questions", "/disclosure"):
        text = page(browser, address + path)
        assert WORDS in text
        assert ANSWER in text
        assert MINE not in text
        assert "Jordan" not in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Write your question."),
        ({"text": " \u200b "}, "Write your question."),
        ({"text": "x" * 2001}, "Use up to 2,000 characters"),
        ({"field": "no.such", "text": "Why?"}, "Choose what your question is about."),
        ({"field": "pay.band", "text": "<script>alert(1)</script> ünïcode \u202e" + "y" * 2000}, "Use up to 2,000"),
    ],
)
def test_refused_question_says_why_and_keeps_what_was_typed(
    sqlite_world: World, fields: dict[str, str], words: str
) -> None:
    _, address = reader(sqlite_world)
    target = f"{address}/questions"
    refused = sqlite_world.browser().submit(target, target, **fields)
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert words in html.unescape(text)
    assert html.escape(fields["text"].strip(), quote=False)[:60] in text.replace("&#34;", '"')
    assert db.session.scalar(select(func.count()).select_from(ClaimQuestion)) == 0


def test_too_many_questions_are_slowed_down_and_the_text_is_kept(sqlite_world: World) -> None:
    _, address = reader(sqlite_world)
    browser, target = sqlite_world.browser(), f"{address}/questions"
    for number in range(10):
        assert browser.submit(target, target, text=f"Question {number}?").status_code == 303
    refused = browser.submit(target, target, text="The eleventh one?")
    assert refused.status_code == 429
    assert "The eleventh one?" in refused.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(ClaimQuestion)) == 10


def test_accommodation_is_asked_for_and_what_was_arranged_is_shown(world: World) -> None:
    row, address = reader(world)
    loop_version(world, opening_of(row))
    world.member("cora", Capacity.COORDINATOR)
    browser, target = world.browser(), f"{address}/accommodations"
    assert "Ask for it" in page(browser, address)
    assert browser.submit(target, target, text=CAPTIONS).status_code == 303
    text = page(browser, target)
    assert CAPTIONS in text
    assert "Not arranged yet" in text
    asked = db.session.scalars(select(AccommodationRequest)).one()
    version = current_loop(row.opening_id)
    assert version is not None
    arrange(world, asked, ArrangementDraft(15, "audit-and-feedback", "Captions are on."))
    text = page(browser, target)
    assert "15 minutes more" in text
    assert "Captions are on." in text
    assert CAPTIONS not in page(browser, address)


@pytest.mark.parametrize(("text", "words"), [("", "Write what should be different."), ("x" * 4001, "Use up to 4,000")])
def test_refused_request_says_why_and_keeps_what_was_typed(sqlite_world: World, text: str, words: str) -> None:
    _, address = reader(sqlite_world)
    target = f"{address}/accommodations"
    refused = sqlite_world.browser().submit(target, target, text=text)
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)
    assert text in refused.get_data(as_text=True)


def test_an_ended_application_reads_and_asks_no_more(sqlite_world: World) -> None:
    row, address = reader(sqlite_world)
    ask(row, MINE)
    request(row, CAPTIONS)
    operations.withdraw_application(row, by=candidate_actor(row), at=now())
    browser = sqlite_world.browser()
    assert MINE in page(browser, f"{address}/questions")
    assert "Send the question" not in page(browser, f"{address}/questions")
    assert CAPTIONS in page(browser, f"{address}/accommodations")
    assert "Send it" not in page(browser, f"{address}/accommodations")
    assert "questions?field=" not in page(browser, f"{address}/disclosure")


def test_before_the_first_delivery_there_is_nothing_to_ask_about(sqlite_world: World) -> None:
    row = application(sqlite_world)
    address, browser = f"/portal/{link(sqlite_world, row)}", sqlite_world.browser()
    assert browser.get(f"{address}/questions").status_code == 404
    assert browser.get(f"{address}/accommodations").status_code == 200


def test_pages_take_at_most_eight_statements_with_one_and_with_thirty_rows(world: World) -> None:
    row, address = reader(world)
    world.member("cora", Capacity.COORDINATOR)
    browser, taken = world.browser(), []
    for count in (1, 29):
        for number in range(count):
            reply(world, ask(row), AnswerDraft(ANSWER, is_public=True, asked=f"{WORDS} {number}"))
            arrange(world, request(row), ArrangementDraft(5, "", "Slowly."))
        seen: list[int] = []
        for path in ("", "/disclosure", "/questions", "/accommodations"):
            with counted() as statements:
                page(browser, address + path)
            seen.append(len(statements))
        taken.append(seen)
    assert taken[0] == taken[1]
    assert max(taken[1]) <= 8, taken
    text = page(browser, f"{address}/disclosure")
    assert text.count("Answered ") == 20
    assert "All questions and answers" in text
    assert "Page 1 of 2" in page(browser, f"{address}/questions")
