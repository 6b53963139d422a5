"""Home as a browser sees it: one main button a page, deliveries, the trail, and a flat number of statements."""

import re
from datetime import UTC, timedelta

from hiringkit.disclosures import operations as disclosures
from hiringkit.disclosures.models import Review
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import transaction
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.rules.booking import BookingDraft
from hiringkit.openings.models import Opening
from hiringkit.openings.operations import move_opening
from hiringkit.people import operations as people
from tests.candidates import factories as candidates
from tests.debriefs.factories import LEAD, Hire, applicant, book, debriefed, hire, read, seat, view_of
from tests.disclosures.factories import checked
from tests.openings.factories import opening as new_opening
from tests.statements import counted
from tests.world import Browser, World

LOW = {("ana", "compliance"): 2}
MOST = 8


def text_of(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def statements(browser: Browser, address: str) -> int:
    with counted() as seen:
        text_of(browser, address)
    return len(seen)


def review_asked(world: World, row: Opening) -> Review:
    """Return a review that the manager has asked for."""
    with transaction():
        checked(world, row)
        return disclosures.ask_for_review(row, by=world.actor("manager"), at=now())


def fill(made: Hire, by: str = "manager") -> None:
    """Add thirty people, openings, and candidates with an interview each."""
    world = made.world
    for number in range(30):
        world.member(f"person{number}")
        row = candidates.application(world, made.opening, f"Candidate Number{number}")
        candidates.delivery(world, row)
        start = (now() + timedelta(days=number + 1)).astimezone(UTC).replace(tzinfo=None, microsecond=0)
        draft, stage = BookingDraft(start, "UTC"), made.stages[0].row.id
        booked = interviews.book_interview(view_of(row), stage, draft, by=world.actor(by), at=now())
        seat(made, booked, "ana", LEAD)
        new_opening(world, title=f"Lead {number}")


def test_pages_take_at_most_eight_statements_with_one_and_with_thirty_rows(world: World) -> None:
    made = hire(world)
    world.member("cora", Capacity.COORDINATOR)
    world.member("otto", Capacity.AUDITOR)
    row = applicant(made, "Kim Duarte")
    seat(made, book(made, row), "ana", LEAD)
    opening, application = f"/openings/{made.opening.public_id}", f"/applications/{row.public_id}"
    trail, debrief = f"{opening}/trail", f"/debriefs/{row.public_id}"
    pages = {
        "manager": ["/", opening, application, trail, debrief],
        "cora": ["/", opening, application, debrief],
        "ana": ["/", opening, debrief],
        "otto": ["/", opening, trail, "/audit"],
        "admin": ["/", "/audit"],
    }
    browsers = {who: world.browser(who) for who in pages}
    few = {(who, page): statements(browsers[who], page) for who, own in pages.items() for page in own}
    fill(made)
    many = {(who, page): statements(browsers[who], page) for who, own in pages.items() for page in own}
    assert few == many
    assert {key: number for key, number in few.items() if number > MOST} == {}


def test_a_review_stands_in_the_queue_and_not_yet_in_that_of_who_asked(sqlite_world: World) -> None:
    world = sqlite_world
    row = new_opening(world)
    second, manager = world.manager("second"), world.browser("manager")
    review = review_asked(world, row)
    page, link = text_of(world.browser("second"), "/"), f'href="/openings/{row.public_id}/disclosure/review"'
    assert "Two things are yours" in page
    assert "Start with this" not in page
    assert f"Review the disclosure of {row.title}" in page
    assert "Manager asks you whether it may be published." in page
    assert link in page
    assert link not in text_of(manager, "/")
    note = "Name the shift."
    disclosures.answer_review(review, note, approves=False, by=world.actor("second"), at=now())
    page = text_of(manager, "/")
    assert f"The disclosure of {row.title} came back" in page
    assert f"{second.name} answered “not yet”" in page
    assert link in page
    assert note not in page
    assert link not in text_of(world.browser("second"), "/")


def test_member_of_several_capacities_stays_within_the_statements(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    ana, team = sqlite_world.members["ana"], sqlite_world.team()
    for capacity in (Capacity.MANAGER, Capacity.COORDINATOR):
        people.add_membership(ana, team, capacity, by=sqlite_world.admin, at=now())
    seat(made, book(made, applicant(made)), "ana", LEAD)
    row = new_opening(sqlite_world, "Access Lead")
    review_asked(sqlite_world, row)
    browser = sqlite_world.browser("ana")
    assert "Review the disclosure of Access Lead" in text_of(browser, "/")
    assert statements(browser, "/") <= MOST


def test_every_page_has_at_most_one_main_button(world: World) -> None:
    made = hire(world)
    row = debriefed(made, low=LOW)
    other = applicant(made, "Jordan Avery")
    world.member("fay")
    addresses = {
        "manager": ["/", f"/openings/{made.opening.public_id}", f"/applications/{row.public_id}"],
        "ana": ["/", f"/openings/{made.opening.public_id}"],
        "fay": ["/"],
        "admin": ["/"],
    }
    addresses["manager"] += [f"/applications/{other.public_id}", f"/debriefs/{row.public_id}"]
    for who, own in addresses.items():
        browser = world.browser(who)
        for address in own:
            found = re.findall(r'class="btn btn-primary"', text_of(browser, address))
            assert len(found) <= 1, (who, address)


def test_first_administrator_is_led_to_a_team_and_then_to_people(world: World) -> None:
    browser = world.browser("admin")
    assert "Create the first team" in text_of(browser, "/")
    world.team()
    assert "Invite your colleagues" in text_of(browser, "/")
    world.manager()
    assert "Invite your colleagues" not in text_of(browser, "/")


def test_interviewer_without_interviews_learns_what_will_be_here(sqlite_world: World) -> None:
    sqlite_world.member("fay")
    shown = text_of(sqlite_world.browser("fay"), "/")
    assert "Nothing waits for you" in shown
    assert "Once a manager gives you a place on a panel" in shown


def test_candidates_are_added_as_long_as_an_opening_takes_them(sqlite_world: World) -> None:
    row = new_opening(sqlite_world, state="open")
    address, seen = f"/openings/{row.public_id}", sqlite_world.browser("manager")
    assert "Add a candidate" in text_of(seen, address)
    move_opening(row, "close", by=sqlite_world.actor("manager"), at=now())
    page = text_of(seen, address)
    assert "Add a candidate" not in page
    assert "Nobody was added before this opening was over." in page


def test_disclosure_is_delivered_once_and_the_link_is_shown_once(world: World) -> None:
    made = hire(world)
    row = candidates.application(world, made.opening, "Lee Novak")
    page = f"/applications/{row.public_id}"
    browser = world.browser("manager")
    assert "Deliver the disclosure" in text_of(browser, page)
    assert browser.submit(page, f"{page}/delivery").status_code == 303
    shown = text_of(browser, page)
    assert "Version 1" in shown
    assert "Deliver the disclosure" not in shown
    assert browser.submit(page, f"{page}/links").status_code == 303
    link = re.search(r"https://localhost/portal/[\w-]+", text_of(browser, page))
    assert link is not None
    assert link[0] not in text_of(browser, page)


def test_delivery_without_a_disclosure_is_refused_in_words(sqlite_world: World) -> None:
    row = new_opening(sqlite_world, state="open")
    application = candidates.application(sqlite_world, row, "Lee Novak")
    browser = sqlite_world.browser("manager")
    page = f"/applications/{application.public_id}"
    assert "The disclosure is not ready yet" in text_of(browser, page)
    hidden = dict(re.findall(r'name="(csrf_token|form_key)" value="([^"]*)"', text_of(browser, page)))
    answer = browser.post(f"{page}/delivery", data=hidden)
    assert answer.status_code == 409
    assert "There is no disclosure to deliver yet" in answer.get_data(as_text=True)


def test_pages_are_for_those_who_may_read_them(world: World) -> None:
    made = hire(world)
    world.member("cora", Capacity.COORDINATOR)
    world.manager("odo", team="Other")
    row = applicant(made)
    opening, application = f"/openings/{made.opening.public_id}", f"/applications/{row.public_id}"
    wanted = {
        "manager": {opening: 200, application: 200, f"{opening}/trail": 200, "/audit": 403},
        "cora": {opening: 200, application: 200, f"{opening}/trail": 403, "/audit": 403},
        "ana": {opening: 200, application: 403, f"{opening}/trail": 403, "/audit": 403},
        "odo": {opening: 404, application: 404, f"{opening}/trail": 404, "/audit": 403},
        "admin": {opening: 403, application: 403, f"{opening}/trail": 403, "/audit": 200},
    }
    found = {
        who: {address: world.browser(who).get(address).status_code for address in addresses}
        for who, addresses in wanted.items()
    }
    assert found == wanted
    assert world.browser().get("/").status_code == 303


def test_interviewer_reads_neither_candidates_nor_the_number_of_events(world: World) -> None:
    made = hire(world)
    applicant(made, "Kim Duarte")
    shown = text_of(world.browser("ana"), f"/openings/{made.opening.public_id}")
    assert "Kim Duarte" not in shown
    assert "Scorecards in" not in shown


def test_gate_reaches_no_page_before_it_is_opened(world: World) -> None:
    made = hire(world)
    world.manager("ines")
    row = debriefed(made, low=LOW)
    pages = ["/", f"/openings/{made.opening.public_id}", f"/applications/{row.public_id}", f"/debriefs/{row.public_id}"]
    reader, other = world.browser("manager"), world.browser("ines")
    assert all("gate on Compliance" in text_of(reader, page) for page in pages[:3])
    for page in [*pages, f"/openings/{made.opening.public_id}/trail"]:
        assert not re.search(r"open(ed a safety)? gate|gate on|gate open", text_of(other, page), re.IGNORECASE), page
    read(made, row, "ines")
    assert "gate on Compliance" in text_of(other, "/")
