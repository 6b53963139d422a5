"""Reads of assignments: one's own, and those of a panel that the viewer plans."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, select

from hiringkit.candidates.models import Application, Candidate
from hiringkit.candidates.queries import ApplicationView, without_conflict
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.words import local
from hiringkit.interviews.models import Assignment, Interview, Waiver
from hiringkit.interviews.policy import InterviewPermission
from hiringkit.interviews.queries.schedule import ScheduledInterview
from hiringkit.interviews.rules.lifecycle import SITTING, InterviewState, told_state
from hiringkit.loops.models import LoopVersionStage
from hiringkit.openings.models import Opening


@dataclass(frozen=True)
class AssignmentView:
    """One assignment with everything around it."""

    assignment: Assignment
    interview: Interview
    stage: LoopVersionStage
    application: Application
    candidate: Candidate
    opening: Opening
    waiver: Waiver | None

    @property
    def view(self) -> ApplicationView:
        """The application with its candidate and its opening."""
        return ApplicationView(self.application, self.candidate, self.opening)

    @property
    def scheduled(self) -> ScheduledInterview:
        """The interview as the schedule has it."""
        return ScheduledInterview(self.interview, self.stage, self.view)

    @property
    def day(self) -> date:
        """The interview's day in its own zone."""
        return local(self.interview.starts_at, self.interview.zone).date()

    def told_state(self, at: datetime) -> InterviewState | None:
        """Return the interview's state as its panel may know it."""
        return told_state(self.interview.state, has_begun=at >= self.interview.starts_at)


def assignments() -> Select[Assignment, Interview, LoopVersionStage, Application, Candidate, Opening, Waiver]:
    """Return the statement whose rows make an AssignmentView; the caller adds who may see which."""
    return (
        select(Assignment, Interview, LoopVersionStage, Application, Candidate, Opening, Waiver)
        .join(Interview, Interview.id == Assignment.interview_id)
        .join(LoopVersionStage, LoopVersionStage.id == Interview.stage_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
        .outerjoin(Waiver, Waiver.assignment_id == Assignment.id)
    )


def is_own(viewer: Actor) -> ColumnElement[bool]:
    """Return the SQL condition that the viewer sits there, still belongs to the team and has no conflict."""
    return and_(
        Assignment.member_id == viewer.member_id,
        Assignment.state.in_(SITTING),
        scope(viewer, InterviewPermission.SIT).limits(Opening.team_id),
        without_conflict(viewer),
    )


def own_assignment(viewer: Actor, public_id: str) -> AssignmentView:
    """Return one of the viewer's own assignments on which they sit, or raise NotFoundError."""
    return _one(assignments().where(Assignment.public_id == public_id, is_own(viewer)))


def seat(viewer: Actor, public_id: str) -> AssignmentView:
    """Return an assignment on a panel that the viewer plans, or raise NotFoundError."""
    plans = scope(viewer, InterviewPermission.PLAN)
    return _one(
        assignments().where(Assignment.public_id == public_id, plans.limits(Opening.team_id), without_conflict(viewer))
    )


def unscoped_assignment(public_id: str) -> AssignmentView:
    """Return an assignment by address, for reactions."""
    return _one(assignments().where(Assignment.public_id == public_id))


def _one(
    wanted: Select[Assignment, Interview, LoopVersionStage, Application, Candidate, Opening, Waiver],
) -> AssignmentView:
    found = db.session.execute(wanted).one_or_none()
    if found is None:
        raise NotFoundError
    return AssignmentView(*found)
