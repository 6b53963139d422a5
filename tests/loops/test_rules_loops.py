"""A loop is ready when its stages rate what it promises; its content has one text and one hash."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from hiringkit.foundation.errors import WrongStateError
from hiringkit.loops.rules.content import (
    Artefact,
    DecisionRule,
    LoopCompetency,
    LoopContent,
    Mode,
    Stage,
    content_hash,
    default_rule,
)
from hiringkit.loops.rules.coverage import loop_problems, raters_of
from hiringkit.loops.rules.hours import candidate_minutes, interviewer_minutes
from hiringkit.loops.rules.lifecycle import LOOP_VERSION, LoopState
from hiringkit.people.rules import Reveal

SAFETY = LoopCompetency(1, "safety-first-judgement", "Safety-first judgement", safety_critical=True)
ACCURACY = LoopCompetency(2, "accuracy", "Accuracy", safety_critical=False)
HANDOFFS = LoopCompetency(3, "handoffs", "Handoffs", safety_critical=False)
WORKFLOW = LoopCompetency(4, "workflow", "Workflow discipline", safety_critical=False)
CASE = Stage("case", "Case walk-through", 45, Mode.VIDEO, 1, (1, 2, 3), (11,), (Artefact("Handoff", "redacted"),))
AUDIT = Stage("audit", "Audit discussion", 60, Mode.ON_SITE, 2, (1, 2, 4), (12, 13), brief="How you use findings.")
READY = LoopContent((SAFETY, ACCURACY, HANDOFFS, WORKFLOW), (CASE, AUDIT), default_rule(7))


def texts(content: LoopContent) -> list[str]:
    return [problem.text for problem in loop_problems(content)]


def with_case(**changes: Any) -> LoopContent:
    return replace(READY, stages=(replace(CASE, **changes), AUDIT))


def test_a_loop_that_covers_everything_is_ready() -> None:
    assert texts(READY) == []


@pytest.mark.parametrize("rated", [(1, 2), (1, 2, 3, 4, 5, 6)])
def test_a_stage_rates_three_to_five_competencies(rated: tuple[int, ...]) -> None:
    more = tuple(LoopCompetency(n, f"c{n}", f"C{n}", safety_critical=False) for n in (5, 6))
    content = replace(with_case(competencies=rated), competencies=(*READY.competencies, *more))
    found = [problem for problem in loop_problems(content) if problem.stage == "case"]
    assert [problem.text for problem in found] == [
        f"Case walk-through rates {len(rated)} competencies; 3 to 5 are needed."
    ]


def test_a_safety_critical_competency_needs_two_raters() -> None:
    lonely = replace(READY, stages=(CASE, replace(AUDIT, competencies=(2, 3, 4))))
    assert texts(lonely) == ["Safety-first judgement is safety-critical and has one rater; it needs 2."]
    assert loop_problems(lonely)[0].competency == 1
    assert raters_of(1, READY) == 3


def test_two_stages_with_one_rater_each_are_two_raters() -> None:
    assert texts(replace(READY, stages=(CASE, replace(AUDIT, panel=1)))) == []


def test_each_competency_is_rated_somewhere() -> None:
    assert "Handoffs is rated in no stage." in texts(with_case(competencies=(1, 2, 4)))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"competencies": (1, 2, 3, 99)}, "not one of the loop's"),
        ({"scenarios": ()}, "no scenario"),
        ({"minutes": 0}, "length in minutes"),
        ({"panel": 0}, "at least one interviewer"),
        ({"key": "audit"}, "same key"),
    ],
)
def test_a_stage_must_be_possible(changes: dict[str, Any], fault: str) -> None:
    assert [text for text in texts(with_case(**changes)) if fault in text]
    assert texts(with_case(minutes=1)) == []


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (DecisionRule(7, bar=7.5, gate_level=2), "bar must be from 1 to 7"),
        (DecisionRule(7, bar=4.5, gate_level=7), "gate level must be from 1 to 6"),
        (DecisionRule(7, bar=4.5, gate_level=0), "gate level"),
        (DecisionRule(5, bar=3.3, gate_level=2), "rated 1 to 7, the loop 1 to 5"),
    ],
)
def test_the_rule_must_fit_the_scale(rule: DecisionRule, fault: str) -> None:
    assert [text for text in texts(replace(READY, rule=rule)) if fault in text]


def test_unequal_weights_need_a_written_reason() -> None:
    heavier = replace(READY, competencies=(replace(SAFETY, weight=2.0), ACCURACY, HANDOFFS, WORKFLOW))
    assert texts(heavier) == ["Weights that are not equal need a written reason."]
    assert texts(replace(heavier, rule=replace(READY.rule, weights_reason="Errors here hurt people."))) == []
    assert "Accuracy needs a weight above 0." in texts(
        replace(READY, competencies=(SAFETY, replace(ACCURACY, weight=0.0), HANDOFFS, WORKFLOW))
    )


def test_an_empty_loop_is_not_ready() -> None:
    assert "The loop has no stages." in texts(replace(READY, stages=()))
    assert "A competency stands in the loop twice." in texts(replace(READY, competencies=(*READY.competencies, SAFETY)))


def test_hours_count_lead_and_second_and_writing_up() -> None:
    assert candidate_minutes(READY) == 105
    assert interviewer_minutes(READY) == 45 + 2 * 60
    assert interviewer_minutes(READY, writing_up=20) == 65 + 2 * 80


def test_content_survives_the_way_to_text_and_back() -> None:
    relaxed = replace(READY, reveal=Reveal.OWN_IN)
    for content in (READY, relaxed):
        assert LoopContent.from_json(content.to_json()) == content
    assert content_hash(READY) != content_hash(relaxed)


def test_the_hash_is_that_of_the_canonical_text() -> None:
    text = READY.to_json()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert content_hash(READY) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "changed",
    [
        with_case(minutes=46),
        with_case(competencies=(2, 1, 3)),
        replace(READY, stages=(AUDIT, CASE)),
        replace(READY, rule=replace(READY.rule, bar=4.6)),
    ],
)
def test_any_change_changes_the_hash(changed: LoopContent) -> None:
    assert content_hash(changed) != content_hash(READY)


@pytest.mark.parametrize("text", ["[]", "{}", READY.to_json().replace('"bar"', '"hurdle"')])
def test_text_that_is_no_loop_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not the content of a loop"):
        LoopContent.from_json(text)


def test_default_rules() -> None:
    assert default_rule(7) == DecisionRule(points=7, bar=4.5, gate_level=2)
    assert default_rule(5) == DecisionRule(points=5, bar=3.3, gate_level=2)
    with pytest.raises(ValueError, match="1 to 9"):
        default_rule(9)


def test_weights_and_safety_come_by_version() -> None:
    assert READY.weights == {1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0}
    assert READY.safety_critical == {1}
    assert READY.stage("audit") is AUDIT
    with pytest.raises(KeyError):
        READY.stage("lunch")


def test_a_frozen_version_is_only_ever_superseded() -> None:
    assert LOOP_VERSION.after(LoopState.DRAFT, "put in use") is LoopState.IN_USE
    assert LOOP_VERSION.after(LoopState.IN_USE, "freeze") is LoopState.FROZEN
    assert {move.target for move in LOOP_VERSION.moves_from(LoopState.FROZEN)} == {LoopState.SUPERSEDED}
    with pytest.raises(WrongStateError):
        LOOP_VERSION.after(LoopState.DRAFT, "freeze")
