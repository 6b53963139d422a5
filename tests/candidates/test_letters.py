"""Whoever asked is written to that there is an answer: without a word of it, without a link, and once."""

import json
from email import message_from_bytes

import pytest
from flask import Flask
from sqlalchemy import select

from hiringkit.audit.queries import keyring_for
from hiringkit.candidates import operations
from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.questions import AnswerDraft
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, InvalidError
from hiringkit.foundation.mail import OutboxMail, _message
from tests.candidates.asking import ask, opening_of, reply
from tests.candidates.factories import application, candidate_actor, delivery, link
from tests.foundation.test_mail import use_server
from tests.world import World

MINE = "canary of the candidate"
PUBLIC = AnswerDraft("canary of the team", is_public=True, asked="How many people share a shift?")
PRIVATE = AnswerDraft("canary of the team", is_public=False)


@pytest.fixture(autouse=True)
def mail_server(app: Flask) -> None:
    """Let mail be put into the outbox; nothing here sends any."""
    use_server(app, 9)


def informed(world: World, name: str = "Jordan Avery") -> Application:
    """Return an application to which the disclosure was delivered."""
    row = application(world, name=name)
    delivery(world, row)
    return row


def mails() -> list[dict[str, str]]:
    """Return the receivers and values of the mails that tell of an answer."""
    rows = db.session.scalars(select(OutboxMail).where(OutboxMail.event == "question_answered")).all()
    ring = keyring_for(row.content for row in rows)
    found = [json.loads(ring.open(row.content)) for row in rows]
    return [{"to": one["to"], **one["values"]} for one in found]


@pytest.mark.parametrize("answer", [PUBLIC, PRIVATE])
def test_whoever_asked_is_written_to_and_nobody_else(world: World, answer: AnswerDraft) -> None:
    row = informed(world)
    second = application(world, opening_of(row), "Samira Haddad")
    delivery(world, second)
    asked = ask(row, MINE)
    assert mails() == []
    reply(world, asked, answer)
    (sent,) = mails()
    assert (sent["to"], sent["name"], sent["title"]) == (
        "jordan.avery@example.com",
        "Jordan Avery",
        "Patient Access Manager",
    )


def test_the_mail_holds_no_word_of_it_and_no_link(world: World) -> None:
    row = informed(world)
    token = link(world, row)
    reply(world, ask(row, MINE), PUBLIC)
    values = mails()[0]
    message = message_from_bytes(bytes(_message("question_answered", values.pop("to"), values, "Larkmere")))
    assert message["Subject"] == "Your question is answered: Patient Access Manager"
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    assert len(parts) == 2
    for payload in parts:
        assert isinstance(payload, bytes)
        text = payload.decode()
        assert "Open the personal link that you have" in text
        for words in ("canary", PUBLIC.asked, "http", "portal", token):
            assert words not in text


def test_a_refused_answer_and_a_second_one_send_nothing(world: World) -> None:
    asked = ask(informed(world))
    with pytest.raises(InvalidError):
        reply(world, asked, AnswerDraft("What is your current salary?", is_public=False))
    assert mails() == []
    reply(world, asked, PRIVATE)
    with pytest.raises(ConflictError):
        reply(world, asked, PRIVATE)
    assert len(mails()) == 1


def test_whoever_has_withdrawn_is_left_alone(world: World) -> None:
    row = informed(world)
    asked = ask(row)
    operations.withdraw_application(row, by=candidate_actor(row), at=now())
    assert reply(world, asked, PRIVATE).text == PRIVATE.text
    assert mails() == []


def test_without_a_mail_server_the_answer_is_given_all_the_same(app: Flask, world: World) -> None:
    settings = app.extensions["hiringkit.settings"]
    fields = {name: getattr(settings, name) for name in settings.__dataclass_fields__} | {"smtp_host": ""}
    app.extensions["hiringkit.settings"] = type(settings)(**fields)
    assert reply(world, ask(informed(world)), PUBLIC).is_public
    assert mails() == []
