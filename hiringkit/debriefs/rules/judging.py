"""Everything that the frozen rule says about one application, from its ratings and the state of its gates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hiringkit.debriefs.rules.combining import DEFAULT_PRECISION, Precision, Score, combine
from hiringkit.debriefs.rules.deciding import RuleOutcome, rule_outcome
from hiringkit.debriefs.rules.gates import GateFinding, GateState, gate_findings
from hiringkit.debriefs.rules.matrix import Matrix, debrief_matrix
from hiringkit.debriefs.rules.ratings import Rating
from hiringkit.loops.rules.content import LoopContent

SEVEN_POINTS = 7


@dataclass(frozen=True)
class Judgement:
    """Score, findings, matrix and outcome; competencies are named by version id."""

    score: Score
    findings: Mapping[int, GateFinding]
    matrix: Matrix
    outcome: RuleOutcome


def judge(ratings: Sequence[Rating], content: LoopContent, gates: Mapping[int, GateState]) -> Judgement:
    """Apply the rule of a loop version: gates first, then the score (PRODUCT rules 4 and 7; SCIENCE 1.7).

    >>> from hiringkit.loops.rules.content import EXAMPLE
    >>> ratings = [Rating(1, 10, 1, 5), Rating(2, 11, 1, 6)]
    >>> judged = judge(ratings, EXAMPLE, {})
    >>> judged.score.value, judged.outcome.value
    (5.5, 'meets the bar')
    """
    rule = content.rule
    findings = gate_findings(ratings, sorted(content.safety_critical), rule.gate_level)
    score = combine(ratings, content.weights, precision_for(rule.points))
    versions = [competency.version for competency in content.competencies]
    return Judgement(
        score,
        findings,
        debrief_matrix(ratings, versions, gates, content.safety_critical, rule.gate_level),
        rule_outcome(score.value, rule.bar, findings.values(), gates.values()),
    )


def precision_for(points: int) -> Precision:
    """Return the default deviations in points of this scale: those of 1-7, narrowed with the scale (SCIENCE 1.5, 1.7).

    >>> round(precision_for(5).session, 2)
    0.47
    """
    share = (points - 1) / (SEVEN_POINTS - 1)
    return Precision(DEFAULT_PRECISION.session * share, DEFAULT_PRECISION.severity * share)
