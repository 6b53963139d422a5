"""Minutes that were arranged make an interview longer for its panel and its candidate, and tell no more."""

import html
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from hiringkit.candidates.models import Application
from hiringkit.candidates.queries import ApplicationView, unscoped_extra_time, unscoped_minutes_more
from hiringkit.candidates.rules.accommodations import MOST_MINUTES, ArrangementDraft
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import InvalidError
from hiringkit.interviews import operations
from tests.candidates.asking import arrange, request
from tests.interviews.factories import SHADOW, START, book, ready, seat, stages, wall
from tests.openings.factories import opening
from tests.world import NINE, World

CANARY = "canary of the candidate"
MORE = 15


def grant(world: World, view: ApplicationView, minutes: int = MORE, stage: str = "") -> None:
    """Arrange minutes more for an application, for all stages or one."""
    world.member("cora", Capacity.COORDINATOR)
    arrange(world, request(view.application, CANARY), ArrangementDraft(minutes, stage, CANARY))


def problem(act: object) -> str:
    """Return why an act is refused."""
    assert callable(act)
    with pytest.raises(InvalidError) as refused:
        act()
    return " ".join(refused.value.problems.values())


@pytest.mark.parametrize(
    "drafts",
    [
        [],
        [(0, ArrangementDraft(15)), (0, ArrangementDraft(30, "scenario-discussion"))],
        [(0, ArrangementDraft(30, "scenario-discussion")), (0, ArrangementDraft(5)), (1, ArrangementDraft(20))],
        [(0, ArrangementDraft(30, "audit-and-feedback")), (1, ArrangementDraft(7, "scenario-discussion"))],
        [(0, ArrangementDraft(MOST_MINUTES)), (1, ArrangementDraft(MOST_MINUTES))],
        [(0, ArrangementDraft(20)), (0, ArrangementDraft(0, "scenario-discussion"))],
    ],
)
def test_sql_says_what_the_rule_says(world: World, drafts: Sequence[tuple[int, ArrangementDraft]]) -> None:
    view = ready(world)
    other = ready(world, "Robin Vale", view.opening)
    grant(world, other, 60)
    requests = [request(view.application, f"{number}") for number in range(2)]
    for number, draft in drafts:
        arrange(world, requests[number], draft)
    for whose in (view, other):
        known = unscoped_extra_time(whose.application.id)
        for stage in stages(view):
            found = db.session.scalar(select(unscoped_minutes_more(whose.application.id, stage.key)))
            assert found == known.minutes(stage.key), stage.key


def test_candidate_is_busy_until_the_arranged_minutes_have_passed(world: World) -> None:
    view = ready(world)
    first = stages(view)[0]
    grant(world, view, stage=first.key)
    book(world, view, 0, START)
    ends = START + timedelta(minutes=first.minutes)
    assert problem(lambda: book(world, view, 1, ends)) == "The candidate has another interview at that time."
    early = START - timedelta(minutes=stages(view)[1].minutes)
    assert book(world, view, 2, ends + timedelta(minutes=MORE)).interview.minutes == stages(view)[2].minutes
    assert book(world, view, 1, early).interview.starts_at == early


def test_an_interview_that_grows_does_not_run_into_the_next_one(world: World) -> None:
    view = ready(world)
    first, second = stages(view)[:2]
    grant(world, view, stage=second.key)
    book(world, view, 0, START)
    before = START - timedelta(minutes=second.minutes)
    assert problem(lambda: book(world, view, 1, before)) == "The candidate has another interview at that time."
    plan = book(world, view, 1, before - timedelta(minutes=MORE))
    by = world.actor("manager")

    def move() -> object:
        return operations.reschedule(plan, wall(before), plan.interview.version, by=by, at=NINE)

    assert problem(move) == "The candidate has another interview at that time."
    assert first.key != second.key


def test_candidate_is_busy_on_another_opening_of_the_team(world: World) -> None:
    view = ready(world)
    grant(world, view)
    book(world, view, 0, START)
    ready_again = ready(world, view.candidate.name, opening(world))
    assert ready_again.candidate.id == view.candidate.id
    ends = START + timedelta(minutes=stages(view)[0].minutes)
    assert problem(lambda: book(world, ready_again, 0, ends)) == "The candidate has another interview at that time."
    book(world, ready_again, 0, ends + timedelta(minutes=MORE))


def test_interviewer_is_busy_until_then_and_on_the_new_panel_for_as_long(world: World) -> None:
    view = ready(world)
    other = ready(world, "Robin Vale", view.opening)
    minutes = stages(view)[0].minutes
    grant(world, view)
    world.member("ina")
    seat(world, book(world, view, 0, START), "ina", SHADOW)
    after = book(world, other, 0, START + timedelta(minutes=minutes))
    before = book(world, other, 1, START - timedelta(minutes=stages(view)[1].minutes))
    assert problem(lambda: seat(world, after, "ina", SHADOW)) == "Ina has another interview at that time."
    assert seat(world, before, "ina", SHADOW).assignment.role is SHADOW
    grant(world, other, stage=stages(view)[1].key)
    world.member("jon")
    late = book(world, view, 2, START + timedelta(hours=4))
    seat(world, late, "jon", SHADOW)
    third = book(world, other, 2, START + timedelta(hours=4, minutes=stages(view)[2].minutes))
    assert problem(lambda: seat(world, third, "jon", SHADOW)) == "Jon has another interview at that time."


def test_rescheduling_counts_them_for_the_panel(world: World) -> None:
    view = ready(world)
    other = ready(world, "Robin Vale", view.opening)
    grant(world, other)
    world.member("ina")
    seat(world, book(world, view, 0, START), "ina", SHADOW)
    plan = book(world, other, 0, START + timedelta(days=1))
    seat(world, plan, "ina", SHADOW)
    by, minutes = world.actor("manager"), stages(view)[0].minutes

    def move(starts: int) -> object:
        typed = wall(START - timedelta(minutes=starts))
        return operations.reschedule(plan, typed, plan.interview.version, by=by, at=NINE)

    assert problem(lambda: move(minutes)) == "Ina cannot be at two interviews at that time."
    assert move(minutes + MORE) is plan.interview


def test_the_longest_that_can_be_arranged_is_looked_for(world: World) -> None:
    view = ready(world)
    other = ready(world, "Robin Vale", view.opening)
    grant(world, view, MOST_MINUTES)
    world.member("ina")
    seat(world, book(world, view, 0, START), "ina", SHADOW)
    plan = book(world, other, 0, START + timedelta(minutes=MOST_MINUTES + stages(view)[0].minutes - 1))
    assert problem(lambda: seat(world, plan, "ina", SHADOW)) == "Ina has another interview at that time."


def test_only_those_who_may_read_minutes_find_them_on_the_page(sqlite_world: World) -> None:
    world = sqlite_world
    view = ready(world)
    other = ready(world, "Robin Vale", view.opening)
    grant(world, view)
    world.member("otto", Capacity.AUDITOR)
    world.member("ina")
    starts = (now() + timedelta(days=3)).replace(second=0, microsecond=0)
    plan = book(world, view, 0, starts, at=now())
    near = book(world, other, 0, starts + timedelta(minutes=plan.interview.minutes), at=now())
    seat(world, plan, "ina", SHADOW, at=now())
    page, next_page = (f"/interviews/plan/{one.interview.public_id}" for one in (plan, near))

    def text_of(who: str, address: str) -> str:
        answer = world.browser(who).get(address)
        assert answer.status_code == 200
        return html.unescape(answer.get_data(as_text=True))

    for who in ("manager", "cora"):
        text = text_of(who, page)
        assert f"{plan.interview.minutes} min, and {MORE} min more as arranged" in text
        assert CANARY not in text
        assert "Ina has another interview at that time." in text_of(who, next_page)
    assert "more as arranged" not in text_of("manager", next_page)
    db.session.execute(update(Application).values(state=ApplicationState.DECIDED))
    db.session.commit()
    for address in (page, next_page):
        text = text_of("otto", address)
        for words in ("as arranged", "another interview", CANARY, f"{MORE} min"):
            assert words not in text
