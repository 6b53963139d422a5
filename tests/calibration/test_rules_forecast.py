"""When standings run out: the day named is the last one on which the standing, projected at its pace, holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.forecast import HORIZONS, Pace, days_led, last_day, projected, within
from hiringkit.calibration.rules.forms import GoldBasis
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.standing import Ending, Standing, Term, standing_on

TODAY = date(2027, 2, 1)
IN_FORCE = {1, 2}


def standing(days_left: int, sessions: int, limit: int = 20) -> Standing:
    """Return a standing that holds today."""
    term = Term(TODAY - timedelta(days=5), TODAY + timedelta(days=days_left), limit)
    return Standing(frozenset({1}), GoldBasis.PANEL, attempts=1, term=term, sessions=sessions)


def holds(one: Standing, pace: Pace, ahead: int) -> bool:
    """Tell by the rule of standings whether it holds in so many days."""
    return standing_on(TODAY + timedelta(days=ahead), projected(one, pace, ahead), DEFAULT_POLICY, IN_FORCE).holds


@given(st.integers(0, 200), st.integers(0, 19), st.integers(0, 40))
def test_it_holds_through_its_last_day_and_no_longer(days_left: int, sessions: int, pace: int) -> None:
    one, at_pace = standing(days_left, sessions), Pace(pace)
    found = last_day(one, at_pace, TODAY)
    assert found is not None
    ahead = (found.on - TODAY).days
    assert ahead >= 0
    assert all(holds(one, at_pace, day) for day in range(ahead + 1))
    assert not holds(one, at_pace, ahead + 1)


@given(st.integers(0, 200), st.integers(0, 19), st.integers(1, 40))
def test_a_faster_pace_ends_nothing_later(days_left: int, sessions: int, pace: int) -> None:
    slow, fast = (last_day(standing(days_left, sessions), Pace(one), TODAY) for one in (pace - 1, pace))
    assert slow is not None
    assert fast is not None
    assert fast.on <= slow.on


@pytest.mark.parametrize(
    ("sessions", "pace", "day", "ending"),
    [
        (3, 0, date(2027, 4, 2), Ending.DAYS),
        (3, 3, date(2027, 4, 2), Ending.DAYS),
        (17, 6, date(2027, 2, 15), Ending.SESSIONS),
        (19, 30, date(2027, 2, 1), Ending.SESSIONS),
    ],
)
def test_the_first_end_is_named_with_its_reason(sessions: int, pace: int, day: date, ending: Ending) -> None:
    found = last_day(standing(60, sessions), Pace(pace), TODAY)
    assert found is not None
    assert (found.on, found.ending) == (day, ending)


def test_a_standing_without_a_term_has_no_last_day() -> None:
    assert last_day(Standing(frozenset({1}), GoldBasis.PANEL, attempts=1), Pace(5), TODAY) is None


@given(st.lists(st.integers(-1, 200), max_size=6))
def test_somebody_leads_until_the_last_of_them_stops(ends: list[int]) -> None:
    leads = [lambda ahead, end=end: ahead <= end for end in ends]
    last = max(ends, default=-1)
    assert days_led(leads) == (None if last >= HORIZONS[-1] else last)


@given(st.integers(0, 200))
def test_a_horizon_is_the_first_that_is_not_passed(days: int) -> None:
    found = within(days)
    assert (found is None) == (days > HORIZONS[-1])
    if found is not None:
        assert days <= found
        assert all(days > one for one in HORIZONS if one < found)
