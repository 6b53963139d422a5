"""The states of an interview and of an assignment, and the moves between them."""

from enum import StrEnum

from hiringkit.foundation.lifecycle import Lifecycle, Move


class InterviewState(StrEnum):
    """PRODUCT's words for an interview."""

    PLANNED = "planned"
    INVITED = "invited"
    CONFIRMED = "confirmed"
    HELD = "held"
    NO_SHOW = "no-show"
    CANCELLED = "cancelled"


TO_COME = frozenset({InterviewState.PLANNED, InterviewState.INVITED, InterviewState.CONFIRMED})

INTERVIEW = Lifecycle(
    "interview",
    (
        Move("invite", frozenset({InterviewState.PLANNED}), InterviewState.INVITED),
        Move("confirm", frozenset({InterviewState.PLANNED, InterviewState.INVITED}), InterviewState.CONFIRMED),
        Move("reschedule", TO_COME, InterviewState.PLANNED),
        Move("hold", TO_COME, InterviewState.HELD),
        Move("miss", TO_COME, InterviewState.NO_SHOW),
        Move("cancel", TO_COME, InterviewState.CANCELLED),
    ),
)


class AssignmentState(StrEnum):
    """PRODUCT's words for an assignment."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    HANDED_OVER = "handed over"


# An assignment in one of these states sits on the panel.
SITTING = frozenset({AssignmentState.PROPOSED, AssignmentState.ACCEPTED})

ASSIGNMENT = Lifecycle(
    "assignment",
    (
        Move("accept", frozenset({AssignmentState.PROPOSED}), AssignmentState.ACCEPTED),
        Move("decline", SITTING, AssignmentState.DECLINED),
        Move("hand over", SITTING, AssignmentState.HANDED_OVER),
    ),
)
