"""Of a debrief everybody sees what PRODUCT rule 2 and the table of capacities let them, and nothing of it earlier."""

import pytest
from sqlalchemy import select

from hiringkit.candidates.models import Application
from hiringkit.debriefs import operations, queries
from hiringkit.debriefs.models import Gate
from hiringkit.debriefs.queries import DebriefView
from hiringkit.debriefs.rules.deciding import DecisionDraft, Verdict
from hiringkit.debriefs.rules.lifecycle import DebriefState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.interviews.queries import unscoped_panel
from hiringkit.scorecards import operations as scorecards
from hiringkit.scorecards.queries import seal_for
from tests.debriefs.factories import (
    LEAD,
    SECOND,
    Hire,
    applicant,
    book,
    booked_all,
    days_ago,
    debriefed,
    hire,
    read,
    seat,
    submit,
    submit_all,
    view_of,
)
from tests.statements import counted
from tests.world import World

LOW = {("ana", "compliance"): 2}


def shown(world: World, row: Application, who: str) -> DebriefView:
    return queries.debrief(world.actor(who), row.public_id)


def decided(made: Hire, row: Application, verdict: Verdict = Verdict.OFFER) -> None:
    by = made.world.actor("manager")
    operations.decide(view_of(row), DecisionDraft(verdict, "As seen.", by.member_id or 0), by=by, at=now())


def test_debrief_waits_opens_and_closes(world: World) -> None:
    made = hire(world)
    row = booked_all(made, applicant(made))
    assert shown(world, row, "manager").state is DebriefState.WAITING
    submit_all(made, row)
    assert shown(world, row, "manager").state is DebriefState.OPEN
    read(made, row, "manager")
    decided(made, row)
    assert shown(world, row, "manager").state is DebriefState.CLOSED


def test_nobody_sees_ratings_or_gates_before_opening_the_scorecards(world: World) -> None:
    made = hire(world)
    row = debriefed(made, low=LOW, readers=[])
    for who in ("manager", "ana", "ben"):
        view = shown(world, row, who)
        assert view.opened is None
        assert view.seal is not None
        assert view.seal.is_open
    read(made, row, "ana")
    assert shown(world, row, "manager").opened is None
    opened = shown(world, row, "ana").opened
    assert opened is not None
    assert len(opened.cards) == 8
    assert len(opened.gates) == 1


def test_page_and_act_agree_on_whether_scorecards_may_be_opened(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    row = applicant(made)
    first = book(made, row)
    seat(made, first, "ana", LEAD)
    seat(made, first, "ben", SECOND)
    for assignment, _ in unscoped_panel(row.id):
        submit(made, "ana" if assignment.role is not SECOND else "ben", assignment)
        for who in ("manager", "ana", "ben"):
            seal = shown(sqlite_world, row, who).seal
            assert seal == seal_for(sqlite_world.actor(who), view_of(row))
            assert seal is not None
            assert not seal.is_open


def test_interviewers_see_no_state_of_others_and_only_their_own_panels(world: World) -> None:
    made = hire(world)
    world.member("eve")
    row = booked_all(made, applicant(made))
    submit(made, "ben", next(one for one, _ in unscoped_panel(row.id) if one.role is SECOND))
    view = shown(world, row, "ana")
    assert (view.cards, view.to_book, view.decisions) == ((), (), [])
    with pytest.raises(NotFoundError):
        shown(world, row, "eve")


def test_coordinator_sees_states_and_the_outcome_only(world: World) -> None:
    made = hire(world)
    world.member("cora", Capacity.COORDINATOR)
    row = debriefed(made, low=LOW)
    view = shown(world, row, "cora")
    assert (view.opened, view.seal, view.decisions) == (None, None, [])
    assert len(view.expected) == 8
    decided(made, row, Verdict.DECLINE)
    view = shown(world, row, "cora")
    assert view.opened is None
    assert view.made is not None
    assert (view.made.row.verdict, view.made.reason) == (Verdict.DECLINE, "")


def test_auditor_sees_nothing_before_the_decision_and_all_of_it_afterwards(world: World) -> None:
    made = hire(world)
    world.member("otto", Capacity.AUDITOR)
    row = debriefed(made, value=3)
    with pytest.raises(NotFoundError):
        shown(world, row, "otto")
    world.manager("ines")
    read(made, row, "ines")
    manager, ines = world.actor("manager"), world.actor("ines")
    draft = DecisionDraft(Verdict.OFFER, "As seen.", manager.member_id or 0)
    decision = operations.decide(view_of(row), draft, by=manager, at=now())
    with pytest.raises(NotFoundError):
        shown(world, row, "otto")
    operations.consent(decision, agrees=True, reason="Yes.", by=ines, at=now())
    view = shown(world, row, "otto")
    assert view.opened is not None
    assert view.made is not None
    assert (view.made.reason, view.made.consent_reason) == ("As seen.", "Yes.")


def test_manager_who_has_not_opened_reads_no_reasons(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    sqlite_world.manager("ines")
    row = debriefed(made)
    decided(made, row)
    view = shown(sqlite_world, row, "ines")
    assert view.opened is None
    assert view.made is not None
    assert view.made.reason == ""


def test_other_teams_administrators_and_the_candidate_find_nothing(world: World) -> None:
    made = hire(world)
    world.manager("odo", team="Other")
    world.manager("ines")
    row = debriefed(made)
    for who in ("odo", "admin"):
        with pytest.raises(NotFoundError):
            shown(world, row, who)
    view_of(row).candidate.member_id = world.members["ines"].id
    db.session.commit()
    with pytest.raises(NotFoundError):
        shown(world, row, "ines")


def test_what_comes_after_sealing_again_stays_hidden_with_its_gate(world: World) -> None:
    made = hire(world, ("ana", "ben"))
    row = applicant(made)
    submit(made, "ana", seat(made, book(made, row, 0), "ana", LEAD))
    scorecards.open_early(view_of(row), "The offer ends on Friday.", by=world.actor("manager"), at=days_ago(0.5))
    read(made, row, "manager")
    number = next(i for i, stage in enumerate(made.stages) if "compliance" in {c.key for c in stage.competencies})
    later = seat(made, book(made, row, number, days=0.4), "ben", LEAD)
    submit(made, "ben", later, {("ben", "compliance"): 1}, days=-2)
    view = shown(world, row, "manager")
    assert view.opened is not None
    assert (len(view.opened.cards), view.opened.gates, view.opened.is_partial) == (1, {}, True)
    assert view.state is DebriefState.WAITING
    with pytest.raises(NotFoundError):
        queries.gate(world.actor("manager"), row.public_id, db.session.scalars(select(Gate.public_id)).one())


def test_debrief_takes_the_same_statements_whatever_its_panel(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    row = debriefed(made, low=LOW)
    one = applicant(made, "Jordan Avery")
    submit(made, "ana", seat(made, book(made, one, hours=1), "ana", LEAD))
    manager = sqlite_world.actor("manager")
    with counted() as sealed:
        queries.debrief(manager, one.public_id)
    scorecards.open_early(view_of(one), "Why.", by=manager, at=now())
    read(made, one, "manager")
    with counted() as small:
        queries.debrief(manager, one.public_id)
    with counted() as large:
        queries.debrief(manager, row.public_id)
    assert max(len(sealed), len(small)) <= 7
    assert len(large) == len(small)
