"""Reads of what people who were hired are asked after 30 and 90 days, and of what they have answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, case, exists, func, literal, select

from hiringkit.audit.queries import keyring_for
from hiringkit.candidates.models import Application, Candidate, Delivery, TruthAnswer, TruthRequest
from hiringkit.candidates.queries.people import without_conflict
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.candidates.rules.truth import DAYS, Told, countable, day_asked
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from hiringkit.foundation.sealing import ERASED

FIRST, SECOND = sorted(DAYS)


@dataclass(frozen=True)
class TruthAsked:
    """The question that is open for somebody who was hired: after how many days, and of which version."""

    day: int
    version: DisclosureVersion


@dataclass(frozen=True)
class TruthNote:
    """What a hire wrote to an answer."""

    section: str
    field: str
    text: str


@dataclass(frozen=True)
class TruthTold:
    """The answers of an opening's hires that may be counted, and their notes in the order of letters."""

    answers: Sequence[Told]
    notes: Sequence[TruthNote]


def unscoped_truth_asked(application: Application, at: datetime) -> TruthAsked | None:
    """Return what a hire is asked now, or None: not due, answered already, or never shown a version; one statement."""
    day = day_asked(application.state_at, at) if application.state is ApplicationState.HIRED else None
    if day is None:
        return None
    answered = exists().where(TruthAnswer.application_id == application.id, TruthAnswer.day == day)
    version = db.session.scalar(
        select(DisclosureVersion)
        .join(Delivery, Delivery.disclosure_version_id == DisclosureVersion.id)
        .where(Delivery.application_id == application.id, ~answered)
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    return TruthAsked(day, version) if version is not None else None


def unscoped_truth_to_ask(at: datetime, limit: int = 200) -> Sequence[tuple[Application, int]]:
    """Return the hires who are to be asked by mail now, each with the day, the longest hired first."""
    day = case((Application.state_at <= at - timedelta(days=SECOND), literal(SECOND)), else_=literal(FIRST))
    is_open = and_(
        Application.state_at <= at - timedelta(days=FIRST), Application.state_at > at - timedelta(days=DAYS[SECOND])
    )
    done = [
        exists().where(kind.application_id == Application.id, kind.day == day) for kind in (TruthRequest, TruthAnswer)
    ]
    shown = exists().where(Delivery.application_id == Application.id)
    wanted: Select[Application, int] = (
        select(Application, day)
        .where(Application.state == ApplicationState.HIRED, is_open, shown, *(~one for one in done))
        .order_by(Application.state_at, Application.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in db.session.execute(wanted)]


def unscoped_has_truth_request(application_id: int, day: int) -> bool:
    """Tell whether a hire was asked by mail already."""
    asked = select(func.count()).where(TruthRequest.application_id == application_id, TruthRequest.day == day)
    return bool(db.session.scalar(asked))


def truth_told(viewer: Actor, opening_id: int, *, reads_shared: bool) -> TruthTold:
    """Return what hires of an opening say that may be counted, without the viewer's own application.

    The caller has checked that the viewer may read the report; `reads_shared` is for managers, who read notes
    as well, and the answers of those who said that managers may read them at once.
    """
    rows = db.session.scalars(
        select(TruthAnswer)
        .join(Application, Application.id == TruthAnswer.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(Application.opening_id == opening_id, without_conflict(viewer))
    ).all()
    by_told = {
        Told(row.application_id, row.day, row.section, row.word, row.field, row.is_shared): row.note for row in rows
    }
    answers = countable(list(by_told), reads_shared=reads_shared)
    return TruthTold(answers, _notes([(one, by_told[one]) for one in answers]) if reads_shared else [])


def _notes(written: Sequence[tuple[Told, bytes]]) -> list[TruthNote]:
    ring = keyring_for(note for _, note in written)
    notes = [TruthNote(one.section, one.field, ring.open(note)) for one, note in written]
    return sorted((one for one in notes if one.text not in {"", ERASED}), key=lambda one: one.text.casefold())
