"""Reads of an application as a debrief finds it: within the viewer's sight, with what it stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from hiringkit.candidates.models import Application, Candidate, Reading
from hiringkit.candidates.queries import ApplicationView, without_conflict
from hiringkit.debriefs.models import Decision, DecisionConsent
from hiringkit.debriefs.policy import DebriefPermission
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.interviews.rules.lifecycle import LIVE, SITTING
from hiringkit.loops.models import Loop, LoopVersion
from hiringkit.loops.rules.content import LoopContent
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member
from hiringkit.scorecards.models import EarlyOpening


@dataclass(frozen=True)
class Case:
    """An application with what its debrief stands on, and what the viewer is to it."""

    view: ApplicationView
    loop: LoopVersion | None
    early: EarlyOpening | None
    sits: bool
    readers: Sequence[str]

    @property
    def content(self) -> LoopContent | None:
        """Return what the loop version says, or None before there is one."""
        return LoopContent.from_json(self.loop.content) if self.loop is not None else None


def case(viewer: Actor, public_id: str) -> Case:
    """Return an application whose debrief the viewer may know something of, or raise NotFoundError."""
    row = db.session.execute(_cases(viewer).where(Application.public_id == public_id, _visible(viewer))).one_or_none()
    if row is None:
        raise NotFoundError
    return _case(row)


def unscoped_case(viewer: Actor, application_id: int) -> Case:
    """Return an application by number, with what the viewer is to it."""
    return _case(db.session.execute(_cases(viewer).where(Application.id == application_id)).one())


def _case(row: Any) -> Case:
    application, candidate, opening, loop, early, sits, readers = row
    view = ApplicationView(application, candidate, opening)
    return Case(view, loop, early, sits=bool(sits), readers=(readers or "").split(BETWEEN) if readers else ())


def _cases(viewer: Actor) -> Select[*tuple[Any, ...]]:
    newest = (
        select(func.max(LoopVersion.id))
        .join(Loop, Loop.id == LoopVersion.loop_id)
        .where(Loop.opening_id == Opening.id)
        .correlate(Opening)
        .scalar_subquery()
    )
    readers = (
        select(func.aggregate_strings(Member.name, BETWEEN))
        .join(Reading, Reading.member_id == Member.id)
        .where(Reading.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    return (
        select(Application, Candidate, Opening, LoopVersion, EarlyOpening, _sits(viewer), readers)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
        .outerjoin(LoopVersion, LoopVersion.id == newest)
        .outerjoin(EarlyOpening, EarlyOpening.application_id == Application.id)
    )


BETWEEN = "\n"
"""Stands between names that come in one value; no name has a line break."""


def _visible(viewer: Actor) -> ColumnElement[bool]:
    """Return the SQL condition of the applications whose debrief the viewer may know anything of."""

    def within(permission: DebriefPermission) -> ColumnElement[bool]:
        return scope(viewer, permission).limits(Opening.team_id)

    return and_(
        without_conflict(viewer),
        or_(
            within(DebriefPermission.READ_ALL),
            within(DebriefPermission.READ_OUTCOME),
            and_(within(DebriefPermission.READ_OWN), _sits(viewer)),
            and_(within(DebriefPermission.READ_DECIDED), is_decided()),
        ),
    )


def _sits(viewer: Actor) -> ColumnElement[bool]:
    """Return the SQL condition that the viewer is on a panel of the application."""
    return (
        exists()
        .where(Assignment.interview_id == Interview.id, Assignment.member_id == viewer.member_id)
        .where(Assignment.state.in_(SITTING), Interview.state.in_(LIVE))
        .where(Interview.application_id == Application.id)
        .correlate(Application)
    )


def is_decided() -> ColumnElement[bool]:
    """Return the SQL condition that a decision on the application was made, not only proposed."""
    agreed = exists().where(DecisionConsent.decision_id == Decision.id, DecisionConsent.agrees).correlate(Decision)
    return (
        exists()
        .where(Decision.application_id == Application.id, or_(~Decision.is_against_rule, agreed))
        .correlate(Application)
    )
