"""The simulation decides as the rule does, reproduces the published rows, and is the same again from its seed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.default_tables import DEFAULT_TABLES
from hiringkit.calibration.rules.operating import (
    Design,
    OperatingTable,
    lines_hash,
    stated_rates,
    table_problems,
    tables_from_json,
    tables_to_json,
    usual_design,
)
from hiringkit.calibration.rules.passing import Attempt, StageOutcome, decide
from hiringkit.calibration.rules.policy import DEFAULT_POLICY, FIVE_POINTS, SEVEN_POINTS, ScaleLines
from hiringkit.calibration.rules.refreshing import Refresh, decide_refresh, still_counted
from hiringkit.calibration.rules.simulation import RATERS, decided, operating_table, renewed
from tests.calibration.strategies import Grid, grids

FIRST, ALL, COLUMNS = 4, 6, 3

# SCIENCE 1.3: probability of passing. Both columns of 1.5 points are printed as one there, and so are the last two.
KINDS = tuple(RATERS)
DEFAULT_ROW = (1.0, 0.97, 0.66, 0.04, 0.03, 0, 0, 0.03, 0, 0.00, 0.02, 0, 0)
CLAUSE_ROW = (1.0, 0.95, 0.60, 0.06, 0.02, 0, 0, 0.03, 0, 0, 0.00, 0, 0)
FIVE_POINT_ROW = (0.99, 0.91, 0.55, 0.08, 0.07, 0, 0, 0.04, 0, 0.00, 0.05, 0, 0)
ONE_STAGE_ROW = (0.99, 0.92, 0.59, 0.06, 0.05, 0, 0, 0.06, 0.00, 0.01, 0.04, 0, 0)
EIGHT_BY_FIVE_ROW = (1.0, 0.99, 0.78, 0.01, 0.01, 0, 0, 0.02, 0, 0.00, 0.01, 0, 0)


def passes(table: OperatingTable) -> dict[str, float]:
    return {row.kind: row.passes for row in table.rows}


@pytest.mark.parametrize(
    ("design", "row"),
    [
        (Design(7, 8, 4, 6, 3, unsafe=0), DEFAULT_ROW),
        (Design(7, 8, 4, 6, 3, unsafe=4), CLAUSE_ROW),
        (Design(5, 8, 4, 6, 3, unsafe=0), FIVE_POINT_ROW),
        (Design(7, 8, 0, 6, 3, unsafe=0), ONE_STAGE_ROW),
        (Design(7, 8, 4, 8, 5, unsafe=0, raters=2000), EIGHT_BY_FIVE_ROW),
    ],
    ids=["default", "clause in force", "1-5", "one stage", "8 competencies, 5 experts"],
)
def test_published_rows_come_out_within_three_in_a_hundred(design: Design, row: tuple[float, ...]) -> None:
    published = dict(zip(KINDS, row, strict=True))
    assert passes(operating_table(DEFAULT_POLICY, design)) == pytest.approx(published, abs=0.03)


def test_the_shipped_tables_are_the_default_policys_and_come_out_again() -> None:
    assert table_problems(DEFAULT_POLICY, DEFAULT_TABLES) == ()
    for shipped in DEFAULT_TABLES:
        again = operating_table(DEFAULT_POLICY, replace(shipped.design, raters=2000, seed=3))
        assert passes(again) == pytest.approx(passes(shipped), abs=0.03)
        assert [row.extended for row in again.rows] == pytest.approx([row.extended for row in shipped.rows], abs=0.04)


def one_by_one(gold: Grid, ratings: Grid, unsafe: set[tuple[int, int]], lines: ScaleLines) -> tuple[bool, bool]:
    """Return whether an attempt passes and whether it is extended, as `decide` says."""
    policy = replace(DEFAULT_POLICY, scales=(lines,))
    first = decide(Attempt(lines.points, FIRST, gold, ratings[:FIRST], unsafe), policy).result
    if first is not StageOutcome.EXTEND:
        return first is StageOutcome.PASS, False
    return decide(Attempt(lines.points, FIRST, gold, ratings, unsafe), policy).result is StageOutcome.PASS, True


def near(gold: Grid, moves: Grid, points: int) -> Grid:
    """Return ratings that differ from the gold by the moves, kept on the scale."""
    pairs = (zip(*rows, strict=True) for rows in zip(gold, moves, strict=True))
    return [[min(points, max(1, value + move)) for value, move in row] for row in pairs]


cells = st.sets(st.tuples(st.integers(0, ALL - 1), st.integers(0, COLUMNS - 1)), max_size=3)


@pytest.mark.parametrize("lines", [SEVEN_POINTS, FIVE_POINTS], ids=["1-7", "1-5"])
@given(data=st.data())
def test_many_forms_at_once_are_decided_as_each_by_the_rule(lines: ScaleLines, data: st.DataObject) -> None:
    gold = data.draw(st.lists(grids(ALL, COLUMNS, 1, lines.points), min_size=3, max_size=6))
    moved = [near(one, data.draw(grids(ALL, COLUMNS, -1, 1)), lines.points) for one in gold]
    moved[0] = data.draw(grids(ALL, COLUMNS, 1, lines.points))
    gold[1] = [[4] * COLUMNS] * ALL
    unsafe = [data.draw(cells) for _ in gold]
    flags = np.zeros((len(gold), ALL, COLUMNS), dtype=bool)
    for number, own in enumerate(unsafe):
        for i, j in own:
            flags[number, i, j] = True
    through, asked = decided(np.array(moved), np.array(gold), flags, lines, FIRST)
    expected = [one_by_one(*one, lines) for one in zip(gold, moved, unsafe, strict=True)]
    assert list(zip(through.tolist(), asked.tolist(), strict=True)) == expected


@pytest.mark.parametrize("lines", [SEVEN_POINTS, FIVE_POINTS], ids=["1-7", "1-5"])
@given(data=st.data())
def test_many_refreshes_at_once_are_decided_as_each_by_the_rule(lines: ScaleLines, data: st.DataObject) -> None:
    policy = replace(DEFAULT_POLICY, scales=(lines,))
    gold = data.draw(st.lists(grids(16, COLUMNS, 1, lines.points), min_size=2, max_size=5))
    own = [near(one, data.draw(grids(16, COLUMNS, -1, 1)), lines.points) for one in gold]
    rated, reference = np.array(own), np.array(gold)
    flags = np.zeros((len(gold), 8, COLUMNS), dtype=bool)
    unsafe = [data.draw(st.sets(st.tuples(st.integers(0, 7), st.integers(0, COLUMNS - 1)), max_size=2)) for _ in gold]
    for number, places in enumerate(unsafe):
        for i, j in places:
            flags[number, i, j] = True
    before, given = (rated[:, :8], reference[:, :8]), (rated[:, 8:], reference[:, 8:])
    through = renewed(before, given, flags, lines, (4, 12))
    expected = []
    for ratings, golden, places in zip(own, gold, unsafe, strict=True):
        pairs = list(zip(ratings[:8], golden[:8], strict=True))
        for number in (4, 8):
            kept = still_counted(pairs, number, policy.standing)
            met = {(i, j) for i, j in places if i < number}
            told = Refresh(lines.points, 4, 4, golden[8 : 8 + number], ratings[8 : 8 + number], met, kept)
            result = decide_refresh(told, policy).result
            if result is not StageOutcome.EXTEND:
                break
        expected.append(result is StageOutcome.PASS)
    assert through.tolist() == expected


def test_a_refresh_finds_who_has_drifted_since_and_renews_who_has_not() -> None:
    table = operating_table(DEFAULT_POLICY, usual_design(DEFAULT_POLICY, 7, raters=2000, seed=5))
    renews = {row.kind: row.renews for row in table.rows}
    assert renews == pytest.approx({row.kind: row.renews for row in DEFAULT_TABLES[0].rows}, abs=0.03)
    rates = table.renewal_rates
    assert rates is not None
    assert (rates.responses, rates.decides_on, dict(rates.renews)) == (4, 12, renews)


def test_a_refresh_is_simulated_only_where_sizes_are_given_and_somebody_has_passed() -> None:
    whole = replace(usual_design(DEFAULT_POLICY, 7, raters=20), refresh=None)
    assert operating_table(DEFAULT_POLICY, whole).renewal_rates is None
    nobody = replace(DEFAULT_POLICY, scales=(replace(SEVEN_POINTS, absolute_error=0.01), FIVE_POINTS))
    table = operating_table(nobody, usual_design(nobody, 7, raters=20))
    assert {row.renews for row in table.rows} == {None}
    assert tables_from_json(tables_to_json([table])) == (table,)


@pytest.mark.parametrize("refresh", [(1, 12), (4, 3)])
def test_a_refresh_that_decides_on_less_than_it_has_is_refused(refresh: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="A refresh needs at least 2 responses"):
        Design(7, 8, 4, 6, 3, 0, refresh=refresh)


def test_a_margin_on_its_line_is_on_it_for_many_forms_too() -> None:
    # Four cells of ten one point too low leave a margin of 0.60 - 0.40, which binary fractions put below 0.2.
    gold = np.array([[[1, 7, 2, 6, 4], [7, 2, 5, 1, 3]], [[1, 7, 2, 6, 4], [7, 2, 5, 1, 3]]])
    ratings = gold.copy()
    ratings[0] -= np.array([[0, 1, 0, 1, 0], [1, 0, 1, 0, 0]])
    both = np.concatenate([ratings, ratings], axis=1), np.concatenate([gold, gold], axis=1)
    through, asked = decided(*both, np.zeros_like(both[0], dtype=bool), SEVEN_POINTS, 2)
    assert (through.tolist(), asked.tolist()) == ([True, True], [False, False])


def test_the_same_seed_gives_the_same_table_and_another_one_does_not() -> None:
    design = Design(7, 8, 4, 6, 3, unsafe=4, raters=300, seed=2)
    told: list[int] = []
    table = operating_table(DEFAULT_POLICY, design, told.append)
    assert table == operating_table(DEFAULT_POLICY, design)
    assert sum(told) == 300 * len(RATERS)
    assert table.rows != operating_table(DEFAULT_POLICY, replace(design, seed=3)).rows
    assert tables_from_json(tables_to_json([table])) == (table,)


def test_stricter_lines_let_fewer_through() -> None:
    design = Design(7, 8, 4, 6, 3, unsafe=0, raters=500)
    strict = replace(DEFAULT_POLICY, scales=(replace(SEVEN_POINTS, absolute_error=0.7), FIVE_POINTS))
    before, after = passes(operating_table(DEFAULT_POLICY, design)), passes(operating_table(strict, design))
    assert after["good"] < before["good"] - 0.2
    assert after["fair"] < before["fair"] - 0.2


def test_a_table_belongs_to_the_lines_and_sizes_that_it_was_simulated_under() -> None:
    design = usual_design(DEFAULT_POLICY, 7, raters=50)
    tables = [
        OperatingTable(replace(design, points=lines.points), lines_hash(lines), ()) for lines in DEFAULT_POLICY.scales
    ]
    assert table_problems(DEFAULT_POLICY, tables) == ()
    lax = replace(DEFAULT_POLICY, scales=(replace(SEVEN_POINTS, slope=0.1), FIVE_POINTS))
    assert table_problems(lax, tables) == (
        "The error rates on a scale of 1 to 7 have not been simulated under these lines.",
    )
    longer = replace(DEFAULT_POLICY, form=replace(DEFAULT_POLICY.form, reserve_block=6))
    assert len(table_problems(longer, tables)) == 2
    without_clause = [replace(table, design=replace(table.design, unsafe=0)) for table in tables]
    assert len(table_problems(DEFAULT_POLICY, without_clause)) == 2


def test_rates_are_those_of_the_scale_and_none_where_none_were_stated() -> None:
    table = operating_table(DEFAULT_POLICY, usual_design(DEFAULT_POLICY, 5, raters=50, seed=4))
    rates = stated_rates(DEFAULT_POLICY, [table], 5)
    assert rates is not None
    assert (rates.seed, rates.raters, rates.passes[0]) == (4, 50, ("expert", table.rows[0].passes))


@pytest.mark.parametrize(
    "sizes",
    [
        (7, 1, 4, 6, 3, 0),
        (7, 8, 4, 1, 3, 0),
        (7, 8, 4, 6, 0, 0),
        (2, 8, 4, 6, 3, 0),
        (7, 8, -1, 6, 3, 0),
        (7, 2, 0, 2, 1, 5),
    ],
)
def test_sizes_on_which_nothing_can_be_measured_are_refused(sizes: tuple[int, int, int, int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"needs at least|cannot be below"):
        Design(*sizes)
