"""What separates one interviewer's ratings from the reference, in figures that are exact in integers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hiringkit.calibration.rules.undefined import Undefined

Grid = Sequence[Sequence[int]]
"""Ratings: one row per response, one column per competency, whole numbers 1..points."""


@dataclass(frozen=True)
class Measures:
    """The measures of SCIENCE 1.3; the first four decide, the others only describe.

    Units: `mean_error` and `absolute_error` in scale points (severity below 0), `exact_agreement`
    and `within_one` as shares of the cells, the rest without unit. `spread` and `profile_spread`: SD of the
    ratings, of all and within the responses, by that of the gold; None where the gold has none, and in older results.
    """

    cells: int
    mean_error: float
    absolute_error: float
    slope: float | Undefined
    differential_accuracy: float
    exact_agreement: float
    within_one: float
    kappa_quadratic: float | Undefined
    spread: float | None = None
    profile_spread: float | None = None


def measures(ratings: Grid, gold: Grid, points: int) -> Measures:
    """Compare ratings with gold of the same shape on the scale 1..points (SCIENCE 1.3, 6).

    Raises ValueError when shapes differ, a row is short, or a value is not on the scale.

    >>> m = measures([[1, 3], [5, 6]], [[2, 3], [5, 7]], points=7)
    >>> m.mean_error, m.absolute_error, m.within_one
    (-0.5, 0.5, 1.0)
    """
    check_grid(ratings, points)
    check_grid(gold, points)
    if len(ratings) != len(gold) or len(ratings[0]) != len(gold[0]):
        raise ValueError("Ratings and gold must have the same number of responses and competencies.")
    x = [value for row in ratings for value in row]
    g = [value for row in gold for value in row]
    errors = [own - reference for own, reference in zip(x, g, strict=True)]
    cells = len(errors)
    return Measures(
        cells=cells,
        mean_error=sum(errors) / cells,
        absolute_error=sum(abs(error) for error in errors) / cells,
        slope=slope_on_gold(x, g),
        differential_accuracy=differential_accuracy(ratings, gold),
        exact_agreement=errors.count(0) / cells,
        within_one=sum(abs(error) <= 1 for error in errors) / cells,
        kappa_quadratic=quadratic_kappa(x, g),
        spread=_ratio(_squares(x), _squares(g)),
        profile_spread=_ratio(*(sum(z * z for row in double_centred(grid) for z in row) for grid in (ratings, gold))),
    )


def _squares(values: Sequence[int]) -> int:
    """Sum of squares about the mean, times their number, to stay in integers."""
    return len(values) * sum(value * value for value in values) - sum(values) ** 2


def _ratio(own: int, reference: int) -> float | None:
    return math.sqrt(own / reference) if reference else None


def check_grid(grid: Grid, points: int) -> None:
    """Raise ValueError unless the grid is a full rectangle of whole numbers 1..points.

    >>> check_grid([[1, 8]], points=7)
    Traceback (most recent call last):
    ValueError: Every rating must be a whole number from 1 to 7.
    """
    if not grid or not grid[0]:
        raise ValueError("A grid of ratings needs at least one response and one competency.")
    if any(len(row) != len(grid[0]) for row in grid):
        raise ValueError("Every response must be rated on every competency.")
    if any(value not in range(1, points + 1) for row in grid for value in row):
        raise ValueError(f"Every rating must be a whole number from 1 to {points}.")


def slope_on_gold(x: Sequence[int], g: Sequence[int]) -> float | Undefined:
    """Slope of ratings on gold over all cells; below 1 is central tendency (SCIENCE 1.3).

    Computed as (n sum(xg) - sum(x) sum(g)) / (n sum(g^2) - sum(g)^2), which is exact in integers.

    >>> slope_on_gold([2, 4, 6], [1, 4, 7])
    0.6666666666666666
    """
    n, total_x, total_g = len(g), sum(x), sum(g)
    spread = n * sum(b * b for b in g) - total_g * total_g
    if spread == 0:
        return Undefined.CONSTANT_REFERENCE
    return (n * sum(a * b for a, b in zip(x, g, strict=True)) - total_x * total_g) / spread


def differential_accuracy(ratings: Grid, gold: Grid) -> float:
    """Correlation of the double-centred grids, 0 if either is constant (SCIENCE 1.3, Cronbach 1955).

    It asks whether the profile of strengths within each response is seen; halo brings it to 0.

    >>> differential_accuracy([[1, 5], [5, 1]], [[2, 4], [6, 4]])
    1.0
    """
    own = [value for row in double_centred(ratings) for value in row]
    reference = [value for row in double_centred(gold) for value in row]
    spread = sum(a * a for a in own) * sum(b * b for b in reference)
    if spread == 0:
        return 0.0
    return sum(a * b for a, b in zip(own, reference, strict=True)) / math.sqrt(spread)


def double_centred(grid: Grid) -> list[list[int]]:
    """Take row and column means away; the result is n x c times too large, to stay in integers.

    Entry: n c z - n (row sum) - c (column sum) + total, for n rows and c columns (SCIENCE 1.3).

    >>> double_centred([[1, 5], [5, 1]])
    [[-8, 8], [8, -8]]
    """
    n, c = len(grid), len(grid[0])
    rows = [sum(row) for row in grid]
    columns = [sum(column) for column in zip(*grid, strict=True)]
    total = sum(rows)
    return [[n * c * grid[i][j] - n * rows[i] - c * columns[j] + total for j in range(c)] for i in range(n)]


def quadratic_kappa(x: Sequence[int], g: Sequence[int]) -> float | Undefined:
    """Quadratic weighted kappa of two raters over the same cells (SCIENCE 6; Cohen 1968).

    1 - n sum((x-g)^2) / sum over all pairs (x_i - g_j)^2; undefined when both use one category.

    >>> quadratic_kappa([1, 2, 3], [1, 2, 3]), quadratic_kappa([4, 4], [4, 4]).name
    (1.0, 'ONE_CATEGORY')
    """
    n = len(g)
    expected = n * sum(a * a for a in x) + n * sum(b * b for b in g) - 2 * sum(x) * sum(g)
    if expected == 0:
        return Undefined.ONE_CATEGORY
    return 1 - n * sum((a - b) ** 2 for a, b in zip(x, g, strict=True)) / expected
