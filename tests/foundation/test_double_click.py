"""A form that is sent twice, one after the other or at the same moment, makes one row and answers 303 both times."""

import re
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.foundation.db import db
from hiringkit.foundation.forms import FormKey, answer
from hiringkit.people.models import Invitation, Team
from tests.faults import at_once
from tests.world import HIDDEN, Browser, World


def hidden(browser: Browser, page: str, address: str) -> dict[str, str]:
    """Return the hidden fields of a page's form for an address."""
    text = browser.get(page).get_data(as_text=True)
    form = next(f for f in re.findall(r"<form.*?</form>", text, re.DOTALL) if f'action="{address}"' in f)
    return dict(HIDDEN.findall(form))


def twin(world: World, browser: Browser) -> Browser:
    """Return a browser with the same cookie, as the two clicks of a double click have it."""
    cookie, other = browser.get_cookie("__Host-session", "localhost"), world.browser()
    assert cookie is not None
    other.set_cookie("__Host-session", cookie.value, domain="localhost", secure=True)
    return other


def count(table: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_two_clicks_at_once_make_one_row_and_both_lead_to_it(world: World) -> None:
    browser = world.browser("admin")
    for number in range(5):
        data = {**hidden(browser, "/people/teams", "/people/teams"), "name": f"Team {number}"}
        clicks = [partial(b.post, "/people/teams", data=data) for b in (browser, twin(world, browser))]
        answers = at_once(*clicks)
        assert [a.status_code for a in answers] == [303, 303]
        assert answers[0].headers["Location"] == answers[1].headers["Location"]
        assert count(Team) == number + 1
    assert db.session.scalar(select(func.count()).where(AuditEvent.tag == "team:created")) == 5
    assert unscoped_break() is None


def test_two_forms_of_one_name_at_once_make_one_team_and_keep_the_other_text(world: World) -> None:
    browsers = [world.browser("admin"), world.browser("admin")]
    forms = [{**hidden(b, "/people/teams", "/people/teams"), "name": "North"} for b in browsers]
    answers = at_once(*(partial(b.post, "/people/teams", data=d) for b, d in zip(browsers, forms, strict=True)))
    (refused,) = [a for a in answers if a.status_code != 303]
    assert refused.status_code in {409, 422}
    assert "North" in refused.get_data(as_text=True)
    assert count(Team) == 1


def test_key_of_one_member_is_no_key_of_another(world: World) -> None:
    world.manager()
    world.manager("second")
    texts = {"team": world.team().public_id, "capacity": "interviewer", "name": "Ines", "email": "ines@example.org"}
    for key in ("manager", "second"):
        browser = world.browser(key)
        fields = hidden(browser, "/people/invitations", "/people/invitations") | {"form_key": "the-same.1"}
        assert browser.post("/people/invitations", data={**fields, **texts}).status_code == 303
    assert count(Invitation) == 4, "two made these managers, and each of them made one"


def test_refused_form_spends_no_key(world: World) -> None:
    browser = world.browser("admin")
    data = hidden(browser, "/people/teams", "/people/teams")
    before = count(FormKey)
    assert browser.post("/people/teams", data={**data, "name": "  "}).status_code == 422
    assert count(FormKey) == before
    assert browser.post("/people/teams", data={**data, "name": "North"}).status_code == 303
    assert count(Team) == 1


class Knot(Exception):
    """What the driver raises when PostgreSQL ends one of two transactions that wait for each other."""

    sqlstate = "40P01"


def test_transaction_that_was_ended_for_a_deadlock_is_tried_once_more(app: Flask) -> None:
    tries: list[int] = []

    def act(failures: int) -> str:
        tries.append(1)
        if len(tries) <= failures:
            raise OperationalError("UPDATE", {}, Knot())
        return "/there"

    with app.test_request_context("/x", method="POST", data={"form_key": "a.1"}, base_url="https://localhost"):
        assert answer(lambda: act(1), to=str).headers["Location"] == "/there"
        assert count(FormKey) == 1
    tries.clear()
    with app.test_request_context("/x", method="POST", data={"form_key": "b.1"}, base_url="https://localhost"):
        try:
            answer(lambda: act(2), to=str)
        except OperationalError:
            assert len(tries) == 2
        else:
            raise AssertionError
