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

# An interview in one of these states counts: it is to come, or it took place.
LIVE = TO_COME | {InterviewState.HELD}


def told_state(state: InterviewState, *, has_begun: bool) -> InterviewState | None:
    """State that may be told to whoever rates or is rated, or None when it is not told.

    The first submitted scorecard makes an interview "held". So from its start on only those states
    are told that nobody's scorecard brings about; otherwise the word would say that one is in.

    >>> told_state(InterviewState.CONFIRMED, has_begun=False).value
    'confirmed'
    >>> [told_state(state, has_begun=True) for state in (InterviewState.CONFIRMED, InterviewState.HELD)]
    [None, None]
    >>> told_state(InterviewState.NO_SHOW, has_begun=True).value
    'no-show'
    """
    return None if has_begun and state in LIVE else state


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
