"""States are for managers and coordinators, content for whoever has opened it, and one's own list is one's own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from hiringkit.candidates.models import Application, Candidate
from hiringkit.candidates.queries import unscoped_application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.interviews import operations as interviews
from hiringkit.scorecards import operations, queries
from hiringkit.scorecards.rules.lifecycle import ScorecardState
from tests.interviews.factories import AFTER, LEAD, SECOND, SHADOW, START, book, panel, ready, seat
from tests.scorecards.factories import abstain, open_all, own, save, submit
from tests.statements import counted
from tests.world import NINE, World


def refused(read: Callable[..., object], *about: object) -> bool:
    try:
        read(*about)
    except NotFoundError:
        return True
    return False


def test_states_are_for_managers_and_coordinators(world: World) -> None:
    led, second, shadow = panel(world, ready(world), "ana", "ben", "chi")
    world.member("cora", Capacity.COORDINATOR)
    world.member("audrey", Capacity.AUDITOR)
    world.manager("strange", "Other")
    submit(world, "ana", led)
    save(world, "ben", second)
    number = led.application.id
    expected = [("Ana", ScorecardState.SUBMITTED), ("Ben", ScorecardState.DRAFT)]
    for who in ("manager", "cora"):
        found = queries.card_states(world.actor(who), [number])[number]
        assert [(one.member.name, one.state) for one in found] == expected
    for who in ("ana", "chi", "audrey", "strange", "admin"):
        assert queries.card_states(world.actor(who), [number]) == {number: []}
    db.session.execute(update(Candidate).values(member_id=world.members["manager"].id))
    db.session.commit()
    assert queries.card_states(world.actor("manager"), [number]) == {number: []}
    assert shadow.assignment.role is SHADOW


def test_seal_is_asked_by_managers_and_panels_alone(world: World) -> None:
    led, _ = panel(world, ready(world), "ana", "ben")
    world.member("cora", Capacity.COORDINATOR)
    world.member("chi")
    world.manager("strange", "Other")
    for who, may in (("manager", True), ("ana", True), ("chi", False), ("cora", False), ("strange", False)):
        viewer = world.actor(who)
        assert refused(queries.seal_for, viewer, led.view) is not may
        assert refused(queries.application_to_open, viewer, led.application.public_id) is not may
    interviews.decline_assignment(led, by=world.actor("ana"), at=NINE)
    assert refused(queries.seal_for, world.actor("ana"), led.view)
    assert refused(queries.application_to_open, world.actor("ana"), led.application.public_id)


def test_conflict_of_interest_closes_everything(sqlite_world: World) -> None:
    led, _ = panel(sqlite_world, ready(sqlite_world), "ana", "ben")
    submit(sqlite_world, "ana", led)
    manager = sqlite_world.actor("manager")
    operations.open_early(unscoped_application(led.application.id), "Time.", by=manager, at=AFTER)
    open_all(sqlite_world, "manager", led)
    db.session.execute(update(Candidate).values(member_id=sqlite_world.members["manager"].id))
    db.session.commit()
    view = unscoped_application(led.application.id)
    db.session.refresh(view.candidate)
    for read in (queries.seal_for, queries.opened_scorecards):
        assert refused(read, manager, view)
    assert refused(queries.application_to_open, manager, view.application.public_id)


def test_content_is_for_those_who_opened_it_and_for_auditors_after_the_decision(world: World) -> None:
    led, _ = panel(world, ready(world), "ana", "ben")
    submit(world, "ana", led, "Called the pharmacist.")
    world.member("audrey", Capacity.AUDITOR)
    operations.open_early(unscoped_application(led.application.id), "Time.", by=world.actor("manager"), at=AFTER)
    view = unscoped_application(led.application.id)
    for who in ("manager", "ana", "ben", "audrey"):
        viewer = world.actor(who)
        assert refused(queries.opened_scorecards, viewer, view)
    open_all(world, "manager", led)
    (card,) = queries.opened_scorecards(world.actor("manager"), view)
    assert {one.evidence for one in card.ratings} == {"Called the pharmacist."}
    db.session.execute(update(Application).values(state=ApplicationState.DECIDED))
    db.session.commit()
    db.session.refresh(view.application)
    assert [one.member.name for one in queries.opened_scorecards(world.actor("audrey"), view)] == ["Ana"]


def test_ratings_say_what_decides_whether_they_count(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    led, _, shadow = panel(sqlite_world, view, "ana", "ben", "chi")
    sqlite_world.member("gil")
    waived = seat(sqlite_world, book(sqlite_world, view, 1), "gil", waiver="He knows the work.")
    submit(sqlite_world, "ana", led, value=6)
    submit(sqlite_world, "chi", shadow, value=2)
    submit(sqlite_world, "gil", waived, value=1, at=AFTER + timedelta(hours=1))
    found = {(one.role, one.is_waived, one.value) for one in queries.unscoped_ratings([view.application.id])}
    assert found == {(LEAD, False, 6), (LEAD, True, 1)}
    assert len(queries.unscoped_scorecards([view.application.id])) == 2
    card = queries.unscoped_panel_scorecard(led.assignment.public_id)
    assert card is not None
    assert card.member.name == "Ana"
    assert queries.unscoped_panel_scorecard(shadow.assignment.public_id) is None


def test_own_list_has_what_is_to_be_written_first_by_time(world: World) -> None:
    view = ready(world)
    places = [panel(world, view, "ana", stage=number)[0] for number in (0, 1, 2, 3)]
    submit(world, "ana", places[1], at=AFTER + timedelta(hours=2))
    abstain(world, "ana", places[0])
    interviews.move_interview(places[3].scheduled, "cancel", by=world.actor("manager"), at=AFTER)
    save(world, "ana", places[2])
    page = queries.own_cards(world.actor("ana"), 1)
    assert [(one.seat.stage.position, one.state, one.is_due) for one in page.rows] == [
        (3, ScorecardState.DRAFT, True),
        (4, ScorecardState.NOT_STARTED, False),
        (2, ScorecardState.SUBMITTED, False),
        (1, ScorecardState.ABSTAINED, False),
    ]
    assert [one.seat.stage.position for one in queries.own_due(world.actor("ana"))] == [3]
    assert queries.own_cards(world.actor("manager"), 1).rows == []


def test_nothing_is_due_on_an_application_that_ended(sqlite_world: World) -> None:
    led, _ = panel(sqlite_world, ready(sqlite_world), "ana", "ben")
    assert len(queries.own_due(sqlite_world.actor("ana"))) == 1
    db.session.execute(update(Application).values(state=ApplicationState.WITHDRAWN))
    db.session.commit()
    assert queries.own_due(sqlite_world.actor("ana")) == []
    assert led.assignment.role is not SECOND


@pytest.mark.parametrize("cards", [1, 4])
def test_reads_take_the_same_statements_for_any_number_of_scorecards(sqlite_world: World, cards: int) -> None:
    view = ready(sqlite_world)
    for number in range(cards):
        place, _ = panel(sqlite_world, view, "ana", "ben", stage=number)
        submit(sqlite_world, "ana", place, at=START + timedelta(hours=number))
    ana, manager = sqlite_world.actor("ana"), sqlite_world.actor("manager")
    operations.open_early(unscoped_application(view.application.id), "Time.", by=manager, at=AFTER)
    open_all(sqlite_world, "manager", place)
    reads: list[tuple[Callable[[], object], int]] = [
        (lambda: own(sqlite_world, "ana", place), 5),
        (lambda: queries.own_sealed(ana, place.assignment.public_id), 5),
        (lambda: queries.own_cards(ana, 1), 2),
        (lambda: queries.card_states(manager, [view.application.id]), 1),
        (lambda: queries.seal_for(manager, view), 2),
        (lambda: queries.opened_scorecards(manager, view), 4),
    ]
    for read, expected in reads:
        with counted() as seen:
            read()
        assert len([one for one in seen if "membership" not in one]) <= expected
