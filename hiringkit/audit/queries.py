"""Reads of the record and of subject keys."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from flask import current_app
from sqlalchemy import Connection, select

from hiringkit.audit.models import AuditEvent, AuditHead, SubjectKey
from hiringkit.audit.rules import GENESIS, Break, Link, first_break
from hiringkit.foundation.db import db, snapshot
from hiringkit.foundation.paging import Page, paged
from hiringkit.foundation.sealing import Keyring, subject_of, unwrap

SITE = "site"
BATCH = 1000
HEAD = select(AuditHead.seq, AuditHead.hash).where(AuditHead.id == 1)


@dataclass(frozen=True)
class Verdict:
    """What a walk over the whole record found: its first break, if any, and the head it was measured against."""

    broken: Break | None
    seq: int
    hash: str


def unscoped_verdict() -> Verdict:
    """Walk the stored record as it is at this moment; whoever writes meanwhile is not kept waiting."""
    with snapshot() as connection:
        seq, chain_hash = connection.execute(HEAD).one_or_none() or (0, GENESIS)
        return Verdict(first_break(_chain(connection), seq, chain_hash), seq, chain_hash)


def _chain(connection: Connection) -> Iterator[Link]:
    """Yield the record in order, a thousand events at a time; its columns are the fields of a link, in order."""
    columns = [getattr(AuditEvent, field.name) for field in fields(Link)]
    wanted = select(*columns).order_by(AuditEvent.seq).execution_options(yield_per=BATCH)
    with connection.execute(wanted) as rows:
        for row in rows:
            yield Link(*row)


def unscoped_break() -> Break | None:
    """Return the first break of the stored record, or None."""
    return unscoped_verdict().broken


def unscoped_head() -> tuple[int, str]:
    """Return number and hash of the last event."""
    head = db.session.execute(HEAD).one_or_none()
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
