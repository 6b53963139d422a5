"""The decision rule's own outcome, and what people may decide beside it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.debriefs.rules.gates import GateFinding, GateState

# As in the calibration margins: nine places keep binary fractions out of a decision.
DECIMALS = 9


class RuleOutcome(StrEnum):
    """PRODUCT rule 7's words for what the frozen rule says."""

    MEETS_BAR = "meets the bar"
    BELOW_BAR = "below the bar"
    GATE_OPEN = "gate open"
    INCOMPLETE = "incomplete"


class Verdict(StrEnum):
    """What people can decide."""

    OFFER = "offer"
    DECLINE = "decline"


def rule_outcome(
    score: float | None, bar: float, findings: Collection[GateFinding], gates: Collection[GateState]
) -> RuleOutcome:
    """Outcome of the frozen rule (PRODUCT rules 4 and 7; SCIENCE 1.7).

    An open gate comes before everything. A confirmed one is below the bar, whatever the score.
    Then a missing score, or a safety-critical competency with fewer than two independent raters,
    is incomplete: nobody alone clears it. Only then is the score compared with the bar.

    >>> rule_outcome(6.8, 4.5, [GateFinding.FAIL], [GateState.OPEN]).value
    'gate open'
    >>> rule_outcome(4.5, 4.5, [GateFinding.CLEAR], []).value
    'meets the bar'
    """
    if GateState.OPEN in gates:
        return RuleOutcome.GATE_OPEN
    if GateState.CONFIRMED in gates:
        return RuleOutcome.BELOW_BAR
    if score is None or GateFinding.INCOMPLETE in findings:
        return RuleOutcome.INCOMPLETE
    return RuleOutcome.MEETS_BAR if round(score - bar, DECIMALS) >= 0 else RuleOutcome.BELOW_BAR


def verdicts_open(outcome: RuleOutcome) -> tuple[Verdict, ...]:
    """What may be decided at all: while a gate is open, only a decline (PRODUCT rule 4).

    >>> [verdict.value for verdict in verdicts_open(RuleOutcome.GATE_OPEN)]
    ['decline']
    """
    return (Verdict.DECLINE,) if outcome is RuleOutcome.GATE_OPEN else (Verdict.OFFER, Verdict.DECLINE)


def is_against_rule(verdict: Verdict, outcome: RuleOutcome) -> bool:
    """Tell whether a verdict departs from the rule, and so needs a second manager (PRODUCT rule 7).

    An offer without "meets the bar" does, and so does declining somebody who meets it.

    >>> is_against_rule(Verdict.OFFER, RuleOutcome.INCOMPLETE), is_against_rule(Verdict.DECLINE, RuleOutcome.BELOW_BAR)
    (True, False)
    """
    meets = outcome is RuleOutcome.MEETS_BAR
    return not meets if verdict is Verdict.OFFER else meets


@dataclass(frozen=True)
class DecisionDraft:
    """A decision as proposed: what, why, by which manager, and which second one agrees, if any."""

    verdict: Verdict
    reason: str
    manager: int
    second_manager: int | None = None


class DecisionLack(StrEnum):
    """What can stand against making a decision."""

    GATE = "an open gate"
    REASON = "a reason"
    SECOND_MANAGER = "a second manager"


@dataclass(frozen=True)
class DecisionProblem:
    """One thing that stands against making a decision, and its sentence."""

    lack: DecisionLack
    sentence: str


def decision_problems(draft: DecisionDraft, outcome: RuleOutcome) -> tuple[DecisionProblem, ...]:
    """List what stands against making this decision now (PRODUCT rules 4 and 7).

    A decision whose only lack is a second manager can be proposed and waits for one.

    >>> hasty = DecisionDraft(Verdict.OFFER, "Strong references in the trade.", manager=1)
    >>> [problem.lack.value for problem in decision_problems(hasty, RuleOutcome.BELOW_BAR)]
    ['a second manager']
    """
    problems = []
    if draft.verdict not in verdicts_open(outcome):
        sentence = "A safety gate is open; until a manager closes it with a reason, only a decline can be decided."
        problems.append(DecisionProblem(DecisionLack.GATE, sentence))
    if not draft.reason.strip():
        problems.append(DecisionProblem(DecisionLack.REASON, "A decision needs its reasons in writing."))
    if is_against_rule(draft.verdict, outcome) and draft.second_manager in {None, draft.manager}:
        sentence = (
            f"The rule says “{outcome.value}”; to decide “{draft.verdict.value}” against it, "
            "a second manager must agree."
        )
        problems.append(DecisionProblem(DecisionLack.SECOND_MANAGER, sentence))
    return tuple(problems)
