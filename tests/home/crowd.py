"""A crowd on a board: many people with standings on many sets, put in by bulk from what one pack has made."""

from datetime import timedelta
from itertools import product
from typing import Any

from sqlalchemy import func, insert, select

from hiringkit.audit.models import SubjectKey
from hiringkit.calibration.models import Attempt, CalibrationSession, Exercise, ExerciseForm, Standing
from hiringkit.calibration.queries import FormView, unscoped_policy_row
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, transaction
from hiringkit.library.models import CompetencySetMember, CompetencySetVersion
from hiringkit.people.models import Member, Membership
from tests.calibration import factories as make
from tests.world import World

Values = dict[str, Any]
AGO = timedelta(days=75)


def fill(world: World, people: int, sets: int) -> None:
    """Put people with a standing on each set into the team, every second of whom has renewed each of them once.

    Each standing has 15 days left and counted two interviews lately; the sets rate the same competencies.
    """
    with transaction():
        members = _members(world, people)
        forms = [make.form(world), make.form(world, make.OPERATIONS)]
        of_forms = [(one.row.id, one.row.set_version_id) for one in forms] + _sets(forms[0], sets - len(forms))
        _standings(members, of_forms)


def _copies(row: Any, count: int) -> list[Values]:
    stored = {
        one.key: getattr(row, one.key) for one in row.__mapper__.column_attrs if one.key not in {"id", "public_id"}
    }
    return [dict(stored) for _ in range(count)]


def _added(kind: Any, rows: list[Values]) -> list[int]:
    """Insert rows and return their ids in the same order."""
    before = db.session.scalar(select(func.max(kind.id))) or 0
    db.session.execute(insert(kind), rows)
    return list(db.session.scalars(select(kind.id).where(kind.id > before).order_by(kind.id)))


def _members(world: World, people: int) -> list[int]:
    manager = world.members["manager"]
    subjects = _added(SubjectKey, _copies(db.session.get_one(SubjectKey, manager.subject_id), people))
    rows = [
        one | {"name": f"Interviewer {number:03}", "email": f"p{number}@example.org", "subject_id": subject}
        for number, (one, subject) in enumerate(zip(_copies(manager, people), subjects, strict=True))
    ]
    members = _added(Member, rows)
    values = {"team_id": world.team().id, "capacity": Capacity.INTERVIEWER, "created_at": now()}
    db.session.execute(insert(Membership), [values | {"member_id": one} for one in members])
    return members


def _sets(first: FormView, more: int) -> list[tuple[int, int]]:
    """Return form and set version of further exercises, each like the first."""
    names = [{"key": f"set-{number}", "content_hash": str(number)} for number in range(more)]
    sets = _added(CompetencySetVersion, [a | b for a, b in zip(_copies(first.set_version, more), names, strict=True)])
    of_first = CompetencySetMember.set_version_id == first.set_version.id
    rated = list(db.session.scalars(select(CompetencySetMember.competency_version_id).where(of_first)))
    places = product(sets, enumerate(rated))
    rows = [{"set_version_id": one, "competency_version_id": key, "position": place} for one, (place, key) in places]
    db.session.execute(insert(CompetencySetMember), rows)
    titles = [{"key": f"exercise-{number}", "title": f"Set number {number}"} for number in range(more)]
    exercises = _added(Exercise, [a | b for a, b in zip(_copies(first.exercise, more), titles, strict=True)])
    pairs = [{"exercise_id": one, "set_version_id": key} for one, key in zip(exercises, sets, strict=True)]
    forms = _added(ExerciseForm, [a | b for a, b in zip(_copies(first.row, more), pairs, strict=True)])
    return list(zip(forms, sets, strict=True))


def _standings(members: list[int], of_forms: list[tuple[int, int]]) -> None:
    policy, at = unscoped_policy_row(), now() - AGO
    assert policy is not None
    tried = [(one, *form, number) for one, form in product(members, of_forms) for number in range(1, 2 + one % 2)]
    started = {"policy_id": policy.id, "state": AttemptState.PASSED, "response_order": list(range(1, 13))}
    started |= {"started_at": at, "submitted_at": at}
    attempts = [started | {"member_id": one, "form_id": form, "number": number} for one, form, _, number in tried]
    term = {"valid_from": at.date(), "valid_until": at.date() + timedelta(days=90), "session_limit": 20, "sessions": 2}
    earned = term | {"policy_id": policy.id, "gold_basis": "drafted", "created_at": at}
    standings = [
        earned | {"member_id": one, "form_id": form, "set_version_id": key, "attempt_id": attempt}
        for attempt, (one, form, key, _) in zip(_added(Attempt, attempts), tried, strict=True)
    ]
    lately = product(_added(Standing, standings), (1, 2))
    sessions = [
        {"standing_id": one, "scorecard": f"{one}-{days}", "at": now() - timedelta(days=days)} for one, days in lately
    ]
    db.session.execute(insert(CalibrationSession), sessions)
