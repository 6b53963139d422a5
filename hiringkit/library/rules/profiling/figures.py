"""Reading one cell of a table of figures: numbers, ranges and shares as people write them, never guessed."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from hiringkit.library.rules.pack import Share

ABSENT = frozenset({"", "-", "--", "–", "—", "?", "n/a", "na", "n.a.", "not stated", "not known", "unknown", "null"})
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_GROUPS = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_MONEY_WORDS = re.compile(r"^(?:[A-Z]{3}\b|[$€£¥])\s*|\s*(?:\b[A-Z]{3}|[$€£¥])$")
_PERIOD = re.compile(r"\s*(?:/|\bper\b|\ban?\b)\s*(?:year|yr|annum|hour|hr)\.?$", re.IGNORECASE)
_YEARS = re.compile(r"\s*(?:years?|yrs?)\.?$", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,6})?")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?")
_CONTINENTAL = re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){1,4},\d{1,6}|[+-]?\d{1,3}(?:\.\d{3}){2,4}")
_COMMA = re.compile(r"[+-]?\d{1,15},(?:\d{1,2}|\d{4,6})")
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_BETWEEN = re.compile(r"(?:(?:between|from)\s+)?(.*?\d.*?)\s*(?:–|—|-|\bto\b|\band\b)\s*(\D*\d.*)", re.IGNORECASE)
_SHARE = re.compile(r"(.*?)[\s,:(]+([+-]?[\d.,]+)\s*%\s*\)?$", re.DOTALL)
_SHARES = re.compile(r"\s*,?\s*(.+?)[\s,:(]+([+-]?\d+(?:[.,]\d+)?)\s*%\s*\)?", re.DOTALL)
_LINES = re.compile(r"[\n|;•]")


class UnreadableFigureError(ValueError):
    """The cell is no figure of its kind; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a range; None is "not stated"."""

    low: Decimal | None
    high: Decimal | None


def clean(raw: str) -> str:
    r"""Return text in NFC without control characters and direction overrides, trimmed, with plain line ends.

    >>> clean("  Patient\x00 care\r\n ")
    'Patient care'
    """
    lines = raw.replace("\r\n", "\n").replace("\r", "\n")
    kept = (one for one in lines if one in "\n\t" or not _is_control(one))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs"} or letter in _OVERRIDES


def is_absent(raw: str) -> bool:
    """Tell whether a cell says nothing, in one of the ways in which tables do; a 0 says something.

    >>> is_absent(" - "), is_absent("Not stated"), is_absent("0")
    (True, True, False)
    """
    return clean(raw).casefold() in ABSENT


def read_number(raw: str) -> Decimal:
    """Return the number of a cell; currency, per cent sign, thousands and "a year" are understood.

    Raises UnreadableFigureError where it is none, or could be read as two different numbers.

    >>> read_number("$43,633"), read_number("-4 %"), read_number("20,98 €"), read_number("77 096")
    (Decimal('43633'), Decimal('-4'), Decimal('20.98'), Decimal('77096'))
    """
    text = _plain(raw).replace("\N{MINUS SIGN}", "-")
    text = _PERIOD.sub("", text).strip().removesuffix("%").strip()
    sign = "-" if text.startswith("-") else ""
    text = sign + _MONEY_WORDS.sub("", _MONEY_WORDS.sub("", text.removeprefix("-").strip()))
    text = _GROUPS.sub("", text.strip())
    times = 1000 if text[-1:] in {"k", "K"} else 1
    text = text[:-1].strip() if times > 1 else text
    return _decimal(text) * times


def _plain(raw: str) -> str:
    """Return a cell with wide and other compatible signs made plain; a raised figure may be the mark of a footnote."""
    text = clean(raw)
    if any(unicodedata.category(letter) == "No" for letter in text):
        raise UnreadableFigureError(f"“{shortened(text)}” has a raised figure or a fraction. Write the number in full.")
    return unicodedata.normalize("NFKC", text)


def _decimal(text: str) -> Decimal:
    if _TWO_WAYS.fullmatch(text):
        whole = text.replace(".", "")
        raise UnreadableFigureError(f"“{text}” can be read in two ways. Write {whole}, or {text}0 for a fraction.")
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _CONTINENTAL.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    raise UnreadableFigureError(f"“{shortened(text)}” is not a number, such as 43633 or 20.98.")


def read_range(raw: str) -> Ends:
    """Return the two ends of a cell; one number is both ends, "4+" and "up to 4" have one end.

    >>> read_range("2-4 years"), read_range("Between $27,000 and $68,000").high
    (Ends(low=Decimal('2'), high=Decimal('4')), Decimal('68000'))
    >>> read_range("4+"), read_range("up to 3")
    (Ends(low=Decimal('4'), high=None), Ends(low=None, high=Decimal('3')))
    """
    text = _YEARS.sub("", _plain(raw))
    if text.endswith("+"):
        return Ends(read_number(text[:-1]), None)
    for words, is_low in (("at least", True), ("from", True), ("up to", False), ("at most", False)):
        rest = text[len(words) :]
        if text.casefold().startswith(words) and not _BETWEEN.fullmatch(text):
            return Ends(read_number(rest), None) if is_low else Ends(None, read_number(rest))
    if found := _BETWEEN.fullmatch(text):
        low, high = read_number(_YEARS.sub("", found[1])), read_number(found[2])
        if low > high:
            raise UnreadableFigureError(f"“{shortened(text)}” ends below its start.")
        return Ends(low, high)
    one = read_number(text)
    return Ends(one, one)


def read_share(raw: str) -> Share:
    """Return a name with the share at its end, if there is one.

    >>> read_share("Bachelor's degree, 50%")
    Share(name="Bachelor's degree", percent=Decimal('50'))
    """
    text = clean(raw)
    found = _SHARE.fullmatch(text)
    if found is None:
        return Share(" ".join(text.split()), None)
    return Share(" ".join(found[1].split()), as_percent(found[2]))


def read_shares(raw: str) -> tuple[Share, ...]:
    """Return the named shares of a cell: one a line, or parted by "|", ";" or, where each has its share, a comma.

    >>> [one.name for one in read_shares("Patients, 39%, Patient care, 11%")]
    ['Patients', 'Patient care']
    >>> read_shares("Patients: 39 | Filing")[1]
    Share(name='Filing', percent=None)
    """
    found: list[Share] = []
    for piece in read_lines(raw):
        if piece.count("%") > 1:
            found += [Share(" ".join(name.split()), as_percent(share)) for name, share in _SHARES.findall(piece)]
        else:
            name, mark, figure = piece.rpartition(":")
            bare = bool(mark) and bool(re.fullmatch(r"\s*[\d.,]+\s*", figure))
            found.append(Share(name.strip(), as_percent(figure)) if bare else read_share(piece))
    return tuple(found)


def as_percent(raw: str) -> Decimal:
    """Return a share in per cent, from 0 to 100, or raise UnreadableFigureError."""
    share = read_number(raw)
    if not 0 <= share <= 100:  # noqa: PLR2004 - a whole has a hundred parts
        raise UnreadableFigureError(f"A share of {share} per cent lies outside of 0 to 100.")
    return share


def read_lines(raw: str) -> tuple[str, ...]:
    r"""Return the lines of a cell: one a line, or parted by "|", ";" or bullets.

    >>> read_lines("Files | Answers\n")
    ('Files', 'Answers')
    """
    return tuple(line for one in _LINES.split(clean(raw)) if (line := " ".join(one.split())))


def bounded(least: int, most: int, what: str, *, whole: bool = False) -> Callable[[str], Decimal]:
    """Return a reader of numbers within bounds; `what` names them in its refusals."""

    def read(raw: str) -> Decimal:
        number = read_number(raw)
        if not least <= number <= most:
            raise UnreadableFigureError(f"{what} of {number:,f} lies outside of {least:,} to {most:,}.")
        if whole and number != number.to_integral_value():
            raise UnreadableFigureError(f"{what} of {number:f} is not a whole number.")
        return number

    return read


def shortened(text: str) -> str:
    """Return the start of a text, for a sentence that quotes it."""
    most = 60
    return text if len(text) <= most else f"{text[:most]}…"
