"""The only writer of candidates: asking those who were hired what was true, and what they answer."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.candidates import queries
from hiringkit.candidates.models import Application, Candidate, TruthAnswer, TruthRequest
from hiringkit.candidates.operations.applications import own_application
from hiringkit.candidates.rules.truth import TRUTH, TruthWord
from hiringkit.disclosures.queries import leaflet
from hiringkit.disclosures.rules.saying import WordDraft, words_said
from hiringkit.foundation.access import Actor, ActorKind
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.errors import ForbiddenError, WrongStateError
from hiringkit.foundation.mail import queue_mail

NOT_ASKED = "Nothing is asked of you now, or you have answered already."


@operation("truth:answered")
def answer_truth(
    application: Application, drafts: Mapping[str, WordDraft], *, is_shared: bool, by: Actor, at: datetime
) -> Recorded[list[TruthAnswer]]:
    """Store what a hire says of the sections of the version that they were shown last; once for each day.

    The event says how many sections, and never what.
    """
    view = own_application(application, by)
    db.session.execute(select(Application.id).where(Application.id == application.id).with_for_update())
    asked = queries.unscoped_truth_asked(application, at)
    if asked is None:
        raise WrongStateError(NOT_ASKED)
    said = words_said(drafts, TRUTH, [one.key for one in leaflet(asked.version).sections])
    subject_id = view.candidate.subject_id
    ring = keyring(subject_id)
    rows = [
        TruthAnswer(
            application_id=application.id,
            disclosure_version_id=asked.version.id,
            day=asked.day,
            section=key,
            word=TruthWord(one.word),
            field=one.field,
            note=ring.seal(subject_id, one.note),
            is_shared=is_shared,
            at=at,
        )
        for key, one in said.items()
    ]
    db.session.add_all(rows)
    values = {"day": asked.day, "sections": len(rows), "disclosure": asked.version.public_id}
    return Recorded(rows, about=application, scope=view.opening.public_id, values=values)


def ask_truth(application: Application, day: int, *, by: Actor, at: datetime) -> None:
    """Ask a hire by mail what was true; once for each day, however often the job runs."""
    with transaction():
        db.session.execute(select(Application.id).where(Application.id == application.id).with_for_update())
        if not queries.unscoped_has_truth_request(application.id, day):
            _ask_truth(application, day, by=by, at=at)


@operation("truth:asked")
def _ask_truth(application: Application, day: int, *, by: Actor, at: datetime) -> Recorded[TruthRequest]:
    """Leave a mail without any link in the outbox: of personal links only the hash is stored."""
    if by.kind is not ActorKind.SYSTEM:
        raise ForbiddenError("hiringkit asks by itself when the day has come.")
    view = queries.unscoped_application(application.id)
    candidate: Candidate = view.candidate
    row = TruthRequest(application_id=application.id, day=day, at=at)
    db.session.add(row)
    values = {"name": candidate.name, "title": view.opening.title, "day": str(day)}
    ring = keyring(candidate.subject_id)
    queue_mail("truth", ring, candidate.subject_id, to=candidate.email, values=values, at=at)
    return Recorded(row, about=application, scope=view.opening.public_id, values={"day": day})
