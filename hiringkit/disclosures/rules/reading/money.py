"""Pay in a sentence: a range with its currency and period, one exact amount, or why it is neither."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from hiringkit.disclosures.rules.reading.finds import Find, Finds, Found, Refused
from hiringkit.disclosures.rules.values import plain_number

FIELD = "pay.band"
NEAR = 30
THOUSAND = 1_000
MOST_AMOUNTS = 20
"""A sentence with more amounts than this is a price list."""
_SIGN = r"US\$|CA\$|C\$|AU\$|A\$|NZ\$|S\$|HK\$|\$|£|€|USD|GBP|EUR|CAD|AUD|NZD|SGD|HKD|CHF"
_AMOUNT = r"[0-9]{1,3}(?:[, ][0-9]{3}){1,3}(?:\.[0-9]{1,2})?|[0-9]{1,9}(?:\.[0-9]{1,2})?"
_LEFT = r"(?<![0-9.,\w])"
_RIGHT = r"(?![0-9]|[.,][0-9]|\s?(?:million|mio|bn|m\b|%|percent))"
_PERIODS = r"(?:year|yr|annum|month|mo|week|wk|day|hour|hr|h)\b"
_PERIOD = re.compile(
    rf"(?:\b(?:per|an?|each|every)\s|/\s?)(?P<per>{_PERIODS})|\b(?P<word>p\.?a\b|annual(?:ly)?|yearly|hourly|monthly"
    rf"|weekly|daily)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?P<s1>{_SIGN})?\s?{_LEFT}(?P<a1>{_AMOUNT})\s?(?P<k1>k\b)?\s?(?P<s2>{_SIGN})?"
    rf"(?:\s?(?:/|per |an? )\s?{_PERIODS})?\s?(?P<join>-|to\b|and\b|until\b|up to\b)\s?"
    rf"(?P<s3>{_SIGN})?\s?(?P<a2>{_AMOUNT})\s?(?P<k2>k\b)?{_RIGHT}\s?(?P<s4>{_SIGN})?",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"(?P<s1>{_SIGN})?\s?{_LEFT}(?P<a1>{_AMOUNT})\s?(?P<k1>k\b)?{_RIGHT}\s?(?P<s2>{_SIGN})?(?P<plus>\s?\+)?",
    re.IGNORECASE,
)
_POINTS = re.compile(rf"(?:{_SIGN})\s?[0-9]{{1,3}}\.[0-9]{{3}}(?![0-9])", re.IGNORECASE)
_PAY_WORDS = re.compile(
    r"\b(?:salary|salaries|pay|pays|paid|wages?|compensation|remuneration|earn|earnings|hourly rate|base rate"
    r"|rate of|ote)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"bonus|sign-?on|stipend|allowance|relocation|budget|equity|revenue|fund|raised|portfolio|tuition|reimburs"
    r"|referral"
    r"|differential|premium|contribution|insurance|voucher|discount|deductible|coverage|grant|sales|savings|401"
    r"|copay|per claim"
    r"|orders?\b|customers?\b|paid (?:time|leave|holiday|vacation)|assets|turnover",
    re.IGNORECASE,
)
_UNITS = re.compile(
    r"\s?-?\s?(?:hours?|hrs?|days?|weeks?|years?|yrs|months?|minutes?|mins?|am\b|pm\b|%|lbs?|people)", re.IGNORECASE
)
_UP_TO = re.compile(r"(?:up to|maximum(?: of)?|max\.?|as much as|no more than)\s{0,2}$", re.IGNORECASE)
_FROM = re.compile(
    r"(?:from|starting(?: at| from)?|starts (?:at|from)|at least|minimum(?: of)?|min\.?)\s{0,2}$", re.IGNORECASE
)
_HEDGE = re.compile(
    r"(?:about|around|approx(?:imately|\.)?|circa|c\.|~|roughly|averag\w{1,3}(?: of)?|ote"
    r"|on-target earnings)[:\s]{0,2}$",
    re.IGNORECASE,
)
_OTHER_DOLLARS = re.compile(
    r"\b(?:CAD|AUD|NZD|SGD|HKD|Canad(?:a|ian)|Ontario|Toronto|Vancouver|Australian?|Sydney|Melbourne|New Zealand"
    r"|Singapore|Hong Kong)\b"
    r"|\b(?:C|CA|A|AU|NZ|HK|S)\$",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"\bUSD\b|US\$|\bU\.?S\.? dollars?\b", re.IGNORECASE)
_CODES = {"£": "GBP", "€": "EUR", "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD",
          "S$": "SGD", "HK$": "HKD"}  # fmt: skip
_PERIOD_KEYS = (
    ("hour", ("hour", "hr", "h", "hourly")), ("day", ("day", "daily")), ("week", ("week", "wk", "weekly")),
    ("month", ("month", "mo", "monthly")),
    ("year", ("year", "yr", "annum", "pa", "p.a", "annual", "annually", "yearly")),
)  # fmt: skip
LOWER_MISSING = "Only the upper end is given. The question asks from and to."
UPPER_MISSING = "Only the lower end is given. The question asks from and to."
HEDGED = "This is no exact amount and no range. The question asks from and to."
POINTS = "45.000 can mean forty-five or forty-five thousand. Write it with a comma or without."
REVERSED = "The upper end is below the lower end."
DOLLARS = "“$” was read as US dollars: nothing in the posting names another dollar."
WHICH_DOLLARS = "“$” is the dollar of several countries and the posting names one of the others. Say which it is."
NO_CURRENCY = "The posting names no currency."
NO_PERIOD = "The posting does not say whether this is a year, a month or an hour."
ONE_AMOUNT = "The posting gives one amount, so both ends are the same."
IN_THOUSANDS = "The “k” was read as belonging to both ends."


@dataclass(frozen=True, slots=True)
class Dollar:
    """What "$" means in a posting: the code, or nothing where it might be another dollar."""

    code: str
    note: str


def dollar_of(text: str) -> Dollar:
    """Return what "$" means in a whole posting.

    >>> dollar_of("Pay: $20 an hour, Toronto").code
    ''
    """
    if _AMERICAN.search(text):
        return Dollar("USD", "")
    return Dollar("", WHICH_DOLLARS) if _OTHER_DOLLARS.search(text) else Dollar("USD", DOLLARS)


def pay_finds(text: str, dollar: Dollar, *, is_pay: bool) -> Finds:
    """Yield the pay in a sentence; `is_pay` says that a heading or a label announced it.

    >>> [one.values for one in pay_finds("$52k-68k per year", Dollar("USD", ""), is_pay=True)]
    [{'minimum': '52000', 'maximum': '68000', 'currency': 'USD', 'period': 'year'}]
    """
    if not any(letter.isdigit() for letter in text):
        return
    about_pay = is_pay or _PAY_WORDS.search(text) is not None
    if points := _POINTS.search(text):
        if about_pay:
            yield Refused(points.start(), len(text), POINTS)
        return
    taken = list[tuple[int, int]]()
    for one in islice(_RANGE.finditer(text), MOST_AMOUNTS):
        if (found := _range(text, one, dollar, is_pay=is_pay, about_pay=about_pay)) is not None:
            taken.append(one.span())
            yield found
    if not taken:
        yield from _singles(text, dollar, is_pay=is_pay, about_pay=about_pay)


def _range(text: str, one: re.Match[str], dollar: Dollar, *, is_pay: bool, about_pay: bool) -> Find | None:
    signs = [sign for key in ("s1", "s2", "s3", "s4") if (sign := one[key])]
    before, after = text[max(0, one.start() - NEAR) : one.start()], text[one.end() : one.end() + NEAR]
    if one["join"].lower() == "and" and "between" not in before.lower():
        return None
    if _is_other(before, after) or (not signs and _UNITS.match(after)):
        return None
    period = _period(text, one.start(), one.end())
    first, second = _amount(one["a1"], one["k1"]), _amount(one["a2"], one["k2"])
    is_money = bool(signs or one["k1"] or one["k2"] or (is_pay and second >= THOUSAND))
    if not (is_money and (about_pay or period)) and not (about_pay and period):
        return None
    notes = []
    if one["k2"] and not one["k1"] and first < THOUSAND:
        first, notes = first * THOUSAND, [IN_THOUSANDS]
    if second < first:
        return Refused(one.start(), one.end(), REVERSED)
    return _found(one, (first, second), signs, period, dollar, notes)


def _singles(text: str, dollar: Dollar, *, is_pay: bool, about_pay: bool) -> Finds:
    for one in islice(_SINGLE.finditer(text), MOST_AMOUNTS):
        before, after = text[max(0, one.start() - NEAR) : one.start()], text[one.end() : one.end() + NEAR]
        signs = [sign for key in ("s1", "s2") if (sign := one[key])]
        period = _period(text, one.start(), one.end()) if signs or one["k1"] else None
        if not signs and not (one["k1"] and about_pay):
            continue
        if (
            not (about_pay or period)
            or _is_other(before, after)
            or (not is_pay and period is None and not _PAY_WORDS.search(before))
        ):
            continue
        amount = _amount(one["a1"], one["k1"])
        reason = next(
            (why for found, why in (
                (_UP_TO.search(before), LOWER_MISSING), (one["plus"] or _FROM.search(before), UPPER_MISSING),
                (_HEDGE.search(before), HEDGED),
            ) if found), "",
        )  # fmt: skip
        yield (
            Refused(one.start(), one.end(), reason)
            if reason
            else _found(one, (amount, amount), signs, period, dollar, [ONE_AMOUNT])
        )
        return


def _found(  # What was read of one amount or range; each part by its name.
    one: re.Match[str],
    ends: tuple[Decimal, Decimal],
    signs: list[str],
    period: tuple[str, int, int] | None,
    dollar: Dollar,
    notes: list[str],
) -> Found:
    values = {"minimum": plain_number(ends[0]), "maximum": plain_number(ends[1])}
    code, note = _code(signs, dollar)
    if code:
        values["currency"] = code
    if period:
        values["period"] = period[0]
    notes = [*notes, note, "" if period else NO_PERIOD]
    spans = [one.span(), *([(period[1], period[2])] if period else [])]
    return Found(min(s for s, _ in spans), max(e for _, e in spans), FIELD, values, " ".join(filter(None, notes)))


def _code(signs: list[str], dollar: Dollar) -> tuple[str, str]:
    codes = {_CODES.get(sign.upper(), sign.upper()) for sign in signs}
    named = sorted(codes - {"$"})
    if len(named) == 1:
        return named[0], ""
    if codes == {"$"}:
        return dollar.code, dollar.note
    return "", NO_CURRENCY


def _amount(digits: str, thousand: str | None) -> Decimal:
    number = Decimal(digits.replace(",", "").replace(" ", ""))
    return number * THOUSAND if thousand else number


def _period(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """Return the period said right after an amount, else the nearest one before it, with where it stands."""
    found = _PERIOD.search(text, end, min(len(text), end + NEAR))
    if found is None:
        earlier = list(_PERIOD.finditer(text, max(0, start - NEAR), end))
        found = earlier[-1] if earlier else None
    if found is None:
        return None
    word = (found["per"] or found["word"]).lower()
    key = next(key for key, words in _PERIOD_KEYS if word in words)
    return key, found.start(), found.end()


def _is_other(before: str, after: str) -> bool:
    """Tell whether the words around an amount say that it is something else than the pay."""
    near = re.split(r"[,;.()]|\bplus\b|\band\b|\+", after, maxsplit=1)[0]
    last = re.split(r"[,;.()]|\bplus\b|\+", before)[-1]
    return _OTHER.search(near) is not None or _OTHER.search(last) is not None
