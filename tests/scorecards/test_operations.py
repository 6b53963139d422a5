"""Saving, sealing, abstaining, amending and opening: what is sealed stays, and rule 2 holds at every step."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DatabaseError

from hiringkit.audit.models import SubjectKey
from hiringkit.calibration.queries import unscoped_standings
from hiringkit.candidates.models import Application
from hiringkit.candidates.queries import ApplicationView, unscoped_application, unscoped_readers
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleEditError
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.queries import unscoped_assignment
from hiringkit.interviews.rules.lifecycle import AssignmentState, InterviewState
from hiringkit.people.operations import edit_team
from hiringkit.people.rules import Reveal
from hiringkit.scorecards import operations, queries
from hiringkit.scorecards.models import Amendment, EarlyOpening, Rating, Scorecard, ScorecardDraft
from hiringkit.scorecards.rules.evidence import NotRated, RatingDraft
from hiringkit.scorecards.rules.evidence import ScorecardDraft as Draft
from hiringkit.scorecards.rules.sealing import SEALED
from tests.interviews.factories import AFTER, SHADOW, START, book, calibrated, events, panel, ready, seat
from tests.scorecards.factories import abstain, filled, open_all, own, save, submit
from tests.world import NINE, World

LATER = AFTER + timedelta(hours=2)


def state_of(application_id: int) -> ApplicationState:
    state = db.session.scalar(select(Application.state).where(Application.id == application_id))
    assert state is not None
    return state


def fill_other_stages(world: World, view_id: int, *who: str, stages: tuple[int, ...] = (1, 2, 3)) -> None:
    """Hold and rate the other stages of the four, with these people on each panel."""
    for number in stages:
        seats = panel(world, unscoped_application(view_id), *who, stage=number)
        for key, place in zip(who, seats, strict=True):
            submit(world, key, place, at=place.interview.ends_at)


def test_draft_is_kept_as_typed_and_leaves_no_event(world: World) -> None:
    (place,) = panel(world, ready(world), "ana")
    typed = Draft((RatingDraft(own(world, "ana", place).competencies[0].version, None, " half a\nline "),), "\x00?")
    before = db.session.scalar(select(func.count()).select_from(Scorecard))
    assert operations.save_draft(own(world, "ana", place), typed, 0, by=world.actor("ana"), at=NINE) == 1
    assert own(world, "ana", place).draft == typed
    assert events("scorecard:submitted") == []
    assert before == 0
    assert b"half a" not in db.session.scalars(select(ScorecardDraft.content)).one()


def test_newer_draft_is_never_overwritten_and_the_same_text_is_no_conflict(world: World) -> None:
    (place,) = panel(world, ready(world), "ana")
    opened = own(world, "ana", place)
    ana = world.actor("ana")
    assert operations.save_draft(opened, filled(opened, "one"), 0, by=ana, at=NINE) == 1
    assert operations.save_draft(opened, filled(opened, "two"), 1, by=ana, at=NINE) == 2
    assert operations.save_draft(opened, filled(opened, "two"), 1, by=ana, at=NINE) == 2
    for version in (0, 1, 7):
        with pytest.raises(StaleEditError) as stale:
            operations.save_draft(opened, filled(opened, "three"), version, by=ana, at=NINE)
        assert stale.value.version == 2
        assert stale.value.current["note"] == "two"
    assert own(world, "ana", place).draft.note == "two"


def test_text_that_is_too_long_is_refused_at_its_field(sqlite_world: World) -> None:
    (place,) = panel(sqlite_world, ready(sqlite_world), "ana")
    card = own(sqlite_world, "ana", place)
    with pytest.raises(InvalidError) as refused:
        operations.save_draft(card, filled(card, "x" * 20_001), 0, by=sqlite_world.actor("ana"), at=NINE)
    assert set(refused.value.problems) == {"note", *(f"r{one.version}-evidence" for one in card.competencies)}


def test_only_the_author_writes(sqlite_world: World) -> None:
    place, _ = panel(sqlite_world, ready(sqlite_world), "ana", "ben")
    card = own(sqlite_world, "ana", place)
    for who in ("ben", "manager"):
        with pytest.raises(ForbiddenError):
            operations.save_draft(card, filled(card), 0, by=sqlite_world.actor(who), at=AFTER)
        with pytest.raises(ForbiddenError):
            operations.submit_scorecard(card, 0, by=sqlite_world.actor(who), at=AFTER)
        with pytest.raises(NotFoundError):
            own(sqlite_world, who, place)


def test_sealing_copies_the_draft_and_notes_that_the_interview_was_held(world: World) -> None:
    place, other = panel(world, ready(world), "ana", "ben")
    card = submit(world, "ana", place, "Called the pharmacist.", 4)
    assert card.counts
    shown = queries.own_sealed(world.actor("ana"), place.assignment.public_id)
    assert [one.value for one in shown.card.ratings] == [4] * len(own(world, "ana", place).competencies)
    assert {one.evidence for one in shown.card.ratings} == {"Called the pharmacist."}
    assert shown.card.notes == "Called the pharmacist."
    held = unscoped_assignment(place.assignment.public_id)
    assert (held.assignment.state, held.interview.state) == (AssignmentState.ACCEPTED, InterviewState.HELD)
    assert unscoped_assignment(other.assignment.public_id).assignment.state is AssignmentState.PROPOSED
    assert state_of(place.application.id) is ApplicationState.INTERVIEWING
    assert submit(world, "ben", other).counts
    assert events("scorecard:submitted") == ["{}", "{}"]
    assert db.session.scalars(select(Rating.evidence)).first() != b"Called the pharmacist."


def test_sealed_tables_refuse_update_and_delete(world: World) -> None:
    (place,) = panel(world, ready(world), "ana")
    submit(world, "ana", place)
    shown = queries.own_sealed(world.actor("ana"), place.assignment.public_id)
    operations.amend(shown, "One more thing.", by=world.actor("ana"), at=AFTER)
    operations.open_early(shown.seat.view, "Time.", by=world.actor("manager"), at=AFTER)
    for table in (Scorecard, Rating, Amendment, EarlyOpening):
        for statement in (update(table).values(id=99), delete(table)):
            with pytest.raises(DatabaseError, match="append-only"):
                db.session.execute(statement)
            db.session.rollback()


def test_second_submission_is_refused_and_leaves_one_row(world: World) -> None:
    (place,) = panel(world, ready(world), "ana")
    card = own(world, "ana", place)
    submit(world, "ana", place)
    for act in (
        lambda: operations.submit_scorecard(card, 1, by=world.actor("ana"), at=AFTER),
        lambda: operations.abstain(card, "No.", by=world.actor("ana"), at=AFTER),
        lambda: operations.save_draft(card, filled(card, "other"), 1, by=world.actor("ana"), at=AFTER),
    ):
        with pytest.raises(ConflictError, match="This scorecard is submitted"):
            act()
    assert db.session.scalar(select(func.count()).select_from(Scorecard)) == 1


def test_nothing_is_submitted_before_the_interview_begins(sqlite_world: World) -> None:
    (place,) = panel(sqlite_world, ready(sqlite_world), "ana")
    before = START - timedelta(seconds=1)
    with pytest.raises(ConflictError, match="begins on 6 May 2026, 10:00"):
        submit(sqlite_world, "ana", place, at=before)
    with pytest.raises(ConflictError, match="begins on 6 May 2026, 10:00"):
        abstain(sqlite_world, "ana", place, at=before)
    assert submit(sqlite_world, "ana", place, at=START)


@pytest.mark.parametrize("missing", ["rating", "evidence"])
def test_incomplete_scorecard_is_refused_at_its_fields_and_the_draft_stays(sqlite_world: World, missing: str) -> None:
    (place,) = panel(sqlite_world, ready(sqlite_world), "ana")
    card = own(sqlite_world, "ana", place)
    whole = filled(card, "")
    first = whole.ratings[0]
    changed = replace(first, value=None) if missing == "rating" else replace(first, value=NotRated.NOT_OBSERVED)
    draft = replace(whole, ratings=(changed, *(replace(one, evidence="seen") for one in whole.ratings[1:])))
    version = operations.save_draft(card, draft, 0, by=sqlite_world.actor("ana"), at=AFTER)
    with pytest.raises(InvalidError) as refused:
        operations.submit_scorecard(card, version, by=sqlite_world.actor("ana"), at=AFTER)
    assert set(refused.value.problems) == {f"r{first.version}-{missing}"}
    assert own(sqlite_world, "ana", place).draft == draft


def test_draft_that_changed_after_the_check_is_not_sealed_unseen(sqlite_world: World) -> None:
    (place,) = panel(sqlite_world, ready(sqlite_world), "ana")
    checked = save(sqlite_world, "ana", place, "one")
    save(sqlite_world, "ana", place, "two")
    card = own(sqlite_world, "ana", place)
    with pytest.raises(StaleEditError):
        operations.submit_scorecard(card, checked, by=sqlite_world.actor("ana"), at=AFTER)


def test_shadows_and_waived_people_rate_outside_every_score(world: World) -> None:
    view = ready(world)
    led, shadowed = panel(world, view, "ana", "ben")
    plan = book(world, view, 1)
    world.member("gil")
    waived = seat(world, plan, "gil", waiver="He knows the work.")
    shadow = seat(world, plan, "ben", SHADOW)
    late = AFTER + timedelta(hours=1)
    assert submit(world, "ana", led).counts
    assert submit(world, "ben", shadowed).counts
    assert not submit(world, "gil", waived, at=late).counts
    assert not submit(world, "ben", shadow, at=late).counts
    members = [world.members[key].id for key in ("ana", "ben", "gil")]
    sessions = {key: sum(one.sessions for one in found) for key, found in unscoped_standings(members).items()}
    assert sessions[members[0]] > 0
    assert sessions[members[1]] == sessions[members[0]]
    assert sessions[members[2]] == 0


def test_last_expected_scorecard_moves_the_application_to_debrief(world: World) -> None:
    view = ready(world)
    first, second = panel(world, view, "ana", "ben")
    fill_other_stages(world, view.application.id, "ana", "ben")
    submit(world, "ana", first, at=LATER)
    assert state_of(view.application.id) is ApplicationState.INTERVIEWING
    assert not queries.seal_for(world.actor("manager"), first.view).is_open
    abstain(world, "ben", second, at=LATER)
    assert state_of(view.application.id) is ApplicationState.IN_DEBRIEF
    for who in ("ana", "ben", "manager"):
        assert queries.seal_for(world.actor(who), first.view).is_open


def test_two_last_scorecards_at_the_same_instant_are_both_taken(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    is_complete = queries.unscoped_is_complete

    def slowly(view: ApplicationView) -> bool:
        """Answer late, so that without a lock both would ask before the other has committed."""
        answer = is_complete(view)
        time.sleep(0.3)
        return answer

    view = ready(world)
    left = [panel(world, view, "ana", "ben"), panel(world, view, "ana", "ben", stage=1)]
    fill_other_stages(world, view.application.id, "ana", "ben", stages=(2, 3))
    submit(world, "ben", left[0][1], at=LATER)
    submit(world, "ana", left[1][0], at=LATER)
    places = [left[0][0], left[1][1]]
    versions = [save(world, who, place) for who, place in zip(("ana", "ben"), places, strict=True)]
    actors = [world.actor(who) for who in ("ana", "ben")]
    db.session.commit()
    monkeypatch.setattr(queries, "unscoped_is_complete", slowly)
    start = Barrier(2)

    def seal(number: int) -> None:
        with world.app.app_context():
            card = queries.own_scorecard(actors[number], places[number].assignment.public_id)
            db.session.rollback()
            start.wait(timeout=10)
            operations.submit_scorecard(card, versions[number], by=actors[number], at=LATER)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(copy_context().run, seal, number) for number in (0, 1)]:
            done.result(timeout=30)
    db.session.rollback()
    assert state_of(view.application.id) is ApplicationState.IN_DEBRIEF
    assert len(events("scorecard:submitted")) == 8


def test_interview_without_anybody_who_rates_keeps_the_others_sealed(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    plan = book(sqlite_world, view)
    fill_other_stages(sqlite_world, view.application.id, "ana", "ben")
    assert queries.seal_for(sqlite_world.actor("ana"), view).sentence == SEALED
    seat(sqlite_world, plan, "gil" if sqlite_world.member("gil") else "", SHADOW)
    assert queries.seal_for(sqlite_world.actor("ana"), view).sentence == SEALED
    calibrated(sqlite_world, "chi")
    submit(sqlite_world, "chi", seat(sqlite_world, plan, "chi"), at=LATER)
    assert queries.seal_for(sqlite_world.actor("ana"), view).is_open


def test_manager_with_an_own_scorecard_due_cannot_open_not_even_early(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    place, own_place = panel(sqlite_world, view, "ana", "manager")
    submit(sqlite_world, "ana", place)
    manager = sqlite_world.actor("manager")
    operations.open_early(unscoped_application(view.application.id), "The candidate waits.", by=manager, at=AFTER)
    with pytest.raises(ConflictError, match="Your own scorecard"):
        open_all(sqlite_world, "manager", place)
    sqlite_world.manager("dana")
    open_all(sqlite_world, "dana", place)
    assert unscoped_readers(view.application.id) == {sqlite_world.members["dana"].id}
    submit(sqlite_world, "manager", own_place)
    open_all(sqlite_world, "manager", place)
    assert len(queries.opened_scorecards(manager, place.view)) == 2


def test_opening_is_recorded_once_and_ends_rating(world: World) -> None:
    view = ready(world)
    place, _ = panel(world, view, "ana", "ben")
    submit(world, "ana", place)
    with pytest.raises(ConflictError, match="sealed until every expected one is in"):
        open_all(world, "ana", place)
    operations.open_early(unscoped_application(view.application.id), "Time.", by=world.actor("manager"), at=AFTER)
    for _ in range(2):
        open_all(world, "ana", place)
    assert len(events("scorecards:opened")) == 1
    plan = book(world, unscoped_application(view.application.id), 1, at=AFTER, starts=LATER)
    with pytest.raises(InvalidError) as refused:
        seat(world, plan, "ana", at=AFTER)
    assert "has read scorecards" in " ".join(refused.value.problems.values())


def test_early_opening_is_a_managers_with_a_reason_and_moves_the_application(world: World) -> None:
    view = ready(world)
    place, _ = panel(world, view, "ana", "ben")
    submit(world, "ana", place)
    now_view = unscoped_application(view.application.id)
    with pytest.raises(ForbiddenError):
        operations.open_early(now_view, "Please.", by=world.actor("ana"), at=AFTER)
    with pytest.raises(InvalidError):
        operations.open_early(now_view, "  ", by=world.actor("manager"), at=AFTER)
    operations.open_early(now_view, "The offer ends today.", by=world.actor("manager"), at=AFTER)
    assert state_of(view.application.id) is ApplicationState.IN_DEBRIEF
    assert b"offer" not in db.session.scalars(select(EarlyOpening.reason)).one()
    with pytest.raises(ConflictError):
        operations.open_early(now_view, "Again.", by=world.actor("manager"), at=AFTER)


def test_further_interview_seals_again_what_comes_after_it(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    place, _ = panel(sqlite_world, view, "ana", "ben")
    submit(sqlite_world, "ana", place)
    manager = sqlite_world.actor("manager")
    operations.open_early(unscoped_application(view.application.id), "Time.", by=manager, at=AFTER)
    open_all(sqlite_world, "manager", place)
    now_view = unscoped_application(view.application.id)
    asked = AFTER + timedelta(minutes=30)
    further = panel(sqlite_world, now_view, "chi", "devi", stage=1, starts=LATER, at=asked)
    submit(sqlite_world, "chi", further[0], at=LATER)
    assert [one.member.name for one in queries.opened_scorecards(manager, view)] == ["Ana"]
    with pytest.raises(ConflictError, match="possible once"):
        operations.open_early(unscoped_application(view.application.id), "More.", by=manager, at=LATER)


def test_a_team_may_open_when_all_of_ones_own_are_in(sqlite_world: World) -> None:
    team = sqlite_world.team()
    edit_team(team, team.name, Reveal.OWN_IN, team.version, by=sqlite_world.admin, at=NINE)
    place, other = panel(sqlite_world, ready(sqlite_world), "ana", "ben")
    submit(sqlite_world, "ana", place)
    open_all(sqlite_world, "ana", place)
    with pytest.raises(ConflictError, match="Your own scorecard"):
        open_all(sqlite_world, "ben", other)


def test_amendment_is_added_and_the_rating_stays(world: World) -> None:
    (place,) = panel(world, ready(world), "ana")
    submit(world, "ana", place, "First.", 3)
    ana = world.actor("ana")
    shown = queries.own_sealed(ana, place.assignment.public_id)
    operations.amend(shown, " I had misheard. ", by=ana, at=LATER)
    again = queries.own_sealed(ana, place.assignment.public_id)
    assert again.card.amendments == ((LATER, "I had misheard."),)
    assert {one.value for one in again.card.ratings} == {3}
    with pytest.raises(ForbiddenError):
        operations.amend(shown, "Not mine.", by=world.actor("manager"), at=LATER)


def test_abstention_has_a_reason_and_nothing_to_amend(sqlite_world: World) -> None:
    (place,) = panel(sqlite_world, ready(sqlite_world), "ana")
    with pytest.raises(InvalidError):
        abstain(sqlite_world, "ana", place, " ")
    card = abstain(sqlite_world, "ana", place, "The line broke off.")
    assert (card.is_abstention, card.counts) == (True, False)
    shown = queries.own_sealed(sqlite_world.actor("ana"), place.assignment.public_id)
    assert (shown.card.notes, shown.card.ratings) == ("The line broke off.", ())
    with pytest.raises(ConflictError):
        operations.amend(shown, "More.", by=sqlite_world.actor("ana"), at=AFTER)


def test_cancelled_interview_takes_no_scorecard_and_keeps_what_was_typed(sqlite_world: World) -> None:
    (place,) = panel(sqlite_world, ready(sqlite_world), "ana")
    save(sqlite_world, "ana", place, "Kept.")
    card = own(sqlite_world, "ana", place)
    interviews.move_interview(place.scheduled, "cancel", by=sqlite_world.actor("manager"), at=AFTER)
    with pytest.raises(ConflictError, match="This interview is cancelled; it has no scorecard"):
        operations.submit_scorecard(card, 1, by=sqlite_world.actor("ana"), at=AFTER)
    assert own(sqlite_world, "ana", place).draft.note == "Kept."


def test_nothing_is_written_about_an_erased_person(sqlite_world: World) -> None:
    (place,) = panel(sqlite_world, ready(sqlite_world), "ana")
    save(sqlite_world, "ana", place, "Before.")
    erased = update(SubjectKey).where(SubjectKey.id == place.candidate.subject_id)
    db.session.execute(erased.values(wrapped=None, erased_at=AFTER))
    db.session.commit()
    card = own(sqlite_world, "ana", place)
    assert card.draft == Draft(())
    with pytest.raises(ConflictError, match="was erased"):
        operations.save_draft(card, filled(card), 1, by=sqlite_world.actor("ana"), at=AFTER)
