"""Writes of standings: a pass earns one, a failed renewal or an alarm suspends it, sealed scorecards use it up."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select, update

from hiringkit.audit.operations import Recorded, operation
from hiringkit.calibration import queries
from hiringkit.calibration.models import CalibrationSession, Standing
from hiringkit.calibration.queries import AttemptView
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.forms import GoldBasis
from hiringkit.calibration.rules.standing import term_of
from hiringkit.foundation.access import Actor, ActorKind
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import ForbiddenError, WrongStateError

# A result belongs to its member, and administrators read the events of the site: these events stand apart.
SCOPE = "calibration"


@operation("standing:earned")
def earn_standing(view: AttemptView, basis: GoldBasis, *, by: Actor, at: datetime) -> Recorded[Standing]:
    """Make the standing that a passed attempt is worth, by the policy that the attempt was started under.

    `basis`: of the gold that it was decided on.
    """
    if view.row.state is not AttemptState.PASSED:
        message = "Only a passed attempt earns a standing."
        raise WrongStateError(message)
    columns = queries.unscoped_columns([view.form.row.set_version_id])[view.form.row.set_version_id]
    has_safety = any(column.is_safety_critical for column in columns)
    term = term_of(queries.unscoped_day(at), view.policy, has_safety=has_safety)
    row = Standing(
        public_id=new_public_id(),
        member_id=view.row.member_id,
        set_version_id=view.form.row.set_version_id,
        form_id=view.row.form_id,
        policy_id=view.row.policy_id,
        attempt_id=view.row.id,
        gold_basis=basis,
        valid_from=term.valid_from,
        valid_until=term.valid_until,
        session_limit=term.session_limit,
        created_at=at,
    )
    db.session.add(row)
    values = {"attempt": view.row.public_id, "until": term.valid_until.isoformat(), "sessions": term.session_limit}
    return Recorded(row, about=row, scope=SCOPE, values=values)


@operation("standing:suspended")
def suspend_standing(standing: Standing, cause: Mapping[str, object], *, by: Actor, at: datetime) -> Recorded[Standing]:
    """Suspend a standing until its holder passes again: a renewal ended "not yet", or a chart gave alarm (SCIENCE 1.4).

    `cause`: what the event names, the attempt's id; of an alarm nothing, its own event goes before.
    """
    standing.suspended_at = at
    return Recorded(standing, about=standing, scope=SCOPE, values=cause)


@operation("standing:session_counted")
def record_session(
    member_id: int,
    competency_version_ids: Collection[int],
    scorecard_public_id: str,
    *,
    by: Actor,
    at: datetime,
) -> Recorded[int]:
    """Count a sealed scorecard on each of the member's standings that it rates competencies of; return on how many.

    Scorecards call it while they seal. A scorecard counts once on a standing, however often it is
    handed down; the newest standing of each set version counts, holding or not.
    """
    if by.kind is ActorKind.MEMBER and by.member_id != member_id:
        message = "A scorecard counts for the member who submits it."
        raise ForbiddenError(message)
    counted = 0
    for standing in newest_standings(member_id, frozenset(competency_version_ids)):
        known = select(CalibrationSession.id).where(
            CalibrationSession.standing_id == standing.id, CalibrationSession.scorecard == scorecard_public_id
        )
        if db.session.scalar(known) is not None:
            continue
        db.session.add(CalibrationSession(standing_id=standing.id, scorecard=scorecard_public_id, at=at))
        db.session.execute(update(Standing).where(Standing.id == standing.id).values(sessions=Standing.sessions + 1))
        counted += 1
    return Recorded(counted, about=scorecard_public_id, scope=SCOPE, values={"standings": counted})


def newest_standings(member_id: int, versions: frozenset[int]) -> list[Standing]:
    """Return the member's newest standing on each set version that has one of these competency versions."""
    rows = db.session.scalars(select(Standing).where(Standing.member_id == member_id).order_by(Standing.id))
    newest = {row.set_version_id: row for row in rows}
    columns = queries.unscoped_columns(newest)
    return [row for key, row in newest.items() if versions & {column.version for column in columns[key]}]
