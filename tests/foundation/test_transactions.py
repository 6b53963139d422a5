"""Transactions under nesting, slow work, lost connections and two writers: never half of an act."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, expect_writes, in_passing, outside, snapshot, transaction, undo
from hiringkit.foundation.errors import InvalidError
from hiringkit.people import operations
from hiringkit.people.models import Team
from tests.conftest import run_sql
from tests.faults import failing, locked
from tests.world import World


@pytest.fixture
def writing() -> Iterator[None]:
    """Let the test be what a command is: every transaction of it writes."""
    expect_writes()
    yield
    expect_writes(wanted=False)


def names() -> set[str]:
    """Return the names of the stored teams, as another connection sees them."""
    with db.engine.connect() as connection:
        return set(connection.scalars(select(Team.name)))


def test_inner_failure_that_somebody_swallows_undoes_everything(world: World) -> None:
    def act() -> None:
        with transaction():
            operations.create_team("Kept", by=world.admin, at=now())
            with suppress(InvalidError):
                operations.create_team("Kept", by=world.admin, at=now())

    with pytest.raises(RuntimeError, match="none of it is kept"):
        act()
    assert names() == set()
    operations.create_team("Next", by=world.admin, at=now())
    assert names() == {"Next"}


def test_what_was_read_before_slow_work_is_read_again_after_it(world: World) -> None:
    team = world.team("North")
    assert team.name == "North"
    with outside(), db.engine.begin() as other:
        other.execute(text("UPDATE team SET name = 'South'"))
    assert team.name == "South"


def test_write_in_passing_is_kept_and_drops_what_a_page_left_unsaved(world: World) -> None:
    team, other = world.team("North"), world.team("East")
    team.name = "Changed by a page that only reads"
    with in_passing():
        db.session.execute(text("UPDATE team SET name = 'West' WHERE id = :id"), {"id": other.id})
    assert names() == {"North", "West"}


def test_write_in_passing_does_without_a_broken_database(world: World) -> None:
    team = world.team("North")
    with failing(), in_passing():
        db.session.execute(text("UPDATE team SET name = 'South'"))
    assert names() == {"North"}
    assert team.name == "North"


def test_write_in_passing_does_not_wait_for_a_lock(sqlite_world: World) -> None:
    sqlite_world.team("North")
    before = now()
    with locked(sqlite_world.app), in_passing():
        db.session.execute(text("UPDATE team SET name = 'South'"))
    assert (now() - before).total_seconds() < 2
    assert names() == {"North"}
    assert db.session.scalar(text("PRAGMA busy_timeout")) == 5000


def test_snapshot_sees_one_moment_and_keeps_nobody_from_writing(world: World, writing: None) -> None:
    world.team("North")
    with snapshot() as connection:
        assert connection.scalar(select(func.count()).select_from(Team)) == 1
        operations.create_team("South", by=world.admin, at=now())
        assert connection.scalar(select(func.count()).select_from(Team)) == 1
    assert names() == {"North", "South"}


def test_lost_connection_loses_the_change_and_nothing_else(world: World, writing: None) -> None:
    if db.engine.dialect.name != "postgresql":
        return  # SQLite has no connection to lose.
    admin = world.admin

    def act() -> None:
        own = db.session.scalar(text("SELECT pg_backend_pid()"))
        with transaction():
            db.session.add(Team(name="Lost", created_at=now()))
            run_sql(db.engine.url.render_as_string(hide_password=False), f"SELECT pg_terminate_backend({own})")
            db.session.flush()

    with pytest.raises(OperationalError):
        act()
    undo()
    operations.create_team("Found", by=admin, at=now())
    assert names() == {"Found"}


def begins(app: Flask) -> list[str]:
    """Return a list that grows by every BEGIN of this app's database."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    return seen


def test_posts_lock_from_their_first_read_and_pages_never_do(sqlite_world: World) -> None:
    browser = sqlite_world.browser("admin")
    seen = begins(sqlite_world.app)
    browser.get("/people/teams")
    browser.head("/people/teams")
    browser.options("/people/teams")
    assert set(seen) == {"BEGIN"}
    page = browser.get("/people/teams").get_data(as_text=True)
    fields = {"csrf_token": page.split('name="csrf_token" value="')[1].split('"')[0], "form_key": "k.1"}
    seen.clear()
    assert browser.post("/people/teams", data={**fields, "name": "North"}).status_code == 303
    assert set(seen) == {"BEGIN IMMEDIATE"}, "the viewer is loaded under the lock as well"


def test_read_then_write_by_two_is_never_refused_nor_lost(sqlite_world: World) -> None:
    team_id = sqlite_world.team("0").id

    def count_up() -> None:
        with sqlite_world.app.app_context():
            for _ in range(20):
                with transaction():
                    team = db.session.get_one(Team, team_id, populate_existing=True)
                    team.name = str(int(team.name) + 1)

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names() == {"40"}
