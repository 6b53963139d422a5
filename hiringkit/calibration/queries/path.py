"""Reads of the path: the guide of a competency set, and the steps that were taken or credited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, String, and_, cast, exists, func, literal, null, select
from sqlalchemy.orm import aliased

from hiringkit.calibration.models import ExerciseForm, PathRecord
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries.teams import RATERS
from hiringkit.calibration.rules.path import PathStep
from hiringkit.foundation.access import Actor, may, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.library.models import CompetencySetMember, CompetencySetVersion, CompetencyVersion
from hiringkit.people.models import Member, Membership, Team


@dataclass(frozen=True)
class Guide:
    """What to know before rating: the competencies of a set with their scales, and whether the viewer has read it."""

    row: CompetencySetVersion
    competencies: Sequence[CompetencyVersion]
    reading: PathRecord | None


def guide(viewer: Actor, public_id: str) -> Guide:
    """Return the guide of a set that an exercise rates, or raise NotFoundError; in two statements.

    An older version stays readable, as everything does that somebody was calibrated on.
    """
    if viewer.member_id is None or not may(viewer, CalibrationPermission.RATE):
        raise NotFoundError
    is_reading = and_(
        PathRecord.set_version_id == CompetencySetVersion.id,
        PathRecord.member_id == viewer.member_id,
        PathRecord.step == PathStep.GUIDE,
    )
    found = db.session.execute(
        select(CompetencySetVersion, PathRecord)
        .outerjoin(PathRecord, is_reading)
        .where(CompetencySetVersion.public_id == public_id)
        .where(CompetencySetVersion.id.in_(select(ExerciseForm.set_version_id)))
    ).one_or_none()
    if found is None:
        raise NotFoundError
    row, reading = found
    competencies = db.session.scalars(
        select(CompetencyVersion)
        .join(CompetencySetMember, CompetencySetMember.competency_version_id == CompetencyVersion.id)
        .where(CompetencySetMember.set_version_id == row.id)
        .order_by(CompetencySetMember.position)
    )
    return Guide(row, competencies.all(), reading)


def unscoped_path_sets() -> dict[CompetencySetVersion, frozenset[str]]:
    """Return the set versions in force that an exercise rates, with their competencies' keys; in one statement."""
    newest = select(func.max(CompetencySetVersion.id)).group_by(CompetencySetVersion.key)
    rows = db.session.execute(
        select(CompetencySetVersion, CompetencyVersion.key)
        .join(CompetencySetMember, CompetencySetMember.set_version_id == CompetencySetVersion.id)
        .join(CompetencyVersion, CompetencyVersion.id == CompetencySetMember.competency_version_id)
        .where(CompetencySetVersion.id.in_(newest))
        .where(CompetencySetVersion.id.in_(select(ExerciseForm.set_version_id)))
        .order_by(CompetencySetVersion.id)
    )
    found: dict[CompetencySetVersion, frozenset[str]] = {}
    for row, key in rows:
        found[row] = found.get(row, frozenset()) | {key}
    return found


@dataclass(frozen=True)
class PathRecordView:
    """One step that was taken or credited, with the key of its set and the name of who vouches for it."""

    row: PathRecord
    set_key: str
    by: str

    @property
    def is_credit(self) -> bool:
        """Whether somebody else vouches for it."""
        return self.row.by_id != self.row.member_id


def unscoped_path_records(member_ids: Iterable[int]) -> dict[int, list[PathRecordView]]:
    """Return the steps that these members took or were credited, in one statement.

    A guide counts in its newest version alone: changed anchors are read again. A credit is for work
    on the set, whatever its version.
    """
    wanted = sorted(set(member_ids))
    found: dict[int, list[PathRecordView]] = {number: [] for number in wanted}
    voucher = aliased(Member)
    rows = db.session.execute(
        select(PathRecord, CompetencySetVersion.key, voucher.name)
        .join(CompetencySetVersion, CompetencySetVersion.id == PathRecord.set_version_id)
        .join(voucher, voucher.id == PathRecord.by_id)
        .where(PathRecord.member_id.in_(wanted), _is_in_force())
        .order_by(PathRecord.id.desc())
    )
    for row, key, name in rows:
        found[row.member_id].append(PathRecordView(row, key, name))
    return found


def _is_in_force() -> ColumnElement[bool]:
    newest = select(func.max(CompetencySetVersion.id)).group_by(CompetencySetVersion.key)
    return (PathRecord.step != PathStep.GUIDE) | PathRecord.set_version_id.in_(newest)


def noted_steps(member_id: int) -> Select[*tuple[Any, ...]]:
    """Return the statement of the steps that a member took or was credited, for a union with those they sat in.

    Its columns: whether the key is one of a set, the step, the key, and when; nobody answers these
    steps, so that the answer and its name in between are none.
    """
    return (
        select(
            literal(True).label("is_of_set"),
            PathRecord.step.label("step"),
            CompetencySetVersion.key.label("key"),
            cast(null(), Boolean).label("is_ready"),
            cast(null(), String).label("by"),
            PathRecord.at.label("at"),
        )
        .join(CompetencySetVersion, CompetencySetVersion.id == PathRecord.set_version_id)
        .where(PathRecord.member_id == member_id, _is_in_force())
    )


@dataclass(frozen=True)
class Rater:
    """Somebody who may rate in a team, and whether the viewer may credit them with past work."""

    team: Team
    member: Member
    may_credit: bool


def rater(viewer: Actor, team_id: str, member_id: str) -> Rater:
    """Return an interviewer or manager of a team whose attempts the viewer may read, or raise NotFoundError."""
    seen = scope(viewer, CalibrationPermission.READ_ATTEMPTS)
    rates = exists().where(
        Membership.member_id == Member.id, Membership.team_id == Team.id, Membership.capacity.in_(RATERS)
    )
    found = db.session.execute(
        select(Team, Member)
        .join(Member, rates)
        .where(Team.public_id == team_id, seen.limits(Team.id), Member.public_id == member_id)
    ).one_or_none()
    if found is None:
        raise NotFoundError
    team, member = found
    is_oneself = member.id == viewer.member_id
    return Rater(team, member, may(viewer, CalibrationPermission.CREDIT, team.id) and not is_oneself)


def unscoped_set(public_id: str) -> CompetencySetVersion:
    """Return a competency set version by address, or raise NotFoundError."""
    found = db.session.scalar(select(CompetencySetVersion).where(CompetencySetVersion.public_id == public_id))
    if found is None:
        raise NotFoundError
    return found
