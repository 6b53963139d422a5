"""What factories write again is what they wrote through the operations, and nothing else is ever written again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.people import operations
from tests.conftest import BOTH, fresh_app
from tests.openings.factories import opening
from tests.remembering import KEPT, PLACE, Memory
from tests.world import World

Rows = dict[str, list[Any]]
Fresh = Callable[[], Any]


@pytest.fixture(params=BOTH)
def fresh(request: pytest.FixtureRequest, migrated: Callable[[str], Any], tmp_path: Path) -> Fresh:
    """Return a function that gives an app on a database of its own for the length of a block."""
    folders = (tmp_path / str(number) for number in range(9))

    @contextmanager
    def app() -> Iterator[Flask]:
        folder = next(folders)
        folder.mkdir()
        yield from fresh_app(request.param, request, migrated, folder)

    KEPT.clear()
    return app


def rows() -> Rows:
    return {
        table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in db.metadata.sorted_tables
    }


def test_what_is_written_again_is_the_same_row_for_row(fresh: Fresh) -> None:
    stored, names = [], []
    for _ in range(2):
        with fresh() as app:
            made = opening(World(app))
            names.append((made.public_id, made.state, made.created_at))
            stored.append(rows())
    assert stored[0]["audit_event"]
    assert stored[0] == stored[1]
    assert names[0] == names[1]


def test_what_is_written_again_is_as_much_as_operations_write(fresh: Fresh) -> None:
    counts = []
    for is_known in (True, True, False):
        with fresh() as app:
            if not is_known:
                del app.extensions[PLACE]
            opening(World(app))
            counts.append({name: len(found) for name, found in rows().items()})
    assert counts[0] == counts[1] == counts[2]


def test_a_database_that_was_written_otherwise_hears_nothing_again(fresh: Fresh) -> None:
    names = []
    for team in ("Billing", "Supply"):
        with fresh() as app:
            world = World(app)
            operations.create_team(team, by=world.admin, at=now())
            memory: Memory = app.extensions[PLACE]
            assert memory.state is None
            names.append(opening(world).public_id)
    assert names[0] != names[1]


def test_another_question_has_another_answer(fresh: Fresh) -> None:
    for title in ("Manager", "Clerk"):
        with fresh() as app:
            assert opening(World(app), title).title == title


def test_a_change_that_was_undone_is_kept_for_nobody(fresh: Fresh) -> None:
    with fresh() as app:
        world = World(app)
        opening(world)
        memory: Memory = app.extensions[PLACE]
        assert memory.is_known()
        world.members["manager"].name = "Somebody Else"
        db.session.flush()
        db.session.rollback()
        assert memory.state is None
        assert memory.undone == 1
