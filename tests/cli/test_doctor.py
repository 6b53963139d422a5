"""Every finding of `hiringkit doctor` can be brought about, is named, and goes away when it is mended."""

from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from flask import Flask
from sqlalchemy import text

from hiringkit.cli import doctor
from hiringkit.cli.doctor import Finding
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.settings import Settings
from tests.cli.conftest import Run
from tests.cli.test_commands import free_port
from tests.faults import failing
from tests.world import World


def findings(app: Flask) -> dict[str, Finding]:
    """Look everything over."""
    db.session.rollback()
    return {finding.what: finding for finding in doctor.examine(app)}


def problems(app: Flask) -> list[str]:
    found = findings(app).values()
    assert all(f.remedy for f in found if not f.is_well), "a problem without what mends it"
    return [f.what for f in found if not f.is_well]


def test_sound_instance_has_no_problem(world: World) -> None:
    own_files(world.app)
    assert problems(world.app) == []
    assert list(findings(world.app)) == ["database", "migrations", "secrets", "mail", "record"]


def own_files(app: Flask) -> None:
    for file in Path(app.instance_path).iterdir():
        file.chmod(0o600)


@pytest.mark.parametrize("name", ["secret.key", "master.key", "hiringkit.db"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_file_that_others_may_read_is_named(sqlite_app: Flask, name: str, mode: int) -> None:
    own_files(sqlite_app)
    file = Path(sqlite_app.instance_path) / name
    file.chmod(mode)
    finding = findings(sqlite_app)["secrets"]
    assert not finding.is_well
    assert name in finding.words
    assert f"chmod 600 {name}" in finding.remedy
    file.chmod(0o600)
    assert problems(sqlite_app) == []


def test_lost_key_is_named(sqlite_app: Flask) -> None:
    (Path(sqlite_app.instance_path) / "master.key").unlink()
    assert "secrets" in problems(sqlite_app)


def test_missing_migration_is_named(app: Flask) -> None:
    own_files(app)
    with transaction():
        newest = db.session.scalar(text("SELECT version_num FROM alembic_version"))
        db.session.execute(text("UPDATE alembic_version SET version_num = '2026_11_22_1_people'"))
    finding = findings(app)["migrations"]
    assert not finding.is_well
    assert f"needs {newest}" in finding.words
    assert "hiringkit init" in finding.remedy


def test_instance_without_tables_needs_init(run: Run) -> None:
    done = run("doctor")
    assert done.exit_code == 1
    assert "problem  migrations: at nothing" in done.stdout
    assert "problem  record: there is no record yet" in done.stdout
    assert done.stdout.count("Run `hiringkit init`.") == 2


def with_mail(app: Flask, port: int) -> None:
    settings: Settings = app.extensions["hiringkit.settings"]
    mail = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"}
    app.extensions["hiringkit.settings"] = replace(settings, **mail)  # type: ignore[arg-type]


def test_unreachable_mail_server_is_named_until_it_runs(sqlite_app: Flask) -> None:
    own_files(sqlite_app)
    port = free_port()
    with_mail(sqlite_app, port)
    finding = findings(sqlite_app)["mail"]
    assert not finding.is_well
    assert "refused" in finding.words
    assert "smtp_" in finding.remedy
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        assert problems(sqlite_app) == []
    finally:
        server.stop()


def test_broken_chain_is_named_with_its_first_event(world: World) -> None:
    own_files(world.app)
    world.team()
    trigger = (
        "audit_event_no_update" if db.engine.dialect.name == "sqlite" else "audit_event_append_only ON audit_event"
    )
    with transaction():
        db.session.execute(text(f"DROP TRIGGER {trigger}"))
        db.session.execute(text("UPDATE audit_event SET actor_id = 'somebody else' WHERE seq = 2"))
    finding = findings(world.app)["record"]
    assert not finding.is_well
    assert "breaks at event 2" in finding.words
    assert problems(world.app) == ["record"]


def test_cut_tail_is_named(world: World) -> None:
    with transaction():
        db.session.execute(text("UPDATE audit_head SET seq = seq + 1"))
    assert "the head says" in findings(world.app)["record"].words


def test_unusable_database_is_named_wherever_it_is_needed(app: Flask) -> None:
    own_files(app)
    with failing():
        assert problems(app) == ["database", "migrations", "record"]


def test_unreachable_postgresql_is_a_finding_and_no_crash(run: Run) -> None:
    done = run("doctor", HIRINGKIT_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert done.exit_code == 1
    assert done.stderr == ""
    assert "problem  database: connection failed" in done.stdout
    assert "ok       secrets" in done.stdout
