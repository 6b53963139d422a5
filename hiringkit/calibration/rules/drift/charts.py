"""The charts of the drift monitor, one value after the other: CUSUM, moving average and unrest."""

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
    z = (residual - base) / unit(spread, lines)
    return max(-lines.clip, min(lines.clip, z))


def unit(spread: float, lines: DriftLines) -> float:
    """SD of a residual less the estimated base, in scale points: what one step of the charts is worth (SCIENCE 1.5).

    >>> from hiringkit.calibration.rules.policy import DEFAULT_DRIFT
    >>> round(unit(0.7, DEFAULT_DRIFT), 4)
    0.7134
    """
    return spread * math.sqrt(1 + lines.shrinkage**2 / lines.base_sessions)
