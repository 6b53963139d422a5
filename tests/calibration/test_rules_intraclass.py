"""Agreement statistics: textbook values, exact limits, and named states instead of NaN."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hiringkit.calibration.rules.agreement import (
    IntraclassCorrelations,
    disagreement_weights,
    icc,
    weighted_kappa_of_table,
)
from hiringkit.calibration.rules.f_distribution import f_quantile, incomplete_beta
from hiringkit.calibration.rules.measures import quadratic_kappa
from hiringkit.calibration.rules.undefined import Undefined
from tests.calibration.strategies import Grid, grids

SHROUT_FLEISS: Grid = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def points(found: IntraclassCorrelations) -> list[float | Undefined]:
    return [
        found.one_1,
        found.absolute_1,
        found.consistency_1,
        found.one_k,
        found.absolute_k,
        found.consistency_k,
    ]


def test_the_six_forms_are_those_of_shrout_and_fleiss() -> None:
    found = [value for value in points(icc(SHROUT_FLEISS)) if isinstance(value, float)]
    assert [f"{value:.2f}" for value in found] == ["0.17", "0.29", "0.71", "0.44", "0.62", "0.91"]


def test_the_interval_is_that_of_mcgraw_and_wong() -> None:
    # Printed by pingouin 0.7 and R psych for these data, as the reference case says.
    interval = icc(SHROUT_FLEISS).absolute_1_interval
    assert not isinstance(interval, Undefined)
    assert list(interval) == pytest.approx([0.018787, 0.761084], abs=1e-6)


@given(grids(6, 1), st.integers(2, 4))
def test_full_agreement_is_exactly_one(column: Grid, raters: int) -> None:
    assume(len({row[0] for row in column}) > 1)
    found = icc([row * raters for row in column])
    assert points(found) == [1.0] * 6
    assert found.absolute_1_interval == (1.0, 1.0)


@given(grids(6, 3), st.permutations(range(6)), st.permutations(range(3)))
def test_the_order_of_targets_and_raters_changes_nothing(table: Grid, rows: list[int], columns: list[int]) -> None:
    assert icc([[table[i][j] for j in columns] for i in rows]) == icc(table)


@given(grids(6, 3), st.integers(-3, 9))
def test_adding_the_same_to_every_rating_changes_nothing(table: Grid, shift: int) -> None:
    assert points(icc([[value + shift for value in row] for row in table])) == points(icc(table))


@given(grids(6, 2))
def test_a_constant_difference_between_raters_costs_agreement_and_not_consistency(table: Grid) -> None:
    assume(len({row[0] for row in table}) > 1)
    found = icc([[row[0], row[0] + 2] for row in table])
    assert found.consistency_1 == 1.0
    assert isinstance(found.absolute_1, float)
    assert found.absolute_1 < 1


@given(grids(8, 3))
def test_the_interval_encloses_the_estimate(table: Grid) -> None:
    found = icc(table)
    interval, point = found.absolute_1_interval, found.absolute_1
    if not isinstance(interval, Undefined) and not isinstance(point, Undefined):
        assert interval[0] - 1e-9 <= point <= interval[1] + 1e-9


@given(grids(5, 3, 1, 2))
def test_no_statistic_is_ever_nan(table: Grid) -> None:
    found = icc(table)
    interval = found.absolute_1_interval
    values = points(found) + ([] if isinstance(interval, Undefined) else list(interval))
    assert all(isinstance(value, Undefined) or math.isfinite(value) for value in values)


@pytest.mark.parametrize(
    ("table", "state"),
    [
        ([[1, 2, 3]], Undefined.ONE_TARGET),
        ([[1], [2]], Undefined.ONE_RATER),
        ([[4, 4], [4, 4]], Undefined.NO_VARIATION),
    ],
)
def test_degenerate_tables_have_a_named_state(table: Grid, state: Undefined) -> None:
    found = icc(table)
    assert [*points(found), found.absolute_1_interval] == [state] * 7


@pytest.mark.parametrize("table", [[], [[]], [[1, 2], [3]]])
def test_a_table_with_holes_is_refused(table: Grid) -> None:
    with pytest.raises(ValueError, match="full table"):
        icc(table)


def test_weighted_kappa_of_cohens_table() -> None:
    # Cohen (1960), table 1, as shares: observed agreement .29, chance .41 x .35 and so on.
    shares = [[0.25, 0.13, 0.12], [0.12, 0.02, 0.16], [0.03, 0.15, 0.02]]
    expected = 1 - (1 - 0.29) / (1 - (0.5 * 0.4 + 0.3 * 0.3 + 0.2 * 0.3))
    assert weighted_kappa_of_table(shares, disagreement_weights(3, "unweighted")) == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=40))
def test_the_table_and_the_lists_give_the_same_quadratic_kappa(pairs: list[tuple[int, int]]) -> None:
    counts = [[0] * 5 for _ in range(5)]
    for first, second in pairs:
        counts[first - 1][second - 1] += 1
    from_lists = quadratic_kappa([first for first, _ in pairs], [second for _, second in pairs])
    from_table = weighted_kappa_of_table(counts, disagreement_weights(5, "quadratic"))
    if isinstance(from_lists, Undefined):
        assert from_table is from_lists
    else:
        assert from_table == pytest.approx(from_lists)


def test_one_category_everywhere_leaves_kappa_undefined() -> None:
    assert weighted_kappa_of_table([[7, 0], [0, 0]], disagreement_weights(2, "linear")) is Undefined.ONE_CATEGORY


@pytest.mark.parametrize("table", [[[1, 2, 3], [4, 5, 6]], [[0, 0], [0, 0]], [[1]]])
def test_a_table_that_is_not_square_or_empty_is_refused(table: Grid) -> None:
    with pytest.raises(ValueError, match="square table"):
        weighted_kappa_of_table(table, disagreement_weights(2, "linear"))


def test_weights_of_an_unknown_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="cubic"):
        disagreement_weights(3, "cubic")


@pytest.mark.parametrize(
    ("p", "numerator", "denominator", "printed"),
    [
        (0.95, 3, 10, 3.7083),
        (0.975, 5, 10, 4.2361),
        (0.975, 1, 1, 647.789),
        (0.99, 2, 20, 5.8489),
        (0.95, 10, 3, 8.7855),
        (0.95, 120, 120, 1.3519),
    ],
)
def test_f_quantiles_are_those_of_the_printed_tables(
    p: float, numerator: float, denominator: float, printed: float
) -> None:
    assert f_quantile(p, numerator, denominator) == pytest.approx(printed, rel=5e-5)


@given(st.floats(0.001, 0.999), st.floats(0.5, 200))
def test_with_two_degrees_of_freedom_the_quantile_has_a_closed_form(p: float, denominator: float) -> None:
    closed = denominator / 2 * ((1 - p) ** (-2 / denominator) - 1)
    assert f_quantile(p, 2, denominator) == pytest.approx(closed, rel=1e-9)


@given(st.floats(0.01, 0.99), st.floats(0.7, 80), st.floats(0.7, 80))
def test_swapping_the_degrees_of_freedom_inverts_the_quantile(p: float, first: float, second: float) -> None:
    assert f_quantile(p, first, second) * f_quantile(1 - p, second, first) == pytest.approx(1, rel=1e-8)


@given(st.floats(0.5, 50), st.floats(0.5, 50), st.floats(0.001, 0.999))
def test_the_incomplete_beta_function_mirrors(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) + incomplete_beta(b, a, 1 - x) == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize(("p", "numerator", "denominator"), [(0, 1, 1), (1, 1, 1), (0.5, 0, 1), (0.5, 1, -1)])
def test_quantiles_that_do_not_exist_are_refused(p: float, numerator: float, denominator: float) -> None:
    with pytest.raises(ValueError, match="F quantile"):
        f_quantile(p, numerator, denominator)
