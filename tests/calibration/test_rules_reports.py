"""A report describes a form from its raters: figures by hand, and what must not move them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.reports import (
    FEWEST_RATERS,
    correlation,
    gold_spread,
    item_figures,
    nobody_right,
)
from hiringkit.calibration.rules.undefined import Undefined
from tests.calibration.strategies import Grid, grids

GOLD: Grid = [[1, 4], [7, 2], [3, 6]]
TEN = st.lists(grids(4, 3), min_size=FEWEST_RATERS, max_size=14)


def off_by(*points: int) -> Grid:
    """Return an attempt at GOLD that is off by so many points, response by response."""
    return [
        [value + off if value + off <= 7 else value - off for value in row]
        for row, off in zip(GOLD, points, strict=True)
    ]


def test_a_response_that_follows_the_others_separates_and_one_that_does_not_is_named() -> None:
    close, far = off_by(0, 1, 0), off_by(2, 1, 2)
    first, second, third = item_figures(GOLD, [close] * 5 + [far] * 5)
    assert (first.raters, first.mean_distance, first.separation) == (10, 1.0, 1.0)
    assert first.separates
    assert (second.mean_distance, second.separation) == (1.0, Undefined.NO_VARIATION)
    assert not second.separates
    assert third.separation == pytest.approx(1.0)


def test_a_response_on_which_distant_raters_are_close_has_a_separation_below_nought() -> None:
    told = item_figures(GOLD, [off_by(2, 0, 0)] * 5 + [off_by(0, 2, 2)] * 5)
    assert told[0].separation == -1.0
    assert not told[0].separates


def test_a_rating_that_one_rater_of_ten_gets_right_is_not_listed() -> None:
    never = [off_by(1, 1, 1)] * 10
    assert nobody_right(item_figures(GOLD, never)) == ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1))
    once = [*never[:9], [[1, 5], *never[9][1:]]]
    assert nobody_right(item_figures(GOLD, once)) == ((0, 1), (1, 0), (1, 1), (2, 0), (2, 1))


def test_below_ten_raters_a_response_has_no_figures() -> None:
    reserve = item_figures(GOLD, [off_by(1, 1, 1)] * 9 + [off_by(1, 1, 1)[:2]])[2]
    assert (reserve.raters, reserve.mean_distance, reserve.separation, reserve.nobody_right) == (9, None, None, ())
    assert reserve.separates


@pytest.mark.parametrize("attempt", [[[1]] * 3, [[1, 4]] * 4])
def test_an_attempt_of_another_shape_is_refused(attempt: Grid) -> None:
    with pytest.raises(ValueError, match="shape of the form"):
        item_figures(GOLD, [attempt])


def test_the_spread_of_the_gold_is_described() -> None:
    spread = gold_spread([[1, 7], [7, 1]], points=7)
    assert (spread.sd, spread.profile_sd, spread.low, spread.middle, spread.high) == (3.0, 3.0, 0.5, 0.0, 0.5)


def test_figures_by_hand_of_a_correlation() -> None:
    assert correlation([1, 2, 3, 4], [1, 3, 2, 4]) == pytest.approx(0.8)
    assert correlation([1, 1, 1], [1, 2, 3]) is Undefined.NO_VARIATION


@given(grids(4, 3), TEN, st.randoms(use_true_random=False))
def test_the_order_of_the_raters_changes_nothing(gold: Grid, attempts: list[Grid], lots: random.Random) -> None:
    mixed = list(attempts)
    lots.shuffle(mixed)
    assert item_figures(gold, mixed) == item_figures(gold, attempts)


@given(grids(4, 3), TEN, st.permutations(range(4)))
def test_the_order_of_the_responses_moves_their_figures_and_nothing_else(
    gold: Grid, attempts: list[Grid], order: list[int]
) -> None:
    before = item_figures(gold, attempts)
    after = item_figures([gold[i] for i in order], [[ratings[i] for i in order] for ratings in attempts])
    assert list(after) == [before[i] for i in order]


@given(grids(4, 3), st.integers(FEWEST_RATERS, 20))
def test_raters_who_agree_with_the_gold_tell_nobody_apart(gold: Grid, raters: int) -> None:
    for item in item_figures(gold, [gold] * raters):
        assert (item.mean_distance, item.separation, item.nobody_right) == (0, Undefined.NO_VARIATION, ())


@given(grids(4, 3), TEN)
def test_a_separation_is_a_correlation_or_has_a_named_state(gold: Grid, attempts: list[Grid]) -> None:
    for item in item_figures(gold, attempts):
        assert isinstance(item.separation, Undefined) or (item.separation is not None and -1 <= item.separation <= 1)
