"""Quantiles of the F distribution, by a continued fraction and bisection (SCIENCE 2)."""

import math

TINY = 1e-300
CLOSE = 1e-15
TERMS = 500
HALVINGS = 200


def f_quantile(p: float, numerator: float, denominator: float) -> float:
    """Value below which an F variable with these degrees of freedom falls with probability p.

    Degrees of freedom need not be whole. Raises ValueError unless 0 < p < 1 and both are positive.
    Found from the incomplete beta function: F <= x where beta <= d1 x / (d1 x + d2).

    >>> round(f_quantile(0.95, 3, 10), 4)
    3.7083
    """
    if not 0 < p < 1 or numerator <= 0 or denominator <= 0:
        raise ValueError("An F quantile needs 0 < p < 1 and positive degrees of freedom.")
    a, b = numerator / 2, denominator / 2
    # Bisect on whichever of y and 1 - y is below one half: the other one would lose its digits.
    if incomplete_beta(a, b, 0.5) >= p:
        y = _bisect(a, b, p)
        ratio = y / (1 - y)
    else:
        rest = _bisect(b, a, 1 - p)
        ratio = (1 - rest) / rest
    return denominator * ratio / numerator


def _bisect(a: float, b: float, p: float) -> float:
    low, high = 0.0, 0.5
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if incomplete_beta(a, b, middle) < p:
            low = middle
        else:
            high = middle
        if high - low <= CLOSE * high:
            break
    return (low + high) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function I_x(a, b) for 0 <= x <= 1 and positive a and b.

    >>> round(incomplete_beta(2, 3, 0.5), 6)
    0.6875
    """
    if x in (0.0, 1.0):
        return x
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    # The fraction converges fast below the mean; above it, the mirrored one does.
    if x < (a + 1) / (a + b + 2):
        return math.exp(log_front) * _continued_fraction(a, b, x) / a
    return 1 - math.exp(log_front) * _continued_fraction(b, a, 1 - x) / b


def _continued_fraction(a: float, b: float, x: float) -> float:
    """Evaluate the fraction of the incomplete beta function by Lentz's method."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return value


def _away_from_zero(value: float) -> float:
    return TINY if abs(value) < TINY else value
