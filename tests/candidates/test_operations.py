"""People are added once a team, applications move by their lifecycle, and what was shown is on record."""

import hashlib

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DatabaseError

from hiringkit.audit.models import AuditEvent, SubjectKey
from hiringkit.audit.queries import unscoped_break
from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import Acknowledgement, Application, Candidate, Delivery, PersonalLink, Reading
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.disclosures.operations import withdraw_disclosure
from hiringkit.foundation.access import Actor, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleEditError,
    WrongStateError,
)
from hiringkit.openings.models import Opening
from hiringkit.openings.operations import move_opening
from tests.candidates.factories import (
    application,
    candidate,
    candidate_actor,
    delivery,
    disclosure_version,
    draft,
    link,
    publish_again,
)
from tests.openings.factories import opening
from tests.world import World


def events(tag: str) -> list[AuditEvent]:
    """Return the events of a tag."""
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.tag == tag).order_by(AuditEvent.seq)))


def count(table: type[Candidate | Application | Delivery | Acknowledgement | Reading]) -> int:
    """Return how many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def opening_of(row: Application) -> Opening:
    """Return the opening of an application."""
    return db.session.get_one(Opening, row.opening_id)


def test_a_candidate_gets_a_key_of_its_own_and_no_name_in_the_record(world: World) -> None:
    row = candidate(world)
    assert db.session.get_one(SubjectKey, row.subject_id).kind == "candidate"
    (event,) = events("candidate:added")
    assert event.subject_id == row.public_id
    assert "Jordan" not in event.content
    assert "example.com" not in event.content
    assert unscoped_break() is None


def test_the_same_address_in_a_team_is_the_same_person(world: World) -> None:
    first = candidate(world)
    again = operations.add_candidate(
        draft(world, "J. Avery", email="  Jordan.AVERY@Example.com "), by=world.actor("manager"), at=now()
    )
    assert (again.id, again.name, count(Candidate)) == (first.id, "Jordan Avery", 1)
    assert len(events("candidate:added")) == 1
    world.manager("stranger", "Other")
    other = operations.add_candidate(draft(world, team="Other"), by=world.actor("stranger"), at=now())
    assert other.id != first.id


@pytest.mark.parametrize("capacity", [Capacity.INTERVIEWER, Capacity.AUDITOR, Capacity.ADMINISTRATOR])
def test_only_managers_and_coordinators_write_candidates(world: World, capacity: Capacity) -> None:
    row = application(world)
    world.member("other", capacity)
    by = world.actor("other")
    acts = (
        lambda: operations.add_candidate(draft(world), by=by, at=now()),
        lambda: operations.add_candidate(draft(world, "New Person"), by=by, at=now()),
        lambda: operations.make_link(row, by=by, at=now()),
        lambda: operations.move_application(row, "interview", by=by, at=now()),
        lambda: operations.withdraw_application(row, by=by, at=now()),
    )
    for act in acts:
        with pytest.raises(ForbiddenError):
            act()


def test_a_coordinator_adds_candidates_and_applications(world: World) -> None:
    row = opening(world)
    world.member("cora", Capacity.COORDINATOR)
    by = world.actor("cora")
    person = operations.add_candidate(draft(world), by=by, at=now())
    made = operations.add_application(person, row, by=by, at=now())
    assert (made.state, made.created_by_id) == (ApplicationState.ADDED, by.member_id)
    assert events("application:added")[0].scope == row.public_id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"name": "  "}, "name"),
        ({"same": "nobody@example.org"}, "member_email"),
    ],
)
def test_what_cannot_be_a_candidate_is_refused_at_its_field(world: World, changes: dict[str, str], field: str) -> None:
    world.manager()
    typed = {"email": "jordan@example.com", **changes}
    with pytest.raises(InvalidError) as refusal:
        operations.add_candidate(draft(world, **typed), by=world.actor("manager"), at=now())
    assert field in refusal.value.problems
    assert count(Candidate) == 0


def test_a_person_has_one_active_application_on_an_opening(world: World) -> None:
    row = opening(world)
    first = application(world, row)
    with pytest.raises(InvalidError) as refusal:
        application(world, row)
    assert "has an application on this opening already" in refusal.value.problems["email"]
    operations.withdraw_application(first, by=world.actor("manager"), at=now())
    assert application(world, row).id != first.id
    assert application(world, opening(world, "Another")).candidate_id == first.candidate_id


def test_the_database_itself_refuses_a_second_active_application(world: World) -> None:
    row = application(world)
    twin = Application(
        candidate_id=row.candidate_id,
        opening_id=row.opening_id,
        state=ApplicationState.ADDED,
        state_at=now(),
        created_at=now(),
        created_by_id=row.created_by_id,
    )
    db.session.add(twin)
    with pytest.raises(DatabaseError):
        db.session.flush()
    db.session.rollback()


def test_applications_stay_within_the_team_and_end_with_the_opening(world: World) -> None:
    foreign = opening(world, team="Other", by="other")
    person = candidate(world)
    with pytest.raises(NotFoundError):
        operations.add_application(person, foreign, by=world.actor("manager"), at=now())
    closed = opening(world)
    move_opening(closed, "close", by=world.actor("manager"), at=now())
    with pytest.raises(WrongStateError, match="This opening is closed"):
        operations.add_application(person, closed, by=world.actor("manager"), at=now())


def test_a_member_of_the_same_address_is_in_conflict_from_the_start(world: World) -> None:
    member = world.member("ina", Capacity.COORDINATOR)
    world.manager()
    person = operations.add_candidate(draft(world, "Ina", email=member.email), by=world.actor("manager"), at=now())
    assert person.member_id == member.id
    with pytest.raises(NotFoundError):
        operations.add_application(person, opening(world), by=world.actor("ina"), at=now())


def test_a_conflict_can_be_named_by_another_address(world: World) -> None:
    member = world.member("ina", Capacity.COORDINATOR)
    world.manager()
    person = operations.add_candidate(draft(world, "Ina K", same=member.email), by=world.actor("manager"), at=now())
    assert person.member_id == member.id


def test_nobody_handles_an_application_of_their_own_known_or_not(world: World) -> None:
    member = world.member("ina", Capacity.COORDINATOR)
    by = world.actor("ina")
    refusals = []
    for _ in range(2):
        with pytest.raises(InvalidError) as refusal:
            operations.add_candidate(draft(world, "Ina", email=member.email), by=by, at=now())
        refusals.append(refusal.value.problems)
        world.manager()
        operations.add_candidate(draft(world, "Ina", email=member.email), by=world.actor("manager"), at=now())
    assert refusals[0] == refusals[1] == {"email": operations.OWN_APPLICATION}


def test_a_candidate_who_becomes_a_member_is_in_conflict_from_then_on(world: World) -> None:
    world.manager()
    typed = draft(world, "Nina", email="nina@example.org")
    row = operations.add_candidate(typed, by=world.actor("manager"), at=now())
    assert row.member_id is None
    member = world.member("nina", Capacity.COORDINATOR)
    assert db.session.get_one(Candidate, row.id).member_id == member.id
    assert len(events("candidate:conflict_marked")) == 1


def test_editing_changes_the_person_over_the_version_seen(world: World) -> None:
    row = candidate(world)
    by = world.actor("manager")
    operations.edit_candidate(row, draft(world, "Jordan B. Avery", email="jb@example.com"), 1, by=by, at=now())
    assert (row.name, row.email, row.version) == ("Jordan B. Avery", "jb@example.com", 2)
    with pytest.raises(StaleEditError) as refusal:
        operations.edit_candidate(row, draft(world, "Late"), 1, by=by, at=now())
    assert refusal.value.current["name"] == "Jordan B. Avery"
    candidate(world, "Someone Else")
    with pytest.raises(InvalidError, match="Some of this"):
        operations.edit_candidate(row, draft(world, email="someone.else@example.com"), 2, by=by, at=now())


def test_a_conflict_survives_a_change_of_address(world: World) -> None:
    member = world.member("ina", Capacity.COORDINATOR)
    world.manager()
    by = world.actor("manager")
    row = operations.add_candidate(draft(world, "Ina", email=member.email), by=by, at=now())
    operations.edit_candidate(row, draft(world, "Ina", email="home@example.com", same=member.email), 1, by=by, at=now())
    assert row.member_id == member.id


def test_a_delivery_is_recorded_once_a_version_and_informs(world: World) -> None:
    row = application(world)
    first, again = delivery(world, row), delivery(world, row)
    version = disclosure_version(world, opening_of(row))
    assert (first.id, count(Delivery), row.state) == (again.id, 1, ApplicationState.INFORMED)
    assert (first.disclosure_hash, first.loop_version) == (version.content_hash, "a-loop-version")
    (event,) = events("delivery:made")
    assert event.scope == opening_of(row).public_id
    assert version.content_hash in event.content


def test_what_is_delivered_is_a_standing_version_of_this_opening(world: World) -> None:
    row = application(world)
    by = world.actor("manager")
    foreign = disclosure_version(world, opening(world, "Another"))
    with pytest.raises(NotFoundError):
        operations.deliver(row, foreign, "", "", by=by, at=now())
    own = disclosure_version(world, opening_of(row))
    withdraw_disclosure(own, "It named the wrong hours.", by=by, at=now())
    with pytest.raises(WrongStateError, match="was withdrawn"):
        operations.deliver(row, own, "", "", by=by, at=now())
    operations.withdraw_application(row, by=by, at=now())
    with pytest.raises(WrongStateError, match="nothing to deliver"):
        operations.deliver(row, publish_again(world, opening_of(row)), "", "", by=by, at=now())


def test_only_the_candidate_acknowledges_and_only_once(world: World) -> None:
    row = application(world)
    made = delivery(world, row)
    other = application(world, opening_of(row), "Samira Haddad")
    for by in (world.actor("manager"), candidate_actor(other), Actor.system()):
        with pytest.raises(ForbiddenError):
            operations.acknowledge(made, by=by, at=now())
    first = operations.acknowledge(made, by=candidate_actor(row), at=now())
    again = operations.acknowledge(made, by=candidate_actor(row), at=now())
    assert (first.id, count(Acknowledgement)) == (again.id, 1)
    assert db.session.get_one(Application, row.id).state is ApplicationState.ACKNOWLEDGED
    assert [(e.actor_kind, e.actor_id) for e in events("delivery:acknowledged")] == [("candidate", row.public_id)]


def test_a_newer_version_is_acknowledged_without_going_back(world: World) -> None:
    row = application(world)
    by = world.actor("manager")
    operations.acknowledge(delivery(world, row), by=candidate_actor(row), at=now())
    operations.move_application(row, "interview", by=by, at=now())
    newer = operations.deliver(row, publish_again(world, opening_of(row)), "", "", by=by, at=now())
    operations.acknowledge(newer, by=candidate_actor(row), at=now())
    assert (row.state, count(Acknowledgement)) == (ApplicationState.INTERVIEWING, 2)
    assert queries.unscoped_latest_delivery(row.id) is newer


def test_an_application_moves_only_as_its_lifecycle_says(world: World) -> None:
    row = application(world)
    by = world.actor("manager")
    with pytest.raises(WrongStateError):
        operations.move_application(row, "offer", by=by, at=now())
    delivery(world, row)
    for move, state in (
        ("interview", ApplicationState.INTERVIEWING),
        ("debrief", ApplicationState.IN_DEBRIEF),
        ("decide", ApplicationState.DECIDED),
        ("offer", ApplicationState.OFFERED),
        ("hire", ApplicationState.HIRED),
    ):
        operations.move_application(row, move, by=Actor.system(), at=now())
        assert row.state is state
    assert len(events("application:moved")) == 5
    with pytest.raises(WrongStateError):
        operations.withdraw_application(row, by=by, at=now())


@pytest.mark.parametrize("move", ["inform", "acknowledge", "withdraw", "erase"])
def test_moves_with_an_operation_of_their_own_are_no_plain_moves(sqlite_world: World, move: str) -> None:
    row = application(sqlite_world)
    with pytest.raises(ValueError, match="no plain move"):
        operations.move_application(row, move, by=Actor.system(), at=now())


def test_a_move_over_somebody_elses_move_is_refused(world: World) -> None:
    row = application(world)
    db.session.execute(
        update(Application)
        .where(Application.id == row.id)
        .values(version=Application.version + 1)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    with pytest.raises(ConflictError, match="Somebody moved this application"):
        operations.withdraw_application(row, by=world.actor("manager"), at=now())


def test_candidates_withdraw_their_own_application_and_no_other(world: World) -> None:
    row = application(world)
    other = application(world, opening_of(row), "Samira Haddad")
    with pytest.raises(ForbiddenError):
        operations.withdraw_application(row, by=candidate_actor(other), at=now())
    operations.withdraw_application(row, by=candidate_actor(row), at=now())
    assert row.state is ApplicationState.WITHDRAWN
    assert [e.actor_kind for e in events("application:withdrawn")] == ["candidate"]
    with pytest.raises(ForbiddenError):
        operations.move_application(other, "interview", by=candidate_actor(other), at=now())


def test_of_a_link_only_the_hash_is_stored(world: World) -> None:
    row = application(world)
    first, second = link(world, row), link(world, row)
    stored = list(db.session.scalars(select(PersonalLink).order_by(PersonalLink.id)))
    assert [one.token_hash for one in stored] == [hashlib.sha256(t.encode()).digest() for t in (first, second)]
    assert first != second
    assert len(first) >= 22  # 128 bits in letters of six bits each.
    for event in events("link:made"):
        assert first not in event.content + event.subject_id
    assert queries.application_by_token(first).application.id == row.id


def test_a_revoked_link_is_dead_at_once_and_the_others_live(world: World) -> None:
    row = application(world)
    by = world.actor("manager")
    first, second = link(world, row), link(world, row)
    revoked = queries.application_by_token(first).link
    operations.revoke_link(revoked, by=by, at=now())
    with pytest.raises(NotFoundError):
        queries.application_by_token(first)
    assert queries.application_by_token(second).application.id == row.id
    with pytest.raises(ConflictError):
        operations.revoke_link(revoked, by=by, at=now())


def test_a_reading_is_recorded_once_and_for_oneself(world: World) -> None:
    row = application(world)
    ina = world.member("ina")
    world.member("ben")
    operations.record_reading(row, ina.id, by=world.actor("ina"), at=now())
    operations.record_reading(row, ina.id, by=world.actor("ina"), at=now())
    assert queries.unscoped_readers(row.id) == {ina.id}
    assert (count(Reading), len(events("reading:recorded"))) == (1, 1)
    with pytest.raises(ForbiddenError):
        operations.record_reading(row, world.members["ben"].id, by=world.actor("ina"), at=now())


def test_a_member_in_conflict_does_nothing_with_the_application(world: World) -> None:
    member = world.member("ina", Capacity.COORDINATOR)
    row = opening(world)
    person = operations.add_candidate(draft(world, "Ina", email=member.email), by=world.actor("manager"), at=now())
    made = operations.add_application(person, row, by=world.actor("manager"), at=now())
    token = link(world, made)
    by = world.actor("ina")
    acts = (
        lambda: operations.make_link(made, by=by, at=now()),
        lambda: operations.revoke_link(queries.application_by_token(token).link, by=by, at=now()),
        lambda: operations.withdraw_application(made, by=by, at=now()),
        lambda: operations.move_application(made, "interview", by=by, at=now()),
        lambda: operations.deliver(made, disclosure_version(world, row), "", "", by=by, at=now()),
        lambda: operations.edit_candidate(person, draft(world), 1, by=by, at=now()),
        lambda: operations.record_reading(made, member.id, by=by, at=now()),
    )
    for act in acts:
        with pytest.raises(NotFoundError):
            act()


@pytest.mark.parametrize("table", [Delivery, Acknowledgement, Reading])
def test_what_was_shown_and_read_is_never_changed(world: World, table: type) -> None:
    row = application(world)
    operations.acknowledge(delivery(world, row), by=candidate_actor(row), at=now())
    operations.record_reading(row, world.member("ina").id, by=world.actor("ina"), at=now())
    for statement in (update(table).values(at=now()), delete(table)):
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(statement)
        db.session.rollback()
