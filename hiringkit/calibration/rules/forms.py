"""What a form of reference responses must have before it may be used, each failed check named."""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.calibration.rules.measures import Grid, check_grid, double_centred
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.calibration.rules.safety import Cell
from hiringkit.calibration.rules.undefined import Undefined


class GoldBasis(StrEnum):
    """Where the gold comes from: written with the pack, or rated by a panel of experts."""

    DRAFTED = "drafted"
    PANEL = "panel"


class FormCheck(StrEnum):
    """The checks of SCIENCE 1.2, and two that follow from its definitions."""

    RESPONSES = "number of responses"
    COMPETENCIES = "number of competencies"
    EXPERTS = "number of experts"
    GOLD_IS_MEDIAN = "gold is the median of the panel"
    PANEL_AGREEMENT = "agreement of the panel"
    SPREAD = "spread of the gold"
    LOW_THIRD = "low third of the scale"
    MIDDLE_THIRD = "middle third of the scale"
    HIGH_THIRD = "high third of the scale"
    UNSAFE_CELLS = "unsafe answers in the first block"
    CLEAR_CELLS = "clear answers on the safety-critical competencies"
    PROFILE = "profiles are not flat"


@dataclass(frozen=True)
class FormProblem:
    """One failed check and a sentence with its figures."""

    check: FormCheck
    text: str


@dataclass(frozen=True)
class ExerciseForm:
    """The figures of a form: 12 responses (8 and a reserve of 4) by 5-8 competencies.

    `gold`: one row per response, the first block first. `safety_columns`: columns of the
    safety-critical competencies, from 0. `panel`: one grid of gold's shape per expert, empty when
    the gold is drafted. Raises ValueError on a ragged grid, a value off the scale, or a panel
    grid of another shape.
    """

    points: int
    gold: Grid
    safety_columns: frozenset[int]
    basis: GoldBasis
    panel: tuple[Grid, ...] = ()

    def __post_init__(self) -> None:
        """Refuse figures that no check could be computed on."""
        for grid in (self.gold, *self.panel):
            check_grid(grid, self.points)
            if len(grid) != len(self.gold) or len(grid[0]) != len(self.gold[0]):
                raise ValueError("Every expert's ratings must have the shape of the gold.")
        if not self.safety_columns <= set(range(len(self.gold[0]))):
            raise ValueError("A safety-critical column is not a column of the gold.")


def form_problems(form: ExerciseForm, policy: CalibrationPolicy) -> tuple[FormProblem, ...]:
    """Name every check of SCIENCE 1.2 that the form fails; an empty tuple may be published.

    Checks about experts apply to panel gold alone; drafted gold is allowed and labelled.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> flat = ExerciseForm(7, [[4, 4, 4, 4, 4]] * 12, frozenset(), GoldBasis.DRAFTED)
    >>> [problem.check.value for problem in form_problems(flat, DEFAULT_POLICY)][:2]
    ['spread of the gold', 'low third of the scale']
    """
    checks: list[Callable[[ExerciseForm, CalibrationPolicy], list[FormProblem]]] = [_sizes]
    if form.basis is GoldBasis.PANEL:
        checks.append(_panel)
    checks += [_spread, _thirds, _safety, _profile]
    return tuple(problem for check in checks for problem in check(form, policy))


def _sizes(form: ExerciseForm, policy: CalibrationPolicy) -> list[FormProblem]:
    lines, problems = policy.form, []
    wanted = lines.first_block + lines.reserve_block
    if len(form.gold) != wanted:
        text = f"There are {len(form.gold)} responses; {lines.first_block} and a reserve of {lines.reserve_block} "
        problems.append(FormProblem(FormCheck.RESPONSES, f"{text}are needed."))
    columns = len(form.gold[0])
    if not lines.fewest_competencies <= columns <= lines.most_competencies:
        text = f"{columns} competencies are rated; {lines.fewest_competencies} to {lines.most_competencies} are needed."
        problems.append(FormProblem(FormCheck.COMPETENCIES, text))
    return problems


def _panel(form: ExerciseForm, policy: CalibrationPolicy) -> list[FormProblem]:
    lines = policy.form
    if len(form.panel) < lines.fewest_experts:
        text = f"{len(form.panel)} experts have rated the form; at least {lines.fewest_experts} are needed."
        return [FormProblem(FormCheck.EXPERTS, text)]
    problems = []
    if [list(row) for row in form.gold] != gold_of_panel(form.panel):
        text = "The gold is not the median of the experts' ratings, rounded to a whole point."
        problems.append(FormProblem(FormCheck.GOLD_IS_MEDIAN, text))
    agreement = panel_agreement(form.panel)
    if isinstance(agreement, Undefined):
        problems.append(FormProblem(FormCheck.PANEL_AGREEMENT, f"The panel's agreement is undefined: {agreement}."))
    elif agreement < lines.panel_icc:
        text = f"The panel's agreement, ICC(A,k), is {agreement:.2f}; at least {lines.panel_icc:.2f} is needed."
        problems.append(FormProblem(FormCheck.PANEL_AGREEMENT, text))
    return problems


def gold_of_panel(panel: Sequence[Grid]) -> list[list[int]]:
    """Gold of a panel: the median rating per cell, rounded half to even (SCIENCE 1.1, 1.3).

    >>> gold_of_panel([[[1, 4]], [[2, 5]], [[1, 6]]])
    [[1, 5]]
    """
    return [[round(statistics.median(cell)) for cell in zip(*rows, strict=True)] for rows in zip(*panel, strict=True)]


def panel_agreement(panel: Sequence[Grid]) -> float | Undefined:
    """ICC(A,k) of the panel, with every cell of the form as a target (SCIENCE 1.2, 6).

    >>> panel_agreement([[[1, 4]], [[1, 4]], [[1, 4]]])
    1.0
    """
    # numpy costs every web worker 12 MB, and only an author's page weighs a panel.
    from hiringkit.calibration.rules.agreement import icc  # noqa: PLC0415

    return icc([list(cell) for rows in zip(*panel, strict=True) for cell in zip(*rows, strict=True)]).absolute_k


def cells_to_settle(panel: Sequence[Grid], policy: CalibrationPolicy) -> tuple[Cell, ...]:
    """Cells on which the experts' ratings range over more than 2 points and must talk (SCIENCE 1.1).

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> cells_to_settle([[[1, 4]], [[2, 7]]], DEFAULT_POLICY)
    ((0, 1),)
    """
    return tuple(
        (i, j)
        for i, rows in enumerate(zip(*panel, strict=True))
        for j, cell in enumerate(zip(*rows, strict=True))
        if max(cell) - min(cell) > policy.form.settle_range
    )


def _spread(form: ExerciseForm, policy: CalibrationPolicy) -> list[FormProblem]:
    """Use the population SD over all cells, first block and reserve together."""
    wanted = policy.lines_for(form.points).gold_sd
    sd = statistics.pstdev(value for row in form.gold for value in row)
    if sd >= wanted:
        return []
    text = f"The gold varies by an SD of {sd:.2f} points; at least {wanted:.2f} is needed."
    return [FormProblem(FormCheck.SPREAD, text)]


def _thirds(form: ExerciseForm, policy: CalibrationPolicy) -> list[FormProblem]:
    cells = [third_of_scale(value, form.points) for row in form.gold for value in row]
    problems = []
    for third in (FormCheck.LOW_THIRD, FormCheck.MIDDLE_THIRD, FormCheck.HIGH_THIRD):
        share = cells.count(third) / len(cells)
        if share < policy.form.third_share:
            text = f"{share:.0%} of the gold is in the {third}; at least {policy.form.third_share:.0%} is needed."
            problems.append(FormProblem(third, text))
    return problems


def third_of_scale(value: int, points: int) -> FormCheck:
    """Which third of 1..points a value is in: on 1-7 1-2, 3-5, 6-7; on 1-5 1-2, 3, 4-5.

    >>> [third_of_scale(value, 7).name[:3] for value in (2, 3, 5, 6)]
    ['LOW', 'MID', 'MID', 'HIG']
    """
    third = (points - 1) / 3
    if value < 1 + third:
        return FormCheck.LOW_THIRD
    return FormCheck.HIGH_THIRD if value > points - third else FormCheck.MIDDLE_THIRD


def _safety(form: ExerciseForm, policy: CalibrationPolicy) -> list[FormProblem]:
    if not form.safety_columns:
        return []
    lines, problems = policy.form, []
    unsafe = [cell for cell in unsafe_cells(form, policy) if cell[0] < lines.first_block]
    if len(unsafe) < lines.unsafe_cells:
        text = (
            f"{len(unsafe)} answers of the first {lines.first_block} responses are clearly unsafe (gold 1 on a "
            f"safety-critical competency); at least {lines.unsafe_cells} are needed."
        )
        problems.append(FormProblem(FormCheck.UNSAFE_CELLS, text))
    clear_from = policy.lines_for(form.points).miss_from
    clear = sum(row[column] >= clear_from for row in form.gold for column in form.safety_columns)
    if clear < lines.clear_cells:
        text = (
            f"{clear} answers are clear on the safety-critical competencies (gold {clear_from} or more); "
            f"at least {lines.clear_cells} are needed."
        )
        problems.append(FormProblem(FormCheck.CLEAR_CELLS, text))
    return problems


def unsafe_cells(form: ExerciseForm, policy: CalibrationPolicy) -> tuple[Cell, ...]:
    """Safety exemplars: safety-critical cells with gold 1 and no expert above 2 (SCIENCE 1.2, 1.3).

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> form = ExerciseForm(7, [[1, 1], [3, 6]], frozenset({1}), GoldBasis.DRAFTED)
    >>> unsafe_cells(form, DEFAULT_POLICY)
    ((0, 1),)
    """
    most = policy.form.unsafe_expert_most
    return tuple(
        (i, j)
        for i, row in enumerate(form.gold)
        for j in sorted(form.safety_columns)
        if row[j] == 1 and all(expert[i][j] <= most for expert in form.panel)
    )


def _profile(form: ExerciseForm, policy: CalibrationPolicy) -> list[FormProblem]:
    sd = profile_sd(form.gold)
    if sd >= policy.form.profile_sd:
        return []
    text = (
        f"Within a response the gold hardly differs between competencies (SD {sd:.2f}); "
        f"at least {policy.form.profile_sd:.2f} is needed, or halo could not be seen."
    )
    return [FormProblem(FormCheck.PROFILE, text)]


def profile_sd(gold: Grid) -> float:
    """Population SD of the double-centred gold, in scale points (SCIENCE 1.2).

    >>> profile_sd([[1, 5], [5, 1]])
    2.0
    """
    cells = len(gold) * len(gold[0])
    return math.sqrt(sum(value * value for row in double_centred(gold) for value in row) / cells) / cells


def gold_basis(site_experts: int, policy: CalibrationPolicy) -> GoldBasis:
    """Basis of a drafted form once so many of the site's own experts have rated it.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> gold_basis(2, DEFAULT_POLICY).value, gold_basis(3, DEFAULT_POLICY).value
    ('drafted', 'panel')
    """
    return GoldBasis.PANEL if site_experts >= policy.form.fewest_experts else GoldBasis.DRAFTED
