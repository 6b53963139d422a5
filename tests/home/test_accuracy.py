"""The accuracy report as people of the team see it, and what it keeps back."""

import html
from datetime import timedelta

from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.home import queries
from hiringkit.openings.models import Opening
from tests.candidates.hires import PARTLY, TRUE, hired, tells
from tests.disclosures.attesting import DISPUTE, marked, says
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World

NAMES = ("Hollis Tran", "Renata Silva", "Noor Bakker")


def page(row: Opening) -> str:
    """Return the address of the report."""
    return f"/openings/{row.public_id}/disclosure/accuracy"


def text(browser: Browser, address: str) -> str:
    """Return a page as it reads, entities resolved."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def test_an_opening_without_a_version_is_told_what_will_be_here(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    assert "Nothing has been published yet" in text(sqlite_world.browser("manager"), page(row))


def test_managers_read_counts_lines_and_notes_and_others_counts(world: World) -> None:
    row = opening(world)
    world.member("cora", Capacity.COORDINATOR)
    world.member("otto", Capacity.AUDITOR)
    world.manager("odo", team="Other")
    made = [hired(world, row, name) for name in NAMES]
    version = disclosures.unscoped_current_version(row.id)
    assert version is not None
    marked(world, row, "ana", "ben", "chi")
    for who in ("ana", "ben", "chi"):
        says(world, who, version, workload=DISPUTE)
    for one in made[:2]:
        tells(one, workload=PARTLY)
    shown = text(world.browser("manager"), page(row))
    assert "After 30 days" not in shown.partition("When answers are shown")[0].partition("Look at these first")[2]
    assert "3 people in the role dispute it." in shown
    tells(made[2], workload=TRUE, pay=WordDraft("not true", "pay.band", "Less."))
    shown = text(world.browser("manager"), page(row))
    assert "3 people in the role dispute it. After 30 days: 2 partly true." in shown
    assert "1 true, 2 partly true" in shown
    assert shown.count("Mondays are twice that.") == 5
    assert "Less." not in shown
    assert f"/disclosure/workload#{'workload.units'}" in shown
    for who in ("cora", "otto", "ana"):
        shown = text(world.browser(who), page(row))
        assert "1 true, 2 partly true" in shown
        assert "Mondays are twice that." not in shown
        assert "/disclosure/workload#" not in shown
    assert not any(name in shown for name in NAMES)
    assert world.browser("odo").get(page(row)).status_code == 404
    assert world.browser("admin").get(page(row)).status_code == 403


def test_a_shared_answer_is_for_managers_alone(world: World) -> None:
    row = opening(world)
    world.member("cora", Capacity.COORDINATOR)
    tells(hired(world, row), is_shared=True, workload=PARTLY)
    assert "1 partly true" in text(world.browser("manager"), page(row))
    assert "partly true" not in text(world.browser("cora"), page(row)).partition("When answers are shown")[0]


def test_answers_older_than_their_shelf_life_are_listed(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    hired(world, row)
    later = now() + timedelta(days=400)
    report = queries.accuracy(world.actor("manager"), row.public_id, later)
    assert report.lines
    assert all(one.is_stale for one in report.lines)
    assert "Older than its shelf life." in report.lines[0].sentence


def test_the_trail_does_not_tell_who_answered(world: World) -> None:
    row = opening(world)
    tells(hired(world, row), workload=PARTLY)
    trail = text(world.browser("manager"), f"/openings/{row.public_id}/trail")
    assert "the disclosure was true" not in trail


def test_the_report_takes_the_same_statements_with_one_and_with_thirty_answers(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    tells(hired(world, row), is_shared=True, workload=PARTLY)
    browser, address, taken = world.browser("manager"), page(row), []
    for number in range(2):
        with counted() as seen:
            text(browser, address)
        taken.append(len(seen))
        if not number:
            for more in range(30):
                tells(hired(world, row, f"Hire Number{more}"), workload=PARTLY, pay=TRUE)
    db.session.rollback()
    assert taken[0] == taken[1] <= 8
