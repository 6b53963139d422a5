"""What `hiringkit doctor` looks at; each finding says how it is and the one thing that mends it."""

import smtplib
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from hiringkit.audit.queries import unscoped_verdict
from hiringkit.foundation.db import db
from hiringkit.foundation.migrating import newest_revision, present_revision
from hiringkit.foundation.settings import DATABASE_FILE, Settings

UNREACHABLE = "Check the address and that the server runs."
REMEDIES = {
    "mail": "Check the smtp_* settings and that the mail server runs.",
    "secrets": "Check the instance folder; without master.key no sealed text can be read.",
}
OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO
SMTP_SECONDS = 5


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    what: str
    is_well: bool
    words: str
    remedy: str = ""


def examine(app: Flask) -> list[Finding]:
    """Look at everything; what cannot be looked at is itself a finding."""
    settings: Settings = app.extensions["hiringkit.settings"]
    looks: tuple[tuple[str, Callable[[Settings], Finding]], ...] = (
        ("database", _database),
        ("migrations", _migrations),
        ("secrets", _secrets),
        ("mail", _mail),
        ("record", _record),
    )
    findings = []
    for what, look in looks:
        try:
            findings.append(look(settings))
        except (SQLAlchemyError, OSError) as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            findings.append(Finding(what, is_well=False, words=reason, remedy=REMEDIES.get(what, UNREACHABLE)))
    return findings


def _database(settings: Settings) -> Finding:
    kind = "PostgreSQL" if settings.is_postgresql else "SQLite"
    with db.engine.connect() as connection:
        if settings.is_postgresql:
            connection.execute(text("SELECT 1"))
            return Finding("database", is_well=True, words=f"{kind} answers")
        mode = connection.execute(text("PRAGMA journal_mode")).scalar()
        keys = connection.execute(text("PRAGMA foreign_keys")).scalar()
    well = mode == "wal" and keys == 1
    return Finding(
        "database",
        is_well=well,
        words=f"{kind}, journal {mode}, foreign keys {'on' if keys else 'off'}",
        remedy="Move the instance folder to a local disk.",
    )


def _migrations(_settings: Settings) -> Finding:
    present, newest = present_revision(), newest_revision()
    words = f"at {present or 'nothing'}" + ("" if present == newest else f", needs {newest}")
    return Finding("migrations", is_well=present == newest, words=words, remedy="Run `hiringkit init`.")


def _secrets(settings: Settings) -> Finding:
    names = ["secret.key", "master.key"] + ([] if settings.database_url else [DATABASE_FILE])
    loose = [name for name in names if _is_open_to_others(settings.instance / name)]
    if loose:
        files = " ".join(loose)
        return Finding(
            "secrets",
            is_well=False,
            words=f"others may read {files}",
            remedy=f"Run `chmod 600 {files}` in the instance folder.",
        )
    return Finding("secrets", is_well=True, words="the files are for the owner alone")


def _is_open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & OTHERS_MAY)


def _mail(settings: Settings) -> Finding:
    if not settings.smtp_host:
        return Finding("mail", is_well=True, words="no mail server is set; links are shown once to whoever makes them")
    kind = smtplib.SMTP_SSL if settings.smtp_security == "tls" else smtplib.SMTP
    with kind(settings.smtp_host, settings.smtp_port, timeout=SMTP_SECONDS) as server:
        code, _ = server.noop()
    well = code == 250  # noqa: PLR2004  # SMTP's "fine".
    return Finding("mail", is_well=well, words=f"{settings.smtp_host} answers {code}", remedy=REMEDIES["mail"])


def _record(_settings: Settings) -> Finding:
    if present_revision() is None:
        return Finding("record", is_well=False, words="there is no record yet", remedy="Run `hiringkit init`.")
    verdict = unscoped_verdict()
    if verdict.broken:
        return Finding(
            "record",
            is_well=False,
            words=f"breaks at event {verdict.broken.seq}: {verdict.broken.reason}",
            remedy="Restore a backup from before, and keep this database for whoever asks what happened.",
        )
    return Finding("record", is_well=True, words=f"{verdict.seq} events hold, head {verdict.hash[:12]}…")
