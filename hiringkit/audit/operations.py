"""`@operation`: the only way to change something, writing the change and its event in one transaction."""

import functools
import secrets
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, ParamSpec, TypeVar

from flask import current_app
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent, AuditHead, SubjectKey
from hiringkit.audit.rules import GENESIS, Link, canonical, link_hash
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.reactions import react
from hiringkit.foundation.sealing import KEY_BYTES, Keyring, wrap

P = ParamSpec("P")
Result = TypeVar("Result")
EMITTED: set[str] = set()
"""Every tag that some operation emits; the reactions table is checked against it."""


@dataclass(frozen=True)
class Recorded(Generic[Result]):
    """What an operation hands back: its result, and what its event says.

    `about` is the row the event is about (its public_id is used) or an id; `scope` is "site" or the
    public id of the opening it belongs to; `values` hold ids, states and numbers, never a name or text.
    """

    result: Result
    about: Any
    scope: str = "site"
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class _Pending:
    tag: str
    by: Actor
    at: datetime
    cause: "_Pending | None"
    recorded: Recorded[Any] | None = None
    seq: int = 0


_open: ContextVar[tuple[_Pending, ...]] = ContextVar("open_operations", default=())
_entered: ContextVar[list[_Pending] | None] = ContextVar("entered_operations", default=None)


def operation(tag: str) -> Callable[[Callable[P, Recorded[Result]]], Callable[P, Result]]:
    """Make a verb of a function `(..., by: Actor, at: datetime) -> Recorded`.

    The outermost operation commits change and events together; nested ones write their own event with
    the outer one as cause. Reactions to the tag run after the change, inside the same transaction.
    """
    EMITTED.add(tag)

    def decorate(body: Callable[P, Recorded[Result]]) -> Callable[P, Result]:
        @functools.wraps(body)
        def run(*args: P.args, **kwargs: P.kwargs) -> Result:
            by, at = kwargs["by"], kwargs["at"]
            assert isinstance(by, Actor)  # noqa: S101  # A programming error, not a refusal.
            assert isinstance(at, datetime)  # noqa: S101  # As above.
            stack = _open.get()
            pending = _Pending(tag, by, at, stack[-1] if stack else None)
            with transaction(), _entering(pending, stack):
                pending.recorded = recorded = body(*args, **kwargs)
                db.session.flush()
                react(tag, _subject_id(recorded.about), by=Actor.system(), at=at)
            return recorded.result

        run.tag = tag  # type: ignore[attr-defined]  # House tests read which tag an operation emits.
        return run

    return decorate


class _entering:  # noqa: N801  # Used as a `with` statement's word only.
    """Keep the stack of open operations; the outermost one writes all events at its end."""

    def __init__(self, pending: _Pending, stack: tuple[_Pending, ...]) -> None:
        self.pending, self.stack = pending, stack

    def __enter__(self) -> None:
        self.opened = _open.set((*self.stack, self.pending))
        entered = _entered.get() if self.stack else []
        assert entered is not None  # noqa: S101  # Set by the outermost operation.
        entered.append(self.pending)
        self.listed = _entered.set(entered)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        entered = _entered.get()
        _open.reset(self.opened)
        _entered.reset(self.listed)
        if kind is None and not self.stack:
            _write(entered or [])


def _write(entered: list[_Pending]) -> None:
    db.session.flush()
    head = db.session.scalar(
        select(AuditHead).where(AuditHead.id == 1).with_for_update().execution_options(populate_existing=True)
    )
    if head is None:
        head = AuditHead(id=1, seq=0, hash=GENESIS)
        db.session.add(head)
    for pending in entered:
        if pending.recorded is None:  # It failed and somebody swallowed that; the transaction will not be kept.
            continue
        pending.seq = head.seq + 1
        event = _event(pending, head.hash)
        db.session.add(event)
        head.seq, head.hash = event.seq, event.hash
    db.session.flush()


def _event(pending: _Pending, previous: str) -> AuditEvent:
    recorded = pending.recorded
    assert recorded is not None  # noqa: S101  # The caller has checked.
    link = Link(
        seq=pending.seq,
        at=pending.at,
        actor_kind=pending.by.kind.value,
        actor_id=pending.by.id,
        tag=pending.tag,
        subject_id=_subject_id(recorded.about),
        scope=recorded.scope,
        cause=pending.cause.seq if pending.cause else None,
        content=canonical(recorded.values),
        previous_hash=previous,
    )
    fields = {name: getattr(link, name) for name in Link.__dataclass_fields__ if name != "hash"}
    return AuditEvent(**fields, hash=link_hash(link))


def _subject_id(about: Any) -> str:
    return about if isinstance(about, str) else str(about.public_id)


def new_subject(kind: str, at: datetime) -> tuple[SubjectKey, Keyring]:
    """Make the key of a new person; called by the operation that adds the person's row."""
    key = secrets.token_bytes(KEY_BYTES)
    subject = SubjectKey(kind=kind, wrapped=wrap(current_app.extensions["hiringkit.master_key"], key), created_at=at)
    db.session.add(subject)
    db.session.flush()
    return subject, Keyring({subject.id: key})
