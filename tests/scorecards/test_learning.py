"""What shadows and reverse shadows rate: outside of everything that counts, and read by two people alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.calibration.models import CalibrationSession
from hiringkit.candidates.models import Application
from hiringkit.candidates.queries import ApplicationView, unscoped_application
from hiringkit.debriefs import queries as debriefs
from hiringkit.debriefs.models import Gate
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, HiringkitError, InvalidError, NotFoundError
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.queries import AssignmentView, ScheduledInterview, unscoped_panel_view
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.openings.models import Opening
from hiringkit.scorecards import operations, queries
from hiringkit.scorecards.queries import Comparison
from hiringkit.scorecards.rules.evidence import NotRated, Value
from hiringkit.scorecards.rules.learning import SignOffDraft, comparison_words
from tests.interviews.factories import (
    AFTER,
    LEAD,
    REVERSE_SHADOW,
    SECOND,
    SHADOW,
    book,
    calibrated,
    ready,
    seat,
    stages,
)
from tests.scorecards.factories import abstain, open_all, submit
from tests.world import World

LEARNERS = ("hana", "gil", "ida", "jon")
LATER = AFTER + timedelta(days=1)
READY = SignOffDraft(is_ready=True, reason="Asked every probe and kept the time.")
values = st.one_of(st.integers(1, 7), st.sampled_from(NotRated))
learners = st.lists(st.tuples(st.sampled_from((SHADOW, REVERSE_SHADOW)), values), min_size=2, max_size=4)
# Each example uses up a few of the interviews that a calibration lasts.
few = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Hiring:
    """Applications with every stage booked for ana and ben, and the places of the first stage."""

    world: World
    met: int = 0
    opening: Opening | None = None
    places: dict[str, AssignmentView] = field(default_factory=dict)

    def application(self) -> tuple[ApplicationView, list[ScheduledInterview]]:
        """Return an application whose panels are full but for learners."""
        self.met += 1
        view = ready(self.world, f"Candidate {self.met}", self.opening)
        self.opening = view.opening
        calibrated(self.world, "ana", "ben")
        for who in LEARNERS:
            self.world.member(who)
        hours = timedelta(hours=10 * self.met)
        plans = [
            book(self.world, view, number, AFTER + hours + timedelta(hours=number))
            for number in range(len(stages(view)))
        ]
        for plan in plans:
            for who, role in (("ana", LEAD), ("ben", SECOND)):
                place = seat(self.world, plan, who, role)
                self.places.setdefault(f"{who} {plan.interview.public_id}", place)
        return unscoped_application(view.application.id), plans

    def rate(self, plans: list[ScheduledInterview], value: Value = 5) -> None:
        """Let lead and second submit."""
        for plan in plans:
            for who in ("ana", "ben"):
                place = self.places[f"{who} {plan.interview.public_id}"]
                submit(self.world, who, place, value=value, at=plan.interview.ends_at)


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


@dataclass
class Pair:
    """A learner and a lead on one interview, and everybody's places."""

    world: World
    view: ApplicationView
    plans: list[ScheduledInterview]
    made: Hiring
    place: AssignmentView

    def compared(self, who: str) -> Comparison:
        """Return what somebody sees when they compare."""
        return queries.comparison(self.world.actor(who), self.place.assignment.public_id)

    def open(self, *who: str) -> None:
        """Let people open the scorecards."""
        for one in who:
            open_all(self.world, one, self.place, LATER)

    def sign_off(self, who: str = "ana", draft: SignOffDraft = READY) -> None:
        """Let somebody sign off."""
        operations.sign_off(self.compared("ana"), draft, by=self.world.actor(who), at=LATER)


@pytest.fixture(params=[SHADOW, REVERSE_SHADOW], ids=str)
def role(request: pytest.FixtureRequest) -> AssignmentRole:
    """Return each way of learning."""
    found: AssignmentRole = request.param
    return found


def pair(world: World, role: AssignmentRole = REVERSE_SHADOW) -> Pair:
    """Return hana learning from ana, before anybody has rated."""
    made = Hiring(world)
    view, plans = made.application()
    return Pair(world, view, plans, made, seat(world, plans[0], "hana", role))


def refused(act: Callable[[], object]) -> type[HiringkitError]:
    with pytest.raises(HiringkitError) as error:
        act()
    return type(error.value)


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
    assert {side.words for side in shown.sides} == {"2 points lower than the lead"}
    own = one.compared("hana")
    assert own.seal.is_open
    assert own.cards == (None, None)
    assert own.sides == []
    one.open("hana")
    assert [side.words for side in one.compared("hana").sides] == [side.words for side in shown.sides]


def test_the_lead_reads_nothing_of_a_shadow_before_submitting(sqlite_world: World) -> None:
    one = pair(sqlite_world, SHADOW)
    submit(sqlite_world, "hana", one.place, "canary", at=LATER)
    shown = one.compared("ana")
    assert not shown.seal.is_open
    assert shown.cards == (None, None)
    assert "canary" not in repr(shown)


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


def test_a_reverse_shadow_is_signed_off_once_by_the_calibrated_lead(world: World) -> None:
    one = pair(world)
    one.made.rate(one.plans)
    submit(world, "hana", one.place, at=LATER)
    assert refused(one.sign_off) is ConflictError
    one.open("ana", "hana")
    for draft in (SignOffDraft(None, "Well led."), SignOffDraft(is_ready=True, reason=" ")):
        assert refused(partial(one.sign_off, draft=draft)) is InvalidError
    assert (
        refused(lambda: operations.sign_off(one.compared("hana"), READY, by=world.actor("hana"), at=LATER))
        is ForbiddenError
    )
    one.sign_off()
    said = one.compared("hana").sign_off
    assert said is not None
    assert (said.row.is_ready, said.reason) == (True, READY.reason)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "reverse_shadow:signed_off")).one()
    assert (event.scope, event.actor_id) == ("calibration", world.members["ana"].public_id)
    assert "probe" not in event.content
    assert refused(one.sign_off) is ConflictError


def test_a_shadow_is_not_signed_off(sqlite_world: World) -> None:
    one = pair(sqlite_world, SHADOW)
    one.made.rate(one.plans)
    submit(sqlite_world, "hana", one.place, at=LATER)
    one.open("ana")
    assert refused(one.sign_off) is ForbiddenError


def test_a_waived_lead_signs_nobody_off(sqlite_world: World) -> None:
    made = Hiring(sqlite_world)
    view = ready(sqlite_world)
    plan = book(sqlite_world, view)
    lead = seat(sqlite_world, plan, "eve", LEAD, waiver="Nobody else can.")
    place = seat(sqlite_world, plan, "hana", REVERSE_SHADOW)
    one = Pair(sqlite_world, view, [plan], made, place)
    submit(sqlite_world, "eve", lead, at=LATER)
    submit(sqlite_world, "hana", place, at=LATER)
    shown = queries.comparison(sqlite_world.actor("eve"), place.assignment.public_id)
    assert shown.lead_waived
    act = lambda: operations.sign_off(shown, READY, by=sqlite_world.actor("eve"), at=LATER)  # noqa: E731
    assert refused(act) is ForbiddenError
    assert one.view.application.id == view.application.id


def test_no_sign_off_while_the_learner_owes_another_scorecard(sqlite_world: World) -> None:
    one = pair(sqlite_world)
    second = seat(sqlite_world, one.plans[1], "hana", SHADOW)
    one.made.rate(one.plans)
    submit(sqlite_world, "hana", one.place, at=LATER)
    one.open("ana")
    assert refused(one.sign_off) is ConflictError
    submit(sqlite_world, "hana", second, at=LATER)
    one.sign_off()
    assert one.compared("ana").sign_off is not None


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


def test_sittings_are_told_of_others_once_the_application_is_in_debrief(world: World) -> None:
    one = pair(world, SHADOW)
    hana = world.members["hana"].id
    submit(world, "hana", one.place, at=LATER)
    assert {sat.role for sat in queries.sittings(world.actor("hana"), [hana])} == {SHADOW}
    assert queries.sittings(world.actor("manager"), [hana]) == []
    one.made.rate(one.plans)
    found = queries.sittings(world.actor("manager"), [hana])
    assert {(sat.role, sat.stage) for sat in found} == {(SHADOW, one.plans[0].stage.name)}


def test_only_a_signed_off_reverse_shadow_is_a_sitting(sqlite_world: World) -> None:
    one = pair(sqlite_world)
    hana, viewer = sqlite_world.members["hana"].id, sqlite_world.actor("hana")
    one.made.rate(one.plans)
    submit(sqlite_world, "hana", one.place, at=LATER)
    one.open("ana")
    assert queries.sittings(viewer, [hana]) == []
    one.sign_off()
    assert {(sat.role, sat.by) for sat in queries.sittings(viewer, [hana])} == {(REVERSE_SHADOW, "Ana")}
    led = queries.sittings(sqlite_world.actor("ana"), [sqlite_world.members["ana"].id])
    assert {sat.role for sat in led} == {LEAD}


@given(values, values)
def test_words_say_the_same_only_of_the_same(learner: Value, lead: Value) -> None:
    assert (comparison_words(learner, lead) == "the same as the lead") is (learner == lead)


def test_words_name_what_was_not_rated() -> None:
    assert comparison_words(NotRated.NOT_ASKED, NotRated.NOT_OBSERVED) == "not asked, where the lead put “not observed”"
    assert comparison_words(4, NotRated.NOT_ASKED) == "a rating, where the lead put “not asked”"
