"""Gates are opened by ratings and closed by managers alone; decisions follow the frozen rule or need two managers."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.candidates import operations as applications
from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.debriefs import operations, queries
from hiringkit.debriefs.models import Decision, DecisionConsent, Gate
from hiringkit.debriefs.rules.deciding import DecisionDraft, RuleOutcome, Verdict
from hiringkit.debriefs.rules.gates import GateFinding, GateState
from hiringkit.debriefs.rules.lifecycle import DebriefState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    WrongStateError,
)
from hiringkit.interviews.queries import unscoped_panel
from hiringkit.interviews.rules.booking import BookingDraft
from hiringkit.scorecards import operations as scorecards
from hiringkit.scorecards.queries import opened_scorecards
from hiringkit.scorecards.rules.evidence import NotRated
from tests.debriefs.factories import (
    LEAD,
    SECOND,
    SHADOW,
    Hire,
    Low,
    applicant,
    book,
    booked_all,
    debriefed,
    hire,
    own,
    read,
    seat,
    submit,
    submit_all,
    view_of,
)
from tests.world import World

LOW = {("ana", "compliance"): 2}
UNCERTAIN = "Take a bet on what was seen."


def gates() -> list[Gate]:
    return list(db.session.scalars(select(Gate).order_by(Gate.id)))


def events(tag: str) -> list[AuditEvent]:
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.tag == tag)))


def decide(made: Hire, row: Application, verdict: Verdict, by: str = "manager", reason: str = "As seen.") -> Decision:
    actor = made.world.actor(by)
    draft = DecisionDraft(verdict, reason, actor.member_id or 0)
    return operations.decide(view_of(row), draft, by=actor, at=now())


def resolve(made: Hire, gate: Gate, state: GateState = GateState.CLEARED, by: str = "manager") -> None:
    operations.resolve_gate(gate, state, "Ben asked again.", by=made.world.actor(by), at=now())


def consent(made: Hire, decision: Decision, by: str, *, agrees: bool = True, reason: str = UNCERTAIN) -> None:
    operations.consent(decision, agrees=agrees, reason=reason, by=made.world.actor(by), at=now())


def test_first_low_rating_opens_one_gate_with_one_event_that_tells_no_rating(world: World) -> None:
    made = hire(world)
    row = debriefed(made, low={("ana", "compliance"): 2, ("ben", "compliance"): 1})
    (gate,) = gates()
    (event,) = events("gate:opened")
    assert gate.application_id == row.id
    assert event.subject_id == gate.public_id
    assert event.scope == made.opening.public_id
    assert set(json.loads(event.content)) == {"application", "competency"}
    assert unscoped_break() is None


def test_later_high_rating_never_closes_a_gate(world: World) -> None:
    made = hire(world, ("ana", "ben", "chi"))
    row = applicant(made)
    for number in range(len(made.stages)):
        booked = book(made, row, number)
        for who, role in (("ana", LEAD), ("ben", SECOND), ("chi", SHADOW)):
            seat(made, booked, who, role)
    submit_all(made, row, LOW, value=7)
    read(made, row, "manager")
    shown = queries.debrief(world.actor("manager"), row.public_id)
    assert shown.opened is not None
    assert shown.opened.judgement is not None
    (view,) = shown.opened.gates.values()
    assert view.state is GateState.OPEN
    assert shown.opened.judgement.findings[view.row.competency_version_id] is GateFinding.REVIEW
    assert shown.opened.judgement.outcome is RuleOutcome.GATE_OPEN


def test_shadows_and_words_open_no_gate(sqlite_world: World) -> None:
    made = hire(sqlite_world, ("ana", "ben", "chi"))
    row = booked_all(made, applicant(made))
    for _, booked in {one.id: (seat_, one) for seat_, one in unscoped_panel(row.id)}.values():
        seat(made, booked, "chi", SHADOW)
    low: Low = {("chi", "compliance"): 1, ("ana", "compliance"): NotRated.NOT_OBSERVED}
    submit_all(made, row, low)
    assert gates() == []


def test_waived_low_rating_opens_a_gate_too(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    sqlite_world.member("eve")
    row = applicant(made)
    for number, stage in enumerate(made.stages):
        if "compliance" in {competency.key for competency in stage.competencies}:
            booked = book(made, row, number)
            assignment = seat(made, booked, "eve", LEAD, reason="Nobody else is free before the offer ends.")
            submit(made, "eve", assignment, {("eve", "compliance"): 1})
    assert len(gates()) == 1


def test_gate_is_closed_once_by_a_manager_who_has_read(world: World) -> None:
    made = hire(world)
    world.member("cora", Capacity.COORDINATOR)
    row = debriefed(made, low=LOW, readers=["ana"])
    (gate,) = gates()
    with pytest.raises(ConflictError):
        resolve(made, gate)
    with pytest.raises(ForbiddenError):
        resolve(made, gate, by="ana")
    with pytest.raises(ForbiddenError):
        resolve(made, gate, by="cora")
    read(made, row, "manager")
    with pytest.raises(InvalidError):
        operations.resolve_gate(gate, GateState.CLEARED, "  ", by=world.actor("manager"), at=now())
    with pytest.raises(InvalidError):
        resolve(made, gate, GateState.OPEN)
    resolve(made, gate)
    with pytest.raises(WrongStateError):
        resolve(made, gate, GateState.CONFIRMED)
    assert len(events("gate:resolved")) == 1


def test_while_a_gate_is_open_only_a_decline_can_be_decided(world: World) -> None:
    made = hire(world)
    row = debriefed(made, low=LOW, value=7)
    with pytest.raises(InvalidError) as refused:
        decide(made, row, Verdict.OFFER)
    assert "verdict" in refused.value.problems
    decision = decide(made, row, Verdict.DECLINE)
    assert (decision.is_against_rule, decision.rule_outcome) == (False, RuleOutcome.GATE_OPEN)
    assert row.state is ApplicationState.DECIDED


def test_cleared_gate_lets_the_score_speak_and_a_confirmed_one_does_not(world: World) -> None:
    made = hire(world)
    cleared, confirmed = debriefed(made, "Piotr Lis", LOW), debriefed(made, "Jordan Avery", LOW, days=5)
    by_application = {gate.application_id: gate for gate in gates()}
    resolve(made, by_application[cleared.id])
    resolve(made, by_application[confirmed.id], GateState.CONFIRMED)
    assert decide(made, cleared, Verdict.OFFER).rule_outcome is RuleOutcome.MEETS_BAR
    with pytest.raises(WrongStateError):
        decide(made, cleared, Verdict.DECLINE)
    assert decide(made, confirmed, Verdict.DECLINE).rule_outcome is RuleOutcome.BELOW_BAR


def test_decision_by_the_rule_is_made_and_keeps_score_bar_and_head(world: World) -> None:
    made = hire(world)
    row = debriefed(made)
    head = db.session.scalar(select(AuditEvent.hash).order_by(AuditEvent.seq.desc()).limit(1))
    decision = decide(made, row, Verdict.OFFER)
    assert (float(decision.score or 0), float(decision.bar)) == (5.0, 4.5)
    assert decision.head_hash == head
    assert row.state is ApplicationState.DECIDED
    assert len(events("decision:made")) == 1
    assert unscoped_break() is None


def test_decision_needs_reasons_and_a_manager_who_has_read(world: World) -> None:
    made = hire(world)
    row = debriefed(made, readers=["ana"])
    with pytest.raises(ConflictError):
        decide(made, row, Verdict.OFFER)
    with pytest.raises(ForbiddenError):
        decide(made, row, Verdict.OFFER, by="ana")
    read(made, row, "manager")
    with pytest.raises(InvalidError):
        decide(made, row, Verdict.OFFER, reason=" \n")
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 0


def test_decision_waits_for_every_scorecard_unless_opened_early(world: World) -> None:
    made = hire(world)
    row = booked_all(made, applicant(made))
    first, _ = unscoped_panel(row.id)[0]
    submit(made, "ana", first)
    with pytest.raises(WrongStateError):
        decide(made, row, Verdict.DECLINE)
    scorecards.open_early(view_of(row), "The candidate leaves on Friday.", by=world.actor("manager"), at=now())
    read(made, row, "manager")
    decision = decide(made, row, Verdict.DECLINE)
    assert (decision.rule_outcome, decision.score) == (RuleOutcome.INCOMPLETE, None)


def test_against_the_rule_another_manager_must_agree(world: World) -> None:
    made = hire(world)
    world.manager("ines")
    row = debriefed(made, value=3, readers=["manager", "ines"])
    decision = decide(made, row, Verdict.OFFER)
    assert (decision.is_against_rule, row.state) == (True, ApplicationState.IN_DEBRIEF)
    with pytest.raises(ForbiddenError):
        consent(made, decision, "manager")
    with pytest.raises(InvalidError):
        consent(made, decision, "ines", reason=" ")
    consent(made, decision, "ines")
    assert row.state is ApplicationState.DECIDED
    with pytest.raises(ConflictError):
        consent(made, decision, "ines")
    assert [len(events(tag)) for tag in ("decision:proposed", "decision:answered", "decision:made")] == [1, 1, 1]


def test_second_manager_must_have_read_and_belong_to_the_team(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    sqlite_world.manager("ines")
    sqlite_world.manager("odo", team="Other")
    row = debriefed(made, value=3)
    decision = decide(made, row, Verdict.OFFER)
    with pytest.raises(ConflictError):
        consent(made, decision, "ines")
    with pytest.raises(NotFoundError):
        consent(made, decision, "odo")
    with pytest.raises(ForbiddenError):
        consent(made, decision, "ana")


def test_disagreement_ends_a_proposal_and_a_later_one_takes_its_place(world: World) -> None:
    made = hire(world)
    world.manager("ines")
    row = debriefed(made, value=3, readers=["manager", "ines"])
    first = decide(made, row, Verdict.OFFER)
    consent(made, first, "ines", agrees=False)
    second = decide(made, row, Verdict.OFFER)
    third = decide(made, row, Verdict.OFFER, by="ines")
    with pytest.raises(ConflictError):
        consent(made, second, "ines")
    consent(made, third, "manager")
    assert row.state is ApplicationState.DECIDED
    answers = dict(db.session.execute(select(DecisionConsent.decision_id, DecisionConsent.agrees)).all())
    assert answers == {first.id: False, third.id: True}


def test_consent_is_refused_when_the_rule_says_something_else_by_now(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    sqlite_world.manager("ines")
    row = booked_all(made, applicant(made))
    panel = [assignment for assignment, _ in unscoped_panel(row.id)]
    for assignment in panel:
        if assignment.role is LEAD:
            submit(made, "ana", assignment)
    scorecards.open_early(view_of(row), "The offer ends on Friday.", by=made.world.actor("manager"), at=now())
    for who in ("manager", "ines"):
        read(made, row, who)
    decision = decide(made, row, Verdict.OFFER)
    assert decision.rule_outcome is RuleOutcome.INCOMPLETE
    for assignment in panel:
        if assignment.role is SECOND:
            submit(made, "ben", assignment)
    with pytest.raises(ConflictError, match="The rule says"):
        consent(made, decision, "ines")
    consent(made, decision, "ines", agrees=False)
    assert not decide(made, row, Verdict.OFFER).is_against_rule


def test_everybody_abstaining_leaves_an_incomplete_rule_and_a_manager_can_decline(world: World) -> None:
    made = hire(world)
    row = booked_all(made, applicant(made))
    who = {member.id: key for key, member in world.members.items()}
    for assignment, _ in unscoped_panel(row.id):
        name = who[assignment.member_id]
        scorecards.abstain(own(made, name, assignment), "We worked together.", by=world.actor(name), at=now())
    decision = decide(made, row, Verdict.DECLINE)
    assert decision.rule_outcome is RuleOutcome.INCOMPLETE


def test_member_who_is_the_candidate_cannot_decide(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    sqlite_world.manager("ines")
    row = debriefed(made)
    view_of(row).candidate.member_id = sqlite_world.members["ines"].id
    db.session.commit()
    with pytest.raises(NotFoundError):
        decide(made, row, Verdict.OFFER, by="ines")


def test_outcome_follows_the_verdict_and_nothing_else(world: World) -> None:
    made = hire(world)
    row = debriefed(made)
    manager = world.actor("manager")
    with pytest.raises(WrongStateError):
        operations.carry_out(view_of(row), "offer", by=manager, at=now())
    decide(made, row, Verdict.OFFER)
    with pytest.raises(WrongStateError):
        operations.carry_out(view_of(row), "decline", by=manager, at=now())
    operations.carry_out(view_of(row), "offer", by=manager, at=now())
    operations.carry_out(view_of(row), "hire", by=manager, at=now())
    assert row.state is ApplicationState.HIRED


def test_nothing_is_decided_on_a_withdrawn_application(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    row = debriefed(made, low=LOW)
    (gate,) = gates()
    applications.withdraw_application(row, by=sqlite_world.actor("manager"), at=now())
    with pytest.raises(WrongStateError):
        resolve(made, gate)
    with pytest.raises(WrongStateError):
        decide(made, row, Verdict.DECLINE)


def test_a_review_is_settled_by_a_third_rater_who_knows_nothing_of_the_first_two(world: World) -> None:
    made = hire(world, raters=("ana", "ben", "chi"))
    row = debriefed(made, low=LOW)
    manager = world.actor("manager")
    opened = queries.debrief(manager, row.public_id).opened
    assert opened is not None
    assert opened.is_in_review(gates()[0])
    booked = operations.ask_third_rater(gates()[0], soon(), by=manager, at=now())
    with pytest.raises(InvalidError) as refused:
        operations.ask_third_rater(gates()[0], soon(hours=3), by=manager, at=now())
    assert list(refused.value.problems) == ["stage"]
    chi = seat(made, booked, "chi", LEAD, days=0)
    again = queries.debrief(manager, row.public_id)
    assert again.state is DebriefState.WAITING, "a further scorecard seals the application again"
    with pytest.raises(NotFoundError):
        scorecards_opened(made, row, "chi")
    submit(made, "chi", chi, days=-3)
    settled = queries.debrief(manager, row.public_id)
    assert settled.opened is not None
    assert not settled.opened.is_partial
    assert not settled.opened.is_in_review(gates()[0])
    (gate,) = settled.opened.gates.values()
    assert gate.state is GateState.OPEN, "ratings change the finding, never the gate"


def test_a_third_rater_is_asked_for_by_a_review_alone(world: World) -> None:
    made = hire(world)
    both = debriefed(made, low={("ana", "compliance"): 2, ("ben", "compliance"): 1})
    assert not queries.debrief(world.actor("manager"), both.public_id).opened.is_in_review(gates()[0])  # type: ignore[union-attr]
    with pytest.raises(WrongStateError):
        operations.ask_third_rater(gates()[0], soon(), by=world.actor("manager"), at=now())
    world.member("carol", Capacity.COORDINATOR)
    with pytest.raises(ForbiddenError):
        operations.ask_third_rater(gates()[0], soon(), by=world.actor("carol"), at=now())


def soon(hours: float = 0) -> BookingDraft:
    """Return a start two days from now."""
    start = now() + timedelta(days=2, hours=hours)
    return BookingDraft(start.replace(tzinfo=None, microsecond=0), "UTC")


def scorecards_opened(made: Hire, row: Application, who: str) -> object:
    """Return what somebody may read of an application's scorecards."""
    return opened_scorecards(made.world.actor(who), view_of(row))
