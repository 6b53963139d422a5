"""The chain under many hands: no gap, no fork, no false alarm, whoever writes or verifies at the same moment."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import unscoped_head, unscoped_verdict
from hiringkit.foundation import reactions
from hiringkit.foundation.access import Actor, ActorKind
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError
from hiringkit.people import operations as people
from hiringkit.people.models import Team
from tests.faults import at_once
from tests.world import World


def make_teams(app: Flask, by: Actor, prefix: str, number: int) -> None:
    with app.app_context():
        for n in range(number):
            people.create_team(f"{prefix}{n}", by=by, at=now())


def test_events_of_two_at_once_have_no_gap_and_one_order(world: World) -> None:
    before, admin = unscoped_head()[0], world.admin
    db.session.rollback()
    at_once(*(partial(make_teams, world.app, admin, prefix, 25) for prefix in "ab"))
    db.session.expire_all()
    seqs = db.session.scalars(select(AuditEvent.seq).order_by(AuditEvent.seq)).all()
    assert list(seqs) == list(range(1, before + 51))
    verdict = unscoped_verdict()
    assert (verdict.broken, verdict.seq) == (None, before + 50)


def test_verifying_while_others_write_raises_no_alarm_and_stops_nobody(world: World) -> None:
    admin = world.admin
    db.session.rollback()
    writer = threading.Thread(target=make_teams, args=(world.app, admin, "t", 40))
    writer.start()
    verdicts = []
    while writer.is_alive():
        verdicts.append(unscoped_verdict())
    writer.join()
    assert [v.broken for v in verdicts if v.broken] == []
    assert len({v.seq for v in verdicts}) > 1
    assert db.session.scalar(select(func.count()).select_from(Team)) == 40


@operation("test:reaction")
def react(team_id: str, *, by: Actor, at: object) -> Recorded[None]:
    """Answer a new team with an event, or refuse one called Refused."""
    if db.session.scalars(select(Team.name).where(Team.public_id == team_id)).one() == "Refused":
        raise ConflictError
    return Recorded(None, about=team_id)


@pytest.fixture
def reacting(world: World) -> World:
    """Return a world in which new teams have a reaction."""
    answers: dict[str, tuple[Callable[..., object], ...]] = {"team:created": (react,)}
    reactions.install(world.app, answers)
    return world


def test_reaction_is_the_apps_own_act_with_its_cause(reacting: World) -> None:
    people.create_team("North", by=reacting.admin, at=now())
    last = select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(2)
    reaction, cause = db.session.scalars(last).all()
    assert (cause.tag, cause.actor_kind) == ("team:created", ActorKind.MEMBER.value)
    assert (reaction.tag, reaction.actor_kind, reaction.cause) == ("test:reaction", ActorKind.SYSTEM.value, cause.seq)


def test_failing_reaction_fails_all(reacting: World) -> None:
    before = unscoped_head()
    with pytest.raises(ConflictError):
        people.create_team("Refused", by=reacting.admin, at=now())
    assert unscoped_head() == before
    assert db.session.scalar(select(func.count()).select_from(Team)) == 0
    assert unscoped_verdict().broken is None
