"""The pass rule: four margins in two stages, a separate safety verdict, and the words for both."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.calibration.rules.findings import Finding, findings
from hiringkit.calibration.rules.margins import Margins, margins
from hiringkit.calibration.rules.measures import Grid, Measures, measures
from hiringkit.calibration.rules.policy import CalibrationPolicy, ScaleLines
from hiringkit.calibration.rules.safety import Cell, SafetyVerdict, safety_verdict


class StageOutcome(StrEnum):
    """Where an attempt stands after a stage."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password.
    EXTEND = "extend"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Attempt:
    """Everything that the decision on one attempt needs.

    `gold`: all responses of the form, first block and reserve, by competency. `ratings`: the same
    columns; as many rows as the first block at stage 1, as many as `gold` at stage 2.
    `unsafe_cells`: (response, competency) positions from 0, as `forms.unsafe_cells` gives them.
    """

    points: int
    first_block: int
    gold: Grid
    ratings: Grid
    unsafe_cells: Collection[Cell]


@dataclass(frozen=True)
class Together:
    """What a refresh is decided on besides its own ratings: these and the ones before, so many responses."""

    responses: int
    measures: Measures
    margins: Margins


@dataclass(frozen=True)
class Outcome:
    """The decision on an attempt; `findings` is empty while the reserve block is still to come.

    `together` is None but for a refresh.
    """

    stage: int
    result: StageOutcome
    measures: Measures
    margins: Margins
    safety: SafetyVerdict
    findings: tuple[Finding, ...]
    together: Together | None = None

    @property
    def off(self) -> Measures:
        """What the findings are about: its own ratings, or all together where only those are beyond a line."""
        if self.together is not None and all(margin >= 0 for margin in self.margins.all):
            return self.together.measures
        return self.measures


def decide(attempt: Attempt, policy: CalibrationPolicy) -> Outcome:
    """Decide an attempt by margins and safety clause (SCIENCE 1.3).

    A miss on an unsafe response gives "not yet" whatever the margins say. Raises ValueError when
    the ratings are neither the first block nor the whole form.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> gold = [[1, 4], [7, 4], [4, 1], [2, 6]]
    >>> rated = [[4, 4], [7, 4], [4, 1], [2, 6]]
    >>> decide(Attempt(7, 4, gold, gold, {(0, 0)}), DEFAULT_POLICY).result.value
    'pass'
    >>> decide(Attempt(7, 4, gold, rated, {(0, 0)}), DEFAULT_POLICY).result.value
    'not_yet'
    """
    lines = policy.lines_for(attempt.points)
    rated = len(attempt.ratings)
    stage = _stage(rated, attempt)
    measured = measures(attempt.ratings, attempt.gold[:rated], attempt.points)
    verdict = safety_verdict(attempt.ratings, [cell for cell in attempt.unsafe_cells if cell[0] < rated], lines)
    result = stage1_outcome(measured, lines) if stage == 1 else stage2_outcome(measured, lines)
    if verdict.misses:
        result = StageOutcome.NOT_YET
    told = () if result is StageOutcome.EXTEND else findings(measured, verdict, lines)
    return Outcome(stage, result, measured, margins(measured, lines), verdict, told)


def _stage(rated: int, attempt: Attempt) -> int:
    if rated == attempt.first_block:
        return 1
    if rated == len(attempt.gold):
        return 2
    raise ValueError(f"{rated} responses are rated; {attempt.first_block} or {len(attempt.gold)} are needed.")


def stage1_outcome(measured: Measures, lines: ScaleLines) -> StageOutcome:
    """Outcome of the first block by the four margins only (SCIENCE 1.3).

    Pass when every margin reaches its guard band, not yet when one is below minus its band, else
    extend. The safety clause is `safety_verdict`.

    >>> from hiringkit.calibration.rules.policy import SEVEN_POINTS
    >>> gold = [[1, 4], [7, 4], [4, 1]]
    >>> stage1_outcome(measures(gold, gold, 7), SEVEN_POINTS).value
    'pass'
    """
    held = margins(measured, lines)
    guards = guard_bands(lines)
    if all(margin >= band for margin, band in zip(held.all, guards.all, strict=True)):
        return StageOutcome.PASS
    if any(margin < -band for margin, band in zip(held.all, guards.all, strict=True)):
        return StageOutcome.NOT_YET
    return StageOutcome.EXTEND


def guard_bands(lines: ScaleLines) -> Margins:
    """Width of the undecided band on either side of each line (SCIENCE 1.3).

    >>> from hiringkit.calibration.rules.policy import SEVEN_POINTS
    >>> guard_bands(SEVEN_POINTS).all
    (0.2, 0.15, 0.12, 0.12)
    """
    return Margins(
        lines.mean_error_guard,
        lines.absolute_error_guard,
        lines.slope_guard,
        lines.differential_accuracy_guard,
    )


def stage2_outcome(measured: Measures, lines: ScaleLines) -> StageOutcome:
    """Outcome over all responses: pass when no margin is below 0, else not yet (SCIENCE 1.3).

    >>> from hiringkit.calibration.rules.policy import SEVEN_POINTS
    >>> gold = [[1, 4], [7, 4], [4, 1]]
    >>> stage2_outcome(measures([[4, 4], [4, 4], [4, 4]], gold, 7), SEVEN_POINTS).value
    'not_yet'
    """
    reached = all(margin >= 0 for margin in margins(measured, lines).all)
    return StageOutcome.PASS if reached else StageOutcome.NOT_YET
