"""Reads of live interviews with their panels: of the applications that the viewer plans, and the viewer's own."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from hiringkit.candidates.models import Application, Candidate, Reading
from hiringkit.candidates.rules.lifecycle import ACTIVE, ApplicationState
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from hiringkit.home.rules.facts import InterviewFacts
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.interviews.queries import is_own
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.interviews.rules.lifecycle import LIVE, SITTING
from hiringkit.loops.models import LoopVersionStage
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member
from hiringkit.scorecards.models import Scorecard, ScorecardDraft

LEAD, SECOND = AssignmentRole.LEAD, AssignmentRole.SECOND
MOST_PLACES = 5000


@dataclass(frozen=True)
class Place:
    """One place on the panel of a live interview; both are None where nobody sits."""

    assignment: Assignment | None
    member: Member | None
    has_card: bool


@dataclass(frozen=True)
class BookedInterview:
    """One live interview with its stage and its panel."""

    interview: Interview
    stage: LoopVersionStage
    places: list[Place] = field(default_factory=list)

    def of(self, role: AssignmentRole) -> Place | None:
        """Return who sits in a role."""
        return next((one for one in self.places if one.assignment and one.assignment.role is role), None)

    @property
    def facts(self) -> InterviewFacts:
        """Return what the next step is told from."""
        roles = (LEAD, SECOND)[: self.stage.panel]
        seated = [place for role in (LEAD, SECOND) if (place := self.of(role)) is not None]
        return InterviewFacts(
            self.interview.public_id,
            self.stage.name,
            self.interview.starts_at,
            self.interview.ends_at,
            lacks=tuple(role.value for role in roles if self.of(role) is None),
            missing=tuple(one.member.name for one in seated if one.member is not None and not one.has_card),
            expected=len(seated),
        )


@dataclass(frozen=True)
class OwnInterview:
    """One of the viewer's own interviews with the viewer's place, and how far the viewer's scorecard is."""

    assignment: Assignment
    interview: Interview
    stage: LoopVersionStage
    application: Application
    candidate: Candidate
    opening: Opening
    card: Scorecard | None
    has_draft: bool
    may_read: bool
    partners: list[tuple[str, AssignmentRole]] = field(default_factory=list)

    @property
    def is_due(self) -> bool:
        """Whether a scorecard is still to be written for it."""
        return self.card is None


@dataclass
class Seats:
    """Live interviews by application, and the viewer's own in order of time."""

    by_application: dict[int, dict[int, BookedInterview]] = field(default_factory=dict)
    own: list[OwnInterview] = field(default_factory=list)

    def interviews(self, application_id: int) -> list[BookedInterview]:
        """Return the live interviews of an application that the viewer plans, in order of time."""
        return list(self.by_application.get(application_id, {}).values())

    def booked(self, application_id: int) -> set[str]:
        """Return the keys of the stages that are booked for an application."""
        return {one.stage.key for one in self.interviews(application_id)}

    def facts(self, application_id: int) -> tuple[InterviewFacts, ...]:
        """Return the interviews of an application as the next step is told from them."""
        return tuple(one.facts for one in self.interviews(application_id))


def seats(viewer: Actor, application_ids: Collection[int], own_since: datetime | None = None) -> Seats:
    """Return the panels of these applications, and with `own_since` the viewer's own interviews; in one statement.

    Own ones are those with a scorecard to write, and those whose scorecard was sealed since that moment.
    """
    planned = Application.id.in_(list(application_ids))
    wanted = planned if own_since is None else or_(planned, Interview.id.in_(_own_interviews(viewer, own_since)))
    found = Seats()
    own: dict[int, OwnInterview] = {}
    rows = db.session.execute(_places(viewer, planned).where(wanted)).all()
    for row in rows:
        if row.Application.id in application_ids:
            _add_place(found, row)
        if own_since is not None and row.Assignment is not None and row.Assignment.member_id == viewer.member_id:
            own[row.Interview.id] = _own(row)
    for row in rows:
        mine = own.get(row.Interview.id)
        if mine is not None and row.Member is not None and row.Assignment.id != mine.assignment.id:
            mine.partners.append((row.Member.name, row.Assignment.role))
    found.own = list(own.values())
    return found


def _places(viewer: Actor, planned: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Return the statement; of other people's scorecards it tells only where the viewer plans that they are in."""
    is_mine = Assignment.member_id == viewer.member_id
    card = and_(Scorecard.assignment_id == Assignment.id, or_(planned, is_mine))
    draft = and_(is_mine, exists().where(ScorecardDraft.assignment_id == Assignment.id))
    read = exists().where(Reading.application_id == Application.id, Reading.member_id == viewer.member_id)
    return (
        select(
            Interview, LoopVersionStage, Application, Candidate, Opening, Assignment, Member, Scorecard,
            draft.label("has_draft"), read.label("has_read"),
        )
        .join(LoopVersionStage, LoopVersionStage.id == Interview.stage_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
        .outerjoin(Assignment, and_(Assignment.interview_id == Interview.id, Assignment.state.in_(SITTING)))
        .outerjoin(Member, Member.id == Assignment.member_id)
        .outerjoin(Scorecard, card)
        .where(Interview.state.in_(LIVE))
        .order_by(Interview.starts_at, Interview.id, Assignment.id)
        .limit(MOST_PLACES)
    )  # fmt: skip


def _own_interviews(viewer: Actor, since: datetime) -> Select[Any]:
    to_write = and_(Scorecard.id.is_(None), Application.state.in_(ACTIVE))
    return (
        select(Assignment.interview_id)
        .join(Interview, Interview.id == Assignment.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
        .outerjoin(Scorecard, Scorecard.assignment_id == Assignment.id)
        .where(is_own(viewer), Interview.state.in_(LIVE), or_(to_write, Scorecard.submitted_at >= since))
    )


def _add_place(found: Seats, row: Any) -> None:
    interviews = found.by_application.setdefault(row.Application.id, {})
    booked = interviews.setdefault(row.Interview.id, BookedInterview(row.Interview, row.LoopVersionStage))
    booked.places.append(Place(row.Assignment, row.Member, row.Scorecard is not None))


def _own(row: Any) -> OwnInterview:
    in_debrief = row.Application.state is ApplicationState.IN_DEBRIEF
    return OwnInterview(
        row.Assignment,
        row.Interview,
        row.LoopVersionStage,
        row.Application,
        row.Candidate,
        row.Opening,
        row.Scorecard,
        bool(row.has_draft),
        may_read=in_debrief and row.Scorecard is not None and not row.has_read,
    )
