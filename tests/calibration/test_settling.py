"""What an expert types while settling is kept at every pause, by hand too, and only settling it makes it count."""

import html
import re

import pytest
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import ExpertRating, FormExpert, SettlingDraft
from hiringkit.calibration.queries import ApartResponse
from hiringkit.calibration.rules.drafting import Round
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import InvalidError, NotFoundError, StaleEditError, WrongStateError
from tests.calibration import expertise
from tests.calibration import factories as make
from tests.calibration.test_expert_views import expert_url, settling_urls, text_of
from tests.statements import counted
from tests.world import HIDDEN, NINE, Browser, World

STATEMENTS = 8


@pytest.fixture
def experts(world: World) -> list[FormExpert]:
    """Return three experts who lie far apart on one cell."""
    cell = expertise.cell_with_gold(make.form(world), 7)
    return expertise.closed(world, [make.like_gold, make.like_gold, expertise.far_apart(cell, 2)])[1]


def opened(world: World, expert: FormExpert, name: str = "eva") -> ApartResponse:
    """Return the one response that an expert is to settle."""
    return queries.responses_apart(queries.own_expert(world.actor(name), expert.public_id))[0]


def fields(browser: Browser, address: str) -> dict[str, str]:
    """Return the hidden fields of the form that settles."""
    text = browser.get(address).get_data(as_text=True)
    form = next(one for one in re.findall(r"<form.*?</form>", text, re.DOTALL) if f'action="{address}"' in one)
    return dict(HIDDEN.findall(form))


def settled() -> int:
    """Return how many ratings are settled."""
    return db.session.scalar(select(func.count()).where(ExpertRating.round == Round.SETTLED)) or 0


def test_half_of_it_is_kept_for_one_alone_and_settles_nothing(world: World, experts: list[FormExpert]) -> None:
    by, shown = world.actor("eva"), opened(world, experts[0])
    version = shown.kept.columns[0].version
    before = db.session.scalar(select(func.count()).select_from(AuditEvent))
    kept = operations.save_settling(experts[0], shown.row, {version: (6, "")}, 0, by=by, at=NINE)
    assert (kept.kept.cells[version].rating, kept.kept.version, kept.is_settled) == (6, 1, False)
    assert opened(world, experts[1], "edo").kept.cells == {}
    assert settled() == 0
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == before
    operations.save_settling(experts[0], shown.row, {version: (6, "Kept words.")}, 1, by=by, at=NINE)
    stored = db.session.scalars(select(SettlingDraft)).one()
    assert stored.rationale is not None
    assert b"Kept words" not in stored.rationale


def test_a_pause_does_not_stand_in_the_way_of_settling_and_an_older_tab_overwrites_nothing(
    world: World, experts: list[FormExpert]
) -> None:
    by, shown = world.actor("eva"), opened(world, experts[0])
    version = shown.kept.columns[0].version
    operations.save_settling(experts[0], shown.row, {version: (5, "Paus")}, 0, by=by, at=NINE, is_pause=True)
    operations.save_settling(experts[0], shown.row, {version: (6, "Saved.")}, 0, by=by, at=NINE)
    for act in (operations.save_settling, operations.settle_response):
        with pytest.raises(StaleEditError) as refused:
            act(experts[0], shown.row, {version: (1, "From another tab.")}, 0, by=by, at=NINE)
        assert "Saved." in refused.value.current.values()
    operations.settle_response(experts[0], shown.row, {version: (6, "Saved.")}, 1, by=by, at=NINE)
    with pytest.raises(WrongStateError, match="settle"):
        operations.save_settling(experts[0], shown.row, {version: (1, "Late.")}, 1, by=by, at=NINE)
    assert settled() == 1


def test_nothing_is_kept_that_is_off_the_scale_not_open_or_of_somebody_else(
    world: World, experts: list[FormExpert]
) -> None:
    by, shown = world.actor("eva"), opened(world, experts[0])
    version = shown.kept.columns[0].version
    with pytest.raises(InvalidError):
        operations.save_settling(experts[0], shown.row, {version: (8, "")}, 0, by=by, at=NINE)
    with pytest.raises(InvalidError):
        operations.save_settling(experts[0], shown.row, {version: (5, "x" * 2001)}, 0, by=by, at=NINE)
    others = queries.expert_responses(queries.own_expert(by, experts[0].public_id))
    closed = next(one for one in others if one.row.id != shown.row.id)
    with pytest.raises(NotFoundError):
        operations.save_settling(experts[0], closed.row, {}, 0, by=by, at=NINE)
    (here,) = settling_urls(world, "eva", experts[0])
    edo = world.browser("edo")
    sent = dict(HIDDEN.findall(text_of(edo, "/")))
    assert edo.post(f"{here}/typing", data=sent).status_code == 404
    assert db.session.scalars(select(SettlingDraft)).all() == []


def test_the_page_keeps_at_a_pause_and_by_hand_and_shows_it_again(world: World, experts: list[FormExpert]) -> None:
    browser, (here,) = world.browser("eva"), settling_urls(world, "eva", experts[0])
    key = opened(world, experts[0]).kept.columns[0].key
    page = text_of(browser, here)
    assert f'data-typing="{here}/typing"' in page
    assert "typing.js" in page
    sent = fields(browser, here)
    pause = {name: value for name, value in sent.items() if name != "form_key"}
    typed = {f"{key}-rating": "6", f"{key}-evidence": "Half a sen"}
    answer = browser.post(f"{here}/typing", data=pause | typed)
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).startswith("Saved ")
    page = text_of(browser, here)
    assert "Half a sen" in page
    assert re.search(rf'name="{key}-rating"[^>]*value="6" checked', page)
    stopped = browser.submit(here, **{f"{key}-rating": "6", f"{key}-evidence": "", "then": "stop"})
    assert stopped.location == expert_url(experts[0])
    assert "Saved, and not settled yet" in text_of(browser, stopped.location)
    late = browser.post(f"{here}/typing", data=pause | {f"{key}-rating": "1", f"{key}-evidence": "From another tab."})
    assert late.status_code == 409
    assert "Half a sen" not in text_of(browser, here)
    assert settled() == 0


def test_what_is_refused_comes_back_as_it_was_typed(world: World, experts: list[FormExpert]) -> None:
    browser, (here,) = world.browser("eva"), settling_urls(world, "eva", experts[0])
    key = opened(world, experts[0]).kept.columns[0].key
    for wrong in ("9", "", "seven"):
        for then in ({}, {"then": "stop"}):
            if then and wrong != "9":
                continue  # To stop, a rating may be missing.
            refused = browser.submit(here, **{f"{key}-rating": wrong, f"{key}-evidence": "Kept <as> typed."}, **then)
            assert refused.status_code == 422, wrong
            assert "Kept <as> typed." in html.unescape(refused.get_data(as_text=True))
    old = fields(browser, here)
    browser.submit(here, **{f"{key}-rating": "5", f"{key}-evidence": "First to save.", "then": "stop"})
    both = browser.post(here, data=old | {f"{key}-rating": "6", f"{key}-evidence": "Second to save."})
    assert both.status_code == 409
    assert "First to save." in both.get_data(as_text=True)
    assert "Second to save." in both.get_data(as_text=True)
    assert settled() == 0


def test_the_page_takes_few_statements_with_something_kept(sqlite_world: World) -> None:
    world = sqlite_world
    cell = expertise.cell_with_gold(make.form(world), 7)
    _, experts = expertise.closed(world, [make.like_gold, make.like_gold, expertise.far_apart(cell, 2)])
    shown, (here,) = opened(world, experts[0]), settling_urls(world, "eva", experts[0])
    drafts = {shown.kept.columns[0].version: (6, "Kept.")}
    operations.save_settling(experts[0], shown.row, drafts, 0, by=world.actor("eva"), at=NINE)
    browser = world.browser("eva")
    for address in (here, expert_url(experts[0])):
        with counted() as seen:
            assert browser.get(address).status_code == 200
        assert len(seen) <= STATEMENTS, (address, [one[:300] for one in seen])
