"""What everybody reads of the questions: the team's words and the answers, light, flat, and without who asked."""

import gzip
import html

from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.questions import AnswerDraft
from hiringkit.openings import operations as openings
from tests.candidates.asking import ask, opening_of, reply
from tests.candidates.factories import application, delivery
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World

MINE = "I look after my father on Fridays: how long before is the late shift fixed?"
WORDS, ANSWER = "When is the late shift fixed?", "Four weeks before it begins."
PUBLIC = AnswerDraft(ANSWER, is_public=True, asked=WORDS)


def informed(world: World) -> Application:
    """Return an application on an open opening to which the disclosure was delivered."""
    row = application(world, opening(world, state="open"))
    delivery(world, row)
    return row


def text(world: World, address: str) -> str:
    """Return a public page as it reads."""
    answer = world.browser().get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def test_public_answer_is_on_the_disclosure_and_on_a_page_of_its_own(world: World) -> None:
    row = informed(world)
    address = f"/careers/{opening_of(row).slug}"
    assert "Asked and answered" not in text(world, address)
    assert "Nothing was asked yet" in text(world, f"{address}/questions")
    first, second = ask(row, MINE), ask(row, "And who decides?")
    reply(world, first, PUBLIC)
    reply(world, second, AnswerDraft("Only you read this.", is_public=False))
    for page in (address, f"{address}/versions/1", f"{address}/questions"):
        shown = text(world, page)
        assert WORDS in shown
        assert ANSWER in shown
        for words in (MINE, "my father", "Jordan", "Only you", row.public_id, first.public_id):
            assert words not in shown, (page, words)


def test_page_of_an_opening_that_is_not_public_is_not_there(sqlite_world: World) -> None:
    row = informed(sqlite_world)
    reply(sqlite_world, ask(row), PUBLIC)
    about = opening_of(row)
    openings.move_opening(about, "close", by=sqlite_world.actor("manager"), at=about.created_at)
    unknown = sqlite_world.browser().get("/careers/no-such-opening/questions")
    answer = sqlite_world.browser().get(f"/careers/{about.slug}/questions")
    assert answer.status_code == unknown.status_code == 404
    assert answer.data == unknown.data


def test_pages_stay_light_and_flat_with_many_answers(world: World) -> None:
    row = informed(world)
    slug = opening_of(row).slug
    pages, taken = (f"/careers/{slug}", f"/careers/{slug}/questions"), []
    for count in (1, 29):
        for number in range(count):
            reply(world, ask(row), AnswerDraft(f"{ANSWER} {number}", is_public=True, asked=f"{WORDS} {number}"))
        for page in pages:
            with counted() as seen:
                shown = text(world, page)
            taken.append(len(seen))
    assert taken[:2] == taken[2:]
    assert max(taken) <= 8
    whole = text(world, pages[0])
    assert whole.count(WORDS) == 20
    assert f"{WORDS} 28" in whole
    assert f"{pages[0]}/questions" in whole
    assert shown.count(WORDS) == 25
    assert "Page 1 of 2" in shown
    assert len(gzip.compress(whole.encode())) < 19_000
