"""Signing in and out, accounts, teams and invitations, as a browser sees them."""

import re

from hiringkit.foundation.access import Capacity
from tests.world import PASSWORD, World


def test_sign_in_leads_to_the_home_page_and_sign_out_ends_it(world: World) -> None:
    browser = world.browser("admin")
    assert browser.get("/account").status_code == 200
    assert browser.submit("/account", "/sign-out").status_code == 303
    assert browser.get("/account").status_code == 303


def test_wrong_password_and_unknown_address_get_the_same_answer(sqlite_world: World) -> None:
    browser = sqlite_world.browser()
    answers = [
        browser.submit("/sign-in", email=address, password="wrong wrong wrong")
        for address in ("admin@example.org", "nobody@example.org")
    ]
    texts = [re.sub(r'value="[^"]*"', "", a.get_data(as_text=True)) for a in answers]
    assert [a.status_code for a in answers] == [422, 422]
    assert texts[0] == texts[1]


def test_eleventh_try_in_a_minute_is_refused(world: World) -> None:
    browser = world.browser()
    codes = [browser.submit("/sign-in", email="admin@example.org", password="x" * 12).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]


def test_sign_in_ignores_foreign_next(sqlite_world: World) -> None:
    for wanted in ("//evil.example", "https://evil.example", "/\\evil.example"):
        browser = sqlite_world.browser()
        answer = browser.submit("/sign-in", email="admin@example.org", password=PASSWORD, next=wanted)
        assert answer.headers["Location"] == "/"


def test_double_click_makes_one_team(world: World) -> None:
    browser = world.browser("admin")
    page = browser.get("/people/teams").get_data(as_text=True)
    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'action="/people/teams"' in f)
    hidden = dict(re.findall(r'name="(csrf_token|form_key)" value="([^"]*)"', form))
    first = browser.post("/people/teams", data={**hidden, "name": "North"})
    again = browser.post("/people/teams", data={**hidden, "name": "North"})
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["Location"] == again.headers["Location"]


def test_stale_edit_keeps_both_texts(world: World) -> None:
    team = world.team("East")
    address = f"/people/teams/{team.public_id}"
    browser = world.browser("admin")
    page = browser.get(address).get_data(as_text=True)
    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'action="{address}"' in f)
    hidden = dict(re.findall(r'name="(csrf_token|form_key|version)" value="([^"]*)"', form))
    reveal = "when all of one's own are in"
    assert world.browser("admin").submit(address, name="East and South", reveal=reveal).status_code == 303
    answer = browser.post(address, data={**hidden, "name": "Far East", "reveal": reveal})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Far East" in text
    assert "East and South" in text


def test_invitation_link_is_shown_once_and_get_uses_nothing(world: World) -> None:
    world.manager()
    browser = world.browser("manager")
    sent = browser.submit(
        "/people/invitations",
        name="Ines",
        email="ines@example.org",
        team=world.team().public_id,
        capacity="interviewer",
    )
    assert sent.status_code == 303
    link = re.search(
        r"https://localhost(/invitations/[\w-]+)", browser.get("/people/invitations").get_data(as_text=True)
    )
    assert link is not None
    assert link[1] not in browser.get("/people/invitations").get_data(as_text=True)
    guest = world.browser()
    for _ in range(3):
        assert "Join as interviewer" in guest.get(link[1]).get_data(as_text=True)
    joined = guest.submit(link[1], name="Ines", zone="UTC", password=PASSWORD)
    assert joined.status_code == 303
    assert guest.get("/account").status_code == 200
    assert "used" in world.browser().get(link[1]).get_data(as_text=True)


def test_disabled_member_is_signed_out_at_once(world: World) -> None:
    ana = world.member("ana")
    browser = world.browser("ana")
    assert browser.get("/account").status_code == 200
    assert world.browser("admin").submit("/people", f"/people/members/{ana.public_id}/disabling").status_code == 303
    assert browser.get("/account").status_code == 303


def test_interviewer_reads_own_team_and_no_other(world: World) -> None:
    world.member("ana")
    other = world.team("Other")
    browser = world.browser("ana")
    assert browser.get(f"/people/teams/{world.team().public_id}").status_code == 200
    assert browser.get(f"/people/teams/{other.public_id}").status_code == 404
    assert browser.get("/people").status_code == 403


def test_signing_out_everywhere_ends_other_browsers(world: World) -> None:
    world.member("cora", Capacity.COORDINATOR)
    one, two = world.browser("cora"), world.browser("cora")
    assert one.submit("/account", "/account/sign-ins/end").status_code == 303
    assert two.get("/account").status_code == 303
