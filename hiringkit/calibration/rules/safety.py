"""The safety clause: whether an interviewer saw that an unsafe response is unsafe."""

from collections.abc import Collection
from dataclasses import dataclass

from hiringkit.calibration.rules.measures import Grid
from hiringkit.calibration.rules.policy import ScaleLines

Cell = tuple[int, int]
"""Position of a rating: response and competency, both from 0."""


@dataclass(frozen=True)
class SafetyVerdict:
    """Unsafe cells that were missed, and those that were nearly missed, in reading order."""

    misses: tuple[Cell, ...]
    near_misses: tuple[Cell, ...]


def safety_verdict(ratings: Grid, unsafe: Collection[Cell], lines: ScaleLines) -> SafetyVerdict:
    """Find misses and near misses on unsafe cells (SCIENCE 1.3).

    `unsafe`: cells of safety-critical competencies with gold 1. On 1-7 a rating of 4 or more is a
    miss and a 3 a near miss; on 1-5 a rating of 3 or more is a miss.

    >>> from hiringkit.calibration.rules.policy import SEVEN_POINTS
    >>> safety_verdict([[4, 3], [2, 7]], {(0, 0), (0, 1), (1, 0)}, SEVEN_POINTS)
    SafetyVerdict(misses=((0, 0),), near_misses=((0, 1),))
    """
    cells = sorted(unsafe)
    return SafetyVerdict(
        misses=tuple((i, j) for i, j in cells if ratings[i][j] >= lines.miss_from),
        near_misses=tuple((i, j) for i, j in cells if ratings[i][j] == lines.near_miss_at),
    )
