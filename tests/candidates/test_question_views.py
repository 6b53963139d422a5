"""The team reads questions and answers them: to the one who asked, or to everybody without saying who."""

import html

import pytest

from hiringkit.candidates import queries
from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.questions import AnswerDraft
from hiringkit.foundation.access import Capacity
from tests.candidates.asking import FOCUS, ask, opening_of, reply
from tests.candidates.factories import application, delivery
from tests.statements import counted
from tests.world import Browser, World

MINE = "How is focused work protected for somebody with two phones?"


def asked(world: World, field: str = FOCUS) -> tuple[Application, str]:
    """Return an application, and the address of a question of its candidate."""
    row = application(world)
    delivery(world, row)
    return row, f"/questions/{ask(row, MINE, field).public_id}"


def text_of(browser: Browser, address: str) -> str:
    """Return a page as it reads."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def test_open_question_is_listed_read_and_answered_to_everybody(world: World) -> None:
    row, address = asked(world)
    world.member("cora", Capacity.COORDINATOR)
    browser, listed = world.browser("cora"), f"/openings/{opening_of(row).public_id}/questions"
    assert MINE in text_of(browser, listed)
    assert "To answer" in text_of(browser, listed)
    fields = {"text": "Nobody calls before noon.", "readers": "everybody", "asked": "How is focused work protected?"}
    done = browser.submit(address, f"{address}/answer", **fields)
    assert (done.status_code, done.headers["Location"]) == (303, listed)
    text = text_of(browser, listed)
    assert "Everybody reads the answer now." in text
    assert "Answered to everybody" in text
    text = text_of(browser, address)
    assert "How is focused work protected?" in text
    assert "An answer is never edited" in text
    assert "Send the answer" not in text


def test_question_that_the_disclosure_leaves_open_leads_to_its_section(sqlite_world: World) -> None:
    row, address = asked(sqlite_world)
    sqlite_world.member("cora", Capacity.COORDINATOR)
    section = f"/openings/{opening_of(row).public_id}/disclosure/workload#{FOCUS}"
    assert section in text_of(sqlite_world.browser("manager"), address)
    text = text_of(sqlite_world.browser("cora"), address)
    assert section not in text
    assert "a manager of this team can write it" in text
    _, answered = asked(sqlite_world, "pay.band")
    assert "leaves this open" not in text_of(sqlite_world.browser("manager"), answered)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "", "readers": "asker"}, "Write the answer."),
        ({"text": "Noon."}, "Choose who reads the answer."),
        ({"text": "Noon.", "readers": "everybody"}, "Write the question as everybody may read it."),
        ({"text": "Noon, Jordan Avery.", "readers": "everybody", "asked": "When?"}, "This names the person who asked."),
        ({"text": "Noon.", "readers": "everybody", "asked": MINE}, "Ask it in your own words."),
        (
            {"text": "First, what is your current salary?", "readers": "asker"},
            "“what is your current salary” is refused.",
        ),
        ({"text": "Noon." * 900, "readers": "asker"}, "Use up to 4,000 characters"),
    ],
)
def test_refused_answer_says_why_and_keeps_what_was_typed(
    sqlite_world: World, fields: dict[str, str], words: str
) -> None:
    row, address = asked(sqlite_world)
    refused = sqlite_world.browser("manager").submit(address, f"{address}/answer", **fields)
    text = html.unescape(refused.get_data(as_text=True))
    assert refused.status_code == 422
    assert words in text
    assert fields["text"] in text
    assert fields.get("asked", "") in text
    assert queries.questions(sqlite_world.actor("manager"), row.opening_id, 1).rows[0].answer is None


def test_second_answer_is_refused_and_kept_on_the_page(sqlite_world: World) -> None:
    row, address = asked(sqlite_world)
    browser = sqlite_world.browser("manager")
    form = browser.get(address).get_data(as_text=True)
    question = queries.questions(sqlite_world.actor("manager"), row.opening_id, 1).rows[0]
    reply(sqlite_world, question.row, AnswerDraft("First.", is_public=False))
    key = form.partition('name="form_key" value="')[2].partition('"')[0]
    csrf = form.partition('name="csrf_token" value="')[2].partition('"')[0]
    fields = {"form_key": key, "csrf_token": csrf, "text": "Second.", "readers": "asker"}
    late = browser.post(f"{address}/answer", data=fields)
    assert late.status_code == 409
    assert "Second." in late.get_data(as_text=True)


def test_list_takes_the_same_statements_with_one_and_with_thirty_rows(world: World) -> None:
    row, address = asked(world)
    world.manager("manager")
    browser, listed = world.browser("manager"), f"/openings/{opening_of(row).public_id}/questions"
    taken = []
    for count in (0, 29):
        for number in range(count):
            made = ask(row, f"Question {number}?")
            if number % 2:
                reply(world, made, AnswerDraft("Yes.", is_public=False))
        for page in (listed, address, f"/applications/{row.public_id}", f"/openings/{opening_of(row).public_id}", "/"):
            with counted() as seen:
                text_of(browser, page)
            taken.append(len(seen))
    assert taken[:5] == taken[5:]
    assert max(taken) <= 8


def test_empty_list_teaches(sqlite_world: World) -> None:
    row = application(sqlite_world)
    text = text_of(sqlite_world.browser("manager"), f"/openings/{opening_of(row).public_id}/questions")
    assert "No questions yet" in text
