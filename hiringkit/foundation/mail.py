"""Mail: an operation leaves a sealed row in the outbox, the jobs process sends it."""

import json
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formataddr

from flask import current_app, render_template
from sqlalchemy import String, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.foundation.db import Base, UtcDateTime, db, outside, transaction
from hiringkit.foundation.sealing import ERASED, Keyring, Sealed
from hiringkit.foundation.settings import Settings

TRIES = 8
TIMEOUT_SECONDS = 20


class OutboxMail(Base):
    """One mail to send; address and values are sealed with the receiver's key."""

    __tablename__ = "outbox_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(Sealed)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Letter:
    """To whom a mail goes, by key and address, and the values of its text."""

    subject_id: int
    to: str
    values: Mapping[str, str]


def queue_mail(event: str, ring: Keyring, subject_id: int, *, to: str, values: Mapping[str, str], at: datetime) -> None:
    """Put a mail in the outbox, within the caller's transaction; without a mail server there is nothing to put."""
    queue_mails(event, ring, [Letter(subject_id, to, values)], at=at)


def queue_mails(event: str, ring: Keyring, letters: Sequence[Letter], *, at: datetime) -> None:
    """Put several mails in the outbox, in one statement."""
    settings: Settings = current_app.extensions["hiringkit.settings"]
    if not settings.smtp_host or not letters:
        return
    texts = ((one, json.dumps({"to": one.to, "values": dict(one.values)})) for one in letters)
    rows = [
        {"event": event, "content": ring.seal(one.subject_id, text), "created_at": at, "due_at": at, "tries": 0}
        for one, text in texts
    ]
    db.session.execute(insert(OutboxMail), rows)


def due_mail(at: datetime, limit: int = 50) -> list[OutboxMail]:
    """Return the mails that are to be sent now, oldest first."""
    rows = db.session.scalars(
        select(OutboxMail).where(OutboxMail.due_at <= at).order_by(OutboxMail.due_at).limit(limit)
    )
    return list(rows)


def send(row: OutboxMail, ring: Keyring, organisation: str, at: datetime) -> bool:
    """Send one mail with no transaction open; then the row goes, or says when to try again."""
    clear = ring.open(row.content)
    sent = clear == ERASED  # The receiver was erased meanwhile: there is nobody to write to.
    if not sent:
        content = json.loads(clear)
        sent = _deliver(_message(row.event, content["to"], content["values"], " ".join(organisation.split())))
    with transaction():
        if sent:
            db.session.delete(row)  # It holds a link; nobody needs it once it has left.
        else:
            row.tries += 1
            row.due_at = None if row.tries >= TRIES else at + timedelta(minutes=2**row.tries)
    return sent


def _message(event: str, to: str, values: Mapping[str, str], organisation: str) -> EmailMessage:
    settings: Settings = current_app.extensions["hiringkit.settings"]
    context = {
        **values,
        "organisation_name": organisation,
        "link": settings.base_url.rstrip("/") + values.get("path", "/"),
    }
    message = EmailMessage()
    message["Subject"] = " ".join(render_template(f"email/{event}/subject.txt", **context).split())
    message["From"] = formataddr((organisation, settings.mail_from or f"hiringkit@{settings.hosts[0]}"))
    message["To"] = to
    message.set_content(render_template(f"email/{event}/body.txt", **context))
    message.add_alternative(render_template(f"email/{event}/body.html", **context), subtype="html")
    return message


def _deliver(message: EmailMessage) -> bool:
    settings: Settings = current_app.extensions["hiringkit.settings"]
    with outside():
        try:
            with _connection(settings) as server:
                if settings.smtp_user:
                    server.login(settings.smtp_user, settings.smtp_password)
                server.send_message(message)
        except (OSError, smtplib.SMTPException):
            return False
    return True


def _connection(settings: Settings) -> smtplib.SMTP:
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(
            settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS)
    if settings.smtp_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server
