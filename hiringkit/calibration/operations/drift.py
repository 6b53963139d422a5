"""Writes of the drift monitor: what sealed scorecards leave for it, and alarms, which make a refresh due."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.calibration import models, queries
from hiringkit.calibration.models import DriftAlarm, DriftSession
from hiringkit.calibration.operations.standings import SCOPE, newest_standings, suspend_standing
from hiringkit.calibration.rules.drift.monitor import Drift, drift_chart, measured
from hiringkit.calibration.rules.drift.residuals import Session
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.foundation.access import Actor, Capacity
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.mail import Letter, queue_mails
from hiringkit.library.models import CompetencyVersion
from hiringkit.people.models import Member, Membership, Team

Scores = Mapping[int, Mapping[int, float]]
"""Ratings by member and competency version."""


@operation("drift:sessions_compared")
def compare_sessions(application: str, scores: Scores, *, by: Actor, at: datetime) -> Recorded[int]:
    """Measure the sessions of a sealed application against each other, and see whether a chart gives alarm.

    `scores`: of every scorecard of the application that counts. Scorecards hand them down once all are in and
    somebody has opened them. A session is compared once: those who join later leave the earlier ones as they
    were. Returns how many were new; the event names neither people nor ratings.
    """
    row = queries.unscoped_policy_row()
    if row is None:
        return Recorded(0, about=application, scope=SCOPE, values={"sessions": 0})
    policy, compared = queries.adopted(row).policy, 0
    # Two applications that are opened at once wait for each other here: a chart gives its alarm once.
    db.session.execute(select(Member.id).where(Member.id.in_(sorted(scores))).order_by(Member.id).with_for_update())
    for points, on_scale in sorted(_by_scale(scores).items()):
        sessions = [Session(member_id, 0, given) for member_id, given in sorted(on_scale.items())]
        added = _add_sessions(application, points, sessions, policy, at)
        compared += len(added)
        for session in _give_alarms(added, points, row, policy, at=at):
            _ask_for_refresh(session, on_scale[session.member_id], at=at)
    return Recorded(compared, about=application, scope=SCOPE, values={"sessions": compared})


def _by_scale(scores: Scores) -> dict[int, dict[int, dict[int, float]]]:
    """Part the ratings by the points of their scale: residuals on two scales have no common measure."""
    versions = {version for given in scores.values() for version in given}
    wanted = select(CompetencyVersion.id, CompetencyVersion.points).where(CompetencyVersion.id.in_(sorted(versions)))
    points = {version: number for version, number in db.session.execute(wanted)}  # noqa: C416  # Rows are no pairs.
    found: dict[int, dict[int, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for member_id, given in scores.items():
        for version, score in given.items():
            found[points[version]][member_id][version] = score
    return found


def _add_sessions(
    application: str, points: int, sessions: Sequence[Session], policy: CalibrationPolicy, at: datetime
) -> list[DriftSession]:
    known = set(
        db.session.scalars(
            select(DriftSession.member_id).where(DriftSession.application == application, DriftSession.points == points)
        )
    )
    added = [
        DriftSession(
            member_id=one.interviewer,
            application=application,
            points=points,
            residual=one.residual,
            ratings=one.ratings.number,
            ratings_sum=one.ratings.total,
            ratings_squares=one.ratings.squares,
            at=at,
        )
        for one in measured(sessions, policy.drift_lines)
        if one.interviewer not in known
    ]
    db.session.add_all(added)
    db.session.flush()
    return added


def _give_alarms(
    added: Collection[DriftSession],
    points: int,
    row: models.CalibrationPolicy,
    policy: CalibrationPolicy,
    *,
    at: datetime,
) -> list[DriftSession]:
    """Give alarm for every chart that is beyond its limit with one of these sessions; return those sessions.

    Whoever has a refresh due already is not told again.
    """
    members = {one.member_id for one in added}
    pool = queries.unscoped_pools(policy.drift_lines).get(points)
    sessions, actions = queries.unscoped_drift_sessions(members, points), queries.unscoped_actions(members)
    found = []
    for session in added:
        if pool is None or actions.open(session.member_id, points):
            continue
        chart = drift_chart(actions.measured(sessions[session.member_id]), pool, policy.drift_lines)
        for kind in sorted(chart.beyond):
            _give_alarm(session, kind, row, by=Actor.system(), at=at)
        if chart.beyond:
            found.append(session)
    return found


@operation("drift:alarm_given")
def _give_alarm(
    session: DriftSession, kind: Drift, policy: models.CalibrationPolicy, *, by: Actor, at: datetime
) -> Recorded[DriftAlarm]:
    """Keep what a chart noticed; the event says by which policy, and nothing of what it was."""
    del by
    alarm = DriftAlarm(
        public_id=new_public_id(),
        member_id=session.member_id,
        session_id=session.id,
        policy_id=policy.id,
        kind=kind,
        at=at,
    )
    db.session.add(alarm)
    return Recorded(alarm, about=alarm, scope=SCOPE, values={"policy": policy.number})


def _ask_for_refresh(session: DriftSession, scores: Mapping[int, float], *, at: datetime) -> None:
    """Suspend the standings that the session counted on until a refresh (SCIENCE 1.4), and write to those concerned."""
    for standing in newest_standings(session.member_id, frozenset(scores)):
        if standing.suspended_at is None:
            suspend_standing(standing, {}, by=Actor.system(), at=at)
    member = db.session.get_one(Member, session.member_id)
    leads = {lead.id: (lead, team) for lead, team in _leads(member)}
    ring = keyring(member.subject_id, *(lead.subject_id for lead, _ in leads.values()))
    own = Letter(member.subject_id, member.email, {"name": member.name, "path": "/calibration/drift"})
    told = [
        Letter(lead.subject_id, lead.email, {"name": lead.name, "path": f"/calibration/teams/{team.public_id}"})
        for lead, team in leads.values()
    ]
    queue_mails("refresh_due", ring, [own] if own.subject_id in ring.keys else [], at=at)
    queue_mails("refreshes_due", ring, [one for one in told if one.subject_id in ring.keys], at=at)


def _leads(member: Member) -> list[tuple[Member, Team]]:
    """Return the managers of the teams that a member rates in, each with a team."""
    own = select(Membership.team_id).where(
        Membership.member_id == member.id, Membership.capacity.in_((Capacity.INTERVIEWER, Capacity.MANAGER))
    )
    rows = db.session.execute(
        select(Member, Team)
        .join(Membership, Membership.member_id == Member.id)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.capacity == Capacity.MANAGER, Membership.team_id.in_(own))
        .where(Member.id != member.id, Member.disabled_at.is_(None))
        .order_by(Member.id, Team.id)
    )
    return [(lead, team) for lead, team in rows]
