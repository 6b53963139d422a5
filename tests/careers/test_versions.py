"""Versions are listed with their states, and what changed between two of them is told claim by claim."""

from datetime import timedelta

import time_machine

from hiringkit.disclosures import operations as disclosures
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.foundation.clock import now
from hiringkit.loops import queries as loops
from hiringkit.openings import operations as openings
from hiringkit.openings.models import Opening
from tests.careers.test_views import get, open_opening, text
from tests.disclosures.factories import draft, published, saved
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.world import World


def revised(world: World, row: Opening, people: str, good_week: str = "Quiet.") -> DisclosureVersion:
    """Publish another version with another number of people."""
    changes = {
        "workload.people": TypedAnswer(({"value": people},), basis="measured", source="Rota"),
        "workload.good-week": TypedAnswer(({"value": good_week},)),
        "workload.travel": TypedAnswer(({"value": people},), basis="measured", source="Rota"),
    }
    saved(world, draft(world, row), "workload", changes)
    return disclosures.publish_disclosure(row, by=world.actor("manager"), at=now())


def test_versions_are_listed_newest_first_without_those_withdrawn(world: World) -> None:
    row = open_opening(world)
    second = revised(world, row, "7")
    revised(world, row, "8")
    disclosures.withdraw_disclosure(second, "Wrong.", by=world.actor("manager"), at=now())
    page = text(world, f"/careers/{row.slug}/versions")
    assert page.index("Version 3") < page.index("Version 1")
    assert "Version 2" not in page
    assert "Since version 1" in page
    assert page.count("Superseded") == page.count("Published</span>") == 1
    assert f'href="/careers/{row.slug}/versions/3/changes">What changed since version 1</a>' in text(
        world, f"/careers/{row.slug}"
    )
    assert get(world, f"/careers/{row.slug}/versions/2/changes").status_code == 404


def test_changes_are_told_by_section_with_material_ones_in_words(world: World) -> None:
    row = open_opening(world)
    revised(world, row, "7", good_week="The queue is empty & nobody “waits”.")
    page = text(world, f"/careers/{row.slug}/versions/2/changes")
    assert "What changed since version 1" in page
    assert "<h2>Workload</h2>" in page or ">Workload</h2>" in page
    for words in ("6 people", "7 people", "nobody “waits”", "Says something else", "Measured: Rota."):
        assert words in page
    people = page[page.index("People on shift") :]
    assert "Material change" in people[: people.index("6 people")]
    travel = page[page.index(">Travel<") :]
    assert "Material change" not in travel[: travel.index("7 days a year")]


def test_changes_can_be_asked_for_since_any_version_that_stands(world: World) -> None:
    row = open_opening(world)
    revised(world, row, "7")
    revised(world, row, "8")
    address = f"/careers/{row.slug}/versions/3/changes"
    since_first = text(world, f"{address}?since=1")
    assert "What changed since version 1" in since_first
    assert "6 people" in since_first
    assert "6 people" not in text(world, address)
    for odd in ("3", "9", "x", "<b>"):
        page = text(world, f"{address}?since={odd}")
        assert f"There is no earlier version “{odd}” to compare with" in page
        assert "What changed since version 2" in page
    assert "Nothing to compare with" in text(world, f"/careers/{row.slug}/versions/1/changes")


def test_two_versions_that_say_the_same_say_so(sqlite_world: World) -> None:
    row = open_opening(sqlite_world)
    published(sqlite_world, row)
    page = text(sqlite_world, f"/careers/{row.slug}/versions/2/changes")
    assert "Nothing that the two versions say is different." in page


def test_what_is_past_its_shelf_life_is_told_with_its_date_and_changes_the_etag(sqlite_world: World) -> None:
    row = open_opening(sqlite_world)
    today = now()
    fresh = get(sqlite_world, f"/careers/{row.slug}")
    assert "older than" not in fresh.get_data(as_text=True)
    with time_machine.travel(today + timedelta(days=179)):
        again = get(sqlite_world, f"/careers/{row.slug}")
        assert again.headers["ETag"] == fresh.headers["ETag"]
    with time_machine.travel(today + timedelta(days=200)):
        old = get(sqlite_world, f"/careers/{row.slug}")
        assert old.headers["ETag"] != fresh.headers["ETag"]
        page = old.get_data(as_text=True)
        assert ", older than 6 months." in page
        assert "older than a year" not in page
        account = get(sqlite_world, f"/careers/{row.slug}.json").get_data(as_text=True)
        assert '"age": "older than 6 months"' in account
    with time_machine.travel(today + timedelta(days=400)):
        assert ", older than a year." in get(sqlite_world, f"/careers/{row.slug}").get_data(as_text=True)


def test_how_one_is_scored_is_told_without_scenarios(world: World) -> None:
    row = open_opening(world)
    assert "The conversations are not settled yet" in text(world, f"/careers/{row.slug}/interviews")
    assert "The conversations are not settled yet" in text(world, f"/careers/{row.slug}/preparation")
    version = loop_version(world, row)
    page = text(world, f"/careers/{row.slug}/interviews")
    for words in (
        "Four conversations, 3 h 30 min in all",
        "The result meets the bar at 4.5 of 7 or more.",
        "A rating of 2 or less on one of them opens a safety gate",
        "A hiring manager of the team decides",
        "Whether the candidate notices that a patient could be harmed",
        "More time, breaks, captions",
    ):
        assert words in page
    hidden = [one.content for stage in loops.unscoped_stages(version.id) for one in stage.scenarios]
    rated = [one for stage in loops.unscoped_stages(version.id) for one in stage.competencies]
    said = page + text(world, f"/careers/{row.slug}/preparation")
    account = text(world, f"/careers/{row.slug}.json")
    for content in hidden:
        for value in (content["prompt"], content["context"], *content["probes"]):
            assert value[:50] not in said
            assert value[:50] not in account
    for competency in rated:
        for value in (*competency.anchors.values(), *competency.red_flags, *competency.positive_signals):
            assert value[:50] not in said
            assert value[:50] not in account


def test_how_to_prepare_is_told_for_each_conversation(world: World) -> None:
    row = open_opening(world)
    loop_version(world, row)
    page = text(world, f"/careers/{row.slug}/preparation")
    near_miss = page.index("Have one story ready about a near-miss")
    assert page.index("2 Audit, QA and the feedback loop") < near_miss < page.index("3 Process-improvement case")
    assert page.index("Say first what was yours to decide") < page.index("1 Scenario discussion")
    assert "Bring: handoff template" in page


OF_AN_OPENING = (
    "", ".json", "/interviews", "/preparation", "/questions", "/versions", "/versions/1", "/versions/1.json",
    "/versions/1/changes",
)  # fmt: skip


def test_nothing_of_an_opening_is_public_until_it_was_open(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    published(sqlite_world, row)
    addresses = [f"/careers/{row.slug}{rest}" for rest in OF_AN_OPENING]
    for move in (None, "close"):
        if move:
            openings.move_opening(row, move, by=sqlite_world.actor("manager"), at=now())
        assert {get(sqlite_world, address).status_code for address in addresses} == {404}
        for gathered in ("/careers", "/careers/feed.atom", "/sitemap.xml"):
            assert row.slug not in text(sqlite_world, gathered)
    openings.move_opening(row, "reopen", by=sqlite_world.actor("manager"), at=now())
    assert {get(sqlite_world, address).status_code for address in addresses} == {200}
