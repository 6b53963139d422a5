"""Reads of one debrief: sealed, as what it waits for; opened, with all that there is to see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from hiringkit.audit.queries import keyring
from hiringkit.debriefs.models import Decision, Gate
from hiringkit.debriefs.policy import DebriefPermission
from hiringkit.debriefs.queries.cases import Case, case
from hiringkit.debriefs.queries.records import unscoped_decisions, unscoped_gates
from hiringkit.debriefs.queries.shapes import DebriefView, DecisionView, OpenedDebrief
from hiringkit.debriefs.rules.judging import judge
from hiringkit.debriefs.rules.lifecycle import DebriefState, DecisionState
from hiringkit.debriefs.rules.ratings import Mark, Rating
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.sealing import Keyring
from hiringkit.interviews.models import Interview
from hiringkit.interviews.rules.lifecycle import LIVE
from hiringkit.loops.models import LoopVersionStage
from hiringkit.scorecards import queries as scorecards
from hiringkit.scorecards.queries import CardState, ScorecardView, SealFacts
from hiringkit.scorecards.rules.lifecycle import RATED
from hiringkit.scorecards.rules.sealing import Seal, is_complete


@dataclass(frozen=True)
class _Sight:
    """What was read about one debrief for one viewer, before it is decided what of it they may see."""

    viewer: Actor
    case: Case
    cards: Sequence[CardState]
    facts: SealFacts
    decisions: Sequence[DecisionView]
    ring: Keyring

    def has(self, permission: DebriefPermission) -> bool:
        """Whether the viewer has a permission in the team of the opening."""
        return scope(self.viewer, permission).covers(self.case.view.opening.team_id)

    @property
    def manages(self) -> bool:
        return self.has(DebriefPermission.READ_ALL)

    @property
    def concerns(self) -> bool:
        """Whether the viewer may come to open the scorecards."""
        return self.manages or (self.case.sits and self.has(DebriefPermission.READ_OWN))

    @property
    def audits(self) -> bool:
        return self.is_decided and self.has(DebriefPermission.READ_DECIDED)

    @property
    def is_decided(self) -> bool:
        return any(one.state is DecisionState.MADE for one in self.decisions)

    @property
    def state(self) -> DebriefState:
        if self.is_decided:
            return DebriefState.CLOSED
        is_ready = is_complete([one.card for one in self.cards]) and not self.facts.has_stages_to_book
        return DebriefState.OPEN if is_ready or self.facts.opened_early else DebriefState.WAITING

    @property
    def seal(self) -> Seal | None:
        """Whether the viewer may open the scorecards now; None for whom they do not concern."""
        if not self.concerns:
            return None
        return scorecards.seal_over(self.viewer, self.case.view, self.cards, self.facts)

    @property
    def visible(self) -> Sequence[CardState]:
        """The scorecards that the viewer has opened: while sealed again, those that were in at that moment."""
        seal, read_at = self.seal, self.facts.read_at
        if self.audits or (seal is not None and seal.is_open and read_at is not None):
            return self.cards
        if seal is None or read_at is None:
            return []
        return [one for one in self.cards if one.scorecard is not None and one.scorecard.submitted_at <= read_at]


def debrief(viewer: Actor, public_id: str) -> DebriefView:
    """Return the debrief of an application as far as the viewer may see it, or raise NotFoundError."""
    found = case(viewer, public_id)
    number = found.view.application.id
    ring = keyring(found.view.candidate.subject_id)
    sight = _Sight(
        viewer,
        found,
        scorecards.unscoped_card_states([number])[number],
        scorecards.unscoped_seal_facts(found.view, viewer.member_id),
        unscoped_decisions(number, ring),
        ring,
    )
    has_opened = sight.audits or (sight.concerns and sight.facts.read_at is not None)
    return _opened(sight) if has_opened or _has_nothing_to_open(sight) else _sealed(sight)


def _has_nothing_to_open(sight: _Sight) -> bool:
    """Tell whether a manager decides without opening anything: the debrief is open, and nobody has rated."""
    is_rated = any(one.state in RATED for one in sight.cards)
    return sight.manages and sight.state is not DebriefState.WAITING and not is_rated


def _opened(sight: _Sight) -> DebriefView:
    """Return all that there is to see of a debrief, in one statement for the contents and one for the gates."""
    found, cards = sight.case, scorecards.unscoped_content(sight.visible, sight.ring)
    ratings = {one.rating.id for card in cards for one in card.ratings}
    known = unscoped_gates(found.view.application.id, sight.ring)
    # A gate says that a rating is low: while that rating is sealed, so is the gate.
    gates = {version: gate for version, gate in known.items() if gate.row.rating_id in ratings}
    content = found.content
    judgement = None
    if content is not None:
        states = {version: gate.state for version, gate in gates.items()}
        judgement = judge(ratings_of(cards), content, states)
    seal = sight.seal
    rated = sum(one.state in RATED for one in sight.cards)
    opened = OpenedDebrief(cards, gates, judgement, is_partial=sum(bool(card.ratings) for card in cards) < rated)
    return DebriefView(
        found.view,
        content,
        sight.state,
        decisions=sight.decisions,
        seal=seal,
        is_early=found.early is not None,
        early_reason=sight.ring.open(found.early.reason) if found.early is not None else "",
        opened=opened,
        readers=found.readers,
        manages=sight.manages,
    )


def ratings_of(cards: Sequence[ScorecardView]) -> list[Rating]:
    """Return the ratings of scorecards as the rules take them: originals, with the mark of their author's place."""
    return [
        Rating(
            rater=card.member.id,
            scorecard=card.scorecard.id,
            competency=one.rating.competency_version_id,
            value=one.value,
            mark=Mark.WAIVED if card.is_waived else Mark.COUNTED,
        )
        for card in cards
        for one in card.ratings
    ]


def _sealed(sight: _Sight) -> DebriefView:
    """Return what somebody may know who has not opened the scorecards: nothing of any rating."""
    plans = sight.manages or sight.has(DebriefPermission.READ_OUTCOME)
    told = [one for one in sight.decisions if sight.manages or one.state is DecisionState.MADE]
    return DebriefView(
        sight.case.view,
        sight.case.content,
        sight.state,
        decisions=[_outcome_only(one) for one in told] if plans else [],
        seal=sight.seal,
        cards=sight.cards if plans else (),
        to_book=_stages_to_book(sight.case) if plans else (),
        is_early=sight.case.early is not None,
        manages=sight.manages,
    )


def _outcome_only(one: DecisionView) -> DecisionView:
    """Return a decision without its reasons, for they may quote ratings."""
    return replace(one, reason="", consent_reason="")


def _stages_to_book(found: Case) -> list[str]:
    """Return the names of the stages that have no live interview of the application."""
    booked = set(
        db.session.scalars(
            select(LoopVersionStage.key)
            .join(Interview, Interview.stage_id == LoopVersionStage.id)
            .where(Interview.application_id == found.view.application.id, Interview.state.in_(LIVE))
        )
    )
    content = found.content
    return [stage.name for stage in content.stages if stage.key not in booked] if content is not None else []


def gate(viewer: Actor, application_public_id: str, public_id: str) -> Gate:
    """Return a gate of a debrief that the viewer has opened, or raise NotFoundError."""
    opened = debrief(viewer, application_public_id).opened
    for one in opened.gates.values() if opened is not None else ():
        if one.row.public_id == public_id:
            return one.row
    raise NotFoundError


def decision(viewer: Actor, application_public_id: str, public_id: str) -> Decision:
    """Return a decision of a debrief that the viewer has opened, or raise NotFoundError."""
    shown = debrief(viewer, application_public_id)
    for one in shown.decisions if shown.opened is not None else ():
        if one.row.public_id == public_id:
            return one.row
    raise NotFoundError
