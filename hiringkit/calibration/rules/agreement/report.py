"""All agreement figures of one table of ratings, with intervals from resampling its targets."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hiringkit.calibration.rules.agreement.gwet import agreement_coefficient, quadratic_similarity
from hiringkit.calibration.rules.agreement.intraclass import icc
from hiringkit.calibration.rules.agreement.krippendorff import Metric, alphas, coincidences
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

DRAWS = 1000
FEWEST_FOR_ALPHA = 20
FEWEST_FOR_INTERVAL = 10
LIMITS = (0.025, 0.975)

Interval = tuple[float, float] | Undefined


@dataclass(frozen=True)
class AgreementReport:
    """What raters of the same targets have in common; description, never a pass line (SCIENCE 1.1, 6).

    `targets`: those with two ratings or more, which alone are reported on. `exact`, `within_one`:
    shares of the pairs of ratings of one target. `kappa`: quadratic, of two raters. Intervals: 95 %.
    `seed`: of the resampling.
    """

    targets: int
    ratings: int
    exact: float | Undefined
    within_one: float | Undefined
    icc_absolute_1: float | Undefined
    icc_interval: Interval
    alpha: float | Undefined
    alpha_interval: Interval
    kappa: float | Undefined
    kappa_interval: Interval
    ac2: float | Undefined
    seed: int


def agreement_report(ratings: Ratings, points: int, seed: int) -> AgreementReport:
    """Report on whole ratings 1..points, one row per target, one column per rater, None for a gap.

    Ordinal alpha needs 20 targets, an interval 10 (SCIENCE 1.1, 6); intervals of alpha and kappa are
    percentiles of 1,000 resamplings of the targets. Raises ValueError on a rating off the scale.

    >>> found = agreement_report([[1, 1], [4, 5], [7, 7]], points=7, seed=1)
    >>> found.targets, found.within_one, found.alpha.value
    (3, 1.0, 'there are too few targets')
    """
    kept = [row for row in ratings if sum(value is not None for value in row) > 1]
    if not kept:
        none = Undefined.NO_PAIRS
        return AgreementReport(0, 0, none, none, none, none, none, none, none, none, none, seed)
    counts = counts_of(kept, range(1, points + 1))
    together = pairs_within(counts).sum(axis=0)
    places = np.arange(points)
    near = np.abs(places[:, None] - places[None, :]) <= 1
    absolute, interval = _absolute(kept)
    alpha, alpha_interval = _alpha(counts, seed)
    kappa, kappa_interval = _kappa(kept, points, seed)
    return AgreementReport(
        targets=len(kept),
        ratings=int(counts.sum()),
        exact=float(np.trace(together) / together.sum()),
        within_one=float(together[near].sum() / together.sum()),
        icc_absolute_1=absolute,
        icc_interval=interval,
        alpha=alpha,
        alpha_interval=alpha_interval,
        kappa=kappa,
        kappa_interval=kappa_interval,
        ac2=agreement_coefficient(counts, quadratic_similarity(points)),
        seed=seed,
    )


def _absolute(kept: Ratings) -> tuple[float | Undefined, Interval]:
    full = [[value for value in row if value is not None] for row in kept]
    if len({len(row) for row in (*full, *kept)}) != 1:
        return Undefined.GAPS, Undefined.GAPS
    found = icc(full)
    return found.absolute_1, found.absolute_1_interval


def _alpha(counts: Ints, seed: int) -> tuple[float | Undefined, Interval]:
    if len(counts) < FEWEST_FOR_ALPHA:
        return Undefined.TOO_FEW, Undefined.TOO_FEW
    values = np.arange(1.0, counts.shape[1] + 1)
    each = pairs_within(counts) / (counts.sum(axis=1) - 1)[:, None, None]

    def of(matrices: Floats) -> Floats:
        return alphas(matrices, values, Metric.ORDINAL)

    return _with_interval(of, coincidences(paired_only(counts)), each, seed)


def _kappa(kept: Ratings, points: int, seed: int) -> tuple[float | Undefined, Interval]:
    if len(kept[0]) != 2:  # noqa: PLR2004 - weighted kappa is of two raters.
        return Undefined.MANY_RATERS, Undefined.MANY_RATERS
    rated = np.array(kept, dtype=np.int64) - 1
    each = np.zeros((len(kept), points, points))
    each[np.arange(len(kept)), rated[:, 0], rated[:, 1]] = 1
    places = np.arange(points)
    weights = (places[:, None] - places[None, :]) ** 2.0

    def of(tables: Floats) -> Floats:
        expected = (tables.sum(axis=-1)[..., :, None] * tables.sum(axis=-2)[..., None, :] * weights).sum(axis=(-2, -1))
        observed = (tables * weights).sum(axis=(-2, -1)) * tables.sum(axis=(-2, -1))
        return beyond_chance(observed, expected)

    return _with_interval(of, each.sum(axis=0), each, seed)


def _with_interval(
    statistic: Callable[[Floats], Floats], whole: Floats, each: Floats, seed: int
) -> tuple[float | Undefined, Interval]:
    """Return a statistic of the summed matrices of all targets and its interval from resampled sums."""
    estimate = float(statistic(whole))
    if np.isnan(estimate):
        return Undefined.ONE_CATEGORY, Undefined.ONE_CATEGORY
    if len(each) < FEWEST_FOR_INTERVAL:
        return estimate, Undefined.TOO_FEW
    drawn = statistic(_resampled(each, seed))
    # A draw of targets that are all rated alike has no value of its own.
    low, high = np.quantile(drawn[~np.isnan(drawn)], LIMITS)
    return estimate, (float(low), float(high))


def _resampled(each: Floats, seed: int) -> Floats:
    """Return summed matrices of resampled targets; targets rated alike are drawn as one, by their number."""
    numbers = Counter(matrix.tobytes() for matrix in each)
    alike = np.frombuffer(b"".join(numbers)).reshape(len(numbers), -1)
    shares = np.array(list(numbers.values())) / len(each)
    times = np.random.default_rng(seed).multinomial(len(each), shares, size=DRAWS)
    return (times.astype(np.float64) @ alike).reshape(DRAWS, *each.shape[1:])
