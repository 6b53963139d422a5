"""The plan of a loop as pure data: template in, versions out, edits that lose nothing."""

import doctest
from dataclasses import replace
from decimal import Decimal

import hiringkit.loops.rules.plan as module
from hiringkit.library.rules.pack import LoopTemplate
from hiringkit.library.rules.pack import Stage as TemplateStage
from hiringkit.loops.rules.content import Artefact, LoopCompetency, Mode
from hiringkit.loops.rules.plan import (
    LoopPlan,
    Sources,
    content_of,
    new_stage_key,
    plan_of_template,
    rated_but_left_out,
    stages_from,
    stages_payload,
    with_stage,
    with_stage_earlier,
    without_stage,
)
from hiringkit.people.rules import Reveal


def template() -> LoopTemplate:
    """Return a template of two stages."""
    stages = (
        TemplateStage("talk", "Talk", 45, "on-site", 2, ("handoff",), ("accuracy", "safety"), ("note",), " A day. "),
        TemplateStage("case", "Case", 60, "video", 1, ("audit",), ("handoffs", "accuracy"), (), "A case."),
    )
    return LoopTemplate("loop", "Loop", Decimal("4.5"), 2, stages)


SOURCES = Sources(
    competencies={
        "accuracy": LoopCompetency(11, "accuracy", "Accuracy", safety_critical=False),
        "unused": LoopCompetency(12, "unused", "Unused", safety_critical=False),
        "safety": LoopCompetency(13, "safety", "Safety-first judgement", safety_critical=True),
        "handoffs": LoopCompetency(14, "handoffs", "Handoffs", safety_critical=False),
    },
    scenarios={"handoff": 21, "audit": 22},
    artefacts={"note": Artefact("Debrief note", "Redacted.")},
)


def plan() -> LoopPlan:
    """Return the plan of the template."""
    return plan_of_template(template())


def test_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(module).failed == 0


def test_the_template_becomes_a_plan_with_equal_weights() -> None:
    made = plan()
    assert [(s.key, s.mode, s.brief) for s in made.stages] == [
        ("talk", Mode.ON_SITE, "A day."),
        ("case", Mode.VIDEO, "A case."),
    ]
    assert made.rule.weights == {"accuracy": 1.0, "safety": 1.0, "handoffs": 1.0}
    assert (made.rule.bar, made.rule.gate_level, made.rule.weights_reason) == (4.5, 2, "")


def test_a_plan_is_pinned_to_versions_with_safety_first() -> None:
    content = content_of(plan(), SOURCES, Reveal.OWN_IN)
    assert [one.version for one in content.competencies] == [13, 11, 14]
    assert [(s.competencies, s.scenarios, s.artefacts) for s in content.stages] == [
        ((11, 13), (21,), (Artefact("Debrief note", "Redacted."),)),
        ((14, 11), (22,), ()),
    ]
    assert (content.rule.points, content.reveal) == (7, Reveal.OWN_IN)


def test_weights_reach_the_content() -> None:
    made = plan()
    heavy = replace(made, rule=replace(made.rule, weights={**made.rule.weights, "safety": 2.0}))
    assert content_of(heavy, SOURCES, Reveal.ALL_EXPECTED).weights == {13: 2.0, 11: 1.0, 14: 1.0}


def test_an_empty_plan_has_content_too() -> None:
    empty = LoopPlan((), replace(plan().rule, weights={}))
    assert content_of(empty, SOURCES, Reveal.ALL_EXPECTED).competencies == ()


def test_a_stage_is_replaced_or_added_and_what_it_rates_joins_the_rule() -> None:
    made = plan()
    changed = with_stage(made, replace(made.stages[0], competencies=("unused",), minutes=30))
    assert [s.minutes for s in changed.stages] == [30, 60]
    assert changed.rule.weights == {"unused": 1.0, "accuracy": 1.0, "safety": 1.0, "handoffs": 1.0}
    added = with_stage(made, replace(made.stages[0], key=new_stage_key(made)))
    assert [s.key for s in added.stages] == ["talk", "case", "stage-3"]
    heavy = replace(made, rule=replace(made.rule, weights={"accuracy": 3.0}))
    assert with_stage(heavy, made.stages[0]).rule.weights["accuracy"] == 3.0


def test_new_keys_are_free() -> None:
    made = plan()
    twice = with_stage(made, replace(made.stages[0], key="stage-4"))
    assert new_stage_key(twice) == "stage-5"


def test_stages_are_taken_out_and_moved() -> None:
    made = plan()
    assert [s.key for s in without_stage(made, "talk").stages] == ["case"]
    assert without_stage(made, "talk").rule.weights == made.rule.weights
    assert [s.key for s in with_stage_earlier(made, "case").stages] == ["case", "talk"]
    assert with_stage_earlier(made, "talk") == made


def test_what_a_rule_leaves_out_is_found_with_the_stages_that_rate_it() -> None:
    made = plan()
    rule = replace(made.rule, weights={"safety": 1.0, "handoffs": 1.0})
    assert rated_but_left_out(made, rule) == {"accuracy": ["Talk", "Case"]}
    assert rated_but_left_out(made, made.rule) == {}


def test_stages_survive_json() -> None:
    made = plan()
    assert stages_from(stages_payload(made.stages)) == made.stages
