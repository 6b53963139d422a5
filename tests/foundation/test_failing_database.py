"""Locked, full, or away: the page is a styled 503 with the text kept, all or nothing is stored, and reading goes on."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.foundation import db as database
from hiringkit.foundation.access import public
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, transaction
from hiringkit.people.models import SignIn, Team
from tests.conftest import run_sql
from tests.faults import failing, locked
from tests.world import HIDDEN, Browser, World

TYPED = "The long name I typed"


def team_form(browser: Browser) -> dict[str, str]:
    """Return the fields of a new team, ready to post."""
    page = browser.get("/people/teams").get_data(as_text=True)
    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'action="/people/teams"' in f)
    return {**dict(HIDDEN.findall(form)), "name": TYPED}


def stored() -> tuple[int, int]:
    """Return how many teams and events there are."""
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count()).select_from(t)) or 0 for t in (Team, AuditEvent))  # type: ignore[return-value]


@pytest.fixture
def impatient(sqlite_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Return a world whose database waits a moment for a lock and not five seconds."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 100)
    db.session.remove()
    db.engine.dispose()
    yield sqlite_world
    db.engine.dispose()


def test_failure_at_any_statement_of_a_post_stores_all_or_nothing_and_keeps_the_text(world: World) -> None:
    browser = world.browser("admin")
    data = team_form(browser)
    teams, events = stored()
    for nth in range(1, 40):
        with failing(nth, nth):
            answer = browser.post("/people/teams", data=data)
        if answer.status_code == 303:
            break
        assert answer.status_code == 503, f"at statement {nth}"
        assert TYPED in answer.get_data(as_text=True)
        assert stored() == (teams, events)
    assert nth > 8
    assert stored() == (teams + 1, events + 1)
    assert unscoped_break() is None


def test_database_that_is_away_leaves_a_page_with_the_text(world: World) -> None:
    browser = world.browser("admin")
    data = team_form(browser)
    with failing():
        answers = [browser.post("/people/teams", data=data), browser.get("/people/teams"), browser.get("/sign-out")]
    assert [a.status_code for a in answers] == [503, 503, 405]
    body = answers[0].get_data(as_text=True)
    assert f'<input type="hidden" name="name" value="{TYPED}">' in body
    assert f'name="form_key" value="{data["form_key"]}"' in body, "a form that was taken after all is not taken twice"
    assert all("<main" in a.get_data(as_text=True) for a in answers)
    assert browser.post("/people/teams", data=data).status_code == 303


def test_postgresql_that_takes_no_connection_is_503_and_recovers(world: World) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    browser, server = world.browser("admin"), db.engine.url.set(database="postgres")
    address, name = server.render_as_string(hide_password=False), db.engine.url.database
    db.session.remove()
    run_sql(address, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    run_sql(address, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608  # The name is the test's own.
    answer = browser.get("/people/teams")
    run_sql(address, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert answer.status_code == 503
    assert "<main" in answer.get_data(as_text=True)
    assert browser.get("/people/teams").status_code == 200


def test_lock_of_another_process_is_503_for_posts_and_nothing_for_pages(impatient: World) -> None:
    browser = impatient.browser("admin")
    data = team_form(browser)
    with locked(impatient.app):
        answer = browser.post("/people/teams", data=data)
        assert browser.get("/people/teams").status_code == 200
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert TYPED in answer.get_data(as_text=True)
    assert "Ada Admin" in answer.get_data(as_text=True), "reading works, so the page knows its reader"
    assert browser.post("/people/teams", data=data).status_code == 303


def test_full_disk_is_503_for_posts_and_reading_goes_on(sqlite_world: World) -> None:
    browser = sqlite_world.browser("admin")
    data = team_form(browser) | {"name": "x" * 120}
    db.session.remove()
    db.engine.dispose()
    with db.engine.connect() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
    limit = f"PRAGMA max_page_count={pages}"
    codes: list[int] = []
    for _ in range(400):
        with db.engine.connect() as connection:
            connection.connection.driver_connection.execute(limit)  # type: ignore[union-attr]
        key = {"form_key": f"full.{len(codes)}", "name": f"{len(codes)} {'x' * 100}"}
        codes.append(browser.post("/people/teams", data=data | key).status_code)
        if codes[-1] != 303:
            break
    assert codes[-1] == 503
    assert browser.get("/people/teams").status_code == 200
    db.engine.dispose()
    assert browser.post("/people/teams", data=data).status_code == 303
    assert unscoped_break() is None


def seen() -> list[str]:
    db.session.rollback()
    return [str(moment) for moment in db.session.scalars(select(SignIn.seen_at))]


def test_noting_a_visit_never_breaks_the_answer(impatient: World) -> None:
    browser = impatient.browser("admin")
    before = seen()
    with time_machine.travel(now() + timedelta(minutes=5), tick=True):
        with locked(impatient.app):
            assert browser.get("/account").status_code == 200
        with failing(only="UPDATE sign_in"):
            assert browser.get("/account").status_code == 200
            assert browser.get("/people/nothing-here").status_code == 404
        assert seen() == before
        assert browser.get("/account").status_code == 200
        assert seen() != before


def test_noting_a_visit_keeps_nothing_that_a_page_changed_by_mistake(world: World) -> None:
    world.team("North")

    @public
    def careless() -> str:
        from hiringkit.people.sessions import viewer

        assert viewer() is not None
        db.session.scalars(select(Team)).one().name = "Changed by a page"
        return "done"

    world.app.add_url_rule("/careless", "careless", careless)
    browser = world.browser("admin")
    with time_machine.travel(now() + timedelta(minutes=5), tick=True):
        assert browser.get("/careless").data == b"done"
    assert db.session.scalar(select(Team.name)) == "North"


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError, NoConnectionError])
def test_every_way_to_lose_the_database_is_503(sqlite_app: Flask, kind: type[Exception]) -> None:
    error = kind("no connection left") if kind is NoConnectionError else kind("SELECT 1", {}, Exception("gone"))

    @public
    def broken() -> str:
        raise error

    sqlite_app.add_url_rule("/broken", "broken", broken)
    assert sqlite_app.test_client().get("/broken", base_url="https://localhost").status_code == 503


def test_errors_name_no_values(sqlite_world: World) -> None:
    def act() -> None:
        with transaction():
            db.session.add_all(Team(name="Ines Moreau", created_at=now()) for _ in range(2))

    with pytest.raises(IntegrityError) as caught:
        act()
    assert "team.name" in str(caught.value)
    assert "Ines" not in str(caught.value)
