"""Refreshes: for whom they are, what is fresh, what is drawn, and how they are decided."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.findings import FindingKind
from hiringkit.calibration.rules.passing import Outcome, StageOutcome
from hiringkit.calibration.rules.policy import DEFAULT_POLICY, SEVEN_POINTS
from hiringkit.calibration.rules.refreshing import (
    Exemplar,
    Refresh,
    decide_refresh,
    drawn,
    fresh,
    freshest_form,
    is_refresh_due,
    placed,
    still_counted,
)
from hiringkit.calibration.rules.retries import PastAttempt
from hiringkit.calibration.rules.standing import Ending, StandingNow, StandingState, Term
from hiringkit.calibration.rules.storing import outcome_values, stored_outcome
from hiringkit.calibration.rules.telling import headline
from tests.calibration.strategies import Grid, grids
from tests.calibration.test_rules_passing import GOLD

TERM = Term(date(2027, 1, 1), date(2027, 4, 1), 20)
PASSED = PastAttempt("A", 1, passed=True, on=TERM.valid_from)
FELL_SHORT = PastAttempt("B", 2, passed=False, on=date(2027, 3, 20))
LINES = DEFAULT_POLICY.standing
TODAY = date(2027, 6, 1)


def now(state: StandingState, ending: Ending | None = None) -> StandingNow:
    return StandingNow(state, state.value, TERM.valid_until, 1, ending)


@pytest.mark.parametrize(
    ("state", "ending", "is_due"),
    [
        (StandingState.NONE, None, False),
        (StandingState.IN_TRAINING, None, False),
        (StandingState.CALIBRATED, None, False),
        (StandingState.DUE, None, True),
        (StandingState.SUSPENDED, Ending.SUSPENDED, True),
        (StandingState.LAPSED, Ending.SESSIONS, True),
        (StandingState.LAPSED, Ending.DAYS, True),
        (StandingState.LAPSED, Ending.VERSIONS, False),
    ],
)
def test_it_is_for_who_is_due_or_was_calibrated_until_lately(
    state: StandingState, ending: Ending | None, is_due: bool
) -> None:
    assert is_refresh_due(now(state, ending), TERM, [PASSED], date(2027, 4, 2)) is is_due


def test_after_a_not_yet_or_long_after_the_end_a_whole_form_is_rated() -> None:
    suspended = now(StandingState.SUSPENDED, Ending.SUSPENDED)
    assert not is_refresh_due(suspended, TERM, [PASSED, FELL_SHORT], date(2027, 4, 2))
    lapsed, length = now(StandingState.LAPSED, Ending.DAYS), TERM.valid_until - TERM.valid_from
    assert is_refresh_due(lapsed, TERM, [PASSED], TERM.valid_until + length)
    late = TERM.valid_until + length + timedelta(days=1)
    for one in (lapsed, suspended, now(StandingState.LAPSED, Ending.SESSIONS)):
        assert not is_refresh_due(one, TERM, [PASSED], late)
    assert not is_refresh_due(now(StandingState.DUE), None, [], TODAY)


def new(*positions: int) -> list[Exemplar]:
    return [Exemplar(one, None) for one in positions]


def lots_of(given: Iterable[int]) -> Callable[[int], int]:
    """Return these lots in turn, each brought below the number asked for."""
    taken = iter(given)
    return lambda n: next(taken) % n


def rated(on: date, *positions: int) -> list[Exemplar]:
    return [Exemplar(one, on) for one in positions]


def test_what_was_rated_within_the_wait_of_a_retry_is_not_fresh() -> None:
    late, edge = TODAY - timedelta(days=29), TODAY - timedelta(days=30)
    found = fresh([*rated(late, 1), *rated(edge, 2), *new(3)], LINES, TODAY)
    assert [one.position for one in found] == [3, 2]


@pytest.mark.parametrize(
    ("forms", "index"),
    [
        ([[*rated(date(2027, 1, 1), *range(1, 9)), *new(9, 10, 11, 12)], new(*range(1, 13))], 1),
        ([[*rated(date(2027, 1, 1), *range(1, 9)), *new(9, 10, 11, 12)]], 0),
        ([rated(date(2027, 2, 1), *range(1, 13)), rated(date(2027, 1, 1), *range(1, 13))], 1),
        ([rated(TODAY, *range(1, 9)) + new(9, 10, 11, 12), new(1, 2, 3, 4, 5, 6, 7)], None),
        ([], None),
    ],
)
def test_it_takes_its_responses_and_its_reserve_from_the_form_with_the_most_that_is_fresh(
    forms: list[list[Exemplar]], index: int | None
) -> None:
    assert freshest_form(forms, LINES, TODAY) == index


@given(
    levels=st.lists(st.floats(1, 7), min_size=12, max_size=12),
    never=st.sets(st.integers(1, 12)),
    lots=st.lists(st.integers(0, 11), min_size=4, max_size=4),
)
def test_it_draws_so_many_and_what_was_never_rated_first(levels: list[float], never: set[int], lots: list[int]) -> None:
    old = [one for one in range(1, 13) if one not in never]
    found = fresh([*new(*never), *rated(date(2027, 1, 1), *old)], LINES, TODAY)
    positions = drawn(found, levels, set(), 4, lots_of(lots))
    assert len(set(positions)) == 4
    assert len(never & set(positions)) == min(4, len(never))


@given(
    levels=st.lists(st.floats(1, 7), min_size=12, max_size=12),
    never=st.sets(st.integers(1, 12)),
    unsafe=st.sets(st.integers(1, 12), min_size=1),
    lots=st.lists(st.integers(0, 11), min_size=4, max_size=4),
)
def test_every_draw_has_an_unsafe_answer_where_any_fresh_response_has(
    levels: list[float], never: set[int], unsafe: set[int], lots: list[int]
) -> None:
    old = [one for one in range(1, 13) if one not in never]
    found = fresh([*new(*never), *rated(date(2027, 1, 1), *old)], LINES, TODAY)
    positions = drawn(found, levels, unsafe, 4, lots_of(lots))
    assert len(set(positions)) == 4
    assert unsafe & set(positions)
    assert len(never & set(positions)) >= min(3, len(never))


def test_every_draw_goes_from_the_low_end_to_the_high_end() -> None:
    levels = [4.0, 1.5, 6.5, 3.0, 2.0, 5.0, 7.0, 3.5]
    for lots in product((0, 1), repeat=4):
        positions = drawn(new(*range(1, 9)), levels, set(), 4, lots_of(lots))
        heights = [levels[one - 1] for one in positions]
        assert heights == sorted(heights)
        assert heights[0] <= 2.0
        assert heights[-1] >= 6.5


def test_nothing_is_drawn_where_nothing_is_left() -> None:
    assert drawn([], [1.0, 2.0], {1}, 4, lambda _: 0) == []
    assert sorted(drawn(new(1, 2), [1.0, 2.0], {1}, 4, lambda _: 0)) == [1, 2]


BEFORE = [(row, row) for row in GOLD[:8]]
FRESH = GOLD[8:12]


def lower(grid: Grid, by: int = 1) -> Grid:
    return [[max(1, value - by) for value in row] for row in grid]


def decided(ratings: Grid, gold: Grid = FRESH, unsafe: set[tuple[int, int]] | None = None, reserve: int = 4) -> Outcome:
    before = still_counted(BEFORE, len(ratings), LINES)
    return decide_refresh(Refresh(7, 4, reserve, gold, ratings, unsafe or set(), before), DEFAULT_POLICY)


def test_it_renews_who_rates_as_before() -> None:
    outcome = decided(FRESH)
    assert (outcome.result, outcome.stage, outcome.findings) == (StageOutcome.PASS, 1, ())
    assert outcome.together is not None
    assert (outcome.together.responses, outcome.together.measures.cells) == (12, 48)


def test_good_ratings_before_a_drift_do_not_outweigh_what_is_rated_now() -> None:
    """The last 12 are within every line, as SCIENCE 1.4 asks; the four alone are 0.8 points too severe."""
    drifted = lower(FRESH)
    first = decided(drifted)
    assert first.together is not None
    assert min(first.together.margins.all) > 0
    assert first.margins.mean_error < 0
    assert (first.result, first.findings) == (StageOutcome.EXTEND, ())
    both = FRESH + GOLD[:4]
    last = decided(lower(both), both)
    assert (last.result, last.stage) == (StageOutcome.NOT_YET, 2)
    assert [one.kind for one in last.findings] == [FindingKind.TOO_SEVERE]
    assert headline(last, SEVEN_POINTS) == "Not yet: you are 0.8 points stricter than the reference"
    assert decided(drifted, reserve=0).result is StageOutcome.NOT_YET


def test_who_does_better_on_four_more_is_renewed() -> None:
    both = FRESH + GOLD[:4]
    outcome = decided(lower(FRESH) + GOLD[:4], both)
    assert (outcome.result, outcome.stage) == (StageOutcome.PASS, 2)


def test_bad_ratings_before_count_too_and_the_page_says_what_of_them() -> None:
    before = [(low, row) for low, row in zip(lower(GOLD[:8]), GOLD[:8], strict=True)]
    told = Refresh(7, 4, 0, FRESH, FRESH, set(), before)
    outcome = decide_refresh(told, replace(DEFAULT_POLICY, scales=(replace(SEVEN_POINTS, mean_error=0.5),)))
    assert outcome.result is StageOutcome.NOT_YET
    assert outcome.margins.mean_error == 0.5
    assert outcome.together is not None
    assert outcome.off == outcome.together.measures
    size = f"{abs(outcome.off.mean_error):.1f}"
    assert headline(outcome, SEVEN_POINTS) == f"Not yet: you are {size} points stricter than the reference"


def test_a_miss_on_an_unsafe_response_is_not_yet_and_is_told_where_it_stands_in_the_form() -> None:
    missed = [[5, *FRESH[3][1:]]]
    gold = [[1, *FRESH[3][1:]]]
    outcome = decided(FRESH[:3] + missed, FRESH[:3] + gold, {(3, 0)})
    assert outcome.result is StageOutcome.NOT_YET
    told = placed(outcome, [4, 8, 9, 11])
    assert told.safety.misses == ((11, 0),)
    assert told.findings[0].cells == ((11, 0),)


def test_a_number_of_ratings_that_was_not_asked_for_is_refused() -> None:
    with pytest.raises(ValueError, match="5 responses are rated; 4 or 8 are needed"):
        decided(GOLD[:5], GOLD[:5])


@given(ratings=grids(4, 4), unsafe=st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=3))
def test_an_outcome_is_read_as_it_was_stored(ratings: Grid, unsafe: set[tuple[int, int]]) -> None:
    outcome = decided(ratings, unsafe=unsafe)
    assert stored_outcome(outcome_values(outcome)) == outcome


@given(ratings=grids(8, 4), order=st.permutations(range(4)))
def test_the_order_of_the_competencies_changes_nothing(ratings: Grid, order: list[int]) -> None:
    gold = FRESH + GOLD[:4]
    turned = [[row[j] for j in order] for row in ratings]
    before = [([own[j] for j in order], [ref[j] for j in order]) for own, ref in still_counted(BEFORE, 8, LINES)]
    told = Refresh(7, 4, 4, [[row[j] for j in order] for row in gold], turned, set(), before)
    assert decide_refresh(told, DEFAULT_POLICY).result is decided(ratings, gold).result
