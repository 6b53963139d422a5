"""How a request learns who is signed in: the cookie names a sign-in row, and the row says the rest."""

from datetime import timedelta
from typing import Any

from flask import Flask, g
from flask_login import LoginManager, current_user
from sqlalchemy import update

from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.settings import Settings
from hiringkit.people.models import SignIn
from hiringkit.people.queries import SignedIn, signed_in

SEEN_EVERY = timedelta(seconds=60)
FIRST_FAILURE = 500


def install(app: Flask, settings: Settings) -> None:
    """Load the viewer from the sign-in row, and note at most once a minute that it was used."""
    manager = LoginManager(app)
    manager.session_protection = None  # Sign-ins are rows of our own, ended by age and by their owner.

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types.
    def load(token: str) -> SignedIn | None:
        found = signed_in(
            token,
            now(),
            idle_minutes=settings.session_idle_minutes,
            hours=settings.session_hours,
            admin_hours=settings.admin_session_hours,
        )
        if found is not None and now() - found.sign_in.seen_at >= SEEN_EVERY:
            g.seen_sign_in = found.sign_in.id
        return found

    @app.after_request
    def note_seen(response: Any) -> Any:
        if (seen := g.pop("seen_sign_in", None)) is not None and response.status_code < FIRST_FAILURE:
            with transaction():
                db.session.execute(update(SignIn).where(SignIn.id == seen).values(seen_at=now()))
        return response


def viewer() -> SignedIn | None:
    """Return who is signed in, for the layouts."""
    return current_user if current_user.is_authenticated else None
