"""The states of a scorecard and the moves between them."""

from enum import StrEnum

from hiringkit.foundation.lifecycle import Lifecycle, Move


class ScorecardState(StrEnum):
    """PRODUCT's words for a scorecard."""

    NOT_STARTED = "not started"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    AMENDED = "amended"
    ABSTAINED = "abstained"


# In these states nothing more is awaited from the author; an abstention is an answer.
IN = frozenset({ScorecardState.SUBMITTED, ScorecardState.AMENDED, ScorecardState.ABSTAINED})

# In these states there are ratings to read.
RATED = frozenset({ScorecardState.SUBMITTED, ScorecardState.AMENDED})

UNFINISHED = frozenset({ScorecardState.NOT_STARTED, ScorecardState.DRAFT})

SCORECARD = Lifecycle(
    "scorecard",
    (
        Move("save", UNFINISHED, ScorecardState.DRAFT),
        Move("submit", UNFINISHED, ScorecardState.SUBMITTED),
        Move("amend", RATED, ScorecardState.AMENDED),
        Move("abstain", UNFINISHED, ScorecardState.ABSTAINED),
    ),
)
