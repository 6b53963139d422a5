"""People are set up once, invited by links that only a POST uses, and every act leaves one event."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.foundation.access import Actor, ActorKind, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError
from hiringkit.people import operations
from hiringkit.people.models import Member
from hiringkit.people.queries import unscoped_organisation
from hiringkit.people.rules import InvitationDraft
from tests.world import World


def events(tag: str) -> int:
    """Return how many events carry a tag."""
    return db.session.scalar(select(func.count()).where(AuditEvent.tag == tag)) or 0


def test_setup_code_works_once(world: World) -> None:
    with pytest.raises(ConflictError):
        operations.make_setup_code(by=Actor.operator("test"), at=now())
    new = operations.NewMember("Eve", "eve@example.org", "UTC", "x")
    with pytest.raises(InvalidError):
        operations.set_up("0000", "Other", new, by=Actor(ActorKind.ANYBODY, "setup"), at=now())
    assert db.session.scalar(select(func.count()).select_from(Member)) == 1


def test_invited_member_gets_the_capacity_and_one_event(world: World) -> None:
    member = world.member("ana")
    assert (world.team().id, Capacity.INTERVIEWER) in world.actor("ana").teams
    assert events("invitation:used") == 1
    assert member.name == "Ana"
    assert unscoped_break() is None


def test_manager_invites_to_own_team_only(world: World) -> None:
    world.manager()
    other = world.team("Other")
    draft = InvitationDraft("x@example.org", "X", other.id, "interviewer")
    with pytest.raises(ForbiddenError):
        operations.invite(draft, by=world.actor("manager"), at=now())


@pytest.mark.parametrize(("typed", "printed"), [("Hiring@Example.org", "hiring@example.org"), ("", "eve@example.org")])
def test_public_address_is_the_one_typed_or_else_the_administrators(app: Flask, typed: str, printed: str) -> None:
    code = operations.make_setup_code(by=Actor.operator("test"), at=now())
    new = operations.NewMember("Eve", "eve@example.org", "UTC", "x")
    operations.set_up(code, "Other", new, typed, by=Actor(ActorKind.ANYBODY, "setup"), at=now())
    organisation = unscoped_organisation()
    assert organisation is not None
    assert organisation.contact == printed
