"""Gwet's AC1 and AC2: agreement beyond chance that skewed use of the scale disturbs less."""

from collections.abc import Sequence

import numpy as np

from hiringkit.calibration.rules.agreement.tables import Ints, Ratings, counts_of, paired_only, pairs_within
from hiringkit.calibration.rules.undefined import Undefined


def gwet_ac1(ratings: Ratings, categories: Sequence[float]) -> float | Undefined:
    """Gwet's AC1 of targets by raters, gaps allowed (SCIENCE 6; Gwet 2014).

    `categories`: all values of the scale in ascending order, also those that nobody used; at least
    two. A named state when no target has two ratings.

    >>> gwet_ac1([[1, 1], [2, 2]], [1, 2, 3])
    1.0
    """
    return agreement_coefficient(counts_of(ratings, categories), np.eye(len(categories), dtype=np.int64))


def gwet_ac2(ratings: Ratings, categories: Sequence[float]) -> float | Undefined:
    """Gwet's AC2 with quadratic weights, as `gwet_ac1` otherwise.

    >>> round(gwet_ac2([[1, 2], [3, 3], [2, 2]], [1, 2, 3]), 4)
    0.7857
    """
    return agreement_coefficient(counts_of(ratings, categories), quadratic_similarity(len(categories)))


def quadratic_similarity(categories: int) -> Ints:
    """Similarity of places on the scale, (q-1)^2 - (i-j)^2: the weights of AC2 in whole numbers.

    >>> quadratic_similarity(3)[0].tolist()
    [4, 3, 0]
    """
    places = np.arange(categories)
    return np.asarray((categories - 1) ** 2 - (places[:, None] - places[None, :]) ** 2, dtype=np.int64)


def agreement_coefficient(counts: Ints, similarity: Ints) -> float | Undefined:
    """(pa - pe) / (1 - pe) of `tables.counts_of`, `similarity` being whole multiples of the weights.

    Raises ValueError on a scale of one category.

    >>> round(agreement_coefficient(np.array([[2, 0], [1, 1]]), np.eye(2, dtype=np.int64)), 12)
    0.2
    """
    q, full = counts.shape[1], int(similarity[0, 0]) if similarity.size else 0
    if q < 2:  # noqa: PLR2004 - one category leaves nothing to agree on.
        raise ValueError("Gwet's coefficients need a scale of at least two categories.")
    paired = paired_only(counts)
    if not paired.size:
        return Undefined.NO_PAIRS
    raters = paired.sum(axis=1)
    unlike = ((full - similarity) * pairs_within(paired)).sum(axis=(1, 2))
    disagreement = _mean_by_raters(unlike, raters, raters * (raters - 1)) / full
    rated = counts[counts.sum(axis=1) > 0]
    share = np.array([_mean_by_raters(column, rated.sum(axis=1), rated.sum(axis=1)) for column in rated.T])
    chance = float(similarity.sum()) / full / (q * (q - 1)) * float((share * (1 - share)).sum())
    return float(1 - disagreement / (1 - chance))


def _mean_by_raters(amounts: Ints, raters: Ints, sizes: Ints) -> float:
    """Mean of amounts over sizes, added up per number of raters so that the order of targets cannot show."""
    total = 0.0
    for m in np.unique(raters):
        chosen = raters == m
        total += float(amounts[chosen].sum() / sizes[chosen][0])
    return total / len(amounts)
