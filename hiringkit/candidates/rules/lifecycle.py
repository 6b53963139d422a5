"""The states of an application and the moves between them."""

from enum import StrEnum

from hiringkit.foundation.lifecycle import Lifecycle, Move


class ApplicationState(StrEnum):
    """PRODUCT's words for an application."""

    ADDED = "added"
    INFORMED = "informed"
    ACKNOWLEDGED = "acknowledged"
    INTERVIEWING = "interviewing"
    IN_DEBRIEF = "in debrief"
    DECIDED = "decided"
    OFFERED = "offered"
    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


# A person may have one active application on an opening (PRODUCT, states).
ACTIVE = frozenset(
    {
        ApplicationState.ADDED,
        ApplicationState.INFORMED,
        ApplicationState.ACKNOWLEDGED,
        ApplicationState.INTERVIEWING,
        ApplicationState.IN_DEBRIEF,
        ApplicationState.DECIDED,
        ApplicationState.OFFERED,
    }
)

# States in which an interview may be booked: the disclosure has been delivered (PRODUCT rule 8).
BOOKABLE = frozenset({ApplicationState.INFORMED, ApplicationState.ACKNOWLEDGED, ApplicationState.INTERVIEWING})

# Back from the debrief to interviewing is the way to the third rater whom a gate's finding
# "review" asks for (SCIENCE 1.7).
APPLICATION = Lifecycle(
    "application",
    (
        Move("inform", frozenset({ApplicationState.ADDED}), ApplicationState.INFORMED),
        Move("acknowledge", frozenset({ApplicationState.INFORMED}), ApplicationState.ACKNOWLEDGED),
        Move(
            "interview",
            frozenset({ApplicationState.INFORMED, ApplicationState.ACKNOWLEDGED, ApplicationState.IN_DEBRIEF}),
            ApplicationState.INTERVIEWING,
        ),
        Move("debrief", frozenset({ApplicationState.INTERVIEWING}), ApplicationState.IN_DEBRIEF),
        Move("decide", frozenset({ApplicationState.IN_DEBRIEF}), ApplicationState.DECIDED),
        Move("offer", frozenset({ApplicationState.DECIDED}), ApplicationState.OFFERED),
        Move("hire", frozenset({ApplicationState.OFFERED}), ApplicationState.HIRED),
        Move("decline", frozenset({ApplicationState.DECIDED}), ApplicationState.DECLINED),
        Move("withdraw", ACTIVE, ApplicationState.WITHDRAWN),
        Move("erase", frozenset(ApplicationState) - {ApplicationState.ERASED}, ApplicationState.ERASED),
    ),
)
