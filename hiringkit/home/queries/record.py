"""Reads of the record for people: one page of events in words, without those that would tell what is still sealed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, or_, select, true, union_all

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import SITE
from hiringkit.candidates.models import (
    AccommodationRequest,
    Application,
    Candidate,
    ClaimQuestion,
    Delivery,
    PersonalLink,
)
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries import AFTER_DECISION, without_conflict
from hiringkit.debriefs.models import Decision, Gate
from hiringkit.debriefs.policy import DebriefPermission
from hiringkit.debriefs.queries import is_decided
from hiringkit.foundation.access import Actor, may, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.paging import Page, paged
from hiringkit.home.policy import HomePermission
from hiringkit.home.queries.sight import is_gate_in_sight
from hiringkit.home.rules.telling import actor_words, event_words
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.openings.models import Opening
from hiringkit.openings.policy import OpeningPermission
from hiringkit.people.models import Member, Team
from hiringkit.people.queries import unscoped_names

UNTOLD = ("attestation:made", "truth:answered")
"""Those who answer are promised that no page says who did, or when: beside the counts it would tell what they said."""


@dataclass(frozen=True)
class RecordLine:
    """One event in words: when, who, what was done, and whom or what it is about where the viewer may know."""

    at: datetime
    who: str
    did: str
    about: str


def trail(viewer: Actor, opening: Opening, number: int) -> Page[RecordLine]:
    """Return one page of the record of an opening, newest first; the caller has checked that the viewer may read it."""
    return _lines(viewer, AuditEvent.scope == opening.public_id, number)


def record(viewer: Actor, number: int) -> Page[RecordLine]:
    """Return one page of the record: site events, and for those who may read it the record of everything."""
    reads_all = may(viewer, HomePermission.READ_WHOLE_RECORD)
    return _lines(viewer, true() if reads_all else AuditEvent.scope == SITE, number)


def _lines(viewer: Actor, condition: ColumnElement[bool], number: int) -> Page[RecordLine]:
    wanted = (
        select(AuditEvent)
        .where(condition, AuditEvent.tag.not_in(UNTOLD), AuditEvent.subject_id.not_in(_hidden(viewer)))
        .order_by(AuditEvent.seq.desc())
    )
    page = paged(wanted, number)
    names = unscoped_names([row.actor_id for row in page.rows if row.actor_kind == "member"])
    subjects = _subjects(viewer, {public_id for row in page.rows for public_id in (row.subject_id, row.scope)})
    return Page([_line(row, names, subjects) for row in page.rows], page.number, page.pages, page.total)


def _line(row: AuditEvent, names: Mapping[str, str], subjects: Mapping[str, str]) -> RecordLine:
    who = actor_words(row.actor_kind, row.actor_id, names)
    about = subjects.get(row.subject_id) or subjects.get(row.scope, "")
    did = event_words(row.tag, json.loads(row.content), row.actor_kind)
    return RecordLine(row.at, who, did, "" if row.subject_id == row.actor_id else about)


_OF_APPLICATION: tuple[tuple[Any, ColumnElement[bool]], ...] = (
    (Application, true()),
    (Interview, Interview.application_id == Application.id),
    (Assignment, and_(Assignment.interview_id == Interview.id, Interview.application_id == Application.id)),
    (Delivery, Delivery.application_id == Application.id),
    (PersonalLink, PersonalLink.application_id == Application.id),
    (ClaimQuestion, ClaimQuestion.application_id == Application.id),
    (AccommodationRequest, AccommodationRequest.application_id == Application.id),
    (Gate, Gate.application_id == Application.id),
    (Decision, Decision.application_id == Application.id),
)
"""What belongs to an application, and how."""


def _of_applications(*columns: Any) -> list[Select[*tuple[Any, ...]]]:
    """Return one statement for each kind of thing that belongs to an application, with its public id."""
    belongs = and_(Candidate.id == Application.candidate_id, Opening.id == Application.opening_id)
    return [select(kind.public_id, *columns).where(condition, belongs) for kind, condition in _OF_APPLICATION]


def _hidden(viewer: Actor) -> CompoundSelect[*tuple[Any, ...]]:
    """Return the public ids of what the viewer may not learn of from the record.

    That is everything about an application of their own; a gate while the rating that opened it is
    sealed from them; for those who read after decision only, a decision that was not made yet; and for
    everybody who may not know of it, that somebody asked for an accommodation.
    """
    own = [wanted.where(Candidate.member_id == viewer.member_id) for wanted in _of_applications()]
    manages = scope(viewer, DebriefPermission.READ_ALL).limits(Opening.team_id)
    opened = and_(manages, is_gate_in_sight(viewer))
    gates = (
        select(Gate.public_id)
        .join(Application, Application.id == Gate.application_id)
        .join(Opening, Opening.id == Application.opening_id)
        .where(~or_(opened, and_(_audits(viewer), is_decided())))
    )
    decisions = (
        select(Decision.public_id)
        .join(Application, Application.id == Decision.application_id)
        .join(Opening, Opening.id == Application.opening_id)
        .where(~or_(manages, and_(_audits(viewer), is_decided())))
    )
    minutes = scope(viewer, CandidatePermission.READ_MINUTES).limits(Opening.team_id)
    accommodations = (
        select(AccommodationRequest.public_id)
        .join(Application, Application.id == AccommodationRequest.application_id)
        .join(Opening, Opening.id == Application.opening_id)
        .where(~minutes)
    )
    return union_all(*own, gates, decisions, accommodations)


def _audits(viewer: Actor) -> ColumnElement[bool]:
    return scope(viewer, DebriefPermission.READ_DECIDED).limits(Opening.team_id)


def _subjects(viewer: Actor, public_ids: set[str]) -> dict[str, str]:
    """Return the names of what events are about, as far as the viewer may read them, in one statement."""
    wanted = sorted(public_ids)
    seen = and_(
        scope(viewer, CandidatePermission.READ).limits(Opening.team_id),
        or_(
            scope(viewer, CandidatePermission.READ_UNDECIDED).limits(Opening.team_id),
            Application.state.in_(AFTER_DECISION),
        ),
        without_conflict(viewer),
    )
    named: list[Select[*tuple[Any, ...]]] = [one.where(seen) for one in _of_applications(Candidate.name)]
    reads = scope(viewer, OpeningPermission.READ).limits(Opening.team_id)
    named.append(select(Opening.public_id, Opening.title).where(reads))
    named += [select(Member.public_id, Member.name), select(Team.public_id, Team.name)]
    found = union_all(*(one.where(one.selected_columns[0].in_(wanted)) for one in named))
    return {row[0]: row[1] for row in db.session.execute(found)}
