"""A retry uses the other form; while there is none, the same form waits until its reference has faded."""

from datetime import date, timedelta

import pytest

from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.retries import PastAttempt, Wait, letter_to_rate, wait_before
from hiringkit.calibration.rules.standing import StandingNow, StandingState

DAY = date(2027, 1, 4)
TRAINING = StandingNow(StandingState.IN_TRAINING, "in training")
LAPSED = StandingNow(StandingState.LAPSED, "lapsed", until=DAY)


def tried(letter: str = "A", form: int = 1, *, passed: bool = False, after: int = 0) -> PastAttempt:
    return PastAttempt(letter, form, passed, DAY + timedelta(days=after))


def wait(form: int, letters: str, past: list[PastAttempt], now: StandingNow = TRAINING, days: int = 0) -> Wait | None:
    return wait_before(form, set(letters), past, now, DEFAULT_POLICY, DAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("letters", "past", "letter"),
    [
        ("AB", [], "A"),
        ("AB", [tried("A")], "B"),
        ("AB", [tried("A"), tried("B")], "A"),
        ("ABC", [tried("B")], "C"),
        ("A", [tried("A")], "A"),
        ("B", [tried("A")], "B"),
    ],
)
def test_the_form_after_the_last_one_is_next(letters: str, past: list[PastAttempt], letter: str) -> None:
    assert letter_to_rate(set(letters), past) == letter


def test_the_first_attempt_waits_for_nothing() -> None:
    assert wait(1, "A", []) is None


@pytest.mark.parametrize(("days", "waits"), [(0, True), (29, True), (30, False)])
def test_the_only_form_can_be_rated_again_after_30_days(days: int, waits: bool) -> None:
    assert (wait(1, "A", [tried()], days=days) is not None) is waits


def test_a_reworded_only_form_is_no_way_around_the_wait_after_not_yet() -> None:
    assert wait(2, "A", [tried(form=1)]) is not None


def test_a_form_on_new_anchors_can_be_rated_at_once_after_a_pass() -> None:
    assert wait(2, "A", [tried(form=1, passed=True)], LAPSED) is None
    assert wait(1, "A", [tried(form=1, passed=True)], LAPSED) is not None


def test_with_two_forms_the_first_retry_is_at_once_and_the_next_waits() -> None:
    assert wait(2, "AB", [tried()]) is None
    second = wait(1, "AB", [tried(), tried("B", 2, after=7)], days=8)
    assert second is not None
    assert second.from_day == DAY + timedelta(days=37)


def test_a_pass_starts_the_count_anew() -> None:
    past = [tried(), tried("B", 2, passed=True, after=1), tried("A", 1, after=100)]
    assert wait(2, "AB", past, days=100) is None


def test_a_calibrated_person_waits_for_the_last_30_days_and_a_due_one_does_not() -> None:
    until = DAY + timedelta(days=90)
    calibrated = StandingNow(StandingState.CALIBRATED, "calibrated until", until=until)
    due = StandingNow(StandingState.DUE, "due; calibrated until", until=until)
    past = [tried(passed=True, after=-60)]
    found = wait(1, "A", past, calibrated)
    assert found is not None
    assert found.from_day == until - timedelta(days=30)
    assert wait(1, "A", past, due) is None
