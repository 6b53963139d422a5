"""The measures of an attempt: textbook values, and what must and must not move them."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from hiringkit.calibration.rules.measures import (
    differential_accuracy,
    double_centred,
    measures,
    quadratic_kappa,
    slope_on_gold,
)
from hiringkit.calibration.rules.undefined import Undefined
from tests.calibration.strategies import Grid, grids, is_varied

Floats = NDArray[np.float64]

GOLD: Grid = [[1, 4, 6], [7, 3, 2], [5, 5, 1], [2, 6, 7]]


@given(grids(8, 6).filter(is_varied))
def test_perfect_agreement_is_exact(gold: Grid) -> None:
    found = measures(gold, gold, 7)
    assert (found.mean_error, found.absolute_error, found.slope, found.differential_accuracy) == (0, 0, 1, 1)
    assert (found.exact_agreement, found.within_one, found.kappa_quadratic) == (1, 1, 1)


@given(grids(8, 6, 2, 6), grids(8, 6), st.sampled_from([-1, 1]))
def test_shifting_every_rating_shifts_the_mean_error_only(ratings: Grid, gold: Grid, shift: int) -> None:
    shifted = [[value + shift for value in row] for row in ratings]
    before, after = measures(ratings, gold, 7), measures(shifted, gold, 7)
    assert after.mean_error == pytest.approx(before.mean_error + shift)
    assert after.slope == before.slope
    assert after.differential_accuracy == before.differential_accuracy


@given(grids(8, 6), grids(8, 6), st.permutations(range(8)), st.permutations(range(6)))
def test_the_order_of_responses_and_of_competencies_changes_nothing(
    ratings: Grid, gold: Grid, rows: list[int], columns: list[int]
) -> None:
    def reordered(grid: Grid) -> Grid:
        return [[grid[i][j] for j in columns] for i in rows]

    assert measures(reordered(ratings), reordered(gold), 7) == measures(ratings, gold, 7)


def centred(z: Floats) -> Floats:
    """Double-centre as SCIENCE 1.3 writes it."""
    rows, columns = z.mean(axis=1, keepdims=True), z.mean(axis=0, keepdims=True)
    return np.asarray(z - rows - columns + z.mean(), dtype=np.float64)


@given(grids(8, 5), grids(8, 5))
def test_the_figures_are_those_of_the_formulas_in_floating_point(ratings: Grid, gold: Grid) -> None:
    assume(is_varied(gold))
    x, g = np.array(ratings, dtype=float), np.array(gold, dtype=float)
    found = measures(ratings, gold, 7)
    spread = ((g - g.mean()) ** 2).sum()
    assert found.slope == pytest.approx(((x - x.mean()) * (g - g.mean())).sum() / spread)
    own, reference = centred(x).ravel(), centred(g).ravel()
    size = math.sqrt((own**2).sum() * (reference**2).sum())
    expected = (own * reference).sum() / size if size > 1e-9 else 0.0
    assert found.differential_accuracy == pytest.approx(expected, abs=1e-12)


@given(grids(8, 5), grids(8, 5))
def test_every_measure_stays_in_its_range(ratings: Grid, gold: Grid) -> None:
    found = measures(ratings, gold, 7)
    assert abs(found.mean_error) <= found.absolute_error <= 6
    assert -1 - 1e-12 <= found.differential_accuracy <= 1 + 1e-12
    assert 0 <= found.exact_agreement <= found.within_one <= 1
    assert isinstance(found.kappa_quadratic, Undefined) or found.kappa_quadratic <= 1


def test_agreement_in_plain_words_counts_cells() -> None:
    found = measures([[1, 3], [5, 7]], [[1, 4], [3, 7]], 7)
    assert (found.exact_agreement, found.within_one) == (0.5, 0.75)


def test_a_flat_rater_has_no_differential_accuracy_and_no_slope() -> None:
    found = measures([[4, 4, 4]] * 4, GOLD, 7)
    assert (found.slope, found.differential_accuracy, found.kappa_quadratic) == (0, 0, 0)


def test_halo_keeps_the_slope_and_loses_differential_accuracy() -> None:
    gold = [[1, 3], [6, 4], [5, 7]]
    halo = [[2, 2], [5, 5], [6, 6]]
    found = measures(halo, gold, 7)
    assert isinstance(found.slope, float)
    assert found.slope > 0.7
    assert found.differential_accuracy == 0


def test_gold_that_is_all_alike_leaves_named_states() -> None:
    found = measures([[4, 4], [4, 4]], [[4, 4], [4, 4]], 7)
    assert found.slope is Undefined.CONSTANT_REFERENCE
    assert found.kappa_quadratic is Undefined.ONE_CATEGORY
    assert found.differential_accuracy == 0


def test_two_raters_who_each_use_another_single_category_agree_at_chance() -> None:
    assert quadratic_kappa([3, 3], [5, 5]) == 0


def test_worked_values() -> None:
    assert slope_on_gold([2, 4, 6], [1, 4, 7]) == pytest.approx(2 / 3)
    assert double_centred([[1, 5], [5, 1]]) == [[-8, 8], [8, -8]]
    assert differential_accuracy([[1, 5], [5, 1]], [[5, 1], [1, 5]]) == -1


@pytest.mark.parametrize(
    ("ratings", "gold", "fault"),
    [
        ([], [], "at least one"),
        ([[]], [[]], "at least one"),
        ([[1, 2], [3]], [[1, 2], [3, 4]], "every competency"),
        ([[1, 2]], [[1, 2], [3, 4]], "same number"),
        ([[1, 2, 3]], [[1, 2]], "same number"),
        ([[0, 2]], [[1, 2]], "from 1 to 7"),
        ([[1, 8]], [[1, 2]], "from 1 to 7"),
        ([[1, 2]], [[1, 8]], "from 1 to 7"),
    ],
)
def test_grids_that_cannot_be_compared_are_refused(ratings: Grid, gold: Grid, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        measures(ratings, gold, 7)
