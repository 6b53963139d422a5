"""The only writer of calibration, gathered: policies and exercises, attempts, standings, drift."""

from hiringkit.calibration.operations.attempts import save_response, start_attempt, submit_attempt
from hiringkit.calibration.operations.drift import compare_sessions
from hiringkit.calibration.operations.exercises import adopt_policy, import_exercises
from hiringkit.calibration.operations.standings import earn_standing, record_session, suspend_standing

__all__ = [
    "adopt_policy",
    "compare_sessions",
    "earn_standing",
    "import_exercises",
    "record_session",
    "save_response",
    "start_attempt",
    "submit_attempt",
    "suspend_standing",
]
