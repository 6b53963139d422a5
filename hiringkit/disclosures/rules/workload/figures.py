"""How exact figures are rounded and written, once each: hours, parts of a day, people and volumes."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from hiringkit.disclosures.rules.wording import number_words
from hiringkit.disclosures.rules.workload.capacity import NoFigure

FULL = Fraction(1)
PLACES = 2


def figure_words(figure: Fraction | int, places: int = PLACES) -> str:
    """Return a figure with so many decimals at most, halves rounded up.

    >>> [figure_words(one) for one in (Fraction(1035, 7), Fraction(15, 2), Fraction(1, 8), 12345)]
    ['147.86', '7.5', '0.13', '12,345']
    """
    whole = floor(figure * 10**places + Fraction(1, 2))
    return number_words(Decimal(whole).scaleb(-places))


def hours_words(hours: Fraction, places: int = PLACES) -> str:
    """Return hours with their unit; what is less than a hundredth does not read as nothing.

    >>> hours_words(Fraction(91, 12)), hours_words(Fraction(1, 900)), hours_words(Fraction(0))
    ('7.58 h', 'under 0.01 h', '0 h')
    """
    words = figure_words(hours, places)
    return f"under {figure_words(Fraction(1, 10**places), places)} h" if hours and words == "0" else f"{words} h"


def percent_words(part: Fraction) -> str:
    """Return a part of a day in per cent; a day that is not exactly full does not read as full.

    >>> percent_words(Fraction(91, 90)), percent_words(Fraction(1003, 1000)), percent_words(Fraction(9999, 10000))
    ('101 %', '100.3 %', 'just under 100 %')
    """
    per_cent = part * 100
    for places in (0, 1):
        words = figure_words(per_cent, places)
        if words != "100" or part == FULL:
            return f"{words} %"
    return "just over 100 %" if part > FULL else "just under 100 %"


def or_state(figure: Fraction | int | NoFigure) -> str:
    """Return a figure, or why there is none.

    >>> or_state(8), or_state(NoFigure.NO_VOLUME)
    ('8', 'the volume of a typical day is 0')
    """
    return figure.value if isinstance(figure, NoFigure) else figure_words(figure)
