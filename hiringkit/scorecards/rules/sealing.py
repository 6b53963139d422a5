"""When the scorecards of an application may be opened, and the sentence that says why not yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from hiringkit.interviews.rules.assigning import RATING_ROLES, AssignmentRole
from hiringkit.people.rules import Reveal
from hiringkit.scorecards.rules.lifecycle import IN, RATED, ScorecardState


@dataclass(frozen=True)
class Card:
    """One scorecard of an application: whose, in which role, for which stage, how far.

    Only assignments that sit on a panel belong here: none that was declined or handed over, and
    none of a cancelled or missed interview.
    """

    author: int
    role: AssignmentRole
    stage: str
    state: ScorecardState

    @property
    def is_expected(self) -> bool:
        """Whether the application waits for it: lead and second, never a shadow."""
        return self.role in RATING_ROLES

    @property
    def is_in(self) -> bool:
        """Whether nothing more is awaited from its author."""
        return self.state in IN


@dataclass(frozen=True)
class Seal:
    """Whether the content may be opened, and if not, why; the sentence never counts others' cards."""

    is_open: bool
    sentence: str = ""


def is_open_for(
    viewer: int,
    cards: Sequence[Card],
    reveal: Reveal,
    *,
    opened_early: bool = False,
    has_stages_to_book: bool = False,
) -> Seal:
    """Tell whether a viewer may open the scorecards of an application (PRODUCT rule 2).

    `opened_early`: a manager has opened the debrief with a reason. `has_stages_to_book`: some stage
    of the loop has no interview yet, so scorecards are still to be expected. A viewer's own
    unfinished card always keeps it shut for them, a shadow's too: otherwise it would not be
    independent. Opening remains a recorded act; this only says that it is allowed.

    >>> done = Card(1, AssignmentRole.LEAD, "Audit", ScorecardState.SUBMITTED)
    >>> open_ = Card(2, AssignmentRole.SECOND, "Audit", ScorecardState.DRAFT)
    >>> is_open_for(1, [done, open_], Reveal.ALL_EXPECTED).is_open
    False
    >>> is_open_for(1, [done, open_], Reveal.OWN_IN).is_open
    True
    >>> is_open_for(2, [done, open_], Reveal.OWN_IN).sentence
    'Your own scorecard for Audit is not in yet; submit it or abstain first.'
    """
    own = [card for card in cards if card.author == viewer and not card.is_in]
    if own:
        return Seal(is_open=False, sentence=_own_sentence(own))
    waits = has_stages_to_book or not is_complete(cards)
    if waits and not opened_early and reveal is Reveal.ALL_EXPECTED:
        return Seal(is_open=False, sentence=SEALED)
    if not any(card.is_expected and card.state in RATED for card in cards):
        return Seal(is_open=False, sentence=NOTHING)
    return Seal(is_open=True)


SEALED = (
    "Scorecards of this application are sealed until every expected one is in, "
    "or a manager opens the debrief early with a reason."
)
NOTHING = "There is no scorecard to open yet."


def _own_sentence(own: Sequence[Card]) -> str:
    if len(own) == 1:
        return f"Your own scorecard for {own[0].stage} is not in yet; submit it or abstain first."
    return f"{len(own)} of your own scorecards are not in yet; submit them or abstain first."


def is_complete(cards: Sequence[Card]) -> bool:
    """Tell whether every expected scorecard is in; with none expected there is nothing to complete.

    >>> is_complete([Card(3, AssignmentRole.SHADOW, "Audit", ScorecardState.DRAFT)])
    False
    """
    expected = [card for card in cards if card.is_expected]
    return bool(expected) and all(card.is_in for card in expected)
