"""Whether a team's disclosures are reviewed is set by its managers, over the version that they saw."""

import html

import pytest

from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import ForbiddenError, StaleEditError
from hiringkit.people import operations
from tests.world import World


def test_managers_of_the_team_and_administrators_set_it(world: World) -> None:
    team = world.team()
    world.manager()
    world.manager("neighbour", team="Other")
    world.member("rosa", Capacity.COORDINATOR)
    for key in ("neighbour", "rosa"):
        with pytest.raises(ForbiddenError):
            operations.set_review(team, team.version, wanted=True, by=world.actor(key), at=now())
    operations.set_review(team, team.version, wanted=True, by=world.actor("manager"), at=now())
    assert team.wants_review
    operations.set_review(team, team.version, wanted=False, by=world.admin, at=now())
    assert not team.wants_review


def test_a_second_editor_changes_nothing(world: World) -> None:
    team = world.team()
    world.manager()
    seen = team.version
    operations.set_review(team, seen, wanted=True, by=world.actor("manager"), at=now())
    with pytest.raises(StaleEditError) as stale:
        operations.set_review(team, seen, wanted=False, by=world.actor("manager"), at=now())
    assert stale.value.current == {"review": "yes"}
    assert team.wants_review


def test_the_page_says_it_in_whole_sentences(sqlite_world: World) -> None:
    world = sqlite_world
    team = world.team()
    world.manager()
    world.member("ana")
    where = f"/people/teams/{team.public_id}"
    browser = world.browser("manager")
    page = html.unescape(browser.get(where).get_data(as_text=True))
    assert 'value="no" checked' in page
    assert browser.submit(where, f"{where}/review").status_code == 422
    assert browser.submit(where, f"{where}/review", review="yes").status_code == 303
    assert 'value="yes" checked' in browser.get(where).get_data(as_text=True)
    read = world.browser("ana").get(where).get_data(as_text=True)
    assert "only what a second person has approved" in read
    assert f"{where}/review" not in read
