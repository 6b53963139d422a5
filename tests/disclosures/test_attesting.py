"""People in the role are marked, say what is true, change their word, and are counted without their names."""

import pytest
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.models import Attestation
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.foundation.access import Actor, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleEditError
from hiringkit.home.queries.openings import heads_in_hand
from hiringkit.openings import operations as openings
from hiringkit.openings.models import Opening
from hiringkit.people import operations as people
from tests.disclosures.attesting import CONFIRM, DISPUTE, marked, says
from tests.disclosures.factories import published
from tests.openings.factories import opening
from tests.world import World


def asked(who: Actor) -> list[Opening]:
    """Return the openings that somebody is asked about on their home page."""
    return heads_in_hand(who)[1]


FIVE = ("ana", "ben", "chi", "devi", "elias")


def test_managers_mark_end_and_take_up_again_with_an_event_each(world: World) -> None:
    row, by = opening(world), world.actor("manager")
    (made,) = marked(world, row, "ana")
    operations.end_incumbency(made, by=by, at=now())
    with pytest.raises(ConflictError):
        operations.end_incumbency(made, by=by, at=now())
    operations.take_up_incumbency(made, by=by, at=now())
    with pytest.raises(ConflictError):
        operations.take_up_incumbency(made, by=by, at=now())
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.tag.startswith("incumbent:"))).all()
    assert [(one.tag, one.scope, one.subject_id) for one in events] == [
        (f"incumbent:{word}", row.public_id, made.public_id) for word in ("marked", "ended", "taken_up")
    ]
    assert unscoped_break() is None


def test_only_active_members_of_the_team_are_marked_once_and_nobody_marks_themselves(world: World) -> None:
    row, by = opening(world), world.actor("manager")
    marked(world, row, "ana")
    stranger, gone = world.member("strange", team="Other"), world.member("gone")
    people.disable_member(gone, by=world.admin, at=now())
    for who in (world.members["ana"], stranger, gone, world.members["manager"], world.members["admin"]):
        with pytest.raises(InvalidError):
            operations.mark_incumbent(row, who.public_id, by=by, at=now())
    world.manager("ines")
    made = operations.mark_incumbent(row, world.members["manager"].public_id, by=world.actor("ines"), at=now())
    operations.end_incumbency(made, by=by, at=now())
    with pytest.raises(ForbiddenError):
        operations.take_up_incumbency(made, by=by, at=now())


@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR])
def test_only_managers_of_the_team_mark(sqlite_world: World, capacity: Capacity) -> None:
    world = sqlite_world
    row = opening(world)
    (made,) = marked(world, row, "ana")
    world.member("other", capacity)
    world.member("ben")
    world.manager("neighbour", team="Other")
    for who in ("other", "neighbour"):
        with pytest.raises(ForbiddenError):
            operations.mark_incumbent(row, world.members["ben"].public_id, by=world.actor(who), at=now())
        with pytest.raises(ForbiddenError):
            operations.end_incumbency(made, by=world.actor(who), at=now())


def test_words_are_counted_and_notes_sealed(world: World) -> None:
    row = opening(world)
    version = published(world, row)
    marked(world, row, *FIVE)
    for who in FIVE[:4]:
        says(world, who, version, workload=CONFIRM)
    says(world, "elias", version, workload=DISPUTE, pay=CONFIRM)
    told = queries.unscoped_attested_with_notes(version.id)
    assert told.sentences == {
        "workload": "4 of 5 people now in the role confirm this section, 1 disputes “Units of work”."
    }
    assert [(one.field, one.text) for one in told.notes["workload"]] == [("workload.units", "Mondays are twice that.")]
    assert queries.unscoped_attested(version.id).sentences == told.sentences
    stored = db.session.scalars(select(Attestation.note)).all()
    assert not any(b"Mondays" in one for one in stored)


def test_fewer_than_three_are_told_to_nobody(world: World) -> None:
    row = opening(world)
    version = published(world, row)
    marked(world, row, "ana", "ben", "chi")
    for who in ("ana", "ben"):
        says(world, who, version, workload=DISPUTE)
    told = queries.unscoped_attested_with_notes(version.id)
    assert (dict(told.tallies), dict(told.notes)) == ({}, {})


def test_a_word_may_be_changed_and_two_windows_do_not_overwrite_each_other(world: World) -> None:
    row = opening(world)
    version = published(world, row)
    marked(world, row, "ana")
    ana = world.actor("ana")
    seen = queries.own_attesting(ana, row.public_id).seen
    operations.attest(version, {"pay": CONFIRM}, seen, by=ana, at=now())
    with pytest.raises(StaleEditError):
        operations.attest(version, {"pay": WordDraft("disputed")}, seen, by=ana, at=now())
    own = queries.own_attesting(ana, row.public_id)
    assert own.drafts == {"pay": CONFIRM}
    operations.attest(version, {"pay": WordDraft("disputed"), "why": CONFIRM}, own.seen, by=ana, at=now())
    own = queries.own_attesting(ana, row.public_id)
    assert own.drafts == {"pay": WordDraft("disputed"), "why": CONFIRM}
    operations.attest(version, {"pay": WordDraft(""), "why": CONFIRM}, own.seen, by=ana, at=now())
    assert queries.own_attesting(ana, row.public_id).seen == own.seen
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "attestation:made")).all()
    assert [one.content for one in events] == [
        '{"sections":1,"version":1}', '{"sections":2,"version":1}', '{"sections":1,"version":1}'
    ]  # fmt: skip


def test_a_new_version_asks_again_and_the_old_one_takes_no_more(world: World) -> None:
    row = opening(world)
    version = published(world, row)
    marked(world, row, "ana")
    ana = world.actor("ana")
    assert [one.id for one in asked(ana)] == [row.id]
    says(world, "ana", version, pay=CONFIRM)
    assert asked(ana) == []
    published(world, row)
    assert [one.id for one in asked(ana)] == [row.id]
    assert queries.own_attesting(ana, row.public_id).drafts == {}
    with pytest.raises(ConflictError):
        operations.attest(version, {"pay": CONFIRM}, 1, by=ana, at=now())
    openings.move_opening(row, "close", by=world.actor("manager"), at=now())
    assert asked(ana) == []


def test_nothing_said_and_nonsense_are_refused(world: World) -> None:
    row = opening(world)
    version = published(world, row)
    marked(world, row, "ana")
    for words in ({}, {"pay": WordDraft("")}, {"pay": WordDraft("disputed", "why.kind")}):
        with pytest.raises(InvalidError):
            operations.attest(version, words, 0, by=world.actor("ana"), at=now())
    assert db.session.scalars(select(Attestation)).all() == []


def test_only_those_in_the_role_attest(world: World) -> None:
    row = opening(world)
    version = published(world, row)
    (made,) = marked(world, row, "ana")
    world.member("ben")
    world.member("otto", Capacity.AUDITOR)
    operations.end_incumbency(made, by=world.actor("manager"), at=now())
    for who in ("ana", "ben", "manager"):
        with pytest.raises(NotFoundError):
            operations.attest(version, {"pay": CONFIRM}, 0, by=world.actor(who), at=now())
        with pytest.raises(NotFoundError):
            queries.own_attesting(world.actor(who), row.public_id)
    with pytest.raises(ForbiddenError):
        operations.attest(version, {"pay": CONFIRM}, 0, by=world.actor("otto"), at=now())


def test_whoever_leaves_counts_no_more_and_is_not_singled_out(world: World) -> None:
    row, by = opening(world), world.actor("manager")
    version = published(world, row)
    names = (*FIVE, "fay", "gil")
    made = dict(zip(names, marked(world, row, *names), strict=True))
    for who in names:
        says(world, who, version, workload=DISPUTE if who == "ana" else CONFIRM)
    assert "1 disputes" in queries.unscoped_attested(version.id).sentences["workload"]
    for who in ("ana", "ben"):
        operations.end_incumbency(made[who], by=by, at=now())
        assert queries.unscoped_attested(version.id).sentences == {}
    people.disable_member(world.members["chi"], by=world.admin, at=now())
    assert queries.unscoped_attested(version.id).sentences == {
        "workload": "All 4 people now in the role confirm this section."
    }


def test_whoever_returns_is_asked_again_and_their_old_word_stays_out(world: World) -> None:
    row, by = opening(world), world.actor("manager")
    version = published(world, row)
    made = dict(zip(FIVE, marked(world, row, *FIVE), strict=True))
    for who in FIVE:
        says(world, who, version, workload=DISPUTE if who == "ana" else CONFIRM)
    operations.end_incumbency(made["ana"], by=by, at=now())
    operations.take_up_incumbency(made["ana"], by=by, at=now())
    assert queries.unscoped_attested(version.id).sentences == {}
    assert queries.own_attesting(world.actor("ana"), row.public_id).drafts == {}
    says(world, "ana", version, workload=CONFIRM)
    assert queries.unscoped_attested(version.id).sentences == {
        "workload": "All 5 people now in the role confirm this section."
    }
