"""Kappas: agreement beyond chance, of two raters with weights, and of many raters by categories."""

from collections.abc import Sequence

import numpy as np

from hiringkit.calibration.rules.agreement.tables import full_table
from hiringkit.calibration.rules.undefined import Undefined


def weighted_kappa_of_table(
    counts: Sequence[Sequence[float]], disagreement: Sequence[Sequence[float]]
) -> float | Undefined:
    """Weighted kappa of two raters from their square table (SCIENCE 6; Cohen 1968).

    `counts`: q x q counts or shares, rows one rater, columns the other; `disagreement`: q x q
    weights with 0 on the diagonal. 1 - sum(w p_ij) / sum(w p_i. p_.j). Raises ValueError when a
    table is not square, shapes differ or nothing is counted.

    >>> weighted_kappa_of_table([[2, 0], [0, 3]], disagreement_weights(2, "quadratic"))
    1.0
    """
    table, weights = full_table(counts), full_table(disagreement)
    if table.shape != weights.shape or table.shape[0] != table.shape[1] or table.sum() <= 0:
        raise ValueError("Weighted kappa needs a square table with counts and weights of the same size.")
    observed = float((weights * table).sum()) * float(table.sum())
    expected = float((weights * np.outer(table.sum(axis=1), table.sum(axis=0))).sum())
    return Undefined.ONE_CATEGORY if expected == 0 else 1 - observed / expected


def disagreement_weights(categories: int, kind: str) -> list[list[float]]:
    """Weights of disagreement: "quadratic" (i-j)^2, "linear" |i-j|, "unweighted" 1 off the diagonal.

    >>> disagreement_weights(3, "quadratic")[0]
    [0.0, 1.0, 4.0]
    """
    powers = {"quadratic": 2.0, "linear": 1.0, "unweighted": 0.0}
    if kind not in powers:
        raise ValueError(f"There are no disagreement weights called {kind}.")
    return [
        [0.0 if i == j else float(abs(i - j)) ** powers[kind] for j in range(categories)] for i in range(categories)
    ]


def fleiss_kappa(counts: Sequence[Sequence[int]]) -> float | Undefined:
    """Fleiss' kappa of targets that are each rated by as many raters (SCIENCE 6; Fleiss 1971).

    `counts`: one row per target, one column per category: by how many raters it was chosen. Undefined
    with one rater, or when one category is used everywhere. Raises ValueError when rows have other sums.

    >>> fleiss_kappa([[2, 0], [0, 2]]), fleiss_kappa([[1, 1], [1, 1]])
    (1.0, -1.0)
    """
    table = full_table(counts)
    raters = table.sum(axis=1)
    if (raters != raters[0]).any() or raters[0] < 1:
        raise ValueError("Fleiss' kappa needs every target rated by the same number of raters.")
    n, m = len(table), float(raters[0])
    if m == 1:
        return Undefined.ONE_RATER
    unlike_by_chance = (n * m) ** 2 - float((table.sum(axis=0) ** 2).sum())
    if unlike_by_chance == 0:
        return Undefined.ONE_CATEGORY
    unlike = n * m * m - float((table**2).sum())
    return 1 - unlike * n * m / ((m - 1) * unlike_by_chance)
