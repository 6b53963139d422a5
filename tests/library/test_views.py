"""The library as a browser sees it: guides for all, scenarios for some, findings beside the text that was pasted."""

import html
import re

import pytest

from hiringkit.foundation.access import Capacity
from hiringkit.library import queries
from tests.library.factories import Plain, small_pack, small_text, starter_pack
from tests.statements import counted
from tests.world import Browser, World

DEMOGRAPHICS = ("Female", "79.2", "Hispanic", "lgbt", "Average age")


def text(browser: Browser, address: str) -> str:
    """Return a page as it reads, entities resolved."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def spoil(data: Plain) -> None:
    """Name a competency that the pack does not hold."""
    data["competency_sets"][0]["competencies"][4] = "wrods"


def test_an_empty_library_offers_the_starter_pack_and_one_click_imports_it(world: World) -> None:
    world.manager()
    browser = world.browser("manager")
    assert "No pack yet" in text(browser, "/library")
    answer = browser.submit("/library", "/library/starter-packs/patient-access")
    assert answer.status_code == 303
    page = text(browser, answer.headers["Location"])
    assert "Denials and appeals" in page
    assert "is in the library." in page
    assert "Import the starter pack" not in text(browser, "/library")


def test_the_library_lists_packs_competencies_and_scenarios(world: World) -> None:
    world.manager()
    starter_pack(world)
    page = text(world.browser("manager"), "/library")
    for words in ("Revenue cycle operations", "Safety-first judgement", "The denial spike"):
        assert words in page


def test_a_guide_prints_every_anchor_and_what_to_look_for(world: World) -> None:
    world.member("ina")
    starter_pack(world)
    row = queries.unscoped_current_competencies(["compliance"])["compliance"]
    page = text(world.browser("ina"), f"/library/competencies/{row.public_id}")
    for line in (*row.anchors.values(), *row.positive_signals, *row.red_flags, *row.proof, row.definition):
        assert line in page
    assert "Safety-critical" in page


def test_a_scenario_prints_its_script_and_its_listen_fors(world: World) -> None:
    world.manager()
    starter_pack(world)
    row = queries.unscoped_current_scenarios(["high-volume-day"])["high-volume-day"]
    page = text(world.browser("manager"), f"/library/scenarios/{row.public_id}")
    said = row.content
    heard = [line for lines in said["listen_for"].values() for line in lines]
    for line in (said["context"], said["prompt"], said["twist"], *said["probes"], *heard, *said["red_flags"]):
        assert line in page


def test_interviewers_get_guides_and_no_scenario(world: World) -> None:
    world.member("ina")
    pack = starter_pack(world)
    browser = world.browser("ina")
    row = queries.unscoped_current_scenarios(["high-volume-day"])["high-volume-day"]
    assert browser.get("/library/competencies").status_code == 200
    for address in ("/library/scenarios", f"/library/scenarios/{row.public_id}"):
        assert browser.get(address).status_code == 403
    for address in ("/library", f"/library/packs/{pack.public_id}"):
        page = text(browser, address)
        assert "/library/scenarios" not in page
        assert row.content["prompt"][:40] not in page
        assert "/library/packs/new" not in page


@pytest.mark.parametrize(("capacity", "status"), [(Capacity.AUDITOR, 200), (Capacity.COORDINATOR, 200)])
def test_auditors_and_coordinators_read_scenarios_and_import_nothing(
    world: World, capacity: Capacity, status: int
) -> None:
    world.member("x", capacity)
    starter_pack(world)
    browser = world.browser("x")
    assert browser.get("/library/scenarios").status_code == status
    assert browser.get("/library/packs/new").status_code == 403


def test_nothing_of_an_exercise_and_no_demographics_are_on_any_page(world: World) -> None:
    world.manager()
    pack = starter_pack(world)
    content = queries.pack_content(pack)
    browser = world.browser("manager")
    for address in ("/library", f"/library/packs/{pack.public_id}", f"/library/packs/{pack.public_id}/roles"):
        page = text(browser, address)
        assert not [word for word in DEMOGRAPHICS if word.casefold() in page.casefold()]
        for exercise in content.exercises:
            assert not [r.key for r in exercise.responses if r.response[:60] in page]


def test_roles_stand_side_by_side_with_what_is_not_stated(world: World) -> None:
    world.manager()
    pack = starter_pack(world)
    page = text(world.browser("manager"), f"/library/packs/{pack.public_id}/roles")
    for words in ("USD 43,633", "USD 70,777", "−4%", "not stated", "as the text says: 2 to 4", "Patients, 39%"):
        assert words in page


def test_a_refused_pack_is_shown_with_its_findings_and_its_text(world: World) -> None:
    world.manager()
    browser = world.browser("manager")
    pasted = small_text(spoil)
    answer = browser.submit("/library/packs/new", "/library/packs", text=pasted)
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "there is no competency “wrods” in this pack" in page
    assert "competency_sets[0].competencies[4]" in page
    line = next(n for n, row in enumerate(pasted.splitlines(), 1) if "wrods" in row)
    assert re.search(rf">{line}</td>", page)
    kept = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)
    assert kept is not None
    assert kept.group(1).replace("\r\n", "\n") == pasted
    assert not queries.unscoped_packs()


def test_a_sound_pack_is_imported_once_however_often_it_is_sent(world: World) -> None:
    world.manager()
    browser = world.browser("manager")
    first = browser.submit("/library/packs/new", "/library/packs", text=small_text())
    again = browser.submit("/library/packs/new", "/library/packs", text=small_text())
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["Location"] == again.headers["Location"]
    assert len(queries.unscoped_packs()) == 1


def test_a_clash_with_another_pack_is_said_at_the_text(world: World) -> None:
    world.manager()
    small_pack(world)

    def other(data: Plain) -> None:
        data.update(key="other", name="Other")
        data["competencies"][0]["definition"] = "Whether it is another thing."

    answer = world.browser("manager").submit("/library/packs/new", "/library/packs", text=small_text(other))
    assert answer.status_code == 422
    assert "competency “safety”" in html.unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize("pasted", ["", "   ", "a: [1", "key: x", "- 1", "\x00", "{" * 300])
def test_any_text_at_all_gets_a_page_that_says_what_is_wrong(sqlite_world: World, pasted: str) -> None:
    answer = sqlite_world.browser("admin").submit("/library/packs/new", "/library/packs", text=pasted)
    assert answer.status_code == 422
    assert "data-error-summary" in answer.get_data(as_text=True)


def test_administrators_import_and_see_the_list_without_its_guides(world: World) -> None:
    browser = world.browser("admin")
    answer = browser.submit("/library/packs/new", "/library/packs", text=small_text())
    assert answer.headers["Location"] == "/library"
    page = text(browser, "/library")
    assert "Small" in page
    assert "/library/competencies" not in page
    assert browser.get("/library/competencies").status_code == 403


def test_an_unknown_starter_pack_is_not_found(sqlite_world: World) -> None:
    browser = sqlite_world.browser("admin")
    page = browser.get("/library").get_data(as_text=True)
    fields = dict(re.findall(r'name="(csrf_token|form_key)" value="([^"]*)"', page))
    assert browser.post("/library/starter-packs/..%2Fetc", data=fields).status_code == 404
    assert browser.post("/library/starter-packs/none", data=fields).status_code == 404


def test_a_replaced_pack_and_guide_point_to_what_replaced_them(world: World) -> None:
    world.manager()
    first = small_pack(world)
    old = queries.unscoped_current_competencies(["safety"])["safety"]

    def reword(data: Plain) -> None:
        data["version"] = "2"
        data["competencies"][0]["definition"] = "Whether it is really so."

    second = small_pack(world, reword)
    new = queries.unscoped_current_competencies(["safety"])["safety"]
    browser = world.browser("manager")
    assert f"/library/packs/{second.public_id}" in text(browser, f"/library/packs/{first.public_id}")
    assert f"/library/competencies/{new.public_id}" in text(browser, f"/library/competencies/{old.public_id}")


def test_pages_cost_at_most_eight_statements(world: World) -> None:
    world.manager()
    pack = starter_pack(world)
    guide = queries.unscoped_current_competencies(["accuracy"])["accuracy"]
    scenario = queries.unscoped_current_scenarios(["near-miss"])["near-miss"]
    browser = world.browser("manager")
    for address in (
        "/library",
        "/library/competencies",
        "/library/scenarios",
        "/library/packs/new",
        f"/library/packs/{pack.public_id}",
        f"/library/packs/{pack.public_id}/roles",
        f"/library/competencies/{guide.public_id}",
        f"/library/scenarios/{scenario.public_id}",
    ):
        with counted() as seen:
            answer = browser.get(address)
        assert answer.status_code == 200
        assert len(seen) <= 8, (address, seen)
        assert len(answer.data) < 100_000
