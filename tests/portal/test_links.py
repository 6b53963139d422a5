"""Personal links as PROMISES K1 to K4 have them: reading changes nothing, one application only, nothing leaks."""

import hashlib
import html
import re

import pytest
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import Acknowledgement, Application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import Base, db
from hiringkit.foundation.errors import ForbiddenError
from hiringkit.foundation.forms import FormKey
from tests.candidates.factories import application, candidate_actor, delivery, link
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.world import Browser, World

PATHS = ("", "/disclosure", "/questions", "/accommodations", "/withdrawal", "/revocation")


def everything() -> str:
    """Return a hash of every row of every table."""
    digest = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table).order_by(*table.primary_key.columns)):
            digest.update(repr((table.name, *row)).encode())
    db.session.rollback()
    return digest.hexdigest()


def shown(world: World, name: str = "Jordan Avery") -> tuple[Application, str]:
    """Return an application with a delivery and a loop, and the token of its link."""
    row = opening(world)
    loop_version(world, row)
    made = application(world, row, name)
    delivery(world, made)
    return made, link(world, made)


def form_of(browser: Browser, page: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form for an action on a page."""
    text = browser.get(page).get_data(as_text=True)
    form = next(f for f in re.findall(r"<form.*?</form>", text, re.DOTALL) if f'action="{action}"' in f)
    return dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', form))


def test_reading_by_get_and_head_changes_no_row(world: World) -> None:
    made, token = shown(world)
    world.member("ina")
    browsers = (world.browser(), world.browser("manager"), world.browser("ina"))
    before = everything()
    for browser in browsers:
        for path in PATHS:
            for method in ("GET", "HEAD", "GET"):
                assert browser.open(f"/portal/{token}{path}", method=method).status_code == 200
    assert everything() == before
    assert db.session.get_one(Application, made.id).state is ApplicationState.INFORMED


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_addresses_that_write_take_nothing_but_post(world: World, method: str) -> None:
    _, token = shown(world)
    before = everything()
    answer = world.browser().open(f"/portal/{token}/acknowledgement", method=method)
    assert answer.status_code in {200, 405}
    assert everything() == before


def test_a_post_without_the_forms_key_or_token_changes_nothing(world: World) -> None:
    _, token = shown(world)
    browser = world.browser()
    before = everything()
    for path in ("/acknowledgement", "/withdrawal", "/revocation", "/questions", "/accommodations"):
        assert browser.post(f"/portal/{token}{path}", data={}).status_code == 400
        assert browser.post(f"/portal/{token}{path}", data={"form_key": "made-up.1"}).status_code == 400
    assert everything() == before


def test_a_revoked_link_answers_as_one_that_never_was(world: World) -> None:
    made, token = shown(world)
    (row,) = queries.unscoped_links(made.id)
    browser = world.browser()
    form = form_of(browser, f"/portal/{token}/withdrawal", f"/portal/{token}/withdrawal")
    operations.revoke_link(row, by=world.actor("manager"), at=now())
    never = "x" * len(token)
    for path in PATHS:
        dead, absent = browser.get(f"/portal/{token}{path}"), browser.get(f"/portal/{never}{path}")
        assert (dead.status_code, absent.status_code) == (404, 404)
        assert dead.get_data() == absent.get_data()
        assert "This link is no longer valid" in dead.get_data(as_text=True)
    assert browser.post(f"/portal/{token}/withdrawal", data=form).status_code == 404
    assert db.session.get_one(Application, made.id).state is ApplicationState.INFORMED


def test_a_candidate_ends_the_own_link_and_nothing_else(world: World) -> None:
    made, token = shown(world)
    other, address = link(world, made), f"/portal/{token}"
    browser = world.browser()
    assert f'href="{address}/revocation"' in browser.get(address).get_data(as_text=True)
    asked = html.unescape(browser.get(f"{address}/revocation").get_data(as_text=True))
    for words in ("What ends", "What stays", "Conversations that are arranged take place", "A new link"):
        assert words in asked
    form = form_of(browser, f"{address}/revocation", f"{address}/revocation")
    done = browser.post(f"{address}/revocation", data=form)
    assert (done.status_code, done.headers["Location"]) == (303, address)
    after = browser.get(address)
    assert after.status_code == 404
    text = after.get_data(as_text=True)
    assert "You have ended this link. Nothing else has changed." in text
    assert "This link is no longer valid" in text
    assert browser.post(f"{address}/revocation", data=form).status_code == 404
    never = browser.get(f"/portal/{'x' * len(token)}")
    assert browser.get(address).get_data() == never.get_data()
    assert browser.get(f"/portal/{other}").status_code == 200
    assert db.session.get_one(Application, made.id).state is ApplicationState.INFORMED
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "link:revoked")).one()
    assert (event.actor_kind, event.actor_id) == ("candidate", made.public_id)
    assert event.content == f'{{"application":"{made.public_id}"}}'
    stored = db.session.scalars(select(FormKey).where(FormKey.route.startswith("/portal"))).one()
    assert (stored.route, stored.location) == ("/portal/<token>/revocation", "/portal/<token>")


def test_a_candidate_ends_a_link_of_the_own_application_alone(world: World) -> None:
    row, other = application(world), application(world, name="Samira Haddad")
    own = queries.application_by_token(link(world, row)).link
    with pytest.raises(ForbiddenError):
        operations.revoke_link(own, by=candidate_actor(other), at=now())
    assert own.revoked_at is None
    operations.revoke_link(own, by=candidate_actor(row), at=now())
    assert own.revoked_at is not None


def test_an_ended_application_still_lets_its_link_be_ended(sqlite_world: World) -> None:
    made, token = shown(sqlite_world)
    operations.withdraw_application(made, by=candidate_actor(made), at=now())
    browser, target = sqlite_world.browser(), f"/portal/{token}/revocation"
    asked = browser.get(target).get_data(as_text=True)
    assert f"/portal/{token}/withdrawal" not in asked
    assert "Conversations that are arranged" not in asked
    assert "It may be that none is made any more" in asked
    assert browser.post(target, data=form_of(browser, target, target)).status_code == 303
    assert browser.get(target).status_code == 404


def test_the_page_of_one_application_holds_nothing_of_another(world: World) -> None:
    made, token = shown(world)
    view = queries.unscoped_application(made.id)
    other = application(world, view.opening, "Samira Haddad")
    foreign = delivery(world, other)
    others_token = link(world, other)
    browser = world.browser()
    for path in PATHS:
        text = browser.get(f"/portal/{token}{path}").get_data(as_text=True)
        for word in ("Samira", other.public_id, foreign.public_id, others_token, view.opening.public_id):
            assert word not in text, (path, word)
    form = form_of(browser, f"/portal/{token}/disclosure", f"/portal/{token}/acknowledgement")
    stolen = browser.post(f"/portal/{token}/acknowledgement", data={**form, "delivery": foreign.public_id})
    assert stolen.status_code == 404
    assert db.session.scalars(select(Acknowledgement)).all() == []


def test_the_link_opens_no_page_of_the_staff(world: World) -> None:
    made, token = shown(world)
    view = queries.unscoped_application(made.id)
    browser = world.browser()
    assert browser.get(f"/portal/{token}").status_code == 200
    opening_page = f"/openings/{view.opening.public_id}"
    for address in ("/", opening_page, f"{opening_page}/loop", f"{opening_page}/candidates", "/library"):
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["Location"].startswith("/sign-in")) == (303, True), address


def test_signed_in_staff_get_the_candidates_page_and_no_more(world: World) -> None:
    made, token = shown(world)
    stranger, staff = world.browser(), world.browser("manager")
    for path in PATHS:
        pages = [
            re.sub(
                r'(csrf_token|form_key)" value="[^"]*"', r'\1"', b.get(f"/portal/{token}{path}").get_data(as_text=True)
            )
            for b in (stranger, staff)
        ]
        assert pages[0] == pages[1]
        assert "Sign out" not in pages[1]
    target = f"/portal/{token}/acknowledgement"
    answer = staff.post(target, data=form_of(staff, f"/portal/{token}/disclosure", target))
    assert answer.status_code == 303
    assert db.session.get_one(Application, made.id).state is ApplicationState.ACKNOWLEDGED
    assert staff.get("/").status_code == 200


def test_the_link_does_not_lower_what_staff_may_do_elsewhere(world: World) -> None:
    made, token = shown(world)
    world.manager("stranger", "Other")
    browser = world.browser("stranger")
    assert browser.get(f"/portal/{token}").status_code == 200
    opening_id = queries.unscoped_application(made.id).opening.public_id
    assert browser.get(f"/openings/{opening_id}/candidates").status_code == 404


@pytest.mark.parametrize("path", [*PATHS, "/acknowledgement", "/nothing"])
def test_no_page_leaks_its_address(sqlite_world: World, path: str) -> None:
    _, token = shown(sqlite_world)
    browser = sqlite_world.browser()
    for key in (token, "wrong"):
        answer = browser.get(f"/portal/{key}{path}")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "ETag" not in answer.headers
        text = answer.get_data(as_text=True)
        found = re.findall(r'(?:src|href|action)="([^"]+)"', text)
        assert [one for one in found if one.startswith(("http", "//"))] == []


def test_no_token_is_stored_in_clear_by_a_form(world: World) -> None:
    _, token = shown(world)
    browser = world.browser()
    for page, action in (("/disclosure", "/acknowledgement"), ("/withdrawal", "/withdrawal")):
        target = f"/portal/{token}{action}"
        answer = browser.post(target, data=form_of(browser, f"/portal/{token}{page}", target))
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/portal/{token}")
    stored = list(db.session.scalars(select(FormKey).where(FormKey.route.startswith("/portal"))))
    assert {(row.route, row.location) for row in stored} == {
        ("/portal/<token>/acknowledgement", "/portal/<token>"),
        ("/portal/<token>/withdrawal", "/portal/<token>"),
    }


def test_guesses_are_slowed_down_and_the_right_link_still_opens(world: World) -> None:
    _, token = shown(world)
    browser = world.browser()
    statuses = [browser.get(f"/portal/guess-{number}").status_code for number in range(31)]
    assert statuses == [404] * 30 + [429]
    refused = browser.get("/portal/guess-31")
    assert int(refused.headers["Retry-After"]) > 0
    assert "too many tries" in html.unescape(refused.get_data(as_text=True))
    assert browser.get(f"/portal/{token}").status_code == 200
