"""Until when one can apply: a day in an unambiguous spelling, "open until filled", or why it is neither."""

import re
from datetime import date

from hiringkit.disclosures.rules.reading.finds import Absent, Finds, Found, Refused

FIELD = "pay.deadline"
REACH = 60
LAST_MONTH = 12
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? ?(?P<year>20[0-9]{2})\b)?"
_WRITTEN = (
    re.compile(r"\b(?P<year>20[0-9]{2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})\b"),
    re.compile(rf"\b{_DAY}(?: of)? {_MONTH}{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {_DAY}\b{_YEAR}", re.IGNORECASE),
)
_NUMERIC = re.compile(r"\b(?P<a>[0-9]{1,2})[/.-](?P<b>[0-9]{1,2})[/.-](?P<year>20[0-9]{2}|[0-9]{2})\b")
_TRIGGER = re.compile(
    r"\b(?:apply (?:by|before|until|no later than)|applications? (?:deadline|clos(?:e|es|ing)|due|are due"
    r"|must be received|received)"
    r"|applications? (?:will be |are )?(?:accepted|open) (?:until|through|till)|clos(?:ing|e) date|deadline"
    r"|last day to apply"
    r"|posting (?:closes|ends)|job closes|open until|accepted (?:until|through))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:(?:remains? )?open until (?:the (?:position|role|post) is )?filled|until filled|on a rolling basis"
    r"|rolling basis"
    r"|no (?:closing|application) (?:date|deadline)|no deadline)\b",
    re.IGNORECASE,
)
AMBIGUOUS = "This day can be read in two ways. Write the month as a word, or year-month-day."
NO_YEAR = "The year is missing."
NO_SUCH_DAY = "There is no such day."
NO_DAY = "No single day with its year can be read from it."


def deadline_finds(text: str, *, is_deadline: bool) -> Finds:
    """Yield the last day to apply; `is_deadline` says that a heading or a label announced it.

    >>> [one.values for one in deadline_finds("Apply by 31 March 2027.", is_deadline=False)]
    [{'value': '2027-03-31'}]
    """
    if found := _OPEN.search(text):
        yield Absent(found.start(), found.end(), FIELD, text[found.start() : found.end()])
        return
    trigger = None if is_deadline else _TRIGGER.search(text)
    if trigger is None and not is_deadline:
        return
    start = 0 if trigger is None else trigger.start()
    yield from _days(text, start, start + REACH if trigger is None else trigger.end() + REACH)


def _days(text: str, start: int, end: int) -> Finds:
    for pattern in _WRITTEN:
        if one := pattern.search(text, start, min(end, len(text))):
            if not one["year"]:
                yield Refused(start, one.end(), NO_YEAR)
            else:
                yield _day(start, one.end(), (one["year"], _month(one["month"]), one["day"]))
            return
    if one := _NUMERIC.search(text, start, min(end, len(text))):
        a, b = int(one["a"]), int(one["b"])
        if len(one["year"]) < len("2027") or (a != b and max(a, b) <= LAST_MONTH):
            yield Refused(start, one.end(), AMBIGUOUS)
        else:
            month, day = (b, a) if b <= LAST_MONTH else (a, b)
            yield _day(start, one.end(), (one["year"], month, str(day)))
    elif any(letter.isdigit() for letter in text[start:end]):
        yield Refused(start, min(end, len(text)), NO_DAY)


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS.index(word[:3].lower()) + 1


def _day(start: int, end: int, parts: tuple[str, int, str]) -> Found | Refused:
    try:
        day = date(int(parts[0]), parts[1], int(parts[2]))
    except ValueError:
        return Refused(start, end, NO_SUCH_DAY)
    return Found(start, end, FIELD, {"value": day.isoformat()})
