"""Reads of the people of a team who may rate, with their standings, in three statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from hiringkit.calibration.models import Attempt, ExerciseForm
from hiringkit.calibration.models import Standing as StandingRow
from hiringkit.calibration.queries import Record, unscoped_columns, unscoped_policy
from hiringkit.calibration.queries.standings import standing_of
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.calibration.rules.standing import Standing, StandingNow, covers, standing_on
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.db import db
from hiringkit.home.rules.people import StandingWords, standing_words
from hiringkit.loops.rules.content import LoopContent
from hiringkit.people.models import Member, Membership

RATERS = frozenset({Capacity.INTERVIEWER, Capacity.MANAGER})


@dataclass(frozen=True)
class PersonStanding:
    """A member of a team: whether they manage it, which stages they may lead, and what their standings are worth."""

    member: Member
    capacities: frozenset[Capacity]
    leads: Sequence[bool]
    standing: StandingWords

    @property
    def may_rate(self) -> bool:
        """Whether they can sit on panels at all."""
        return bool(self.capacities & RATERS)


def people_of(team_id: int, content: LoopContent | None, day: date) -> list[PersonStanding]:
    """Return the active members of a team by name; the caller has checked who asks."""
    capacities: dict[int, set[Capacity]] = {}
    members: dict[int, Member] = {}
    records: dict[int, dict[int, Record]] = {}
    for member, capacity, attempt, form, standing in db.session.execute(
        select(Member, Membership.capacity, Attempt, ExerciseForm, StandingRow)
        .join(Membership, Membership.member_id == Member.id)
        .outerjoin(Attempt, Attempt.member_id == Member.id)
        .outerjoin(ExerciseForm, ExerciseForm.id == Attempt.form_id)
        .outerjoin(StandingRow, StandingRow.attempt_id == Attempt.id)
        .where(Membership.team_id == team_id, Member.disabled_at.is_(None))
        .order_by(Member.name, Member.id, Attempt.id)
    ):
        members[member.id] = member
        capacities.setdefault(member.id, set()).add(capacity)
        own = records.setdefault(member.id, {})
        if attempt is not None:
            own[attempt.id] = Record(attempt, form, standing)
    columns = unscoped_columns(one.form.set_version_id for own in records.values() for one in own.values())
    in_force = {column.version for own in columns.values() for column in own if column.is_in_force}
    # A loop goes on with the versions that it froze, although newer ones may be in force elsewhere.
    in_force |= {one.version for one in content.competencies} if content is not None else set()
    policy = unscoped_policy()
    found = []
    for number, member in members.items():
        by_set: dict[int, list[Record]] = {}
        for record in records[number].values():
            by_set.setdefault(record.form.set_version_id, []).append(record)
        standings = [standing_of(tried, columns[key]) for key, tried in by_set.items()]
        found.append(
            PersonStanding(
                member,
                frozenset(capacities[number]),
                _leads(standings, content, day, policy, in_force),
                standing_words(_now(standings, day, policy, in_force)),
            )
        )
    return found


def _leads(
    standings: Sequence[Standing], content: LoopContent | None, day: date, policy: CalibrationPolicy, in_force: set[int]
) -> list[bool]:
    stages = content.stages if content is not None else ()
    return [not covers(standings, list(stage.competencies), day, policy, in_force) for stage in stages]


def _now(standings: Sequence[Standing], day: date, policy: CalibrationPolicy, in_force: set[int]) -> list[StandingNow]:
    return [standing_on(day, one, policy, in_force) for one in standings]
