"""Whether a safety gate is in sight of somebody: it tells of a low rating, so it stays sealed with that rating."""

from sqlalchemy import ColumnElement, and_, exists, or_

from hiringkit.candidates.models import Application, Reading
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.debriefs.models import Gate
from hiringkit.foundation.access import Actor
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.interviews.rules.lifecycle import LIVE, SITTING
from hiringkit.scorecards.models import Scorecard


def is_gate_in_sight(viewer: Actor) -> ColumnElement[bool]:
    """Return the SQL condition, for a statement over Gate and Application, that the viewer has opened what opened it.

    Either it was open when they opened the scorecards, or the application is in debrief still, or past
    it, and they owe no scorecard of their own.
    """
    owes = (
        exists()
        .where(Assignment.interview_id == Interview.id, Interview.application_id == Application.id)
        .where(Assignment.member_id == viewer.member_id, Assignment.state.in_(SITTING), Interview.state.in_(LIVE))
        .where(~exists().where(Scorecard.assignment_id == Assignment.id).correlate(Assignment))
        .correlate(Application)
    )
    unsealed = and_(Application.state != ApplicationState.INTERVIEWING, ~owes)
    return (
        exists()
        .where(Reading.application_id == Application.id, Reading.member_id == viewer.member_id)
        .where(or_(Gate.opened_at <= Reading.at, unsealed))
        .correlate(Application, Gate)
    )
