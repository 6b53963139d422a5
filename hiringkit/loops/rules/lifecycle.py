"""The states of a loop version and the moves between them."""

from enum import StrEnum

from hiringkit.foundation.lifecycle import Lifecycle, Move


class LoopState(StrEnum):
    """PRODUCT's words for a loop version."""

    DRAFT = "draft"
    IN_USE = "in use"
    FROZEN = "frozen"
    SUPERSEDED = "superseded"


# The first booked interview freezes the version (PRODUCT, words: loop).
LOOP_VERSION = Lifecycle(
    "loop version",
    (
        Move("put in use", frozenset({LoopState.DRAFT}), LoopState.IN_USE),
        Move("freeze", frozenset({LoopState.IN_USE}), LoopState.FROZEN),
        Move("supersede", frozenset({LoopState.IN_USE, LoopState.FROZEN}), LoopState.SUPERSEDED),
    ),
)
