"""Which form an interviewer rates next, and from which day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hiringkit.calibration.rules.attempts import next_attempt_from
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.calibration.rules.standing import StandingNow, StandingState


@dataclass(frozen=True)
class PastAttempt:
    """One decided attempt at an exercise: letter and id of its form, and the day of its result."""

    letter: str
    form: int
    passed: bool
    on: date


@dataclass(frozen=True)
class Wait:
    """Why another attempt cannot begin yet: the page's words before the first day on which it can."""

    words: str
    from_day: date


def letter_to_rate(letters: Collection[str], past: Sequence[PastAttempt]) -> str:
    """Letter of the form to rate next: the first one, then the one after the form rated last (SCIENCE 1.3).

    `letters`: of the forms in force, at least one. With a single form a retry can only use it again.

    >>> letter_to_rate({"A", "B"}, [PastAttempt("A", 1, passed=False, on=date(2027, 1, 4))])
    'B'
    >>> letter_to_rate({"A"}, [PastAttempt("A", 1, passed=False, on=date(2027, 1, 4))])
    'A'
    """
    known = sorted(letters)
    if not past or past[-1].letter not in known:
        return known[0]
    return known[(known.index(past[-1].letter) + 1) % len(known)]


def wait_before(
    form: int,
    letters: Collection[str],
    past: Sequence[PastAttempt],
    now: StandingNow,
    policy: CalibrationPolicy,
    today: date,
) -> Wait | None:
    """Tell what stands against an attempt at the form today, or None (SCIENCE 1.3, 1.4).

    `form`: id of the form that `letter_to_rate` gives. `past`: decided attempts at the exercise,
    oldest first. SCIENCE wants a retry on the other form; while the pack has one form only, the
    same one may be rated again once 30 days have dimmed the memory of its reference ratings.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> fell_short = PastAttempt("A", 1, passed=False, on=date(2027, 1, 4))
    >>> training = StandingNow(StandingState.IN_TRAINING, "in training")
    >>> wait_before(1, {"A"}, [fell_short], training, DEFAULT_POLICY, date(2027, 1, 5)).from_day.isoformat()
    '2027-02-03'
    >>> wait_before(2, {"A", "B"}, [fell_short], training, DEFAULT_POLICY, date(2027, 1, 5))
    """
    found = _while_calibrated(now, policy) or _after_results(form, letters, past, policy)
    return found if found is not None and found.from_day > today else None


def _while_calibrated(now: StandingNow, policy: CalibrationPolicy) -> Wait | None:
    if now.state is not StandingState.CALIBRATED or now.until is None:
        return None
    days = policy.standing.due_days
    words = f"Your calibration can be renewed when few interviews are left, or in its last {days} days, from"
    return Wait(words, now.until - timedelta(days=policy.standing.due_days))


def _after_results(
    form: int, letters: Collection[str], past: Sequence[PastAttempt], policy: CalibrationPolicy
) -> Wait | None:
    if not past:
        return None
    last, days = past[-1], policy.standing.retry_wait_days
    if len(letters) == 1 and (last.form == form or not last.passed):
        words = (
            "You have read the reference ratings of this form, and the parallel form is not yet in the pack. "
            f"You can rate the same form again {days} days after its result, from"
        )
        return Wait(words, last.on + timedelta(days=days))
    first_day = next_attempt_from(_not_yet_since_pass(past), policy)
    if first_day is None:
        return None
    return Wait(
        f"After {policy.standing.retries_at_once + 1} attempts in a row there is a wait of {days} days, until",
        first_day,
    )


def _not_yet_since_pass(past: Sequence[PastAttempt]) -> list[date]:
    days: list[date] = []
    for attempt in past:
        days = [] if attempt.passed else [*days, attempt.on]
    return days
