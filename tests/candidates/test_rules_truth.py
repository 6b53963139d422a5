"""When hires are asked, and that nothing is counted by which one of them could be known."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.candidates.rules.truth import DAYS, FEWEST, TRUTH, Told, TruthWord, countable, day_asked
from hiringkit.disclosures.rules.saying import WordDraft, draft_problems

HIRED = datetime(2026, 3, 1, 9, tzinfo=UTC)
answers = st.lists(
    st.builds(
        Told,
        hire=st.integers(1, 6),
        day=st.sampled_from(sorted(DAYS)),
        section=st.sampled_from(["pay", "why"]),
        word=st.sampled_from(TruthWord),
        is_shared=st.booleans(),
    ),
    max_size=30,
    unique_by=lambda one: (one.hire, one.day, one.section),
)


@pytest.mark.parametrize(
    ("days", "asked"),
    [(-1, None), (0, None), (29.99, None), (30, 30), (89.99, 30), (90, 90), (179.99, 90), (180, None)],
)
def test_a_hire_is_asked_from_day_30_and_from_day_90(days: float, asked: int | None) -> None:
    assert day_asked(HIRED, HIRED + timedelta(days=days)) == asked


@given(answers)
def test_whoever_did_not_share_is_counted_among_three_or_not_at_all(said: list[Told]) -> None:
    for reads_shared in (True, False):
        shown = countable(said, reads_shared=reads_shared)
        for one in shown:
            if one.is_shared and reads_shared:
                continue
            others = {
                two.hire for two in shown if (two.day, two.section) == (one.day, one.section) and not two.is_shared
            }
            assert len(others) >= FEWEST


@given(answers)
def test_managers_read_what_all_read_and_what_was_shared_with_them(said: list[Told]) -> None:
    everybody, managers = countable(said, reads_shared=False), countable(said, reads_shared=True)
    assert set(everybody) <= set(managers)
    assert {one for one in said if one.is_shared} <= set(managers)


@pytest.mark.parametrize(
    ("word", "problems"), [("true", ["pay-word"]), ("partly true", []), ("not true", []), ("confirmed", ["pay-word"])]
)
def test_who_did_not_find_it_quite_true_may_say_more(word: str, problems: list[str]) -> None:
    assert [*draft_problems({"pay": WordDraft(word, "pay.band", "Less.")}, TRUTH, ["pay"])] == problems
