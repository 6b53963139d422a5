"""The only writer of calibration: policies, exercises, forms, experts, attempts, standings, paths, drift, refreshes."""

from hiringkit.calibration.operations.attempts import save_response, start_attempt, submit_attempt
from hiringkit.calibration.operations.drafts import (
    begin_exercise,
    close_rating,
    close_settling,
    end_draft,
    keep_draft_response,
    publish_form,
    save_draft_response,
    start_draft,
)
from hiringkit.calibration.operations.drift import compare_sessions
from hiringkit.calibration.operations.exercises import adopt_policy, import_exercises
from hiringkit.calibration.operations.experts import ask_expert, save_expert_response, seal_ratings
from hiringkit.calibration.operations.leaving import decline_rating, withdraw_expert
from hiringkit.calibration.operations.path import credit_step, read_guide
from hiringkit.calibration.operations.refreshes import invite_to_refresh
from hiringkit.calibration.operations.settling import save_settling, settle_response
from hiringkit.calibration.operations.standings import earn_standing, record_session, suspend_standing

__all__ = [
    "adopt_policy",
    "ask_expert",
    "begin_exercise",
    "close_rating",
    "close_settling",
    "compare_sessions",
    "credit_step",
    "decline_rating",
    "earn_standing",
    "end_draft",
    "import_exercises",
    "invite_to_refresh",
    "keep_draft_response",
    "publish_form",
    "read_guide",
    "record_session",
    "save_draft_response",
    "save_expert_response",
    "save_response",
    "save_settling",
    "seal_ratings",
    "settle_response",
    "start_attempt",
    "start_draft",
    "submit_attempt",
    "suspend_standing",
    "withdraw_expert",
]
