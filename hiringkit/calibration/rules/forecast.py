"""When standings run out: by their days, and by their interviews at the present pace."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from hiringkit.calibration.rules.standing import Ending, Standing

PACE_DAYS = 30
"""The pace is what was counted in as many days before today."""
HORIZONS = (30, 60, 90)


@dataclass(frozen=True)
class Pace:
    """How many interviews counted on one standing in the last `days` days."""

    sessions: int = 0
    days: int = PACE_DAYS

    def more(self, ahead: int) -> int:
        """Interviews to be expected within a number of days, whole ones only."""
        return self.sessions * ahead // self.days


@dataclass(frozen=True)
class LastDay:
    """The last day of a standing, and what of it is over then: its days or its interviews."""

    on: date
    ending: Ending


def last_day(standing: Standing, pace: Pace, today: date) -> LastDay | None:
    """Last day on which a standing that holds today will hold at this pace, or None where it has no term.

    `projected` tells the same day by day: the interviews last while limit > sessions + pace x days
    ahead, so while days ahead <= (left x pace days - 1) // sessions of the pace. Where both end on
    one day, its days are named.

    >>> from hiringkit.calibration.rules.forms import GoldBasis
    >>> from hiringkit.calibration.rules.standing import Term
    >>> term = Term(date(2027, 1, 1), date(2027, 4, 1), 20)
    >>> earned = Standing(frozenset({1}), GoldBasis.PANEL, attempts=1, term=term, sessions=17)
    >>> found = last_day(earned, Pace(6), date(2027, 2, 1))
    >>> found.on.isoformat(), found.ending.name
    ('2027-02-15', 'SESSIONS')
    >>> last_day(earned, Pace(0), date(2027, 2, 1)).on.isoformat()
    '2027-04-01'
    """
    term = standing.term
    if term is None:
        return None
    left = term.session_limit - standing.sessions
    if pace.sessions and left > 0:
        used_up = today + timedelta(days=(left * pace.days - 1) // pace.sessions)
        if used_up < term.valid_until:
            return LastDay(used_up, Ending.SESSIONS)
    return LastDay(term.valid_until, Ending.DAYS)


def projected(standing: Standing, pace: Pace, ahead: int) -> Standing:
    """Return the standing as it will be in a number of days, with the interviews that the pace adds.

    >>> from hiringkit.calibration.rules.forms import GoldBasis
    >>> projected(Standing(frozenset({1}), GoldBasis.PANEL, attempts=1, sessions=3), Pace(6), 10).sessions
    5
    """
    return replace(standing, sessions=standing.sessions + pace.more(ahead))


def days_led(leads: Sequence[Callable[[int], bool]], horizon: int = HORIZONS[-1]) -> int | None:
    """How many days from today on somebody can lead; None if still at the horizon, -1 if not even today.

    `leads`: for each person, whether they can lead in so many days. Standings only run out while nobody
    renews them, so who has stopped does not begin again: whoever cannot go on for longer than those
    before is asked once, and the last day of the others is found by halving.

    >>> days_led([lambda ahead: ahead <= 12, lambda ahead: ahead <= 40])
    40
    >>> days_led([lambda ahead: ahead <= 400]) is None
    True
    >>> days_led([])
    -1
    """
    last = -1
    for lead in leads:
        if lead(last + 1):
            last += bisect_left(range(last + 1, horizon + 1), 1, key=partial(_has_stopped, lead))
        if last >= horizon:
            return None
    return last


def _has_stopped(lead: Callable[[int], bool], ahead: int) -> bool:
    return not lead(ahead)


def within(days: int, horizons: Sequence[int] = HORIZONS) -> int | None:
    """Return the first horizon that a number of days ahead lies within, or None beyond all.

    >>> [within(days) for days in (0, 29, 30, 31, 90, 91)]
    [30, 30, 30, 60, 90, None]
    """
    return next((one for one in horizons if days <= one), None)
