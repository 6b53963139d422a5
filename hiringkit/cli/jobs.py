"""The jobs process: it sends the mail that operations leave in the outbox, and sweeps what has grown old."""

import signal
from datetime import timedelta

from flask import Flask
from sqlalchemy import delete

from hiringkit.audit.queries import keyring_for
from hiringkit.candidates.operations import ask_truth
from hiringkit.candidates.queries import unscoped_truth_to_ask
from hiringkit.foundation import queue, throttle
from hiringkit.foundation.access import Actor
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.forms import FormKey
from hiringkit.foundation.mail import due_mail, send
from hiringkit.foundation.settings import Settings
from hiringkit.people.queries import unscoped_organisation
from hiringkit.people.sessions import forget_ended_sign_ins

FORM_KEY_DAYS = 7
STOPPING = (signal.SIGTERM, signal.SIGINT)


def send_outbox(app: Flask) -> int:
    """Send every mail that is due; returns how many left."""
    with app.app_context():
        organisation = unscoped_organisation()
        rows = due_mail(now())
        ring = keyring_for(row.content for row in rows)
        name = organisation.name if organisation else "hiringkit"
        return sum(send(row, ring, name, now()) for row in rows)


def ask_for_truth(app: Flask) -> int:
    """Ask those who were hired 30 or 90 days ago, by mail, whether the disclosure was true; returns how many.

    Without a mail server nobody is asked by mail, and so nobody is recorded as asked: the personal page asks.
    """
    settings: Settings = app.extensions["hiringkit.settings"]
    if not settings.smtp_host:
        return 0
    with app.app_context():
        due = unscoped_truth_to_ask(now())
        for application, day in due:
            ask_truth(application, day, by=Actor.system(), at=now())
        return len(due)


def sweep(app: Flask) -> None:
    """Forget form keys after their seven days, old tries, and sign-ins that have ended by themselves."""
    with app.app_context():
        throttle.sweep(now())
        forget_ended_sign_ins(at=now())
        with transaction():
            db.session.execute(delete(FormKey).where(FormKey.at < now() - timedelta(days=FORM_KEY_DAYS)))


def run(app: Flask) -> None:
    """Run the consumer until SIGTERM or SIGINT, finishing the job in hand."""
    consumer = queue.consumer(app, every_minute=(send_outbox,), every_day=(sweep, ask_for_truth))
    # huey sets handlers of its own when it starts, which only its own loop would obey: no signal reaches
    # them, because every thread is born with these blocked and this one takes them by waiting.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    consumer.start()
    signal.sigwait(STOPPING)
    consumer.stop(graceful=True)
