"""Reads of the teams whose standings somebody may read, of who may rate there, and of how much they do."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select

from hiringkit.calibration.models import CalibrationSession, Standing
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.foundation.access import Actor, Capacity, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.people.models import Member, Membership, Team

RATERS = (Capacity.INTERVIEWER, Capacity.MANAGER)


def teams(viewer: Actor, number: int) -> Page[Team]:
    """Return one page of the teams whose standings the viewer may read."""
    seen = scope(viewer, CalibrationPermission.READ_TEAM)
    return paged(select(Team).where(seen.limits(Team.id)).order_by(Team.name), number)


def team_to_read(viewer: Actor, team_id: str) -> Team:
    """Return a team whose standings the viewer may read, or raise NotFoundError."""
    seen = scope(viewer, CalibrationPermission.READ_TEAM)
    team = db.session.scalar(select(Team).where(Team.public_id == team_id, seen.limits(Team.id)))
    if team is None:
        raise NotFoundError
    return team


def raters(team: Team) -> Select[Member]:
    """Return the statement of the people of a team who may rate, by name."""
    members = select(Membership.member_id).where(Membership.team_id == team.id, Membership.capacity.in_(RATERS))
    return select(Member).where(Member.id.in_(members), Member.disabled_at.is_(None)).order_by(Member.name, Member.id)


def unscoped_sessions_since(member_ids: Collection[int], since: datetime) -> dict[tuple[int, int], int]:
    """Return how many interviews counted since a moment, by member and set version, over every standing on it."""
    rows = db.session.execute(
        select(Standing.member_id, Standing.set_version_id, func.count(CalibrationSession.id))
        .join(CalibrationSession, CalibrationSession.standing_id == Standing.id)
        .where(Standing.member_id.in_(list(member_ids)), CalibrationSession.at >= since)
        .group_by(Standing.member_id, Standing.set_version_id)
    )
    return {(member_id, set_version_id): count for member_id, set_version_id, count in rows}
