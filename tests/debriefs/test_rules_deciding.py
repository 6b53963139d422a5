"""What the frozen rule says, and what people may decide beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.debriefs.rules.deciding import (
    DecisionDraft,
    DecisionLack,
    RuleOutcome,
    Verdict,
    decision_problems,
    is_against_rule,
    rule_outcome,
    verdicts_open,
)
from hiringkit.debriefs.rules.gates import GateFinding, GateState
from hiringkit.debriefs.rules.lifecycle import DEBRIEF, DECISION, DebriefState, DecisionState
from hiringkit.foundation.errors import WrongStateError

CLEAR, INCOMPLETE, FAIL = GateFinding.CLEAR, GateFinding.INCOMPLETE, GateFinding.FAIL
OPEN, CLEARED, CONFIRMED = GateState.OPEN, GateState.CLEARED, GateState.CONFIRMED
WHY = "Strong evidence in three of four stages."

scores = st.one_of(st.none(), st.floats(1, 7))
findings = st.lists(st.sampled_from(GateFinding), max_size=3)
gates = st.lists(st.sampled_from(GateState), max_size=3)


@pytest.mark.parametrize(
    ("score", "finding", "gate", "outcome"),
    [
        (4.5, [CLEAR], [], "meets the bar"),
        (4.49, [CLEAR], [], "below the bar"),
        (None, [CLEAR], [], "incomplete"),
        (6.0, [CLEAR, INCOMPLETE], [], "incomplete"),
        (6.8, [FAIL], [OPEN], "gate open"),
        (None, [INCOMPLETE], [OPEN], "gate open"),
        (6.8, [FAIL], [CONFIRMED], "below the bar"),
        (None, [CLEAR], [CONFIRMED], "below the bar"),
        (5.0, [FAIL], [CLEARED], "meets the bar"),
        (6.0, [CLEAR], [CLEARED, OPEN], "gate open"),
        (6.0, [], [], "meets the bar"),
    ],
)
def test_outcome_of_the_rule(
    score: float | None, finding: list[GateFinding], gate: list[GateState], outcome: str
) -> None:
    assert rule_outcome(score, 4.5, finding, gate).value == outcome


def test_a_score_on_the_bar_meets_it_whatever_binary_fractions_say() -> None:
    a_hair_below = 4.5 - 1e-15
    assert a_hair_below < 4.5
    assert rule_outcome(a_hair_below, 4.5, [], []) is RuleOutcome.MEETS_BAR


@given(scores, findings, gates)
def test_no_score_outvotes_an_open_or_a_confirmed_gate(
    score: float | None, finding: list[GateFinding], gate: list[GateState]
) -> None:
    outcome = rule_outcome(score, 4.5, finding, gate)
    if OPEN in gate:
        assert outcome is RuleOutcome.GATE_OPEN
    elif CONFIRMED in gate:
        assert outcome is RuleOutcome.BELOW_BAR


@given(st.floats(1, 7), st.floats(0, 6), findings, gates)
def test_a_higher_score_never_loses_the_bar(
    score: float, more: float, finding: list[GateFinding], gate: list[GateState]
) -> None:
    if rule_outcome(score, 4.5, finding, gate) is RuleOutcome.MEETS_BAR:
        assert rule_outcome(score + more, 4.5, finding, gate) is RuleOutcome.MEETS_BAR


@pytest.mark.parametrize("outcome", RuleOutcome)
def test_while_a_gate_is_open_only_a_decline_can_be_decided(outcome: RuleOutcome) -> None:
    assert (Verdict.OFFER in verdicts_open(outcome)) == (outcome is not RuleOutcome.GATE_OPEN)
    assert Verdict.DECLINE in verdicts_open(outcome)


@pytest.mark.parametrize(
    ("verdict", "outcome", "against"),
    [
        (Verdict.OFFER, RuleOutcome.MEETS_BAR, False),
        (Verdict.OFFER, RuleOutcome.BELOW_BAR, True),
        (Verdict.OFFER, RuleOutcome.INCOMPLETE, True),
        (Verdict.OFFER, RuleOutcome.GATE_OPEN, True),
        (Verdict.DECLINE, RuleOutcome.MEETS_BAR, True),
        (Verdict.DECLINE, RuleOutcome.BELOW_BAR, False),
        (Verdict.DECLINE, RuleOutcome.INCOMPLETE, False),
        (Verdict.DECLINE, RuleOutcome.GATE_OPEN, False),
    ],
)
def test_which_verdicts_are_against_the_rule(verdict: Verdict, outcome: RuleOutcome, against: bool) -> None:
    assert is_against_rule(verdict, outcome) == against


def lacks(verdict: Verdict, outcome: RuleOutcome, reason: str = WHY, second: int | None = None) -> list[DecisionLack]:
    return [problem.lack for problem in decision_problems(DecisionDraft(verdict, reason, 1, second), outcome)]


def test_a_decision_by_the_rule_needs_its_reasons_alone() -> None:
    assert lacks(Verdict.OFFER, RuleOutcome.MEETS_BAR) == []
    assert lacks(Verdict.OFFER, RuleOutcome.MEETS_BAR, reason=" \n") == [DecisionLack.REASON]
    assert lacks(Verdict.DECLINE, RuleOutcome.GATE_OPEN) == []


def test_against_the_rule_a_second_manager_must_agree_who_is_another() -> None:
    assert lacks(Verdict.OFFER, RuleOutcome.BELOW_BAR) == [DecisionLack.SECOND_MANAGER]
    assert lacks(Verdict.OFFER, RuleOutcome.BELOW_BAR, second=1) == [DecisionLack.SECOND_MANAGER]
    assert lacks(Verdict.OFFER, RuleOutcome.BELOW_BAR, second=2) == []
    assert lacks(Verdict.OFFER, RuleOutcome.BELOW_BAR, reason="", second=2) == [DecisionLack.REASON]


def test_no_second_manager_opens_a_gate() -> None:
    assert lacks(Verdict.OFFER, RuleOutcome.GATE_OPEN, second=2) == [DecisionLack.GATE]


def test_a_made_decision_and_a_closed_debrief_stay_as_they_are() -> None:
    assert DECISION.after(DecisionState.PROPOSED, "make") is DecisionState.MADE
    assert DECISION.moves_from(DecisionState.MADE) == ()
    assert DEBRIEF.after(DebriefState.WAITING, "open") is DebriefState.OPEN
    assert DEBRIEF.after(DebriefState.OPEN, "close") is DebriefState.CLOSED
    with pytest.raises(WrongStateError):
        DEBRIEF.after(DebriefState.CLOSED, "open")
