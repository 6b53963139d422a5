"""What a factory wrote to a fresh database is written again for the next test that asks the same, row for row.

A factory works through the operations, and most tests begin with the same few. The first call in a process does
so and what it writes is kept; a later call that finds the database in the same state writes just that, with the
same ids, and gives its result loaded anew. Each test has a database of its own as ever. As soon as a test writes
anything in another way, travels in time or replaces parts of the app, its factories work through the operations again.
"""

import copy
import io
import pickle
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from flask import Flask, current_app
from sqlalchemy import Connection, event, inspect
from time_machine import escape_hatch

from hiringkit.foundation.clock import now
from hiringkit.foundation.db import Base, db, transaction

if TYPE_CHECKING:
    from tests.world import World

P = ParamSpec("P")
Result = TypeVar("Result")
Write = tuple[str, Any]
State = tuple[Any, ...]

PLACE = "tests.memory"
WORLD = 0
READS = ("SELECT", "PRAGMA", "BEGIN", "SHOW")
LONGEST = timedelta(seconds=20)
"""So old may be what a test finds in its database when it begins: a sign-in a minute old notes that it is used."""
MOST = 3_000
UNKEPT = (pickle.PicklingError, TypeError, AttributeError)


@dataclass(frozen=True)
class Kept:
    """What one call wrote and gave."""

    at: datetime
    writes: list[Write]
    given: bytes
    state: State


KEPT: OrderedDict[State, Kept] = OrderedDict()


class Memory:
    """Watches the database of one app: `state` says which factories alone have written to it, or None."""

    def __init__(self, app: Flask, kind: str) -> None:
        self.kind = kind
        self.state: State | None = (kind,)
        self.world: World | None = None
        self.written: list[Write] = []
        self.undone = 0
        self.unsaved: set[int] = set()
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._note)
            event.listen(db.engine, "commit", self._commit)
            event.listen(db.engine, "rollback", self._undo)
            event.listen(db.engine, "rollback_savepoint", self._undo)
        app.extensions[PLACE] = self

    def _note(self, connection: Connection, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(READS):
            self.state = None
            self.unsaved.add(_name(connection))
            self.written.append((statement, _settled(values)))

    def _commit(self, connection: Connection) -> None:
        self.unsaved.discard(_name(connection))

    def _undo(self, connection: Connection, *_: Any) -> None:
        # A connection that was lost has no name any more.
        ended = self.unsaved if connection.invalidated else self.unsaved & {_name(connection)}
        if ended:
            self.unsaved = self.unsaved - ended
            self.state, self.undone = None, self.undone + 1

    def is_known(self) -> bool:
        """Whether factories alone have written, nothing waits to be written, and time is the machine's."""
        pending = db.session.dirty or db.session.new or db.session.deleted
        return self.state is not None and not pending and not escape_hatch.is_travelling()

    def first(self, key: State, factory: Callable[[], Result]) -> Result:
        """Let a factory work, and keep what it wrote and gave unless some of it was undone."""
        at, start, undone = now(), len(self.written), self.undone
        result = factory()
        db.session.flush()
        writes = self.written[start:]
        if not writes:
            return result
        self.state = None
        if self.undone > undone:
            return result
        try:
            given = _packed(self, (result, (self.world.members, self.world.teams) if self.world else None))
        except UNKEPT:
            return result
        self.state = (self.kind, hash(key), at)
        KEPT[key] = Kept(at, writes, given, self.state)
        KEPT.move_to_end(key)
        while len(KEPT) > MOST:
            KEPT.popitem(last=False)
        return result

    def again(self, kept: Kept) -> Any:
        """Write what was kept, and return what was given, loaded from the database as it is now."""
        with transaction():
            connection = db.session.connection()
            self.unsaved.add(_name(connection))
            cursor = connection.connection.cursor()
            for statement, values in kept.writes:
                if isinstance(values, list):
                    cursor.executemany(statement, values)
                    continue
                cursor.execute(statement, values)
                if cursor.description:
                    cursor.fetchall()
            cursor.close()
        self.written += kept.writes
        self.state = kept.state
        for row in list(db.session):
            db.session.refresh(row)
        result, people = _Unpacker(io.BytesIO(kept.given), self).load()
        if self.world and people:
            self.world.members, self.world.teams = people
        return result


def remembered(factory: Callable[P, Result]) -> Callable[P, Result]:
    """Let a factory write what it has written before, when it is asked the same of the same database."""
    bind = signature(factory).bind

    @wraps(factory)
    def make(*args: P.args, **kwargs: P.kwargs) -> Result:
        memory: Memory | None = current_app.extensions.get(PLACE)
        if memory is None or not memory.is_known():
            return factory(*args, **kwargs)
        assert memory.state is not None
        try:
            bound = bind(*args, **kwargs)
            bound.apply_defaults()
            asked = _packed(memory, tuple(bound.arguments.items()))
        except UNKEPT:
            return factory(*args, **kwargs)
        key = (*memory.state, factory.__module__, factory.__qualname__, asked)
        kept = KEPT.get(key)
        if kept is not None and _is_fresh(kept):
            return memory.again(kept)  # type: ignore[no-any-return]  # As it was given.
        return memory.first(key, lambda: factory(*args, **kwargs))

    return make


def _is_fresh(kept: Kept) -> bool:
    """Whether it was written lately and in the same hour, so that no day of any zone has begun since."""
    at = now()
    same_hour = at.replace(minute=0, second=0, microsecond=0) <= kept.at
    return same_hour and timedelta() <= at - kept.at <= LONGEST


def _name(connection: Connection) -> int:
    return id(connection.connection.dbapi_connection)


def _settled(values: Any) -> Any:
    """Return values as they are now: what a driver has not yet sent may change after."""
    if isinstance(values, dict):
        return {name: _settled(one) for name, one in values.items()}
    if isinstance(values, list | tuple):
        return type(values)(_settled(one) for one in values)
    return bytes(values) if isinstance(values, memoryview) else copy.deepcopy(values)


def _packed(memory: Memory, value: Any) -> bytes:
    stream = io.BytesIO()
    _Packer(stream, memory).dump(value)
    return stream.getvalue()


class _Packer(pickle.Pickler):
    """Names stored rows by their keys, and the world, which each test has of its own."""

    def __init__(self, stream: io.BytesIO, memory: Memory) -> None:
        super().__init__(stream)
        self.memory = memory

    def persistent_id(self, value: Any) -> Any:
        if value is self.memory.world and value is not None:
            return WORLD
        if not isinstance(value, Base):
            return None
        state: Any = inspect(value)
        if not state.persistent or set(state.mapper.relationships.keys()) & set(state.dict):
            message = "a row that is not stored, or that carries others"
            raise pickle.PicklingError(message)
        return (type(value), state.identity)


class _Unpacker(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, memory: Memory) -> None:
        super().__init__(stream)
        self.memory = memory

    def persistent_load(self, name: Any) -> Any:
        if name == WORLD:
            return self.memory.world
        kind, identity = name
        return db.session.get_one(kind, identity)
