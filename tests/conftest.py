"""What every test may use: migrated databases of both kinds, an app on each, and signed-in clients."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings

from hiringkit.app import create_app
from hiringkit.foundation.db import db, expect_writes
from tests import postgres
from tests.compiling import compiled_once
from tests.remembering import Memory
from tests.world import World

FAST = {"argon2_memory_kib": 64, "argon2_passes": 1, "base_url": "https://localhost"}
BOTH = ("sqlite", "postgresql")
__all__ = ["compiled_once"]

# Tests make many objects that live long or not at all: to look for cycles among them often takes a tenth of the time.
gc.set_threshold(100_000, 50, 100)

# How long an example takes says how busy the machine is, and no test says how fast anything must be.
settings.register_profile("hiringkit", deadline=None)
settings.load_profile("hiringkit")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Return the address of a PostgreSQL server: the one named by the environment, or our own."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Callable[[str], Any]:
    """Return a function that gives, per kind, a migrated database to copy from; each is made once."""
    made: dict[str, Any] = {}

    def template(kind: str) -> Any:
        if kind not in made:
            folder = tmp_path_factory.mktemp(f"template-{kind}")
            overrides: dict[str, Any] = {"instance": folder, **FAST}
            if kind == "postgresql":
                url = request.getfixturevalue("postgres_url")
                run_sql(url, "CREATE DATABASE template_migrated")
                overrides["database_url"] = url.replace("/postgres?", "/template_migrated?")
            app = create_app(**overrides)
            with app.app_context():
                upgrade()
                db.engine.dispose()
            made[kind] = folder
        return made[kind]

    return template


def run_sql(url: str, statement: str) -> None:
    """Run one statement outside a transaction."""
    with psycopg.connect(url.replace("+psycopg://", "://"), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(params=BOTH)
def app(request: pytest.FixtureRequest, migrated: Callable[[str], Any], tmp_path: Path) -> Iterator[Flask]:
    """Return an app on a fresh migrated database; a test that uses it runs on both kinds."""
    yield from fresh_app(request.param, request, migrated, tmp_path)


@pytest.fixture
def sqlite_app(request: pytest.FixtureRequest, migrated: Callable[[str], Any], tmp_path: Path) -> Iterator[Flask]:
    """Return an app on SQLite alone, for what does not depend on the database."""
    yield from fresh_app("sqlite", request, migrated, tmp_path)


def fresh_app(
    kind: str, request: pytest.FixtureRequest, migrated: Callable[[str], Any], folder: Path
) -> Iterator[Flask]:
    """Yield an app on a copy of the migrated database, and drop the copy afterwards."""
    expect_writes(wanted=False)  # Whatever an earlier test of this thread expected.
    source = migrated(kind)
    overrides: dict[str, Any] = {"instance": folder, **FAST}
    for name in ("secret.key", "master.key"):
        shutil.copy(source / name, folder / name)
    name = f"t_{os.urandom(6).hex()}"
    url = request.getfixturevalue("postgres_url") if kind == "postgresql" else ""
    if url:
        # A copy of its files is half the work of a copy by way of the log, which is the default.
        run_sql(url, f"CREATE DATABASE {name} TEMPLATE template_migrated STRATEGY FILE_COPY")
        overrides["database_url"] = url.replace("/postgres?", f"/{name}?")
    else:
        shutil.copy(source / "hiringkit.db", folder / "hiringkit.db")
    made = create_app(**overrides)
    made.testing = True
    if "monkeypatch" not in request.fixturenames:
        Memory(made, kind)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()
    if url:
        run_sql(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def world(app: Flask) -> World:
    """Return the factory of people and things, on both databases."""
    return World(app)


@pytest.fixture
def sqlite_world(sqlite_app: Flask) -> World:
    """Return the same on SQLite alone."""
    return World(sqlite_app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser that is signed out."""
    return app.test_client()
