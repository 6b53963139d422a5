"""The candidate's page: what to read, where things stand, the conversations, and withdrawing."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import Acknowledgement, Application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.disclosures.queries import leaflet, unscoped_current_version
from hiringkit.foundation.access import Actor
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.interviews.models import Interview
from hiringkit.interviews.rules.lifecycle import InterviewState
from hiringkit.library.models import ScenarioVersion
from hiringkit.loops import queries as loops
from hiringkit.portal.rules import STATUS
from tests.candidates.factories import application, candidate_actor, delivery, link, publish_again
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World


def page(browser: Browser, address: str) -> str:
    """Return a page as it reads, entities resolved."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def send(browser: Browser, shown: str, target: str) -> int:
    """Send the form for a target from the page that shows it; return the status."""
    text = browser.get(shown).get_data(as_text=True)
    form = next(f for f in re.findall(r"<form.*?</form>", text, re.DOTALL) if f'action="{target}"' in f)
    fields = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', form))
    return browser.post(target, data=fields).status_code


def applied(world: World) -> tuple[Application, str]:
    """Return an application and the address of its candidate's page."""
    made = application(world)
    return made, f"/portal/{link(world, made)}"


def test_before_anything_was_sent_there_is_nothing_to_do(world: World) -> None:
    _, address = applied(world)
    browser = world.browser()
    text = page(browser, address)
    assert "Nothing to do yet" in text
    assert STATUS[ApplicationState.ADDED] in text
    assert "Larkmere Home Supplies" in text
    assert browser.get(f"{address}/disclosure").status_code == 404


def test_the_delivered_version_is_read_in_full_and_acknowledged(world: World) -> None:
    made, address = applied(world)
    delivery(world, made)
    browser = world.browser()
    assert "Read what the work is" in page(browser, address)
    text = page(browser, f"{address}/disclosure")
    for words in ("One claim in nine comes back denied.", "Nurse line", "$68,000", "What is still open"):
        assert words in text
    assert send(browser, f"{address}/disclosure", f"{address}/acknowledgement") == 303
    assert db.session.get_one(Application, made.id).state is ApplicationState.ACKNOWLEDGED
    text = page(browser, address)
    assert "Thank you. We have noted that you have read it." in text
    assert STATUS[ApplicationState.ACKNOWLEDGED] in text
    assert "I have read it" not in page(browser, f"{address}/disclosure")
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "delivery:acknowledged")).one()
    assert (event.actor_kind, event.actor_id) == ("candidate", made.public_id)


def test_a_double_click_acknowledges_once(world: World) -> None:
    made, address = applied(world)
    delivery(world, made)
    browser = world.browser()
    text = browser.get(f"{address}/disclosure").get_data(as_text=True)
    fields = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', text))
    answers = [browser.post(f"{address}/acknowledgement", data=fields) for _ in range(2)]
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(303, address)] * 2
    assert db.session.scalar(select(func.count()).select_from(Acknowledgement)) == 1


def test_a_newer_version_is_what_there_is_to_read(world: World) -> None:
    made, address = applied(world)
    delivery(world, made)
    browser = world.browser()
    send(browser, f"{address}/disclosure", f"{address}/acknowledgement")
    view = queries.unscoped_application(made.id)
    newer = publish_again(world, view.opening)
    operations.deliver(made, newer, "", "", by=world.actor("manager"), at=now())
    assert "Read what the work is" in page(browser, address)
    assert "version 2" in page(browser, f"{address}/disclosure")


def ages(text: str) -> list[str]:
    """Return how old a page says that its answers are, in order."""
    return re.findall(r"older than [a-z0-9 ]+", text)


def test_age_of_an_answer_is_told_as_on_the_public_page_on_the_day_of_the_opening(sqlite_world: World) -> None:
    row = opening(sqlite_world, state="open")
    made = application(sqlite_world, row)
    delivery(sqlite_world, made)
    assert row.zone == "America/Chicago"
    version = unscoped_current_version(row.id)
    assert version is not None
    browser, address = sqlite_world.browser(), f"/portal/{link(sqlite_world, made)}/disclosure"
    today = now().date()
    first = next(
        day
        for day in (today + timedelta(days=number) for number in range(800))
        if leaflet(version, day) != leaflet(version, day - timedelta(days=1))
    )
    told = []
    for hour in (2, 12):  # At two in the morning in UTC it is still the day before in Chicago.
        with time_machine.travel(datetime(first.year, first.month, first.day, hour, tzinfo=UTC)):
            told.append(ages(page(browser, address)))
            assert told[-1] == ages(page(browser, f"/careers/{row.slug}"))
    assert len(told[1]) > len(told[0])


def test_the_stages_are_shown_without_a_scenario(world: World) -> None:
    row = opening(world)
    version = loop_version(world, row)
    made = application(world, row)
    delivery(world, made)
    address = f"/portal/{link(world, made)}"
    browser = world.browser()
    front, whole = page(browser, address), page(browser, f"{address}/disclosure")
    for stage in loops.unscoped_stages(version.id):
        assert stage.row.name in front
        assert stage.row.brief in whole
        assert all(one.name in front for one in stage.competencies)
        assert all(one["name"] in front for one in stage.row.artefacts)
    scenarios = db.session.scalars(select(ScenarioVersion)).all()
    assert scenarios
    for scenario in scenarios:
        for words in (scenario.name, scenario.content["prompt"], scenario.content["context"]):
            assert words not in front + whole


def test_conversations_are_shown_in_the_candidates_own_time(world: World) -> None:
    row = opening(world)
    stage = loops.unscoped_stages(loop_version(world, row).id)[0].row
    made = application(world, row)
    delivery(world, made)
    operations.acknowledge(delivery(world, made), by=candidate_actor(made), at=now())
    booked = Interview(
        application_id=made.id,
        stage_id=stage.id,
        starts_at=datetime(2026, 12, 1, 15, 0, tzinfo=UTC),
        minutes=45,
        zone="Europe/Berlin",
        state=InterviewState.CONFIRMED,
        created_by_id=made.created_by_id,
        created_at=now(),
    )
    db.session.add(booked)
    db.session.commit()
    text = page(world.browser(), f"/portal/{link(world, made)}")
    assert f"Your next conversation: {stage.name}" in text
    assert "1 December 2026, 09:00" in text
    assert "Chicago time" in text


@pytest.mark.parametrize("state", list(ApplicationState))
def test_every_state_is_told_in_plain_words(sqlite_world: World, state: ApplicationState) -> None:
    made, address = applied(sqlite_world)
    delivery(sqlite_world, made)
    made.state = state
    db.session.commit()
    text = page(sqlite_world.browser(), address)
    assert STATUS[state] in text
    may_withdraw = f'href="{address}/withdrawal"' in text
    assert may_withdraw == queries.unscoped_application(made.id).is_active


def test_withdrawing_is_asked_first_and_then_done(world: World) -> None:
    made, address = applied(world)
    browser = world.browser()
    assert "Withdraw from this application?" in page(browser, f"{address}/withdrawal")
    assert db.session.get_one(Application, made.id).state is ApplicationState.ADDED
    text = browser.get(f"{address}/withdrawal").get_data(as_text=True)
    fields = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', text))
    answers = [browser.post(f"{address}/withdrawal", data=fields) for _ in range(2)]
    later = browser.post(f"{address}/withdrawal", data={**fields, "form_key": "another.1"})
    assert [a.status_code for a in (*answers, later)] == [303, 303, 303]
    assert db.session.get_one(Application, made.id).state is ApplicationState.WITHDRAWN
    assert STATUS[ApplicationState.WITHDRAWN] in page(browser, address)
    assert browser.get(f"{address}/withdrawal").headers["Location"] == address
    tags = db.session.scalars(select(AuditEvent.tag).where(AuditEvent.actor_kind == "candidate")).all()
    assert tags == ["application:withdrawn"]


def test_an_ended_application_is_not_acknowledged(world: World) -> None:
    made, address = applied(world)
    delivery(world, made)
    browser = world.browser()
    text = browser.get(f"{address}/disclosure").get_data(as_text=True)
    fields = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', text))
    operations.withdraw_application(made, by=Actor.system(), at=now())
    assert browser.post(f"{address}/acknowledgement", data=fields).status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Acknowledgement)) == 0
    assert "nothing to do here" in page(browser, f"{address}/disclosure")


def test_every_page_stays_within_eight_statements(world: World) -> None:
    row = opening(world)
    loop_version(world, row)
    made = application(world, row)
    delivery(world, made)
    address = f"/portal/{link(world, made)}"
    browser = world.browser()
    for path in ("", "/disclosure", "/withdrawal", "/revocation"):
        with counted() as seen:
            page(browser, address + path)
        assert len(seen) <= 8, (path, seen)
