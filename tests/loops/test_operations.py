"""Loops start from the template, become versions once nothing is missing, and are frozen by the first booking."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.foundation.access import Actor, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleEditError,
    WrongStateError,
)
from hiringkit.loops import operations, queries
from hiringkit.loops.models import Loop, LoopFreeze, LoopVersion, LoopVersionRating
from hiringkit.loops.rules.content import LoopContent, content_hash
from hiringkit.loops.rules.lifecycle import LoopState
from hiringkit.loops.rules.plan import LoopPlan, PlannedRule, PlannedStage
from hiringkit.openings.models import Opening
from hiringkit.people.operations import edit_team
from hiringkit.people.rules import Reveal
from tests.loops.factories import loop, loop_version
from tests.openings.factories import opening
from tests.world import World


def events(tag: str) -> list[AuditEvent]:
    """Return the events of a tag."""
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.tag == tag).order_by(AuditEvent.seq)))


def first_stage(row: Loop) -> PlannedStage:
    """Return the first stage of a plan."""
    return queries.plan_of(row).stages[0]


def with_rule(row: Loop, **changes: object) -> PlannedRule:
    """Return the rule of a plan with some of it changed."""
    return replace(queries.plan_of(row).rule, **changes)  # type: ignore[arg-type]  # Of each field's own type.


def test_a_loop_starts_as_its_packs_template_says_and_only_once(world: World) -> None:
    row = opening(world)
    first, again = loop(world, row), loop(world, row)
    template = queries.plan_sources(row).pack.loop_template
    plan = queries.plan_of(first)
    assert again.id == first.id
    assert [stage.name for stage in plan.stages] == [stage.name for stage in template.stages]
    assert [stage.competencies for stage in plan.stages] == [tuple(stage.competencies) for stage in template.stages]
    assert (plan.rule.bar, plan.rule.gate_level) == (float(template.bar), template.gate_level)
    assert set(plan.rule.weights.values()) == {1.0}
    assert [event.scope for event in events("loop:started")] == [row.public_id]
    assert unscoped_break() is None


@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR])
def test_only_a_manager_writes_loops(world: World, capacity: Capacity) -> None:
    row = opening(world)
    world.member("other", capacity)
    by = world.actor("other")
    with pytest.raises(ForbiddenError):
        operations.start_loop(row, by=by, at=now())
    made = loop(world, row)
    with pytest.raises(ForbiddenError):
        operations.save_stage(made, first_stage(made), made.version, by=by, at=now())
    with pytest.raises(ForbiddenError):
        operations.put_in_use(made, by=by, at=now())
    assert made.version == 1


def test_a_manager_of_another_team_writes_nothing_here(world: World) -> None:
    made = loop(world)
    world.manager("stranger", "Other")
    with pytest.raises(ForbiddenError):
        operations.remove_stage(made, first_stage(made).key, 1, by=world.actor("stranger"), at=now())


def test_putting_in_use_writes_the_version_and_its_rows(world: World) -> None:
    row = opening(world)
    version = loop_version(world, row)
    content = LoopContent.from_json(version.content)
    stages = queries.unscoped_stages(version.id)
    assert (version.number, version.content_hash) == (1, content_hash(content))
    assert (float(version.bar), version.gate_level, version.reveal) == (4.5, 2, Reveal.ALL_EXPECTED)
    assert [view.row.key for view in stages] == [stage.key for stage in content.stages]
    assert [[c.id for c in view.competencies] for view in stages] == [list(s.competencies) for s in content.stages]
    assert [[s.id for s in view.scenarios] for view in stages] == [list(s.scenarios) for s in content.stages]
    assert queries.unscoped_decision_rule(version)[2] == content.weights
    assert events("loop:put_in_use")[0].scope == row.public_id


def test_the_reveal_is_the_teams_at_that_moment(world: World) -> None:
    row = opening(world)
    world_team = world.team()
    edit_team(world_team, world_team.name, Reveal.OWN_IN, world_team.version, by=world.admin, at=now())
    version = loop_version(world, row)
    edit_team(world_team, world_team.name, Reveal.ALL_EXPECTED, world_team.version, by=world.admin, at=now())
    assert db.session.get_one(LoopVersion, version.id).reveal is Reveal.OWN_IN
    assert LoopContent.from_json(version.content).reveal is Reveal.OWN_IN


def test_a_loop_with_a_gap_is_refused_and_says_which(world: World) -> None:
    made, by = loop(world), world.actor("manager")
    first, *others = queries.plan_of(made).stages
    operations.save_stage(made, replace(first, panel=1), made.version, by=by, at=now())
    for stage in others:
        operations.remove_stage(made, stage.key, made.version, by=by, at=now())
    with pytest.raises(InvalidError) as refusal:
        operations.put_in_use(made, by=by, at=now())
    for problem in ("is safety-critical and has one rater; it needs 2", "is rated in no stage"):
        assert problem in refusal.value.sentence
    assert db.session.scalar(select(func.count()).select_from(LoopVersion)) == 0


def test_the_same_plan_makes_no_second_version(world: World) -> None:
    made = loop(world)
    operations.put_in_use(made, by=world.actor("manager"), at=now())
    with pytest.raises(ConflictError, match="Version 1 says exactly this already"):
        operations.put_in_use(made, by=world.actor("manager"), at=now())


def test_a_changed_plan_makes_version_2_and_supersedes_version_1(world: World) -> None:
    row = opening(world)
    made, by = loop(world, row), world.actor("manager")
    first = operations.put_in_use(made, by=by, at=now())
    operations.save_stage(made, replace(first_stage(made), minutes=75), made.version, by=by, at=now())
    second = operations.put_in_use(made, by=by, at=now())
    assert (second.number, queries.unscoped_current_version(row.id)) == (2, second)
    assert queries.unscoped_stages(first.id)[0].row.minutes != queries.unscoped_stages(second.id)[0].row.minutes
    with pytest.raises(WrongStateError):
        operations.freeze_loop(first, by=by, at=now())


def test_putting_in_use_what_somebody_changed_meanwhile_is_refused(world: World) -> None:
    made, by = loop(world), world.actor("manager")
    seen = made.version
    operations.save_stage(made, replace(first_stage(made), minutes=75), seen, by=by, at=now())
    with pytest.raises(ConflictError, match="changed this loop"):
        operations.put_in_use(made, seen, by=by, at=now())


def test_a_stale_edit_is_refused_and_hands_over_what_is_stored(world: World) -> None:
    made, by = loop(world), world.actor("manager")
    stage, seen = first_stage(made), made.version
    operations.save_stage(made, replace(stage, name="Scenarios", minutes=75), seen, by=by, at=now())
    mine = replace(stage, name="Mine", competencies=stage.competencies[:1])
    with pytest.raises(StaleEditError) as refusal:
        operations.save_stage(made, mine, seen, by=by, at=now())
    assert refusal.value.version == seen + 1
    assert (refusal.value.current["name"], refusal.value.current["minutes"]) == ("Scenarios", "75")
    assert refusal.value.current["competencies"] == ", ".join(stage.competencies)
    assert "scenarios" not in refusal.value.current
    assert first_stage(made).name == "Scenarios"
    for act in (operations.remove_stage, operations.move_stage_earlier):
        with pytest.raises(ConflictError, match="changed this loop"):
            act(made, stage.key, seen, by=by, at=now())


def test_stages_are_added_moved_and_taken_out(world: World) -> None:
    made, by = loop(world), world.actor("manager")
    names = [stage.name for stage in queries.plan_of(made).stages]
    extra = replace(first_stage(made), key="stage-9", name="Extra")
    operations.save_stage(made, extra, made.version, by=by, at=now())
    operations.move_stage_earlier(made, "stage-9", made.version, by=by, at=now())
    assert [stage.name for stage in queries.plan_of(made).stages] == [*names[:-1], "Extra", names[-1]]
    operations.remove_stage(made, "stage-9", made.version, by=by, at=now())
    assert [stage.name for stage in queries.plan_of(made).stages] == names
    with pytest.raises(NotFoundError):
        operations.remove_stage(made, "stage-9", made.version, by=by, at=now())
    assert len(events("loop:edited")) == 3


def test_a_competency_that_a_stage_rates_cannot_be_left_out(world: World) -> None:
    made, by = loop(world), world.actor("manager")
    rated = first_stage(made).competencies[0]
    weights = {key: one for key, one in queries.plan_of(made).rule.weights.items() if key != rated}
    with pytest.raises(InvalidError) as refusal:
        operations.save_rule(made, with_rule(made, weights=weights), made.version, by=by, at=now())
    assert first_stage(made).name in refusal.value.problems[f"weights-{rated}"]


def test_unequal_weights_need_a_reason_before_the_loop_is_put_in_use(world: World) -> None:
    made, by = loop(world), world.actor("manager")
    rule = queries.plan_of(made).rule
    weights = {**rule.weights, next(iter(rule.weights)): 2.0}
    operations.save_rule(made, replace(rule, weights=weights), made.version, by=by, at=now())
    with pytest.raises(InvalidError, match="need a written reason"):
        operations.put_in_use(made, by=by, at=now())
    reasoned = replace(rule, weights=weights, weights_reason="Errors hurt most here.")
    operations.save_rule(made, reasoned, made.version, by=by, at=now())
    version = operations.put_in_use(made, by=by, at=now())
    assert sorted(queries.unscoped_decision_rule(version)[2].values())[-2:] == [1.0, 2.0]


def test_freezing_happens_once_and_ends_editing(world: World) -> None:
    row = opening(world)
    made, by = loop(world, row), world.actor("manager")
    version = operations.put_in_use(made, by=by, at=now())
    world.member("coordinator", Capacity.COORDINATOR)
    operations.freeze_loop(version, by=world.actor("coordinator"), at=now())
    operations.freeze_loop(version, by=world.actor("coordinator"), at=now())
    assert queries.unscoped_loop(row.id).state is LoopState.FROZEN
    assert db.session.scalar(select(func.count()).select_from(LoopFreeze)) == 1
    assert len(events("loop:frozen")) == 1
    plan = queries.plan_of(made)
    acts: list[Callable[[], object]] = [
        lambda: operations.save_stage(made, replace(plan.stages[0], minutes=75), made.version, by=by, at=now()),
        lambda: operations.save_rule(made, plan.rule, made.version, by=by, at=now()),
        lambda: operations.put_in_use(made, by=by, at=now()),
    ]
    for act in acts:
        with pytest.raises(WrongStateError, match="This loop was frozen on") as refusal:
            act()
        assert refusal.value.remedy == "A different loop needs an opening of its own."


def test_interviewers_freeze_nothing_and_the_system_may(world: World) -> None:
    version = loop_version(world)
    world.member("ina")
    with pytest.raises(ForbiddenError):
        operations.freeze_loop(version, by=world.actor("ina"), at=now())
    operations.freeze_loop(version, by=Actor.system(), at=now())
    assert queries.unscoped_frozen_at(version.id) is not None


def test_an_edit_that_fails_leaves_no_event(world: World) -> None:
    made, by = loop(world), world.actor("manager")
    with pytest.raises(StaleEditError):
        operations.edit_loop(made, LoopPlan((), with_rule(made)), 99, {}, by=by, at=now())
    assert events("loop:edited") == []
    assert len(queries.plan_of(made).stages) > 0
    assert db.session.scalar(select(func.count()).select_from(LoopVersionRating)) == 0
    assert db.session.get_one(Opening, made.opening_id).title == "Patient Access Manager"
