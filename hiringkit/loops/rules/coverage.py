"""Whether the stages of a loop rate what the loop promises to rate."""

from dataclasses import dataclass

from hiringkit.loops.rules.content import LoopCompetency, LoopContent, Stage

FEWEST_COMPETENCIES = 3
MOST_COMPETENCIES = 5
SAFETY_RATERS = 2


@dataclass(frozen=True)
class LoopProblem:
    """One reason why a loop is not ready, with the stage or competency version that it is about."""

    text: str
    stage: str | None = None
    competency: int | None = None


def loop_problems(content: LoopContent) -> tuple[LoopProblem, ...]:
    """List everything that keeps a loop from being put in use; empty means that it is ready.

    Sources: 3-5 competencies a stage and two raters for every safety-critical competency
    (issue 2, item 6; SCIENCE 1.7 item 4), each competency rated at least once, equal weights
    unless documented (PRODUCT rule 7).

    >>> from hiringkit.loops.rules.content import EXAMPLE
    >>> [problem.text for problem in loop_problems(EXAMPLE)]
    ['Case walk-through rates 1 competency; 3 to 5 are needed.']
    """
    problems = [problem for stage in content.stages for problem in _stage_problems(stage, content)]
    problems += [
        problem for competency in content.competencies for problem in _competency_problems(competency, content)
    ]
    problems += _rule_problems(content)
    if not content.stages:
        problems.append(LoopProblem("The loop has no stages."))
    if len({stage.key for stage in content.stages}) != len(content.stages):
        problems.append(LoopProblem("Two stages have the same key."))
    return tuple(problems)


def _stage_problems(stage: Stage, content: LoopContent) -> list[LoopProblem]:
    texts = []
    rated = len(set(stage.competencies))
    if not FEWEST_COMPETENCIES <= rated <= MOST_COMPETENCIES:
        noun = "competency" if rated == 1 else "competencies"
        texts.append(f"{stage.name} rates {rated} {noun}; {FEWEST_COMPETENCIES} to {MOST_COMPETENCIES} are needed.")
    if set(stage.competencies) - content.weights.keys():
        texts.append(f"{stage.name} rates a competency that is not one of the loop's.")
    if not stage.scenarios:
        texts.append(f"{stage.name} has no scenario.")
    if stage.minutes < 1:
        texts.append(f"{stage.name} needs a length in minutes.")
    if stage.panel < 1:
        texts.append(f"{stage.name} needs at least one interviewer who rates.")
    return [LoopProblem(text, stage=stage.key) for text in texts]


def _competency_problems(competency: LoopCompetency, content: LoopContent) -> list[LoopProblem]:
    texts = []
    raters = raters_of(competency.version, content)
    if raters == 0:
        texts.append(f"{competency.name} is rated in no stage.")
    elif competency.safety_critical and raters < SAFETY_RATERS:
        texts.append(f"{competency.name} is safety-critical and has one rater; it needs {SAFETY_RATERS}.")
    if competency.points != content.rule.points:
        texts.append(f"{competency.name} is rated 1 to {competency.points}, the loop 1 to {content.rule.points}.")
    if competency.weight <= 0:
        texts.append(f"{competency.name} needs a weight above 0.")
    return [LoopProblem(text, competency=competency.version) for text in texts]


def raters_of(version: int, content: LoopContent) -> int:
    """Number of ratings of a competency version that the panels of all stages give.

    >>> from hiringkit.loops.rules.content import EXAMPLE
    >>> raters_of(1, EXAMPLE), raters_of(2, EXAMPLE)
    (2, 0)
    """
    return sum(max(0, stage.panel) for stage in content.stages if version in stage.competencies)


def _rule_problems(content: LoopContent) -> list[LoopProblem]:
    rule, texts = content.rule, []
    if not 1 <= rule.bar <= rule.points:
        texts.append(f"The bar must be from 1 to {rule.points}.")
    if not 1 <= rule.gate_level < rule.points:
        texts.append(f"The gate level must be from 1 to {rule.points - 1}.")
    if len(set(content.weights.values())) > 1 and not rule.weights_reason.strip():
        texts.append("Weights that are not equal need a written reason.")
    if len(content.weights) != len(content.competencies):
        texts.append("A competency stands in the loop twice.")
    return [LoopProblem(text) for text in texts]
