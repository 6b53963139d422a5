"""The candidate's own pages, filled in as nobody should: a sentence at each field, nothing lost, nothing stored."""

import itertools

from sqlalchemy import func, select

from hiringkit.candidates.models import AccommodationRequest, Acknowledgement, ClaimQuestion, TruthAnswer
from hiringkit.disclosures.rules.fields import SECTIONS
from hiringkit.foundation.db import db
from tests.bad_input import HUGE, NONSENSE, NOTHING, SOME, WORDS, Sender, told
from tests.candidates.asking import ask, request
from tests.disclosures.browsing import filled_in
from tests.portal.test_asking import reader
from tests.portal.test_truth import hire
from tests.world import World


def stored(table: type[ClaimQuestion | AccommodationRequest | TruthAnswer | Acknowledgement]) -> int:
    """Return how many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_question_that_is_none_is_refused_with_what_it_is_about_kept(sqlite_world: World) -> None:
    row, address = reader(sqlite_world)
    sender = Sender(sqlite_world.browser(), f"{address}/questions")
    for odd in NOTHING.values():
        answer = sender.send({"field": "pay.band", "text": odd})
        assert told(answer) == {"text": "Write your question."}
        assert filled_in(answer.get_data(as_text=True), f"{address}/questions")["field"] == "pay.band"
    for odd in HUGE.values():
        answer = sender.send({"field": "pay.band", "text": odd})
        assert told(answer) == {"text": "Use up to 2,000 characters."}
        assert filled_in(answer.get_data(as_text=True), f"{address}/questions")["text"] == odd
    for odd in (one for one in NONSENSE.values() if one):
        assert told(sender.send({"field": odd, "text": "Why?"})) == {"field": "Choose what your question is about."}
    assert told(sender.send({})) == {"text": "Write your question."}
    for odd in (*NONSENSE.values(), "9" * 30):
        for name in ("page", "field"):
            assert sender.browser.get(f"{address}/questions", query_string={name: odd}).status_code == 200
    assert stored(ClaimQuestion) == 0
    for odd, _ in WORDS.values():
        ask(row, odd)
    assert stored(ClaimQuestion) == len(WORDS)
    assert sender.browser.get(f"{address}/questions").status_code == 200


def test_a_request_that_is_none_is_refused(sqlite_world: World) -> None:
    row, address = reader(sqlite_world)
    sender = Sender(sqlite_world.browser(), f"{address}/accommodations")
    for odd in (*NOTHING.values(), None):
        answer = sender.send({} if odd is None else {"text": odd})
        assert told(answer) == {"text": "Write what should be different."}
    for odd in HUGE.values():
        answer = sender.send({"text": odd})
        assert told(answer) == {"text": "Use up to 4,000 characters."}
        assert filled_in(answer.get_data(as_text=True), f"{address}/accommodations")["text"] == odd
    assert stored(AccommodationRequest) == 0
    for odd, _ in WORDS.values():
        request(row, odd)
    assert sender.browser.get(f"{address}/accommodations").status_code == 200


def test_what_was_true_is_asked_again_for_each_section_that_makes_no_sense(sqlite_world: World) -> None:
    page = hire(sqlite_world)
    sender = Sender(sqlite_world.browser(), f"{page}/truth")
    shown = sender.browser.get(f"{page}/truth").get_data(as_text=True)
    keys = [one.key for one in SECTIONS if f'name="{one.key}-note"' in shown]
    assert {"why", "workload", "pay"} < set(keys)
    for part, odd in itertools.product(("word", "field", "note"), SOME):
        sentences = told(sender.send({f"{key}-{part}": odd for key in keys}))
        is_nothing = not odd or (part == "note" and odd == "\x00")
        assert ("" in sentences) if is_nothing else len(sentences) >= len(keys), (part, odd[:9])
    for contradiction in ({"word": "true", "note": "But it was not."}, {"word": "", "note": "x" * 1_001}):
        answer = sender.send({f"{key}-{part}": typed for key in keys for part, typed in contradiction.items()})
        assert {name for name in told(answer) if name.endswith("-word-0")} == {f"{key}-word-0" for key in keys}
        kept = filled_in(answer.get_data(as_text=True), f"{page}/truth")
        assert {kept[f"{key}-note"] for key in keys} == {contradiction["note"]}
    wrong = {"why-word": "not true", "why-field": "pay.band"}
    assert told(sender.send(wrong)) == {"why-field": "Choose a question of this section, or none."}
    assert stored(TruthAnswer) == 0


def test_a_version_that_is_none_is_neither_shown_nor_acknowledged(sqlite_world: World) -> None:
    _, address = reader(sqlite_world)
    sender = Sender(sqlite_world.browser(), f"{address}/questions", f"{address}/acknowledgement")
    for odd in (*NONSENSE.values(), "9" * 30):
        assert sender.send({"version": odd}).status_code == 404
        assert sender.send({"delivery": odd}).status_code == 404
        assert sender.browser.get(f"{address}/disclosure", query_string={"version": odd}).status_code == 200
    assert sender.send({}).status_code == 404
    assert stored(Acknowledgement) == 0
