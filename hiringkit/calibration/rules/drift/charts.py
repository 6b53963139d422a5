"""The charts of the drift monitor, one value after the other: CUSUM, moving average, erratic and narrow ratings."""

import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hiringkit.calibration.rules.policy import DriftLines


@dataclass(frozen=True)
class Step:
    """The charts after one session, in SDs: `above` and `below` are the CUSUM's two sums, `average` its EWMA.

    `unrest` is the sum of the last ten z^2, None before there are ten.
    """

    z: float
    above: float
    below: float
    average: float
    unrest: float | None


def steps(z: Iterable[float], lines: DriftLines) -> Iterator[Step]:
    """Go through standardised residuals: S+ = max(0, S+ + z - k), S- = max(0, S- - z - k) (SCIENCE 1.5).

    >>> from hiringkit.calibration.rules.policy import DEFAULT_DRIFT
    >>> [(step.above, step.below) for step in steps([2.0, -1.0, 3.0], DEFAULT_DRIFT)]
    [(1.25, 0.0), (0.0, 0.25), (2.25, 0.0)]
    """
    above = below = average = 0.0
    squares: deque[float] = deque(maxlen=lines.erratic_sessions)
    for value in z:
        above = max(0.0, above + value - lines.slack)
        below = max(0.0, below - value - lines.slack)
        average += lines.ewma_weight * (value - average)
        squares.append(value * value)
        unrest = math.fsum(squares) if len(squares) == lines.erratic_sessions else None
        yield Step(value, above, below, average, unrest)


def base_level(first: Sequence[float], lines: DriftLines) -> float:
    """Own level, from the residuals of the first sessions after calibration, shrunk towards 0 (SCIENCE 1.5).

    >>> from hiringkit.calibration.rules.policy import DEFAULT_DRIFT
    >>> base_level([0.5] * 15, DEFAULT_DRIFT)
    0.38
    """
    return lines.shrinkage * math.fsum(first) / len(first)


def standardised(residual: float, base: float, spread: float, lines: DriftLines) -> float:
    """Standardise a residual: over the SD of a session and of the estimated base, clipped either way (SCIENCE 1.5).

    >>> from hiringkit.calibration.rules.policy import DEFAULT_DRIFT
    >>> round(standardised(1.0, 0.38, 0.7, DEFAULT_DRIFT), 4), standardised(9.0, 0.0, 0.7, DEFAULT_DRIFT)
    (0.8691, 3.0)
    """
    z = (residual - base) / (spread * math.sqrt(1 + lines.shrinkage**2 / lines.base_sessions))
    return max(-lines.clip, min(lines.clip, z))


class Spread:
    """The population SD of ratings that come and go, from whole sums, so that it is exact for whole ratings."""

    def __init__(self) -> None:
        """Begin with no rating."""
        self.number = 0
        self._sum = self._squares = 0.0

    def add(self, scores: Iterable[float], sign: int = 1) -> None:
        """Take ratings in, or with -1 out again."""
        for score in scores:
            self.number += sign
            self._sum += sign * score
            self._squares += sign * score * score

    @property
    def sd(self) -> float:
        """Return the SD in scale points, 0 without a rating."""
        if not self.number:
            return 0.0
        return math.sqrt(max(0.0, self.number * self._squares - self._sum**2)) / self.number
