"""Agreement beyond chance with gaps and many raters: exact limits, named states, and intervals from a seed."""

import math
import random
from collections.abc import Callable
from dataclasses import astuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hiringkit.calibration.rules.agreement import (
    Metric,
    agreement_report,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    icc,
    krippendorff_alpha,
)
from hiringkit.calibration.rules.measures import quadratic_kappa
from hiringkit.calibration.rules.undefined import Undefined
from tests.calibration.strategies import Grid, grids

Gapped = list[list[int | None]]
SCALE = range(1, 8)
MEASURES: dict[str, Callable[[Gapped], float | Undefined]] = {
    "nominal": lambda table: krippendorff_alpha(table, Metric.NOMINAL),
    "ordinal": lambda table: krippendorff_alpha(table, Metric.ORDINAL),
    "interval": lambda table: krippendorff_alpha(table, Metric.INTERVAL),
    "ratio": lambda table: krippendorff_alpha(table, Metric.RATIO),
    "AC1": lambda table: gwet_ac1(table, SCALE),
    "AC2": lambda table: gwet_ac2(table, SCALE),
}
each_measure = pytest.mark.parametrize("name", MEASURES)


def gapped(rows: int, columns: int) -> st.SearchStrategy[Gapped]:
    """Tables in which some raters have not rated some targets."""
    row = st.lists(st.one_of(st.none(), st.integers(1, 7)), min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


@each_measure
@given(column=grids(6, 1), raters=st.integers(2, 5))
def test_full_agreement_is_exactly_one(name: str, column: Grid, raters: int) -> None:
    assume(len({row[0] for row in column}) > 1)
    assert MEASURES[name]([list(row * raters) for row in column]) == 1.0


@each_measure
@given(table=gapped(7, 4), rows=st.permutations(range(7)), columns=st.permutations(range(4)))
def test_the_order_of_targets_and_raters_changes_nothing(
    name: str, table: Gapped, rows: list[int], columns: list[int]
) -> None:
    assert MEASURES[name]([[table[i][j] for j in columns] for i in rows]) == MEASURES[name](table)


@each_measure
@given(table=gapped(6, 3))
def test_no_coefficient_is_ever_nan_or_above_one(name: str, table: Gapped) -> None:
    found = MEASURES[name](table)
    assert isinstance(found, Undefined) or (math.isfinite(found) and found <= 1)


@given(grids(8, 3, 1, 5), st.integers(0, 2))
def test_a_shift_of_the_scale_changes_no_alpha_but_that_of_ratios(table: Grid, shift: int) -> None:
    moved = [[value + shift for value in row] for row in table]
    for metric in (Metric.NOMINAL, Metric.ORDINAL, Metric.INTERVAL):
        assert krippendorff_alpha(moved, metric) == krippendorff_alpha(table, metric)


@given(grids(8, 2))
def test_interval_alpha_of_two_raters_is_that_of_the_pairs_written_out(table: Grid) -> None:
    values = [value for row in table for value in row]
    expected = sum((a - b) ** 2 for a in values for b in values) / (len(values) * (len(values) - 1))
    assume(expected > 0)
    observed = sum((first - second) ** 2 for first, second in table) / len(table)
    assert krippendorff_alpha(table, Metric.INTERVAL) == pytest.approx(1 - observed / expected)


def test_targets_with_one_rating_are_left_out_of_alpha() -> None:
    table: Gapped = [[1, 2], [4, 4], [6, 5]]
    assert krippendorff_alpha([*table, [7, None], [None, None]], Metric.ORDINAL) == krippendorff_alpha(
        table, Metric.ORDINAL
    )


def test_degenerate_tables_have_a_named_state() -> None:
    assert krippendorff_alpha([[4, 4], [4, 4]], Metric.ORDINAL) is Undefined.ONE_CATEGORY
    assert krippendorff_alpha([[4, None], [None, 2]], Metric.ORDINAL) is Undefined.NO_PAIRS
    assert gwet_ac2([[4, None], [None, 2]], SCALE) is Undefined.NO_PAIRS
    assert gwet_ac1([[4, 4], [4, 4]], SCALE) == 1, "AC1 is defined where one category is used everywhere"
    assert fleiss_kappa([[0, 3], [0, 3]]) is Undefined.ONE_CATEGORY
    assert fleiss_kappa([[0, 1], [1, 0]]) is Undefined.ONE_RATER


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match="same number of raters"):
        fleiss_kappa([[2, 1], [1, 1]])
    with pytest.raises(ValueError, match="8 is none of the values"):
        gwet_ac1([[1, 8]], SCALE)
    with pytest.raises(ValueError, match="at least one target"):
        krippendorff_alpha([], Metric.ORDINAL)
    with pytest.raises(ValueError, match="two categories"):
        gwet_ac1([[1, 1]], [1])


@given(grids(7, 3, 1, 4))
def test_fleiss_is_one_for_agreement_and_blind_to_order(table: Grid) -> None:
    counts = [[row.count(value) for value in range(1, 5)] for row in table]
    assert fleiss_kappa(counts[::-1]) == fleiss_kappa(counts)
    if len({row[0] for row in table}) > 1:
        assert fleiss_kappa([[3 * (row[0] == value) for value in range(1, 5)] for row in table]) == 1.0


def rated(targets: int, raters: int, seed: int) -> Grid:
    draw = random.Random(seed)
    true = [draw.gauss(4, 1.5) for _ in range(targets)]
    return [[min(7, max(1, round(level + draw.gauss(0, 0.8)))) for _ in range(raters)] for level in true]


def test_the_report_of_two_raters_has_every_figure_between_its_limits() -> None:
    table = rated(60, 2, seed=1)
    found = agreement_report(table, 7, seed=5)
    assert (found.targets, found.ratings, found.seed) == (60, 120, 5)
    assert found.alpha == krippendorff_alpha(table, Metric.ORDINAL)
    assert found.kappa == pytest.approx(quadratic_kappa([row[0] for row in table], [row[1] for row in table]))
    assert found.ac2 == gwet_ac2(table, SCALE)
    assert (found.icc_absolute_1, found.icc_interval) == (icc(table).absolute_1, icc(table).absolute_1_interval)
    assert found.within_one == sum(abs(first - second) <= 1 for first, second in table) / 60
    for value, interval in ((found.alpha, found.alpha_interval), (found.kappa, found.kappa_interval)):
        assert isinstance(interval, tuple)
        assert isinstance(value, float)
        assert interval[0] < value < interval[1]
        assert interval[1] - interval[0] < 0.4


def test_a_report_is_the_same_again_from_its_seed_alone() -> None:
    table = rated(40, 3, seed=2)
    assert agreement_report(table, 7, seed=9) == agreement_report(table, 7, seed=9)
    assert agreement_report(table, 7, seed=9).alpha_interval != agreement_report(table, 7, seed=10).alpha_interval


def test_resampled_intervals_are_as_wide_as_estimates_differ() -> None:
    # The standard error of alpha over 200 fresh samples against a quarter of the interval of one of them.
    alphas = [krippendorff_alpha(rated(80, 2, seed), Metric.ORDINAL) for seed in range(200)]
    values = [value for value in alphas if isinstance(value, float)]
    middle = sum(values) / len(values)
    error = math.sqrt(sum((value - middle) ** 2 for value in values) / len(values))
    interval = agreement_report(rated(80, 2, seed=500), 7, seed=1).alpha_interval
    assert isinstance(interval, tuple)
    assert (interval[1] - interval[0]) / 3.92 == pytest.approx(error, rel=0.4)


def test_what_cannot_be_said_has_its_reason() -> None:
    few = agreement_report(rated(9, 3, seed=3), 7, seed=1)
    assert (few.alpha, few.alpha_interval, few.kappa) == (Undefined.TOO_FEW, Undefined.TOO_FEW, Undefined.MANY_RATERS)
    assert agreement_report(rated(9, 2, seed=3), 7, seed=1).kappa_interval is Undefined.TOO_FEW
    with_gap = agreement_report([[1, 2, None], [3, 3, 4], [5, None, None]], 7, seed=1)
    assert (with_gap.icc_absolute_1, with_gap.targets) == (Undefined.GAPS, 2)
    alike = agreement_report([[4, 4]] * 30, 7, seed=1)
    assert (alike.alpha, alike.kappa, alike.exact) == (Undefined.ONE_CATEGORY, Undefined.ONE_CATEGORY, 1.0)
    empty = agreement_report([[4, None]] * 30, 7, seed=1)
    assert set(astuple(empty)) == {0, 1, Undefined.NO_PAIRS}


@given(gapped(25, 3))
def test_no_figure_of_a_report_is_ever_nan(table: Gapped) -> None:
    for value in astuple(agreement_report(table, 7, seed=1)):
        parts = value if isinstance(value, tuple) else (value,)
        assert all(isinstance(part, Undefined) or math.isfinite(part) for part in parts)
