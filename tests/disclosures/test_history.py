"""All versions for the team, what became of each, and the differences between any two."""

import html

import pytest

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.rules.lifecycle import DisclosureState
from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.openings.models import Opening
from tests.disclosures.factories import checked, draft, published, saved
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World


def level(value: str) -> dict[str, TypedAnswer]:
    """Return another answer to one question."""
    return {"pay.level": TypedAnswer(({"value": value},), basis="policy", source="Level guide")}


def versions(world: World, row: Opening, count: int) -> None:
    """Publish some versions that differ in one answer."""
    checked(world, row)
    for number in range(1, count + 1):
        saved(world, draft(world, row), "pay", level(f"Level {number}"))
        operations.publish_disclosure(row, by=world.actor("manager"), at=now())


def text(browser: Browser, row: Opening, rest: str, status: int = 200) -> str:
    """Return a page of an opening's disclosure."""
    answer = browser.get(f"/openings/{row.public_id}/disclosure{'/' if rest else ''}{rest}")
    assert answer.status_code == status, rest
    return html.unescape(answer.get_data(as_text=True))


def test_every_version_is_listed_with_what_became_of_it(world: World) -> None:
    row = opening(world)
    world.manager("second")
    versions(world, row, 2)
    saved(world, draft(world, row), "pay", level("Level 3"))
    review = operations.ask_for_review(row, by=world.actor("manager"), at=now())
    operations.answer_review(review, "", approves=True, by=world.actor("second"), at=now())
    third = operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    second = queries.published_version(world.actor("manager"), row.public_id, 2)
    operations.withdraw_disclosure(second, "The level was wrong.", by=world.actor("second"), at=now())
    viewer = world.actor("manager")
    lines = queries.versions(viewer, queries.disclosure(viewer, row.public_id), 1).rows
    assert [(one.version.number, one.state) for one in lines] == [
        (3, DisclosureState.PUBLISHED),
        (2, DisclosureState.WITHDRAWN),
        (1, DisclosureState.SUPERSEDED),
    ]
    assert [(one.publisher, one.approver) for one in lines] == [("Manager", "Second"), ("Manager", ""), ("Manager", "")]
    assert (lines[1].withdrawn_by, lines[1].reason) == ("Second", "The level was wrong.")
    assert lines[0].short_hash == third.content_hash[:12]


def test_an_approval_that_came_after_publishing_is_not_claimed(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    world.manager("second")
    checked(world, row)
    review = operations.ask_for_review(row, by=world.actor("manager"), at=now())
    operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    operations.answer_review(review, "", approves=True, by=world.actor("second"), at=now())
    viewer = world.actor("manager")
    (line,) = queries.versions(viewer, queries.disclosure(viewer, row.public_id), 1).rows
    assert line.approver == ""


def test_reasons_of_withdrawals_are_for_managers(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    operations.withdraw_disclosure(published(world, row), "Wrong volumes.", by=world.actor("manager"), at=now())
    world.member("rosa", Capacity.COORDINATOR)
    assert "Wrong volumes." in text(world.browser("manager"), row, "versions")
    page = text(world.browser("rosa"), row, "versions")
    assert "Withdrawn" in page
    assert "Wrong volumes." not in page


def test_any_two_versions_and_the_draft_are_compared(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    versions(world, row, 3)
    saved(world, draft(world, row), "pay", level("Level of the draft"))
    browser = world.browser("manager")
    page = text(browser, row, "differences?before=1&after=3")
    assert "1 claim differs" in page
    assert page.index("Level 1") < page.index("Level 3")
    assert "Level of the draft" in text(browser, row, "differences")
    assert "Level of the draft" in text(browser, row, "differences?before=2&after=draft")
    assert "say the same" in text(browser, row, "differences?before=2&after=2")
    assert "Level 2" in text(browser, row, "differences?after=3")
    for odd in ("before=9&after=1", "before=x", "after=-1", "after=²", f"before={'9' * 30}", "before=1&after=Draft"):
        text(browser, row, f"differences?{odd}", 404)


def test_what_was_never_published_has_no_differences(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    draft(world, row)
    browser = world.browser("manager")
    assert "Nothing is published yet" in text(browser, row, "versions")
    text(browser, row, "differences", 404)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_statements_whatever_its_length(sqlite_world: World, count: int) -> None:
    world = sqlite_world
    row = opening(world)
    versions(world, row, count)
    for number in range(1, count + 1):
        version = queries.published_version(world.actor("manager"), row.public_id, number)
        operations.withdraw_disclosure(version, "Wrong volumes.", by=world.actor("manager"), at=now())
    browser, where = world.browser("manager"), f"/openings/{row.public_id}/disclosure/versions"
    browser.get(where)
    with counted() as seen:
        page = browser.get(where).get_data(as_text=True)
    assert page.count("Wrong volumes.") == count
    assert len(seen) == 8, seen


def test_the_overview_says_that_the_opening_is_still_to_be_opened(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    published(world, row)
    page = text(world.browser("manager"), row, "")
    assert "Open the opening" in page
    assert "waits on the opening’s page until the loop is in use" in page
