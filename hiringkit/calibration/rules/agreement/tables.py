"""Tables of ratings as arrays: full ones, and ones with gaps as counts of each value per target."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Ratings = Sequence[Sequence[float | None]]
"""One row per target, one column per rater; None where a rater has not rated a target."""


def full_table(ratings: Sequence[Sequence[float]]) -> Floats:
    """Return a table without gaps as an array; raise ValueError when it is empty or ragged.

    >>> full_table([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    if not ratings or not ratings[0] or len({len(row) for row in ratings}) != 1:
        raise ValueError("Agreement needs a full table: every target rated by every rater.")
    return np.asarray(ratings, dtype=np.float64)


def counts_of(ratings: Ratings, values: Sequence[float]) -> Ints:
    """Count per target (row) how many raters gave each of `values` (columns, ascending).

    Raises ValueError when there is no target, or a rating is none of the values.

    >>> counts_of([[1, 3, None], [3, 3, 1]], [1, 2, 3]).tolist()
    [[1, 0, 1], [1, 0, 2]]
    """
    if not ratings:
        raise ValueError("Agreement needs at least one target.")
    places = {value: place for place, value in enumerate(values)}
    counts = np.zeros((len(ratings), len(values)), dtype=np.int64)
    for row, rated in zip(counts, ratings, strict=True):
        for value in rated:
            if value is not None:
                if value not in places:
                    raise ValueError(f"{value} is none of the values that can be given.")
                row[places[value]] += 1
    return counts


def pairs_within(counts: Ints) -> Ints:
    """Ordered pairs of two raters' values per target: targets x values x values, from `counts_of`.

    >>> pairs_within(np.array([[1, 0, 2]]))[0].tolist()
    [[0, 0, 2], [0, 0, 0], [2, 0, 2]]
    """
    pairs = counts[:, :, None] * counts[:, None, :]
    places = np.arange(counts.shape[1])
    pairs[:, places, places] -= counts
    return pairs


def paired_only(counts: Ints) -> Ints:
    """Keep the targets that at least two raters have rated."""
    return np.asarray(counts[counts.sum(axis=1) > 1], dtype=np.int64)


def beyond_chance(observed: Floats, expected: Floats) -> Floats:
    """1 - observed / expected disagreement, element by element; nan, inside this package, where none is expected.

    >>> beyond_chance(np.array([1.0, 0.0]), np.array([4.0, 0.0])).tolist()
    [0.75, nan]
    """
    ratio: Floats = np.divide(observed, expected, out=np.full_like(expected, np.nan), where=expected > 0)
    return np.asarray(1 - ratio, dtype=np.float64)
