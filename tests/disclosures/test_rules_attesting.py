"""Counts of people in the role: never of fewer than three, never a difference of one, always a sentence."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.attesting import FEWEST, AttestationWord, Said, Tally, may_be_told, tallies
from hiringkit.disclosures.rules.fields import section

CONFIRMED, DISPUTED = AttestationWord.CONFIRMED, AttestationWord.DISPUTED


@st.composite
def said(draw: st.DrawFn) -> Said:
    """Draw one word on some section, of somebody who is in the role or was."""
    key = draw(st.sampled_from(["pay", "workload"]))
    word = draw(st.sampled_from(AttestationWord))
    fields = ["", *(one.key for one in section(key).fields)] if word is DISPUTED else [""]
    return Said(key, word, draw(st.sampled_from(fields)), draw(st.booleans()))


def people_of(words: list[Said]) -> int:
    """Return how many people in the role there are at least: as many as said something of one section."""
    return max(
        (sum(one.is_current and one.section == key for one in words) for key in {w.section for w in words}), default=0
    )


@given(st.lists(said(), max_size=25), st.integers(0, 5))
def test_nothing_is_told_of_fewer_than_three(words: list[Said], silent: int) -> None:
    people = people_of(words) + silent
    for key, told in tallies(words, people).items():
        current = [one for one in words if one.section == key and one.is_current]
        assert told.confirmed + told.disputed == len(current) >= FEWEST
        assert told.people == people >= len(current)
        assert told.silent == people - len(current)


@given(st.lists(said(), max_size=25), st.randoms())
def test_the_order_of_answers_changes_nothing(words: list[Said], random: object) -> None:
    before = {key: one.sentence for key, one in tallies(words, 30).items()}
    shuffled = list(words)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis hands in a random.Random.
    assert {key: one.sentence for key, one in tallies(shuffled, 30).items()} == before


@given(st.integers(0, 12), st.data())
def test_counts_before_and_after_leaving_differ_by_three_people_or_none(answered: int, data: st.DataObject) -> None:
    words = [Said("pay", data.draw(st.sampled_from(AttestationWord))) for _ in range(answered)]
    told = [
        left
        for left in range(answered + 1)
        if may_be_told([Said(w.section, w.word, is_current=place >= left) for place, w in enumerate(words)])
    ]
    assert all(later - earlier >= FEWEST for earlier, later in pairwise(told))


SENTENCE = re.compile(
    r"^(All \d+ people now in the role confirm this section"
    r"|None of the \d+ people now in the role confirms this section"
    r"|1 of \d+ people now in the role confirms this section|\d+ of \d+ people now in the role confirm this section)"
    r"(, (1 disputes|\d+ dispute) (“[^“”]+”|it as a whole))*(, (1 has|\d+ have) not said)?\.$"
)


@given(st.lists(said(), min_size=3, max_size=25), st.integers(0, 5))
def test_every_sentence_reads_as_one_and_its_numbers_add_up(words: list[Said], silent: int) -> None:
    for told in tallies(words, people_of(words) + silent).values():
        assert SENTENCE.match(told.sentence), told.sentence
        assert " 1 dispute " not in told.sentence
        assert " 0 " not in f" {told.sentence}"
        counts = [
            int(number) for number in re.findall(r"(?:^|, )(\d+) (?:of|dispute|disputes|has|have)", told.sentence)
        ]
        if told.sentence[0].isdigit():
            assert sum(counts) == told.people


VOLUME = "“Units of work”"
MANY = {"": 1, "workload.people": 2, "workload.units": 1}
MANY_WORDS = f"1 disputes {VOLUME}, 2 dispute “People on shift”, 1 disputes it as a whole, 4 have not said."


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            Tally(5, 4, {"workload.units": 1}),
            f"4 of 5 people now in the role confirm this section, 1 disputes {VOLUME}.",
        ),
        (Tally(5, 5, {}), "All 5 people now in the role confirm this section."),
        (Tally(3, 0, {"": 3}), "None of the 3 people now in the role confirms this section, 3 dispute it as a whole."),
        (Tally(9, 1, MANY), f"1 of 9 people now in the role confirms this section, {MANY_WORDS}"),
    ],
)
def test_sentences(told: Tally, words: str) -> None:
    assert told.sentence == words


def test_a_question_that_is_no_more_counts_for_the_whole_section() -> None:
    words = [Said("pay", DISPUTED, "pay.gone"), Said("pay", DISPUTED), Said("pay", CONFIRMED)]
    assert tallies(words, 3)["pay"].disputes == {"": 2}
