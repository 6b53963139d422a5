"""When, where and how long one works, as a sentence says it; nothing is converted."""

import re

from hiringkit.disclosures.rules.reading.finds import Absent, Find, Finds, Found, Refused

BY_YEAR = "The question asks for days a year. This is a share or another period, and converting it would need a guess."
NO_DAYS = "The question asks for days a year, and no number of days is given."
BY_WEEK = "The question asks how many hours a day are paid. Hours a week cannot be turned into that without the days."
UNPAID = "An unpaid break is no part of the paid day, which is what the question asks."
SEVERAL = "The question asks for the minutes of all breaks together, which the posting does not say."
SHIFT_NOTE = "Check that this is the paid time of a day."
_TRAVEL = re.compile(r"\btravel(?:l?ing|s)?\b", re.IGNORECASE)
_NO_TRAVEL = re.compile(
    r"\b(?:no (?:business )?travel(?: (?:is )?required)?|travel (?:is )?not required|without travel"
    r"|travel(?: required)?: (?:none|no)\b)",
    re.IGNORECASE,
)
_NO_JOB_TRAVEL = re.compile(
    r"travel (?:agenc|agent|insurance|industry|allowance|expenses|reimburse|nurs|pass|card|discount|cost|stipend"
    r"|business|compan|tech)",
    re.IGNORECASE,
)
_DAYS_A_YEAR = re.compile(r"\b([0-9]{1,3}) (?:travel )?days? (?:of travel )?(?:a|per|each|every) year\b", re.IGNORECASE)
_DAY_HOURS = re.compile(
    r"\b([0-9]{1,2}(?:\.[0-9]{1,2})?)(?:-| )?(?:hours?|hrs?) ?(?:(?:a|per|each|every) day|/ ?day|daily|days?\b"
    r"|shifts?\b)",
    re.IGNORECASE,
)
_WEEK_HOURS = re.compile(
    r"\b[0-9]{1,3}(?:\.[0-9]{1,2})?(?: ?- ?[0-9]{1,3}(?:\.[0-9]{1,2})?)?(?:-| )?(?:hours?|hrs?)\.?(?: ?(?:a|per|each"
    r"|every|/) ?(?:week|wk)|/ ?w(?:ee)?k"
    r"| weekly| weeks?\b)",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"\b(?P<several>(?:two|three|four|[2-9]) (?:x )?)?(?P<minutes>[0-9]{1,3})(?:-"
    r"| )?min(?:ute)?s? (?P<unpaid>un)?paid "
    r"(?:meal |lunch |rest )?(?:breaks?|lunch)\b",
    re.IGNORECASE,
)
_CLOCK = (
    r"[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:am|pm|a\.m\.?|p\.m\.?)?(?: ?- ?| to | until )"
    r"[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:am\b|pm\b|a\.m|p\.m)|\b[0-9]{1,2}:[0-9]{2}(?: ?- ?| to "
    r"| until )[0-9]{1,2}:[0-9]{2}"
)
_LATE = re.compile(
    rf"(?:{_CLOCK})|\b(?:evenings?|overnight|overtime|after[- ]hours|outside (?:normal|business|office) hours"
    rf"|graveyard|business hours"
    r"|(?:day|night|evening|late|early|rotating|swing|split|second|third|first|1st|2nd|3rd|morning|afternoon"
    r"|twilight|back|[0-9]{1,2}-hour)"
    r" shifts?|shifts? (?:are|run|runs|start|starts|from|pattern|times?)|work nights|mon(?:day)?s? ?(?:-|to|through"
    r"|thru) ?(?:fri|thu|sat|sun)\w{0,6}"
    r"|(?:tues?|wednes|thurs?)days? ?(?:-|to|through|thru) ?\w{3,9}day|flexible (?:hours|schedule|working)"
    r"|core hours)\b",
    re.IGNORECASE,
)
_WEEKEND = re.compile(r"\b(?:weekends?|saturdays?|sundays?)\b", re.IGNORECASE)
_ON_CALL = re.compile(r"\b(?:on[- ]call|standby (?:rota|rotation|duty)|pager (?:duty|rotation))\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:(?:fully|100%|partly|partially|mostly) remote|remote (?:role|position|job|work|working|first|-first"
    r"|friendly|within|from|only)"
    r"|(?:is|are|be) remote|hybrid|on-?site|(?:work|working|works) (?:from home|remotely|in (?:the|our) office"
    r"|at our|from our|in our)|from home"
    r"|days? (?:a|per|each) week in (?:the|our) office|(?:role|job|position|post|you(?:'ll| will) be|you are"
    r"|you're) (?:is )?(?:based|located) (?:in|at|out of))\b",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"(?:must |able to |ability to |available |availability |willing(?:ness)? to |you(?:'ll| will)? )?(?:be )?"
    r"(?:able to |available (?:to|for) |willing to |expected to )?(?:work|working|participate|participating"
    r"|take part|taking part|join|joining"
    r"|carry|shifts?|hours|schedule|weekends?|evenings?|on[- ]call|overtime|travel|some travel|no travel|occasional"
    r"|rotat|nights?)\b",
    re.IGNORECASE,
)


def is_about_time(text: str) -> bool:
    """Tell whether a line among duties speaks of the working time itself, and not of other people's shifts.

    >>> is_about_time("Work one weekend in four"), is_about_time("Hand over open cases to the evening shift")
    (True, False)
    """
    return _STARTS.match(text) is not None


def working_finds(text: str) -> Finds:
    """Yield travel, hours, breaks, on call, weekends and late or early work.

    >>> [(one.field, one.values) for one in working_finds("You work one weekend in four.")]
    [('workload.weekends', {'value': 'You work one weekend in four.'})]
    """
    yield from _travel(text)
    yield from _hours(text)
    for pattern, field in (
        (_ON_CALL, "workload.on-call"),
        (_WEEKEND, "workload.weekends"),
        (_LATE, "workload.after-hours"),
    ):
        if pattern.search(text):
            yield _whole(text, field)


def place_finds(text: str) -> Finds:
    """Yield where the work is done.

    >>> [one.field for one in place_finds("Hybrid: two days a week in the office.")]
    ['workload.place']
    """
    if _PLACE.search(text):
        yield _whole(text, "workload.place")


def _whole(text: str, field: str) -> Find:
    return Found(0, len(text), field, {"value": text})


def travel_finds(text: str) -> Finds:
    """Yield what a line under a heading on travel says, even without the word.

    >>> [type(one).__name__ for one in travel_finds("Up to 10 %")]
    ['Refused']
    """
    if found := _NO_TRAVEL.search(text) or re.match(r"(?:none|not required|no)\b", text, re.IGNORECASE):
        yield Absent(0, len(text), "workload.travel", text)
    elif days := _DAYS_A_YEAR.search(text):
        yield Found(days.start(), days.end(), "workload.travel", {"value": days[1]})
    else:
        found = re.search(r"[0-9]", text)
        yield Refused(0, len(text), BY_YEAR if found else NO_DAYS)


def _travel(text: str) -> Finds:
    if not _TRAVEL.search(text) or _NO_JOB_TRAVEL.search(text):
        return
    if found := _NO_TRAVEL.search(text):
        yield Absent(found.start(), found.end(), "workload.travel", text[found.start() : found.end()])
    else:
        yield from travel_finds(text)


def _hours(text: str) -> Finds:
    if found := _DAY_HOURS.search(text):
        yield Found(found.start(), found.end(), "workload.hours", {"paid": found[1]}, SHIFT_NOTE)
    if found := _WEEK_HOURS.search(text):
        yield Refused(found.start(), found.end(), BY_WEEK)
    if found := _BREAK.search(text):
        if found["unpaid"] or found["several"]:
            yield Refused(found.start(), found.end(), UNPAID if found["unpaid"] else SEVERAL)
        else:
            yield Found(found.start(), found.end(), "workload.hours", {"breaks": found["minutes"]})
