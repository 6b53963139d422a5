"""What a question and its answer must be: within bounds, and telling nobody who asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.candidates.rules.questions import (
    ANSWER_LIMIT,
    ASKED_LIMIT,
    COPIED,
    NAMED,
    QUESTION_LIMIT,
    WORDS_IN_A_ROW,
    AnswerDraft,
    about_words,
    answer_problems,
    is_copied,
    is_left_open,
    is_named,
    question_problems,
)
from hiringkit.library.rules.phrases import refused_phrases
from tests.disclosures.answers import claim, complete

TODAY = date(2026, 5, 20)
NAME, ADDRESS = "Will Day-Hoffmann", "will@example.org"


@pytest.mark.parametrize(
    ("text", "field", "names"),
    [
        ("Why?", "pay.band", set()),
        ("Why?", "", set()),
        ("", "pay.band", {"text"}),
        ("x" * (QUESTION_LIMIT + 1), "", {"text"}),
        ("Why?", "pay.nothing", {"field"}),
        ("", "<script>", {"text", "field"}),
    ],
)
def test_question_is_refused_at_its_fields(text: str, field: str, names: set[str]) -> None:
    assert set(question_problems(text, field)) == names


def test_question_is_named_by_what_it_is_about() -> None:
    assert about_words("pay.band") == "“Pay”"
    assert about_words("") == about_words("gone.field") == "the whole description"


@pytest.mark.parametrize(
    ("draft", "names"),
    [
        (AnswerDraft("Six.", is_public=False), set()),
        (AnswerDraft("Six, Will Day-Hoffmann.", is_public=False), set()),
        (AnswerDraft("", is_public=False), {"text"}),
        (AnswerDraft("x" * (ANSWER_LIMIT + 1), is_public=False), {"text"}),
        (AnswerDraft("Six.", is_public=True), {"asked"}),
        (AnswerDraft("Six.", is_public=True, asked="x" * (ASKED_LIMIT + 1)), {"asked"}),
        (AnswerDraft("Six.", is_public=True, asked="How many people?"), set()),
    ],
)
def test_answer_is_refused_at_its_fields(draft: AnswerDraft, names: set[str]) -> None:
    assert set(answer_problems(draft, "How many?", NAME, ADDRESS)) == names


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("As we wrote to will@EXAMPLE.org: six.", True),
        ("WILL DAY HOFFMANN asked.", True),
        ("We told Will that it is six.", True),
        ("Will it be six? Day by day, yes.", False),
        ("It will be six, day by day.", False),
        ("Goodwill and daylight.", False),
        ("", False),
    ],
)
def test_name_and_address_are_found_as_names_are_written(text: str, *, named: bool) -> None:
    assert is_named(text, NAME, ADDRESS) is named
    public = AnswerDraft(text or "Six.", is_public=True, asked=text or "How many?")
    found = answer_problems(public, "", NAME, ADDRESS)
    assert found == ({"text": NAMED, "asked": NAMED} if named else {})


SALARY = "Tell us your current salary and we will match it."


@pytest.mark.parametrize(
    ("draft", "names"),
    [
        (AnswerDraft(SALARY, is_public=False), {"text"}),
        (AnswerDraft(f"Six. {SALARY}", is_public=True, asked="How many people?"), {"text"}),
        (AnswerDraft("Six.", is_public=True, asked="How many sick days do you have?"), set()),
        (AnswerDraft("Are you pregnant?", is_public=True, asked="What is parental leave?"), {"text"}),
        (AnswerDraft("We never ask for salary history.", is_public=True, asked="What does the job pay?"), set()),
        (AnswerDraft("Six.", is_public=False, asked=SALARY), set()),
    ],
)
def test_what_may_not_be_asked_is_not_asked_in_an_answer_either(draft: AnswerDraft, names: set[str]) -> None:
    found = answer_problems(draft, "", NAME, ADDRESS)
    assert set(found) == names
    written = {"text": draft.text, "asked": draft.asked}
    for key, words in found.items():
        assert words == " ".join(one.sentence for one in refused_phrases(written[key]))


def test_own_wording_of_the_candidate_is_not_printed() -> None:
    sent = "I look after two small children; could the late shift on Wednesdays be swapped for another one?"
    copied = "Could the late shift on Wednesdays be swapped for another one?"
    assert answer_problems(AnswerDraft("Yes.", True, copied), sent, NAME, ADDRESS) == {"asked": COPIED}
    assert answer_problems(AnswerDraft("Yes.", True, "Can late shifts be swapped?"), sent, NAME, ADDRESS) == {}


@given(st.lists(st.sampled_from("abcdefgh"), min_size=WORDS_IN_A_ROW), st.text(), st.text())
def test_whatever_stands_around_them_copied_words_are_found(words: list[str], before: str, after: str) -> None:
    run = " ".join(words)
    assert is_copied(run, f"{before} {run} {after}")
    assert not is_copied(" ".join(words[: WORDS_IN_A_ROW - 1]), run)


@pytest.mark.parametrize(("field", "is_open"), [("workload.focus", True), ("pay.band", False), ("", False)])
def test_question_on_what_the_disclosure_leaves_open(field: str, *, is_open: bool) -> None:
    assert is_left_open(field, complete(), TODAY) is is_open


def test_vague_word_leaves_a_question_open_and_age_does_not() -> None:
    vague = claim("workload.good-week", value="A fast-paced one.")
    assert is_left_open("workload.good-week", [vague], TODAY)
    assert not is_left_open("workload.good-week", complete(), date(2036, 1, 1))
