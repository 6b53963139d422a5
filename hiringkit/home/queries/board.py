"""The board of a team: who is calibrated for what and until when, who can lead a stage, and what runs out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hiringkit.calibration import queries as calibration
from hiringkit.calibration.models import Exercise
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import Record, SetStanding
from hiringkit.calibration.rules.answers import Column
from hiringkit.calibration.rules.forecast import PACE_DAYS, LastDay, Pace, last_day
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.foundation.access import Actor, may
from hiringkit.foundation.db import db
from hiringkit.foundation.paging import Page, page_of
from hiringkit.home.rules.board import Gap, Held, Judged, Lapse, StageOfOpening, can_lead, gaps, lapses, next_week
from hiringkit.interviews import queries as interviews
from hiringkit.interviews.policy import InterviewPermission
from hiringkit.loops.queries import loops_under_way
from hiringkit.people.models import Member, Team

MOST_PEOPLE, CELLS_A_PAGE = 50, 160
"""Of many sets a page holds fewer people, so that it stays light."""
COMING = timedelta(days=14)


@dataclass(frozen=True)
class Asked:
    """The question of the filter: who can lead a stage, on which days."""

    stage: StageOfOpening
    days: Sequence[date]


@dataclass(frozen=True)
class Cell:
    """Where one person stands on one exercise; `last` is None where nothing holds."""

    at: SetStanding
    last: LastDay | None


@dataclass(frozen=True)
class Person:
    """One person of the team: interviews in the coming 14 days, a cell for each exercise, and all standings held.

    `days`: on which of the days asked for this person can lead.
    """

    member: Member
    booked: int
    cells: Sequence[Cell]
    held: Sequence[Held]
    days: Sequence[date] = ()


@dataclass(frozen=True)
class Board:
    """A team's people by exercise, what runs out, and what one may ask.

    `counts` and `soon`: standings that run out within 30, 60 and 90 days. `gaps` are looked for while
    nothing is asked. Without attempts and numbers of interviews for who sees the state only, whose
    forecast goes by days alone.
    """

    team: Team
    exercises: Sequence[Exercise]
    page: Page[Person]
    stages: Sequence[StageOfOpening]
    asked: Asked | None
    gaps: Sequence[Gap]
    soon: Sequence[Lapse]
    counts: Mapping[int, int]
    today: date
    shows_attempts: bool
    shows_load: bool
    invites: bool


def board(viewer: Actor, team_id: str, number: int, at: datetime, *, stage: str = "", on: date | None = None) -> Board:
    """Return one page of the board of a team, or raise NotFoundError; in seven statements.

    `stage`: the value of a StageOfOpening; then only those are listed who can lead it on the day `on`,
    or some day of next week. An unknown stage asks nothing.
    """
    team = calibration.team_to_read(viewer, team_id)
    forms, in_force = calibration.unscoped_forms_and_policy()
    exercises = list({view.exercise.id: view.exercise for view in forms}.values())
    today = calibration.unscoped_day(at)
    shows_attempts = may(viewer, CalibrationPermission.READ_ATTEMPTS, team.id)
    members = _members(viewer, team, at)
    paces = _paces(members, at) if shows_attempts else {}
    people, judged = _people(members, exercises, paces, in_force.policy, today)
    stages = _stages(viewer, team)
    chosen = next((one for one in stages if one.value == stage), None)
    asked = Asked(chosen, (on,) if on is not None else next_week(today)) if chosen is not None else None
    soon, counts = lapses(_holding(people, exercises), today)
    return Board(
        team,
        exercises,
        page_of(_able(people, asked, judged), number, size=min(MOST_PEOPLE, CELLS_A_PAGE // max(1, len(exercises)))),
        stages,
        asked,
        gaps([one.held for one in people], stages, judged) if asked is None else [],
        soon,
        counts,
        today,
        shows_attempts=shows_attempts,
        shows_load=may(viewer, InterviewPermission.PLAN, team.id),
        invites=may(viewer, CalibrationPermission.INVITE, team.id),
    )


def _members(viewer: Actor, team: Team, at: datetime) -> dict[Member, int]:
    """Return everybody of the team who may rate, by name, with how many interviews they sit in before long."""
    load = interviews.booked(viewer, at, at + COMING).subquery()
    rows = db.session.execute(
        calibration.raters(team).add_columns(load.c.interviews).outerjoin(load, load.c.member_id == Member.id)
    )
    return {member: booked or 0 for member, booked in rows}


def _paces(members: Mapping[Member, int], at: datetime) -> dict[tuple[int, int], int]:
    return calibration.unscoped_sessions_since([one.id for one in members], at - timedelta(days=PACE_DAYS))


def _people(
    members: Mapping[Member, int],
    exercises: Sequence[Exercise],
    paces: Mapping[tuple[int, int], int],
    policy: CalibrationPolicy,
    today: date,
) -> tuple[list[Person], Judged]:
    """Return these people as they stand today, with what that is judged by; in two statements."""
    records = calibration.unscoped_records(member.id for member in members)
    columns = calibration.unscoped_columns(one.form.set_version_id for own in records.values() for one in own)
    versions = frozenset(column.version for own in columns.values() for column in own if column.is_in_force)
    judged = Judged(today, policy, versions)
    people = []
    for member, booked in members.items():
        standings = _Standings(records[member.id], columns, paces, judged)
        people.append(Person(member, booked, [standings.cell(one) for one in exercises], standings.held()))
    return people, judged


@dataclass(frozen=True)
class _Standings:
    """The attempts of one person with what is needed to tell what they are worth."""

    records: Sequence[Record]
    columns: Mapping[int, Sequence[Column]]
    paces: Mapping[tuple[int, int], int]
    judged: Judged

    def held(self) -> list[Held]:
        """Return one standing for each set version tried, which is what panels are filled by."""
        return [self._held(tried) for tried in calibration.by_set(self.records).values()]

    def _held(self, tried: Sequence[Record]) -> Held:
        first = tried[0]
        key = first.attempt.member_id, first.form.set_version_id
        standing = calibration.standing_of(tried, self.columns[first.form.set_version_id])
        return Held(standing, Pace(self.paces.get(key, 0)))

    def cell(self, exercise: Exercise) -> Cell:
        """Return where the person stands on an exercise, and until when that lasts."""
        records = [one for one in self.records if one.form.exercise_id == exercise.id]
        now = calibration.standing_now(records, self.columns, self.judged.policy, self.judged.today)
        if not now.now.holds:
            return Cell(now, None)
        held = self._held(calibration.by_set(records)[max(one.form.set_version_id for one in records)])
        return Cell(now, last_day(held.standing, held.pace, self.judged.today))


def _stages(viewer: Actor, team: Team) -> list[StageOfOpening]:
    return [
        StageOfOpening(opening.public_id, opening.title, one.key, place, one.name, one.competencies)
        for opening, content in loops_under_way(viewer, team.id)
        for place, one in enumerate(content.stages, 1)
    ]


def _able(people: Sequence[Person], asked: Asked | None, judged: Judged) -> list[Person]:
    """Return those who can lead on some day that was asked for, with these days; everybody if nothing was asked."""
    if asked is None:
        return list(people)
    found = []
    for one in people:
        days = [day for day in asked.days if can_lead(one.held, asked.stage, judged, day)]
        if days:
            found.append(Person(one.member, one.booked, one.cells, one.held, days))
    return found


def _holding(people: Sequence[Person], exercises: Sequence[Exercise]) -> list[Lapse]:
    return [
        Lapse(one.member.name, exercise.title, cell.last)
        for one in people
        for exercise, cell in zip(exercises, one.cells, strict=True)
        if cell.last is not None
    ]
