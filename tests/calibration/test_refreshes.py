"""Invitations to a refresh: one event and one mail while one is open, and over by itself once it is renewed."""

import json
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import keyring_for
from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import RefreshInvitation
from hiringkit.calibration.queries import HeldStanding, OwnExercise
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, NotFoundError
from hiringkit.foundation.mail import OutboxMail, _message
from tests.calibration import factories as make
from tests.foundation.test_mail import use_server
from tests.world import NINE, World

DUE = NINE + timedelta(days=70)
AUDIT_TAG = "refresh:invited"


@pytest.fixture(autouse=True)
def mail_server(app: Flask) -> None:
    """Let mail be put into the outbox; nothing here sends any."""
    use_server(app, 9)


def events() -> int:
    """Return how many invitations the record holds."""
    return db.session.scalar(select(func.count()).where(AuditEvent.tag == AUDIT_TAG)) or 0


def own(world: World, who: str, at: datetime = DUE) -> OwnExercise:
    """Return the first exercise as somebody sees it."""
    return queries.own_exercises(world.actor(who), at)[0]


def held(world: World, by: str, of: str = "ana") -> HeldStanding:
    """Return somebody's newest standing as somebody else finds it."""
    earned = own(world, of).standing.earned
    assert earned is not None
    assert earned.standing is not None
    return queries.standing_of_team(world.actor(by), world.team().public_id, earned.standing.public_id)


def invite(world: World, by: str = "manager", at: datetime = DUE) -> bool:
    """Ask Ana to renew."""
    return operations.invite_to_refresh(held(world, by), by=world.actor(by), at=at)


@pytest.fixture
def due(world: World) -> World:
    """Return a world with a manager, a coordinator, and Ana, whose standing is due."""
    world.manager()
    world.member("ana")
    world.member("cora", Capacity.COORDINATOR)
    make.calibrate(world, "ana")
    return world


def test_it_says_who_asked_whom_for_what_and_when(due: World) -> None:
    assert own(due, "ana").asked is None
    assert invite(due)
    asked = own(due, "ana").asked
    assert asked is not None
    assert asked.invitation is not None
    assert (asked.invited_by, asked.invitation.at) == ("Manager", DUE)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == AUDIT_TAG)).one()
    assert due.members["ana"].public_id in event.content
    assert "Ana" not in event.content


def test_asking_again_changes_nothing_while_it_is_open(due: World) -> None:
    assert invite(due)
    assert not invite(due, "cora", DUE + timedelta(days=1))
    assert events() == 1
    rows = db.session.scalars(select(RefreshInvitation)).all()
    assert [row.at for row in rows] == [DUE]
    assert len(db.session.scalars(select(OutboxMail).where(OutboxMail.event == "refresh")).all()) == 1


def test_the_mail_says_who_asks_and_leads_to_the_page(due: World) -> None:
    invite(due)
    row = db.session.scalars(select(OutboxMail).where(OutboxMail.event == "refresh")).one()
    content = json.loads(keyring_for([row.content]).open(row.content))
    assert content["to"] == "ana@example.org"
    message = _message("refresh", content["to"], content["values"], "Larkmere")
    text = message.get_body(("plain",))
    assert text is not None
    assert "Manager asks you to renew your calibration on “Safety and judgement”" in text.get_content()
    assert "/calibration\n" in text.get_content()
    assert message["Subject"] == "Manager asks you to renew your calibration"


def test_a_renewal_ends_it_and_the_next_standing_can_be_asked_about_again(due: World) -> None:
    invite(due)
    before = held(due, "manager")
    make.calibrate(due, "ana", at=DUE)
    assert own(due, "ana").asked is None
    with pytest.raises(ConflictError):
        operations.invite_to_refresh(before, by=due.actor("manager"), at=DUE)
    later = DUE + timedelta(days=100)
    assert operations.invite_to_refresh(held(due, "manager"), by=due.actor("manager"), at=later)
    assert own(due, "ana", later).asked is not None
    assert events() == 2


def test_a_renewal_that_fails_leaves_it_open(due: World) -> None:
    invite(due)
    make.refresh(due, "ana", make.severe, at=DUE)
    assert own(due, "ana").standing.now.state.value == "suspended"
    assert own(due, "ana").asked is not None


def test_what_is_not_due_is_not_asked_for(due: World) -> None:
    with pytest.raises(ConflictError):
        invite(due, at=NINE + timedelta(days=5))
    assert events() == 0


def test_who_does_not_plan_in_the_team_cannot_ask(due: World) -> None:
    due.manager("other", "Other")
    due.member("audra", Capacity.AUDITOR)
    found = held(due, "manager")
    for who in ("ana", "other", "audra", "admin"):
        with pytest.raises(ForbiddenError):
            operations.invite_to_refresh(found, by=due.actor(who), at=DUE)
    for who in ("ana", "other", "admin"):
        with pytest.raises(NotFoundError):
            held(due, who)
    make.calibrate(due, "manager")
    with pytest.raises(ForbiddenError):
        operations.invite_to_refresh(held(due, "manager", of="manager"), by=due.actor("manager"), at=DUE)
