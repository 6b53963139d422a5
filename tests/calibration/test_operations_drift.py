"""The drift monitor as it is followed: what is kept, when an alarm comes, what it does, and what answers it."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import keyring
from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import DriftAlarm, DriftSession, Standing
from hiringkit.calibration.rules.drift.monitor import Drift, drift_chart, drift_charts
from hiringkit.calibration.rules.drift.residuals import Session
from hiringkit.calibration.rules.policy import DEFAULT_DRIFT, DEFAULT_POLICY
from hiringkit.calibration.rules.standing import StandingState
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from hiringkit.foundation.mail import OutboxMail
from tests.calibration import factories as make
from tests.calibration.drifting import PANEL, compare, drift_away, run_steadily, versions
from tests.foundation.test_mail import use_server
from tests.world import NINE, World

LATER = NINE + timedelta(days=30)


@pytest.fixture
def panel(world: World) -> World:
    """Return a team of three calibrated interviewers and their manager."""
    return calibrated(world)


def calibrated(world: World) -> World:
    world.manager()
    for who in PANEL:
        world.member(who)
        make.calibrate(world, who)
    return world


def alarms() -> list[DriftAlarm]:
    return list(db.session.scalars(select(DriftAlarm).order_by(DriftAlarm.id)))


def state(world: World, who: str, at: datetime = LATER) -> StandingState:
    own = queries.own_exercises(world.actor(who), at)
    return next(one.standing.now.state for one in own if one.form.exercise.key == make.JUDGEMENT)


def contents(tag: str) -> list[str]:
    return list(db.session.scalars(select(AuditEvent.content).where(AuditEvent.tag == tag).order_by(AuditEvent.seq)))


def test_a_session_leaves_its_residual_and_a_tally_and_no_rating(panel: World) -> None:
    first, second = versions()[:2]
    compare(panel, "one", {"ana": {first: 6, second: 4}, "ben": {first: 4, second: 4}, "chi": {first: 5}})
    rows = {row.member_id: row for row in db.session.scalars(select(DriftSession))}
    ana = rows[panel.members["ana"].id]
    assert (ana.residual, ana.ratings, ana.ratings_sum, ana.ratings_squares) == (0.5, 2, 10.0, 52.0)
    assert {row.points for row in rows.values()} == {7}
    assert contents("drift:sessions_compared") == ['{"sessions":3}']


def test_a_session_is_compared_once_and_who_joins_later_is_added(panel: World) -> None:
    first = versions()[0]
    scores = {"ana": {first: 6.0}, "ben": {first: 4.0}}
    assert compare(panel, "one", scores) == 2
    assert [row.residual for row in db.session.scalars(select(DriftSession))] == [None, None], "there is one other"
    assert compare(panel, "one", scores) == 0
    assert compare(panel, "one", scores | {"chi": {first: 2.0}}) == 1
    known = {row.member_id: row.residual for row in db.session.scalars(select(DriftSession))}
    assert known[panel.members["chi"].id] == -3.0
    assert known[panel.members["ana"].id] is None


def test_an_alarm_suspends_the_standing_and_is_answered_by_a_refresh(panel: World) -> None:
    run_steadily(panel, 20)
    assert alarms() == []
    assert state(panel, "ana") is StandingState.CALIBRATED
    drift_away(panel, "ana", 8)
    found = alarms()
    assert [(one.member_id, one.kind) for one in found] == [(panel.members["ana"].id, Drift.LENIENT)]
    assert state(panel, "ana") is StandingState.SUSPENDED
    assert state(panel, "ben") is StandingState.CALIBRATED
    policy = queries.unscoped_policy_row()
    assert policy is not None
    assert found[0].policy_id == policy.id
    make.calibrate(panel, "ana", at=LATER)
    assert state(panel, "ana", LATER) is StandingState.CALIBRATED
    actions = queries.unscoped_actions([found[0].member_id])
    assert actions.open(found[0].member_id, 7) == []
    compare(panel, "fresh", {who: {versions()[0]: 4.0} for who in PANEL}, at=LATER + timedelta(days=1))
    rows = queries.unscoped_drift_sessions([found[0].member_id], 7)[found[0].member_id]
    chart = drift_chart(actions.measured(rows), queries.unscoped_pools(DEFAULT_DRIFT)[7], DEFAULT_DRIFT)
    assert (chart.base, chart.compared, chart.alarms) == (None, 1, ())


def test_a_renewal_that_no_alarm_asked_for_leaves_the_line_running(panel: World) -> None:
    run_steadily(panel, 16)
    ana = panel.members["ana"].id
    soon = NINE + timedelta(days=80)
    make.calibrate(panel, "ana", at=soon)
    compare(panel, "after", {who: {versions()[0]: 4.0} for who in PANEL}, at=soon + timedelta(days=1))
    rows = queries.unscoped_drift_sessions([ana], 7)[ana]
    assert {one.calibration for one in queries.unscoped_actions([ana]).measured(rows).values()} == {1}


def test_who_has_a_refresh_due_is_not_told_again(panel: World) -> None:
    run_steadily(panel, 20)
    drift_away(panel, "ana", 20)
    own = [one for one in alarms() if one.member_id == panel.members["ana"].id]
    assert len(own) == 1
    assert len(contents("standing:suspended")) == len({one.member_id for one in alarms()})


def test_events_name_neither_people_nor_ratings(panel: World) -> None:
    run_steadily(panel, 20)
    drift_away(panel, "ana", 8)
    assert contents("drift:alarm_given") == ['{"policy":1}']
    assert contents("standing:suspended") == ["{}"]
    assert set(contents("drift:sessions_compared")) == {'{"sessions":3}'}
    about = alarms()[0]
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.tag.startswith("drift:"))).all()
    assert {one.scope for one in events} == {"calibration"}, "no record of an opening holds them"
    assert [one.subject_id for one in events if one.tag == "drift:alarm_given"] == [about.public_id]


def test_the_person_and_the_managers_are_written_to_without_figures(panel: World) -> None:
    use_server(panel.app, 9)
    panel.manager("other", team="Elsewhere")
    run_steadily(panel, 20)
    drift_away(panel, "ana", 8)
    ring = keyring(*(one.subject_id for one in panel.members.values()))
    mails = {
        row.event: json.loads(ring.open(row.content))
        for row in db.session.scalars(select(OutboxMail).where(OutboxMail.event.startswith("refresh")))
    }
    assert {event: one["to"] for event, one in mails.items()} == {
        "refresh_due": "ana@example.org",
        "refreshes_due": "manager@example.org",
    }
    assert mails["refresh_due"]["values"] == {"name": "Ana", "path": "/calibration/drift"}
    team = panel.team().public_id
    assert mails["refreshes_due"]["values"] == {"name": "Manager", "path": f"/calibration/teams/{team}"}


def test_a_changed_policy_relabels_no_alarm_and_gives_none_for_the_past(panel: World) -> None:
    run_steadily(panel, 20)
    drift_away(panel, "ana", 8)
    before = [(one.id, one.kind, one.policy_id, one.at) for one in alarms()]
    lax = replace(DEFAULT_POLICY, drift=replace(DEFAULT_DRIFT, limit=99.0, erratic_limit=999.0))
    operations.adopt_policy(lax, by=panel.admin, at=LATER)
    assert [(one.id, one.kind, one.policy_id, one.at) for one in alarms()] == before
    assert state(panel, "ana") is StandingState.SUSPENDED
    drift_away(panel, "ben", 8, at=LATER)
    assert [(one.id, one.kind, one.policy_id, one.at) for one in alarms()] == before, "nobody passes the new limits"


def test_without_a_policy_nothing_is_measured(world: World) -> None:
    assert operations.compare_sessions("one", {}, by=Actor.system(), at=NINE) == 0
    assert db.session.scalars(select(DriftSession)).all() == []


offices = st.lists(st.dictionaries(st.sampled_from(PANEL), st.integers(1, 7), min_size=1), min_size=1, max_size=6)


@given(offices)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_charts_as_the_ratings_themselves_do(sqlite_panel: World, met: list[dict[str, int]]) -> None:
    world, version = sqlite_panel, versions()[0]
    known = db.session.scalars(select(DriftSession.id)).all()
    ids = {who: world.members[who].id for who in PANEL}
    for number, given_scores in enumerate(met):
        compare(world, f"{len(known)}-{number}", {who: {version: float(one)} for who, one in given_scores.items()})
    rows = db.session.scalars(select(DriftSession).where(DriftSession.id.not_in(known)).order_by(DriftSession.id))
    sessions = [
        Session(ids[who], number, {version: float(one)})
        for number, scores in enumerate(met)
        for who, one in sorted(scores.items(), key=lambda one: ids[one[0]])
    ]
    charts = drift_charts(sessions, 7, DEFAULT_POLICY)
    kept = list(rows)
    assert [row.member_id for row in kept] == [one.interviewer for one in sessions]
    for member_id, chart in charts.items():
        own = [row for row in kept if row.member_id == member_id]
        assert sum(row.residual is not None for row in own) == chart.compared


@pytest.fixture
def sqlite_panel(sqlite_world: World) -> World:
    """Return the same team on SQLite alone."""
    return calibrated(sqlite_world)


def test_a_standing_of_another_set_is_left_alone(panel: World) -> None:
    make.calibrate(panel, "ana", make.OPERATIONS)
    run_steadily(panel, 20)
    drift_away(panel, "ana", 8)
    own = db.session.scalars(select(Standing).where(Standing.member_id == panel.members["ana"].id)).all()
    assert sorted(one.suspended_at is not None for one in own) == [False, True]


def test_no_mail_shows_a_figure(panel: World) -> None:
    templates = panel.app.jinja_env
    values = {"name": "Ana", "organisation_name": "Larkmere", "link": "https://localhost/calibration/drift"}
    for event in ("refresh_due", "refreshes_due"):
        for part in ("subject.txt", "body.txt", "body.html"):
            text = templates.get_template(f"email/{event}/{part}").render(**values)
            assert not re.search(r"\d", text.replace("utf-8", "")), text
