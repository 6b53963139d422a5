"""A form is refused with every failed check named; a panel's gold is held to its experts."""

from dataclasses import replace
from typing import Any

import pytest

from hiringkit.calibration.rules.forms import (
    ExerciseForm,
    FormCheck,
    GoldBasis,
    cells_to_settle,
    form_problems,
    gold_basis,
    gold_of_panel,
    panel_agreement,
    profile_sd,
    third_of_scale,
    unsafe_cells,
)
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.undefined import Undefined
from tests.calibration.strategies import Grid

GOLD: Grid = [
    [1, 3, 6, 4, 2],
    [6, 2, 5, 3, 7],
    [1, 7, 3, 5, 2],
    [5, 1, 7, 2, 6],
    [1, 5, 2, 6, 4],
    [7, 2, 4, 1, 6],
    [1, 4, 6, 3, 7],
    [6, 3, 1, 5, 2],
    [4, 6, 7, 2, 1],
    [7, 1, 5, 3, 6],
    [2, 4, 1, 6, 3],
    [6, 3, 7, 2, 5],
]
DRAFTED = ExerciseForm(points=7, gold=GOLD, safety_columns=frozenset({0}), basis=GoldBasis.DRAFTED)


def raised(grid: Grid, by: int) -> Grid:
    return [[min(7, value + by) for value in row] for row in grid]


PANEL = replace(DRAFTED, basis=GoldBasis.PANEL, panel=(GOLD, GOLD, raised(GOLD, 1)))


def checks(form: ExerciseForm) -> list[FormCheck]:
    return [problem.check for problem in form_problems(form, DEFAULT_POLICY)]


def mapped(change: dict[int, int]) -> Grid:
    return [[change.get(value, value) for value in row] for row in GOLD]


def with_first_column(values: list[int]) -> Grid:
    return [[value, *row[1:]] for value, row in zip(values, GOLD, strict=True)]


def test_a_good_form_passes_every_check() -> None:
    assert checks(DRAFTED) == []
    assert checks(PANEL) == []


@pytest.mark.parametrize("rows", [8, 11, 13])
def test_twelve_responses_are_needed(rows: int) -> None:
    form = replace(DRAFTED, gold=(GOLD + GOLD)[:rows])
    assert checks(form) == [FormCheck.RESPONSES]
    assert f"{rows} responses" in form_problems(form, DEFAULT_POLICY)[0].text


@pytest.mark.parametrize(("columns", "is_fine"), [(4, False), (5, True), (8, True), (9, False)])
def test_five_to_eight_competencies_are_needed(columns: int, is_fine: bool) -> None:
    form = replace(DRAFTED, gold=[(row + row)[:columns] for row in GOLD])
    assert (FormCheck.COMPETENCIES not in checks(form)) == is_fine


@pytest.mark.parametrize(
    ("change", "third"),
    [
        ({1: 3, 2: 3}, FormCheck.LOW_THIRD),
        ({3: 1, 4: 1, 5: 7}, FormCheck.MIDDLE_THIRD),
        ({6: 5, 7: 5}, FormCheck.HIGH_THIRD),
    ],
)
def test_each_third_of_the_scale_needs_its_share(change: dict[int, int], third: FormCheck) -> None:
    assert third in checks(replace(DRAFTED, gold=mapped(change)))
    assert third not in checks(DRAFTED)


@pytest.mark.parametrize(
    ("points", "low", "middle", "high"), [(7, {1, 2}, {3, 4, 5}, {6, 7}), (5, {1, 2}, {3}, {4, 5})]
)
def test_thirds_of_both_scales(points: int, low: set[int], middle: set[int], high: set[int]) -> None:
    for third, values in (
        (FormCheck.LOW_THIRD, low),
        (FormCheck.MIDDLE_THIRD, middle),
        (FormCheck.HIGH_THIRD, high),
    ):
        assert {value for value in range(1, points + 1) if third_of_scale(value, points) is third} == values


@pytest.mark.parametrize(("low_cells", "is_fine"), [(11, False), (12, True)])
def test_a_fifth_of_the_cells_is_enough_for_a_third_of_the_scale(low_cells: int, is_fine: bool) -> None:
    cells = [1] * low_cells + [4] * 24 + [7] * (36 - low_cells)
    gold = [cells[i::12] for i in range(12)]
    assert (FormCheck.LOW_THIRD not in checks(replace(DRAFTED, gold=gold))) == is_fine


def test_lines_are_reached_at_their_very_value() -> None:
    def problems(form: ExerciseForm, **form_lines: Any) -> list[FormCheck]:
        policy = replace(DEFAULT_POLICY, form=replace(DEFAULT_POLICY.form, **form_lines))
        return [problem.check for problem in form_problems(form, policy)]

    agreement = panel_agreement(PANEL.panel)
    assert isinstance(agreement, float)
    assert problems(PANEL, panel_icc=agreement) == []
    assert problems(PANEL, panel_icc=agreement + 1e-9) == [FormCheck.PANEL_AGREEMENT]
    assert problems(DRAFTED, profile_sd=profile_sd(GOLD)) == []
    assert problems(DRAFTED, profile_sd=profile_sd(GOLD) + 1e-9) == [FormCheck.PROFILE]


def test_every_competency_may_be_safety_critical() -> None:
    assert checks(replace(DRAFTED, safety_columns=frozenset(range(5)))) == []


def test_gold_that_hardly_varies_is_refused() -> None:
    assert FormCheck.SPREAD in checks(replace(DRAFTED, gold=mapped({1: 3, 2: 3, 6: 5, 7: 5})))


def test_flat_profiles_are_refused() -> None:
    flat = [[level] * 5 for level in (1, 2, 6, 7, 1, 4, 1, 7, 3, 5, 1, 6)]
    form = replace(DRAFTED, gold=flat, safety_columns=frozenset())
    assert checks(form) == [FormCheck.PROFILE]
    assert profile_sd(flat) == 0


def test_four_unsafe_answers_are_needed_in_the_first_block() -> None:
    moved = with_first_column([1, 6, 1, 5, 1, 7, 2, 6, 1, 7, 2, 6])
    assert checks(replace(DRAFTED, gold=moved)) == [FormCheck.UNSAFE_CELLS]


def test_four_clear_answers_are_needed_on_safety_critical_competencies() -> None:
    dark = with_first_column([1, 3, 1, 3, 1, 7, 1, 6, 3, 7, 2, 3])
    assert checks(replace(DRAFTED, gold=dark)) == [FormCheck.CLEAR_CELLS]
    # A gold of 4, where a miss begins, is clear.
    assert checks(replace(DRAFTED, gold=with_first_column([1, 3, 1, 3, 1, 7, 1, 6, 3, 7, 2, 4]))) == []


def test_a_set_without_a_safety_critical_competency_needs_no_unsafe_answer() -> None:
    assert checks(replace(DRAFTED, safety_columns=frozenset())) == []


def test_unsafe_cells_are_low_on_safety_critical_competencies_for_every_expert() -> None:
    assert unsafe_cells(DRAFTED, DEFAULT_POLICY) == ((0, 0), (2, 0), (4, 0), (6, 0))
    doubtful = [[3 if (i, j) == (2, 0) else value for j, value in enumerate(row)] for i, row in enumerate(GOLD)]
    assert (2, 0) not in unsafe_cells(replace(PANEL, panel=(GOLD, GOLD, doubtful)), DEFAULT_POLICY)


def test_panel_gold_needs_three_experts_and_drafted_gold_none() -> None:
    assert checks(replace(PANEL, panel=(GOLD, GOLD))) == [FormCheck.EXPERTS]
    assert checks(replace(DRAFTED, panel=())) == []


def test_panel_gold_must_be_the_median() -> None:
    assert checks(replace(PANEL, panel=(GOLD, raised(GOLD, 1), raised(GOLD, 1)))) == [FormCheck.GOLD_IS_MEDIAN]


def test_a_panel_that_disagrees_is_refused() -> None:
    upside_down = [[8 - value for value in row] for row in GOLD]
    mirrored = [[value if i % 2 else 8 - value for value in row] for i, row in enumerate(GOLD)]
    form = replace(PANEL, panel=(GOLD, upside_down, mirrored))
    form = replace(form, gold=gold_of_panel(form.panel))
    assert FormCheck.PANEL_AGREEMENT in checks(form)


def test_a_panel_that_never_varies_has_an_undefined_agreement() -> None:
    flat = [[4] * 5 for _ in range(12)]
    form = replace(PANEL, gold=flat, panel=(flat, flat, flat), safety_columns=frozenset())
    assert panel_agreement(form.panel) is Undefined.NO_VARIATION
    text = next(p.text for p in form_problems(form, DEFAULT_POLICY) if p.check is FormCheck.PANEL_AGREEMENT)
    assert "undefined" in text


def test_the_median_of_an_even_panel_is_rounded_half_to_even() -> None:
    assert gold_of_panel([[[1, 4]], [[2, 5]]]) == [[2, 4]]


def test_only_cells_with_a_range_above_two_are_to_be_settled() -> None:
    assert cells_to_settle([[[1, 4]], [[3, 7]], [[2, 5]]], DEFAULT_POLICY) == ((0, 1),)


def test_drafted_gold_becomes_panel_gold_with_the_third_expert() -> None:
    assert [gold_basis(experts, DEFAULT_POLICY).value for experts in range(4)] == [
        "drafted",
        "drafted",
        "drafted",
        "panel",
    ]


@pytest.mark.parametrize(("points", "pair", "is_fine"), [(5, (2, 4), True), (7, (3, 5), False)])
def test_the_same_spread_is_enough_on_five_points_and_not_on_seven(
    points: int, pair: tuple[int, int], is_fine: bool
) -> None:
    # Half of the cells each: a population SD of exactly 1, between the lines of .8 and 1.2.
    gold = [[pair[(i + j) % 2] for j in range(6)] for i in range(12)]
    form = ExerciseForm(points, gold, frozenset(), GoldBasis.DRAFTED)
    assert (FormCheck.SPREAD not in checks(form)) == is_fine
    exact = replace(DEFAULT_POLICY, scales=tuple(replace(lines, gold_sd=1.0) for lines in DEFAULT_POLICY.scales))
    assert FormCheck.SPREAD not in {problem.check for problem in form_problems(form, exact)}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"gold": [[1, 2], [3]]}, "every competency"),
        ({"gold": [[1, 8]]}, "from 1 to 7"),
        ({"panel": (GOLD[:11],)}, "shape of the gold"),
        ({"panel": ([row[:4] for row in GOLD],)}, "shape of the gold"),
        ({"safety_columns": frozenset({5})}, "not a column"),
    ],
)
def test_figures_that_cannot_be_checked_are_refused(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        replace(DRAFTED, **changes)
