"""Where the database stands among the migrations, and the door to Alembic, which only commands and tests open."""

from flask import Flask, current_app

from hiringkit.foundation.db import db
from hiringkit.foundation.errors import SetupError
from hiringkit.foundation.resources import resource


def install(app: Flask) -> None:
    """Let the app migrate its database."""
    from flask_migrate import Migrate  # noqa: PLC0415  # Alembic is 12 MB that web workers do without.

    Migrate(app, db, directory=str(resource("migrations")), render_as_batch=True)


def newest_revision() -> str | None:
    """Return the revision that this version of hiringkit needs."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # As above.

    return ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()


def present_revision() -> str | None:
    """Return the revision that the database is at, None when it has no tables."""
    from alembic.migration import MigrationContext  # noqa: PLC0415  # As above.

    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_migrated() -> bool:
    """Tell whether the database has the tables that this version needs; one that cannot be reached raises."""
    return present_revision() == newest_revision()


def check_revision(name: str) -> None:
    """Raise SetupError unless there is such a revision to go to."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # As above.

    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    known = [script.revision for script in scripts.walk_revisions()]
    if name not in {"base", *known}:
        raise SetupError(f"There is no revision {name}.", remedy=f"There are: {', '.join([*known, 'base'])}.")
