"""Candidates as a browser sees them: the list, adding, details, links shown once, and withdrawals."""

import html
import re

import pytest
from sqlalchemy import func, select

from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import Application, Candidate, PersonalLink
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.openings.models import Opening
from hiringkit.openings.operations import move_opening
from tests.candidates.factories import application, candidate, draft, link
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World

TYPED = {"name": "Jordan Avery", "email": "jordan@example.com", "zone": "America/Chicago", "member_email": ""}


def page(browser: Browser, address: str) -> str:
    """Return a page as it reads, entities resolved."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def address(row: Opening) -> str:
    """Return where the candidates of an opening are."""
    return f"/openings/{row.public_id}/candidates"


def count(table: type[Candidate | Application | PersonalLink]) -> int:
    """Return how many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def flashed(browser: Browser) -> list[tuple[str, str]]:
    """Return the messages that the next page of this browser will show."""
    with browser.session_transaction(base_url="https://localhost") as session:
        return [(kind, text) for kind, text in session.get("_flashes", [])]


def hidden(browser: Browser, shown: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form for an action on a page."""
    text = browser.get(shown).get_data(as_text=True)
    form = next(f for f in re.findall(r"<form.*?</form>", text, re.DOTALL) if f'action="{action}"' in f)
    return dict(re.findall(r'name="(csrf_token|form_key|version)" value="([^"]*)"', form))


def test_an_empty_list_teaches_and_the_form_adds(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    assert "No candidates yet" in page(browser, address(row))
    answer = browser.submit(address(row), address(row), **TYPED)
    made = db.session.scalars(select(Application)).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/applications/{made.public_id}")
    text = page(browser, address(row))
    assert "Jordan Avery was added." in text
    assert f'href="/applications/{made.public_id}"' in text
    assert "Added" in text


def test_a_known_address_is_reused_and_says_so(world: World) -> None:
    row = opening(world)
    application(world, row)
    other = opening(world, "Another")
    browser = world.browser("manager")
    answer = browser.submit(
        address(other), address(other), **{**TYPED, "email": "Jordan.Avery@Example.com", "name": "J A"}
    )
    assert answer.status_code == 303
    assert count(Candidate) == 1
    assert "Your team knows this address already: it is Jordan Avery’s." in page(browser, address(other))


def test_a_second_application_on_the_opening_is_refused_at_the_address(world: World) -> None:
    row = opening(world)
    application(world, row)
    browser = world.browser("manager")
    answer = browser.submit(address(row), address(row), **{**TYPED, "email": "jordan.avery@example.com"})
    text = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "Jordan Avery has an application on this opening already." in text
    assert 'value="jordan.avery@example.com"' in text
    assert (count(Candidate), count(Application)) == (1, 1)


def test_a_double_click_adds_one_candidate(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    fields = {**hidden(browser, address(row), address(row)), **TYPED}
    answers = [browser.post(address(row), data=fields) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert (count(Candidate), count(Application)) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Enter a name."),
        ({"name": "x" * 121}, "Use up to 120 characters."),
        ({"email": "jordan"}, "Enter an address such as name@example.org."),
        ({"zone": "Mars/Olympus"}, "Choose a time zone from the list."),
        ({"member_email": "nobody@example.org"}, "Nobody signs in here with this address."),
        ({"email": "manager@example.org"}, "You cannot handle an application of your own."),
    ],
)
def test_a_refused_form_keeps_what_was_typed(sqlite_world: World, changes: dict[str, str], sentence: str) -> None:
    row = opening(sqlite_world)
    answer = sqlite_world.browser("manager").submit(address(row), address(row), **{**TYPED, **changes})
    text = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert sentence in text
    assert f'value="{changes.get("email", TYPED["email"])}"' in text
    assert count(Candidate) == 0


@pytest.mark.parametrize(
    ("capacity", "status"),
    [
        (Capacity.COORDINATOR, 200),
        (Capacity.AUDITOR, 200),
        (Capacity.INTERVIEWER, 403),
        (Capacity.ADMINISTRATOR, 403),
    ],
)
def test_who_may_list_and_who_may_add(world: World, capacity: Capacity, status: int) -> None:
    row = opening(world)
    made = application(world, row)
    world.member("other", capacity)
    browser = world.browser("other")
    answer = browser.get(address(row))
    assert answer.status_code == status
    text = answer.get_data(as_text=True)
    assert ("Jordan Avery" in text) == (capacity is Capacity.COORDINATOR)
    assert (f'action="{address(row)}"' in text) == (capacity is Capacity.COORDINATOR)
    person = queries.unscoped_application(made.id).candidate
    expected = 200 if capacity is Capacity.COORDINATOR else 403
    assert browser.get(f"/candidates/{person.public_id}").status_code == expected


def test_a_manager_of_another_team_finds_nothing(world: World) -> None:
    row = opening(world)
    made = application(world, row)
    person = queries.unscoped_application(made.id).candidate
    world.manager("stranger", "Other")
    browser = world.browser("stranger")
    for path in (address(row), f"/candidates/{person.public_id}", f"/applications/{made.public_id}/withdrawal"):
        assert browser.get(path).status_code == 404


def test_a_coordinator_who_is_the_candidate_sees_no_trace(world: World) -> None:
    row = opening(world)
    member = world.member("ina", Capacity.COORDINATOR)
    by = world.actor("manager")
    person = operations.add_candidate(draft(world, "Ina Applies", email=member.email), by=by, at=now())
    made = operations.add_application(person, row, by=by, at=now())
    browser = world.browser("ina")
    text = page(browser, address(row))
    assert "Ina Applies" not in text
    assert "No candidates yet" in text
    for path in (f"/candidates/{person.public_id}", f"/applications/{made.public_id}/withdrawal"):
        absent = re.sub("[^/]{16}", "a" * 16, path)
        assert browser.get(path).status_code == browser.get(absent).status_code == 404


def test_details_are_changed_and_a_stale_edit_gets_409(world: World) -> None:
    row = candidate(world)
    browser, target = world.browser("manager"), f"/candidates/{row.public_id}"
    old = hidden(browser, target, target)
    answer = browser.submit(target, target, **{**TYPED, "name": "Jordan B. Avery"})
    assert answer.status_code == 303
    assert "Jordan B. Avery" in page(browser, target)
    late = browser.post(target, data={**old, "form_key": "another.1", **TYPED, "name": "Late Name"})
    text = html.unescape(late.get_data(as_text=True))
    assert late.status_code == 409
    assert "Late Name" in text
    assert "Jordan B. Avery" in text
    assert db.session.get_one(Candidate, row.id).name == "Jordan B. Avery"


def test_details_show_the_conflict_and_the_applications(world: World) -> None:
    member = world.member("ina", Capacity.COORDINATOR)
    row = opening(world)
    by = world.actor("manager")
    person = operations.add_candidate(draft(world, "Ina Applies", email=member.email), by=by, at=now())
    made = operations.add_application(person, row, by=by, at=now())
    text = page(world.browser("manager"), f"/candidates/{person.public_id}")
    assert "This person signs in here, and sees nothing of this candidate." in text
    assert f'href="/applications/{made.public_id}"' in text
    assert f'value="{member.email}"' in text


def test_a_link_is_shown_once_and_stored_nowhere_in_clear(world: World) -> None:
    made = application(world)
    browser, target = world.browser("manager"), f"/applications/{made.public_id}/links"
    answer = browser.post(target, data=hidden(browser, "/openings", "/sign-out"))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/applications/{made.public_id}")
    ((kind, text),) = flashed(browser)
    assert (kind, text.startswith("https://localhost/portal/")) == ("link", True)
    token = text.rpartition("/")[2]
    assert queries.application_by_token(token).application.id == made.id
    assert count(PersonalLink) == 1


def test_a_link_is_revoked(world: World) -> None:
    made = application(world)
    link(world, made)
    (row,) = queries.unscoped_links(made.id)
    browser = world.browser("manager")
    target = f"/applications/{made.public_id}/links/{row.public_id}/revocation"
    answer = browser.post(target, data=hidden(browser, "/openings", "/sign-out"))
    assert answer.status_code == 303
    assert db.session.get_one(PersonalLink, row.id).revoked_at is not None
    again = browser.post(target, data=hidden(browser, "/openings", "/sign-out"))
    assert again.status_code == 409


def test_a_withdrawal_is_confirmed_then_recorded(world: World) -> None:
    made = application(world)
    browser, target = world.browser("manager"), f"/applications/{made.public_id}/withdrawal"
    assert "Has Jordan Avery withdrawn?" in page(browser, target)
    assert db.session.get_one(Application, made.id).state is ApplicationState.ADDED
    assert browser.submit(target, target).status_code == 303
    assert db.session.get_one(Application, made.id).state is ApplicationState.WITHDRAWN
    assert browser.get(target).status_code == 409


def test_a_closed_opening_takes_no_more_candidates(world: World) -> None:
    row = opening(world)
    move_opening(row, "close", by=world.actor("manager"), at=now())
    text = page(world.browser("manager"), address(row))
    assert "Reopen it to add candidates." in text
    assert f'action="{address(row)}"' not in text


def test_the_list_has_pages_and_as_many_statements_for_30_rows_as_for_1(world: World) -> None:
    row = opening(world)
    person = queries.unscoped_application(application(world, row, "Zoe Zimmer").id).candidate
    browser, target, details = world.browser("manager"), address(row), f"/candidates/{person.public_id}"
    with counted() as for_one:
        page(browser, target)
    for number in range(50):
        application(world, row, f"Person {number:02}")
    with counted() as for_many:
        text = page(browser, target)
    assert len(for_one) == len(for_many) <= 8
    assert "Zoe Zimmer" not in text
    assert "Zoe Zimmer" in page(browser, f"{target}?page=2")
    with counted() as seen:
        page(browser, details)
    assert len(seen) <= 8
