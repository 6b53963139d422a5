"""A sign-in lasts as long as it should, to the second, in one browser, and ends everywhere it must."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import func, select

from hiringkit.cli.jobs import sweep
from hiringkit.foundation.db import db
from hiringkit.people import operations
from hiringkit.people.models import Member, SignIn
from tests.world import PASSWORD, Browser, World

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)
NEW_PASSWORD = "blue lantern in the shed"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Yield a clock that stands still."""
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


def is_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


def cookie(browser: Browser) -> str:
    found = browser.get_cookie("__Host-session", "localhost")
    assert found is not None
    return found.value


def with_cookie(world: World, value: str) -> Browser:
    browser = world.browser()
    browser.set_cookie("__Host-session", value, domain="localhost", secure=True)
    return browser


def token_of(browser: Browser) -> str:
    return browser.get("/account").get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]


def test_unused_for_an_hour_it_ends_to_the_second(clock: time_machine.Traveller, world: World) -> None:
    world.member("ana")
    for seconds, lasts in ((3599, True), (3600, False)):
        clock.move_to(NINE)
        browser = world.browser("ana")
        clock.shift(seconds)
        assert is_in(browser) is lasts


def test_use_prolongs_it_by_an_hour_to_the_second(clock: time_machine.Traveller, world: World) -> None:
    world.member("ana")
    for seconds, lasts in ((3599, True), (3600, False)):
        clock.move_to(NINE)
        browser = world.browser("ana")
        clock.shift(1800)
        assert is_in(browser)
        clock.shift(seconds)
        assert is_in(browser) is lasts


@pytest.mark.parametrize(("key", "hours"), [("ana", 12), ("admin", 8)])
def test_used_all_the_time_it_ends_after_its_hours(
    clock: time_machine.Traveller, world: World, key: str, hours: int
) -> None:
    world.member("ana")
    browser = world.browser(key)
    for _ in range(hours * 2 - 1):
        clock.shift(1800)
        assert is_in(browser)
    clock.shift(1799)
    assert is_in(browser)
    clock.shift(1)
    assert not is_in(browser)


def test_new_administrator_has_the_shorter_hours_at_once(clock: time_machine.Traveller, world: World) -> None:
    ana = world.member("ana")
    browser = world.browser("ana")
    for _ in range(17):
        clock.shift(1800)
        assert is_in(browser)
    db.session.get_one(Member, ana.id).is_administrator = True
    db.session.commit()
    assert not is_in(browser)


def test_ended_sign_ins_are_not_listed_and_are_swept(clock: time_machine.Traveller, world: World) -> None:
    world.browser("admin")
    clock.shift(3600)
    browser = world.browser("admin")
    page = browser.get("/account").get_data(as_text=True)
    assert page.count("Another browser on an unknown system") == 1
    db.session.remove()
    sweep(world.app)
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1
    assert is_in(browser)


def test_signing_in_never_keeps_the_cookie_from_before(world: World) -> None:
    browser = world.browser()
    browser.get("/sign-in")
    before = cookie(browser)
    world.sign_in(browser, "admin")
    assert is_in(browser)
    assert not is_in(with_cookie(world, before)), "whoever planted a cookie is not signed in by it"


def test_cookie_is_dead_after_signing_out(world: World) -> None:
    browser = world.browser("admin")
    before = cookie(browser)
    assert browser.submit("/account", "/sign-out").headers["Location"] == "/sign-in"
    assert not is_in(browser)
    assert not is_in(with_cookie(world, before))


def test_signing_out_twice_is_no_refusal(world: World) -> None:
    browser = world.browser("admin")
    fields = {"csrf_token": token_of(browser)}
    copy = with_cookie(world, cookie(browser))
    for one in (browser, copy):
        assert one.post("/sign-out", data=fields).headers["Location"] == "/sign-in"


def test_signing_out_leaves_nothing_for_the_next_person(world: World) -> None:
    world.manager()
    browser, team = world.browser("manager"), world.team().public_id
    fields = {"csrf_token": token_of(browser)}
    browser.submit("/people/invitations", name="Ona", email="o@example.org", team=team, capacity="interviewer")
    assert browser.post("/sign-out", data=fields).status_code == 303
    assert "/invitations/" not in browser.get("/sign-in").get_data(as_text=True)


def test_signing_in_as_somebody_else_ends_the_first_sign_in(world: World) -> None:
    world.member("ana")
    browser = world.browser("admin")
    before = cookie(browser)
    world.sign_in(browser, "ana")
    assert not is_in(with_cookie(world, before))
    assert "ana@example.org" in browser.get("/account").get_data(as_text=True)


def test_new_password_ends_every_sign_in_and_opens_a_new_one_here(world: World) -> None:
    world.member("ana")
    here, elsewhere = world.browser("ana"), world.browser("ana")
    before = cookie(here)
    answer = here.submit("/account", "/account/password", present_password=PASSWORD, password=NEW_PASSWORD)
    assert answer.headers["Location"] == "/account"
    assert "Your password is changed" in here.get("/account").get_data(as_text=True)
    assert not is_in(elsewhere)
    assert not is_in(with_cookie(world, before)), "a copied cookie is worth nothing any more"
    browser = world.browser()
    assert browser.submit("/sign-in", email="ana@example.org", password=PASSWORD).status_code == 422
    assert browser.submit("/sign-in", email="ana@example.org", password=NEW_PASSWORD).status_code == 303


def test_wrong_present_password_changes_nothing(world: World) -> None:
    browser = world.browser("admin")
    answer = browser.submit("/account", "/account/password", present_password="x" * 12, password=NEW_PASSWORD)
    assert answer.status_code == 422
    assert "x" * 12 not in answer.get_data(as_text=True)
    assert NEW_PASSWORD not in answer.get_data(as_text=True)
    assert is_in(browser)


def test_one_sign_in_is_ended_from_another_and_nobody_elses(world: World) -> None:
    world.member("ana")
    one, two, other = world.browser("admin"), world.browser("admin"), world.browser("ana")
    rows = db.session.scalars(select(SignIn).order_by(SignIn.id)).all()
    ids = [row.public_id for row in rows]
    assert one.submit("/account", f"/account/sign-ins/{ids[1]}/end").status_code == 303
    assert [is_in(b) for b in (one, two, other)] == [True, False, True]
    fields = {"csrf_token": token_of(one), "form_key": "k.1"}
    assert one.post(f"/account/sign-ins/{ids[2]}/end", data=fields).status_code == 404
    assert is_in(other)


class Spy(PasswordHasher):
    """Counts how often a password is checked."""

    checked = 0

    def verify(self, *args: Any, **kwargs: Any) -> Any:
        """Count, then check."""
        Spy.checked += 1
        return super().verify(*args, **kwargs)


def test_every_reason_to_refuse_costs_one_check_and_looks_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = world.member("ana")
    operations.disable_member(ana, by=world.admin, at=NINE)
    monkeypatch.setattr(operations, "_hasher", lambda: Spy(time_cost=1, memory_cost=64, parallelism=1))
    wrong = "wrong wrong wrong"
    reasons = {
        "admin@example.org": wrong,
        "nobody@example.org": PASSWORD,
        "ana@example.org": PASSWORD,
        "no address": PASSWORD,
    }
    pages = set()
    for address, password in reasons.items():
        Spy.checked = 0
        answer = world.browser().submit("/sign-in", email=address, password=password)
        assert (answer.status_code, Spy.checked) == (422, 1), address
        page = re.sub(r'name="csrf_token" value="[^"]*"', "", answer.get_data(as_text=True))
        pages.add(page.replace(address, ""))
    assert len(pages) == 1


def test_throttled_sign_in_checks_no_password_and_lets_others_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.member("ana")
    monkeypatch.setattr(operations, "_hasher", lambda: Spy(time_cost=1, memory_cost=64, parallelism=1))
    Spy.checked = 0
    spellings = ["ana@example.org", " ANA@example.org", "Ana@Example.ORG "]
    codes = [
        world.browser().submit("/sign-in", email=spellings[n % 3], password="wrong " * 3).status_code for n in range(12)
    ]
    assert codes == [422] * 10 + [429] * 2
    assert Spy.checked == 10
    assert world.browser("admin").get("/account").status_code == 200


def test_right_password_forgets_the_wrong_ones(world: World) -> None:
    for _ in range(2):
        for _ in range(8):
            world.browser().submit("/sign-in", email="admin@example.org", password="wrong " * 3)
        assert is_in(world.browser("admin"))


def test_hash_of_older_costs_is_made_anew_at_sign_in(world: World) -> None:
    old = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1).hash(PASSWORD)
    db.session.get_one(Member, world.members["admin"].id).password_hash = old
    db.session.commit()
    world.browser("admin")
    assert "t=1" in db.session.scalars(select(Member.password_hash)).one()


def test_disabled_member_signs_in_no_more_until_enabled(world: World) -> None:
    ana = world.member("ana")
    browser, admin = world.browser("ana"), world.browser("admin")
    admin.submit("/people", f"/people/members/{ana.public_id}/disabling")
    refused = world.browser().submit("/sign-in", email="ana@example.org", password=PASSWORD)
    assert refused.status_code == 422
    admin.submit("/people", f"/people/members/{ana.public_id}/enabling")
    assert not is_in(browser), "a sign-in that was ended does not come back"
    assert is_in(world.browser("ana"))


def test_last_used_is_noted_once_a_minute(clock: time_machine.Traveller, world: World) -> None:
    browser = world.browser("admin")
    for seconds, noted in ((59, 0), (1, 60), (30, 60), (30, 120)):
        clock.shift(seconds)
        assert is_in(browser)
        assert db.session.scalars(select(SignIn.seen_at)).one() == NINE + timedelta(seconds=noted)
