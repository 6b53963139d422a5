"""The life of one attempt at an exercise, and when the next one may begin."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.foundation.lifecycle import Lifecycle, Move


class AttemptState(StrEnum):
    """PRODUCT's words for an exercise attempt."""

    STARTED = "started"
    SUBMITTED = "submitted"
    EXTENDED = "extended"
    PASSED = "passed"
    NOT_YET = "not yet"


ATTEMPT = Lifecycle(
    "attempt",
    (
        Move("submit", frozenset({AttemptState.STARTED, AttemptState.EXTENDED}), AttemptState.SUBMITTED),
        Move("extend", frozenset({AttemptState.SUBMITTED}), AttemptState.EXTENDED),
        Move("pass", frozenset({AttemptState.SUBMITTED}), AttemptState.PASSED),
        Move("fall short", frozenset({AttemptState.SUBMITTED}), AttemptState.NOT_YET),
    ),
)


def next_attempt_from(not_yet_on: Sequence[date], policy: CalibrationPolicy) -> date | None:
    """First day on which another attempt may begin, or None when nothing stands against today.

    `not_yet_on`: the days on which attempts since the last pass ended "not yet". One retry may
    follow at once (on another form where there is one); then a wait of 30 days (SCIENCE 1.3).

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> next_attempt_from([date(2027, 1, 4)], DEFAULT_POLICY)
    >>> next_attempt_from([date(2027, 1, 4), date(2027, 1, 11)], DEFAULT_POLICY)
    datetime.date(2027, 2, 10)
    """
    if len(not_yet_on) <= policy.standing.retries_at_once:
        return None
    return max(not_yet_on) + timedelta(days=policy.standing.retry_wait_days)
