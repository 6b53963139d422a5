"""The only writer of debriefs: opening and closing safety gates, deciding, consenting, and carrying a decision out."""

from datetime import datetime
from decimal import Decimal

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring, unscoped_head
from hiringkit.candidates import operations as applications
from hiringkit.candidates.models import Application
from hiringkit.candidates.queries import ApplicationView, unscoped_application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.debriefs import queries
from hiringkit.debriefs.models import Decision, DecisionConsent, Gate, GateResolution
from hiringkit.debriefs.policy import DebriefPermission
from hiringkit.debriefs.queries import Case, DebriefView, OpenedDebrief
from hiringkit.debriefs.rules.deciding import (
    DecisionDraft,
    DecisionLack,
    RuleOutcome,
    Verdict,
    decision_problems,
    is_against_rule,
)
from hiringkit.debriefs.rules.gates import GATE, GateState, opens_gate
from hiringkit.debriefs.rules.lifecycle import DECISION, DebriefState, DecisionState
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id, transaction
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, WrongStateError
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.models import Interview
from hiringkit.interviews.operations import hold_application
from hiringkit.interviews.queries import unscoped_assignment
from hiringkit.interviews.rules.booking import BookingDraft
from hiringkit.loops.rules.content import LoopContent
from hiringkit.scorecards import queries as scorecards
from hiringkit.scorecards.queries import ScorecardView

LONGEST_REASON = 10_000
MOVE_TO = {GateState.CLEARED: "clear", GateState.CONFIRMED: "confirm"}
FIELD_OF = {DecisionLack.GATE: "verdict", DecisionLack.REASON: "reason", DecisionLack.SECOND_MANAGER: "verdict"}
VERDICT_MOVES = {"offer": Verdict.OFFER, "hire": Verdict.OFFER, "decline": Verdict.DECLINE}
IN_QUESTION = frozenset({ApplicationState.INTERVIEWING, ApplicationState.IN_DEBRIEF})


def open_gates(assignment_public_id: str, *, by: Actor, at: datetime) -> list[Gate]:
    """Open a gate for each safety-critical competency that a sealed scorecard is the first to rate low."""
    view = unscoped_assignment(assignment_public_id).view
    card = scorecards.unscoped_panel_scorecard(assignment_public_id)
    if card is None:
        return []
    case = queries.unscoped_case(by, view.application.id)
    low = _low_ratings(card, case)
    if not low:
        return []
    with transaction():
        hold_application(view.application)
        known = queries.unscoped_gates(view.application.id, keyring(view.candidate.subject_id))
        return [_open_gate(view, card, version, by=by, at=at) for version in low if version not in known]


def _low_ratings(card: ScorecardView, case: Case) -> list[int]:
    """Return the safety-critical competency versions that this scorecard rates at or under the gate level."""
    content = case.content
    if content is None:
        return []
    return [
        rating.competency
        for rating in queries.ratings_of([card])
        if rating.competency in content.safety_critical and opens_gate(rating, content.rule.gate_level)
    ]


@operation("gate:opened")
def _open_gate(view: ApplicationView, card: ScorecardView, version: int, *, by: Actor, at: datetime) -> Recorded[Gate]:
    rating = next(one for one in card.ratings if one.rating.competency_version_id == version)
    row = Gate(
        public_id=new_public_id(),
        application_id=view.application.id,
        competency_version_id=version,
        rating_id=rating.rating.id,
        opened_at=at,
    )
    db.session.add(row)
    # The event says that there is a gate, never the rating; pages show it to those who have opened the scorecards.
    values = {"application": view.application.public_id, "competency": rating.competency.public_id}
    return Recorded(row, about=row, scope=view.opening.public_id, values=values)


@operation("gate:resolved")
def resolve_gate(gate: Gate, state: GateState, reason: str, *, by: Actor, at: datetime) -> Recorded[GateResolution]:
    """Close a gate as cleared or confirmed, with a manager's reason; no rating ever does."""
    shown = _held(unscoped_application(gate.application_id), by)
    known = _demand_opened(shown).gates.get(gate.competency_version_id)
    if known is None:
        raise NotFoundError
    if state not in MOVE_TO:
        raise InvalidError(problems={"state": "Choose how the gate closes."})
    after = GATE.after(known.state, MOVE_TO[state])
    _demand_in_question(shown)
    row = GateResolution(
        gate_id=gate.id, state=after, reason=_sealed(shown.view, reason, "reason"), by_id=by.member_id, at=at
    )
    db.session.add(row)
    values = {"application": shown.view.application.public_id, "state": after.value}
    return Recorded(row, about=gate, scope=shown.view.opening.public_id, values=values)


def ask_third_rater(gate: Gate, draft: BookingDraft, *, by: Actor, at: datetime) -> Interview:
    """Book the stage of a gate's low rating once more, for a third rater who knows nothing of the first two.

    Only the finding "review" asks for it (SCIENCE 1.7): one of two ratings is low.
    """
    with transaction():
        shown = _held(unscoped_application(gate.application_id), by)
        opened = _demand_opened(shown)
        _demand_in_question(shown)
        if not opened.is_in_review(gate):
            raise WrongStateError("This gate does not ask for a third rater.")
        stage_id = next(card.stage.id for card in opened.cards if gate.rating_id in card.rating_ids)
        return interviews.book_interview(shown.view, stage_id, draft, again=True, by=by, at=at)


def _held(view: ApplicationView, by: Actor) -> DebriefView:
    """Return the debrief as a manager of the team sees it, with nobody else writing until the transaction ends."""
    hold_application(view.application)
    shown = queries.debrief(by, view.application.public_id)
    demand(by, DebriefPermission.DECIDE, view.opening.team_id, "Only a manager of this team decides here.")
    return shown


def _demand_opened(shown: DebriefView) -> OpenedDebrief:
    """Return what the viewer has opened; whoever decides must have seen what the rule has seen."""
    if shown.opened is None:
        raise ConflictError("You have not opened the scorecards.", remedy="Open them first: you decide on them.")
    return shown.opened


def _demand_in_question(shown: DebriefView) -> None:
    """Raise unless there is still something to decide."""
    if shown.made is not None:
        raise WrongStateError("The decision was made; this debrief is closed.")
    state = shown.view.application.state
    if state not in IN_QUESTION:
        raise WrongStateError(f"This application is {state.value}; there is nothing to decide.")


def _sealed(view: ApplicationView, text: str, field: str) -> bytes:
    if not text.strip():
        raise InvalidError(problems={field: "Give the reasons in writing."})
    if len(text) > LONGEST_REASON:
        raise InvalidError(problems={field: f"Use up to {LONGEST_REASON:,} characters."})
    subject = view.candidate.subject_id
    ring = keyring(subject)
    if subject not in ring.keys:
        raise ConflictError("This candidate was erased; nothing can be written about them any more.")
    return ring.seal(subject, text.strip())


def decide(view: ApplicationView, draft: DecisionDraft, *, by: Actor, at: datetime) -> Decision:
    """Record a decision by the frozen rule; one against it is proposed, and waits for a second manager."""
    with transaction():
        shown = _held(view, by)
        if draft.manager != by.member_id:
            raise ForbiddenError("Everybody decides in their own name.")
        content, outcome, score = _ruled(shown)
        problems = decision_problems(draft, outcome)
        standing = [problem for problem in problems if problem.lack is not DecisionLack.SECOND_MANAGER]
        if standing:
            raise InvalidError(problems={FIELD_OF[problem.lack]: problem.sentence for problem in standing})
        seq, head = unscoped_head()
        row = Decision(
            public_id=new_public_id(),
            application_id=shown.view.application.id,
            verdict=draft.verdict,
            rule_outcome=outcome,
            score=None if score is None else Decimal(f"{score:.4f}"),
            bar=Decimal(f"{content.rule.bar:.2f}"),
            is_against_rule=is_against_rule(draft.verdict, outcome),
            reason=_sealed(shown.view, draft.reason, "reason"),
            by_id=by.member_id,
            at=at,
            head_seq=seq,
            head_hash=head,
        )
        return (_propose if row.is_against_rule else _make)(shown.view, row, by=by, at=at)


def _ruled(shown: DebriefView) -> tuple[LoopContent, RuleOutcome, float | None]:
    """Return rule, outcome and score, or raise unless the debrief is open and all of it is open to the viewer."""
    _demand_in_question(shown)
    if shown.state is not DebriefState.OPEN:
        raise WrongStateError("This debrief waits for scorecards.", remedy="Decide when every expected one is in.")
    opened = _demand_opened(shown)
    if opened.is_partial:
        raise ConflictError(shown.seal.sentence if shown.seal is not None else "")
    if opened.judgement is None or shown.content is None:
        raise WrongStateError("This opening has no loop in use, and so no rule to decide by.")
    return shown.content, opened.judgement.outcome, opened.judgement.score.value


@operation("decision:proposed")
def _propose(view: ApplicationView, row: Decision, *, by: Actor, at: datetime) -> Recorded[Decision]:
    db.session.add(row)
    return Recorded(row, about=row, scope=view.opening.public_id, values=_values(view, row))


@operation("decision:made")
def _make(view: ApplicationView, row: Decision, *, by: Actor, at: datetime) -> Recorded[Decision]:
    """Store the decision, unless it was proposed before, and move the application on."""
    db.session.add(row)
    if view.application.state is ApplicationState.INTERVIEWING:
        applications.move_application(view.application, "debrief", by=by, at=at)
    applications.move_application(view.application, "decide", by=by, at=at)
    return Recorded(row, about=row, scope=view.opening.public_id, values=_values(view, row))


def _values(view: ApplicationView, row: Decision) -> dict[str, object]:
    return {
        "application": view.application.public_id,
        "verdict": row.verdict.value,
        "rule_outcome": row.rule_outcome.value,
        "against_rule": row.is_against_rule,
        "head": row.head_hash,
    }


@operation("decision:answered")
def consent(decision: Decision, *, agrees: bool, reason: str, by: Actor, at: datetime) -> Recorded[Decision]:
    """Answer a proposed decision as the second manager: agreeing makes it, disagreeing ends it."""
    shown = _held(unscoped_application(decision.application_id), by)
    if by.member_id == decision.by_id:
        raise ForbiddenError("A second manager must answer this; the one who proposed it cannot.")
    _, outcome, _ = _ruled(shown)
    _demand_waiting(decision, shown)
    if agrees and outcome is not decision.rule_outcome:
        raise ConflictError(
            f"The rule says “{outcome.value}” now; when this was proposed it said “{decision.rule_outcome.value}”.",
            remedy="Disagree, and propose a decision on what is known now.",
        )
    sealed = _sealed(shown.view, reason, "answer_reason")
    db.session.add(DecisionConsent(decision_id=decision.id, agrees=agrees, reason=sealed, by_id=by.member_id, at=at))
    if agrees:
        DECISION.after(DecisionState.PROPOSED, "make")
        _make(shown.view, decision, by=by, at=at)
    values = {"application": shown.view.application.public_id, "agrees": agrees}
    return Recorded(decision, about=decision, scope=shown.view.opening.public_id, values=values)


def _demand_waiting(decision: Decision, shown: DebriefView) -> None:
    """Raise unless this is the newest decision, and nobody has answered it."""
    if shown.decisions[0].row.id != decision.id:
        raise ConflictError("Another decision was proposed after this one.", remedy="Go back and look at that one.")
    if shown.proposed is None:
        raise ConflictError("This decision has been answered already.")


def carry_out(view: ApplicationView, move: str, *, by: Actor, at: datetime) -> Application:
    """Move a decided application as its decision says: offer and hire after an offer, decline after a decline."""
    decisions = queries.unscoped_decisions(view.application.id, keyring(view.candidate.subject_id))
    made = next((one.row for one in decisions if one.state is DecisionState.MADE), None)
    if made is None or VERDICT_MOVES.get(move) is not made.verdict:
        raise WrongStateError("The decision on this application does not say so.")
    return applications.move_application(view.application, move, by=by, at=at)
