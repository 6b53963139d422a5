"""Intraclass correlations: how reliable one rating is, or the mean of several."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hiringkit.calibration.rules.agreement.tables import Floats, full_table
from hiringkit.calibration.rules.f_distribution import f_quantile
from hiringkit.calibration.rules.undefined import Undefined


@dataclass(frozen=True)
class IntraclassCorrelations:
    """The six forms of Shrout-Fleiss and McGraw-Wong, and the 95 % interval of A,1 (SCIENCE 6).

    `one`: raters differ per target; `absolute`: agreement; `consistency`: ordering alone. `_1` is
    one rater, `_k` the mean of all k. The interval is (low, high).
    """

    one_1: float | Undefined
    absolute_1: float | Undefined
    consistency_1: float | Undefined
    one_k: float | Undefined
    absolute_k: float | Undefined
    consistency_k: float | Undefined
    absolute_1_interval: tuple[float, float] | Undefined


@dataclass(frozen=True)
class _MeanSquares:
    """Two-way mean squares of n targets by k raters, all times n k, exact for whole ratings."""

    n: int
    k: int
    rows: float
    columns: float
    error: float
    within: float


def icc(ratings: Sequence[Sequence[float]]) -> IntraclassCorrelations:
    """Intraclass correlations of a full table, one row per target, one column per rater (SCIENCE 6).

    Every field is a named state where there is one rater, one target, or no variation. Raises
    ValueError on an empty or ragged table.

    >>> table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> round(icc(table).absolute_1, 2), round(icc(table).absolute_k, 2)
    (0.29, 0.62)
    """
    table = full_table(ratings)
    n, k = table.shape
    if n == 1 or k == 1:
        return _all_undefined(Undefined.ONE_TARGET if n == 1 else Undefined.ONE_RATER)
    m = _mean_squares(table)
    if m.rows == 0 and m.within == 0:
        return _all_undefined(Undefined.NO_VARIATION)
    bias = k * (m.columns - m.error) / n
    return IntraclassCorrelations(
        one_1=_ratio(m.rows - m.within, m.rows + (k - 1) * m.within),
        absolute_1=_ratio(m.rows - m.error, m.rows + (k - 1) * m.error + bias),
        consistency_1=_ratio(m.rows - m.error, m.rows + (k - 1) * m.error),
        one_k=_ratio(m.rows - m.within, m.rows),
        absolute_k=_ratio(m.rows - m.error, m.rows + bias / k),
        consistency_k=_ratio(m.rows - m.error, m.rows),
        absolute_1_interval=_absolute_interval(m),
    )


def _all_undefined(state: Undefined) -> IntraclassCorrelations:
    return IntraclassCorrelations(state, state, state, state, state, state, state)


def _ratio(above: float, below: float) -> float | Undefined:
    return Undefined.NO_VARIATION if below == 0 else above / below


def _mean_squares(table: Floats) -> _MeanSquares:
    """Take sums of whole numbers about a whole origin, so that full agreement leaves exactly 0."""
    n, k = table.shape
    z = table - np.rint(table.mean())
    total = float(z.sum()) ** 2
    everything = n * k * float((z**2).sum()) - total
    rows = n * float((z.sum(axis=1) ** 2).sum()) - total
    columns = k * float((z.sum(axis=0) ** 2).sum()) - total
    return _MeanSquares(
        n=n,
        k=k,
        rows=rows / (n - 1),
        columns=columns / (k - 1),
        error=(everything - rows - columns) / ((n - 1) * (k - 1)),
        within=(everything - rows) / (n * (k - 1)),
    )


def _absolute_interval(m: _MeanSquares) -> tuple[float, float] | Undefined:
    """95 % interval of A,1 by McGraw and Wong's F approximation (SCIENCE 6)."""
    n, k = m.n, m.k
    if m.columns == 0 and m.error == 0:
        return (1.0, 1.0)
    point = _ratio(m.rows - m.error, m.rows + (k - 1) * m.error + k * (m.columns - m.error) / n)
    if isinstance(point, Undefined):
        return point
    a = k * point / (n * (1 - point))
    b = 1 + k * point * (n - 1) / (n * (1 - point))
    spread = (a * m.columns) ** 2 / (k - 1) + (b * m.error) ** 2 / ((n - 1) * (k - 1))
    # At the estimate a MSC + b MSE is MSR, so the degrees of freedom are 0 where targets do not vary.
    if spread == 0 or m.rows == 0:
        return Undefined.NO_VARIATION
    v = m.rows**2 / spread
    lower_f, upper_f = f_quantile(0.975, n - 1, v), f_quantile(0.975, v, n - 1)
    residual = k * m.columns + (k * n - k - n) * m.error
    low = _ratio(n * (m.rows - lower_f * m.error), lower_f * residual + n * m.rows)
    high = _ratio(n * (upper_f * m.rows - m.error), residual + n * upper_f * m.rows)
    if isinstance(low, Undefined) or isinstance(high, Undefined):
        return Undefined.NO_VARIATION
    return (low, high)
