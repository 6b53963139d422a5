"""The board of a team: what whom sees, who can lead, what runs out, and one click that invites."""

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from hiringkit.calibration.models import CalibrationSession, Standing
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.errors import NotFoundError
from hiringkit.home import queries
from hiringkit.home.queries import Board
from hiringkit.home.rules.board import next_week
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.queries import unscoped_panel_view
from hiringkit.interviews.queries.schedule import interview
from hiringkit.interviews.rules.booking import BookingDraft
from hiringkit.people.models import Membership
from tests.calibration import factories as make
from tests.candidates.factories import application, delivery
from tests.debriefs.factories import LEAD, Hire, applicant, book, hire, seat, view_of
from tests.home import crowd
from tests.statements import counted
from tests.world import HIDDEN, NINE, World

STATEMENTS, PAGE_BYTES = 8, 100_000
PEOPLE, SETS = 300, 12


def board(world: World, who: str = "manager", at: datetime | None = None, **asked: Any) -> Board:
    """Return the first page of the board as somebody sees it."""
    return queries.board(world.actor(who), world.team().public_id, 1, at or now(), **asked)


def states(shown: Board) -> dict[str, list[tuple[str, int]]]:
    """Return state and attempts by name."""
    return {
        one.member.name: [(cell.at.now.state.value, cell.at.attempts) for cell in one.cells] for one in shown.page.rows
    }


def stage_of(shown: Board, number: int) -> str:
    """Return the value by which a stage is asked for."""
    return next(one.value for one in shown.stages if one.number == number)


@pytest.mark.parametrize("who", ["manager", "cora", "audra"])
def test_it_shows_where_people_stand_and_attempts_to_some(world: World, who: str) -> None:
    for name in ("ana", "ben", "dia"):
        world.member(name)
    world.manager()
    world.member("cora", Capacity.COORDINATOR)
    world.member("audra", Capacity.AUDITOR)
    make.calibrate(world, "ana")
    make.attempt(world, "ben", make.severe)
    shown = board(world, who, NINE)
    assert [exercise.key for exercise in shown.exercises] == ["judgement", "operations"]
    assert states(shown) == {
        "Ana": [("calibrated until", 1), ("none", 0)],
        "Ben": [("in training", 1), ("none", 0)],
        "Dia": [("none", 0), ("none", 0)],
        "Manager": [("none", 0), ("none", 0)],
    }
    assert shown.shows_attempts is (who != "cora")
    assert shown.shows_load is (who != "audra")
    assert shown.invites is (who != "audra")


def test_another_teams_board_is_not_there(world: World) -> None:
    world.member("ana")
    world.manager()
    world.manager("other", "Other")
    for who in ("ana", "other", "admin"):
        with pytest.raises(NotFoundError):
            board(world, who)


def use_up(world: World, who: str, count: int, days: float = 3) -> None:
    """Count so many interviews on every standing of somebody, some days ago."""
    with transaction():
        for row in db.session.scalars(select(Standing).where(Standing.member_id == world.members[who].id)):
            at = now() - timedelta(days=days)
            for number in range(count):
                db.session.add(CalibrationSession(standing_id=row.id, scorecard=f"{row.id}-{number}", at=at))
            row.sessions = count


def test_interviews_at_the_present_pace_run_out_for_those_who_may_see_numbers(world: World) -> None:
    hire(world)
    world.member("cora", Capacity.COORDINATOR)
    use_up(world, "ana", 15)
    shown = board(world)
    (first, *_), counts = shown.soon, shown.counts
    assert (first.name, first.last.ending.name) == ("Ana", "SESSIONS")
    assert (first.last.on - shown.today).days == (5 * 30 - 1) // 15
    assert counts == {30: 2, 60: 2, 90: 4}
    assert board(world, "cora").counts == {30: 0, 60: 0, 90: 4}
    use_up(world, "ben", 15, days=31)
    pressed = {one.name for one in board(world).soon if one.last.ending.name == "SESSIONS"}
    assert pressed == {"Ana"}, "what was counted longer ago is no present pace"


def test_a_stage_that_nobody_can_lead_then_is_named_with_its_day(world: World) -> None:
    made = hire(world)
    shown = board(world)
    last = max(db.session.scalars(select(Standing.valid_until)))
    assert {one.last for one in shown.gaps} == {last}
    assert {one.openings for one in shown.gaps} == {(made.opening.title,)}
    assert len(shown.gaps) == len(made.stages)
    db.session.execute(update(Standing).values(suspended_at=now()))
    db.session.commit()
    assert {one.last for one in board(world).gaps} == {None}


def test_who_can_lead_is_whom_the_panel_takes(world: World) -> None:
    made = hire(world)
    world.member("dia")
    make.calibrate(world, "dia", make.JUDGEMENT, now() - timedelta(days=85))
    shown = board(world)
    for number, stage in enumerate(made.stages, 1):
        for days in (1, 10, 80):
            at = now() + timedelta(days=days)
            draft = BookingDraft(at.astimezone(UTC).replace(tzinfo=None, microsecond=0), "UTC")
            booked = interviews.book_interview(
                view_of(applicant(made, f"C {number} {days}")), stage.row.id, draft, by=world.actor("manager"), at=now()
            )
            panel = unscoped_panel_view(interview(world.actor("manager"), booked.public_id))
            taken = {one.member.name for one in panel.people if one.is_of_team and not one.facts.uncovered}
            asked = board(world, stage=stage_of(shown, number), on=at.date())
            assert {one.member.name for one in asked.page.rows} == taken


def test_next_week_tells_on_which_days(world: World) -> None:
    hire(world)
    shown = board(world)
    week = next_week(shown.today)
    assert [one.days for one in board(world, stage=stage_of(shown, 1)).page.rows] == [list(week)] * 2
    ana = world.members["ana"].id
    db.session.execute(update(Standing).where(Standing.member_id == ana).values(valid_until=week[1]))
    db.session.commit()
    found = {one.member.name: list(one.days) for one in board(world, stage=stage_of(shown, 1)).page.rows}
    assert found == {"Ana": list(week[:2]), "Ben": list(week)}
    assert board(world, stage="nothing.here").asked is None


def booked(made: Hire, who: str, days: float, name: str) -> None:
    """Give somebody an interview in so many days."""
    one = book(made, applicant(made, name), days=1 - days)
    seat(made, one, who, LEAD, days=1)


def test_load_is_what_is_booked_in_the_coming_14_days_on_schedules_one_reads(world: World) -> None:
    made = hire(world)
    for days in (1, 13, 15):
        booked(made, "ana", days, f"In {days} days")
    world.manager("ines")
    other = world.team("Other").id
    with transaction():
        for who, capacity in (("ana", Capacity.INTERVIEWER), ("manager", Capacity.MANAGER)):
            member = world.members[who].id
            db.session.add(Membership(member_id=member, team_id=other, capacity=capacity, created_at=now()))
    there = hire(world, ("ana", "una"), team="Other", title="Elsewhere")
    row = application(world, there.opening, "Elsewhere", team="Other")
    delivery(world, row)
    seat(there, book(there, row, days=-1), "ana", LEAD, days=1)

    def load(who: str) -> dict[str, int]:
        return {one.member.name: one.booked for one in board(world, who).page.rows}

    assert load("ines") == {"Ana": 2, "Ben": 0, "Ines": 0, "Manager": 0}
    assert load("manager")["Ana"] == 3


def test_300_people_on_12_sets_take_as_many_statements_as_two(sqlite_world: World) -> None:
    world = sqlite_world
    made = hire(world, ("ana", "ben"))
    browser, address = world.browser("manager"), f"/calibration/teams/{world.team().public_id}"

    def seen(query: str = "") -> tuple[int, str]:
        with counted() as statements:
            answer = browser.get(address + query)
        assert answer.status_code == 200
        return len(statements), answer.get_data(as_text=True)

    few, _ = seen()
    assert few <= STATEMENTS
    crowd.fill(world, PEOPLE, SETS)
    many, page = seen()
    assert many == few
    assert len(page.encode()) < PAGE_BYTES
    assert "Page 1 of 24, 303 people" in page
    assert page.count("Set number 9") > 1
    asked, page = seen(f"?stage={made.opening.public_id}.{made.stages[0].row.key}&page=2")
    assert asked == few
    assert "<strong>302</strong> can lead" in page
    assert len(page.encode()) < PAGE_BYTES
    shown = board(world)
    assert shown.page.total == PEOPLE + 3
    assert [len(one.cells) for one in shown.page.rows] == [SETS] * len(shown.page.rows)
    assert shown.counts == {30: PEOPLE * SETS, 60: PEOPLE * SETS, 90: PEOPLE * SETS + 4}


def test_one_click_invites_and_leads_back_to_what_was_asked(world: World) -> None:
    world.manager()
    world.member("ana")
    make.calibrate(world, "ana", at=now() - timedelta(days=70))
    team, manager = f"/calibration/teams/{world.team().public_id}", world.browser("manager")
    page = manager.get(f"{team}?page=1&more=no").get_data(as_text=True)
    (address,) = re.findall(r'formaction="([^"]+)"', page)
    answer = manager.post(html.unescape(address), data=dict(HIDDEN.findall(page)))
    assert (answer.status_code, answer.location) == (303, f"{team}?page=1")
    page = manager.get(team).get_data(as_text=True)
    assert "Ana is asked to renew “Safety and judgement”." in html.unescape(page)
    assert "Asked by Manager, " in page
    assert "formaction" not in page
    ana = world.browser("ana")
    for own in ("/", "/calibration"):
        assert "Manager asked you on " in ana.get(own).get_data(as_text=True)


def test_a_manager_who_is_asked_finds_it_at_home(world: World) -> None:
    world.manager()
    world.manager("ines")
    make.calibrate(world, "ines", at=now() - timedelta(days=70))
    ines = world.browser("ines")
    assert "Renew your calibration" not in ines.get("/").get_data(as_text=True)
    team, manager = f"/calibration/teams/{world.team().public_id}", world.browser("manager")
    page = manager.get(team).get_data(as_text=True)
    (address,) = re.findall(r'formaction="([^"]+)"', page)
    assert manager.post(address, data=dict(HIDDEN.findall(page))).status_code == 303
    home = ines.get("/").get_data(as_text=True)
    assert "Renew your calibration: Safety and judgement" in home
    assert "Manager asked you on " in home
    make.calibrate(world, "ines", at=now())
    db.session.commit()
    assert "Renew your calibration" not in ines.get("/").get_data(as_text=True)


@pytest.mark.parametrize(("who", "sees"), [("manager", True), ("audra", True), ("cora", False)])
def test_numbers_are_for_managers_and_auditors_only(world: World, who: str, sees: bool) -> None:
    world.member("ana")
    world.manager()
    world.member("cora", Capacity.COORDINATOR)
    world.member("audra", Capacity.AUDITOR)
    make.calibrate(world, "ana", at=now())
    page = world.browser(who).get(f"/calibration/teams/{world.team().public_id}").get_data(as_text=True)
    assert "Calibrated on drafted gold until" in page
    assert ("1 attempt" in page) is sees
    assert ("0 of 20 interviews" in page) is sees
    assert ("after how many attempts" in page) is sees


def test_interviewers_and_other_teams_have_no_board(world: World) -> None:
    world.member("ana")
    world.manager("other", "Other")
    address = f"/calibration/teams/{world.team().public_id}"
    assert world.browser("ana").get(address).status_code == 403
    assert world.browser("other").get(address).status_code == 404


def test_a_day_that_is_none_is_said_so_and_next_week_is_shown(world: World) -> None:
    made = hire(world)
    stage = f"{made.opening.public_id}.{made.stages[0].row.key}"
    address = f"/calibration/teams/{world.team().public_id}?stage={stage}"
    manager = world.browser("manager")
    page = manager.get(f"{address}&on=soon").get_data(as_text=True)
    assert "Enter a date such as 2026-05-04." in page
    assert "next week, " in page
    page = manager.get(f"{address}&on=2020-01-01").get_data(as_text=True)
    assert "<strong>Nobody</strong> can lead" in page
    assert "on Wednesday 1 January 2020" in page
