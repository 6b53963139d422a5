"""The demo's days, counted from the day on which it is made, so that the hire is always a fresh one."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "America/Chicago"
WEEKEND = (5, 6)
LAST_HOUR_FOR_TODAY = 12
NEXT = "14:00"

Day = tuple[int, str]
"""Working days before the day of making (after it when negative), and the time on the office's wall clock."""


@dataclass(frozen=True)
class Days:
    """Working days around one moment, in the zone of the office."""

    today: datetime

    def wall(self, day: Day) -> datetime:
        """Return the time on the office's wall clock."""
        ago, clock = day
        date = self.today.astimezone(ZoneInfo(ZONE)).date()
        step = timedelta(days=-1 if ago > 0 else 1)
        left = abs(ago)
        while left:
            date += step
            left -= date.weekday() not in WEEKEND
        return datetime.combine(date, time.fromisoformat(clock))

    def moment(self, day: Day) -> datetime:
        """Return the moment."""
        return self.wall(day).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)

    @property
    def next_start(self) -> Day:
        """Return this afternoon while the morning lasts, and otherwise the afternoon of the next working day."""
        here = self.today.astimezone(ZoneInfo(ZONE))
        is_today = here.weekday() not in WEEKEND and here.hour < LAST_HOUR_FOR_TODAY
        return (0 if is_today else -1, NEXT)
