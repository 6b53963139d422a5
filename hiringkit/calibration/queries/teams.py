"""Reads of where the interviewers of a team stand, for those who assign them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from hiringkit.calibration.models import Exercise
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries.standings import (
    SetStanding,
    standing_now,
    unscoped_columns,
    unscoped_day,
    unscoped_forms_and_policy,
    unscoped_records,
)
from hiringkit.foundation.access import Actor, Capacity, may, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.people.models import Member, Membership, Team

RATERS = (Capacity.INTERVIEWER, Capacity.MANAGER)


@dataclass(frozen=True)
class BoardRow:
    """One member of a team and their standing on each exercise of the board, in its order."""

    member: Member
    standings: Sequence[SetStanding]


@dataclass(frozen=True)
class Board:
    """The members of a team who may rate, by exercise; without attempts for who sees the state only."""

    team: Team
    exercises: Sequence[Exercise]
    page: Page[BoardRow]
    shows_attempts: bool


def teams(viewer: Actor, number: int) -> Page[Team]:
    """Return one page of the teams whose standings the viewer may read."""
    seen = scope(viewer, CalibrationPermission.READ_TEAM)
    return paged(select(Team).where(seen.limits(Team.id)).order_by(Team.name), number)


def board(viewer: Actor, team_id: str, number: int, at: datetime) -> Board:
    """Return one page of the board of a team, or raise NotFoundError."""
    team = team_to_read(viewer, team_id)
    page = paged(raters(team), number)
    forms, in_force = unscoped_forms_and_policy()
    exercises = list({view.exercise.id: view.exercise for view in forms}.values())
    records = unscoped_records(member.id for member in page.rows)
    columns = unscoped_columns(record.form.set_version_id for own in records.values() for record in own)
    policy, day = in_force.policy, unscoped_day(at)
    rows = [
        BoardRow(
            member,
            [
                standing_now([r for r in records[member.id] if r.form.exercise_id == one.id], columns, policy, day)
                for one in exercises
            ],
        )
        for member in page.rows
    ]
    shows_attempts = may(viewer, CalibrationPermission.READ_ATTEMPTS, team.id)
    return Board(team, exercises, Page(rows, page.number, page.pages, page.total), shows_attempts)


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
