"""What was true, asked on the personal page: only when it is due, once, keeping what was typed, light enough."""

import html
import re

from sqlalchemy import select

from hiringkit.candidates.models import TruthAnswer
from hiringkit.foundation.db import db
from tests.candidates.factories import link
from tests.candidates.hires import hired
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World

NEXT = "Was it true what we told you?"


def hire(world: World, days: int = 31) -> str:
    """Return the address of the page of somebody who was hired so many days ago."""
    return f"/portal/{link(world, hired(world, opening(world), days=days))}"


def text(browser: Browser, address: str) -> str:
    """Return a page as it reads, entities resolved."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def test_it_is_the_next_thing_only_while_it_is_due(sqlite_world: World) -> None:
    page, browser = hire(sqlite_world, days=5), sqlite_world.browser()
    assert NEXT not in text(browser, page)
    answer = browser.get(f"{page}/truth")
    assert (answer.status_code, answer.headers["Location"]) == (303, page)


def test_a_hire_answers_once_and_is_thanked(world: World) -> None:
    page, browser = hire(world), world.browser()
    assert f'href="{page}/truth"' in text(browser, page)
    assert "after 30 days" in text(browser, f"{page}/truth")
    fields = {"workload-word": "partly true", "workload-field": "workload.units", "workload-note": "Twice on Mondays."}
    shown = browser.get(f"{page}/truth").get_data(as_text=True)
    hidden = dict(re.findall(r'name="(csrf_token|form_key)" value="([^"]*)"', shown))
    sent = {**hidden, **fields, "pay-word": "true", "is_shared": "y"}
    answers = [browser.post(f"{page}/truth", data=sent) for _ in range(2)]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [(303, page)] * 2
    rows = db.session.scalars(select(TruthAnswer)).all()
    assert {(one.section, one.word.value, one.is_shared) for one in rows} == {
        ("workload", "partly true", True), ("pay", "true", True)
    }  # fmt: skip
    shown = text(browser, page)
    assert "Thank you." in shown
    assert NEXT not in shown
    again = browser.post(f"{page}/truth", data={**sent, "form_key": "another.1"})
    assert again.status_code == 409


def test_a_refused_page_keeps_what_was_typed(world: World) -> None:
    page, browser = hire(world), world.browser()
    fields = {"pay-word": "true", "pay-note": "But a note.", "is_shared": "y"}
    answer = browser.submit(f"{page}/truth", f"{page}/truth", **fields)
    shown = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "But a note." in shown
    assert "name something that was not" in shown
    assert re.search(r'name="is_shared"[^>]*checked|checked[^>]*name="is_shared"', shown)
    assert browser.submit(f"{page}/truth", f"{page}/truth").status_code == 422
    assert db.session.scalars(select(TruthAnswer)).all() == []


def test_pages_are_light(sqlite_world: World) -> None:
    page, browser = hire(sqlite_world), sqlite_world.browser()
    for address in (page, f"{page}/truth"):
        with counted() as taken:
            answer = browser.get(address)
        assert len(taken) <= 8, taken
        assert len(answer.data) < 59_000
        assert answer.headers["Cache-Control"] == "no-store"
