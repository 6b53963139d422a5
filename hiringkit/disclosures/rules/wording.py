"""How typed values are printed: numbers with their unit, money with its currency, answers as one line."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.shapes import VALUE, Column, Field, Kind
from hiringkit.disclosures.rules.values import Value, plain_number

Words = str | date
"""Dates stay dates, because their words depend on the page."""
PAIR = 2
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
SINGULAR = {"people": "person"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ROWS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "why.left": (("left", "{} in 12 months."), ("reasons", "{}")),
    "workload.units": (
        ("unit", "{}:"),
        ("typical", "{} on a typical day,"),
        ("busy", "{} on a busy one,"),
        ("planned", "{} planned"),
    ),
    "workload.minutes": (("unit", "{}:"), ("handling", "{} to handle,"), ("documentation", "{} to write up")),
    "workload.interruptions": (("per_hour", "{},"), ("minutes", "each {}")),
    "workload.hours": (("paid", "{} are paid,"), ("breaks", "{} of that are breaks")),
    "workload.review": (("approvals", "{} for a change."), ("unblocks", "Unblocked by: {}")),
    "workload.planning": (("owner", "{}."), ("cadence", "{}")),
    "support.supervision": (("model", "{}"), ("ratio", "{} for each supervisor.")),
    "pay.band-policy": (("policy", "{}."), ("detail", "{}")),
}
"""How the columns of a row make one line where labels would not read well; a column without a value is left out."""


def number_words(number: Decimal) -> str:
    """Return a number with its thousands set off by commas.

    >>> number_words(Decimal("68000")), number_words(Decimal("2.50")), number_words(Decimal("-1234.5"))
    ('68,000', '2.5', '-1,234.5')
    """
    whole, point, rest = plain_number(number).partition(".")
    return f"{int(whole):,}{point}{rest}" if whole != "-0" else f"-0{point}{rest}"


def counted(number: Decimal, unit: str) -> str:
    """Return a number with its unit, in the singular where there is one of it.

    >>> counted(Decimal(1), "days a year"), counted(Decimal(1), "people"), counted(Decimal(15), "% of a day")
    ('1 day a year', '1 person', '15 % of a day')
    """
    if not unit:
        return number_words(number)
    first, space, rest = unit.partition(" ")
    if number == 1:
        first = SINGULAR.get(first, first.removesuffix("s"))
    return f"{number_words(number)} {first}{space}{rest}"


def value_words(column: Column, value: Value) -> Words:
    """Return one value as it is printed; a year of months is one line."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return counted(value, column.unit)
    if isinstance(value, tuple):
        return ", ".join(f"{month} {number_words(number)}" for month, number in zip(MONTHS, value, strict=True))
    if isinstance(value, str) and column.kind is Kind.CHOICE:
        return column.choice_label(value)
    return value


def pay_words(values: Mapping[str, Value]) -> tuple[str, str]:
    """Return a pay band as an amount and its small print; a draft may lack a part of it.

    >>> pay_words({"minimum": Decimal(68000), "maximum": Decimal(82000), "currency": "USD", "period": "year"})
    ('$68,000–82,000', 'USD a year')
    >>> pay_words({"minimum": Decimal("24.5"), "maximum": Decimal(27), "currency": "USD", "period": "hour"})
    ('$24.50–27', 'USD an hour')
    """
    currency, period = str(values.get("currency", "")), str(values.get("period", ""))
    ends = [_amount_words(one) for key in ("minimum", "maximum") if isinstance(one := values.get(key), Decimal)]
    small = (currency, FIELDS["pay.band"].column("period").choice_label(period))
    return SIGNS.get(currency, "") + "–".join(dict.fromkeys(ends)), " ".join(filter(None, small))


def _amount_words(amount: Decimal) -> str:
    """Return an amount of money; where it has cents, both figures of them."""
    words = number_words(amount)
    return f"{words}0" if words[-2:-1] == "." else words


def row_words(asked: Field, values: Mapping[str, Value]) -> Words:
    """Return one row of an answer as one line.

    >>> row_words(FIELDS["workload.hours"], {"paid": Decimal(8), "breaks": Decimal(30)})
    '8 hours a day are paid, 30 minutes a day of that are breaks'
    """
    if asked.is_single:
        return value_words(asked.column(VALUE), values[VALUE])
    if asked.key == "pay.band":
        return " ".join(filter(None, pay_words(values)))
    shown = {one.key: str(value_words(one, values[one.key])) for one in asked.columns if one.key in values}
    if asked.key in ROWS:
        parts = [_part(pattern, shown[key]) for key, pattern in ROWS[asked.key] if key in shown]
        return " ".join(parts).removesuffix(",")
    first, *others = shown
    if len(asked.columns) <= PAIR:
        return ": ".join(shown.values())
    return f"{shown[first]}. " + "; ".join(f"{asked.column(key).label}: {shown[key]}" for key in others)


def _part(pattern: str, words: str) -> str:
    """Put words into a pattern; a full stop is not written twice."""
    return pattern.format(words.removesuffix(".") if pattern.startswith("{}.") else words)


def answer_words(asked: Field, claim: Claim) -> Words:
    """Return one claim as one line; "none" is printed with its reason.

    >>> answer_words(FIELDS["workload.on-call"], Claim("workload.on-call", none_reason="Nobody is."))
    'None. Nobody is.'
    """
    return f"{asked.none_label}. {claim.none_reason}" if claim.none_reason else row_words(asked, claim.values)
