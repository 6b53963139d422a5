"""Reads of how ratings run: one's own line, for nobody else, a panel without names, and refreshes due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import load_only

from hiringkit.calibration import queries as calibration
from hiringkit.calibration.models import CalibrationPolicy, DriftAlarm, DriftSession, Standing
from hiringkit.calibration.queries import Actions
from hiringkit.calibration.rules.drift.monitor import DriftChart, Measured, Pool, drift_chart
from hiringkit.calibration.rules.drift.showing import FEWEST_PEOPLE, Line, drawn, noticed, panel_levels
from hiringkit.calibration.rules.policy import DriftLines
from hiringkit.candidates.models import Application, Reading
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import Actor, Capacity, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.home.policy import HomePermission
from hiringkit.library.models import CompetencySetVersion
from hiringkit.people.models import Member, Membership, Team

UNDECIDED = (ApplicationState.INTERVIEWING, ApplicationState.IN_DEBRIEF)
RATERS = (Capacity.INTERVIEWER, Capacity.MANAGER)
MOST_REFRESHES = 50


def is_in_sight(viewer: Actor) -> ColumnElement[bool]:
    """Return the SQL condition, over DriftSession, that its application is decided or the viewer has opened it.

    A session tells a little of what the others rated, and who has not opened them may still be asked to rate.
    """
    undecided = Application.state.in_(UNDECIDED)
    read = exists().where(Reading.application_id == Application.id, Reading.member_id == viewer.member_id)
    hidden = exists().where(Application.public_id == DriftSession.application, undecided, ~read.correlate(Application))
    return ~hidden.correlate(DriftSession)


@dataclass(frozen=True)
class Noticed:
    """What a chart gave alarm of: a sentence for its owner, when, by which policy, whether a refresh is due still."""

    words: str
    at: datetime
    policy: int
    is_due: bool


@dataclass(frozen=True)
class OwnScale:
    """One's own line on the scale 1..points, which begins once `needed` sessions are compared.

    `waiting`: sessions that are left out until they are in sight.
    """

    points: int
    line: Line | None
    compared: int
    needed: int
    waiting: int
    noticed: Sequence[Noticed]


def own_drift(viewer: Actor) -> list[OwnScale]:
    """Return the viewer's own lines, one for each scale that they have rated on; in five statements."""
    member_id = viewer.member_id or 0
    lines = calibration.unscoped_policy().drift_lines
    rows = db.session.execute(
        select(DriftSession, is_in_sight(viewer).label("in_sight"))
        .where(DriftSession.member_id == member_id)
        .order_by(DriftSession.points.desc(), DriftSession.id)
    ).all()
    pools, actions = calibration.unscoped_pools(lines), calibration.unscoped_actions([member_id])
    policies = select(CalibrationPolicy).options(load_only(CalibrationPolicy.number))
    numbers = {row.id: row.number for row in db.session.scalars(policies)}
    scales = dict.fromkeys(row.points for row, _ in rows)
    return [
        _own_scale([(row, seen) for row, seen in rows if row.points == points], pools[points], actions, lines, numbers)
        for points in scales
    ]


def _own_scale(
    rows: Sequence[tuple[DriftSession, bool]],
    pool: Pool,
    actions: Actions,
    lines: DriftLines,
    numbers: dict[int, int],
) -> OwnScale:
    """Chart one's own sessions as if those that are not in sight had never been: nothing drawn can tell of them."""
    own = [row for row, _ in rows]
    known = actions.measured(own)
    shown = {row.id: known[row.id] for row, in_sight in rows if in_sight}
    chart = drift_chart(shown, pool, lines) if shown else None
    key = own[0].member_id, own[0].points
    due = {one.id for one in actions.open(*key)}
    noticed_then = [
        Noticed(
            noticed(one.kind, _until(one, shown, pool, lines) if one.id in due else None),
            one.at,
            numbers[one.policy_id],
            is_due=one.id in due,
        )
        for one in reversed(actions.alarms.get(key, []))
    ]
    return OwnScale(
        own[0].points,
        drawn(chart, lines) if chart else None,
        chart.compared if chart else 0,
        lines.base_sessions,
        len(rows) - len(shown),
        noticed_then,
    )


def _until(alarm: DriftAlarm, shown: Mapping[int, Measured], pool: Pool, lines: DriftLines) -> DriftChart | None:
    """Return the chart as it was when it gave alarm, or None while that session is not in sight."""
    if alarm.session_id not in shown:
        return None
    return drift_chart({number: one for number, one in shown.items() if number <= alarm.session_id}, pool, lines)


@dataclass(frozen=True)
class PanelScale:
    """How many interviewers of a team rate at each quarter of a point against the others, on the scale 1..points."""

    points: int
    levels: Sequence[tuple[float, int]] | None


@dataclass(frozen=True)
class PanelDrift:
    """How the ratings of a team run, without a name; `fewest` people are needed for a picture."""

    team: Team
    scales: Sequence[PanelScale]
    fewest: int


def panel_drift(viewer: Actor, team_id: str) -> PanelDrift:
    """Return how the ratings of a team run, or raise NotFoundError; in six statements whatever its size."""
    within = scope(viewer, HomePermission.READ_PANEL_DRIFT)
    team = db.session.scalar(select(Team).where(Team.public_id == team_id, within.limits(Team.id)))
    if team is None:
        raise NotFoundError
    lines = calibration.unscoped_policy().drift_lines
    members = select(Membership.member_id).where(Membership.team_id == team.id, Membership.capacity.in_(RATERS))
    own: dict[tuple[int, int], list[DriftSession]] = {}
    for row in db.session.scalars(
        select(DriftSession)
        .where(DriftSession.member_id.in_(members), is_in_sight(viewer))
        .order_by(DriftSession.points.desc(), DriftSession.id)
    ):
        own.setdefault((row.points, row.member_id), []).append(row)
    pools, actions = calibration.unscoped_pools(lines), calibration.unscoped_actions({who for _, who in own})
    charts: dict[int, list[DriftChart]] = {}
    for (points, _), rows in own.items():
        charts.setdefault(points, []).append(drift_chart(actions.measured(rows), pools[points], lines))
    scales = [PanelScale(points, panel_levels(found, lines)) for points, found in charts.items()]
    return PanelDrift(team, scales, FEWEST_PEOPLE)


@dataclass(frozen=True)
class RefreshDue:
    """A person of a team whose standing is suspended until a refresh; not why."""

    member: Member
    team: Team


def refreshes_due(viewer: Actor) -> list[RefreshDue]:
    """Return whose refresh is due in the teams that the viewer manages, in one statement; at most 50."""
    within = scope(viewer, HomePermission.READ_REFRESHES)
    newest = select(func.max(Standing.id)).group_by(Standing.member_id, Standing.set_version_id)
    sets_in_force = select(func.max(CompetencySetVersion.id)).group_by(CompetencySetVersion.key)
    suspended = select(Standing.member_id).where(
        Standing.id.in_(newest), Standing.suspended_at.is_not(None), Standing.set_version_id.in_(sets_in_force)
    )
    rows = db.session.execute(
        select(Member, Team)
        .join(Membership, Membership.member_id == Member.id)
        .join(Team, Team.id == Membership.team_id)
        .where(within.limits(Team.id), Membership.capacity.in_(RATERS), Member.id.in_(suspended))
        .where(Member.disabled_at.is_(None), Member.id != viewer.member_id)
        .distinct()
        .order_by(Member.name, Member.id, Team.name)
        .limit(MOST_REFRESHES)
    )
    return [RefreshDue(*row) for row in rows]
