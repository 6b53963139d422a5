"""The whole demo, told on both databases: what issue 2 promises of it is there, and the record holds."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask, has_app_context
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.calibration.rules.standing import StandingState
from hiringkit.candidates.models import Application, Candidate, TruthAnswer, TruthRequest
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.debriefs import queries as debriefs
from hiringkit.debriefs.models import Decision, DecisionConsent, Gate, GateResolution
from hiringkit.debriefs.rules.deciding import RuleOutcome
from hiringkit.debriefs.rules.gates import GateState
from hiringkit.demo.days import Days
from hiringkit.demo.filling import COORDINATOR_JOB
from hiringkit.demo.opening import MANAGER, Job
from hiringkit.demo.people import DANA, INES, ROSTER
from hiringkit.demo.story import ACCOUNTS, tell
from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.models import SectionTyping
from hiringkit.foundation.access import Actor, ActorKind, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.home import queries as home
from hiringkit.home.rules.accuracy import TOO_FEW
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.interviews.rules.lifecycle import TO_COME
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningState
from hiringkit.people.models import Member, Membership, Team
from hiringkit.scorecards import queries as scorecards
from hiringkit.scorecards.models import Scorecard, ScorecardDraft
from hiringkit.scorecards.queries.states import is_of_panel
from tests.conftest import BOTH, fresh_app
from tests.world import Browser

PASSWORD = "amber-birch-cedar-42"


@dataclass
class Told:
    """The demo that was told: its app, the moment it was told for, and what was said meanwhile."""

    app: Flask
    today: datetime
    said: list[str]


@pytest.fixture(scope="module", params=BOTH)
def told(
    request: pytest.FixtureRequest, migrated: Callable[[str], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """Return the demo on each database; it is told once and only read from then on."""
    made = fresh_app(request.param, request, migrated, tmp_path_factory.mktemp("demo"))
    app, today = next(made), now()
    said: list[str] = []
    app.test_client_class = Browser
    tell(PASSWORD, today, said.append)
    yield Told(app, today, said)
    for _ in made:
        pass


@pytest.fixture(autouse=True)
def fresh_session() -> Iterator[None]:
    """End the transaction of a test's reads; a test with an app of its own has ended it with its app."""
    yield
    if has_app_context():
        db.session.rollback()


def opening_of(job: Job) -> Opening:
    """Return one of the demo's openings."""
    return db.session.scalars(select(Opening).where(Opening.title == job.title)).one()


def applications(job: Job = MANAGER) -> dict[str, Application]:
    """Return the applications on an opening by the candidate's name."""
    rows = db.session.execute(
        select(Candidate.name, Application)
        .join(Application, Application.candidate_id == Candidate.id)
        .where(Application.opening_id == opening_of(job).id)
    )
    return {row[0]: row[1] for row in rows}


def test_twelve_candidates_stand_in_every_state(told: Told) -> None:
    states = Counter(one.state for one in applications().values())
    assert sum(states.values()) == 12
    assert set(states) == set(ApplicationState) - {ApplicationState.ERASED}


def test_one_gate_is_open_and_the_others_were_closed_with_reasons(told: Told) -> None:
    gates = {gate.id: gate for gate in db.session.scalars(select(Gate))}
    closed = {one.gate_id: one.state for one in db.session.scalars(select(GateResolution))}
    still_open = [gate.application_id for number, gate in gates.items() if number not in closed]
    assert still_open == [applications()["Piotr Lis"].id]
    assert Counter(closed.values()) == {GateState.CONFIRMED: 2, GateState.CLEARED: 1}


def test_one_decision_was_made_against_the_rule_by_two_managers(told: Told) -> None:
    (decision,) = db.session.scalars(select(Decision).where(Decision.is_against_rule)).all()
    consent = db.session.scalars(select(DecisionConsent).where(DecisionConsent.decision_id == decision.id)).one()
    assert decision.rule_outcome is RuleOutcome.BELOW_BAR
    assert consent.agrees
    assert consent.by_id != decision.by_id
    assert applications()["Renata Silva"].id == decision.application_id
    assert applications()["Renata Silva"].state is ApplicationState.OFFERED


def test_one_debrief_is_ready_to_be_decided(told: Told) -> None:
    ready = debriefs.debrief(_manager(), applications()["Amara Cole"].public_id)
    assert ready.opened is not None
    assert ready.opened.judgement is not None
    assert ready.opened.judgement.outcome is RuleOutcome.MEETS_BAR
    assert list(ready.decisions) == []
    waiting = debriefs.debrief(_manager(), applications()["Piotr Lis"].public_id)
    assert waiting.opened is not None
    assert waiting.opened.judgement is not None
    assert waiting.opened.judgement.outcome is RuleOutcome.GATE_OPEN


def _manager() -> Actor:
    dana = db.session.scalars(select(Member).where(Member.name == DANA)).one()
    rows = db.session.execute(select(Membership.team_id, Membership.capacity).where(Membership.member_id == dana.id))
    teams = frozenset((team, capacity) for team, capacity in rows)
    return Actor(ActorKind.MEMBER, dana.public_id, member_id=dana.id, teams=teams)


def test_five_interviewers_are_calibrated_one_has_lapsed_and_two_train(told: Told) -> None:
    team = db.session.scalars(select(Team)).one()
    board = home.board(_manager(), team.public_id, 1, told.today)
    states = {row.member.name: {one.at.now.state for one in row.cells} for row in board.page.rows}
    interviewers = {one.name: states[one.name] for one in ROSTER if one.capacity is Capacity.INTERVIEWER}
    assert len(interviewers) == 8
    both_held = [name for name, found in interviewers.items() if found == {StandingState.CALIBRATED}]
    lapsed = [name for name, found in interviewers.items() if found == {StandingState.LAPSED}]
    training = [name for name, found in interviewers.items() if StandingState.IN_TRAINING in found]
    assert (len(both_held), lapsed, len(training)) == (5, ["Fay Lindqvist"], 2)


def test_interviews_are_ahead_and_scorecards_are_due(told: Told) -> None:
    ahead = db.session.scalars(select(Interview).where(Interview.starts_at > told.today)).all()
    assert len(ahead) == 2
    assert {one.state for one in ahead} <= TO_COME
    days = Days(told.today)
    assert min(one.starts_at for one in ahead) == days.moment(days.next_start)
    submitted = set(db.session.scalars(select(Scorecard.assignment_id)))
    of_panels = set(db.session.scalars(select(Scorecard.assignment_id).join(Assignment).where(is_of_panel())))
    drafted = set(db.session.scalars(select(ScorecardDraft.assignment_id)))
    assert len(drafted - submitted) == 1
    held = db.session.scalars(select(Interview).where(Interview.starts_at < told.today)).all()
    assert 2 * len(held) - len(of_panels) == 2, "one scorecard is a draft, and one was not begun"


def test_a_newcomer_compares_with_the_leads_and_is_not_signed_off_yet(told: Told) -> None:
    hana = db.session.scalars(select(Member).where(Member.name == "Hana Sato")).one()
    (team,) = db.session.scalars(select(Team.id)).all()
    viewer = Actor(ActorKind.MEMBER, hana.public_id, member_id=hana.id, teams=frozenset({(team, Capacity.INTERVIEWER)}))
    mine = select(Assignment.public_id).join(Scorecard).where(Assignment.member_id == hana.id).order_by(Assignment.id)
    found = [scorecards.comparison(viewer, address) for address in db.session.scalars(mine)]
    assert all(one.is_whole and one.mine for one in found)
    assert {one.lead_member.name for one in found} == {"Ana Ruiz", "Ben Okafor"}
    assert [one.sign_off.row.is_ready for one in found if one.sign_off is not None] == [False]


def test_a_disclosure_is_published_with_two_questions_left_open(told: Told) -> None:
    opening = opening_of(MANAGER)
    version = disclosures.unscoped_current_version(opening.id)
    assert version is not None
    answered = {claim.field for claim in disclosures.document_of(version).claims}
    assert not answered & {"workload.remote", "growth.credentials"}
    assert "pay.band" in answered
    assert 37 <= (told.today - opening.created_at).days <= 43


def test_hires_of_the_opening_before_say_what_was_true(told: Told) -> None:
    opening = opening_of(COORDINATOR_JOB)
    assert opening.state is OpeningState.FILLED
    hired = [one for one in applications(COORDINATOR_JOB).values() if one.state is ApplicationState.HIRED]
    assert len(hired) == opening.posts
    assert all(115 <= (told.today - one.state_at).days <= 140 for one in hired)
    answers = db.session.scalars(select(TruthAnswer)).all()
    assert Counter((one.day, one.is_shared) for one in answers if one.section == "workload") == {
        (30, False): 3, (30, True): 1, (90, False): 3,
    }  # fmt: skip
    assert [one.day for one in db.session.scalars(select(TruthRequest).order_by(TruthRequest.id))] == [30] * 4 + [
        90
    ] * 4
    report = home.accuracy(_manager(), opening.public_id, told.today)
    after = {one.key: one.after for one in report.sections}
    assert after["workload"] == {30: "1 true, 3 partly true", 90: "2 true, 1 partly true"}
    assert after["first-90-days"] == {30: TOO_FEW, 90: "3 true"}
    assert report.lines[0].asked.key == "workload.units"
    assert Counter(note.field for note in report.truth_notes) == {"workload.units": 4, "support.onboarding": 1}


def test_one_answer_is_kept_for_the_manager_who_typed_it_and_nobody_else(told: Told) -> None:
    kept = db.session.scalars(select(SectionTyping)).one()
    assert db.session.get_one(Member, kept.member_id).name == INES
    assert list(kept.typed) == ["errors-0-value"]
    assert kept.at < told.today


def test_the_record_holds_and_its_times_go_forward(told: Told) -> None:
    assert unscoped_break() is None
    times = list(db.session.scalars(select(AuditEvent.at).order_by(AuditEvent.seq)))
    assert len(times) > 400
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert times[-1] <= told.today


def test_every_account_can_sign_in(told: Told) -> None:
    assert len(ACCOUNTS) == 13
    for number, (email, _) in enumerate(ACCOUNTS, 1):
        browser = told.app.test_client()
        assert isinstance(browser, Browser)
        browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        assert browser.submit("/sign-in", email=email, password=PASSWORD).status_code == 303, email
        assert browser.get("/account").status_code == 200, email


def test_it_says_how_far_it_is(told: Told) -> None:
    assert len(told.said) == 4
    assert all(line.strip() for line in told.said)


@pytest.mark.parametrize(
    "today",
    [datetime(2026, 3, 10, 5, 5, tzinfo=UTC), datetime(2026, 11, 21, 15, 0, tzinfo=UTC)],
    ids=["five past midnight, two days into summer time", "a Saturday"],
)
def test_it_can_be_told_on_any_day(today: datetime, sqlite_app: Flask) -> None:
    tell(PASSWORD, today, lambda _: None)
    assert unscoped_break() is None
    assert len(applications()) == 12
    assert len(db.session.scalars(select(TruthRequest)).all()) == 8
