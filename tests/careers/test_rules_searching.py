"""What is searched for: words are found where an answer has them, nonsense is left out with a word."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.careers.rules.searching import (
    LONGEST_TEXT,
    MARKS,
    MOST_WORDS,
    Asked,
    Until,
    Where,
    content_parts,
    is_remote,
    read_asked,
)
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.document import canonical_document
from tests.disclosures.answers import claim, complete


def found(word: str, document: str) -> bool:
    """Tell whether a frozen text has a word, as the list looks for it."""
    return any(part.casefold() in document.casefold() for part in content_parts(word))


def test_known_filters_are_taken_and_the_rest_is_named() -> None:
    typed = {"text": " night  shift ", "place": "Reno", "where": "remote", "period": "hour", "until": "week"}
    assert read_asked(typed, ["Reno"]) == Asked("night shift", "Reno", Where.REMOTE, "hour", Until.WEEK)
    nonsense = read_asked({"place": "Mars", "where": "moon", "period": "decade", "until": "never", "x": "y"}, ["Reno"])
    assert replace(nonsense, ignored=()) == Asked()
    assert nonsense.ignored == (
        "“Mars” under “Place”",
        "“moon” under “How”",
        "“decade” under “Paid”",
        "“never” under “Applications open”",
    )


@given(st.text(max_size=400))
def test_any_text_can_be_asked_for(typed: str) -> None:
    asked = read_asked({"text": typed, "place": typed, "until": typed}, ())
    assert len(asked.text) <= LONGEST_TEXT
    assert len(asked.words) <= MOST_WORDS
    assert not asked.place
    for word in asked.words:
        assert all(content_parts(word))


def test_more_than_can_be_searched_is_cut_with_a_word() -> None:
    assert read_asked({"text": "a b c d e f g"}, ()).ignored == ("what follows “a b c d e f”",)
    assert len(read_asked({"text": "x" * 500}, ()).ignored) == 1


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ("Remote, United States", True),
        ("Chicago office or at home in the US", True),
        ("Reno", False),
        ("Reno, not remote", False),
        ("Nursing home, Chicago", False),
    ],
)
def test_a_place_says_whether_the_work_can_be_done_from_elsewhere(place: str, remote: bool) -> None:
    assert is_remote(place) is remote


def test_words_of_answers_are_found_and_keys_are_not() -> None:
    document = canonical_document(complete())
    for word in ("denied", "Chargebacks", "nurse", "symptom", "20:00."):
        assert found(word, document), word
    empty = canonical_document([])
    for word in ("claims", "value", "owner", "pay.band", "unit", "typical", "2026", "{", ":", "e", "estimated"):
        assert not found(word, empty), word
        assert word in empty or not found(word, canonical_document([Claim("workload.on-call", none_reason="x")]))
    said = canonical_document([claim("why.problem", value="The owner of a claim never claims it back.")])
    assert found("owner", said)
    assert found("claims", said)


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=3, max_size=12))
def test_a_word_between_others_is_always_found(word: str) -> None:
    answer = Claim("workload.on-call", none_reason=f"Then {word} came.")
    assert found(word, canonical_document([answer]))


def test_quotation_marks_in_an_answer_cannot_look_like_a_fact() -> None:
    tricky = Claim("workload.on-call", none_reason='"period":"hour" "field":"pay.deadline","none_reason":"x"')
    document = canonical_document([tricky])
    assert MARKS.period("hour") not in document
    assert MARKS.deadline not in document
    assert json.loads(document)["claims"][0]["none_reason"] == tricky.none_reason
    assert found('"period":"hour"', document)


def test_the_marks_are_how_a_frozen_text_is_written() -> None:
    document = canonical_document(complete())
    tail = document[document.index(MARKS.deadline) :]
    start = tail.index(MARKS.date) + len(MARKS.date)
    assert tail[start : start + 10] == "2026-06-30"
    assert MARKS.period("year") in document
    open_until_filled = [one for one in complete() if one.field != "pay.deadline"]
    open_until_filled.append(Claim("pay.deadline", none_reason="Read each week."))
    assert MARKS.no_deadline in canonical_document(open_until_filled)
    assert MARKS.no_deadline not in document
