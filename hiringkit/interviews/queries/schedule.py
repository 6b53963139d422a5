"""Reads of the schedule: the interviews of an application with their panels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from hiringkit.candidates.models import Application, Candidate
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries import AFTER_DECISION, ApplicationView, without_conflict
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.interviews.models import Assignment, Interview, Waiver
from hiringkit.interviews.policy import InterviewPermission
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.interviews.rules.lifecycle import LIVE, SITTING, TO_COME, InterviewState, told_state
from hiringkit.loops.models import LoopVersionStage
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member

ROLES = tuple(AssignmentRole)


@dataclass(frozen=True)
class Seat:
    """One place on a panel: the assignment, whose it is, and the waiver it rests on, if any."""

    assignment: Assignment
    member: Member
    waiver: Waiver | None

    @property
    def sits(self) -> bool:
        """Whether the place is held now."""
        return self.assignment.state in SITTING


@dataclass(frozen=True)
class InterviewView:
    """One interview with its stage and its panel, as those see it who plan it."""

    interview: Interview
    stage: LoopVersionStage
    panel: tuple[Seat, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether it is still to come or took place."""
        return self.interview.state in LIVE


@dataclass(frozen=True)
class ScheduledInterview:
    """One interview with its stage and the application it belongs to."""

    interview: Interview
    stage: LoopVersionStage
    view: ApplicationView

    @property
    def is_to_come(self) -> bool:
        """Whether time and panel may still change."""
        return self.interview.state in TO_COME


@dataclass(frozen=True)
class Appointment:
    """One interview as the candidate sees it: nothing in it depends on anybody's scorecard."""

    stage: LoopVersionStage
    starts_at: datetime
    minutes: int
    zone: str
    state: InterviewState | None
    people: tuple[str, ...]
    is_to_come: bool


def _visible(viewer: Actor) -> ColumnElement[bool]:
    """Return the SQL condition of the schedules that the viewer may read; auditors read decided applications."""
    undecided = scope(viewer, CandidatePermission.READ_UNDECIDED)
    return and_(
        scope(viewer, InterviewPermission.READ).limits(Opening.team_id),
        or_(undecided.limits(Opening.team_id), Application.state.in_(AFTER_DECISION)),
        without_conflict(viewer),
    )


def _scheduled() -> Select[Interview, LoopVersionStage, Application, Candidate, Opening]:
    return (
        select(Interview, LoopVersionStage, Application, Candidate, Opening)
        .join(LoopVersionStage, LoopVersionStage.id == Interview.stage_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
    )


def interview(viewer: Actor, public_id: str) -> ScheduledInterview:
    """Return an interview of the schedule that the viewer may read, or raise NotFoundError."""
    found = db.session.execute(_scheduled().where(Interview.public_id == public_id, _visible(viewer))).one_or_none()
    if found is None:
        raise NotFoundError
    return _as_scheduled(*found)


def _as_scheduled(
    row: Interview, stage: LoopVersionStage, application: Application, candidate: Candidate, opening: Opening
) -> ScheduledInterview:
    return ScheduledInterview(row, stage, ApplicationView(application, candidate, opening))


def interviews_of(viewer: Actor, view: ApplicationView) -> list[InterviewView]:
    """Return the interviews of an application in order of time, for those who may read its schedule."""
    if not scope(viewer, InterviewPermission.READ).covers(view.opening.team_id):
        raise NotFoundError
    return unscoped_interviews_of(view.application.id)


def unscoped_interviews_of(application_id: int) -> list[InterviewView]:
    """Return all interviews of an application in order of time, with their panels, in two statements."""
    rows = db.session.execute(
        select(Interview, LoopVersionStage)
        .join(LoopVersionStage, LoopVersionStage.id == Interview.stage_id)
        .where(Interview.application_id == application_id)
        .order_by(Interview.starts_at, Interview.id)
    ).all()
    panels = unscoped_panels([row.id for row, _ in rows])
    return [InterviewView(row, stage, panels[row.id]) for row, stage in rows]


def unscoped_interviews_of_application(application_id: int, at: datetime) -> list[Appointment]:
    """Return the interviews of an application in order of time, as its candidate may know them, in two statements."""
    return [_appointment(one, at) for one in unscoped_interviews_of(application_id)]


def _appointment(one: InterviewView, at: datetime) -> Appointment:
    row, has_begun = one.interview, at >= one.interview.starts_at
    return Appointment(
        one.stage,
        row.starts_at,
        row.minutes,
        row.zone,
        told_state(row.state, has_begun=has_begun),
        tuple(seat.member.name for seat in one.panel if seat.sits),
        is_to_come=one.is_live and not has_begun,
    )


def unscoped_panels(interview_ids: Sequence[int]) -> dict[int, tuple[Seat, ...]]:
    """Return the seats of several interviews, leads first, in one statement."""
    found: dict[int, list[Seat]] = {number: [] for number in interview_ids}
    rows = db.session.execute(
        select(Assignment, Member, Waiver)
        .join(Member, Member.id == Assignment.member_id)
        .outerjoin(Waiver, Waiver.assignment_id == Assignment.id)
        .where(Assignment.interview_id.in_(list(found)))
        .order_by(Assignment.id)
    )
    for assignment, member, waiver in rows:
        found[assignment.interview_id].append(Seat(assignment, member, waiver))
    return {number: in_order(seats) for number, seats in found.items()}


def in_order(seats: Sequence[Seat]) -> tuple[Seat, ...]:
    """Return seats with the lead first and shadows last."""
    return tuple(sorted(seats, key=lambda seat: ROLES.index(seat.assignment.role)))


def unscoped_panel(application_id: int) -> list[tuple[Assignment, Interview]]:
    """Return every sitting assignment on the live interviews of an application."""
    rows = db.session.execute(
        select(Assignment, Interview)
        .join(Interview, Interview.id == Assignment.interview_id)
        .where(Interview.application_id == application_id, Interview.state.in_(LIVE), Assignment.state.in_(SITTING))
        .order_by(Interview.starts_at, Assignment.id)
    )
    return [(assignment, row) for assignment, row in rows]


def unscoped_to_come(application_public_id: str) -> list[ScheduledInterview]:
    """Return the interviews of an application that are still to come."""
    wanted = _scheduled().where(Application.public_id == application_public_id, Interview.state.in_(TO_COME))
    return [_as_scheduled(*found) for found in db.session.execute(wanted.order_by(Interview.id))]


def unscoped_stages_booked(application_id: int, *, to_come: bool = False) -> set[int]:
    """Return the stages of an application that have a live interview, or one that is still to come."""
    states = TO_COME if to_come else LIVE
    wanted = select(Interview.stage_id).where(Interview.application_id == application_id, Interview.state.in_(states))
    return set(db.session.scalars(wanted))


def booked(viewer: Actor, since: datetime, until: datetime) -> Select[int, int]:
    """Return the statement of how many interviews each member sits in between two moments, on schedules one may read.

    Shadows sit there too. Of other teams, and of applications with which one is in conflict, nothing is counted.
    """
    return (
        _scheduled()
        .join(Assignment, Assignment.interview_id == Interview.id)
        .with_only_columns(Assignment.member_id, func.count(Assignment.id).label("interviews"))
        .where(
            _visible(viewer),
            Assignment.state.in_(SITTING),
            Interview.state.in_(LIVE),
            Interview.starts_at >= since,
            Interview.starts_at < until,
        )
        .group_by(Assignment.member_id)
    )
