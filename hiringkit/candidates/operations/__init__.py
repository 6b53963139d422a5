"""The only writer of candidates, gathered: people, applications, links, deliveries, questions, truth."""

from hiringkit.candidates.operations.accommodations import arrange, ask_accommodation
from hiringkit.candidates.operations.applications import (
    NO_LONGER_HIRING,
    add_application,
    move_application,
    moved,
    record_reading,
    withdraw_application,
)
from hiringkit.candidates.operations.changes import deliver_changes
from hiringkit.candidates.operations.deliveries import acknowledge, acknowledge_newer, deliver
from hiringkit.candidates.operations.links import TOKEN_BYTES, make_link, revoke_link
from hiringkit.candidates.operations.people import (
    OWN_APPLICATION,
    add_candidate,
    edit_candidate,
    mark_conflicts,
)
from hiringkit.candidates.operations.questions import answer_question, ask_question
from hiringkit.candidates.operations.truth import answer_truth, ask_truth

__all__ = [
    "NO_LONGER_HIRING",
    "OWN_APPLICATION",
    "TOKEN_BYTES",
    "acknowledge",
    "acknowledge_newer",
    "add_application",
    "add_candidate",
    "answer_question",
    "answer_truth",
    "arrange",
    "ask_accommodation",
    "ask_question",
    "ask_truth",
    "deliver",
    "deliver_changes",
    "edit_candidate",
    "make_link",
    "mark_conflicts",
    "move_application",
    "moved",
    "record_reading",
    "revoke_link",
    "withdraw_application",
]
