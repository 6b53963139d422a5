"""The states of a debrief and of a decision, and the moves between them."""

from enum import StrEnum

from hiringkit.foundation.lifecycle import Lifecycle, Move


class DebriefState(StrEnum):
    """PRODUCT's words for a debrief."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


DEBRIEF = Lifecycle(
    "debrief",
    (
        Move("open", frozenset({DebriefState.WAITING}), DebriefState.OPEN),
        Move("close", frozenset({DebriefState.OPEN}), DebriefState.CLOSED),
    ),
)


class DecisionState(StrEnum):
    """PRODUCT's words for a decision: one against the rule is proposed until a second manager agrees."""

    PROPOSED = "proposed"
    MADE = "made"


DECISION = Lifecycle("decision", (Move("make", frozenset({DecisionState.PROPOSED}), DecisionState.MADE),))
