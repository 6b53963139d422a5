"""The site that is measured: one published opening with its loop, then many candidates and many openings."""

from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, select

from hiringkit.app import create_app
from hiringkit.audit.models import SubjectKey
from hiringkit.candidates.models import Candidate
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, new_public_id
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningState
from tests.disclosures.factories import published
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.world import World

FIRST = 100_000
"""Ids from here on are those of copies."""
SETTINGS = {"argon2_memory_kib": 64, "argon2_passes": 1, "base_url": "http://127.0.0.1"}


def make_site(folder: Path) -> tuple[Flask, str]:
    """Make a site in a folder; return its app and the address of its one disclosure."""
    app = create_app(instance=folder, **SETTINGS)
    with app.app_context():
        upgrade()
        world = World(app)
        row = opening(world, state="open")
        published(world, row)
        loop_version(world, row)
        return app, f"/careers/{row.slug}"


def add_candidates(app: Flask, count: int) -> None:
    """Add so many candidates to the one team."""
    with app.app_context():
        team_id = db.session.scalars(select(Opening.team_id)).first()
        numbers = range(FIRST, FIRST + count)
        if numbers:
            db.session.execute(insert(SubjectKey), [_key(number) for number in numbers])
            db.session.execute(insert(Candidate), [_candidate(number, team_id) for number in numbers])
        db.session.commit()


def _key(number: int) -> dict[str, object]:
    return {"id": number, "kind": "candidate", "created_at": now(), "wrapped": b""}


def _candidate(number: int, team_id: int | None) -> dict[str, object]:
    return {
        "id": number,
        "public_id": new_public_id(),
        "team_id": team_id,
        "subject_id": number,
        "name": f"Candidate {number}",
        "email": f"candidate-{number}@example.com",
        "zone": "America/Chicago",
        "created_at": now(),
    }


def add_openings(app: Flask, count: int) -> None:
    """Copy the one opening with its published version so many times."""
    with app.app_context():
        row = db.session.scalars(select(Opening)).one()
        version = db.session.scalars(select(DisclosureVersion)).one()
        columns = {column.key: getattr(row, column.key) for column in Opening.__table__.columns}
        copied = {column.key: getattr(version, column.key) for column in DisclosureVersion.__table__.columns}
        openings, versions = [], []
        for number in range(FIRST, FIRST + count):
            own = {"id": number, "public_id": new_public_id(), "slug": f"copy-{number}", "title": f"Copy {number}"}
            openings.append({**columns, **own, "state": OpeningState.OPEN})
            versions.append({**copied, "id": number, "public_id": new_public_id(), "opening_id": number})
        if openings:
            db.session.execute(insert(Opening), openings)
            db.session.execute(insert(DisclosureVersion), versions)
        db.session.commit()
