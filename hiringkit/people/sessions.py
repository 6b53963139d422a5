"""How a request learns who is signed in: the cookie names a sign-in row, and the row says the rest."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, g
from flask_login import LoginManager, current_user
from sqlalchemy import delete, or_, update

from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, in_passing, transaction
from hiringkit.foundation.settings import Settings
from hiringkit.people.models import SignIn
from hiringkit.people.queries import SignedIn, signed_in
from hiringkit.people.rules import SignInLimits

SEEN_EVERY = timedelta(seconds=60)
FIRST_FAILURE = 500


def install(app: Flask) -> None:
    """Load the viewer from the sign-in row, and note at most once a minute that it was used."""
    manager = LoginManager()
    # All that its init_app does beside this is to look into the cookie for every answer and to load the viewer for
    # every template, public pages and files as well.
    app.login_manager = manager  # type: ignore[attr-defined]  # Flask-Login looks for it there.
    manager.session_protection = None  # Sign-ins are rows of our own, ended by age and by their owner.

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types.
    def load(token: str) -> SignedIn | None:
        found = signed_in(token, now(), limits())
        if found is not None and now() - found.sign_in.seen_at >= SEEN_EVERY:
            g.seen_sign_in = found.sign_in.id
        return found

    @app.after_request
    def note_seen(response: Any) -> Any:
        if (seen := g.pop("seen_sign_in", None)) is not None and response.status_code < FIRST_FAILURE:
            with in_passing():
                db.session.execute(update(SignIn).where(SignIn.id == seen).values(seen_at=now()))
        return response


def limits() -> SignInLimits:
    """Return how long a sign-in lasts here."""
    settings: Settings = current_app.extensions["hiringkit.settings"]
    return SignInLimits(settings.session_idle_minutes, settings.session_hours, settings.admin_session_hours)


def forget_ended_sign_ins(*, at: datetime) -> None:
    """Sweep the rows of sign-ins that have ended by themselves; their cookies sign nobody in any more."""
    with transaction():
        db.session.execute(
            delete(SignIn).where(
                or_(
                    SignIn.seen_at <= at - limits().idle,
                    SignIn.created_at <= at - limits().longest(is_administrator=False),
                )
            )
        )


def viewer() -> SignedIn | None:
    """Return who is signed in, for the layouts."""
    return current_user if current_user.is_authenticated else None
