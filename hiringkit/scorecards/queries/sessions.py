"""Reads of whole sessions for the drift monitor: one interviewer with one candidate, over all of their scorecards."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import exists, func, select

from hiringkit.candidates.models import Reading
from hiringkit.candidates.queries import ApplicationView
from hiringkit.foundation.db import db
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.scorecards.models import Rating, Scorecard
from hiringkit.scorecards.queries.states import unscoped_is_complete


def unscoped_is_opened(view: ApplicationView) -> bool:
    """Tell whether every expected scorecard of an application is in and somebody has opened them."""
    has_reader = select(exists().where(Reading.application_id == view.application.id))
    return bool(db.session.scalar(has_reader)) and unscoped_is_complete(view)


def unscoped_session_scores(application_id: int) -> Mapping[int, Mapping[int, float]]:
    """Return the ratings that count, by member and competency version; of two stages the mean. One statement."""
    rows = db.session.execute(
        select(Assignment.member_id, Rating.competency_version_id, func.avg(Rating.points))
        .join(Scorecard, Scorecard.id == Rating.scorecard_id)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Interview, Interview.id == Assignment.interview_id)
        .where(Interview.application_id == application_id, Scorecard.counts, Rating.points.is_not(None))
        .group_by(Assignment.member_id, Rating.competency_version_id)
    )
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for member_id, version, mean in rows:
        found[member_id][version] = float(mean)
    return found
