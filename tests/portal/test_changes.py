"""What changed since the version that a candidate has read: shown claim by claim, and acknowledged."""

import pytest

from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.disclosures import operations as disclosures
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from tests.candidates.asking import FOCUS, PEOPLE, opening_of, publish_changed
from tests.candidates.factories import application, candidate_actor, delivery, link
from tests.portal.test_views import page, send
from tests.statements import counted
from tests.world import World

NEW_FOCUS = "No meetings before noon."


def reader(world: World, *, acknowledges: bool = True) -> tuple[Application, str]:
    """Return an application that was shown version 1, and the address of its candidate's page."""
    row = application(world)
    first = delivery(world, row)
    if acknowledges:
        operations.acknowledge(first, by=candidate_actor(row), at=now())
    return row, f"/portal/{link(world, row)}"


def numbers(row: Application) -> list[tuple[int, bool]]:
    """Return the versions on record, newest first, and whether each is acknowledged."""
    found = queries.unscoped_deliveries(row.id)
    return [(one.version.number, one.acknowledged_at is not None) for one in found]


def test_material_change_is_the_next_thing_and_stands_first(world: World) -> None:
    row, address = reader(world)
    publish_changed(world, opening_of(row), (FOCUS, NEW_FOCUS), (PEOPLE, "5"))
    browser = world.browser()
    front = page(browser, address)
    assert "What the work is has changed" in front
    assert "Version 2 says something else than version 1, which you have read." in front
    text = page(browser, f"{address}/changes")
    assert text.index("What matters most") < text.index("6 people") < text.index("5 people") < text.index(NEW_FOCUS)
    assert "What else is different" in text
    assert "What changed since version 1" in page(browser, f"{address}/disclosure")
    assert send(browser, f"{address}/changes", f"{address}/acknowledgement") == 303
    assert numbers(row) == [(2, True), (1, True)]
    assert "has changed" not in page(browser, address)
    assert "that you have read this version" in page(browser, f"{address}/changes")


def test_change_that_is_not_material_is_shown_and_can_be_acknowledged(world: World) -> None:
    row, address = reader(world)
    publish_changed(world, opening_of(row), (FOCUS, NEW_FOCUS))
    browser = world.browser()
    front = page(browser, address)
    assert "What the work is has changed" not in front
    assert "Published since" in front
    text = page(browser, f"{address}/changes")
    assert "What matters most" not in text
    assert NEW_FOCUS in text
    assert "Nothing was said" in text
    assert "after the one that was sent to you" in page(browser, f"{address}/disclosure")
    assert numbers(row) == [(1, True)]
    assert send(browser, f"{address}/changes", f"{address}/acknowledgement") == 303
    assert numbers(row) == [(2, True), (1, True)]
    assert "Published since" not in page(browser, address)


def test_reading_the_newer_version_in_full_acknowledges_it_too(world: World) -> None:
    row, address = reader(world, acknowledges=False)
    publish_changed(world, opening_of(row), (FOCUS, NEW_FOCUS))
    browser = world.browser()
    assert "which you were sent" in page(browser, f"{address}/changes")
    assert send(browser, f"{address}/disclosure", f"{address}/acknowledgement") == 303
    assert numbers(row) == [(2, True), (1, False)]
    assert db.session.get_one(Application, row.id).state is ApplicationState.ACKNOWLEDGED


def test_every_version_on_record_can_be_read_again(world: World) -> None:
    row, address = reader(world)
    newer = publish_changed(world, opening_of(row), (PEOPLE, "5"))
    disclosures.withdraw_disclosure(newer, "A mistake.", by=world.actor("manager"), at=now())
    browser = world.browser()
    front = page(browser, address)
    assert front.count("on record for you since") == 2
    old = page(browser, f"{address}/disclosure?version=1")
    assert "What the work is: version 1" in old
    assert "There is a newer version" in old
    assert "What the work is: version 2" in page(browser, f"{address}/disclosure?version=9")


def test_ended_application_hears_of_no_later_version(world: World) -> None:
    row, address = reader(world)
    operations.withdraw_application(row, by=candidate_actor(row), at=now())
    publish_changed(world, opening_of(row), (PEOPLE, "5"))
    browser = world.browser()
    assert "Version 2" not in page(browser, address)
    assert browser.get(f"{address}/changes").headers["Location"] == f"{address}/disclosure"


@pytest.mark.parametrize("version", ["nothing", "x" * 30])
def test_a_version_that_is_not_there_is_not_acknowledged(sqlite_world: World, version: str) -> None:
    row, address = reader(sqlite_world, acknowledges=False)
    data = {"form_key": "made-up.1", "version": version}
    assert sqlite_world.browser().post(f"{address}/acknowledgement", data=data).status_code in {400, 404}
    assert numbers(row) == [(1, False)]


def test_pages_stay_within_eight_statements_with_one_version_and_with_many(world: World) -> None:
    row, address = reader(world)
    for people in ("5", "6", "7", "8"):
        publish_changed(world, opening_of(row), (PEOPLE, people))
    browser = world.browser()
    for path in ("", "/disclosure", "/changes"):
        with counted() as seen:
            page(browser, address + path)
        assert len(seen) <= 8, (path, seen)
