"""What an author may learn of a form from those who rated it: never who, never what the reference is."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from hiringkit.calibration.rules.forms import FormCheck, profile_sd, third_of_scale
from hiringkit.calibration.rules.measures import Grid, check_grid
from hiringkit.calibration.rules.safety import Cell
from hiringkit.calibration.rules.undefined import Undefined

# Both only describe a form to its author and decide nothing, so no policy holds them. Ten is issue and PRODUCT's
# number; below .20 an item is usually said not to separate (Ebel and Frisbie).
FEWEST_RATERS = 10
SEPARATES_FROM = 0.20


@dataclass(frozen=True)
class GoldSpread:
    """How the gold of a form is spread, in scale points and shares of its cells (SCIENCE 1.2)."""

    sd: float
    profile_sd: float
    low: float
    middle: float
    high: float


def gold_spread(gold: Grid, points: int) -> GoldSpread:
    """Describe the spread of the gold: population SDs, and the share of cells in each third of the scale.

    >>> spread = gold_spread([[1, 7], [4, 4]], points=7)
    >>> round(spread.sd, 2), spread.low, spread.middle, spread.high
    (2.12, 0.25, 0.5, 0.25)
    """
    check_grid(gold, points)
    cells = [value for row in gold for value in row]
    thirds = [third_of_scale(value, points) for value in cells]
    return GoldSpread(
        statistics.pstdev(cells),
        profile_sd(gold),
        *(
            thirds.count(third) / len(cells)
            for third in (FormCheck.LOW_THIRD, FormCheck.MIDDLE_THIRD, FormCheck.HIGH_THIRD)
        ),
    )


@dataclass(frozen=True)
class ItemFigures:
    """One response of a form: how many rated it, how far off they were in points, and whether it separates them.

    `separation` is -1..1. `nobody_right`: competencies, from 0, on which no rater gave the reference rating.
    A response that fewer than `FEWEST_RATERS` have rated has no figures: all are None, and nothing is listed.
    """

    raters: int
    mean_distance: float | None
    separation: float | Undefined | None
    nobody_right: tuple[int, ...]

    @property
    def separates(self) -> bool:
        """Whether the response tells close raters from distant ones; one without figures is not held against it."""
        if self.separation is None:
            return True
        return not isinstance(self.separation, Undefined) and self.separation >= SEPARATES_FROM


def item_figures(gold: Grid, attempts: Sequence[Grid]) -> tuple[ItemFigures, ...]:
    """Figures of every response of a form, in its order, from one attempt per rater.

    An attempt may stop after the first block: it then has fewer rows than the gold. Raises
    ValueError when an attempt has other columns or more rows than the gold.

    >>> gold = [[1], [4]]
    >>> told = item_figures(gold, [[[2], [5]]] * 5 + [[[3], [6]]] * 5)
    >>> told[0].raters, told[0].mean_distance, told[0].nobody_right, round(told[0].separation, 6)
    (10, 1.5, (0,), 1.0)
    """
    for ratings in attempts:
        if len(ratings) > len(gold) or any(len(row) != len(gold[0]) for row in ratings):
            raise ValueError("An attempt must have the shape of the form that it rates, or of its first block.")
    errors = [
        [sum(abs(x - g) for x, g in zip(row, golden, strict=True)) for row, golden in zip(ratings, gold, strict=False)]
        for ratings in attempts
    ]
    return tuple(_figures(gold, attempts, errors, i) for i in range(len(gold)))


def nobody_right(items: Sequence[ItemFigures]) -> tuple[Cell, ...]:
    """List the cells, as (response, competency) from 0, that no rater got right."""
    return tuple((i, j) for i, item in enumerate(items) for j in item.nobody_right)


def _figures(gold: Grid, attempts: Sequence[Grid], errors: Grid, i: int) -> ItemFigures:
    """Figures of response i; `errors` holds each rater's points from the gold, summed by response."""
    rated = [(ratings, off) for ratings, off in zip(attempts, errors, strict=True) if len(ratings) > i]
    if len(rated) < FEWEST_RATERS:
        return ItemFigures(len(rated), None, None, ())
    cells = len(gold[i])
    own = [off[i] / cells for _, off in rated]
    # With one response there are no others, and nothing can be told from it.
    rest = [(sum(off) - off[i]) / (cells * max(1, len(off) - 1)) for _, off in rated]
    missed = tuple(j for j, value in enumerate(gold[i]) if all(ratings[i][j] != value for ratings, _ in rated))
    return ItemFigures(len(rated), math.fsum(own) / len(own), correlation(own, rest), missed)


def correlation(x: Sequence[float], y: Sequence[float]) -> float | Undefined:
    """Pearson correlation, or its named state when one of the two does not vary.

    Sums are exact before rounding, so that the order of the raters changes nothing.

    >>> correlation([1, 2, 3], [2, 4, 6]), correlation([1, 1], [1, 2]).name
    (1.0, 'NO_VARIATION')
    """
    if min(x) == max(x) or min(y) == max(y):
        return Undefined.NO_VARIATION
    mean_x, mean_y = math.fsum(x) / len(x), math.fsum(y) / len(y)
    above = math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    below = math.fsum((a - mean_x) ** 2 for a in x) * math.fsum((b - mean_y) ** 2 for b in y)
    if below == 0:
        return Undefined.NO_VARIATION
    return max(-1.0, min(1.0, above / math.sqrt(below)))
