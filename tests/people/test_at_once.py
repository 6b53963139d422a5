"""Codes and links work once, in time, and for one of two who come at the same moment; on both databases."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.foundation.access import Actor, ActorKind, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, InvalidError, NotFoundError
from hiringkit.people import operations
from hiringkit.people.models import Invitation, Member, Membership, Organisation
from hiringkit.people.queries import invitation_by_token
from hiringkit.people.rules import InvitationDraft
from tests.faults import at_once
from tests.world import PASSWORD, Browser, World

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)
SETUP = Actor(ActorKind.ANYBODY, "setup")
ADA = {"organisation": "Larkmere", "name": "Ada", "zone": "UTC", "password": PASSWORD}
INES = {"name": "Ines", "zone": "UTC", "password": PASSWORD}
GUEST = Actor(ActorKind.ANYBODY, "invitation")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Yield a clock that stands still."""
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


def count(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def new_code(app: Flask) -> str:
    app.test_client_class = Browser
    return operations.make_setup_code(by=Actor.operator("test"), at=now())


def set_up(browser: Browser, code: str) -> int:
    return browser.submit("/setup", code=code, **ADA, email="ada@example.org").status_code


def ready(browser: Browser, page: str, **fields: str) -> Callable[[], TestResponse]:
    """Return the press of the button on a page that is open already."""
    sent = {"csrf_token": token_of(browser, page), "form_key": "k.1", **fields}
    return partial(browser.post, page, data=sent)


def token_of(browser: Browser, page: str = "/account") -> str:
    return browser.get(page).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]


def browser_of(app: Flask) -> Browser:
    browser = app.test_client()
    assert isinstance(browser, Browser)
    return browser


@pytest.mark.parametrize(("seconds", "status"), [(3599, 303), (3600, 422)])
def test_setup_code_lasts_an_hour_to_the_second(
    clock: time_machine.Traveller, app: Flask, seconds: int, status: int
) -> None:
    code = new_code(app)
    clock.shift(seconds)
    assert set_up(browser_of(app), f"  {code} ") == status
    assert count(Member) == (1 if status == 303 else 0)


def test_second_use_of_a_setup_code_finds_no_page(app: Flask) -> None:
    code = new_code(app)
    waiting = browser_of(app)
    press = ready(waiting, "/setup", code=code)
    assert set_up(browser_of(app), code) == 303
    assert press().status_code == 404
    assert waiting.get("/setup").status_code == 404
    assert count(Member) == 1


def test_newer_setup_code_ends_the_older_one(app: Flask) -> None:
    older, newer = new_code(app), new_code(app)
    assert set_up(browser_of(app), older) == 422
    assert set_up(browser_of(app), newer) == 303


def test_of_two_who_use_a_setup_code_at_once_one_becomes_administrator(app: Flask) -> None:
    code = new_code(app)
    forms = [ready(browser_of(app), "/setup", code=code, **ADA, email=f"a{n}@example.org") for n in range(3)]
    codes = [answer.status_code for answer in at_once(*forms)]
    assert codes.count(303) == 1
    assert set(codes) <= {303, 404, 422}
    assert (count(Member), count(Organisation)) == (1, 1)
    assert unscoped_break() is None


def invited(world: World, key: str = "ines", capacity: str = "interviewer") -> tuple[str, Invitation]:
    draft = InvitationDraft(f"{key}@example.org", key.title(), world.team().id, capacity)
    row, token = operations.invite(draft, by=world.admin, at=now())
    return token, row


def join(browser: Browser, token: str) -> int:
    return browser.submit(f"/invitations/{token}", **INES).status_code


def test_of_two_who_use_an_invitation_at_once_one_joins(world: World) -> None:
    members = count(Member)
    token, _ = invited(world)
    forms = [ready(world.browser(), f"/invitations/{token}", **INES) for _ in range(3)]
    codes = [answer.status_code for answer in at_once(*forms)]
    assert codes.count(303) == 1
    assert set(codes) <= {303, 403, 409}
    assert count(Member) == members + 1
    assert db.session.scalar(select(func.count()).where(AuditEvent.tag == "invitation:used")) == 1
    assert unscoped_break() is None


def test_of_two_clicks_of_a_member_one_takes_the_capacity(world: World) -> None:
    ines = world.member("ines")
    token, _ = invited(world, capacity="coordinator")
    forms = [ready(world.browser("ines"), f"/invitations/{token}") for _ in range(2)]
    answers = at_once(*forms)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    own = select(func.count()).where(Membership.member_id == ines.id, Membership.capacity == Capacity.COORDINATOR)
    db.session.rollback()
    assert db.session.scalar(own) == 1


def test_invitation_that_was_read_before_it_was_revoked_is_refused(world: World) -> None:
    token, row = invited(world)
    assert invitation_by_token(token, now()).row is row
    db.session.commit()
    with db.engine.begin() as other:
        other.execute(Invitation.__table__.update().values(revoked_at=now()))  # type: ignore[attr-defined]
    new = operations.NewMember("Ines", "x@example.org", "UTC", "hash")
    with pytest.raises(ConflictError, match="revoked"):
        operations.accept_invitation(token, new, by=GUEST, at=now())
    with pytest.raises(ConflictError):
        operations.revoke_invitation(row, by=world.admin, at=now())


@pytest.mark.parametrize(("seconds", "status"), [(7 * 86400 - 1, 303), (7 * 86400, 409)])
def test_invitation_lasts_seven_days_to_the_second(
    clock: time_machine.Traveller, world: World, seconds: int, status: int
) -> None:
    token, row = invited(world)
    browser, address = world.browser(), f"/invitations/{token}"
    clock.move_to(row.created_at + timedelta(seconds=seconds - 60))
    press = ready(browser, address, **INES)
    clock.shift(60)
    answer = press()
    assert answer.status_code == status
    assert PASSWORD not in answer.get_data(as_text=True)


def test_used_invitation_tells_its_holder_to_sign_in(world: World) -> None:
    token, _ = invited(world)
    assert join(world.browser(), token) == 303
    page = world.browser().get(f"/invitations/{token}")
    assert "sign in" in page.get_data(as_text=True)
    with pytest.raises(ConflictError) as refused:
        operations.accept_invitation(token, None, by=GUEST, at=now())
    assert "sign in" in refused.value.remedy


def test_invitation_of_a_member_needs_the_member(world: World) -> None:
    world.member("ines")
    world.member("ona")
    token, _ = invited(world, capacity="coordinator")
    assert world.browser().submit(f"/invitations/{token}").status_code == 403
    assert world.browser("ona").submit(f"/invitations/{token}").status_code == 403
    assert world.browser("ines").submit(f"/invitations/{token}").status_code == 303


def test_made_up_links_and_codes_open_nothing(world: World) -> None:
    assert world.browser().get("/invitations/made-up").status_code == 404
    new = operations.NewMember("Ines", "x@example.org", "UTC", "hash")
    with pytest.raises(NotFoundError):
        operations.accept_invitation("made-up", new, by=GUEST, at=now())
    with pytest.raises(InvalidError):
        operations.set_up("made-up", "Other", new, by=SETUP, at=now())


def test_of_two_administrators_who_shut_each_other_out_one_remains(world: World) -> None:
    ada, other = world.members["admin"], world.member("other", Capacity.ADMINISTRATOR)
    plans = [shutting_out(world.browser("admin"), other), shutting_out(world.browser("other"), ada)]
    codes = [answer.status_code for answer in at_once(*plans)]
    assert codes.count(303) == 1
    assert set(codes) <= {303, 403, 409}
    db.session.rollback()
    active = select(func.count()).where(Member.is_administrator, Member.disabled_at.is_(None))
    assert db.session.scalar(active) == 1


def shutting_out(browser: Browser, member: Member) -> Callable[[], TestResponse]:
    """Return the press of a button on a page that is open already."""
    fields = {"csrf_token": token_of(browser), "form_key": "k.1"}
    return partial(browser.post, f"/people/members/{member.public_id}/disabling", data=fields)


def test_last_administrator_stays(world: World) -> None:
    with pytest.raises(ConflictError, match="no administrator left"):
        operations.disable_member(world.members["admin"], by=Actor.operator("test"), at=now())


def test_capacity_that_two_take_away_at_once_is_taken_away_once(world: World) -> None:
    ona = world.member("ona")
    world.manager()
    world.manager("second")
    row = db.session.scalars(select(Membership).where(Membership.member_id == ona.id)).one()
    address = f"/people/memberships/{row.public_id}/end"
    browsers = [world.browser("manager"), world.browser("second")]
    forms = [{"csrf_token": token_of(browser), "form_key": "k.1"} for browser in browsers]
    codes = [
        a.status_code
        for a in at_once(*(partial(b.post, address, data=f) for b, f in zip(browsers, forms, strict=True)))
    ]
    assert codes.count(303) == 1
    assert set(codes) <= {303, 404, 409}
    assert db.session.scalar(select(func.count()).where(AuditEvent.tag == "membership:ended")) == 1
