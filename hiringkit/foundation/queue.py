"""The job queue: huey on a file of its own beside SQLite, or on tables of its own in PostgreSQL."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask
from huey.api import PostgresHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer

from hiringkit.foundation.settings import Settings

Job = Callable[[Flask], object]


def make_queue(app: Flask) -> Any:
    """Return the queue of this instance; its messages are signed with the app's secret."""
    settings: Settings = app.extensions["hiringkit.settings"]
    serializer = SignedSerializer(secret=app.config["SECRET_KEY"].hex(), salt="hiringkit-jobs")
    if settings.is_postgresql:
        dsn = settings.sqlalchemy_url.replace("postgresql+psycopg://", "postgresql://")
        return PostgresHuey("hiringkit", dsn=dsn, serializer=serializer)
    return SqliteHuey("hiringkit", filename=str(settings.instance / "jobs.db"), serializer=serializer)


def consumer(app: Flask, *, every_minute: Sequence[Job], every_day: Sequence[Job]) -> Any:
    """Return a consumer that runs these jobs when they are due."""
    queue = make_queue(app)
    for job in every_minute:
        _periodic(queue, app, job, crontab(minute="*"))
    for job in every_day:
        _periodic(queue, app, job, crontab(hour="3", minute="17"))
    return queue.create_consumer(workers=1, periodic=True, check_worker_health=True)


def _periodic(queue: Any, app: Flask, job: Job, when: Any) -> None:
    def run() -> None:
        job(app)

    queue.periodic_task(when, name=job.__name__)(run)
