"""Mail leaves through the outbox: sealed while it waits, escaped when it is written, tried again when it fails."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select, update

from hiringkit.audit.operations import new_subject
from hiringkit.cli.jobs import send_outbox
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.mail import TRIES, OutboxMail, due_mail, queue_mail
from hiringkit.foundation.settings import Settings
from hiringkit.people.models import Organisation
from tests.world import World


class Inbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name.
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    """Yield a mail server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Inbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def use_server(app: Flask, port: int) -> None:
    """Let the app send through a server on this machine."""
    old: Settings = app.extensions["hiringkit.settings"]
    fields = {name: getattr(old, name) for name in old.__dataclass_fields__}
    fields |= {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "mail_from": "hire@example.org"}
    app.extensions["hiringkit.settings"] = Settings(**fields)


def queue(name: str) -> None:
    """Put one invitation in the outbox."""
    with transaction():
        subject, ring = new_subject("invitation", now())
        values = {"name": name, "path": "/invitations/abc"}
        queue_mail("invitation", ring, subject.id, to="ines@example.org", values=values, at=now())


def sent(app: Flask) -> int:
    """Run the job once, and read afterwards what it left."""
    db.session.rollback()
    count = send_outbox(app)
    db.session.expire_all()
    return count


def test_without_a_server_nothing_waits(app: Flask) -> None:
    queue("Ines")
    assert due_mail(now()) == []


def test_waiting_mail_is_sealed_and_gone_once_sent(app: Flask, inbox: tuple[Inbox, int]) -> None:
    box, port = inbox
    use_server(app, port)
    queue("Ines")
    (row,) = due_mail(now())
    assert b"ines@example.org" not in row.content
    assert b"abc" not in row.content
    assert sent(app) == 1
    (mail,) = box.mails
    assert mail["To"] == "ines@example.org"
    assert "https://localhost/invitations/abc" in mail.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert db.session.scalars(select(OutboxMail)).all() == []


def test_hostile_name_adds_no_header_and_no_markup(app: Flask, inbox: tuple[Inbox, int]) -> None:
    box, port = inbox
    use_server(app, port)
    queue("Eve\r\nBcc: all@example.org\r\n\r\n<a href='https://evil.example'>click</a>")
    assert sent(app) == 1
    (mail,) = box.mails
    assert mail["Bcc"] is None
    html = mail.get_body(("html",)).get_content()  # type: ignore[attr-defined]
    assert "<a href='https://evil" not in html
    assert html.count("<a ") == 1


def test_organisation_of_two_lines_breaks_no_mail(world: World, inbox: tuple[Inbox, int]) -> None:
    box, port = inbox
    use_server(world.app, port)
    with transaction():
        db.session.execute(update(Organisation).values(name="Larkmere\r\nBcc: all@example.org"))
    queue("Ines")
    assert sent(world.app) == 1
    assert box.mails[0]["Bcc"] is None


def test_unreachable_server_means_later_and_in_the_end_never(app: Flask) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        use_server(app, probe.getsockname()[1])
    queue("Ines")
    assert sent(app) == 0
    row = db.session.scalars(select(OutboxMail)).one()
    assert row.tries == 1
    assert row.due_at is not None
    assert row.due_at > now()
    with transaction():
        row.tries, row.due_at = TRIES - 1, now() - timedelta(seconds=1)
    assert sent(app) == 0
    assert db.session.scalars(select(OutboxMail)).one().due_at is None
