"""The statistics that are measured: the agreement report and the drift charts, beside a plain numpy mean."""

import random
from collections.abc import Iterator
from functools import partial

import numpy as np

from hiringkit.calibration.rules.agreement import agreement_report
from hiringkit.calibration.rules.drift.monitor import drift_charts
from hiringkit.calibration.rules.drift.residuals import Session
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from tests.bench.measuring import Work, in_turns

POINTS, RATERS, ROUNDS = 7, 5, 30
MEAN = "numpy mean of the ratings"
AGREEMENT = "agreement report"
DRIFT = "drift charts"


def figures(ratings: int, rounds: int) -> Iterator[str]:
    """Yield the table over so many ratings, 5 of each target, and as many sessions; at most 30 rounds."""
    table = _rated(ratings // RATERS)
    sessions = [Session(place % 40, place // RATERS, dict(enumerate(row))) for place, row in enumerate(table * RATERS)]
    works: dict[str, Work] = {
        MEAN: partial(np.mean, table),
        AGREEMENT: partial(agreement_report, table, POINTS, 1),
        DRIFT: partial(drift_charts, sessions, POINTS, DEFAULT_POLICY),
    }
    times = in_turns(works, min(rounds, ROUNDS), {})
    yield ""
    yield f"Statistics of {ratings:,} ratings, and of as many sessions"
    yield f"{'':<28}{'median ms':>10}{'p95 ms':>9}{'x mean':>8}"
    for name, one in times.items():
        yield f"  {name:<26}{one.median:>10.2f}{one.p95:>9.2f}{one.median / times[MEAN].median:>8.1f}"


def _rated(targets: int) -> list[list[int]]:
    draw = random.Random(1)
    levels = [draw.gauss(4, 1.5) for _ in range(targets)]
    return [[min(POINTS, max(1, round(draw.gauss(level, 0.8)))) for _ in range(RATERS)] for level in levels]
