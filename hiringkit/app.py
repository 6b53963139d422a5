"""The app: settings, secrets, extensions, rooms, error pages, and the guard that nothing is open by accident."""

from datetime import timedelta
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote

from argon2 import PasswordHasher
from flask import Flask, current_app, g, redirect, request, url_for
from flask_wtf import CSRFProtect

from hiringkit import reactions, rooms
from hiringkit.foundation import access, error_pages, logs, migrating, web
from hiringkit.foundation import reactions as reacting
from hiringkit.foundation.db import BUSY_TIMEOUT_MS, db
from hiringkit.foundation.errors import SetupError
from hiringkit.foundation.resources import resource
from hiringkit.foundation.sealing import load_or_make_key
from hiringkit.foundation.settings import DATABASE_FILE, Settings, load_settings
from hiringkit.foundation.words import zone_words
from hiringkit.people import sessions

CONNECT_SECONDS = 5


def create_app(**overrides: Any) -> Flask:
    """Make the app, able to migrate its database; raises SetupError or RuntimeError when it must not start."""
    app = _make_app(**overrides)
    migrating.install(app)
    return app


def wsgi() -> Flask:
    """Make the app for a web worker, which never migrates and is 12 MB smaller without knowing how."""
    return _make_app()


def _make_app(**overrides: Any) -> Flask:
    settings = load_settings(**overrides)
    logs.configure(settings.log_level)
    app = Flask(
        "hiringkit",
        template_folder=str(resource("templates")),
        instance_path=str(settings.instance),
        root_path=str(resource("static").parent),
    )
    _configure(app, settings)
    db.init_app(app)
    web.install(app, settings)
    CSRFProtect(app)
    sessions.install(app)
    app.context_processor(lambda: _page_context(settings))
    error_pages.install(app)
    rooms.install(app)
    reacting.install(app, reactions.TABLE)
    access.guard(app, _ask_to_sign_in)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    _make_place(settings)
    secret = load_or_make_key(settings.instance / "secret.key")
    app.config.update(
        SECRET_KEY=secret,
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        SESSION_COOKIE_NAME="__Host-session",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        SEND_FILE_MAX_AGE_DEFAULT=web.STATIC_SECONDS,
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=500,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # The Origin check in foundation.web does this on every request.
    )
    app.extensions["hiringkit.settings"] = settings
    app.extensions["hiringkit.master_key"] = load_or_make_key(settings.instance / "master.key")
    hasher = PasswordHasher(time_cost=settings.argon2_passes, memory_cost=settings.argon2_memory_kib, parallelism=1)
    app.extensions["hiringkit.decoy_hash"] = hasher.hash("nobody has this one")


def _make_place(settings: Settings) -> None:
    """Make the instance folder, and in it the file of a database that nobody but its owner may read."""
    try:
        settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not settings.database_url:
            (settings.instance / DATABASE_FILE).touch(mode=0o600)
    except OSError as error:
        raise SetupError(f"The instance folder {settings.instance} cannot be used: {error.strerror}.") from error


def _engine_options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {"hide_parameters": True}  # What people typed has no place in a log.
    if not settings.is_postgresql:
        return options | {"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}}
    if find_spec("psycopg") is None:
        raise SetupError("PostgreSQL needs its driver.", remedy="Install hiringkit[postgres].")
    session = "-c statement_timeout=10000 -c lock_timeout=5000 -c timezone=UTC"
    connecting = {"options": session, "connect_timeout": CONNECT_SECONDS}
    return options | {"pool_pre_ping": True, "connect_args": connecting}


def _page_context(settings: Settings) -> dict[str, Any]:
    """Return what every layout needs; only pages that ask for the viewer touch the session."""
    endpoint = request.endpoint if request else None
    declared = access.access_of(current_app, endpoint) if endpoint else access.PUBLIC
    common: dict[str, Any] = {
        "demo": settings.demo,
        "nav": [],
        "viewer": None,
        "zone_label": "",
        "zone": "UTC",
        "organisation_name": "hiringkit",
    }
    is_for_members = isinstance(declared, access.Permission) and "without_viewer" not in g
    if is_for_members and (signed_in := sessions.viewer()):
        member, zone = signed_in.member, signed_in.member.zone
        common |= {
            "nav": rooms.navigation(access.actor(), request.path),
            "viewer": {"name": member.name, "public_id": member.public_id, "url": url_for("people.account")},
            "sign_out_url": url_for("people.sign_out"),
            "organisation_name": signed_in.organisation.name,
            "zone": zone,
            "zone_label": zone_words(zone),
        }
    return common


def _ask_to_sign_in() -> Any:
    if request.method in web.SAFE_METHODS:
        return redirect(f"/sign-in?next={quote(request.full_path.rstrip('?'))}", 303)
    return error_pages.page(
        403,
        "You were signed out",
        "The sign-in ended before this was sent.",
        "Sign in again in another tab, then send it again with the button below.",
        again=True,
    )
