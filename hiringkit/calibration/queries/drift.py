"""Reads of what the drift monitor knows: sessions as they were measured, what everybody is pooled to, and alarms."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from hiringkit.calibration.models import DriftAlarm, DriftSession, Standing
from hiringkit.calibration.rules.drift.monitor import Measured, Pool, pool_of
from hiringkit.calibration.rules.drift.tally import Tally
from hiringkit.calibration.rules.policy import DriftLines
from hiringkit.foundation.db import db


def unscoped_pools(lines: DriftLines) -> dict[int, Pool]:
    """Return what an interviewer is compared with, by the points of the scale, in one statement."""
    residuals: dict[int, list[Tally]] = {}
    ratings: dict[int, list[Tally]] = {}
    residual = DriftSession.residual
    sums = select(
        DriftSession.points,
        func.count(residual).label("compared"),
        func.coalesce(func.sum(residual), 0.0).label("total"),
        func.coalesce(func.sum(residual * residual), 0.0).label("squares"),
        func.sum(DriftSession.ratings).label("ratings"),
        func.sum(DriftSession.ratings_sum).label("ratings_sum"),
        func.sum(DriftSession.ratings_squares).label("ratings_squares"),
    ).group_by(DriftSession.points, DriftSession.member_id)
    for row in db.session.execute(sums):
        residuals.setdefault(row.points, []).append(Tally(row.compared, row.total, row.squares))
        ratings.setdefault(row.points, []).append(Tally(row.ratings, row.ratings_sum, row.ratings_squares))
    return {points: pool_of(residuals[points], ratings[points], points, lines) for points in residuals}


def unscoped_drift_sessions(member_ids: Collection[int], points: int) -> dict[int, list[DriftSession]]:
    """Return these members' sessions on a scale, oldest first, in one statement."""
    found: dict[int, list[DriftSession]] = {number: [] for number in member_ids}
    wanted = select(DriftSession).where(DriftSession.member_id.in_(sorted(found)), DriftSession.points == points)
    for row in db.session.scalars(wanted.order_by(DriftSession.id)):
        found[row.member_id].append(row)
    return found


class Actions:
    """The alarms of some members on every scale, and the calibrations that answered them."""

    def __init__(self, alarms: Iterable[tuple[DriftAlarm, int]], passes: Iterable[tuple[int, datetime]]) -> None:
        """Take alarms with the points of their scale, and when members earned a standing; both oldest first."""
        self.alarms: dict[tuple[int, int], list[DriftAlarm]] = {}
        for alarm, points in alarms:
            self.alarms.setdefault((alarm.member_id, points), []).append(alarm)
        self.passes: dict[int, list[datetime]] = {}
        for member_id, at in passes:
            self.passes.setdefault(member_id, []).append(at)

    def open(self, member_id: int, points: int) -> list[DriftAlarm]:
        """Return the alarms that no calibration has answered yet."""
        alarms = self.alarms.get((member_id, points), [])
        return [one for one in alarms if self._answer(one) is None]

    def measured(self, rows: Sequence[DriftSession]) -> Mapping[int, Measured]:
        """Return one member's sessions on one scale as the charts take them, by id.

        The calibration that answers an alarm begins the charts anew (SCIENCE 1.5: reset after action); a renewal
        that no alarm asked for leaves them running, for a level is the same on the day before and after it.
        """
        if not rows:
            return {}
        alarms = self.alarms.get((rows[0].member_id, rows[0].points), [])
        resets = {answer for one in alarms if (answer := self._answer(one)) is not None}
        return {
            row.id: Measured(
                row.member_id,
                row.residual,
                Tally(row.ratings, row.ratings_sum, row.ratings_squares),
                1 + sum(row.at >= reset for reset in resets),
            )
            for row in rows
        }

    def _answer(self, alarm: DriftAlarm) -> datetime | None:
        return next((at for at in self.passes.get(alarm.member_id, ()) if at > alarm.at), None)


def unscoped_actions(member_ids: Collection[int]) -> Actions:
    """Return the alarms and calibrations of these members, in two statements."""
    wanted = sorted(member_ids)
    alarms = db.session.execute(
        select(DriftAlarm, DriftSession.points)
        .join(DriftSession, DriftSession.id == DriftAlarm.session_id)
        .where(DriftAlarm.member_id.in_(wanted))
        .order_by(DriftAlarm.id)
    )
    passes = db.session.execute(
        select(Standing.member_id, Standing.created_at).where(Standing.member_id.in_(wanted)).order_by(Standing.id)
    )
    return Actions([(alarm, points) for alarm, points in alarms], [(member_id, at) for member_id, at in passes])
