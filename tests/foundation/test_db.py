"""One transaction a change on both databases: all or nothing, whichever database call fails."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import UtcDateTime, db, outside, transaction
from hiringkit.people import operations
from hiringkit.people.models import Team
from tests.faults import failing
from tests.world import World


@given(
    st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-8))])
    )
)
def test_moment_comes_back_as_the_same_moment(moment: datetime) -> None:
    class Dialect:
        name = "sqlite"

    column = UtcDateTime()
    try:
        stored = column.process_bind_param(moment, Dialect())  # type: ignore[arg-type]
    except OverflowError:
        return  # The first and the last hours of all time have no UTC.
    assert column.process_result_value(stored, Dialect()) == moment  # type: ignore[arg-type]


def test_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        UtcDateTime().process_bind_param(datetime(2026, 5, 4, 9, 0), None)  # type: ignore[arg-type]  # noqa: DTZ001


def test_sqlite_promises_are_in_force(sqlite_world: World) -> None:
    assert sqlite_world.members
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "busy_timeout": 5000}
    for pragma, value in wanted.items():
        assert db.session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_failure_at_any_statement_leaves_all_or_nothing(world: World) -> None:
    admin = world.admin
    teams, events = count(Team), count(AuditEvent)
    db.session.commit()
    for nth in range(1, 30):
        try:
            with failing(nth, nth):
                operations.create_team(f"Team {nth}", by=admin, at=now())
        except OperationalError:
            db.session.rollback()
            assert (count(Team), count(AuditEvent)) == (teams, events)
            db.session.commit()
            continue
        assert (count(Team), count(AuditEvent)) == (teams + 1, events + 1)
        assert unscoped_break() is None
        return
    pytest.fail("the operation never got through")


def test_slow_work_inside_an_operation_is_refused(world: World) -> None:
    with pytest.raises(RuntimeError, match="inside an operation"), transaction(), outside():
        pass


def test_hashing_holds_no_transaction(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    class Spy:
        def hash(self, _password: str) -> str:
            seen.append(db.session().in_transaction())
            return "hash"

    monkeypatch.setattr(operations, "_hasher", Spy)
    operations.hash_password("green kettle on the hill", about=())
    assert seen == [False]
