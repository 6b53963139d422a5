"""The page of a comparison: what its reader may read, published before drafted, absent never nought, few statements."""

import html

import pytest

from hiringkit.foundation.access import Capacity
from hiringkit.home import queries
from hiringkit.library.queries import unscoped_current_profiles
from tests.disclosures.factories import checked, published
from tests.library.factories import starter_pack
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World

PROFILES = ("patient-relations-manager", "patient-account-manager")


def ids() -> list[str]:
    stored = unscoped_current_profiles(PROFILES)
    return [stored[key].public_id for key in PROFILES]


def address(*chosen: str) -> str:
    return "/library/comparison?" + "&".join(f"with={one}" for one in chosen)


def text(browser: Browser, where: str) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200, where
    return html.unescape(answer.get_data(as_text=True))


def test_two_profiles_stand_side_by_side_with_their_differences_in_words(world: World) -> None:
    world.member("ina")
    starter_pack(world)
    page = text(world.browser("ina"), address(*ids()))
    for words in ("USD 43,633 a year <b>(lower)</b>", "USD 70,777 a year <b>(higher)</b>", "Different",
                  "2 to 4 years", "Not stated by any of them", "Job satisfaction", "Looked up 2025",
                  '<title id="pay-1-t">Pay, USD a year', "Skills by share, per cent"):  # fmt: skip
        assert words in page, words
    assert "None" not in page
    assert ">0<" not in page


def test_an_opening_is_compared_as_it_is_published_and_before_that_as_drafted(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    assert "Nothing is disclosed of it yet." in text(browser, address(row.public_id, ids()[0]))
    version = published(world, row)
    page = text(browser, address(row.public_id, *ids()))
    assert f"Version {version.number} of its disclosure" in page
    assert "computed from the yearly pay" in page
    assert "minutes to handle" in page
    other = opening(world, title="Another")
    checked(world, other)
    assert "A draft of its disclosure" in text(browser, address(other.public_id, row.public_id))


def test_what_the_reader_may_not_read_is_not_found_and_not_listed(world: World) -> None:
    row = opening(world)
    world.member("stranger", Capacity.MANAGER, team="Elsewhere")
    browser = world.browser("stranger")
    assert browser.get(address(row.public_id, ids()[0])).status_code == 404
    assert row.title not in text(browser, "/library/comparison")
    assert browser.get(address("none", ids()[0])).status_code == 404
    assert world.browser("admin").get("/library/comparison").status_code == 403


def test_one_thing_asks_for_another_and_more_than_four_are_said(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    one = text(browser, address(row.public_id, row.public_id))
    assert f"One is chosen: {row.title}. Tick at least one more." in one
    more = [opening(world, title=f"Opening {number}").public_id for number in range(4)]
    page = text(browser, address(*more, ids()[0]))
    assert "5 are ticked, and at most four fit side by side" in page


def test_things_are_found_by_name_and_what_is_ticked_stays(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    page = text(browser, f"/library/comparison?with={row.public_id}&name=account")
    assert f'value="{row.public_id}" checked' in page
    assert "Patient account manager" in page
    assert "Patient relations manager" not in page
    assert "Choose two to four" in text(browser, "/library/comparison?name=%25_nothing")


def test_pages_lead_to_the_comparison(world: World) -> None:
    row = opening(world)
    checked(world, row)
    pack = starter_pack(world)
    browser = world.browser("manager")
    for where in (f"/openings/{row.public_id}", f"/openings/{row.public_id}/disclosure"):
        assert f"/library/comparison?with={row.public_id}" in text(browser, where)
    assert address(*ids()) in text(browser, f"/library/packs/{pack.public_id}/roles")
    assert "/library/comparison" in text(browser, "/library/profiles")


@pytest.mark.parametrize("count", [2, 30])
def test_four_things_cost_at_most_eight_statements_whatever_may_be_chosen(world: World, count: int) -> None:
    rows = [opening(world, title=f"Opening {number}") for number in range(count)]
    published(world, rows[0])
    checked(world, rows[1])
    browser = world.browser("manager")
    with counted() as seen:
        answer = browser.get(address(rows[0].public_id, rows[1].public_id, *ids()))
    assert answer.status_code == 200
    assert len(seen) <= 8, seen
    assert len(answer.data) < 60_000


def test_columns_stand_in_the_order_in_which_they_were_asked_for(world: World) -> None:
    world.manager()
    starter_pack(world)
    first, second = ids()
    for order in ((first, second), (second, first)):
        view = queries.comparison(world.actor("manager"), order)
        assert [column.public_id for column in view.columns] == list(order)
