"""Agreement of one rater with the reference in the figures that are often quoted: description, never the rule."""

from hiringkit.calibration.rules.measures import Grid
from hiringkit.calibration.rules.undefined import Undefined

SEED = 11
"""Of the resampling behind two of the intervals, so that a page says the same whenever it is read."""

Fact = tuple[str, str, str]
"""A label, a figure or the reason why there is none, and what it is or between what it lies."""


def agreement_facts(ratings: Grid, gold: Grid, points: int) -> list[Fact]:
    """Describe how far ratings agree with gold of the same shape, every cell a target of two raters (SCIENCE 1.1, 6).

    Intervals are of 95 %. Raises ValueError on a rating off the scale.

    >>> gold = [[1, 5], [5, 1], [4, 7]]
    >>> for fact in agreement_facts(gold, gold, 7): print(fact)
    ('The same rating', '100 %', '')
    ('Within one point', '100 %', '')
    ('Intraclass correlation', '1.00', 'absolute agreement of one rater, 1.00 to 1.00')
    ('Weighted kappa', '1.00', 'quadratic weights')
    ('Krippendorff’s alpha', 'there are too few targets', 'ordinal')
    ('Gwet’s AC2', '1.00', 'quadratic weights; runs higher than alpha')
    """
    # numpy costs every web worker 12 MB, and only a result needs it.
    from hiringkit.calibration.rules.agreement import agreement_report  # noqa: PLC0415

    cells = [(own, reference) for pair in zip(ratings, gold, strict=True) for own, reference in zip(*pair, strict=True)]
    found = agreement_report(cells, points, SEED)
    return [
        ("The same rating", _share(found.exact), ""),
        ("Within one point", _share(found.within_one), ""),
        (
            "Intraclass correlation",
            _figure(found.icc_absolute_1),
            "absolute agreement of one rater" + _between(found.icc_interval),
        ),
        ("Weighted kappa", _figure(found.kappa), "quadratic weights" + _between(found.kappa_interval)),
        ("Krippendorff’s alpha", _figure(found.alpha), "ordinal" + _between(found.alpha_interval)),
        ("Gwet’s AC2", _figure(found.ac2), "quadratic weights; runs higher than alpha"),
    ]


def _share(value: float | Undefined) -> str:
    return value.value if isinstance(value, Undefined) else f"{value * 100:.0f} %"


def _figure(value: float | Undefined) -> str:
    return value.value if isinstance(value, Undefined) else _hundredths(value)


def _between(interval: tuple[float, float] | Undefined) -> str:
    return "" if isinstance(interval, Undefined) else f", {_hundredths(interval[0])} to {_hundredths(interval[1])}"


def _hundredths(value: float) -> str:
    """Write two decimals with a minus sign as print sets it; nothing is called less than 0 that rounds to 0."""
    return f"{round(value, 2) + 0:.2f}".replace("-", "−")
