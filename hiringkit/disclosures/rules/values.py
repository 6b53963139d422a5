"""Reading what somebody typed, or what was stored, as one typed value of a column."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from hiringkit.disclosures.rules.shapes import Column, Kind
from hiringkit.people.rules import clean_text as clean_text  # noqa: PLC0414  # Rooms take it from here.

Value = str | bool | date | Decimal | tuple[Decimal, ...]
Plain = str | bool | list[str]
Raw = str | Sequence[str]

TEXT_LIMIT = 300
LONGTEXT_LIMIT = 4_000
MONTHS_IN_YEAR = 12
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3}){1,4}(\.\d{1,6})?")
_COMMA_DECIMAL = re.compile(r"-?\d{1,15},\d{1,6}")
_YES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


class UnreadableError(ValueError):
    """The typed text is no value of its column; the message says what to type instead."""


def is_blank(raw: Raw) -> bool:
    """Tell whether nothing was typed."""
    if isinstance(raw, str):
        return not clean_text(raw)
    return all(not clean_text(part) for part in raw)


def read_value(column: Column, raw: Raw) -> Value:
    """Return the typed value of what was typed, or raise UnreadableError with the reason.

    >>> read_value(Column("value", "People", Kind.NUMBER, unit="people"), "1,200")
    Decimal('1200')
    """
    if column.kind is Kind.MONTHS:
        return _read_months(column, raw)
    if not isinstance(raw, str):
        raise UnreadableError("Give one answer here, not several.")
    text = clean_text(raw)
    if column.is_numeric:
        return _read_number(column, text)
    return _READERS.get(column.kind, _read_text)(column, text)


def _read_text(column: Column, text: str) -> str:
    if not text:
        raise UnreadableError(f"Write something for “{column.label}”.")
    limit = LONGTEXT_LIMIT if column.kind is Kind.LONGTEXT else TEXT_LIMIT
    if len(text) > limit:
        raise UnreadableError(f"Write at most {limit:,} characters; this has {len(text):,}.")
    return text if column.kind is Kind.LONGTEXT else " ".join(text.split())


def _read_currency(_column: Column, text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):  # Before it is made capital: "ß" would become two letters.
        raise UnreadableError("Write the three letters of the currency, such as USD or EUR.")
    return text.upper()


def _read_choice(column: Column, text: str) -> str:
    if text in {choice.key for choice in column.choices}:
        return text
    raise UnreadableError("Choose one of: " + ", ".join(choice.label for choice in column.choices) + ".")


def _read_boolean(_column: Column, text: str) -> bool:
    answer = _YES.get(text.casefold())
    if answer is None:
        raise UnreadableError("Answer yes or no.")
    return answer


def _read_date(_column: Column, text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise UnreadableError("Write the date as year-month-day, such as 2026-05-03.") from None
    return found


_READERS: Mapping[Kind, Callable[[Column, str], Value]] = {
    Kind.CHOICE: _read_choice,
    Kind.BOOLEAN: _read_boolean,
    Kind.DATE: _read_date,
    Kind.CURRENCY: _read_currency,
}


def _read_number(column: Column, text: str) -> Decimal:
    number = _decimal(column, text)
    if column.whole and number != number.to_integral_value():
        raise UnreadableError(f"Write a whole number, not {plain_number(number)}.")
    if number < column.minimum:
        raise UnreadableError(f"{plain_number(number)} is too low: the least is {column.minimum:,}{_unit(column)}.")
    if number > column.maximum:
        raise UnreadableError(f"{plain_number(number)} is too high: the most is {column.maximum:,}{_unit(column)}.")
    return number


def _decimal(column: Column, text: str) -> Decimal:
    """Read digits with an optional point; thousands may be set off by commas or spaces, never guessed.

    Marks without width, as in what is copied beside Arabic or Hebrew, are passed over. A raised or circled
    digit is none: a footnote's mark would otherwise make 150 into 1502.
    """
    categories = {letter: unicodedata.category(letter) for letter in set(text)}
    plain = text.translate({ord(letter): None for letter, category in categories.items() if category == "Cf"})
    compact = re.sub(r"\s", "", unicodedata.normalize("NFKC", plain)).replace("\N{MINUS SIGN}", "-")
    if column.kind is Kind.PERCENT:
        compact = compact.removesuffix("%")
    if column.kind is Kind.MONEY and compact and unicodedata.category(compact[0]) == "Sc":
        compact = compact[1:]
    if _GROUPED.fullmatch(compact):
        compact = compact.replace(",", "")
    if _COMMA_DECIMAL.fullmatch(compact):
        raise UnreadableError(f"Write decimals with a point: {compact.replace(',', '.')}.")
    if "No" in categories.values() or not _NUMBER.fullmatch(compact):
        raise UnreadableError("Write a number, such as 12 or 2.5.")
    return Decimal(compact)


def _unit(column: Column) -> str:
    return f" {column.unit}" if column.unit else ""


def _read_months(column: Column, raw: Raw) -> tuple[Decimal, ...]:
    parts = re.split(r"[;\s]+", raw.strip(" ;\n\t")) if isinstance(raw, str) else list(raw)
    if len(parts) != MONTHS_IN_YEAR or is_blank(raw):
        given = 0 if is_blank(raw) else len(parts)
        raise UnreadableError(f"Give twelve numbers, January to December; there are {given}.")
    numbers: list[Decimal] = []
    for month, part in enumerate(parts, start=1):
        try:
            numbers.append(_read_number(column, clean_text(part)))
        except UnreadableError as problem:
            raise UnreadableError(f"Month {month}: {problem}") from None
    return tuple(numbers)


def plain_number(number: Decimal) -> str:
    """Return the one spelling of a number: no exponent, no trailing zeros, no minus zero.

    >>> plain_number(Decimal("1.50")), plain_number(Decimal("1E+2")), plain_number(Decimal("-0"))
    ('1.5', '100', '0')
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def plain_value(value: Value) -> Plain:
    """Return the value as JSON can hold it: numbers and dates as text, never as floats."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain_number(number) for number in value]
    return value


def plain_values(values: Mapping[str, Value]) -> dict[str, Plain]:
    """Return a row's values as JSON can hold them."""
    return {key: plain_value(value) for key, value in values.items()}


def as_typed(plain: object) -> Raw:
    """Return a plain value from JSON or YAML as the text that a person would have typed.

    Raises UnreadableError for what no column can hold, such as a mapping.

    >>> as_typed(True), as_typed(12), as_typed([1, 2])
    ('yes', '12', ['1', '2'])
    """
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(plain, list | tuple):
        return [_as_text(part) for part in plain]
    return _as_text(plain)


def _as_text(plain: object) -> str:
    if isinstance(plain, str):
        return plain
    if isinstance(plain, int | float | Decimal | date) and not isinstance(plain, bool):
        return plain_number(Decimal(str(plain))) if not isinstance(plain, date) else plain.isoformat()
    raise UnreadableError(f"This is not a text, a number or a list: {type(plain).__name__}.")
