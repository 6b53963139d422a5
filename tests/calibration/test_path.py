"""The path: guides that are read, credit for past work, and what proves each step."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import PathRecord
from hiringkit.calibration.rules.path import CREDITABLE, PathStep, Proof, path_of
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, HiringkitError, InvalidError, NotFoundError
from hiringkit.library.models import CompetencySetVersion
from tests.calibration import factories as make
from tests.world import NINE, World

REASON = "Shadowed eleven interviews for her last employer."
PROOF = Proof(datetime(2026, 5, 4, tzinfo=UTC))


def refused(act: Callable[[], object]) -> type[HiringkitError]:
    """Return the kind of refusal that an act meets."""
    with pytest.raises(HiringkitError) as error:
        act()
    return type(error.value)


def set_of(world: World, key: str = make.JUDGEMENT) -> CompetencySetVersion:
    """Return the set version in force that an exercise rates."""
    return make.form(world, key).set_version


def read(world: World, who: str, key: str = make.JUDGEMENT) -> None:
    """Let somebody say that they have read a guide."""
    by = world.actor(who)
    operations.read_guide(queries.guide(by, set_of(world, key).public_id), by=by, at=NINE)


def credit(world: World, who: str, step: PathStep = PathStep.SHADOW, reason: str = REASON, by: str = "manager") -> None:
    """Let a manager credit somebody."""
    rater = queries.rater(world.actor("manager"), world.team().public_id, world.members[who].public_id)
    operations.credit_step(rater, set_of(world), step, reason, by=world.actor(by), at=NINE)


@given(st.sets(st.sampled_from(PathStep)))
def test_the_next_step_is_the_first_that_is_open_and_none_is_once_somebody_leads(done: set[PathStep]) -> None:
    path = path_of(dict.fromkeys(done, PROOF))
    assert [line.step for line in path.lines] == list(PathStep)
    assert path.done == len(done)
    if PathStep.LEAD in done:
        assert path.next is None
    else:
        assert path.next is next(step for step in PathStep if step not in done)
    assert sum(line.is_next for line in path.lines) == (path.next is not None)


def test_a_guide_has_its_competencies_and_is_read_once(world: World) -> None:
    world.member("ana")
    shown = queries.guide(world.actor("ana"), set_of(world).public_id)
    columns = queries.unscoped_columns([shown.row.id])[shown.row.id]
    assert [row.id for row in shown.competencies] == [column.version for column in columns]
    assert shown.reading is None
    for _ in range(2):
        read(world, "ana")
    (row,) = db.session.scalars(select(PathRecord)).all()
    assert (row.step, row.by_id, row.reason) == (PathStep.GUIDE, world.members["ana"].id, None)
    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "path:guide_read")).all()
    assert (event.scope, event.actor_id) == ("calibration", world.members["ana"].public_id)
    assert queries.guide(world.actor("ana"), set_of(world).public_id).reading is not None


def test_a_guide_is_for_those_who_may_rate(sqlite_world: World) -> None:
    sqlite_world.member("cora", Capacity.COORDINATOR)
    address = set_of(sqlite_world).public_id
    assert refused(lambda: queries.guide(sqlite_world.actor("cora"), address)) is NotFoundError
    sqlite_world.member("ana")
    assert refused(lambda: queries.guide(sqlite_world.actor("ana"), "none")) is NotFoundError


def test_a_changed_guide_is_read_again(sqlite_world: World) -> None:
    ana = sqlite_world.member("ana").id
    read(sqlite_world, "ana")
    assert [one.row.step for one in queries.unscoped_path_records([ana])[ana]] == [PathStep.GUIDE]
    sqlite_world.manager()
    credit(sqlite_world, "ana")
    make.import_pack(sqlite_world, ("notices that a patient could be harmed", "sees that a patient could be harmed"))
    assert [one.row.step for one in queries.unscoped_path_records([ana])[ana]] == [PathStep.SHADOW]


def test_a_manager_credits_past_work_with_a_reason_that_is_kept_sealed(world: World) -> None:
    world.manager()
    hana = world.member("hana").id
    credit(world, "hana")
    (one,) = queries.unscoped_path_records([hana])[hana]
    assert (one.is_credit, one.by, one.set_key) == (True, "Manager", make.JUDGEMENT)
    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "path:credited")).all()
    assert REASON not in event.content
    assert one.row.reason is not None
    assert REASON.encode() not in one.row.reason
    assert refused(lambda: credit(world, "hana")) is ConflictError


@pytest.mark.parametrize("step", [step for step in PathStep if step not in CREDITABLE])
def test_what_is_learnt_here_is_not_credited(sqlite_world: World, step: PathStep) -> None:
    sqlite_world.manager()
    sqlite_world.member("hana")
    assert refused(lambda: credit(sqlite_world, "hana", step)) is InvalidError
    assert refused(lambda: credit(sqlite_world, "hana", reason=" ")) is InvalidError


def test_only_a_manager_of_the_team_credits_and_never_themselves(sqlite_world: World) -> None:
    world = sqlite_world
    world.manager()
    world.manager("strange", "Other")
    world.member("audrey", Capacity.AUDITOR)
    for who in ("hana", "ana"):
        world.member(who)
    for who in ("strange", "audrey", "ana", "hana"):
        assert refused(partial(credit, world, "hana", by=who)) is ForbiddenError
    assert refused(lambda: credit(world, "manager")) is ForbiddenError
    team, hana = world.team().public_id, world.members["hana"].public_id
    assert queries.rater(world.actor("audrey"), team, hana).may_credit is False
    assert queries.rater(world.actor("manager"), team, hana).may_credit is True
    for who in ("strange", "ana", "hana", "admin"):
        assert refused(partial(queries.rater, world.actor(who), team, hana)) is NotFoundError
    stranger = world.members["strange"].public_id
    assert refused(lambda: queries.rater(world.actor("manager"), team, stranger)) is NotFoundError
