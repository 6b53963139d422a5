"""Writes of the path: a guide that was read, and credit for past work."""

from datetime import datetime

from sqlalchemy import select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.calibration.models import PathRecord
from hiringkit.calibration.operations.standings import SCOPE
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries.path import Guide, Rater
from hiringkit.calibration.rules.path import CREDITABLE, LONGEST_REASON, PathStep
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError
from hiringkit.library.models import CompetencySetVersion


def read_guide(guide: Guide, *, by: Actor, at: datetime) -> None:
    """Note that somebody has read a guide; who says so twice has read it once."""
    demand(by, CalibrationPermission.RATE)
    if _record(by.member_id or 0, guide.row, PathStep.GUIDE) is None:
        _note_reading(guide, by=by, at=at)


def _record(member_id: int, row: CompetencySetVersion, step: PathStep) -> PathRecord | None:
    return db.session.scalar(
        select(PathRecord).where(
            PathRecord.member_id == member_id, PathRecord.set_version_id == row.id, PathRecord.step == step
        )
    )


@operation("path:guide_read")
def _note_reading(guide: Guide, *, by: Actor, at: datetime) -> Recorded[PathRecord]:
    row = PathRecord(
        member_id=by.member_id, set_version_id=guide.row.id, step=PathStep.GUIDE, by_id=by.member_id, reason=None, at=at
    )
    db.session.add(row)
    return Recorded(row, about=by.id, scope=SCOPE, values={"set": guide.row.public_id})


@operation("path:credited")
def credit_step(
    rater: Rater, competency_set: CompetencySetVersion, step: PathStep, reason: str, *, by: Actor, at: datetime
) -> Recorded[PathRecord]:
    """Credit somebody with a step for past work; a manager of their team says why, and never of themselves."""
    demand(by, CalibrationPermission.CREDIT, rater.team.id, "Only a manager of the team credits past work.")
    if by.member_id == rater.member.id:
        raise ForbiddenError("Somebody else credits your past work.")
    problems = {}
    if step not in CREDITABLE:
        problems["step"] = "Only shadowing and reverse-shadowing can be credited."
    if not reason.strip():
        problems["reason"] = "Say in a sentence what they have done, and where."
    if len(reason) > LONGEST_REASON:
        problems["reason"] = f"Use up to {LONGEST_REASON:,} characters."
    if problems:
        raise InvalidError("Nothing was credited.", problems)
    if _record(rater.member.id, competency_set, step) is not None:
        raise ConflictError(f"“{step.value.capitalize()}” was credited before; the first reason stays.")
    subject = rater.member.subject_id
    row = PathRecord(
        member_id=rater.member.id,
        set_version_id=competency_set.id,
        step=step,
        by_id=by.member_id,
        reason=keyring(subject).seal(subject, reason.strip()),
        at=at,
    )
    db.session.add(row)
    values = {"set": competency_set.public_id, "step": step.value}
    return Recorded(row, about=rater.member, scope=SCOPE, values=values)
