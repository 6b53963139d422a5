"""Accommodations on the team's pages: what it is for coordinators, that there is one and minutes for managers."""

import html

import pytest
from sqlalchemy import select

from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import AccommodationRequest
from hiringkit.candidates.queries import ApplicationView
from hiringkit.candidates.rules.accommodations import ArrangementDraft
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.home.queries import desk
from hiringkit.home.rules.steps import Urgency
from tests.candidates.asking import arrange, ask, request
from tests.candidates.factories import link
from tests.interviews.factories import book, panel, ready, stages
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World

CANARY = "canary of the candidate"
TOLD = "Captions are on."


def text_of(browser: Browser, address: str) -> str:
    """Return a page as it reads."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def asked(world: World) -> tuple[ApplicationView, AccommodationRequest]:
    """Return an application that can be interviewed, and its request."""
    view = ready(world, row=opening(world, state="open"))
    link(world, view.application)
    return view, request(view.application, CANARY)


def test_coordinator_reads_arranges_and_the_desk_says_so(world: World) -> None:
    view, _ = asked(world)
    world.member("cora", Capacity.COORDINATOR)
    address = f"/applications/{view.application.public_id}/accommodations"
    step = desk(world.actor("cora"), now()).openings[0].step
    assert (step.urgency, step.title) == (Urgency.ARRANGE, "Arrange what Jordan Avery asked for")
    browser = world.browser("cora")
    assert address in text_of(browser, "/")
    assert CANARY in text_of(browser, address)
    wanted = db.session.scalars(select(AccommodationRequest.public_id)).one()
    fields = {"request": wanted, "stage": "audit-and-feedback", "extra_minutes": "15", "told": TOLD}
    assert browser.submit(address, address, **fields).status_code == 303
    text = text_of(browser, address)
    assert "15 minutes more" in text
    assert TOLD in text
    assert desk(world.actor("cora"), now()).openings[0].step.urgency is Urgency.BOOK


def test_manager_sees_yes_and_minutes_and_no_word_of_it(world: World) -> None:
    view, wanted = asked(world)
    world.member("cora", Capacity.COORDINATOR)
    browser, address = world.browser("manager"), f"/applications/{view.application.public_id}"
    assert desk(world.actor("manager"), now()).openings[0].step.urgency is Urgency.BOOK
    assert "Not arranged yet" in text_of(browser, address)
    arrange(world, wanted, ArrangementDraft(15, "", TOLD))
    text = text_of(browser, address)
    assert ": 15 min" in text
    for words in (CANARY, TOLD, f"{address}/accommodations"):
        assert words not in text
    assert browser.get(f"{address}/accommodations").status_code == 403
    booking = text_of(browser, f"{address}/interviews/new")
    assert f"and 15 min more as arranged: keep {stages(view)[0].minutes + 15} min free" in booking
    assert CANARY not in booking


def test_team_without_a_coordinator_is_told_to_name_one(world: World) -> None:
    view, _ = asked(world)
    step = desk(world.actor("manager"), now()).openings[0].step
    assert (step.urgency, step.title) == (Urgency.ARRANGE, "Name a coordinator for this team")
    assert "this team has none" in text_of(world.browser("manager"), f"/applications/{view.application.public_id}")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"extra_minutes": "a few"}, "Enter a whole number of minutes, 0 to 480."),
        ({"extra_minutes": "-5"}, "Enter a whole number of minutes, 0 to 480."),
        ({"extra_minutes": "481"}, "Enter a whole number of minutes, 0 to 480."),
        ({"extra_minutes": ""}, "Enter a whole number of minutes, 0 to 480."),
        ({"stage": "no-such-stage"}, "Choose one of the conversations, or all of them."),
        ({"request": "elsewhere"}, "Choose what the arrangement is for."),
        ({"told": "x" * 1001}, "Use up to 1,000 characters."),
    ],
)
def test_refused_arrangement_says_why_and_keeps_what_was_typed(
    sqlite_world: World, fields: dict[str, str], words: str
) -> None:
    view, wanted = asked(sqlite_world)
    sqlite_world.member("cora", Capacity.COORDINATOR)
    address = f"/applications/{view.application.public_id}/accommodations"
    typed = {"request": wanted.public_id, "stage": "", "extra_minutes": "5", "told": TOLD, **fields}
    refused = sqlite_world.browser("cora").submit(address, address, **typed)
    text = html.unescape(refused.get_data(as_text=True))
    assert refused.status_code == 422
    assert words in text
    assert typed["told"] in text
    assert f'value="{typed["extra_minutes"]}"' in text
    assert queries.unscoped_extra_time(view.application.id).waiting == 1


def test_several_requests_are_told_apart(sqlite_world: World) -> None:
    view, first = asked(sqlite_world)
    second = request(view.application, "A room on the ground floor.")
    sqlite_world.member("cora", Capacity.COORDINATOR)
    browser, address = sqlite_world.browser("cora"), f"/applications/{view.application.public_id}/accommodations"
    assert "What it is for" in text_of(browser, address)
    assert browser.submit(address, address, extra_minutes="5").status_code == 422
    assert browser.submit(address, address, request=second.public_id, extra_minutes="5").status_code == 303
    _, found = queries.accommodations(sqlite_world.actor("cora"), view.application.public_id)
    assert [(one.row.id, len(one.arrangements)) for one in found] == [(second.id, 1), (first.id, 0)]


def test_kit_tells_the_panel_what_concerns_its_own_stage(world: World) -> None:
    view, wanted = asked(world)
    world.member("cora", Capacity.COORDINATOR)
    first, second = stages(view)[:2]
    arrange(world, wanted, ArrangementDraft(15, first.key, TOLD))
    arrange(world, wanted, ArrangementDraft(20, second.key, "Speak slowly."))
    (seat,) = panel(world, view, "ana", waiver="Nobody else can.")
    text = text_of(world.browser("ana"), f"/interviews/{seat.assignment.public_id}")
    note = text.partition("Arranged for Jordan Avery")[2].partition("</div>")[0]
    assert "15 minutes more" in note
    assert TOLD in note
    assert text.index(TOLD) < text.index('id="scorecard"')
    for words in (CANARY, "Speak slowly.", "20 minutes more"):
        assert words not in text


def test_auditor_learns_nothing_of_it_from_page_trail_or_record(world: World) -> None:
    view, wanted = asked(world)
    world.member("cora", Capacity.COORDINATOR)
    world.member("otto", Capacity.AUDITOR)
    arrange(world, wanted, ArrangementDraft(15, "", TOLD))
    trail = f"/openings/{view.opening.public_id}/trail"
    for address in (trail, "/audit"):
        text = text_of(world.browser("otto"), address)
        assert "delivered the disclosure" in text
        assert "accommodation" not in text
    assert "asked for an accommodation" in text_of(world.browser("manager"), trail)
    view.application.state = view.application.state.DECIDED
    db.session.commit()
    text = text_of(world.browser("otto"), f"/applications/{view.application.public_id}")
    assert "Accommodation" not in text
    assert "Questions about the disclosure" not in text


def test_delivery_without_a_link_makes_the_link_the_next_thing(world: World) -> None:
    view = ready(world)
    address = f"/applications/{view.application.public_id}"
    browser = world.browser("manager")
    text = text_of(browser, address)
    assert "Make a personal link for Jordan Avery" in text
    assert text.count('class="btn btn-primary"') == 1
    assert browser.submit(address, f"{address}/links").status_code == 303
    assert "The personal link of Jordan Avery" in text_of(browser, address)
    assert "Make a personal link for" not in text_of(browser, address)


def test_booking_says_which_version_is_on_record_and_waits_for_one(world: World) -> None:
    view = ready(world)
    browser, address = world.browser("manager"), f"/applications/{view.application.public_id}/interviews/new"
    assert "version 1 of the disclosure was delivered" in text_of(browser, address)
    assert "is not acknowledged yet" in text_of(browser, address)
    (one,) = queries.unscoped_deliveries(view.application.id)
    by = world.actor("manager")
    candidate = by.__class__(by.kind.CANDIDATE, view.application.public_id, application_id=view.application.id)
    operations.acknowledge(one.row, by=candidate, at=now())
    assert "Jordan Avery acknowledged it" in text_of(browser, address)
    assert book(world, view).interview.minutes == stages(view)[0].minutes


def test_coordinators_page_takes_the_same_statements_with_one_and_with_thirty_rows(world: World) -> None:
    view, wanted = asked(world)
    world.member("cora", Capacity.COORDINATOR)
    browser, taken = world.browser("cora"), []
    base = f"/applications/{view.application.public_id}"
    for count in (1, 29):
        for _ in range(count):
            arrange(world, request(view.application), ArrangementDraft(5, "", TOLD))
            arrange(world, wanted, ArrangementDraft(5))
        for page in (f"{base}/accommodations", base, f"{base}/interviews/new"):
            with counted() as seen:
                text_of(browser, page)
            taken.append(len(seen))
    assert taken[:3] == taken[3:]
    assert max(taken) <= 8


def test_desk_lists_what_candidates_wait_for_beside_the_next_step_of_the_opening(world: World) -> None:
    view, _ = asked(world)
    world.member("cora", Capacity.COORDINATOR)
    ask(view.application, field="pay.band")
    found = desk(world.actor("cora"), now())
    assert found.openings[0].step.urgency is Urgency.ARRANGE
    assert [step.title for step in found.asked] == ["Answer a question about “Pay”"]
    assert found.mine == 2
    text = text_of(world.browser("cora"), "/")
    assert "What candidates have asked" in text
    assert "/questions/" in text
    assert text.count('class="btn btn-primary"') == 1
