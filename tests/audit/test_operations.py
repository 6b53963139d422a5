"""An operation writes its change and its event together, or neither; the record cannot be changed afterwards."""

from datetime import datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import unscoped_break, unscoped_head
from hiringkit.foundation.access import Actor
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, transaction
from hiringkit.people import operations as people
from hiringkit.people.models import Team
from tests.world import World


@operation("test:outer")
def outer(name: str, *, fail: bool, by: Actor, at: datetime) -> Recorded[Team]:
    """Make a team through the real operation, as a nested act."""
    team = people.create_team(name, by=by, at=at)
    if fail:
        raise RuntimeError("after the inner operation")
    return Recorded(team, about=team)


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def test_nested_operation_has_its_own_event_with_the_outer_one_as_cause(world: World) -> None:
    outer("North", fail=False, by=world.admin, at=now())
    last = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(2)).all()
    inner, outermost = last
    assert (outermost.tag, inner.tag) == ("test:outer", "team:created")
    assert inner.cause == outermost.seq
    assert unscoped_break() is None


def test_failure_after_the_inner_operation_undoes_all_of_it(world: World) -> None:
    before = count()
    with pytest.raises(RuntimeError):
        outer("South", fail=True, by=world.admin, at=now())
    assert count() == before
    assert db.session.scalar(select(Team).where(Team.name == "South")) is None
    assert unscoped_break() is None


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit_event SET actor_id = 'x' WHERE seq = 1",
        "DELETE FROM audit_event WHERE seq = 1",
        "REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 1",
        "TRUNCATE audit_event CASCADE",
    ],
)
def test_record_refuses_changes(world: World, attack: str) -> None:
    sqlite = db.engine.dialect.name == "sqlite"
    if attack.startswith("TRUNCATE" if sqlite else "REPLACE"):
        return  # This database has no such statement.
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(text(attack))
    assert unscoped_break() is None


def test_verification_names_the_first_bad_row_when_the_triggers_were_removed(world: World) -> None:
    world.team()
    seq, _ = unscoped_head()
    with transaction():
        if db.engine.dialect.name == "sqlite":
            db.session.execute(text("DROP TRIGGER audit_event_no_update"))
        else:
            db.session.execute(text("DROP TRIGGER audit_event_append_only ON audit_event"))
        db.session.execute(text("UPDATE audit_event SET subject_id = 'other' WHERE seq = :seq"), {"seq": seq})
    broken = unscoped_break()
    assert broken is not None
    assert broken.seq == seq


def test_event_holds_no_name_or_address(world: World) -> None:
    world.member("ana")
    stored = " ".join(
        f"{e.actor_id} {e.subject_id} {e.scope} {e.content}" for e in db.session.scalars(select(AuditEvent)).all()
    )
    assert "example.org" not in stored
    assert "Ana" not in stored
