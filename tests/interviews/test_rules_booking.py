"""What must hold before an interview is booked, and the moments that clocks skip or repeat."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.foundation.errors import InvalidError, WrongStateError
from hiringkit.interviews.rules.assigning import RefusalKind
from hiringkit.interviews.rules.booking import BookingFacts, booking_refusals, is_overlapping
from hiringkit.interviews.rules.lifecycle import (
    ASSIGNMENT,
    INTERVIEW,
    SITTING,
    TO_COME,
    AssignmentState,
    InterviewState,
)
from hiringkit.interviews.rules.local_time import moment_of

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
READY = BookingFacts(NOON, NOON - timedelta(days=3), has_delivery=True, is_loop_ready=True)
ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]


def wall(text: str) -> datetime:
    """Return a time on a wall clock: without a zone, as people type it."""
    return datetime.fromisoformat(text)


def kinds(facts: BookingFacts) -> list[RefusalKind]:
    return [refusal.kind for refusal in booking_refusals(facts)]


def test_a_ready_booking_is_not_refused() -> None:
    assert booking_refusals(READY) == ()


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"has_delivery": False}, RefusalKind.NOT_DELIVERED),
        ({"pay_due_in": ("European Union",)}, RefusalKind.PAY_NOT_DELIVERED),
        ({"is_loop_ready": False}, RefusalKind.LOOP_NOT_READY),
        ({"is_bookable": False}, RefusalKind.NOT_BOOKABLE),
        ({"is_stage_booked": True}, RefusalKind.ALREADY_BOOKED),
        ({"is_candidate_busy": True}, RefusalKind.CANDIDATE_BUSY),
        ({"now": NOON}, RefusalKind.IN_THE_PAST),
        ({"now": NOON + timedelta(minutes=1)}, RefusalKind.IN_THE_PAST),
    ],
)
def test_each_obstacle_is_a_refusal_of_its_own(changes: dict[str, Any], kind: RefusalKind) -> None:
    assert kinds(replace(READY, **changes)) == [kind]


def test_a_pay_that_is_due_is_told_with_its_place_and_what_to_do() -> None:
    (refusal,) = booking_refusals(replace(READY, pay_due_in=("European Union",)))
    assert refusal.sentence.startswith("European Union: the candidate is to know the pay before the first interview")
    assert refusal.sentence.endswith("State the pay in the disclosure, publish it and send the new version; then book.")


def test_all_obstacles_are_told_at_once() -> None:
    assert kinds(replace(READY, has_delivery=False, is_loop_ready=False)) == [
        RefusalKind.NOT_DELIVERED,
        RefusalKind.LOOP_NOT_READY,
    ]


starts = st.integers(0, 300).map(lambda minutes: NOON + timedelta(minutes=minutes))
lengths = st.integers(1, 120)


@given(starts, lengths, starts, lengths)
def test_overlap_is_mutual_and_means_a_shared_minute(
    start: datetime, minutes: int, other: datetime, other_minutes: int
) -> None:
    found = is_overlapping(start, minutes, other, other_minutes)
    assert found == is_overlapping(other, other_minutes, start, minutes)
    own = {start + timedelta(minutes=n) for n in range(minutes)}
    assert found == bool(own & {other + timedelta(minutes=n) for n in range(other_minutes)})


def test_a_plain_time_becomes_a_moment_without_a_note() -> None:
    found = moment_of(wall("2026-07-01 09:00"), "America/New_York")
    assert (found.utc, found.note) == (datetime(2026, 7, 1, 13, 0, tzinfo=UTC), "")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        (wall("2026-03-29 02:30"), "Europe/Berlin"),
        (wall("2026-03-08 02:00"), "America/New_York"),
        (wall("2026-10-04 02:15"), "Australia/Lord_Howe"),
        (wall("2011-12-30 12:00"), "Pacific/Apia"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused(typed: datetime, zone: str) -> None:
    with pytest.raises(InvalidError, match=f"{typed:%H:%M} does not exist on that day"):
        moment_of(typed, zone)


@pytest.mark.parametrize(
    ("typed", "zone", "utc"),
    [
        (wall("2026-10-25 02:30"), "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (wall("2026-11-01 01:00"), "America/New_York", datetime(2026, 11, 1, 5, 0, tzinfo=UTC)),
    ],
)
def test_a_time_that_comes_twice_takes_the_first_and_says_so(typed: datetime, zone: str, utc: datetime) -> None:
    for fold in (0, 1):
        found = moment_of(typed.replace(fold=fold), zone)
        assert found.utc == utc
        assert "comes twice" in found.note


@pytest.mark.parametrize("typed", [wall("2026-03-29 01:59"), wall("2026-03-29 03:00"), wall("2026-10-25 03:00")])
def test_the_minutes_around_a_change_are_plain(typed: datetime) -> None:
    assert moment_of(typed, "Europe/Berlin").note == ""


@given(
    st.datetimes(wall("2015-01-01 00:00"), wall("2035-01-01 00:00")).map(
        lambda typed: typed.replace(second=0, microsecond=0)
    ),
    st.sampled_from(ZONES),
)
def test_every_moment_reads_back_as_the_time_that_was_typed(typed: datetime, zone: str) -> None:
    try:
        found = moment_of(typed, zone)
    except InvalidError:
        return
    assert found.utc.tzinfo is UTC
    assert found.utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == typed


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(InvalidError, match="not a time zone"):
        moment_of(wall("2026-07-01 09:00"), zone)


def test_a_time_with_a_zone_is_no_wall_clock_time() -> None:
    with pytest.raises(ValueError, match="no zone of its own"):
        moment_of(NOON, "UTC")


def test_an_interview_is_held_or_missed_or_cancelled_once() -> None:
    for state in TO_COME:
        assert INTERVIEW.after(state, "hold") is InterviewState.HELD
        assert INTERVIEW.after(state, "reschedule") is InterviewState.PLANNED
    for state in frozenset(InterviewState) - TO_COME:
        assert INTERVIEW.moves_from(state) == ()
    with pytest.raises(WrongStateError):
        INTERVIEW.after(InterviewState.CONFIRMED, "invite")


def test_an_assignment_that_was_declined_or_handed_over_is_over() -> None:
    assert ASSIGNMENT.after(AssignmentState.PROPOSED, "accept") is AssignmentState.ACCEPTED
    for state in SITTING:
        assert ASSIGNMENT.after(state, "decline") is AssignmentState.DECLINED
        assert ASSIGNMENT.after(state, "hand over") is AssignmentState.HANDED_OVER
    for state in frozenset(AssignmentState) - SITTING:
        assert ASSIGNMENT.moves_from(state) == ()
