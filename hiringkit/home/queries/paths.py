"""Reads of where people stand on their paths: their own steps, what they were credited with, and what they sat in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import union

from hiringkit.audit.queries import keyring_for
from hiringkit.calibration import queries as calibration
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import OwnExercise, PathRecordView, Rater, Record
from hiringkit.calibration.rules.path import CREDITABLE, Path, PathStep, Practice, Proof, path_of
from hiringkit.foundation.access import Actor, may
from hiringkit.foundation.db import db
from hiringkit.foundation.paging import Page, paged
from hiringkit.foundation.sealing import Keyring
from hiringkit.foundation.words import day_words
from hiringkit.home.rules.path_steps import path_step
from hiringkit.home.rules.steps import Step
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.library.models import CompetencySetVersion
from hiringkit.people.models import Member, Team
from hiringkit.scorecards.queries import Sitting, sat_steps, sittings

STEP_OF = {
    AssignmentRole.SHADOW: PathStep.SHADOW,
    AssignmentRole.REVERSE_SHADOW: PathStep.REVERSE_SHADOW,
    AssignmentRole.LEAD: PathStep.LEAD,
}


@dataclass(frozen=True)
class SetPath:
    """One person's path on one competency set in force.

    `exercise`: how its owner stands to the set, where they are the reader and a form is for them.
    """

    competency_set: CompetencySetVersion
    path: Path
    exercise: OwnExercise | None = None

    @property
    def practice(self) -> Practice | None:
        """Return how its owner can practise today."""
        return self.exercise.practice if self.exercise is not None else None

    @property
    def is_to_renew(self) -> bool:
        """Whether its owner was calibrated and has to renew that, which goes before every step."""
        return self.exercise is not None and self.exercise.standing.is_refreshable

    @property
    def step(self) -> Step | None:
        """Return the step to take now, as its owner reads it; None for who leads."""
        row, wait = self.competency_set, self.practice.wait if self.practice is not None else None
        first_day = day_words(wait.from_day) if wait is not None else ""
        return path_step(row.name, row.public_id, self.path, self.practice, first_day)

    @property
    def creditable(self) -> list[PathStep]:
        """Return the open steps for which past work may be credited."""
        return [line.step for line in self.path.lines if line.proof is None and line.step in CREDITABLE]


@dataclass(frozen=True)
class MemberPaths:
    """One person with their path on every set."""

    member: Member
    paths: Sequence[SetPath]


@dataclass(frozen=True)
class TeamPaths:
    """The paths of a team's people; `shows_steps`: the viewer may read who, when and why."""

    team: Team
    sets: Sequence[CompetencySetVersion]
    page: Page[MemberPaths]
    shows_steps: bool


def own_paths(viewer: Actor, at: datetime) -> list[SetPath]:
    """Return the viewer's own paths, in at most seven statements."""
    number = viewer.member_id or 0
    attempts = calibration.unscoped_records([number])
    found = _paths(viewer, attempts, with_reasons=True)[number]
    exercises = calibration.unscoped_exercises_of(number, attempts[number], at, at_a_glance=True)
    of_set = {one.form.set_version.id: one for one in reversed(exercises)}
    return [replace(one, exercise=of_set.get(one.competency_set.id)) for one in found]


def paths_on_desk(viewer: Actor, exercises: Iterable[OwnExercise]) -> list[SetPath]:
    """Return the viewer's own paths on the sets of these exercises, as far as their next steps go; in one statement."""
    number = viewer.member_id or 0
    rows = db.session.execute(union(calibration.noted_steps(number), sat_steps(number))).all()
    found: dict[int, SetPath] = {}
    for own in exercises:
        version, keys = own.form.set_version, frozenset(column.key for column in own.columns)
        mine = [row for row in rows if (row.key == version.key if row.is_of_set else row.key in keys)]
        done = {row.step: Proof(row.at) for row in mine if row.is_ready is not False}
        path = path_of(_practice(own.records, version.id) | done, _newest_not_yet(mine))
        found.setdefault(version.id, SetPath(version, path, own))
    return list(found.values())


def _newest_not_yet(rows: Iterable[Any]) -> Proof | None:
    told = [Proof(row.at, by=row.by) for row in rows if row.is_ready is False]
    return max(told, key=lambda one: one.at, default=None)


def member_paths(viewer: Actor, rater: Rater) -> list[SetPath]:
    """Return the paths of somebody of a team with who, when and why, in at most five statements."""
    number = rater.member.id
    return _paths(viewer, calibration.unscoped_records([number]), with_reasons=True)[number]


def team_paths(viewer: Actor, team_id: str, number: int) -> TeamPaths:
    """Return one page of the paths of a team's people, or raise NotFoundError; in seven statements."""
    team = calibration.team_to_read(viewer, team_id)
    page = paged(calibration.raters(team), number)
    attempts = calibration.unscoped_records(member.id for member in page.rows)
    found = _paths(viewer, attempts, with_reasons=False)
    rows = [MemberPaths(member, found[member.id]) for member in page.rows]
    sets = [one.competency_set for one in rows[0].paths] if rows else []
    shows_steps = may(viewer, CalibrationPermission.READ_ATTEMPTS, team.id)
    return TeamPaths(team, sets, Page(rows, page.number, page.pages, page.total), shows_steps)


def _paths(viewer: Actor, attempts: Mapping[int, Sequence[Record]], *, with_reasons: bool) -> dict[int, list[SetPath]]:
    sets = calibration.unscoped_path_sets()
    records = calibration.unscoped_path_records(attempts)
    sat = sittings(viewer, attempts)
    sealed = [one.row.reason for own in records.values() for one in own] + [one.reason for one in sat]
    ring = keyring_for(sealed) if with_reasons and any(sealed) else Keyring({})
    return {
        number: [
            SetPath(
                one,
                path_of(
                    {
                        **_credits(records[number], one.key, ring),
                        **_practice(attempts[number], one.id),
                        **_sat(sat, number, keys, ring),
                    },
                    _not_yet(sat, number, keys, ring),
                ),
            )
            for one, keys in sets.items()
        ]
        for number in attempts
    }


def _credits(records: Iterable[PathRecordView], set_key: str, ring: Keyring) -> dict[PathStep, Proof]:
    """Return what was noted on a set: the guide that was read, and the credits with their reasons."""
    return {
        one.row.step: Proof(
            one.row.at, by=one.by if one.is_credit else "", why=ring.open(one.row.reason), is_credit=one.is_credit
        )
        for one in records
        if one.set_key == set_key
    }


def _practice(attempts: Iterable[Record], set_version_id: int) -> dict[PathStep, Proof]:
    """Return the first attempt on a set version that was decided, either way: only then the reference was read."""
    for one in attempts:
        at, is_decided = one.attempt.submitted_at, one.attempt.state in calibration.DECIDED
        if at is not None and is_decided and one.form.set_version_id == set_version_id:
            return {PathStep.PRACTISE: Proof(at, f"form {one.form.letter}")}
    return {}


def _sat(sat: Iterable[Sitting], member_id: int, keys: frozenset[str], ring: Keyring) -> Mapping[PathStep, Proof]:
    """Return the first interview of each kind whose stage rates something of a set."""
    found: dict[PathStep, Proof] = {}
    for one in sat:
        if one.is_step and one.member_id == member_id and one.competency_key in keys:
            found.setdefault(STEP_OF[one.role], Proof(one.at, one.stage, one.by, ring.open(one.reason)))
    return found


def _not_yet(sat: Iterable[Sitting], member_id: int, keys: frozenset[str], ring: Keyring) -> Proof | None:
    """Return the newest "not yet" to a reverse shadow whose stage rates something of a set."""
    told = [one for one in sat if not one.is_step and one.member_id == member_id and one.competency_key in keys]
    newest = max(told, key=lambda one: one.at, default=None)
    return Proof(newest.at, newest.stage, newest.by, ring.open(newest.reason)) if newest is not None else None
