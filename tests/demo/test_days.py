"""The demo's days are working days around the moment of making, whatever day and hour that is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hiringkit.demo.agenda import Agenda
from hiringkit.demo.days import ZONE, Days

MONDAY = datetime(2026, 11, 16, 6, 5, tzinfo=UTC)
"""Five minutes past midnight in Chicago."""
MOMENTS = [MONDAY + timedelta(days=day, hours=hour) for day in range(7) for hour in (0, 9, 15, 23)]


@pytest.mark.parametrize("today", MOMENTS, ids=str)
def test_the_evening_of_the_last_working_day_is_over_and_no_weekend(today: datetime) -> None:
    evening = Days(today).moment((1, "22:00"))
    assert evening < today
    assert evening.astimezone(ZoneInfo(ZONE)).weekday() < 5


@pytest.mark.parametrize("today", MOMENTS, ids=str)
def test_the_next_interview_is_today_or_on_the_next_working_day(today: datetime) -> None:
    days = Days(today)
    start = days.moment(days.next_start)
    assert today < start < days.moment((-2, "00:00"))
    assert start.astimezone(ZoneInfo(ZONE)).weekday() < 5


def test_a_working_morning_has_its_interview_in_the_afternoon() -> None:
    assert Days(datetime(2026, 11, 18, 15, 0, tzinfo=UTC)).wall((0, "14:00")) == datetime(2026, 11, 18, 14, 0)  # noqa: DTZ001  # A wall clock has no zone.
    assert Days(datetime(2026, 11, 18, 15, 0, tzinfo=UTC)).next_start == (0, "14:00")


def test_five_working_days_ago_is_a_week_ago() -> None:
    assert Days(MONDAY).wall((5, "09:00")) == datetime(2026, 11, 9, 9, 0)  # noqa: DTZ001  # A wall clock has no zone.


def test_acts_run_in_the_order_of_time() -> None:
    agenda = Agenda(MONDAY)
    done: list[datetime] = []
    for ago in (3, 9, 1):
        agenda.plan((ago, "10:00"), done.append)
    agenda.run()
    assert done == [Days(MONDAY).moment((ago, "10:00")) for ago in (9, 3, 1)]


def test_nothing_is_planned_ahead() -> None:
    with pytest.raises(ValueError, match="lies ahead"):
        Agenda(MONDAY).plan((-1, "10:00"), print)
