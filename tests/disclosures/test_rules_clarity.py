"""What is missing, what is vague, what is stale, and the count that follows."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.clarity import (
    BASIS_QUESTION,
    FUTURE_QUESTION,
    UNDATED_QUESTION,
    Gap,
    clarity,
    is_answered,
    is_stale,
    missing_required,
    open_questions,
)
from hiringkit.disclosures.rules.fields import FIELDS, REQUIRED, section
from hiringkit.disclosures.rules.shapes import MEASURED_DAYS, Field
from hiringkit.disclosures.rules.vague import VAGUE_WORDS, VagueWord, vague_words
from tests.disclosures.answers import AS_OF, claim, complete

PEOPLE = FIELDS["workload.people"]


def test_an_empty_disclosure_asks_every_required_question_in_a_candidates_words() -> None:
    asked = missing_required([])
    assert [one.field for one in asked] == [one.key for one in REQUIRED]
    assert "Who decides, and who can say stop?" in [one.question for one in asked]
    assert {one.gap for one in asked} == {Gap.UNANSWERED}


def test_a_complete_disclosure_misses_nothing_and_counts_its_answers() -> None:
    claims = complete()
    assert missing_required(claims) == ()
    count = clarity(claims, AS_OF)
    assert (count.answered, count.total) == (len(REQUIRED), 56)
    assert count.sentence == "31 of 56 questions answered"
    assert {one.gap for one in count.open} == {Gap.UNANSWERED}
    assert not any(one.required for one in count.open)


@pytest.mark.parametrize("asked", REQUIRED, ids=lambda asked: asked.key)
def test_leaving_out_one_required_answer_asks_for_exactly_that(asked: Field) -> None:
    claims = [one for one in complete() if FIELDS[one.field] is not asked]
    assert [FIELDS[one.field] for one in missing_required(claims)] == [asked]


@pytest.mark.parametrize("asked", FIELDS.values(), ids=list(FIELDS))
def test_none_with_a_reason_answers_any_question_and_without_one_none(asked: Field) -> None:
    assert is_answered(asked, [Claim(asked.key, none_reason="Because it is so.")])
    assert not is_answered(asked, [Claim(asked.key)])
    counted = clarity([Claim(asked.key, none_reason="Because it is so.", as_of=AS_OF)], AS_OF, fields=[asked])
    assert (counted.answered, counted.total) == (1, 1)


def test_two_of_three_windows_are_no_answer() -> None:
    windows = [one for one in complete() if one.field == "first-90-days.windows"]
    assert is_answered(FIELDS["first-90-days.windows"], windows)
    assert not is_answered(FIELDS["first-90-days.windows"], windows[:2])


def test_a_row_with_a_contradiction_is_no_answer() -> None:
    right = claim("workload.units", unit="Orders", typical="9", busy="9")
    wrong = replace(right, values={**right.values, "busy": Decimal(8)})
    assert is_answered(FIELDS["workload.units"], [right])
    assert not is_answered(FIELDS["workload.units"], [wrong])


def test_a_vague_word_opens_the_question_that_it_leaves() -> None:
    told = claim("workload.bad-week", value="A fast-paced week, TBD.")
    found = open_questions(FIELDS["workload.bad-week"], [told], AS_OF)
    assert [(one.gap, one.about) for one in found] == [(Gap.VAGUE, "fast-paced"), (Gap.VAGUE, "TBD")]
    assert found[0].question.startswith("You write “fast-paced”. Is that volume")


def test_a_vague_reason_for_none_is_open_too() -> None:
    told = Claim("workload.on-call", none_reason="Only as needed.", as_of=AS_OF)
    assert [one.gap for one in open_questions(FIELDS["workload.on-call"], [told], AS_OF)] == [Gap.VAGUE]


def test_a_number_without_a_basis_is_open() -> None:
    found = open_questions(PEOPLE, [replace(claim("workload.people", value="6"), basis=None)], AS_OF)
    assert [(one.gap, one.question) for one in found] == [(Gap.NO_BASIS, BASIS_QUESTION)]
    assert open_questions(FIELDS["pay.level"], [replace(claim("pay.level", value="2"), basis=None)], AS_OF) == ()


@pytest.mark.parametrize(
    ("as_of", "question"),
    [
        (AS_OF, ""),
        (AS_OF - timedelta(days=MEASURED_DAYS), ""),
        (AS_OF - timedelta(days=MEASURED_DAYS + 1), "Is it still?"),
        (AS_OF + timedelta(days=1), FUTURE_QUESTION),
        (None, UNDATED_QUESTION),
    ],
)
def test_an_answer_outside_its_shelf_life_is_open(as_of: date | None, question: str) -> None:
    told = replace(claim("workload.people", value="6"), as_of=as_of)
    found = [one.question for one in open_questions(PEOPLE, [told], AS_OF)]
    assert len(found) == bool(question)
    assert all(one.endswith(question) for one in found)


def test_a_rule_keeps_longer_than_a_count() -> None:
    day = AS_OF + timedelta(days=MEASURED_DAYS + 30)
    assert is_stale(PEOPLE, claim("workload.people", value="6"), day)
    assert not is_stale(FIELDS["pay.level"], claim("pay.level", value="2"), day)


def test_clarity_can_be_counted_for_one_section() -> None:
    count = clarity(complete(), AS_OF, fields=section("constraints").fields)
    assert (count.answered, count.total, count.open) == (1, 1, ())


@given(st.sets(st.integers(min_value=0, max_value=len(complete()) - 1)))
def test_the_count_is_the_questions_without_an_opening_and_never_shrinks_with_an_answer(kept: set[int]) -> None:
    claims = [one for place, one in enumerate(complete()) if place in kept]
    count = clarity(claims, AS_OF)
    assert count.answered == count.total - len({one.field for one in count.open})
    assert clarity(complete(), AS_OF).answered >= count.answered


@pytest.mark.parametrize("word", VAGUE_WORDS["en"], ids=lambda word: word.phrase)
def test_every_vague_word_is_found_in_any_case_and_leaves_a_question(word: VagueWord) -> None:
    assert word.question.endswith("?")
    found = vague_words(f"We say: {word.phrase.upper()}!")
    assert found
    assert any(one.written.casefold() in word.phrase.casefold() for one in found)


@pytest.mark.parametrize("text", ["The ninjas of Etch", "A fast pacer", "etcetera", "", "varioustypes"])
def test_parts_of_words_are_not_vague(text: str) -> None:
    assert vague_words(text) == ()


def test_vague_words_do_not_overlap_and_unknown_languages_have_none() -> None:
    found = vague_words("Salary: competitive salary, fast\npaced")
    assert [one.written for one in found] == ["competitive salary", "fast\npaced"]
    assert vague_words("fast-paced", "de") == ()
