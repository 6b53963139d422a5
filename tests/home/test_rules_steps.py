"""Every state of an opening and of an application has one next step, and the most urgent one comes first."""

from datetime import UTC, datetime, timedelta

import pytest

from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.debriefs.rules.deciding import Verdict
from hiringkit.home.rules.application_steps import application_step
from hiringkit.home.rules.facts import (
    ApplicationFacts,
    InterviewFacts,
    OpeningFacts,
    OpenQuestion,
    Proposal,
    Waiting,
)
from hiringkit.home.rules.line import LATER, NOW, PAST, Readiness, line_of
from hiringkit.home.rules.opening_steps import opening_step
from hiringkit.home.rules.steps import Page, Urgency
from hiringkit.openings.rules import OpeningState

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def interview(
    *, hours: float = -3, missing: tuple[str, ...] = (), lacks: tuple[str, ...] = (), expected: int = 2
) -> InterviewFacts:
    start = NOON + timedelta(hours=hours)
    return InterviewFacts("i", "Scenario", start, start + timedelta(hours=1), lacks, missing, expected)


def application(state: ApplicationState, **more: object) -> ApplicationFacts:
    return ApplicationFacts("a", "Piotr Lis", state, NOON, **more)  # type: ignore[arg-type]  # Named by each test.


def opening(*applications: ApplicationFacts, **more: object) -> OpeningFacts:
    known: dict[str, object] = {"state": OpeningState.OPEN, "posts": 1, "manages": True, "disclosure": 1, "stages": 4}
    return OpeningFacts("o", "Lead", applications=applications, **(known | more))  # type: ignore[arg-type]  # As above.


@pytest.mark.parametrize(
    ("lacks", "urgency", "page"),
    [
        ({"disclosure": None, "stages": 0}, Urgency.PUBLISH, Page.DISCLOSURE),
        ({"stages": 0}, Urgency.LOOP, Page.LOOP),
        ({"state": OpeningState.DRAFT}, Urgency.OPEN, Page.OPENING),
        ({}, Urgency.ADD, Page.CANDIDATES),
        ({"hired": 1}, Urgency.FILL, Page.OPENING),
        ({"state": OpeningState.PAUSED}, Urgency.NOTHING, None),
        ({"state": OpeningState.FILLED, "hired": 1}, Urgency.NOTHING, None),
        ({"state": OpeningState.CLOSED, "disclosure": None}, Urgency.NOTHING, None),
    ],
)
def test_preparation_comes_in_order(lacks: dict[str, object], urgency: Urgency, page: Page | None) -> None:
    step = opening_step(opening(**lacks), NOON)
    assert (step.urgency, step.page) == (urgency, page)


def test_filled_opening_is_not_to_be_marked_as_filled_again() -> None:
    waits = application(ApplicationState.INTERVIEWING, interviews=(interview(hours=2, missing=("Ana",)),))
    step = opening_step(opening(waits, state=OpeningState.FILLED, hired=1), NOON)
    assert (step.urgency, step.word) == (Urgency.NOTHING, "1 of 1 hired")


def test_coordinator_leaves_preparation_to_managers() -> None:
    step = opening_step(opening(manages=False, disclosure=None), NOON)
    assert (step.is_mine, step.title) == (False, "A manager has to publish the disclosure")


IN_DEBRIEF = ApplicationState.IN_DEBRIEF
INTERVIEWING = ApplicationState.INTERVIEWING


@pytest.mark.parametrize(
    ("one", "urgency", "page"),
    [
        (application(ApplicationState.ADDED), Urgency.DELIVER, Page.APPLICATION),
        (application(ApplicationState.INFORMED, to_book=("Scenario", "Audit")), Urgency.BOOK, Page.BOOKING),
        (application(ApplicationState.ACKNOWLEDGED, to_book=("Scenario",)), Urgency.BOOK, Page.BOOKING),
        (application(INTERVIEWING, interviews=(interview(hours=2, lacks=("lead",)),)), Urgency.ASSIGN, Page.INTERVIEW),
        (application(INTERVIEWING, interviews=(interview(missing=("Ana",)),)), Urgency.CHASE, Page.DEBRIEF),
        (application(INTERVIEWING, interviews=(interview(hours=2, missing=("Ana",)),)), Urgency.WAIT, Page.APPLICATION),
        (application(INTERVIEWING, interviews=(interview(),)), Urgency.OPEN_DEBRIEF, Page.DEBRIEF),
        (application(IN_DEBRIEF), Urgency.OPEN_DEBRIEF, Page.DEBRIEF),
        (application(IN_DEBRIEF, has_read=True), Urgency.DECIDE, Page.DEBRIEF),
        (application(IN_DEBRIEF, has_read=True, open_gates=("Compliance",)), Urgency.GATE, Page.DEBRIEF),
        (application(IN_DEBRIEF, proposal=Proposal("Ines", is_own=False)), Urgency.ANSWER, Page.DEBRIEF),
        (application(IN_DEBRIEF, proposal=Proposal("Ines", is_own=True)), Urgency.WAIT, Page.DEBRIEF),
        (application(ApplicationState.DECIDED, verdict=Verdict.OFFER), Urgency.CARRY_OUT, Page.APPLICATION),
        (application(ApplicationState.DECIDED, verdict=Verdict.DECLINE), Urgency.CARRY_OUT, Page.APPLICATION),
        (application(ApplicationState.OFFERED), Urgency.WAIT, Page.APPLICATION),
        (application(ApplicationState.WITHDRAWN, interviews=(interview(),)), Urgency.NOTHING, None),
    ],
)
def test_each_state_of_an_application_has_its_step(one: ApplicationFacts, urgency: Urgency, page: Page | None) -> None:
    step = application_step(one, NOON, manages=True)
    assert (step.urgency, step.page) == (urgency, page)


def test_every_state_has_a_step() -> None:
    for state in ApplicationState:
        for manages in (True, False):
            assert application_step(application(state), NOON, manages=manages).title


def test_coordinator_waits_for_the_decision_and_learns_of_no_gate() -> None:
    one = application(IN_DEBRIEF, open_gates=("Compliance",), proposal=Proposal("Ines", is_own=False))
    step = application_step(one, NOON, manages=False)
    assert (step.urgency, step.word) == (Urgency.WAIT, "In debrief")


def test_most_urgent_application_gives_the_opening_its_step() -> None:
    gate = application(IN_DEBRIEF, has_read=True, open_gates=("Compliance", "Handoffs"))
    step = opening_step(opening(application(ApplicationState.ADDED), gate, application(IN_DEBRIEF)), NOON)
    assert step.title == "Close the gate on Compliance and Handoffs for Piotr Lis"
    assert (step.word, step.shape) == ("2 open safety gates", "stop")


def test_late_scorecards_are_asked_of_each_person_once() -> None:
    late = (interview(missing=("Ana", "Ben")), interview(hours=-5, missing=("Ana",)))
    step = application_step(application(INTERVIEWING, interviews=late), NOON, manages=True)
    assert step.title == "Ask Ana and Ben for their scorecards"
    assert step.word == "3 scorecards to come"


def test_scorecards_in_are_those_expected_without_the_missing() -> None:
    one = application(INTERVIEWING, interviews=(interview(missing=("Ana",)), interview()))
    assert (one.cards_in, one.expected) == (3, 4)


def test_line_says_what_is_past_under_way_and_later() -> None:
    ready = Readiness("Version 1, 3 May", "In use, 4 stages", people=3, leaders=2, by_stage=(2, 0))
    fresh = line_of(opening(), ready, NOON)
    assert [step.phase for step in fresh] == [PAST, PAST, NOW, LATER, LATER, LATER]
    made = application(ApplicationState.DECIDED, verdict=Verdict.OFFER, interviews=(interview(),))
    late = application(IN_DEBRIEF, interviews=(interview(), interview(hours=5, lacks=("lead",))))
    going = {step.label: step for step in line_of(opening(made, late), ready, NOON)}
    assert going["Interviews"].sentence == "2 of 3 over, 1 without a full panel"
    assert going["Debriefs"].sentence == "1 open, 1 closed"
    assert going["Decision"].sentence == "1 to offer"


QUESTION = OpenQuestion("q", "“Pay”")


@pytest.mark.parametrize(
    ("more", "urgency", "page", "about"),
    [
        ({"question": QUESTION}, Urgency.REPLY, Page.QUESTION, "q"),
        ({"question": QUESTION, "accommodation": Waiting.YOURS}, Urgency.ARRANGE, Page.ACCOMMODATIONS, "a"),
        ({"accommodation": Waiting.NOBODY}, Urgency.ARRANGE, Page.APPLICATION, "a"),
        ({"accommodation": Waiting.A_COORDINATOR}, Urgency.BOOK, Page.BOOKING, "a"),
        ({"has_link": False}, Urgency.BOOK, Page.BOOKING, "a"),
    ],
)
def test_what_a_candidate_asked_comes_before_booking(
    more: dict[str, object], urgency: Urgency, page: Page, about: str
) -> None:
    one = application(ApplicationState.ACKNOWLEDGED, to_book=("Case",), **more)
    step = application_step(one, NOON, manages=False)
    assert (step.urgency, step.page, step.about) == (urgency, page, about)


def test_question_to_answer_is_said_with_what_it_is_about() -> None:
    step = application_step(application(ApplicationState.WITHDRAWN, question=QUESTION), NOON, manages=True)
    assert (step.title, step.is_mine) == ("Answer a question about “Pay”", True)
    gone = application(ApplicationState.WITHDRAWN, accommodation=Waiting.YOURS)
    assert not application_step(gone, NOON, manages=True).is_mine


def test_late_scorecard_and_open_gate_come_before_a_question() -> None:
    late = application(INTERVIEWING, interviews=(interview(missing=("Ana",)),), question=QUESTION)
    assert application_step(late, NOON, manages=True).urgency is Urgency.CHASE
    gate = application(IN_DEBRIEF, open_gates=("Compliance",), question=QUESTION)
    assert application_step(gate, NOON, manages=True).urgency is Urgency.GATE


def test_delivery_without_a_link_asks_for_the_link() -> None:
    step = application_step(application(ApplicationState.INFORMED, has_link=False), NOON, manages=True)
    assert (step.urgency, step.title) == (Urgency.DELIVER, "Make a personal link for Piotr Lis")
