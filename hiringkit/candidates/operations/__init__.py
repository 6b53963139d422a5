"""The only writer of candidates, gathered: people, applications, personal links, deliveries, what hires say."""

from hiringkit.candidates.operations.applications import (
    NO_LONGER_HIRING,
    add_application,
    move_application,
    moved,
    record_reading,
    withdraw_application,
)
from hiringkit.candidates.operations.deliveries import acknowledge, deliver
from hiringkit.candidates.operations.links import TOKEN_BYTES, make_link, revoke_link
from hiringkit.candidates.operations.people import (
    OWN_APPLICATION,
    add_candidate,
    edit_candidate,
    mark_conflicts,
)
from hiringkit.candidates.operations.truth import answer_truth, ask_truth

__all__ = [
    "NO_LONGER_HIRING",
    "OWN_APPLICATION",
    "TOKEN_BYTES",
    "acknowledge",
    "add_application",
    "add_candidate",
    "answer_truth",
    "ask_truth",
    "deliver",
    "edit_candidate",
    "make_link",
    "mark_conflicts",
    "move_application",
    "moved",
    "record_reading",
    "revoke_link",
    "withdraw_application",
]
