"""Krippendorff's alpha: agreement of any number of raters, with gaps, by the distance of values."""

from enum import StrEnum

import numpy as np

from hiringkit.calibration.rules.agreement.tables import (
    Floats,
    Ints,
    Ratings,
    beyond_chance,
    counts_of,
    paired_only,
    pairs_within,
)
from hiringkit.calibration.rules.undefined import Undefined


class Metric(StrEnum):
    """How far apart two values are taken to be."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def krippendorff_alpha(ratings: Ratings, metric: Metric) -> float | Undefined:
    """Krippendorff's alpha of targets by raters, gaps allowed (SCIENCE 6; Krippendorff 2011).

    Targets with one rating are left out. A named state when no target has two ratings, or when one
    value is used everywhere.

    >>> krippendorff_alpha([[1, 1, None], [4, 4, 4]], Metric.ORDINAL)
    1.0
    """
    values = sorted({value for row in ratings for value in row if value is not None})
    counts = paired_only(counts_of(ratings, values))
    if not counts.size:
        return Undefined.NO_PAIRS
    alpha = float(alphas(coincidences(counts), np.array(values, dtype=np.float64), metric))
    return Undefined.ONE_CATEGORY if np.isnan(alpha) else alpha


def coincidences(counts: Ints) -> Floats:
    """Coincidence matrix, values x values: pairs of each target over its raters less one (SCIENCE 6).

    Whole numbers are added up per number of raters before they are divided, so that the order of
    the targets cannot show in the last digit.
    """
    pairs, raters = pairs_within(counts), counts.sum(axis=1)
    total = np.zeros(pairs.shape[1:])
    for m in np.unique(raters):
        total += pairs[raters == m].sum(axis=0) / (m - 1)
    return total


def alphas(matrices: Floats, values: Floats, metric: Metric) -> Floats:
    """Alpha of each coincidence matrix in the last two axes; nan inside this package where undefined."""
    margins = matrices.sum(axis=-1)
    n = margins.sum(axis=-1)
    distance = _distances(margins, values, metric)
    observed = (matrices * distance).sum(axis=(-2, -1)) * (n - 1)
    expected = (margins[..., :, None] * margins[..., None, :] * distance).sum(axis=(-2, -1))
    return beyond_chance(observed, expected)


def _distances(margins: Floats, values: Floats, metric: Metric) -> Floats:
    first, second = values[:, None], values[None, :]
    if metric is Metric.NOMINAL:
        return np.asarray(first != second, dtype=np.float64)
    if metric is Metric.INTERVAL:
        return np.asarray((first - second) ** 2, dtype=np.float64)
    if metric is Metric.RATIO:
        both = first + second
        return np.divide(first - second, both, out=np.zeros_like(both), where=both != 0) ** 2
    # Ranks between two values: everything up to the upper one less everything below the lower one,
    # each of the two counted by half; so it is the difference of the mid-ranks.
    middle = np.cumsum(margins, axis=-1) - margins / 2
    return np.asarray((middle[..., :, None] - middle[..., None, :]) ** 2, dtype=np.float64)
