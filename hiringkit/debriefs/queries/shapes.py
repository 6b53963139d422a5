"""What the reads of debriefs return; what a viewer may not know is None or empty in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hiringkit.candidates.queries import ApplicationView
from hiringkit.debriefs.models import Decision, DecisionConsent, Gate, GateResolution
from hiringkit.debriefs.rules.gates import GateFinding, GateState
from hiringkit.debriefs.rules.judging import Judgement
from hiringkit.debriefs.rules.lifecycle import DebriefState, DecisionState
from hiringkit.loops.rules.content import LoopContent
from hiringkit.people.models import Member
from hiringkit.scorecards.queries import CardState, ScorecardView
from hiringkit.scorecards.rules.sealing import Seal


@dataclass(frozen=True)
class DecisionView:
    """A decision with the names of who stands behind it, and the reasons in clear where they may be read."""

    row: Decision
    by: Member
    reason: str
    consent: DecisionConsent | None
    consent_by: Member | None
    consent_reason: str

    @property
    def state(self) -> DecisionState:
        """Return the decision's state: one against the rule is proposed until a second manager agrees."""
        agreed = self.consent is not None and self.consent.agrees
        return DecisionState.MADE if agreed or not self.row.is_against_rule else DecisionState.PROPOSED

    @property
    def at(self) -> datetime:
        """Return when it was made, or proposed."""
        return self.consent.at if self.consent is not None and self.consent.agrees else self.row.at


@dataclass(frozen=True)
class GateView:
    """A gate as the readers of a debrief see it."""

    row: Gate
    resolution: GateResolution | None
    by: Member | None
    reason: str

    @property
    def state(self) -> GateState:
        """Return the gate's state."""
        return self.resolution.state if self.resolution is not None else GateState.OPEN


@dataclass(frozen=True)
class OpenedDebrief:
    """All that there is to see of a debrief, for somebody who has opened the scorecards.

    `gates`: by competency version. `judgement`: None as long as no loop version says how to judge.
    `is_partial`: the application is sealed again, so that this is what was in when the viewer opened it.
    """

    cards: Sequence[ScorecardView]
    gates: dict[int, GateView]
    judgement: Judgement | None
    is_partial: bool = False

    def is_in_review(self, gate: Gate) -> bool:
        """Tell whether an open gate stands on one low rating of two, so that a third rater is asked for."""
        known = self.gates.get(gate.competency_version_id)
        if known is None or known.state is not GateState.OPEN or self.judgement is None:
            return False
        rows = self.judgement.matrix.rows
        return any(row.competency == gate.competency_version_id and row.finding is GateFinding.REVIEW for row in rows)


@dataclass(frozen=True)
class DebriefView:
    """What one viewer may know of a debrief.

    `seal`: for those who may open the scorecards some day. `cards`, `to_book`: states without content,
    for those who plan. `decisions`: newest first; reasons are empty where only the outcome is to be seen.
    """

    view: ApplicationView
    content: LoopContent | None
    state: DebriefState
    decisions: Sequence[DecisionView] = ()
    seal: Seal | None = None
    cards: Sequence[CardState] = ()
    to_book: Sequence[str] = ()
    is_early: bool = False
    early_reason: str = ""
    opened: OpenedDebrief | None = None
    readers: Sequence[str] = ()
    manages: bool = False

    @property
    def made(self) -> DecisionView | None:
        """Return the decision that was made, or None."""
        return next((one for one in self.decisions if one.state is DecisionState.MADE), None)

    @property
    def proposed(self) -> DecisionView | None:
        """Return the decision that waits for a second manager: the newest one, if nobody has answered it."""
        newest = self.decisions[0] if self.decisions else None
        waits = newest is not None and newest.state is DecisionState.PROPOSED and newest.consent is None
        return newest if waits else None

    @property
    def expected(self) -> list[CardState]:
        """Return the scorecards that the debrief waits for, in or not, as far as the viewer may know."""
        return [one for one in self.cards if one.card.is_expected]

    @property
    def missing(self) -> list[CardState]:
        """Return those of them that are not in."""
        return [one for one in self.expected if not one.card.is_in]
