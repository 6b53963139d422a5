"""A standing is dated, scoped and revocable; standings of several sets add up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.forms import GoldBasis
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.standing import (
    HOLDING,
    Ending,
    Standing,
    StandingNow,
    StandingState,
    covers,
    standing_on,
    term_of,
)

PASSED = date(2027, 1, 1)
IN_FORCE = {1, 2, 3, 4}
EARNED = Standing(
    competency_versions=frozenset({1, 2}),
    basis=GoldBasis.PANEL,
    attempts=1,
    term=term_of(PASSED, DEFAULT_POLICY, has_safety=False),
)


def after(days: int, standing: Standing | None = EARNED, in_force: set[int] | None = None) -> StandingNow:
    return standing_on(PASSED + timedelta(days=days), standing, DEFAULT_POLICY, in_force or IN_FORCE)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, StandingState.IN_TRAINING),
        (0, StandingState.CALIBRATED),
        (149, StandingState.CALIBRATED),
        (150, StandingState.DUE),
        (180, StandingState.DUE),
        (181, StandingState.LAPSED),
    ],
)
def test_a_pass_holds_for_180_days_and_is_due_in_the_last_30(days: int, state: StandingState) -> None:
    assert after(days).state is state


@pytest.mark.parametrize(("days", "state"), [(59, "calibrated until"), (60, "due"), (90, "due"), (91, "lapsed")])
def test_with_safety_critical_competencies_it_holds_for_90(days: int, state: str) -> None:
    shorter = replace(EARNED, term=term_of(PASSED, DEFAULT_POLICY, has_safety=True))
    assert after(days, shorter).state.value == state


@pytest.mark.parametrize(("has_safety", "limit"), [(False, 40), (True, 20)])
def test_it_holds_for_so_many_interviews_and_no_more(has_safety: bool, limit: int) -> None:
    term = term_of(PASSED, DEFAULT_POLICY, has_safety=has_safety)
    last = after(5, replace(EARNED, term=term, sessions=limit - 1))
    used = after(5, replace(EARNED, term=term, sessions=limit))
    assert (last.state, last.sessions_left) == (StandingState.DUE, 1)
    assert (used.state, used.ending, used.sessions_left) == (StandingState.LAPSED, Ending.SESSIONS, 0)


@pytest.mark.parametrize(("has_safety", "limit"), [(False, 40), (True, 20)])
def test_it_is_due_when_no_more_interviews_are_left_than_come_to_its_last_thirty_days(
    has_safety: bool, limit: int
) -> None:
    """30 of 180 days are a sixth of 40 interviews, 30 of 90 a third of 20: 6 of each."""
    term = term_of(PASSED, DEFAULT_POLICY, has_safety=has_safety)
    before, due = (after(5, replace(EARNED, term=term, sessions=limit - left)) for left in (7, 6))
    assert (before.state, due.state) == (StandingState.CALIBRATED, StandingState.DUE)
    assert due.holds


def test_it_ends_at_once_when_a_competency_of_its_set_has_a_new_version() -> None:
    assert after(5, in_force={1, 2}).holds
    ended = after(5, in_force={2, 3, 5})
    assert (ended.state, ended.ending) == (StandingState.LAPSED, Ending.VERSIONS)


def test_a_suspension_stops_it_from_its_day_on() -> None:
    suspended = replace(EARNED, suspended_on=PASSED + timedelta(days=10))
    assert after(9, suspended).state is StandingState.CALIBRATED
    assert (after(10, suspended).state, after(10, suspended).ending) == (StandingState.SUSPENDED, Ending.SUSPENDED)
    assert after(500, suspended).state is StandingState.SUSPENDED


def test_before_the_first_pass_it_is_none_and_then_in_training() -> None:
    untried = replace(EARNED, term=None, attempts=0)
    assert after(0, None).state is StandingState.NONE
    assert after(0, untried).state is StandingState.NONE
    assert after(0, replace(untried, attempts=1)).state is StandingState.IN_TRAINING


def test_the_words_say_when_the_gold_was_only_drafted() -> None:
    drafted = replace(EARNED, basis=GoldBasis.DRAFTED)
    assert after(0, drafted).words == "calibrated on drafted gold until"
    assert after(0).words == "calibrated until"
    assert after(170, drafted).words == "due; calibrated on drafted gold until"
    assert after(200, drafted).words == "lapsed"


def test_the_day_that_is_printed_is_the_last_that_holds() -> None:
    until = after(0).until
    assert until == date(2027, 6, 30)
    assert standing_on(until, EARNED, DEFAULT_POLICY, IN_FORCE).holds
    assert not standing_on(until + timedelta(days=1), EARNED, DEFAULT_POLICY, IN_FORCE).holds


def test_a_later_policy_changes_no_past_term() -> None:
    shorter = replace(DEFAULT_POLICY.standing.plain, days=10)
    stricter = replace(DEFAULT_POLICY, standing=replace(DEFAULT_POLICY.standing, plain=shorter))
    assert standing_on(PASSED + timedelta(days=100), EARNED, stricter, IN_FORCE).holds
    assert term_of(PASSED, stricter, has_safety=False).valid_until == date(2027, 1, 11)


@given(st.integers(0, 400), st.integers(0, 60), st.integers(0, 60))
def test_nothing_but_a_new_pass_brings_a_standing_back(days: int, sessions: int, more: int) -> None:
    now = after(days, replace(EARNED, sessions=sessions))
    later = after(days + more, replace(EARNED, sessions=sessions + more))
    assert now.holds or not later.holds


def test_only_calibrated_and_due_hold() -> None:
    assert {StandingState.CALIBRATED, StandingState.DUE} == HOLDING


def gaps(standings: list[Standing], versions: list[int], days: int = 5) -> list[tuple[int, StandingState]]:
    day = PASSED + timedelta(days=days)
    found = covers(standings, versions, day, DEFAULT_POLICY, IN_FORCE)
    return [(gap.competency_version, gap.state) for gap in found]


def test_standings_of_two_sets_add_up() -> None:
    other = replace(EARNED, competency_versions=frozenset({3}))
    assert gaps([EARNED, other], [1, 2, 3]) == []
    assert gaps([EARNED], [1, 2, 3]) == [(3, StandingState.NONE)]


def test_a_gap_tells_the_state_that_came_closest() -> None:
    training = replace(EARNED, term=None)
    assert gaps([training], [1]) == [(1, StandingState.IN_TRAINING)]
    assert gaps([training, EARNED], [1], days=300) == [(1, StandingState.LAPSED)]


def test_one_standing_that_holds_is_enough_beside_one_that_lapsed() -> None:
    fresh = replace(EARNED, term=term_of(PASSED + timedelta(days=250), DEFAULT_POLICY, has_safety=False))
    assert gaps([EARNED, fresh], [1, 2], days=300) == []


def test_the_day_of_the_interview_decides_and_not_today() -> None:
    assert gaps([EARNED], [1], days=180) == []
    assert gaps([EARNED], [1], days=181) == [(1, StandingState.LAPSED)]


@given(
    st.lists(st.frozensets(st.integers(1, 4), min_size=1), max_size=4),
    st.lists(st.integers(1, 4), unique=True),
    st.integers(0, 300),
)
def test_another_standing_never_opens_a_gap(sets: list[frozenset[int]], versions: list[int], days: int) -> None:
    standings = [replace(EARNED, competency_versions=one) for one in sets]
    fewer = {version for version, _ in gaps(standings, versions, days)}
    assert fewer <= {version for version, _ in gaps(standings[:-1], versions, days)}
