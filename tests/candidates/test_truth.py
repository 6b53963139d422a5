"""Hires say once for each day what was true; they are asked once by mail; and few of them are not told of."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import keyring_for, unscoped_break
from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import TruthAnswer, TruthRequest
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.cli.jobs import ask_for_truth
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.foundation import mail as mail_room
from hiringkit.foundation.access import Actor
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.errors import ForbiddenError, InvalidError, WrongStateError
from hiringkit.foundation.mail import OutboxMail
from tests.candidates.factories import application, candidate_actor, delivery, publish_again
from tests.candidates.hires import PARTLY, TRUE, hired, tells
from tests.foundation.test_mail import use_server
from tests.openings.factories import opening
from tests.world import World


def asked(app: Flask) -> int:
    """Run the job once, and read afterwards what it left."""
    db.session.rollback()
    count = ask_for_truth(app)
    db.session.expire_all()
    return count


def test_answers_are_stored_sealed_once_for_each_day(world: World) -> None:
    made = hired(world, opening(world))
    tells(made, workload=PARTLY, pay=TRUE, why=WordDraft(""))
    rows = db.session.scalars(select(TruthAnswer)).all()
    assert {(one.section, one.word.value, one.field, one.day, one.is_shared) for one in rows} == {
        ("workload", "partly true", "workload.units", 30, False),
        ("pay", "true", "", 30, False),
    }
    ring = keyring_for(one.note for one in rows)
    assert {ring.open(one.note) for one in rows} == {"Mondays are twice that.", ""}
    with pytest.raises(WrongStateError):
        tells(made, why=TRUE)
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        rows[0].field = ""
    db.session.rollback()
    made.state_at = now() - timedelta(days=91)
    db.session.commit()
    tells(made, why=TRUE)
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "truth:answered")).all()
    assert ["30" in one.content for one in events] == [True, False]
    assert not any("partly" in one.content for one in events)
    assert unscoped_break() is None


@pytest.mark.parametrize("days", [0, 29, 180])
def test_nobody_is_asked_before_the_day_or_long_after(sqlite_world: World, days: int) -> None:
    made = hired(sqlite_world, opening(sqlite_world), days=days)
    assert queries.unscoped_truth_asked(made, now()) is None
    with pytest.raises(WrongStateError):
        tells(made, pay=TRUE)


def test_only_a_hire_who_was_shown_a_version_is_asked_and_of_the_last_one(world: World) -> None:
    row = opening(world)
    plain = application(world, row)
    delivery(world, plain)
    assert queries.unscoped_truth_asked(plain, now() + timedelta(days=40)) is None
    unseen = application(world, row, "Noor Bakker")
    unseen.state, unseen.state_at = ApplicationState.HIRED, now() - timedelta(days=31)
    db.session.commit()
    assert queries.unscoped_truth_asked(unseen, now()) is None
    twice = application(world, row, "Tomas Reyes")
    delivery(world, twice)
    version = publish_again(world, row)
    delivery(world, twice)
    twice.state, twice.state_at = ApplicationState.HIRED, now() - timedelta(days=31)
    db.session.commit()
    found = queries.unscoped_truth_asked(twice, now())
    assert found is not None
    assert (found.day, found.version.id) == (30, version.id)


def test_only_the_hire_answers_and_not_with_nonsense(world: World) -> None:
    row = opening(world)
    made, other = hired(world, row), hired(world, row, "Renata Silva")
    for by in (world.actor("manager"), candidate_actor(other), Actor.system()):
        with pytest.raises(ForbiddenError):
            operations.answer_truth(made, {"pay": TRUE}, is_shared=False, by=by, at=now())
    refused: list[dict[str, WordDraft]] = [
        {}, {"pay": WordDraft("")}, {"pay": WordDraft("true", note="But.")}, {"gone": TRUE}
    ]  # fmt: skip
    for words in refused:
        with pytest.raises(InvalidError):
            operations.answer_truth(made, words, is_shared=False, by=candidate_actor(made), at=now())
    assert db.session.scalars(select(TruthAnswer)).all() == []


def test_the_job_asks_each_hire_once_a_day_of_the_two(world: World) -> None:
    use_server(world.app, 1)
    row = opening(world)
    made, late = hired(world, row), hired(world, row, "Renata Silva", days=95)
    early, done = hired(world, row, "Noor Bakker", days=3), hired(world, row, "Tomas Reyes")
    tells(done, pay=TRUE)
    assert (asked(world.app), asked(world.app)) == (2, 0)
    rows = db.session.scalars(select(TruthRequest)).all()
    assert {(one.application_id, one.day) for one in rows} == {(made.id, 30), (late.id, 90)}
    operations.ask_truth(made, 30, by=Actor.system(), at=now())
    mails = db.session.scalars(select(OutboxMail).where(OutboxMail.event == "truth")).all()
    assert len(mails) == 2
    texts = [keyring_for([one.content]).open(one.content) for one in mails]
    assert {"hollis.tran@example.com" in one for one in texts} == {True, False}
    assert not any("portal" in one for one in texts)
    assert early.id not in {one.application_id for one in rows}
    tags = db.session.scalars(select(AuditEvent.tag).where(AuditEvent.tag == "truth:asked")).all()
    assert len(tags) == 2


def test_the_mail_says_what_to_open_and_holds_no_link(sqlite_app: Flask) -> None:
    values = {"name": "Hollis <b>Tran</b>", "title": "Patient Access Manager", "day": "30"}
    mail = mail_room._message("truth", "hollis.tran@example.com", values, "Larkmere")
    assert mail["Subject"] == "Was it true what we told you about Patient Access Manager?"
    bodies = [mail.get_body((kind,)) for kind in ("plain", "html")]
    for body in bodies:
        assert body is not None
        assert "Open the personal link that we sent you when you applied" in body.get_content()
        assert "http" not in body.get_content()
    assert bodies[1] is not None
    assert "<b>" not in bodies[1].get_content()


def test_without_a_mail_server_nobody_counts_as_asked(sqlite_world: World) -> None:
    hired(sqlite_world, opening(sqlite_world))
    assert asked(sqlite_world.app) == 0
    assert db.session.scalars(select(TruthRequest)).all() == []
    use_server(sqlite_world.app, 1)
    assert asked(sqlite_world.app) == 1


def test_nobody_but_the_app_asks(sqlite_world: World) -> None:
    made = hired(sqlite_world, opening(sqlite_world))
    with pytest.raises(ForbiddenError):
        operations.ask_truth(made, 30, by=sqlite_world.actor("manager"), at=now())


def test_what_hires_say_is_told_from_three_on_and_shared_answers_to_managers(world: World) -> None:
    row = opening(world)
    names = ("Hollis Tran", "Renata Silva", "Noor Bakker", "Tomas Reyes")
    made = [hired(world, row, name) for name in names]
    viewer = world.actor("manager")

    def told(*, reads_shared: bool) -> tuple[int, list[str]]:
        found = queries.truth_told(viewer, row.id, reads_shared=reads_shared)
        return len(found.answers), [one.text for one in found.notes]

    tells(made[0], is_shared=True, workload=PARTLY)
    for one in made[1:3]:
        tells(one, workload=TRUE)
    assert told(reads_shared=True) == (1, ["Mondays are twice that."])
    assert told(reads_shared=False) == (0, [])
    tells(made[3], workload=WordDraft("not true", "", "A late note."))
    assert told(reads_shared=True) == (4, ["A late note.", "Mondays are twice that."])
    assert told(reads_shared=False) == (4, [])
    queries.unscoped_application(made[0].id).candidate.member_id = world.members["manager"].id
    db.session.commit()
    assert told(reads_shared=True) == (3, ["A late note."])
