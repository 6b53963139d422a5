"""Where the database stands among the migrations."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy.exc import OperationalError

from hiringkit.foundation.db import db


def newest_revision() -> str | None:
    """Return the revision that this version of hiringkit needs."""
    return ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()


def present_revision() -> str | None:
    """Return the revision that the database is at, None when it has no tables."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_migrated() -> bool:
    """Tell whether the database has the tables that this version needs."""
    try:
        return present_revision() == newest_revision()
    except OperationalError:
        return False
