"""What a candidate asks is read by those whom it concerns and by nobody else: canaries on every route, every viewer."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import Application, Candidate
from hiringkit.candidates.rules.accommodations import ArrangementDraft
from hiringkit.candidates.rules.questions import AnswerDraft
from hiringkit.disclosures.queries import unscoped_current_version
from hiringkit.foundation.access import Actor, ActorKind, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member
from hiringkit.scorecards.models import Scorecard
from tests.house.test_access import VIEWERS, Site, routes

QUESTION, PRIVATE, REQUEST, TOLD = "canary-question", "canary-private", "canary-request", "canary-told"
CANARIES = (QUESTION, PRIVATE, REQUEST, TOLD)
EVERYBODY = frozenset(VIEWERS)
ANSWERING = frozenset({"manager", "coordinator"})
ARRANGING = frozenset({"coordinator"})
# Whoever holds the link reads the portal; the browsers of this test all have its address.
MAY_READ = {
    ("candidates.questions", QUESTION): ANSWERING,
    ("candidates.question", QUESTION): ANSWERING,
    ("candidates.question", PRIVATE): ANSWERING,
    ("home.accommodations", REQUEST): ARRANGING,
    ("home.accommodations", TOLD): ARRANGING,
    ("scorecards.kit", TOLD): frozenset({"interviewer"}),
    ("portal.questions", QUESTION): EVERYBODY,
    ("portal.questions", PRIVATE): EVERYBODY,
    ("portal.accommodations", REQUEST): EVERYBODY,
    ("portal.accommodations", TOLD): EVERYBODY,
}


@pytest.fixture
def site(sqlite_app: Flask) -> Iterator[Site]:
    """Return the demo's site, pointed at one application whose candidate has written canaries."""
    made = Site(sqlite_app)
    _plant(made)
    yield made
    db.session.rollback()


def _member(site: Site, viewer: str, capacity: Capacity) -> Actor:
    row = db.session.scalars(select(Member).where(Member.email == site.addresses[viewer])).one()
    team = db.session.scalars(select(Opening.team_id)).first()
    assert team is not None
    return Actor(ActorKind.MEMBER, row.public_id, member_id=row.id, teams=frozenset({(team, capacity)}))


def _plant(site: Site) -> None:
    """Let the candidate of an interview that the interviewer still has to rate ask, and answer and arrange it."""
    interviewer = _member(site, "interviewer", Capacity.INTERVIEWER)
    row, interview, application = db.session.execute(
        select(Assignment, Interview, Application)
        .join(Interview, Interview.id == Assignment.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .where(Assignment.member_id == interviewer.member_id, Assignment.id.not_in(select(Scorecard.assignment_id)))
    ).first() or (None, None, None)
    assert row is not None
    assert interview is not None
    assert application is not None
    candidate = Actor(ActorKind.CANDIDATE, application.public_id, application_id=application.id)
    manager, coordinator = (_member(site, str(one), one) for one in (Capacity.MANAGER, Capacity.COORDINATOR))
    version = unscoped_current_version(application.opening_id)
    assert version is not None
    asked = operations.ask_question(application, version, "pay.band", QUESTION, by=candidate, at=now())
    view = queries.question(manager, asked.public_id)
    operations.answer_question(view, AnswerDraft(PRIVATE, is_public=False), by=manager, at=now())
    wanted = operations.ask_accommodation(application, REQUEST, by=candidate, at=now())
    operations.arrange(wanted, ArrangementDraft(25, "", TOLD), by=coordinator, at=now())
    token = operations.make_link(application, by=manager, at=now())
    person = db.session.get_one(Candidate, application.candidate_id)
    site.samples.values.update(
        {
            "application_id": application.public_id,
            "candidate_id": person.public_id,
            "assignment_id": row.public_id,
            "interview_id": interview.public_id,
            "question_id": asked.public_id,
            "portal.token": token,
        }
    )


def test_each_canary_is_read_by_its_audience_and_by_nobody_else(site: Site) -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for rule in routes(site.app):
        if "GET" not in (rule.methods or ()):
            continue
        for viewer in VIEWERS:
            text = site.ask(rule, viewer).get_data(as_text=True)
            for canary in CANARIES:
                if canary in text:
                    found.setdefault((rule.endpoint, canary), set()).add(viewer)
    assert found == {key: set(viewers) for key, viewers in MAY_READ.items()}


def test_the_link_of_another_application_reads_none_of_it(site: Site) -> None:
    site.samples.values["portal.token"] = site.token
    for rule in routes(site.app):
        if rule.endpoint.startswith("portal.") and "GET" in (rule.methods or ()):
            text = site.ask(rule, "link").get_data(as_text=True)
            assert [canary for canary in CANARIES if canary in text] == [], rule.endpoint
