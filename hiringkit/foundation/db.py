"""The database: one session, one transaction per change, the same promises on SQLite and PostgreSQL."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, Enum, MetaData, String, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_MS = 5000
IN_PASSING_MS = 50
State = TypeVar("State", bound=StrEnum)


class Base(DeclarativeBase):
    """The parent of every table, with one naming convention for constraints."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: refuses naive values, returns aware ones, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone and hand the rest over in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a naive datetime cannot be stored"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment with its zone."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def state_column(states: type[State], name: str) -> Enum:
    """Return a column type for a state enum: text plus a CHECK called after `name`."""
    return Enum(
        states,
        native_enum=False,
        length=40,
        create_constraint=True,
        name=name,
        values_callable=lambda members: [m.value for m in members],
    )


def new_public_id() -> str:
    """Return a random address for a row: 96 bits, 16 characters, safe in URLs."""
    return secrets.token_urlsafe(12)


class PublicId:
    """Mix-in for rows that have a URL."""

    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)


_writing: ContextVar[bool] = ContextVar("writing", default=False)
_depth: ContextVar[int] = ContextVar("depth", default=0)
_broken: ContextVar[bool] = ContextVar("broken", default=False)
_patience: ContextVar[int | None] = ContextVar("patience", default=None)


def expect_writes(*, wanted: bool = True) -> None:
    """Say that the transactions of this request or command will write, so that SQLite locks at once."""
    _writing.set(wanted)


@contextmanager
def transaction() -> Iterator[None]:
    """Run the body in one transaction; the outermost one commits, any error undoes everything.

    An error of an inner one that somebody swallows undoes everything as well: half an act is never kept.
    """
    depth, was_writing = _depth.get(), _writing.get()
    writing = _writing.set(True)
    token = _depth.set(depth + 1)
    if depth == 0:
        _broken.set(False)
    if depth == 0 and not was_writing and db.session().in_transaction():
        # A read transaction cannot be upgraded on SQLite without risking "database is locked".
        db.session.commit()
    try:
        yield
        if depth == 0:
            _commit()
    except BaseException:
        if depth == 0:
            undo()
        else:
            _broken.set(True)
        raise
    finally:
        _depth.reset(token)
        _writing.reset(writing)


def _commit() -> None:
    if _broken.get():
        raise RuntimeError("a part of this transaction failed, so none of it is kept")
    db.session.commit()


def undo() -> None:
    """Undo whatever is open; where the connection is lost, the database has done so by itself."""
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session().invalidate()


@contextmanager
def outside() -> Iterator[None]:
    """Run slow work (hashing, mail, solving) with the guarantee that no transaction is held meanwhile.

    Whatever was read before may have changed when the work is done, so it is read again on its next use.
    """
    if _depth.get():
        message = "slow work must not run inside an operation"
        raise RuntimeError(message)
    if db.session.dirty or db.session.new or db.session.deleted:
        message = "slow work must not run over unsaved changes"
        raise RuntimeError(message)
    db.session.commit()
    assert not db.session().in_transaction()  # noqa: S101  # The promise of this function, spied on by a test.
    db.session.expire_all()
    yield


@contextmanager
def in_passing() -> Iterator[None]:
    """Run a small write that no answer may wait for or fail by: a busy, full or lost database goes without it.

    Whatever the request left unsaved is dropped first, so that nothing but this write is kept.
    """
    undo()
    patience = _patience.set(IN_PASSING_MS)
    try:
        with transaction():
            yield
    except DBAPIError:
        undo()
    finally:
        _patience.reset(patience)


@contextmanager
def snapshot() -> Iterator[Connection]:
    """Yield a connection that sees the database as it is at one moment, and keeps nobody from writing."""
    writing = _writing.set(False)
    try:
        with db.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection
    finally:
        _writing.reset(writing)


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, _record: Any) -> None:
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    patience = _patience.get()
    if patience is not None:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
    finally:
        if patience is not None:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
