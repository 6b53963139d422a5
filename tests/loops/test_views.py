"""The loop as a browser sees it: started by a button, edited stage by stage, put in use, then frozen."""

import html
import re

import pytest
from sqlalchemy import func, select

from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.loops import operations, queries
from hiringkit.loops.models import Loop, LoopVersion
from hiringkit.openings.models import Opening
from tests.loops.factories import loop, loop_version
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World


def page(browser: Browser, address: str) -> str:
    """Return a page as it reads, entities resolved."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def address(row: Opening) -> str:
    """Return where the loop of an opening is."""
    return f"/openings/{row.public_id}/loop"


def count(table: type[Loop] | type[LoopVersion]) -> int:
    """Return how many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def typed(row: Opening, **changes: object) -> dict[str, object]:
    """Return the fields of a stage as a manager would fill them in."""
    pack = queries.plan_sources(row).pack
    fields = {
        "name": "Case walk-through",
        "minutes": "45",
        "mode": "phone",
        "panel": "2",
        "competencies": [one.key for one in pack.competencies[:3]],
        "scenarios": [pack.scenarios[0].key],
        "brief": "Bring a case that you handled.",
    }
    return {**fields, **changes}


def stored(row: Opening) -> Loop:
    """Return the stored loop of an opening."""
    return db.session.scalars(select(Loop).where(Loop.opening_id == row.id)).one()


def test_visiting_changes_nothing_and_the_button_starts_the_loop(world: World) -> None:
    row = opening(world)
    browser = world.browser("manager")
    assert "Start from the template" in page(browser, address(row))
    assert count(Loop) == 0
    answer = browser.submit(address(row), address(row))
    assert (answer.status_code, answer.headers["Location"]) == (303, address(row))
    assert count(Loop) == 1
    text = page(browser, address(row))
    assert "Put the loop in use" in text
    for stage in queries.plan_of(stored(row)).stages:
        assert stage.name in text


def test_the_loop_is_put_in_use_by_a_button_once(world: World) -> None:
    row = opening(world)
    loop(world, row)
    browser = world.browser("manager")
    answer = browser.submit(address(row), f"{address(row)}/versions")
    assert answer.status_code == 303
    text = page(browser, address(row))
    assert "Version 1 is in use. Interviews can be booked on it." in text
    assert f'action="{address(row)}/versions"' not in text
    assert count(LoopVersion) == 1


@pytest.mark.parametrize(
    ("capacity", "status"),
    [
        (Capacity.COORDINATOR, 200),
        (Capacity.AUDITOR, 200),
        (Capacity.INTERVIEWER, 403),
        (Capacity.ADMINISTRATOR, 403),
    ],
)
def test_others_read_or_see_nothing_and_write_nothing(world: World, capacity: Capacity, status: int) -> None:
    row = opening(world)
    key = queries.plan_of(loop(world, row)).stages[0].key
    world.member("other", capacity)
    browser = world.browser("other")
    shown = browser.get(address(row))
    assert shown.status_code == status
    assert address(row) + "/" not in shown.get_data(as_text=True)
    assert browser.get(f"{address(row)}/stages/{key}").status_code == 403
    assert browser.get(f"{address(row)}/rule").status_code == 403


def test_a_manager_of_another_team_finds_nothing(world: World) -> None:
    row = opening(world)
    loop(world, row)
    world.manager("stranger", "Other")
    browser = world.browser("stranger")
    for path in ("", "/rule", "/new-stage", "/stages/any"):
        assert browser.get(address(row) + path).status_code == 404


def test_a_stage_is_changed_and_the_matrix_follows(world: World) -> None:
    row = opening(world)
    key = queries.plan_of(loop(world, row)).stages[0].key
    browser = world.browser("manager")
    target = f"{address(row)}/stages/{key}"
    form = page(browser, target)
    for one in queries.plan_of(stored(row)).stages[0].competencies:
        assert re.search(rf'name="competencies"[^>]*value="{one}" checked', form), one
    answer = browser.submit(target, target, **typed(row))
    assert answer.status_code == 303
    stage = queries.plan_of(stored(row)).stages[0]
    assert (stage.name, stage.minutes, stage.mode.value, stage.artefacts) == ("Case walk-through", 45, "phone", ())
    assert "Case walk-through, 45 min" in page(browser, address(row))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Enter a name."),
        ({"minutes": "an hour"}, "Enter a whole number of minutes, 15 to 240."),
        ({"minutes": "600"}, "Enter a whole number of minutes, 15 to 240."),
        ({"brief": ""}, "Say in a sentence or two"),
        ({"brief": "Be ready to tell us your current salary."}, "“your current salary” is refused."),
        ({"competencies": ["charm"]}, "charm"),
        ({"mode": "telepathy"}, "Not a valid choice"),
    ],
)
def test_a_refused_stage_keeps_what_was_typed(sqlite_world: World, changes: dict[str, object], sentence: str) -> None:
    row = opening(sqlite_world)
    loop(sqlite_world, row)
    browser = sqlite_world.browser("manager")
    fields = typed(row, **{"brief": "Kept as it was typed.", **changes})
    answer = browser.submit(f"{address(row)}/new-stage", f"{address(row)}/stages", **fields)
    text = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert sentence in text
    assert "Kept as it was typed." in text or "brief" in changes
    assert len(queries.plan_of(stored(row)).stages) == 4


def test_a_stage_is_added_moved_earlier_and_taken_out(world: World) -> None:
    row = opening(world)
    loop(world, row)
    browser = world.browser("manager")
    assert browser.submit(f"{address(row)}/new-stage", f"{address(row)}/stages", **typed(row)).status_code == 303
    key = queries.plan_of(stored(row)).stages[-1].key
    assert browser.submit(address(row), f"{address(row)}/stages/{key}/earlier-place").status_code == 303
    assert [stage.key for stage in queries.plan_of(stored(row)).stages].index(key) == 3
    assert browser.submit(address(row), f"{address(row)}/stages/{key}/removal").status_code == 303
    assert queries.plan_of(stored(row)).stage(key) is None


def test_a_stale_edit_gets_409_with_both_texts(world: World) -> None:
    row = opening(world)
    key = queries.plan_of(loop(world, row)).stages[0].key
    browser, target = world.browser("manager"), f"{address(row)}/stages/{key}"
    old = browser.get(target).get_data(as_text=True)
    browser.submit(target, target, **typed(row, name="Theirs"))
    hidden = dict(re.findall(r'name="(csrf_token|version)" value="([^"]*)"', old))
    answer = browser.post(target, data={**hidden, "form_key": "another-key", **typed(row, name="Mine alone")})
    text = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert "Mine alone" in text
    assert "Theirs" in text
    assert queries.plan_of(stored(row)).stages[0].name == "Theirs"


def test_the_rule_is_changed_and_a_bad_weight_is_explained(world: World) -> None:
    row = opening(world)
    weights = {f"weights-{key}": "1" for key in queries.plan_of(loop(world, row)).rule.weights}
    first = next(iter(weights))
    browser, target = world.browser("manager"), f"{address(row)}/rule"
    fields = {"bar": "5", "gate_level": "2", "weights_reason": "", **weights}
    refused = browser.submit(target, target, **{**fields, first: "heavy"})
    assert refused.status_code == 422
    assert "enter a number such as 1 or 1.5" in html.unescape(refused.get_data(as_text=True))
    left_out = browser.submit(target, target, **{**fields, first: ""})
    assert left_out.status_code == 422
    assert "A stage still rates this" in html.unescape(left_out.get_data(as_text=True))
    assert browser.submit(target, target, **fields).status_code == 303
    assert queries.plan_of(stored(row)).rule.bar == 5.0
    assert "A mean of 5 of 7 or more meets it." in page(browser, address(row))


def test_problems_are_said_in_plain_words_instead_of_a_button(world: World) -> None:
    row = opening(world)
    made = loop(world, row)
    for stage in queries.plan_of(made).stages[1:]:
        operations.remove_stage(made, stage.key, made.version, by=world.actor("manager"), at=now())
    text = page(world.browser("manager"), address(row))
    assert "is rated in no stage." in text
    assert f'action="{address(row)}/versions"' not in text


def test_a_frozen_loop_says_why_and_offers_no_change(world: World) -> None:
    row = opening(world)
    version = loop_version(world, row)
    operations.freeze_loop(version, by=world.actor("manager"), at=now())
    browser = world.browser("manager")
    text = page(browser, address(row))
    assert "Version 1 stays as it is" in text
    assert "A different loop needs an opening of its own." in text
    assert address(row) + "/" not in text
    answer = browser.get(f"{address(row)}/rule")
    assert answer.status_code == 409
    assert "so that every candidate is rated alike" in html.unescape(answer.get_data(as_text=True))


def test_every_page_stays_within_eight_statements(world: World) -> None:
    row = opening(world)
    version = loop_version(world, row)
    key = queries.unscoped_stages(version.id)[0].row.key
    browser = world.browser("manager")
    for path in ("", "/rule", "/new-stage", f"/stages/{key}"):
        with counted() as seen:
            page(browser, address(row) + path)
        assert len(seen) <= 8, (path, seen)
