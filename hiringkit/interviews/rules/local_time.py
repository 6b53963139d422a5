"""From a time on somebody's wall clock to a moment, gaps and doubled hours included."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hiringkit.foundation.errors import InvalidError


@dataclass(frozen=True)
class Moment:
    """A wall-clock time made definite: `utc` is aware; `note` is a sentence to show, or empty."""

    utc: datetime
    note: str = ""


def moment_of(wall: datetime, zone: str) -> Moment:
    """Turn a local time without zone into a moment in UTC.

    A time that the clocks skip raises InvalidError; one that comes twice takes the first and says
    so. An unknown zone raises InvalidError, a `wall` that has a zone already ValueError.

    >>> moment_of(datetime(2026, 7, 1, 9, 0), "Europe/Berlin").utc.isoformat()
    '2026-07-01T07:00:00+00:00'
    >>> moment_of(datetime(2026, 10, 25, 2, 30), "Europe/Berlin").note
    '02:30 comes twice on that day, because the clocks go back; the first one is taken.'
    """
    if wall.tzinfo is not None:
        raise ValueError("A wall-clock time has no zone of its own.")
    first, second = (wall.replace(tzinfo=_zone(zone), fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return Moment(first.astimezone(UTC))
    utc = first.astimezone(UTC)
    back = utc.astimezone(first.tzinfo).replace(tzinfo=None)
    if back != wall:
        raise InvalidError(
            f"{wall:%H:%M} does not exist on that day, because the clocks go forward; choose another time."
        )
    return Moment(utc, f"{wall:%H:%M} comes twice on that day, because the clocks go back; the first one is taken.")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as fault:
        raise InvalidError(f"{name} is not a time zone.") from fault
