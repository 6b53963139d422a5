"""Reads for those who act across the site: what an administrator sets up, and what an auditor can read."""

from datetime import datetime

from sqlalchemy import func, select

from hiringkit.candidates.models import Application, Candidate
from hiringkit.candidates.queries import AFTER_DECISION, ApplicationView, without_conflict
from hiringkit.debriefs.policy import DebriefPermission
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.home.rules.site import SiteCounts
from hiringkit.openings.models import Opening
from hiringkit.people.models import Invitation, Member, Team

LATEST = 10


def site_counts(at: datetime) -> SiteCounts:
    """Return what an administrator's home counts, in one statement; the caller has checked who asks."""
    waiting = select(func.count(Invitation.id)).where(
        Invitation.used_at.is_(None), Invitation.revoked_at.is_(None), Invitation.expires_at > at
    )
    members = select(func.count(Member.id)).where(Member.disabled_at.is_(None))
    teams = select(func.count(Team.id))
    row = db.session.execute(
        select(teams.scalar_subquery(), members.scalar_subquery(), waiting.scalar_subquery())
    ).one()
    return SiteCounts(*row)


def decisions_made(viewer: Actor) -> list[ApplicationView]:
    """Return the applications decided last that the viewer may audit, at most ten."""
    rows = db.session.execute(
        select(Application, Candidate, Opening)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
        .where(
            scope(viewer, DebriefPermission.READ_DECIDED).limits(Opening.team_id),
            Application.state.in_(AFTER_DECISION),
            without_conflict(viewer),
        )
        .order_by(Application.state_at.desc())
        .limit(LATEST)
    )
    return [ApplicationView(*row) for row in rows]
