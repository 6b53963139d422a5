"""What shadows and reverse shadows rate: outside of everything that counts, and read by two people alone."""

import re
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from hiringkit.calibration.models import CalibrationSession, DriftSession
from hiringkit.candidates.models import Application
from hiringkit.candidates.queries import ApplicationView
from hiringkit.debriefs import queries as debriefs
from hiringkit.debriefs.models import Gate
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.queries import unscoped_panel_view
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.scorecards import operations, queries
from hiringkit.scorecards.rules.evidence import NotRated, Value
from tests.house.tree import project_files, shown
from tests.interviews.factories import AFTER, REVERSE_SHADOW, SECOND, SHADOW, seat
from tests.scorecards.factories import abstain, submit
from tests.scorecards.learning import LATER, LEARNERS, Hiring, pair, refused
from tests.scorecards.test_independence import answered
from tests.world import World

values = st.one_of(st.integers(1, 7), st.sampled_from(NotRated))
learners = st.lists(st.tuples(st.sampled_from((SHADOW, REVERSE_SHADOW)), values), min_size=2, max_size=4)
# Each example uses up a few of the interviews that a calibration lasts.
few = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def counted(world: World, view: ApplicationView) -> dict[str, object]:
    """Return everything that scorecards add up to: the debrief as managers see it, gates, sessions, totals."""
    shown = debriefs.debrief(world.actor("manager"), view.application.public_id)
    number = view.application.id
    opened = shown.opened
    assert opened is not None
    assert opened.judgement is not None
    return {
        "state": shown.state,
        "score": opened.judgement.score,
        "findings": dict(opened.judgement.findings),
        "matrix": opened.judgement.matrix,
        "outcome": opened.judgement.outcome,
        "cards": [card.scorecard.id for card in opened.cards],
        "partial": opened.is_partial,
        "gates": db.session.scalar(select(func.count()).select_from(Gate)),
        "sessions": db.session.scalar(select(func.count()).select_from(CalibrationSession)),
        "compared": db.session.scalar(select(func.count()).select_from(DriftSession)),
        "means": queries.unscoped_session_scores(number),
        "ratings": queries.unscoped_ratings([number]),
        "packet": [card.scorecard.id for card in queries.unscoped_scorecards([number])],
        "opened": [card.scorecard.id for card in queries.opened_scorecards(world.actor("manager"), view)],
        "expected": [one.assignment.id for one in queries.unscoped_card_states([number])[number]],
        "complete": queries.unscoped_is_complete(view),
        "application": db.session.get_one(Application, number).state,
    }


@pytest.fixture
def hiring(sqlite_world: World) -> Hiring:
    """Return an opening whose panels meet a new candidate in every example."""
    return Hiring(sqlite_world)


@few
@given(learners)
def test_what_learners_rate_changes_nothing_that_counts(
    hiring: Hiring, given_by: list[tuple[AssignmentRole, Value]]
) -> None:
    made, world = hiring, hiring.world
    view, plans = made.application()
    places = [
        (who, seat(world, plans[number], who, role), value)
        for number, (who, (role, value)) in enumerate(zip(LEARNERS, given_by, strict=False))
    ]
    made.rate(plans)
    end = plans[-1].interview.ends_at
    operations.open_scorecards(view, by=world.actor("manager"), at=end)
    before = counted(world, view)
    for who, place, value in places:
        assert not submit(world, who, place, value=value, at=end).counts
    after = counted(world, view)
    assert after == before


def test_the_count_would_notice_a_rating_that_counts(sqlite_world: World) -> None:
    made = Hiring(sqlite_world)
    view, plans = made.application()
    extra = seat(sqlite_world, plans[0], "hana", SHADOW)
    made.rate(plans)
    operations.open_scorecards(view, by=sqlite_world.actor("manager"), at=LATER)
    before = counted(sqlite_world, view)
    extra.assignment.role = SECOND
    db.session.commit()
    submit(sqlite_world, "hana", extra, value=1, at=LATER)
    after = counted(sqlite_world, view)
    assert {key for key in before if before[key] != after[key]} >= {"score", "matrix", "gates", "ratings", "packet"}


def test_what_learners_rate_changes_no_byte_for_those_who_decide(sqlite_world: World) -> None:
    made, world = Hiring(sqlite_world), sqlite_world
    view, plans = made.application()
    places = [(who, seat(world, plans[0], who, role)) for who, role in (("hana", SHADOW), ("gil", REVERSE_SHADOW))]
    made.rate(plans)
    operations.open_scorecards(view, by=world.actor("manager"), at=LATER)
    world.member("audrey", Capacity.AUDITOR)
    application, opening = view.application.public_id, view.opening.public_id
    looks = {
        "manager": [f"/debriefs/{application}", f"/applications/{application}", f"/openings/{opening}", "/"],
        "ben": [f"/debriefs/{application}", "/", "/interviews", "/calibration/drift"],
        "audrey": [f"/debriefs/{application}", f"/applications/{application}"],
    }
    browsers = {who: world.browser(who) for who in looks}

    def look() -> list[str]:
        return [answered(browsers[who], address) for who, own in looks.items() for address in own]

    before = look()
    assert before[0].startswith("200")
    for who, place in places:
        submit(world, who, place, "canary of a learner", value=1, at=LATER)
    assert look() == before


def test_ratings_are_read_in_few_places_each_of_which_says_which_count() -> None:
    reader = re.compile(r"^from hiringkit\.scorecards\.models import .*\bRating\b", re.MULTILINE)
    found = {shown(path) for path in project_files("hiringkit") if reader.search(path.read_text(encoding="utf-8"))}
    assert found == {
        "hiringkit/scorecards/operations.py",
        "hiringkit/scorecards/queries/reading.py",
        "hiringkit/scorecards/queries/sessions.py",
    }


@pytest.fixture(params=[SHADOW, REVERSE_SHADOW], ids=str)
def role(request: pytest.FixtureRequest) -> AssignmentRole:
    """Return each way of learning."""
    found: AssignmentRole = request.param
    return found


def test_a_comparison_is_opened_by_the_rule_that_opens_the_lead(world: World, role: AssignmentRole) -> None:
    one = pair(world, role)
    one.made.rate(one.plans, 6)
    assert not one.compared("hana").seal.is_open
    assert refused(lambda: one.open("hana")) is ConflictError
    one.open("ana")
    assert one.compared("ana").cards[0] is None
    assert not one.compared("hana").has_read
    submit(world, "hana", one.place, value=4, at=LATER)
    shown = one.compared("ana")
    assert shown.is_whole
    assert {side.words for side in shown.sides} == {"2 points lower than you"}
    own = one.compared("hana")
    assert own.seal.is_open
    assert own.cards == (None, None)
    assert own.sides == []
    one.open("hana")
    assert {side.words for side in one.compared("hana").sides} == {"2 points lower than Ana"}


def test_the_lead_reads_nothing_of_a_learner_before_submitting(sqlite_world: World, role: AssignmentRole) -> None:
    one = pair(sqlite_world, role)
    submit(sqlite_world, "hana", one.place, "canary", at=LATER)
    shown = one.compared("ana")
    assert not shown.seal.is_open
    assert shown.cards == (None, None)
    assert "canary" not in repr(shown)
    assert refused(lambda: one.open("ana")) is ConflictError
    assert refused(one.sign_off) in {ConflictError, ForbiddenError}


def test_a_learner_reads_nothing_of_the_lead_before_submitting(sqlite_world: World, role: AssignmentRole) -> None:
    one = pair(sqlite_world, role)
    for plan in one.plans:
        for who in ("ana", "ben"):
            place = one.made.places[f"{who} {plan.interview.public_id}"]
            submit(sqlite_world, who, place, "canary", at=plan.interview.ends_at)
    one.open("ana", "manager")
    assert refused(lambda: one.open("hana")) is ConflictError
    shown = one.compared("hana")
    assert (shown.seal.is_open, shown.cards, shown.sides) == (False, (None, None), [])
    assert "canary" not in repr(shown)
    assert refused(one.sign_off) in {ConflictError, ForbiddenError}


def test_nobody_else_compares(sqlite_world: World) -> None:
    one = pair(sqlite_world)
    one.made.rate(one.plans)
    submit(sqlite_world, "hana", one.place, at=LATER)
    sqlite_world.member("audrey", Capacity.AUDITOR)
    sqlite_world.manager("strange", "Other")
    one.open("ana", "hana", "ben", "manager")
    for who in ("ben", "gil", "manager", "audrey", "strange", "admin"):
        assert refused(partial(one.compared, who)) is NotFoundError
    led = one.made.places[f"ana {one.plans[0].interview.public_id}"].assignment.public_id
    assert refused(lambda: queries.comparison(sqlite_world.actor("ana"), led)) is NotFoundError


def test_a_shadow_who_abstained_has_no_side(sqlite_world: World) -> None:
    one = pair(sqlite_world, SHADOW)
    one.made.rate(one.plans)
    abstain(sqlite_world, "hana", one.place, "I know them.", at=LATER)
    one.open("ana")
    shown = one.compared("ana")
    assert shown.is_whole
    assert all(side.learner is None and side.lead is not None and not side.words for side in shown.sides)


def test_one_reverse_shadow_leads_and_any_number_shadow(sqlite_world: World) -> None:
    one = pair(sqlite_world)
    panel = unscoped_panel_view(one.plans[0])
    assert panel.is_taken(REVERSE_SHADOW)
    assert not panel.is_taken(SHADOW)
    with pytest.raises(InvalidError):
        seat(sqlite_world, one.plans[0], "gil", REVERSE_SHADOW)
    assert seat(sqlite_world, one.plans[0], "gil", SHADOW).assignment.role is SHADOW
    interviews.hand_over_assignment(one.place, by=sqlite_world.actor("manager"), at=AFTER)
    assert not unscoped_panel_view(one.plans[0]).is_taken(REVERSE_SHADOW)
