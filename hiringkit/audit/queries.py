"""Reads of the record and of subject keys."""

from collections.abc import Iterable, Iterator

from flask import current_app
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent, AuditHead, SubjectKey
from hiringkit.audit.rules import GENESIS, Break, Link, first_break
from hiringkit.foundation.db import db
from hiringkit.foundation.paging import Page, paged
from hiringkit.foundation.sealing import Keyring, subject_of, unwrap

SITE = "site"
BATCH = 1000


def unscoped_chain() -> Iterator[Link]:
    """Yield the whole record in order, a thousand events at a time."""
    last = 0
    while rows := db.session.scalars(
        select(AuditEvent).where(AuditEvent.seq > last).order_by(AuditEvent.seq).limit(BATCH)
    ).all():
        for row in rows:
            yield as_link(row)
            last = row.seq
            db.session.expunge(row)


def as_link(row: AuditEvent) -> Link:
    """Return a stored event as the value that the rules hash."""
    return Link(
        row.seq, row.at, row.actor_kind, row.actor_id, row.tag, row.subject_id,
        row.scope, row.cause, row.content, row.previous_hash, row.hash,
    )  # fmt: skip


def unscoped_break() -> Break | None:
    """Return the first break of the stored chain, or None."""
    head = db.session.get(AuditHead, 1)
    return first_break(unscoped_chain(), head.seq if head else 0, head.hash if head else GENESIS)


def unscoped_head() -> tuple[int, str]:
    """Return number and hash of the last event."""
    head = db.session.get(AuditHead, 1)
    return (head.seq, head.hash) if head else (0, GENESIS)


def unscoped_events(scopes: Iterable[str] | None, number: int, actor_id: str | None = None) -> Page[AuditEvent]:
    """Return one page of events, newest first; `scopes` None means all of them. The caller has checked who asks."""
    wanted = select(AuditEvent).order_by(AuditEvent.seq.desc())
    if scopes is not None:
        wanted = wanted.where(AuditEvent.scope.in_(list(scopes)))
    if actor_id is not None:
        wanted = wanted.where(AuditEvent.actor_id == actor_id)
    return paged(wanted, number)


def keyring(*subject_ids: int) -> Keyring:
    """Return the keys of these subjects in one statement; erased ones are absent."""
    wanted = sorted(set(subject_ids))
    if not wanted:
        return Keyring({})
    rows = db.session.execute(select(SubjectKey.id, SubjectKey.wrapped).where(SubjectKey.id.in_(wanted)))
    master = current_app.extensions["hiringkit.master_key"]
    return Keyring({number: unwrap(master, wrapped) for number, wrapped in rows if wrapped is not None})


def keyring_for(sealed: Iterable[bytes | None]) -> Keyring:
    """Return the keys that open these sealed values."""
    return keyring(*(subject_of(value) for value in sealed if value is not None))
