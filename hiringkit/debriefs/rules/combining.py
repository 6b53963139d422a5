"""The mechanical score: competency means, their weighted mean, and how precise it is."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import fmean

from hiringkit.debriefs.rules.ratings import Rating, counted_points


@dataclass(frozen=True)
class Precision:
    """Standard deviations that the standard error rests on, in scale points (SCIENCE 1.7 item 5)."""

    session: float = 0.70
    severity: float = 0.30


DEFAULT_PRECISION = Precision()


@dataclass(frozen=True)
class Score:
    """The mechanical result of one application, in scale points.

    `value` is None while a weighted competency has no counted rating: those are in `missing`, and
    nothing is imputed. `means` holds the competencies that have one. `se` is None without raters.
    """

    value: float | None
    missing: tuple[int, ...]
    means: Mapping[int, float]
    raters: int
    se: float | None


def combine(
    ratings: Collection[Rating], weights: Mapping[int, float], precision: Precision = DEFAULT_PRECISION
) -> Score:
    """Combine counted ratings into one score (SCIENCE 1.7 items 2 and 5).

    `weights`: weight above 0 per competency; only their proportions matter. Raises ValueError on
    none at all or one that is not above 0.

    >>> ratings = [Rating(1, 10, 7, 6), Rating(2, 11, 7, 5), Rating(1, 10, 8, 4)]
    >>> score = combine(ratings, {7: 1, 8: 1})
    >>> score.value, score.raters, round(score.se, 4)
    (4.75, 2, 0.5385)
    >>> combine(ratings, {7: 1, 9: 1}).missing
    (9,)
    """
    if not weights or min(weights.values()) <= 0:
        raise ValueError("Every weight must be above 0, and there must be one.")
    points = {competency: counted_points(ratings, competency) for competency in weights}
    means = {competency: _mean_over_raters(given) for competency, given in points.items() if given}
    missing = tuple(competency for competency in weights if competency not in means)
    raters = len({rater for given in points.values() for rater in given})
    value = None
    if not missing:
        total = math.fsum(weights.values())
        value = math.fsum(weights[competency] * mean for competency, mean in means.items()) / total
    return Score(value, missing, means, raters, standard_error(raters, precision))


def _mean_over_raters(points: Mapping[int, list[int]]) -> float:
    """Give every rater one voice, however often they rated the competency."""
    return fmean(fmean(given) for given in points.values())


def standard_error(raters: int, precision: Precision = DEFAULT_PRECISION) -> float | None:
    """Standard error of a mean over so many raters; None without any (SCIENCE 1.7 item 5).

    >>> round(standard_error(3), 6)
    0.439697
    """
    if raters < 1:
        return None
    return math.sqrt((precision.session**2 + precision.severity**2) / raters)
