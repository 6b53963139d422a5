"""The plan of a loop while it is edited: it names what it uses by key, and is pinned to versions later."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from hiringkit.library.rules.pack import LoopTemplate
from hiringkit.loops.rules.content import Artefact, DecisionRule, LoopCompetency, LoopContent, Mode, Stage
from hiringkit.people.rules import Reveal

EQUAL = 1.0
SEVEN_POINTS = 7


@dataclass(frozen=True)
class PlannedStage:
    """One interview of the plan; competencies, scenarios and artefacts are keys of the pack."""

    key: str
    name: str
    minutes: int
    mode: Mode
    panel: int
    competencies: tuple[str, ...]
    scenarios: tuple[str, ...] = ()
    artefacts: tuple[str, ...] = ()
    brief: str = ""


@dataclass(frozen=True)
class PlannedRule:
    """The decision rule of the plan; `weights` names by key the competencies that the loop rates."""

    bar: float
    gate_level: int
    weights: Mapping[str, float]
    weights_reason: str = ""


@dataclass(frozen=True)
class LoopPlan:
    """Stages and rule of a loop that is being edited."""

    stages: tuple[PlannedStage, ...]
    rule: PlannedRule

    def stage(self, key: str) -> PlannedStage | None:
        """Return the stage with this key, or None."""
        return next((stage for stage in self.stages if stage.key == key), None)


@dataclass(frozen=True)
class Sources:
    """What the keys of a plan stand for now: competencies and artefacts in the order of the pack."""

    competencies: Mapping[str, LoopCompetency]
    scenarios: Mapping[str, int]
    artefacts: Mapping[str, Artefact]


def plan_of_template(template: LoopTemplate) -> LoopPlan:
    """Return the plan that a new loop starts with; all weights are equal."""
    stages = tuple(
        PlannedStage(
            key=stage.key,
            name=stage.name,
            minutes=stage.minutes,
            mode=Mode(stage.mode.replace("-", " ")),
            panel=stage.panel,
            competencies=tuple(stage.competencies),
            scenarios=tuple(stage.scenarios),
            artefacts=tuple(stage.artefacts),
            brief=stage.candidate_brief.strip(),
        )
        for stage in template.stages
    )
    weights = {key: EQUAL for stage in stages for key in stage.competencies}
    return LoopPlan(stages, PlannedRule(float(template.bar), template.gate_level, weights))


def content_of(plan: LoopPlan, sources: Sources, reveal: Reveal) -> LoopContent:
    """Pin a plan to the versions that its keys stand for now.

    Competencies stand in the order of the debrief: the safety-critical ones first, then as in the pack.
    """
    known = [key for key in sources.competencies if key in plan.rule.weights]
    known.sort(key=lambda key: not sources.competencies[key].safety_critical)
    competencies = tuple(replace(sources.competencies[key], weight=plan.rule.weights[key]) for key in known)
    points = competencies[0].points if competencies else SEVEN_POINTS
    rule = DecisionRule(points, plan.rule.bar, plan.rule.gate_level, plan.rule.weights_reason)
    return LoopContent(competencies, tuple(_pinned(stage, sources) for stage in plan.stages), rule, reveal)


def _pinned(stage: PlannedStage, sources: Sources) -> Stage:
    return Stage(
        key=stage.key,
        name=stage.name,
        minutes=stage.minutes,
        mode=stage.mode,
        panel=stage.panel,
        competencies=tuple(
            sources.competencies[key].version for key in stage.competencies if key in sources.competencies
        ),
        scenarios=tuple(sources.scenarios[key] for key in stage.scenarios if key in sources.scenarios),
        artefacts=tuple(sources.artefacts[key] for key in stage.artefacts if key in sources.artefacts),
        brief=stage.brief,
    )


def with_stage(plan: LoopPlan, stage: PlannedStage) -> LoopPlan:
    """Replace the stage of the same key, or add one at the end; what it newly rates joins the rule."""
    if plan.stage(stage.key) is None:
        stages = (*plan.stages, stage)
    else:
        stages = tuple(stage if one.key == stage.key else one for one in plan.stages)
    weights = {**dict.fromkeys(stage.competencies, EQUAL), **plan.rule.weights}
    return LoopPlan(stages, replace(plan.rule, weights=weights))


def without_stage(plan: LoopPlan, key: str) -> LoopPlan:
    """Take a stage out; the competencies stay promised, so that a gap shows as a problem."""
    return replace(plan, stages=tuple(stage for stage in plan.stages if stage.key != key))


def with_stage_earlier(plan: LoopPlan, key: str) -> LoopPlan:
    """Move a stage one place towards the start; the first one stays where it is."""
    keys = [stage.key for stage in plan.stages]
    place = keys.index(key)
    if place == 0:
        return plan
    stages = list(plan.stages)
    stages[place - 1], stages[place] = stages[place], stages[place - 1]
    return replace(plan, stages=tuple(stages))


def new_stage_key(plan: LoopPlan) -> str:
    """Return a key that no stage of the plan has.

    >>> new_stage_key(LoopPlan((), PlannedRule(4.5, 2, {})))
    'stage-1'
    """
    taken = {stage.key for stage in plan.stages}
    number = len(plan.stages) + 1
    while f"stage-{number}" in taken:
        number += 1
    return f"stage-{number}"


def rated_but_left_out(plan: LoopPlan, rule: PlannedRule) -> dict[str, list[str]]:
    """Return, by competency key, the names of the stages that rate what a new rule would leave out."""
    found: dict[str, list[str]] = {}
    for stage in plan.stages:
        for key in stage.competencies:
            if key not in rule.weights:
                found.setdefault(key, []).append(stage.name)
    return found


def stages_payload(stages: Iterable[PlannedStage]) -> list[dict[str, Any]]:
    """Return stages as JSON can hold them."""
    return [asdict(stage) | {"mode": stage.mode.value} for stage in stages]


def stages_from(payload: Iterable[Mapping[str, Any]]) -> tuple[PlannedStage, ...]:
    """Read what `stages_payload` wrote."""
    return tuple(
        PlannedStage(
            **{
                **stored,
                "mode": Mode(stored["mode"]),
                **{name: tuple(stored[name]) for name in ("competencies", "scenarios", "artefacts")},
            }
        )
        for stored in payload
    )
