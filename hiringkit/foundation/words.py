"""Dates and times in words, always with the zone they are read in."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def local(moment: datetime, zone: str) -> datetime:
    """Return the moment on the wall clock of a zone."""
    return moment.astimezone(ZoneInfo(zone))


def day_words(day: date, *, year: bool = True, weekday: bool = False) -> str:
    """Return a day as people write it.

    >>> day_words(date(2026, 5, 3))
    '3 May 2026'
    >>> day_words(date(2026, 5, 3), year=False, weekday=True)
    'Sunday 3 May'
    """
    words = f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")
    return f"{DAYS[day.weekday()]} {words}" if weekday else words


def moment_words(moment: datetime, zone: str) -> str:
    """Return a moment as people write it, on the wall clock of a zone.

    >>> from datetime import UTC
    >>> moment_words(datetime(2026, 1, 9, 20, 5, tzinfo=UTC), "America/Chicago")
    '9 January 2026, 14:05'
    """
    there = local(moment, zone)
    return f"{day_words(there)}, {there:%H:%M}"


def zone_words(zone: str) -> str:
    """Return a zone as people name it.

    >>> zone_words("America/Chicago")
    'Chicago time'
    >>> zone_words("UTC")
    'UTC'
    """
    return f"{zone.rsplit('/', 1)[-1].replace('_', ' ')} time" if "/" in zone else zone


def and_list(words: list[str]) -> str:
    """Join words as a sentence does.

    >>> and_list(["Ana", "Ben", "Chi"])
    'Ana, Ben and Chi'
    """
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + (" and " + words[-1] if words else "")
