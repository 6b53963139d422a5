"""Loops are read within the viewer's teams; versions and stages in a flat number of statements."""

from dataclasses import replace

import pytest

from hiringkit.foundation.access import NOBODY, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.loops import operations, queries
from hiringkit.loops.rules.content import LoopContent, content_hash
from hiringkit.loops.rules.lifecycle import LoopState
from tests.loops.factories import loop, loop_version
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World


def test_foreign_and_absent_loops_are_not_found_alike(world: World) -> None:
    own, foreign = opening(world), opening(world, team="Other", by="other")
    viewer = world.actor("manager")
    assert queries.loop(viewer, own.public_id).opening.id == own.id
    for public_id in (foreign.public_id, "nothing-like-this"):
        with pytest.raises(NotFoundError):
            queries.loop(viewer, public_id)


def test_interviewers_administrators_and_strangers_see_no_loop(world: World) -> None:
    row = opening(world)
    loop_version(world, row)
    world.member("ina")
    for viewer in (world.actor("ina"), world.admin, NOBODY):
        with pytest.raises(NotFoundError):
            queries.loop(viewer, row.public_id)
    for key, capacity in (("coordinator", Capacity.COORDINATOR), ("auditor", Capacity.AUDITOR)):
        world.member(key, capacity)
        assert queries.loop(world.actor(key), row.public_id).version is not None


def test_a_loop_is_a_draft_then_in_use_then_frozen(world: World) -> None:
    row = opening(world)
    viewer = world.actor("manager")
    assert queries.loop(viewer, row.public_id).loop is None
    made = loop(world, row)
    assert queries.loop(viewer, row.public_id).state is LoopState.DRAFT
    version = operations.put_in_use(made, by=viewer, at=now())
    assert queries.loop(viewer, row.public_id).state is LoopState.IN_USE
    operations.freeze_loop(version, by=viewer, at=now())
    assert queries.loop(viewer, row.public_id).state is LoopState.FROZEN


def test_the_newest_version_of_each_opening_is_current(world: World) -> None:
    first, second, third = (opening(world, title) for title in ("First", "Second", "Third"))
    made, by = loop(world, first), world.actor("manager")
    operations.put_in_use(made, by=by, at=now())
    stage = queries.plan_of(made).stages[0]
    operations.save_stage(made, replace(stage, minutes=75), made.version, by=by, at=now())
    newest = operations.put_in_use(made, by=by, at=now())
    other = loop_version(world, second)
    with counted() as seen:
        found = queries.unscoped_current_versions([first.id, second.id, third.id])
    assert {number: version.id for number, version in found.items()} == {first.id: newest.id, second.id: other.id}
    assert len(seen) == 1
    assert queries.unscoped_current_version(third.id) is None


def test_stages_come_in_order_in_two_statements(world: World) -> None:
    version = loop_version(world)
    with counted() as seen:
        stages = queries.unscoped_stages(version.id)
    assert len(seen) == 2
    assert [view.row.position for view in stages] == [1, 2, 3, 4]
    content = LoopContent.from_json(version.content)
    assert [view.row.brief for view in stages] == [stage.brief for stage in content.stages]
    one = queries.unscoped_stage(stages[2].row.id)
    assert (one.row.id, [c.key for c in one.competencies]) == (
        stages[2].row.id,
        [c.key for c in stages[2].competencies],
    )
    by_id = queries.unscoped_stages_by_id([stages[3].row.id, stages[0].row.id])
    assert {number: view.row.key for number, view in by_id.items()} == {
        view.row.id: view.row.key for view in (stages[0], stages[3])
    }


def test_candidates_stages_come_without_scenarios_in_one_statement(world: World) -> None:
    row = opening(world)
    assert queries.unscoped_current_stages_without_scenarios(row.id) is None
    version = loop_version(world, row)
    with counted() as seen:
        found = queries.unscoped_current_stages_without_scenarios(row.id)
    assert len(seen) == 1
    assert found is not None
    newest, stages = found
    assert newest == version
    assert [view.competencies for view in stages] == [v.competencies for v in queries.unscoped_stages(version.id)]
    assert all(view.scenarios == [] for view in stages)


def test_what_is_in_use_says_what_the_plan_said(world: World) -> None:
    row = opening(world)
    version = loop_version(world, row)
    view = queries.unscoped_loop(row.id)
    sources = queries.plan_sources(row)
    planned = queries.planned_content(view, sources.sources)
    assert content_hash(planned) == version.content_hash
    critical = [one.safety_critical for one in planned.competencies]
    assert critical == sorted(critical, reverse=True)
    names = queries.scenario_names(planned, sources)
    assert {names[number] for stage in planned.stages for number in stage.scenarios} <= {
        one.name for one in sources.scenarios.values()
    }
