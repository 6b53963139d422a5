"""What a drift chart shows and says: a line in tenths of a point, plain sentences, and a panel without names.

A line holds only sessions whose scorecards its owner has opened or could open by now, so it tells nothing
that is sealed from them. Nor is it a way to read them: a residual holds the others only as their mean, and
the line moves by a fifth of it. Rounded to a tenth of a point, a step leaves the others' mean open by half a
point even to who knows all that went before. Residuals and the sums of the CUSUM are never shown.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from hiringkit.calibration.rules.drift.charts import unit
from hiringkit.calibration.rules.drift.monitor import Drift, DriftChart
from hiringkit.calibration.rules.policy import DriftLines

FEWEST_TOLD = 5
"""Fewer sessions than this give no figure in a sentence: it would be close to their residuals."""
MOST_TOLD = 10
FEWEST_PEOPLE = 5
"""A panel of fewer people has no picture: without names, people would still be known."""


@dataclass(frozen=True)
class Line:
    """An interviewer's moving average against the others, in scale points and rounded to tenths.

    `earlier`: own level at first, the first fifteen sessions; `values`: after each session since.
    """

    earlier: float
    values: tuple[float, ...]


def drawn(chart: DriftChart, lines: DriftLines) -> Line | None:
    """Return what is drawn of a chart, or None before there are enough sessions to begin with.

    >>> from hiringkit.calibration.rules.drift.monitor import Session, drift_charts
    >>> from hiringkit.calibration.rules.policy import DEFAULT_DRIFT, DEFAULT_POLICY
    >>> met = [Session(who, day, {1: 3 + (who == 1 and day >= 15)}) for day in range(18) for who in (1, 2, 3)]
    >>> drawn(drift_charts(met, 7, DEFAULT_POLICY)[1], DEFAULT_DRIFT)
    Line(earlier=0.0, values=(0.2, 0.4, 0.5))
    """
    if chart.base is None:
        return None
    scale = unit(chart.spread, lines)
    return Line(_tenth(chart.base), tuple(_tenth(chart.base + one.step.average * scale) for one in chart.plotted))


def _tenth(value: float) -> float:
    return round(value, 1) + 0.0  # Adding 0 turns -0.0 into 0.0.


def noticed(kind: Drift, chart: DriftChart | None) -> str:
    """Say in plain words what a chart gave alarm of; without a figure where there are too few sessions for one.

    >>> noticed(Drift.CENTRAL, None)
    'Your last ratings lay closer together than ratings usually do, whoever was rated.'
    """
    if kind is Drift.CENTRAL:
        return "Your last ratings lay closer together than ratings usually do, whoever was rated."
    if kind is Drift.ERRATIC:
        return "Your last ratings went further up and down around the others’ than is usual."
    told = [one.residual for one in chart.plotted[-MOST_TOLD:]] if chart else []
    if chart is None or chart.base is None or len(told) < FEWEST_TOLD:
        way = "higher" if kind is Drift.LENIENT else "lower"
        return f"Against the others’, your last ratings ran {way} than at first."
    now, first = against_others(_tenth(fmean(told))), against_others(_tenth(chart.base))
    return f"Your last {len(told)} interviews ran {now}; at first they ran {first}."


def against_others(level: float) -> str:
    """Say where a level in scale points lies.

    >>> against_others(0.9), against_others(-1.0), against_others(0.0)
    ('about 0.9 points above the others’', 'about 1.0 points below the others’', 'level with the others’')
    """
    if not level:
        return "level with the others’"
    return f"about {abs(level):.1f} points {'above' if level > 0 else 'below'} the others’"


def panel_levels(charts: Sequence[DriftChart], lines: DriftLines) -> list[tuple[float, int]] | None:
    """Return how many people rate at each quarter of a point against the others; None with fewer than five.

    A chart that has not begun is left out; names and order are lost on purpose.
    """
    known = [line for chart in charts if (line := drawn(chart, lines)) is not None]
    if len(known) < FEWEST_PEOPLE:
        return None
    return sorted(Counter(_quarter((line.values or (line.earlier,))[-1]) for line in known).items())


def _quarter(value: float) -> float:
    return round(value * 4) / 4 + 0.0
