"""A version that changes something material reaches every active application that was shown an older one."""

import json
from email import message_from_bytes

import pytest
from flask import Flask
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import keyring_for, unscoped_break
from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import Application, Delivery
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError, WrongStateError
from hiringkit.foundation.mail import OutboxMail, _message
from tests.candidates.asking import FOCUS, PEOPLE, opening_of, publish_changed
from tests.candidates.factories import application, candidate_actor, delivery, disclosure_version, draft, publish_again
from tests.foundation.test_mail import use_server
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World

LOOP = ("a-loop-version", "0" * 64)


@pytest.fixture(autouse=True)
def mail_server(app: Flask) -> None:
    """Let mail be put into the outbox; nothing here sends any."""
    use_server(app, 9)


def informed(world: World, count: int = 1) -> list[Application]:
    """Return applications on one opening to which its first version was delivered."""
    row = opening(world)
    made = [application(world, row, f"Candidate Number{number}") for number in range(count)]
    for one in made:
        delivery(world, one)
    return made


def numbers(row: Application) -> list[int]:
    """Return the versions that an application was shown, newest first."""
    return [one.version.number for one in queries.unscoped_deliveries(row.id)]


def mails() -> list[dict[str, str]]:
    """Return the receivers and values of the mails that wait."""
    rows = db.session.scalars(select(OutboxMail).where(OutboxMail.event == "disclosure_changed")).all()
    ring = keyring_for(row.content for row in rows)
    found = [json.loads(ring.open(row.content)) for row in rows]
    return [{"to": one["to"], **one["values"]} for one in found]


def test_material_change_is_delivered_and_written_to_whoever_read_an_older_version(world: World) -> None:
    (row,) = informed(world)
    operations.acknowledge(delivery(world, row), by=candidate_actor(row), at=now())
    version = publish_changed(world, opening_of(row), (PEOPLE, "5"))
    newest = queries.unscoped_deliveries(row.id)[0]
    assert (newest.version.id, newest.row.by_id) == (version.id, version.published_by_id)
    assert (newest.row.loop_version, newest.row.loop_hash) == LOOP
    assert newest.row.disclosure_hash == version.content_hash
    assert newest.acknowledged_at is None
    assert db.session.get_one(Application, row.id).state is ApplicationState.ACKNOWLEDGED
    (sent,) = mails()
    assert (sent["to"], sent["title"]) == ("candidate.number0@example.com", "Patient Access Manager")
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.subject_id == newest.row.public_id)).one()
    cause = db.session.get_one(AuditEvent, event.cause)
    assert (event.actor_kind, event.tag, cause.tag) == ("system", "delivery:made", "disclosure:published")
    assert "Candidate" not in event.content
    assert unscoped_break() is None


def test_change_that_is_not_material_is_neither_delivered_nor_written(world: World) -> None:
    assert not FIELDS[FOCUS].required
    (row,) = informed(world)
    publish_changed(world, opening_of(row), (FOCUS, "No meetings before noon."))
    publish_again(world, opening_of(row))
    assert numbers(row) == [1]
    assert mails() == []


def test_a_change_is_measured_from_what_each_was_shown_last(world: World) -> None:
    first, second = informed(world, 2)
    publish_changed(world, opening_of(first), (PEOPLE, "5"))
    late = application(world, opening_of(first), "Late Comer")
    delivery(world, late)
    assert (numbers(first), numbers(second), numbers(late)) == ([2, 1], [2, 1], [2])
    publish_changed(world, opening_of(first), (FOCUS, "No meetings before noon."))
    assert (numbers(first), numbers(late)) == ([2, 1], [2])
    publish_changed(world, opening_of(first), (PEOPLE, "6"))
    assert (numbers(first), numbers(late)) == ([4, 2, 1], [4, 2])
    assert len(mails()) == 5


def test_ended_applications_and_those_that_were_shown_nothing_stay_as_they_are(world: World) -> None:
    gone, here = informed(world, 2)
    new = application(world, opening_of(here), "Not Yet")
    operations.withdraw_application(gone, by=candidate_actor(gone), at=now())
    publish_changed(world, opening_of(here), (PEOPLE, "5"))
    assert (numbers(gone), numbers(here), numbers(new)) == ([1], [2, 1], [])


def test_an_application_of_the_publisher_is_delivered_to_like_any_other(world: World) -> None:
    row = opening(world)
    world.manager("ines")
    person = operations.add_candidate(
        draft(world, "Manny", email="manager@example.org"), by=world.actor("ines"), at=now()
    )
    own = operations.add_application(person, row, by=world.actor("ines"), at=now())
    version = disclosure_version(world, row)
    operations.deliver(own, version, *LOOP, by=world.actor("ines"), at=now())
    publish_changed(world, row, (PEOPLE, "5"))
    assert numbers(own) == [2, 1]


def test_thirty_applications_take_the_statements_of_one(world: World) -> None:
    taken = []
    for count in (1, 30):
        rows = informed(world, count)
        with counted() as seen:
            publish_changed(world, opening_of(rows[0]), (PEOPLE, str(40 + count)))
        assert {tuple(numbers(row)) for row in rows} == {(2, 1)}
        taken.append(len(seen))
    assert taken[0] == taken[1]


def test_the_mail_holds_no_link_and_no_token(app: Flask, world: World) -> None:
    (row,) = informed(world)
    operations.make_link(row, by=world.actor("manager"), at=now())
    publish_changed(world, opening_of(row), (PEOPLE, "5"))
    values = mails()[0]
    message = message_from_bytes(bytes(_message("disclosure_changed", values.pop("to"), values, "Larkmere")))
    for part in message.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            text = payload.decode()
            assert "Open the personal link that you have" in text
            assert "http" not in text
            assert "portal" not in text


def test_without_a_mail_server_the_delivery_is_recorded_all_the_same(app: Flask, world: World) -> None:
    use_server(app, 9)
    settings = app.extensions["hiringkit.settings"]
    fields = {name: getattr(settings, name) for name in settings.__dataclass_fields__} | {"smtp_host": ""}
    app.extensions["hiringkit.settings"] = type(settings)(**fields)
    (row,) = informed(world)
    publish_changed(world, opening_of(row), (PEOPLE, "5"))
    assert numbers(row) == [2, 1]
    assert mails() == []


def test_candidate_takes_up_a_newer_version_that_was_not_sent(world: World) -> None:
    (row,) = informed(world)
    newer = publish_changed(world, opening_of(row), (FOCUS, "No meetings before noon."))
    by = candidate_actor(row)
    made = operations.acknowledge_newer(row, newer, by=by, at=now())
    again = operations.acknowledge_newer(row, newer, by=by, at=now())
    assert made.id == again.id
    latest = queries.unscoped_deliveries(row.id)[0]
    assert (latest.version.number, latest.row.loop_version, latest.acknowledged_at is not None) == (2, LOOP[0], True)
    assert latest.row.by_id == newer.published_by_id
    assert db.session.get_one(Application, row.id).state is ApplicationState.ACKNOWLEDGED


def test_neither_an_older_version_nor_one_of_another_opening_is_taken_up(world: World) -> None:
    (row,) = informed(world)
    (other,) = informed(world)
    by = candidate_actor(row)
    skipped = publish_changed(world, opening_of(row), (FOCUS, "No meetings before noon."))
    publish_changed(world, opening_of(row), (PEOPLE, "5"))
    with pytest.raises(WrongStateError):
        operations.acknowledge_newer(row, skipped, by=by, at=now())
    foreign = publish_changed(world, opening_of(other), (FOCUS, "No meetings before noon."))
    with pytest.raises(NotFoundError):
        operations.acknowledge_newer(row, foreign, by=by, at=now())
    new = application(world, opening_of(row), "Not Yet")
    with pytest.raises(NotFoundError):
        operations.acknowledge_newer(new, skipped, by=candidate_actor(new), at=now())
    assert db.session.scalars(select(Delivery).where(Delivery.application_id == new.id)).all() == []
