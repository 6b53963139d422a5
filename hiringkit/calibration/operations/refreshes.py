"""Writes of invitations to a refresh: somebody who plans asks for one, once for each standing."""

from datetime import datetime

from sqlalchemy import select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.calibration import queries
from hiringkit.calibration.models import RefreshInvitation, Standing
from hiringkit.calibration.operations.standings import SCOPE
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import HeldStanding, SetStanding
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.errors import ConflictError, ForbiddenError
from hiringkit.foundation.mail import queue_mail
from hiringkit.people.models import Member


def invite_to_refresh(held: HeldStanding, *, by: Actor, at: datetime) -> bool:
    """Ask the holder of a standing to renew it; return False, and change nothing, while somebody has asked before.

    The invitation is about this standing, so that it is over once a newer one is earned. Raises
    ConflictError when there is nothing to renew: it was renewed meanwhile, or it is not due yet.
    """
    demand(by, CalibrationPermission.INVITE, held.team.id)
    if by.member_id is None or by.member_id == held.member.id:
        raise ForbiddenError("A colleague who plans asks for it; your own calibration you renew without being asked.")
    with transaction():
        # Of two who ask at once, the second waits here and finds the first one's invitation.
        db.session.execute(select(Standing.id).where(Standing.id == held.row.id).with_for_update())
        now = _standing_now(held, at)
        if now.earned is None or now.earned.standing is not held.row or not now.is_refreshable:
            raise ConflictError(f"There is nothing for {held.member.name} to renew: it is renewed, or not due yet.")
        if now.invitation is not None:
            return False
        _invite_to_refresh(held, by=by, at=at)
    return True


def _standing_now(held: HeldStanding, at: datetime) -> SetStanding:
    records = [
        record
        for record in queries.unscoped_records([held.member.id])[held.member.id]
        if record.form.exercise_id == held.exercise.id
    ]
    columns = queries.unscoped_columns(record.form.set_version_id for record in records)
    return queries.standing_now(records, columns, queries.unscoped_policy(), queries.unscoped_day(at))


@operation("refresh:invited")
def _invite_to_refresh(held: HeldStanding, *, by: Actor, at: datetime) -> Recorded[RefreshInvitation]:
    row = RefreshInvitation(standing_id=held.row.id, by_id=by.member_id, at=at)
    db.session.add(row)
    asker = db.session.get_one(Member, by.member_id)
    subject = held.member.subject_id
    values = {"name": held.member.name, "asker": asker.name, "exercise": held.exercise.title, "path": "/calibration"}
    queue_mail("refresh", keyring(subject), subject, to=held.member.email, values=values, at=at)
    told = {"member": held.member.public_id, "exercise": held.exercise.public_id}
    return Recorded(row, about=held.row, scope=SCOPE, values=told)
