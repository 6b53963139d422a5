"""Ways to break a database under a test, and to let two things happen at once."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from hiringkit.foundation.db import db

Result = TypeVar("Result")


@contextmanager
def failing(first: int = 1, last: int | None = None, *, only: str = "") -> Iterator[None]:
    """Make the statements from the first to the last (all later ones without it) fail as on a full disk.

    `only` counts and fails those alone that begin with it.
    """
    seen = 0

    def fail(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal seen
        if not statement.startswith(only):
            return
        seen += 1
        if first <= seen and (last is None or seen <= last):
            raise OperationalError(statement, {}, Exception("database or disk is full"))

    event.listen(db.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", fail)


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Hold SQLite's write lock, as another process would."""
    holder = sqlite3.connect(Path(app.instance_path) / "hiringkit.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def at_once(*acts: Callable[[], Result]) -> list[Result]:
    """Run the acts at the same moment, each in a thread, and return what each returned."""
    start, results, errors = threading.Barrier(len(acts)), dict[int, Result](), list[BaseException]()

    def run(number: int, act: Callable[[], Result]) -> None:
        start.wait(10)
        try:
            results[number] = act()
        except BaseException as error:  # noqa: BLE001  # It is raised again in the test's own thread.
            errors.append(error)

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if errors:
        raise errors[0]
    return [results[number] for number in range(len(acts))]
