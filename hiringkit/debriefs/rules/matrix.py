"""The debrief matrix: competencies by scorecards, gates first, then where raters disagree most."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from hiringkit.debriefs.rules.gates import GateFinding, GateState, gate_findings, opens_gate
from hiringkit.debriefs.rules.ratings import Rating, counted_points


@dataclass(frozen=True)
class MatrixRow:
    """One competency over all scorecards.

    `cells`: the rating per scorecard, None where that stage does not rate it. `mean` and `spread`
    (highest minus lowest) are over counted points, None where there are too few; `gate` and
    `finding` are None where there is no gate and where the competency is not safety-critical.
    """

    competency: int
    cells: tuple[Rating | None, ...]
    mean: float | None
    spread: int | None
    low: frozenset[int]
    gate: GateState | None
    finding: GateFinding | None


@dataclass(frozen=True)
class Matrix:
    """The table of a debrief; `scorecards` names the columns."""

    scorecards: tuple[int, ...]
    rows: tuple[MatrixRow, ...]


def debrief_matrix(
    ratings: Collection[Rating],
    competencies: Sequence[int],
    gates: Mapping[int, GateState],
    safety_critical: Collection[int],
    gate_level: int,
) -> Matrix:
    """Lay all ratings out, in the order in which a debrief should talk about them.

    Open gates come first, then other gates, then the largest spread, then the given order of
    competencies. Columns stand in the order in which scorecards first appear in `ratings`.

    >>> ratings = [Rating(1, 10, 7, 6), Rating(2, 11, 7, 3), Rating(1, 10, 8, 2)]
    >>> matrix = debrief_matrix(ratings, [7, 8], {8: GateState.OPEN}, {8}, 2)
    >>> [(row.competency, row.spread) for row in matrix.rows], matrix.scorecards
    ([(8, 0), (7, 3)], (10, 11))
    """
    scorecards = tuple(dict.fromkeys(rating.scorecard for rating in ratings))
    findings = gate_findings(ratings, safety_critical, gate_level)
    rows = [
        _row(
            competency,
            [rating for rating in ratings if rating.competency == competency],
            scorecards,
            (gates.get(competency), findings.get(competency)),
            gate_level,
        )
        for competency in competencies
    ]
    return Matrix(scorecards, tuple(sorted(rows, key=_urgency)))


def _row(
    competency: int,
    ratings: list[Rating],
    scorecards: tuple[int, ...],
    safety: tuple[GateState | None, GateFinding | None],
    gate_level: int,
) -> MatrixRow:
    gate, finding = safety
    by_scorecard = {rating.scorecard: rating for rating in ratings}
    by_rater = counted_points(ratings, competency)
    points = [point for given in by_rater.values() for point in given]
    lows = {rating.scorecard for rating in ratings if opens_gate(rating, gate_level)} if finding is not None else set()
    return MatrixRow(
        competency=competency,
        cells=tuple(by_scorecard.get(scorecard) for scorecard in scorecards),
        mean=fmean(fmean(given) for given in by_rater.values()) if points else None,
        spread=max(points) - min(points) if points else None,
        low=frozenset(lows),
        gate=gate,
        finding=finding,
    )


def _urgency(row: MatrixRow) -> tuple[int, int]:
    gate_rank = 0 if row.gate is GateState.OPEN else 1 if row.gate is not None else 2
    return (gate_rank, -(row.spread or 0))
