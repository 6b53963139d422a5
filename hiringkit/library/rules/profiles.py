"""A role profile in words, for pages that set roles side by side; demographics are no part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hiringkit.library.rules.pack import RoleProfile, YearsOfExperience

NOT_STATED = "not stated"
BEST_PAID = (("city", "Best-paying city"), ("state", "Best-paying state"), ("company", "Best-paying company"),
             ("industry", "Best-paying industry"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One question, and the lines of each profile's answer, in the order of the columns."""

    label: str
    answers: tuple[tuple[str, ...], ...]


def compared(profiles: Sequence[RoleProfile]) -> list[ProfileRow]:
    """Return the figures of these profiles as rows of words; an absent figure reads "not stated"."""
    rows = [_answers(profile) for profile in profiles]
    labels = list(rows[0]) if rows else []
    return [ProfileRow(label, tuple(row[label] for row in rows)) for label in labels]


def _answers(one: RoleProfile) -> dict[str, tuple[str, ...]]:
    """Every profile has the same questions in the same order; only experience may have several lines."""
    experience = tuple(years(figure) for figure in one.experience_years) or (NOT_STATED,)
    return {label: (words,) for label, words in _figures(one)} | {"Years of experience": experience}


def _figures(one: RoleProfile) -> list[tuple[str, str]]:
    return [
        ("Average pay a year", money(one.pay_average, one.currency)),
        ("Pay range a year", _range(one)),
        ("Pay an hour", money(one.hourly, one.currency)),
        ("Growth in jobs", per_cent(one.growth_percent)),
        ("Number of jobs", number(one.jobs)),
        ("Job satisfaction", number(one.job_satisfaction)),
        ("Years of experience", NOT_STATED),
        ("Most common degree", _degree(one)),
        ("Most common subject", one.major or NOT_STATED),
        ("Most common college", one.college or NOT_STATED),
        *((label, one.highest_paying.get(key) or NOT_STATED) for key, label in BEST_PAID),
    ]


def _range(one: RoleProfile) -> str:
    low, high = money(one.pay_minimum, one.currency), money(one.pay_maximum, one.currency)
    if one.pay_minimum is None:
        return NOT_STATED if one.pay_maximum is None else f"up to {high}"
    return f"from {low}" if one.pay_maximum is None else f"{low} to {number(one.pay_maximum)}"


def _degree(one: RoleProfile) -> str:
    if one.degree is None:
        return NOT_STATED
    return f"{one.degree}, {per_cent(one.degree_share)}" if one.degree_share is not None else one.degree


def years(figure: YearsOfExperience) -> str:
    """Return one figure of a source with where it stood; two that contradict each other are both shown.

    >>> years(YearsOfExperience("years to become", Decimal(2), Decimal(4)))
    'years to become: 2 to 4'
    """
    if figure.low is None and figure.high is None:
        return f"{figure.label}: {NOT_STATED}"
    return f"{figure.label}: {span(figure.low, figure.high)}"


def span(low: Decimal | None, high: Decimal | None) -> str:
    """Return the ends of a range as people read them.

    >>> span(Decimal(2), Decimal(4)), span(Decimal(4), Decimal(4)), span(Decimal(4), None), span(None, Decimal(3))
    ('2 to 4', '4', '4 or more', 'up to 3')
    """
    if low is None or high is None:
        return NOT_STATED if low is high else f"up to {number(high)}" if low is None else f"{number(low)} or more"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def money(amount: Decimal | None, currency: str) -> str:
    """Return an amount with its currency.

    >>> money(Decimal("91600"), "USD"), money(Decimal("33.5"), "USD"), money(None, "USD")
    ('USD 91,600', 'USD 33.50', 'not stated')
    """
    if amount is None:
        return NOT_STATED
    return f"{currency} {amount:,.0f}" if amount == amount.to_integral_value() else f"{currency} {amount:,.2f}"


def per_cent(share: Decimal | None) -> str:
    """Return a share as people read it; below zero it is a loss.

    >>> per_cent(Decimal("6.50")), per_cent(Decimal(0)), per_cent(Decimal(-5)), per_cent(None)
    ('6.5%', '0%', '−5%', 'not stated')
    """
    return NOT_STATED if share is None else f"{number(share)}%"


def number(value: Decimal | None) -> str:
    """Return a number without needless decimals.

    >>> number(Decimal("74320")), number(Decimal("4.0")), number(None)
    ('74,320', '4', 'not stated')
    """
    if value is None:
        return NOT_STATED
    shown = f"{abs(value):,f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return f"−{shown}" if value < 0 else shown
