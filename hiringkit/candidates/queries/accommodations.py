"""Reads of accommodations, one for each audience: the candidate, coordinators, planners, a stage's interviewers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from hiringkit.audit.queries import keyring_for
from hiringkit.candidates.models import AccommodationRequest, Application, Arrangement, Candidate
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries.applications import ApplicationView, LinkedApplication
from hiringkit.candidates.queries.people import without_conflict
from hiringkit.candidates.rules.accommodations import MOST_MINUTES, Arranged, extra_minutes, told_lines
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.openings.models import Opening


@dataclass(frozen=True)
class ArrangementView:
    """One arrangement in full."""

    stage: str
    extra_minutes: int
    told: str
    at: datetime


@dataclass(frozen=True)
class AccommodationView:
    """A request in full with what was arranged for it, in order; for its candidate and for coordinators."""

    row: AccommodationRequest
    text: str
    arrangements: tuple[ArrangementView, ...]


@dataclass(frozen=True)
class ExtraTime:
    """What whoever plans may know: how many requests there are, how many wait, and minutes; never what it is."""

    requests: int
    waiting: int
    arranged: tuple[Arranged, ...]

    def minutes(self, stage: str) -> int:
        """Return by how many minutes a stage is longer."""
        return extra_minutes(self.arranged, stage)


@dataclass(frozen=True)
class PanelNote:
    """What the interviewers of one stage are to know."""

    extra_minutes: int
    told: tuple[str, ...]


def own_accommodations(view: LinkedApplication) -> list[AccommodationView]:
    """Return what the candidate behind a personal link has asked for, newest first, in two statements."""
    return _in_full(view.application.id)


def accommodations(viewer: Actor, public_id: str) -> tuple[ApplicationView, list[AccommodationView]]:
    """Return what was asked for on an application, for its team's coordinators, or raise NotFoundError."""
    found = db.session.execute(
        select(Application, Candidate, Opening)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
        .where(
            Application.public_id == public_id,
            scope(viewer, CandidatePermission.ARRANGE).limits(Opening.team_id),
            without_conflict(viewer),
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return ApplicationView(*found), _in_full(found[0].id)


def _in_full(application_id: int) -> list[AccommodationView]:
    rows = db.session.execute(
        select(AccommodationRequest, Arrangement)
        .outerjoin(Arrangement, Arrangement.request_id == AccommodationRequest.id)
        .where(AccommodationRequest.application_id == application_id)
        .order_by(AccommodationRequest.id.desc(), Arrangement.id)
    ).all()
    ring = keyring_for(request.text for request, _ in rows)
    found: dict[int, tuple[AccommodationRequest, list[ArrangementView]]] = {}
    for request, one in rows:
        arranged = found.setdefault(request.id, (request, []))[1]
        if one is not None:
            arranged.append(ArrangementView(one.stage, one.extra_minutes, ring.open(one.told), one.at))
    return [AccommodationView(request, ring.open(request.text), tuple(own)) for request, own in found.values()]


def unscoped_extra_time(application_id: int) -> ExtraTime:
    """Return what whoever plans may know of an application's accommodations, in one statement and without a text."""
    rows = db.session.execute(
        select(AccommodationRequest.id, Arrangement.stage, Arrangement.extra_minutes)
        .outerjoin(Arrangement, Arrangement.request_id == AccommodationRequest.id)
        .where(AccommodationRequest.application_id == application_id)
        .order_by(Arrangement.id)
    ).all()
    arranged = tuple(Arranged(*row) for row in rows if row.stage is not None)
    waiting = sum(row.stage is None for row in rows)
    return ExtraTime(len({row.id for row in rows}), waiting, arranged)


def unscoped_minutes_more(
    application: int | InstrumentedAttribute[int], stage: str | InstrumentedAttribute[str]
) -> ScalarSelect[int]:
    """Return what `rules.accommodations.extra_minutes` says, as SQL: by how long it takes people, and not why.

    `application` and `stage` are a number and a key, or columns of them.
    """
    later = aliased(Arrangement)

    def concerns(one: type[Arrangement]) -> ColumnElement[bool]:
        return or_(one.stage == "", one.stage == stage)

    same = later.request_id == Arrangement.request_id
    is_replaced = exists().where(same, later.id > Arrangement.id, concerns(later)).correlate_except(later)
    total = func.coalesce(func.sum(Arrangement.extra_minutes), 0)
    return (
        select(case((total > MOST_MINUTES, MOST_MINUTES), else_=total))
        .join(AccommodationRequest, AccommodationRequest.id == Arrangement.request_id)
        .where(AccommodationRequest.application_id == application, concerns(Arrangement), ~is_replaced)
        .correlate_except(Arrangement, AccommodationRequest)
        .scalar_subquery()
    )


def unscoped_panel_note(application_id: int, stage: str) -> PanelNote:
    """Return what the interviewers of a stage are to know; the caller has checked that the reader sits there."""
    rows = db.session.execute(
        select(Arrangement.request_id, Arrangement.stage, Arrangement.extra_minutes, Arrangement.told)
        .join(AccommodationRequest, AccommodationRequest.id == Arrangement.request_id)
        .where(AccommodationRequest.application_id == application_id, Arrangement.stage.in_(["", stage]))
        .order_by(Arrangement.id)
    ).all()
    ring = keyring_for(row.told for row in rows)
    arranged = [Arranged(*row[:3], ring.open(row.told)) for row in rows]
    return PanelNote(extra_minutes(arranged, stage), told_lines(arranged, stage))
