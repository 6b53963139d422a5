"""The only writer of calibration, gathered: policies and exercises, attempts, standings, the path."""

from hiringkit.calibration.operations.attempts import save_response, start_attempt, submit_attempt
from hiringkit.calibration.operations.exercises import adopt_policy, import_exercises
from hiringkit.calibration.operations.path import credit_step, read_guide
from hiringkit.calibration.operations.standings import earn_standing, record_session, suspend_standing

__all__ = [
    "adopt_policy",
    "credit_step",
    "earn_standing",
    "import_exercises",
    "read_guide",
    "record_session",
    "save_response",
    "start_attempt",
    "submit_attempt",
    "suspend_standing",
]
