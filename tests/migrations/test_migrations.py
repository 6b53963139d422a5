"""Migrations: they make what the models say, go both ways with rows in the tables, and keep the triggers."""

import logging
from collections.abc import Iterator

import pytest
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import func, inspect, select, table, text
from sqlalchemy.exc import DBAPIError

from hiringkit.audit.queries import unscoped_break
from hiringkit.demo.story import tell
from hiringkit.foundation.append_only import APPEND_ONLY
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import Base, db, transaction
from hiringkit.openings import operations as openings
from hiringkit.openings.models import Opening
from tests.openings.factories import opening
from tests.world import World

LATER: tuple[str, ...] = ()
"""Tables that the demo does not fill yet."""


def steps() -> list[str]:
    """Return the revisions from the newest to the first."""
    folder = current_app.extensions["migrate"].directory
    return [script.revision for script in ScriptDirectory(folder).walk_revisions()]


def counts() -> dict[str, int]:
    """Return how many rows each present table holds."""
    names = set(inspect(db.engine).get_table_names()) & set(Base.metadata.tables)
    found = {name: db.session.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}
    db.session.rollback()
    return found


@pytest.fixture
def told(app: Flask) -> Iterator[Flask]:
    """Return an app whose tables hold the rows of the demo."""
    tell("amber-birch-cedar-12", now(), lambda _line: None)
    db.session.commit()
    yield app
    db.session.rollback()


def test_migrations_make_what_the_models_say(app: Flask) -> None:
    logger = logging.getLogger("somebody.elses")
    assert app.name == "hiringkit"
    check()
    downgrade(revision="base")
    assert counts() == {}
    upgrade()
    check()
    assert not logger.disabled


def test_each_step_goes_both_ways_and_leaves_other_tables_alone(told: Flask) -> None:
    full = counts()
    assert told.name == "hiringkit"
    assert sum(full.values()) > 1000
    unused = set(LATER) | {
        "amendment",
        "drift_alarm",  # The people of the demo met too few candidates for anybody's line to begin.
        "outbox_mail",
        "throttle_hit",
        "form_key",
        "disclosure_withdrawal",
        "setup_code",
        "sign_in",
    }
    assert {name for name, rows in full.items() if not rows} <= unused
    for revision in [*steps()[1:], "base"]:
        downgrade(revision=revision)
        left = counts()
        assert {name: full[name] for name in left} == left
        if "audit_event" in left:
            assert unscoped_break() is None
            db.session.rollback()
            check_triggers(left)
    upgrade()
    check()
    assert set(counts()) == set(full)
    check_triggers(counts())


def test_when_an_opening_was_first_open_is_told_from_the_record(world: World) -> None:
    ways = {
        "Draft": (),
        "Open": ("open",),
        "Never": ("close",),
        "Late": ("close", "reopen", "pause"),
        "Over": ("open", "close"),
    }
    for title, moves in ways.items():
        row = opening(world, title)
        for move in moves:
            openings.move_opening(row, move, by=world.actor("manager"), at=now())
    wanted = select(Opening.title, Opening.opened_at).order_by(Opening.id)
    before = db.session.execute(wanted).all()
    assert [title for title, opened_at in before if opened_at] == ["Open", "Late", "Over"]
    db.session.commit()
    downgrade(revision="2026_11_27_1_disclosures")
    upgrade()
    assert db.session.execute(wanted).all() == before
    db.session.rollback()


def check_triggers(present: dict[str, int]) -> None:
    """Try to delete from every table that only grows."""
    for name in APPEND_ONLY:
        if present.get(name):
            with pytest.raises(DBAPIError, match="append-only"), transaction():
                db.session.execute(text(f"DELETE FROM {name}"))  # noqa: S608  # A name from our own list.
