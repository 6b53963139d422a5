"""How migrations run: one transaction, foreign keys checked at its end on SQLite, the job queue's tables left alone."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from hiringkit import tables  # noqa: F401  # Every table must be known before a comparison.

migrate = current_app.extensions["migrate"]
db = migrate.db


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out what the job queue makes for itself."""
    return not (kind == "table" and (name or "").startswith("huey_"))


def run(connection: Connection) -> None:
    """Run the migrations that are asked for on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        include_name=include_name,
        transactional_ddl=True,
        **{key: value for key, value in migrate.configure_args.items() if key != "compare_type"},
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                message = f"the migration left rows without their parents: {broken[:5]}"
                raise RuntimeError(message)


with db.engine.connect() as opened:
    sqlite = opened.dialect.name == "sqlite"
    if sqlite:
        # With foreign keys on, rebuilding a parent table would touch its children; the pragma only
        # takes effect outside a transaction.
        opened.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    run(opened)
    opened.commit()
    if sqlite:
        opened.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
