"""Which arrangement holds for a stage, and how many minutes that makes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.candidates.rules.accommodations import (
    MOST_MINUTES,
    REQUEST_LIMIT,
    TOLD_LIMIT,
    Arranged,
    ArrangementDraft,
    arrangement_problems,
    extra_minutes,
    holding,
    minutes_by_stage,
    request_problems,
    told_lines,
)

STAGES = ("case", "audit")
arranged = st.builds(Arranged, st.integers(1, 3), st.sampled_from(("", *STAGES)), st.integers(0, MOST_MINUTES))


def test_request_is_within_bounds() -> None:
    assert set(request_problems("")) == set(request_problems("x" * (REQUEST_LIMIT + 1))) == {"text"}
    assert request_problems("Captions.") == {}


@pytest.mark.parametrize(
    ("draft", "names"),
    [
        (ArrangementDraft(0), set()),
        (ArrangementDraft(MOST_MINUTES, "case", "x" * TOLD_LIMIT), set()),
        (ArrangementDraft(-1), {"extra_minutes"}),
        (ArrangementDraft(MOST_MINUTES + 1, told="x" * (TOLD_LIMIT + 1)), {"extra_minutes", "told"}),
    ],
)
def test_arrangement_is_within_bounds(draft: ArrangementDraft, names: set[str]) -> None:
    assert set(arrangement_problems(draft)) == names


def test_what_was_recorded_last_for_a_stage_or_for_all_holds() -> None:
    everywhere, own, again = Arranged(1, "", 15, "Captions."), Arranged(1, "case", 30, "Slowly."), Arranged(1, "", 5)
    assert holding([everywhere, own], "case") == (own,)
    assert holding([everywhere, own], "audit") == (everywhere,)
    assert holding([everywhere, own, again], "case") == (again,)
    assert told_lines([everywhere, own], "case") == ("Slowly.",)
    assert told_lines([everywhere, own, again], "audit") == ()
    assert minutes_by_stage([everywhere, own], STAGES) == {"case": 30, "audit": 15}
    assert minutes_by_stage([Arranged(1, "case", 30), Arranged(1, "case", 0)], STAGES) == {}


@given(st.lists(arranged, max_size=8), st.sampled_from(STAGES))
def test_each_request_counts_once_and_other_stages_never(rows: list[Arranged], stage: str) -> None:
    held = holding(rows, stage)
    assert len({one.request for one in held}) == len(held)
    assert all(one.stage in {"", stage} for one in held)
    assert 0 <= extra_minutes(rows, stage) <= MOST_MINUTES
    others = [one for one in rows if one.stage not in {"", stage}]
    assert extra_minutes([one for one in rows if one not in others], stage) == extra_minutes(rows, stage)
