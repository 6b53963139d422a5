"""Drift in sight: one's own line once the scorecards were opened, a panel without names, and no performance record."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from hiringkit.calibration.models import DriftAlarm, DriftSession
from hiringkit.calibration.rules.drift.monitor import Drift
from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.debriefs import operations as debriefs
from hiringkit.debriefs.rules.deciding import DecisionDraft, Verdict
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.home import queries
from hiringkit.home.queries import OwnScale
from hiringkit.interviews.models import Assignment
from hiringkit.people import operations as people
from tests.calibration.drifting import compare, drift_away, run_steadily, versions
from tests.debriefs.factories import LEAD, SECOND, SHADOW, Hire, applicant, book, hire, read, seat, submit, view_of
from tests.statements import counted
from tests.world import Browser, World

RATERS = ("ana", "ben", "chi")
MANY = (*RATERS, "dov", "eva")
MOST = 8
HIDDEN = OwnScale(points=7, line=None, compared=0, needed=15, waiting=1, noticed=[])


def text_of(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def interviewed(made: Hire) -> tuple[Application, list[tuple[str, Assignment]]]:
    """Return an application whose stages are booked with three raters, one who is waived and one who shadows."""
    row, places = applicant(made), []
    made.world.member("wim")
    made.world.member("sam")
    seconds = ("wim", "ben", "chi", "ben")
    for number in range(len(made.stages)):
        booked, second = book(made, row, number), seconds[number % 4]
        reason = "Nobody else can." if second == "wim" else ""
        places += [("ana", seat(made, booked, "ana", LEAD)), (second, seat(made, booked, second, SECOND, reason))]
        if number == 0:
            places += [("sam", seat(made, booked, "sam", SHADOW))]
    return row, places


def kept(row: Application) -> dict[int, float | None]:
    found = db.session.scalars(select(DriftSession).where(DriftSession.application == row.public_id))
    return {one.member_id: one.residual for one in found}


def test_nothing_is_compared_before_all_are_in_and_somebody_has_opened_them(world: World) -> None:
    made = hire(world, RATERS)
    row, places = interviewed(made)
    ids = {who: world.members[who].id for who in RATERS}
    for who, place in places:
        assert kept(row) == {}
        submit(made, who, place, value=5 if who == "ben" else 3)
    assert kept(row) == {}, "all are in and nobody has opened them"
    assert queries.own_drift(world.actor("ana")) == []
    read(made, row, "manager")
    assert kept(row) == {ids["ana"]: -1.0, ids["ben"]: 2.0, ids["chi"]: -1.0}, "who is waived or shadows is in no score"


def test_a_session_is_in_sight_of_who_has_opened_the_scorecards_or_once_it_is_decided(world: World) -> None:
    made = hire(world, RATERS)
    row, places = interviewed(made)
    for who, place in places:
        submit(made, who, place, value=5 if who == "ben" else 3)
    read(made, row, "manager")
    assert [queries.own_drift(world.actor(who)) for who in RATERS] == [[HIDDEN]] * 3, "whatever was rated"
    read(made, row, "ana")
    assert [(one.compared, one.waiting) for one in queries.own_drift(world.actor("ana"))] == [(1, 0)]
    assert queries.own_drift(world.actor("ben")) == [HIDDEN]
    by = world.actor("manager")
    debriefs.decide(view_of(row), DecisionDraft(Verdict.DECLINE, "As seen.", by.member_id or 0), by=by, at=now())
    assert [(one.compared, one.waiting) for one in queries.own_drift(world.actor("ben"))] == [(1, 0)]


def test_a_session_out_of_sight_is_drawn_as_if_it_had_never_been(world: World) -> None:
    made = hire(world, RATERS)
    row, places = interviewed(made)
    for who, place in places:
        submit(made, who, place)
    read(made, row, "manager")
    compare(world, "later", {who: {versions()[0]: 4.0} for who in RATERS}, at=now())
    assert [(one.compared, one.waiting) for one in queries.own_drift(world.actor("ana"))] == [(1, 1)]
    assert queries.panel_drift(world.actor("manager"), world.team().public_id).scales, "the manager has opened them"


@pytest.fixture
def drifted(world: World) -> Hire:
    """Return a hire one of whose raters has come to rate a point higher than the others."""
    return with_a_drift(world)


def with_a_drift(world: World) -> Hire:
    made = hire(world, MANY)
    start = now() - timedelta(days=10)
    run_steadily(world, 20, start, people=MANY)
    drift_away(world, "ana", 9, start + timedelta(days=1), people=MANY)
    return made


def test_the_person_reads_in_plain_words_what_was_noticed(drifted: Hire) -> None:
    page = text_of(drifted.world.browser("ana"), "/calibration/drift")
    assert re.search(
        r"Your last \d+ interviews ran about 0\.\d points above the others’; at first they ran level", page
    )
    assert "Only you see this page." in page
    assert "Nothing here is held against you" in page
    assert "calibration policy 1" in page
    assert '<title id="drift-7-t">' in page
    assert '<desc id="drift-7-d">At first level. Then' in page
    assert "Interview 16" in page
    assert all(f"{who.title()} " not in page for who in MANY[1:]), "nobody else is named"


def test_nobody_sees_the_line_of_another(drifted: Hire) -> None:
    world = drifted.world
    assert "What was noticed" not in text_of(world.browser("ben"), "/calibration/drift")
    assert "Nothing to compare yet" in text_of(world.browser("manager"), "/calibration/drift")


def test_the_queue_of_the_person_says_that_a_refresh_is_due(drifted: Hire) -> None:
    page = text_of(drifted.world.browser("ana"), "/")
    assert "A refresh is due: " in page
    assert 'href="/calibration/drift"' in page
    assert "A refresh is due: " not in text_of(drifted.world.browser("ben"), "/")


def test_managers_of_the_team_see_that_a_refresh_is_due_and_not_why(drifted: Hire) -> None:
    world = drifted.world
    world.manager("else", team="Elsewhere")
    world.member("cora", Capacity.COORDINATOR)
    team = f"/calibration/teams/{world.team().public_id}"
    manager = world.browser("manager")
    home, board = text_of(manager, "/"), text_of(manager, team)
    assert re.search(r"Refresh due</span> Ana,", home)
    assert "Suspended, a refresh is due" in board
    for page in (home, board):
        assert all(kind.value not in page for kind in Drift)
        assert "ran about" not in page
    for who in ("else", "cora", "ben"):
        assert "Refreshes that are due" not in text_of(world.browser(who), "/")


def test_a_manager_who_rates_finds_the_refreshes_by_a_link(sqlite_world: World) -> None:
    made = with_a_drift(sqlite_world)
    ben = made.world.members["ben"]
    people.add_membership(ben, made.world.team(), Capacity.MANAGER, by=made.world.admin, at=now())
    page = text_of(made.world.browser("ben"), "/")
    assert 'stands with the <a href="/calibration">standings of your teams</a>' in page


def test_an_alarm_is_in_no_performance_record(drifted: Hire) -> None:
    world, made = drifted.world, drifted
    row, places = applicant(made), []
    for number in range(len(made.stages)):
        booked = book(made, row, number)
        places += [("ben", seat(made, booked, "ben", LEAD)), ("chi", seat(made, booked, "chi", SECOND))]
    for who, place in places:
        submit(made, who, place, value=3)
    read(made, row, "manager")
    by = world.actor("manager")
    debriefs.decide(view_of(row), DecisionDraft(Verdict.DECLINE, "As seen.", by.member_id or 0), by=by, at=now())
    assert db.session.get_one(Application, row.id).state is ApplicationState.DECIDED
    alarm = db.session.scalars(select(DriftAlarm)).one()
    browser, opening = world.browser("manager"), f"/openings/{made.opening.public_id}"
    addresses = [opening, f"{opening}/trail", f"/applications/{row.public_id}", f"/debriefs/{row.public_id}"]
    for address in addresses:
        page = text_of(browser, address)
        assert not re.search(r"drift|ran about|compared the sealed|refresh is due", page, flags=re.IGNORECASE), address
        assert alarm.public_id not in page
        assert all(kind.value not in page for kind in Drift)


def test_the_panel_is_shown_without_a_name_and_from_five_people_on(drifted: Hire) -> None:
    world = drifted.world
    team = world.team().public_id
    page = text_of(world.browser("manager"), f"/calibration/teams/{team}/drift")
    content = page.partition("<main")[2]
    assert "People by how their ratings run" in content
    assert not re.search(rf"\b({'|'.join(MANY)})\b", content, flags=re.IGNORECASE)
    shown = queries.panel_drift(world.actor("manager"), team)
    assert [scale.points for scale in shown.scales] == [7]
    assert sum(people for _, people in shown.scales[0].levels or ()) == len(MANY)
    world.manager("else", team="Elsewhere")
    with pytest.raises(NotFoundError):
        queries.panel_drift(world.actor("else"), team)


def test_a_panel_of_four_has_no_picture(sqlite_world: World) -> None:
    four = MANY[:4]
    hire(sqlite_world, four)
    run_steadily(sqlite_world, 20, now() - timedelta(days=10), people=four)
    shown = queries.panel_drift(sqlite_world.actor("manager"), sqlite_world.team().public_id)
    assert [scale.levels for scale in shown.scales] == [None]


def test_pages_take_as_many_statements_for_many_sessions_as_for_few(sqlite_world: World) -> None:
    made = with_a_drift(sqlite_world)
    own, panel = "/calibration/drift", f"/calibration/teams/{sqlite_world.team().public_id}/drift"
    pages = [("ana", own), ("manager", panel), ("manager", "/"), ("ana", "/")]
    browsers = {who: sqlite_world.browser(who) for who, _ in pages}

    def statements(who: str, address: str) -> int:
        with counted() as seen:
            text_of(browsers[who], address)
        return len(seen)

    few = [statements(*page) for page in pages]
    run_steadily(sqlite_world, 60, now() - timedelta(days=8), people=made.raters)
    assert [statements(*page) for page in pages] == few
    assert max(few) <= MOST
    assert len(browsers["ana"].get(own).data) <= 100_000
