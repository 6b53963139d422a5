"""Booking and planning in the browser: reasons on the page, nothing typed lost, one row for two clicks."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.words import local
from hiringkit.interviews import queries
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.interviews.queries import AssignmentView, ScheduledInterview, unscoped_interviews_of
from hiringkit.interviews.rules.lifecycle import AssignmentState, InterviewState
from tests.candidates import factories as candidates
from tests.interviews.factories import SHADOW, ZONE, begun, book, calibrated, hidden_fields, panel, ready, seat, stages
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World

SOON = timedelta(days=3)


def coming(world: World, *who: str) -> list[AssignmentView]:
    """Return the places of a panel whose interview is three days ahead on the clock of this machine."""
    starts = (now() + SOON).replace(second=0, microsecond=0)
    return panel(world, ready(world), *who, starts=starts, at=now())


def plan_page(plan: ScheduledInterview) -> str:
    return f"/interviews/plan/{plan.interview.public_id}"


def test_booking_a_stage_leads_to_its_page(world: World) -> None:
    view = ready(world)
    there = local(now() + SOON, ZONE)
    page = f"/applications/{view.application.public_id}/interviews/new"
    browser = world.browser("manager")
    text = browser.get(page).get_data(as_text=True)
    assert "Book an interview with Jordan Avery" in text
    assert re.search(rf'<option selected value="{ZONE}"', text)
    address = f"/applications/{view.application.public_id}/interviews"
    done = browser.submit(
        page, address, stage=stages(view)[0].public_id, day=there.date().isoformat(), time="14:05", zone=ZONE
    )
    assert done.status_code == 303
    (made,) = unscoped_interviews_of(view.application.id)
    assert done.headers["Location"] == f"/interviews/plan/{made.interview.public_id}"
    assert local(made.interview.starts_at, ZONE).strftime("%H:%M") == "14:05"
    shown = browser.get(done.headers["Location"]).get_data(as_text=True)
    assert "This panel needs a lead and a second" in shown
    assert stages(view)[0].public_id not in browser.get(page).get_data(as_text=True)


def test_double_click_books_once(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    browser = sqlite_world.browser("manager")
    address = f"/applications/{view.application.public_id}/interviews"
    text = browser.get(f"{address}/new").get_data(as_text=True)
    hidden = hidden_fields(text, f'action="{address}"')
    day = local(now() + SOON, ZONE).date().isoformat()
    fields = {**hidden, "stage": stages(view)[0].public_id, "day": day, "time": "09:00", "zone": ZONE}
    first, again = browser.post(address, data=fields), browser.post(address, data=fields)
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["Location"] == again.headers["Location"]
    assert db.session.scalar(select(func.count()).select_from(Interview)) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "2027-03-14", "time": "02:30"}, "02:30 does not exist on that day, because the clocks go forward"),
        ({"day": "2020-01-01", "time": "09:00"}, "The start is in the past; choose a later one."),
        ({"day": "soon", "time": "9ish"}, "Enter a date such as 2026-05-04."),
        ({"day": "", "time": ""}, "Enter the date."),
        ({"zone": "Mars/Olympus"}, "Choose a time zone from the list."),
        ({"stage": ""}, "Choose a stage."),
        ({"stage": "elsewhere"}, "Choose a stage that is not booked yet."),
    ],
)
def test_refused_booking_says_why_and_keeps_what_was_typed(
    sqlite_world: World, fields: dict[str, str], words: str
) -> None:
    view = ready(sqlite_world)
    address = f"/applications/{view.application.public_id}/interviews"
    typed = {"stage": stages(view)[1].public_id, "day": "2027-02-01", "time": "09:30", "zone": ZONE, **fields}
    refused = sqlite_world.browser("manager").submit(f"{address}/new", address, **typed)
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert words in text
    for name in ("day", "time"):
        assert f'value="{typed[name]}"' in text
    assert db.session.scalar(select(func.count()).select_from(Interview)) == 0


def test_booking_page_says_what_comes_first(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    application = candidates.application(sqlite_world, row)
    browser = sqlite_world.browser("manager")
    page = f"/applications/{application.public_id}/interviews/new"
    assert "The loop is not in use yet" in browser.get(page).get_data(as_text=True)
    loop_version(sqlite_world, row)
    assert "No disclosure has been delivered yet" in browser.get(page).get_data(as_text=True)
    candidates.delivery(sqlite_world, application)
    assert "Book it" in browser.get(page).get_data(as_text=True)


def test_every_refusal_of_a_place_names_its_reason_before_and_after_trying(sqlite_world: World) -> None:
    plan = coming(sqlite_world, "ana")[0].scheduled
    gil = sqlite_world.member("gil")
    browser = sqlite_world.browser("manager")
    text = browser.get(plan_page(plan)).get_data(as_text=True)
    assert "This panel already has its lead." in text
    assert "Can only shadow. Gil holds no calibration on" in text
    address = f"{plan_page(plan)}/assignments"
    refused = browser.submit(plan_page(plan), address, member=gil.public_id, role="lead", reason="")
    said = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "This panel already has its lead. Gil holds no calibration on" in said
    assert f'href="#person-{gil.public_id}"' in said
    assert f'id="person-{gil.public_id}"' in said


def test_people_who_may_rate_come_before_those_who_may_not(sqlite_world: World) -> None:
    plan = coming(sqlite_world, "ana")[0].scheduled
    calibrated(sqlite_world, "zoe", at=now())
    for who in ("gil", "ben"):
        sqlite_world.member(who)
    text = sqlite_world.browser("manager").get(plan_page(plan)).get_data(as_text=True)
    assert re.findall(r"<h3>(Zoe|Ben|Gil|Manager)</h3>", text) == ["Zoe", "Ben", "Gil", "Manager"]


def test_manager_waives_on_the_page_and_a_coordinator_is_not_offered_it(world: World) -> None:
    plan = coming(world, "ana")[0].scheduled
    gil = world.member("gil")
    world.member("cora", Capacity.COORDINATOR)
    assert "Waive the calibration" not in world.browser("cora").get(plan_page(plan)).get_data(as_text=True)
    browser = world.browser("manager")
    assert "Waive the calibration of Gil" in browser.get(plan_page(plan)).get_data(as_text=True)
    address = f"{plan_page(plan)}/assignments"
    long = browser.submit(plan_page(plan), address, member=gil.public_id, role="second", reason="x" * 4001)
    assert long.status_code == 422
    assert "x" * 4001 in long.get_data(as_text=True)
    done = browser.submit(plan_page(plan), address, member=gil.public_id, role="second", reason="He wrote the guide.")
    assert done.status_code == 303
    text = browser.get(plan_page(plan)).get_data(as_text=True)
    assert "Gil is asked to be the second." in text
    assert "Reason: He wrote the guide." in text


def test_coordinator_who_sends_a_reason_anyway_is_refused(sqlite_world: World) -> None:
    plan = coming(sqlite_world, "ana")[0].scheduled
    gil = sqlite_world.member("gil")
    sqlite_world.member("cora", Capacity.COORDINATOR)
    fields = {"member": gil.public_id, "role": "second", "reason": "Please."}
    refused = sqlite_world.browser("cora").submit(plan_page(plan), f"{plan_page(plan)}/assignments", **fields)
    assert refused.status_code == 403
    assert "Only a manager may waive a calibration." in refused.get_data(as_text=True)


def test_moves_and_handing_over_are_buttons(world: World) -> None:
    held, other = coming(world, "ana", "ben")
    plan, browser = held.scheduled, world.browser("manager")
    assert "Waiting for Ana and Ben" in browser.get(plan_page(plan)).get_data(as_text=True)
    address = f"/interviews/plan/assignments/{other.assignment.public_id}/hand-over"
    assert browser.submit(plan_page(plan), address).status_code == 303
    db.session.refresh(other.assignment)
    assert other.assignment.state is AssignmentState.HANDED_OVER
    assert "This panel needs a second" in browser.get(plan_page(plan)).get_data(as_text=True)
    assert browser.submit(plan_page(plan), f"{plan_page(plan)}/state", move="confirm").status_code == 303
    assert browser.submit(plan_page(plan), f"{plan_page(plan)}/state", move="hold").status_code == 409
    assert browser.submit(plan_page(plan), f"{plan_page(plan)}/state", move="reschedule").status_code == 400
    assert browser.submit(plan_page(plan), f"{plan_page(plan)}/state", move="cancel").status_code == 303
    db.session.refresh(plan.interview)
    assert plan.interview.state is InterviewState.CANCELLED
    assert "This interview is cancelled." in browser.get(plan_page(plan)).get_data(as_text=True)


def test_held_and_missed_are_offered_once_it_has_begun(sqlite_world: World) -> None:
    (held,) = begun(sqlite_world, ready(sqlite_world), "ana")
    browser = sqlite_world.browser("manager")
    text = browser.get(plan_page(held.scheduled)).get_data(as_text=True)
    assert "It was held" in text
    assert "The candidate did not come" in text
    assert (
        browser.submit(plan_page(held.scheduled), f"{plan_page(held.scheduled)}/state", move="miss").status_code == 303
    )


def test_moving_it_shows_both_times_when_somebody_was_first(sqlite_world: World) -> None:
    (held,) = coming(sqlite_world, "ana")
    page = plan_page(held.scheduled)
    browser = sqlite_world.browser("manager")
    hidden = hidden_fields(browser.get(page).get_data(as_text=True), f'action="{page}/time"')
    day = local(now() + 2 * SOON, ZONE).date().isoformat()
    first = sqlite_world.browser("manager").submit(page, f"{page}/time", day=day, time="11:00", zone=ZONE)
    assert first.status_code == 303
    stale = browser.post(f"{page}/time", data={**hidden, "day": day, "time": "12:15", "zone": ZONE})
    both = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "12:15" in both
    assert "11:00" in both
    refused = browser.submit(page, f"{page}/time", day="2020-01-01", time="09:00", zone=ZONE)
    assert refused.status_code == 422
    assert 'value="2020-01-01"' in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    ("who", "status"),
    [("manager", 200), ("cora", 200), ("audrey", 404), ("ana", 403), ("strange", 404), ("admin", 403)],
)
def test_plan_is_for_the_team(sqlite_world: World, who: str, status: int) -> None:
    (held,) = coming(sqlite_world, "ana")
    sqlite_world.member("cora", Capacity.COORDINATOR)
    sqlite_world.member("audrey", Capacity.AUDITOR)
    sqlite_world.manager("strange", "Other")
    assert sqlite_world.browser(who).get(plan_page(held.scheduled)).status_code == status


def test_auditor_reads_a_decided_plan_and_changes_nothing(sqlite_world: World) -> None:
    (held,) = coming(sqlite_world, "ana")
    sqlite_world.member("audrey", Capacity.AUDITOR)
    db.session.execute(update(Application).values(state=ApplicationState.DECIDED))
    db.session.commit()
    text = sqlite_world.browser("audrey").get(plan_page(held.scheduled)).get_data(as_text=True)
    assert "Ana" in text
    assert f'action="{plan_page(held.scheduled)}' not in text


@pytest.mark.parametrize("people", [1, 30])
def test_pages_take_eight_statements_for_any_number_of_people(sqlite_world: World, people: int) -> None:
    view = ready(sqlite_world)
    plan = book(sqlite_world, view, starts=now() + SOON, at=now())
    for number in range(people):
        sqlite_world.member(f"person{number}")
    seat(sqlite_world, plan, "person0", waiver="Nobody else can.", at=now())
    browser = sqlite_world.browser("manager")
    for page in (plan_page(plan), f"/applications/{view.application.public_id}/interviews/new"):
        browser.get(page)
        with counted() as seen:
            assert browser.get(page).status_code == 200
        assert len(seen) <= 8, page


def test_people_who_sit_are_not_offered_again(sqlite_world: World) -> None:
    starts = now() + SOON
    plan = book(sqlite_world, ready(sqlite_world), starts=starts, at=now())
    calibrated(sqlite_world, "ana", at=now())
    seat(sqlite_world, plan, "ana", SHADOW, at=now())
    shown = queries.unscoped_panel_view(plan)
    assert "Ana" not in [person.member.name for person in shown.eligible]
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 1
