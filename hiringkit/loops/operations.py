"""The only writer of loops: starting, editing, putting in use, freezing."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select, update

from hiringkit.audit.operations import Recorded, operation
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import ConflictError, InvalidError, NotFoundError, StaleEditError
from hiringkit.library.rules.phrases import refused_phrases
from hiringkit.loops import queries
from hiringkit.loops.models import (
    Loop,
    LoopFreeze,
    LoopVersion,
    LoopVersionRating,
    LoopVersionScenario,
    LoopVersionStage,
)
from hiringkit.loops.policy import LoopPermission, demand_edit
from hiringkit.loops.rules.content import LoopContent, Stage, content_hash
from hiringkit.loops.rules.coverage import loop_problems
from hiringkit.loops.rules.lifecycle import LOOP_VERSION, LoopState
from hiringkit.loops.rules.plan import (
    LoopPlan,
    PlannedRule,
    PlannedStage,
    plan_of_template,
    rated_but_left_out,
    stages_payload,
    with_stage,
    with_stage_earlier,
    without_stage,
)
from hiringkit.openings.models import Opening

CHANGED = "Somebody changed this loop while you looked at it."
LOOK_AGAIN = "Go back, read it as it is now, and do it again if it still fits."


def start_loop(opening: Opening, *, by: Actor, at: datetime) -> Loop:
    """Return the loop of an opening, started from its pack's loop template when there is none."""
    known = db.session.scalar(select(Loop).where(Loop.opening_id == opening.id))
    return known or _start_loop(opening, by=by, at=at)


@operation("loop:started")
def _start_loop(opening: Opening, *, by: Actor, at: datetime) -> Recorded[Loop]:
    demand(by, LoopPermission.EDIT, opening.team_id)
    plan = plan_of_template(queries.plan_sources(opening).pack.loop_template)
    row = Loop(public_id=new_public_id(), opening_id=opening.id, created_at=at, **_columns(plan))
    db.session.add(row)
    return Recorded(row, about=row, scope=opening.public_id, values={"stages": len(plan.stages)})


def save_stage(loop: Loop, stage: PlannedStage, version: int, *, by: Actor, at: datetime) -> Loop:
    """Change the stage of that key, or add it at the end."""
    if refused := refused_phrases(stage.brief):
        raise InvalidError(problems={"brief": " ".join(one.sentence for one in refused)})
    plan = queries.plan_of(loop)
    current = _stage_texts(plan.stage(stage.key), stage)
    return edit_loop(loop, with_stage(plan, stage), version, current, by=by, at=at)


def remove_stage(loop: Loop, key: str, version: int, *, by: Actor, at: datetime) -> Loop:
    """Take a stage out of the plan."""
    return edit_loop(loop, without_stage(_plan_with(loop, key), key), version, None, by=by, at=at)


def move_stage_earlier(loop: Loop, key: str, version: int, *, by: Actor, at: datetime) -> Loop:
    """Move a stage one place towards the start."""
    return edit_loop(loop, with_stage_earlier(_plan_with(loop, key), key), version, None, by=by, at=at)


def _plan_with(loop: Loop, key: str) -> LoopPlan:
    plan = queries.plan_of(loop)
    if plan.stage(key) is None:
        raise NotFoundError
    return plan


def save_rule(loop: Loop, rule: PlannedRule, version: int, *, by: Actor, at: datetime) -> Loop:
    """Change bar, gate level, weights, and which competencies the loop rates."""
    plan = queries.plan_of(loop)
    if left_out := rated_but_left_out(plan, rule):
        sentence = "A stage still rates this: {}. Take it out there first."
        raise InvalidError(
            problems={f"weights-{key}": sentence.format(", ".join(names)) for key, names in left_out.items()}
        )
    return edit_loop(loop, LoopPlan(plan.stages, rule), version, _rule_texts(plan.rule), by=by, at=at)


@operation("loop:edited")
def edit_loop(
    loop: Loop, plan: LoopPlan, version: int, current: Mapping[str, str] | None, *, by: Actor, at: datetime
) -> Recorded[Loop]:
    """Store a plan over the version that its editor saw; `current` is what is stored now, by form field."""
    view = queries.unscoped_loop(loop.opening_id)
    demand_edit(by, view.opening, view.frozen_at)
    changed = db.session.execute(
        update(Loop).where(Loop.id == loop.id, Loop.version == version).values(version=version + 1, **_columns(plan))
    )
    db.session.refresh(loop)
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # An UPDATE's result has a rowcount.
        if current is None:
            raise ConflictError(CHANGED, remedy=LOOK_AGAIN)
        raise StaleEditError(loop.version, current)
    values = {"stages": len(plan.stages), "version": loop.version}
    return Recorded(loop, about=loop, scope=view.opening.public_id, values=values)


def _columns(plan: LoopPlan) -> dict[str, object]:
    return {
        "stages": stages_payload(plan.stages),
        "weights": dict(plan.rule.weights),
        "weights_reason": plan.rule.weights_reason.strip(),
        "bar": Decimal(str(plan.rule.bar)),
        "gate_level": plan.rule.gate_level,
    }


def _stage_texts(stored: PlannedStage | None, typed: PlannedStage) -> dict[str, str]:
    """Return a stored stage as its form would send it; of lists only those that differ from what was typed."""
    if stored is None:
        return {}
    texts = {
        "name": stored.name,
        "minutes": str(stored.minutes),
        "mode": stored.mode.value,
        "panel": str(stored.panel),
        "brief": stored.brief,
    }
    lists = {
        "competencies": (stored.competencies, typed.competencies),
        "scenarios": (stored.scenarios, typed.scenarios),
        "artefacts": (stored.artefacts, typed.artefacts),
    }
    return texts | {name: ", ".join(now) for name, (now, mine) in lists.items() if set(now) != set(mine)}


def _rule_texts(rule: PlannedRule) -> dict[str, str]:
    weights = {f"weights-{key}": f"{weight:g}" for key, weight in rule.weights.items()}
    return {
        "bar": f"{rule.bar:g}",
        "gate_level": str(rule.gate_level),
        "weights_reason": rule.weights_reason,
        **weights,
    }


@operation("loop:put_in_use")
def put_in_use(loop: Loop, version: int | None = None, *, by: Actor, at: datetime) -> Recorded[LoopVersion]:
    """Make a loop version of the plan: numbered, hashed, never changed; refused while a problem is open.

    `version`, when given, is the plan that the manager saw: another one is refused as stale.
    """
    _lock(loop)
    view = queries.unscoped_loop(loop.opening_id)
    demand_edit(by, view.opening, view.frozen_at)
    if version is not None and version != loop.version:
        raise ConflictError(CHANGED, remedy=LOOK_AGAIN)
    content = queries.planned_content(view, queries.plan_sources(view.opening).sources)
    if problems := loop_problems(content):
        raise InvalidError("This loop is not ready. " + " ".join(problem.text for problem in problems))
    if view.version is not None and view.version.content_hash == content_hash(content):
        message = f"Version {view.version.number} says exactly this already."
        raise ConflictError(message)
    row = _add_version(view, content, by, at)
    values = {"number": row.number, "content_hash": row.content_hash, "stages": len(content.stages)}
    return Recorded(row, about=row, scope=view.opening.public_id, values=values)


def _lock(loop: Loop) -> None:
    """Keep booking and putting in use apart: a version must not be frozen while the next one is made."""
    db.session.scalar(
        select(Loop).where(Loop.id == loop.id).with_for_update().execution_options(populate_existing=True)
    )


def _add_version(view: queries.LoopView, content: LoopContent, by: Actor, at: datetime) -> LoopVersion:
    assert view.loop is not None  # noqa: S101  # The caller holds the loop.
    row = LoopVersion(
        public_id=new_public_id(),
        loop_id=view.loop.id,
        number=view.version.number + 1 if view.version else 1,
        content=content.to_json(),
        content_hash=content_hash(content),
        bar=Decimal(str(content.rule.bar)),
        gate_level=content.rule.gate_level,
        reveal=content.reveal,
        weights={str(version): weight for version, weight in content.weights.items()},
        created_at=at,
        created_by_id=by.member_id,
    )
    db.session.add(row)
    db.session.flush()
    for position, stage in enumerate(content.stages, start=1):
        _add_stage(row, position, stage)
    return row


def _add_stage(version: LoopVersion, position: int, stage: Stage) -> None:
    row = LoopVersionStage(
        public_id=new_public_id(),
        loop_version_id=version.id,
        position=position,
        key=stage.key,
        name=stage.name,
        minutes=stage.minutes,
        mode=stage.mode.value,
        panel=stage.panel,
        brief=stage.brief,
        artefacts=[{"name": one.name, "request": one.request} for one in stage.artefacts],
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        LoopVersionRating(stage_id=row.id, competency_version_id=number, position=place)
        for place, number in enumerate(stage.competencies, start=1)
    )
    db.session.add_all(
        LoopVersionScenario(stage_id=row.id, scenario_version_id=number, position=place)
        for place, number in enumerate(stage.scenarios, start=1)
    )


def freeze_loop(loop_version: LoopVersion, *, by: Actor, at: datetime) -> None:
    """Freeze a loop version, at the booking of its first interview; a frozen one stays as it is."""
    if queries.unscoped_frozen_at(loop_version.id) is None:
        _freeze_loop(loop_version, by=by, at=at)


@operation("loop:frozen")
def _freeze_loop(loop_version: LoopVersion, *, by: Actor, at: datetime) -> Recorded[None]:
    loop = db.session.get_one(Loop, loop_version.loop_id)
    _lock(loop)
    view = queries.unscoped_loop(loop.opening_id)
    demand(by, LoopPermission.FREEZE, view.opening.team_id)
    if view.version is None or view.version.id != loop_version.id:
        LOOP_VERSION.after(LoopState.SUPERSEDED, "freeze")
    LOOP_VERSION.after(view.state, "freeze")
    db.session.add(LoopFreeze(loop_version_id=loop_version.id, at=at))
    return Recorded(None, about=loop_version, scope=view.opening.public_id, values={"number": loop_version.number})
