"""Reads of loops: the plan with its opening, and versions with their stages, competencies and scenarios."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select

from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.library import queries as library
from hiringkit.library.models import CompetencyVersion, ScenarioVersion
from hiringkit.library.rules.pack import Pack
from hiringkit.loops.models import (
    Loop,
    LoopFreeze,
    LoopVersion,
    LoopVersionRating,
    LoopVersionScenario,
    LoopVersionStage,
)
from hiringkit.loops.policy import LoopPermission
from hiringkit.loops.rules.content import Artefact, LoopCompetency, LoopContent
from hiringkit.loops.rules.lifecycle import LoopState
from hiringkit.loops.rules.plan import LoopPlan, PlannedRule, Sources, content_of, stages_from
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningState
from hiringkit.people.models import Team

UNDER_WAY = (OpeningState.OPEN, OpeningState.PAUSED)
MOST_UNDER_WAY = 30


@dataclass(frozen=True)
class LoopView:
    """The loop of an opening as its team sees it: the plan, the newest version, and when that was frozen."""

    opening: Opening
    team: Team
    loop: Loop | None
    version: LoopVersion | None
    frozen_at: datetime | None

    @property
    def state(self) -> LoopState:
        """Return the state of the newest version; a plan that was never put in use is a draft."""
        if self.version is None:
            return LoopState.DRAFT
        return LoopState.FROZEN if self.frozen_at is not None else LoopState.IN_USE


class StageView(NamedTuple):
    """A stage of a loop version, with what it rates and asks, in order."""

    row: LoopVersionStage
    competencies: list[CompetencyVersion]
    scenarios: list[ScenarioVersion]


def loop(viewer: Actor, opening_public_id: str) -> LoopView:
    """Return the loop of an opening whose loop the viewer may read, or raise NotFoundError."""
    seen = scope(viewer, LoopPermission.READ)
    found = db.session.execute(
        _view().where(Opening.public_id == opening_public_id, seen.limits(Opening.team_id))
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return LoopView(*found)


def unscoped_loop(opening_id: int) -> LoopView:
    """Return the loop of an opening, whoever asks."""
    return LoopView(*db.session.execute(_view().where(Opening.id == opening_id)).one())


def _view() -> Select[Opening, Team, Loop, LoopVersion, datetime]:
    return (
        select(Opening, Team, Loop, LoopVersion, LoopFreeze.at)
        .join(Team, Team.id == Opening.team_id)
        .outerjoin(Loop, Loop.opening_id == Opening.id)
        .outerjoin(LoopVersion, and_(LoopVersion.loop_id == Loop.id, _is_newest()))
        .outerjoin(LoopFreeze, LoopFreeze.loop_version_id == LoopVersion.id)
    )


def _is_newest() -> Any:
    other = LoopVersion.__table__.alias("other_version")
    newest = select(func.max(other.c.number)).where(other.c.loop_id == LoopVersion.loop_id).scalar_subquery()
    return LoopVersion.number == newest


def plan_of(row: Loop) -> LoopPlan:
    """Return what a stored plan says."""
    rule = PlannedRule(float(row.bar), row.gate_level, dict(row.weights), row.weights_reason)
    return LoopPlan(stages_from(row.stages), rule)


class PlanSources(NamedTuple):
    """What a plan may use: the opening's pack, and what its keys stand for now."""

    pack: Pack
    scenarios: dict[str, ScenarioVersion]
    sources: Sources


def plan_sources(opening: Opening) -> PlanSources:
    """Return what the plan of this opening may use: its pack, in the newest versions of the library."""
    pack = library.pack_content(library.unscoped_pack(opening.pack_id))
    competencies = library.unscoped_current_competencies([one.key for one in pack.competencies])
    scenarios = library.unscoped_current_scenarios([one.key for one in pack.scenarios])
    sources = Sources(
        competencies={one.key: _loop_competency(competencies[one.key]) for one in pack.competencies},
        scenarios={one.key: scenarios[one.key].id for one in pack.scenarios},
        artefacts={one.key: Artefact(one.name, one.ask) for one in pack.artefacts},
    )
    return PlanSources(pack, scenarios, sources)


def _loop_competency(row: CompetencyVersion) -> LoopCompetency:
    return LoopCompetency(row.id, row.key, row.name, row.is_safety_critical, row.points)


def scenario_names(content: LoopContent, known: PlanSources) -> dict[int, str]:
    """Return the names of a loop's scenarios by version; a frozen loop may use older ones than its plan would."""
    names = {row.id: row.name for row in known.scenarios.values()}
    older = {number for stage in content.stages for number in stage.scenarios} - names.keys()
    if older:
        names |= {number: row.name for number, row in library.unscoped_scenarios(sorted(older)).items()}
    return names


def planned_content(view: LoopView, sources: Sources) -> LoopContent:
    """Return what the plan would say if it were put in use now, with the team's reveal."""
    assert view.loop is not None  # noqa: S101  # The caller has looked.
    return content_of(plan_of(view.loop), sources, view.team.reveal)


def unscoped_current_version(opening_id: int) -> LoopVersion | None:
    """Return the newest loop version of an opening, or None before one was put in use."""
    return unscoped_current_versions([opening_id]).get(opening_id)


def unscoped_current_versions(opening_ids: Collection[int]) -> dict[int, LoopVersion]:
    """Return by opening the newest loop version, in one statement."""
    rows = db.session.execute(
        select(Loop.opening_id, LoopVersion)
        .join(LoopVersion, LoopVersion.loop_id == Loop.id)
        .where(Loop.opening_id.in_(list(opening_ids)), _is_newest())
    )
    return {opening_id: version for opening_id, version in rows}  # noqa: C416  # A row is no pair to mypy.


def loops_under_way(viewer: Actor, team_id: int) -> list[tuple[Opening, LoopContent]]:
    """Return what the loops in use of a team's open and paused openings say, the newest opening first, at most 30."""
    rows = db.session.execute(
        select(Opening, LoopVersion.content)
        .join(Loop, Loop.opening_id == Opening.id)
        .join(LoopVersion, and_(LoopVersion.loop_id == Loop.id, _is_newest()))
        .where(scope(viewer, LoopPermission.READ).limits(Opening.team_id), Opening.team_id == team_id)
        .where(Opening.state.in_(UNDER_WAY))
        .order_by(Opening.id.desc())
        .limit(MOST_UNDER_WAY)
    )
    return [(opening, LoopContent.from_json(content)) for opening, content in rows]


def unscoped_version(version_id: int) -> LoopVersion:
    """Return a loop version by number."""
    return db.session.get_one(LoopVersion, version_id)


def unscoped_frozen_at(version_id: int) -> datetime | None:
    """Return when a loop version was frozen, or None."""
    return db.session.scalar(select(LoopFreeze.at).where(LoopFreeze.loop_version_id == version_id))


def unscoped_stage_names(opening_id: int) -> dict[str, str]:
    """Return the names of the stages of an opening's newest loop version by key, in order, if there is one."""
    version = unscoped_current_version(opening_id)
    return {stage.key: stage.name for stage in LoopContent.from_json(version.content).stages} if version else {}


def unscoped_stages(loop_version_id: int) -> list[StageView]:
    """Return the stages of a loop version in order, in two statements."""
    return _stage_views(LoopVersionStage.loop_version_id == loop_version_id)


def unscoped_stage(stage_id: int) -> StageView:
    """Return one stage of a loop version."""
    return _stage_views(LoopVersionStage.id == stage_id)[0]


def unscoped_stages_by_id(stage_ids: Collection[int]) -> dict[int, StageView]:
    """Return these stages, of whatever loop versions, in two statements."""
    return {view.row.id: view for view in _stage_views(LoopVersionStage.id.in_(sorted(set(stage_ids))))}


def _stage_views(condition: ColumnElement[bool]) -> list[StageView]:
    views = _rated_stages(condition)
    scenarios = {view.row.id: view.scenarios for view in views}
    for stage_id, scenario in db.session.execute(
        select(LoopVersionScenario.stage_id, ScenarioVersion)
        .join(ScenarioVersion, ScenarioVersion.id == LoopVersionScenario.scenario_version_id)
        .where(LoopVersionScenario.stage_id.in_(list(scenarios)))
        .order_by(LoopVersionScenario.stage_id, LoopVersionScenario.position)
    ):
        scenarios[stage_id].append(scenario)
    return views


def unscoped_current_stages_without_scenarios(opening_id: int) -> tuple[LoopVersion, list[StageView]] | None:
    """Return the newest loop version of an opening with its stages as candidates may know them, in one statement."""
    newest = select(LoopVersion.id).join(Loop).where(Loop.opening_id == opening_id, _is_newest()).scalar_subquery()
    rows = db.session.execute(
        _ratings(LoopVersionStage.loop_version_id == newest)
        .join(LoopVersion, LoopVersion.id == LoopVersionStage.loop_version_id)
        .add_columns(LoopVersion)
    ).all()
    return (rows[0][2], _gathered((stage, competency) for stage, competency, _ in rows)) if rows else None


def _rated_stages(condition: ColumnElement[bool]) -> list[StageView]:
    return _gathered((stage, competency) for stage, competency in db.session.execute(_ratings(condition)))


def _ratings(condition: ColumnElement[bool]) -> Select[Any, Any]:
    return (
        select(LoopVersionStage, CompetencyVersion)
        .outerjoin(LoopVersionRating, LoopVersionRating.stage_id == LoopVersionStage.id)
        .outerjoin(CompetencyVersion, CompetencyVersion.id == LoopVersionRating.competency_version_id)
        .where(condition)
        .order_by(LoopVersionStage.position, LoopVersionStage.id, LoopVersionRating.position)
    )


def _gathered(rows: Iterable[tuple[LoopVersionStage, CompetencyVersion | None]]) -> list[StageView]:
    views: dict[int, StageView] = {}
    for stage, competency in rows:
        view = views.setdefault(stage.id, StageView(stage, [], []))
        if competency is not None:
            view.competencies.append(competency)
    return list(views.values())


def unscoped_decision_rule(version: LoopVersion) -> tuple[Decimal, int, dict[int, float]]:
    """Return bar, gate level and weights by competency version of a loop version."""
    return version.bar, version.gate_level, {int(key): float(weight) for key, weight in version.weights.items()}
