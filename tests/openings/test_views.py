"""Openings as a browser sees them: the list, a new one, its details and its moves."""

import html
import re

import pytest
from sqlalchemy import func, select

from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OPENING, OpeningState
from hiringkit.people.models import Team
from tests.library.factories import small_pack, starter_pack
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World


def text(browser: Browser, address: str) -> str:
    """Return a page as it reads, entities resolved."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def typed(world: World, **changes: str) -> dict[str, str]:
    """Return the fields of a new opening as a manager would fill them in."""
    fields = {
        "title": "Patient Access Manager",
        "team": world.team().public_id,
        "track": f"{starter_pack(world).public_id}/denials-and-appeals",
        "place": "Remote, United States",
        "zone": "America/Chicago",
        "posts": "2",
    }
    return {**fields, **changes}


def count() -> int:
    """Return how many openings there are."""
    return db.session.scalar(select(func.count()).select_from(Opening)) or 0


def test_a_manager_creates_an_opening_and_lands_on_its_overview(world: World) -> None:
    world.manager()
    starter_pack(world)
    browser = world.browser("manager")
    answer = browser.submit("/openings/new", "/openings", **typed(world))
    row = db.session.scalars(select(Opening)).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/openings/{row.public_id}")
    assert (row.track_key, row.posts, row.slug) == ("denials-and-appeals", 2, "patient-access-manager")
    page = text(browser, answer.headers["Location"])
    assert "Patient Access Manager" in page
    assert "Draft" in page


def test_a_double_click_makes_one_opening(world: World) -> None:
    world.manager()
    starter_pack(world)
    browser = world.browser("manager")
    page = browser.get("/openings/new").get_data(as_text=True)
    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'action="/openings"' in f)
    hidden = dict(re.findall(r'name="(csrf_token|form_key)" value="([^"]*)"', form))
    answers = [browser.post("/openings", data={**hidden, **typed(world)}) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Enter a title."),
        ({"title": "x" * 121}, "Use up to 120 characters."),
        ({"track": ""}, "Choose a track."),
        ({"track": "nonsense"}, "Choose a track from the list."),
        ({"place": "  "}, "Enter where the work is done."),
        ({"zone": "Mars/Olympus"}, "Choose a time zone from the list."),
        ({"posts": "a few"}, "Enter a whole number, such as 1."),
        ({"posts": "0"}, "Enter a number of people from 1 to 500."),
        ({"posts": "99999999999999999999"}, "Enter a number of people from 1 to 500."),
    ],
)
def test_a_refused_opening_keeps_what_was_typed(sqlite_world: World, changes: dict[str, str], sentence: str) -> None:
    sqlite_world.manager()
    starter_pack(sqlite_world)
    fields = typed(sqlite_world, **changes)
    answer = sqlite_world.browser("manager").submit("/openings/new", "/openings", **fields)
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert sentence in page
    assert "data-error-summary" in page
    for name in ("title", "place", "posts"):
        if fields[name].strip():
            assert f'value="{fields[name]}"' in page
    assert count() == 0


def test_the_form_offers_only_teams_that_one_manages(world: World) -> None:
    world.manager()
    other = world.team("Other")
    starter_pack(world)
    browser = world.browser("manager")
    assert other.public_id not in text(browser, "/openings/new")
    answer = browser.submit("/openings/new", "/openings", **typed(world, team=other.public_id))
    assert answer.status_code == 422
    assert "Choose a team from the list." in answer.get_data(as_text=True)
    assert count() == 0


def test_tracks_of_several_packs_name_their_pack(world: World) -> None:
    world.manager()
    starter_pack(world)
    small_pack(world)
    page = text(world.browser("manager"), "/openings/new")
    assert "Denials and appeals support (Patient access)" in page
    assert "Only (Small)" in page


def test_without_a_pack_the_page_leads_to_the_library(world: World) -> None:
    world.manager()
    assert "Go to the library" in text(world.browser("manager"), "/openings/new")


def test_the_list_filters_by_state_and_shows_states_as_words(world: World) -> None:
    opening(world, "First", state="open")
    opening(world, "Second")
    browser = world.browser("manager")
    assert {"First", "Second", "Open", "Draft"} <= set(re.findall(r"[A-Z]\w+", text(browser, "/openings")))
    drafts = text(browser, "/openings?state=draft")
    assert "Second" in drafts
    assert "First" not in drafts
    assert "None of your openings is closed now." in text(browser, "/openings?state=closed")
    assert "First" in text(browser, "/openings?state=nonsense&page=abc")


def test_details_are_changed_and_a_stale_form_shows_both_texts(world: World) -> None:
    row = opening(world)
    address = f"/openings/{row.public_id}/details"
    browser = world.browser("manager")
    page = browser.get(address).get_data(as_text=True)
    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'action="{address}"' in f)
    hidden = dict(re.findall(r'name="(csrf_token|form_key|version)" value="([^"]*)"', form))
    fields = {"title": "Access Lead", "place": "Reno", "zone": "America/Chicago", "posts": "1"}
    assert world.browser("manager").submit(address, **fields).status_code == 303
    answer = browser.post(address, data={**hidden, **fields, "title": "Access Director"})
    both = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Access Lead" in both
    assert "Access Director" in both
    saved = browser.post(
        address, data={**dict(re.findall(r'name="(csrf_token|form_key|version)" value="([^"]*)"', both)), **fields}
    )
    assert saved.status_code == 303


def test_places_are_ticked_when_an_opening_is_created_and_stay_ticked(world: World) -> None:
    world.manager()
    starter_pack(world)
    browser = world.browser("manager")
    fields = {**typed(world), "posting_places": ["US-CO", "EU"]}
    assert browser.submit("/openings/new", "/openings", **fields).status_code == 303
    row = db.session.scalars(select(Opening)).one()
    assert row.posting_places == ["US-CO", "EU"]
    address = f"/openings/{row.public_id}/details"
    ticked = re.findall(r'value="([A-Z-]+)" checked', text(browser, address))
    assert ticked == ["US-CO", "EU"]
    kept = {"title": row.title, "place": row.place, "zone": row.zone, "posts": "1"}
    assert browser.submit(address, **kept, posting_places=["US-NY"]).status_code == 303
    assert re.findall(r'value="([A-Z-]+)" checked', text(browser, address)) == ["US-NY"]
    assert browser.submit(address, **kept).status_code == 303
    db.session.expire_all()
    assert row.posting_places == []


def test_a_place_that_is_not_on_the_list_is_refused_and_the_others_stay_ticked(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    browser = sqlite_world.browser("manager")
    kept = {"title": "Kept", "place": row.place, "zone": row.zone, "posts": "1"}
    answer = browser.submit(f"/openings/{row.public_id}/details", **kept, posting_places=["US-CA", "US-XX"])
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "Choose places from the list." in page
    assert 'value="Kept"' in page
    assert re.findall(r'value="([A-Z-]+)" checked', page) == ["US-CA"]


@pytest.mark.parametrize("state", list(OpeningState))
def test_the_overview_offers_exactly_the_moves_of_the_state(sqlite_world: World, state: OpeningState) -> None:
    row = opening(sqlite_world)
    row.state, row.opened_at = state, None if state is OpeningState.DRAFT else now()
    db.session.commit()
    page = text(sqlite_world.browser("manager"), f"/openings/{row.public_id}")
    offered = re.findall(r'name="move" value="(\w+)"', page)
    # Opening a draft is the next thing to do once its disclosure is published, and offered there alone.
    assert offered == [move.name for move in OPENING.moves_from(state) if move.name != "open"]


def test_buttons_move_the_opening(world: World) -> None:
    row = opening(world)
    address = f"/openings/{row.public_id}"
    browser = world.browser("manager")
    answer = browser.submit(address, f"{address}/state", move="open")
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert browser.submit(address, f"{address}/state", move="open").status_code == 409
    assert browser.submit(address, f"{address}/state", move="fly").status_code == 400
    assert browser.submit(address, f"{address}/state").status_code == 400
    db.session.expire_all()
    assert row.state is OpeningState.OPEN


@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR])
def test_readers_see_no_way_to_change_and_have_none(world: World, capacity: Capacity) -> None:
    row = opening(world)
    world.member("x", capacity)
    browser = world.browser("x")
    address = f"/openings/{row.public_id}"
    page = text(browser, address)
    assert "/details" not in page
    assert f'action="{address}/state"' not in page
    assert "/openings/new" not in text(browser, "/openings")
    for closed in ("/openings/new", f"{address}/details"):
        assert browser.get(closed).status_code == 403
    token = re.search(r'name="csrf_token" value="([^"]*)"', browser.get("/account").get_data(as_text=True))
    fields = {"csrf_token": token.group(1) if token else "", "form_key": "k", "move": "open"}
    assert browser.post(f"{address}/state", data=fields).status_code == 403
    assert browser.post("/openings", data=fields).status_code == 403


def test_a_manager_of_another_team_finds_nothing_here(world: World) -> None:
    row = opening(world)
    world.manager("other", "Other")
    browser = world.browser("other")
    for address in (f"/openings/{row.public_id}", f"/openings/{row.public_id}/details"):
        assert browser.get(address).status_code == 404


def test_a_manager_elsewhere_who_only_reads_here_may_not_edit(world: World) -> None:
    row = opening(world)
    world.manager("other", "Other")
    from hiringkit.people import operations

    operations.add_membership(
        world.members["other"], db.session.get_one(Team, row.team_id), Capacity.INTERVIEWER, by=world.admin, at=now()
    )
    browser = world.browser("other")
    assert browser.get(f"/openings/{row.public_id}").status_code == 200
    assert browser.get(f"/openings/{row.public_id}/details").status_code == 403


def test_pages_cost_at_most_eight_statements_for_one_and_for_thirty(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    addresses = ("/openings", "/openings/new", f"/openings/{row.public_id}", f"/openings/{row.public_id}/details")

    def statements() -> list[int]:
        numbers = []
        for address in addresses:
            with counted() as seen:
                answer = browser.get(address)
            assert answer.status_code == 200
            assert len(answer.data) < 100_000
            numbers.append(len(seen))
        return numbers

    with_one = statements()
    for number in range(29):
        opening(world, f"Opening {number}")
    assert statements() == with_one
    assert max(with_one) <= 8
