"""Rates, counted in our own table, so that several processes and a restart share them."""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.foundation.db import Base, UtcDateTime, db, transaction
from hiringkit.foundation.errors import TooManyError


class ThrottleHit(Base):
    """One try that counts against a rate; old ones are swept."""

    __tablename__ = "throttle_hit"

    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def take(bucket: str, *, limit: int, seconds: int, at: datetime, sentence: str) -> None:
    """Count one try; raise TooManyError when the bucket has had `limit` of them within `seconds`."""
    since = at - timedelta(seconds=seconds)
    with transaction():
        _queue_up(bucket)
        count, oldest = db.session.execute(
            select(func.count(), func.min(ThrottleHit.at)).where(ThrottleHit.bucket == bucket, ThrottleHit.at > since)
        ).one()
        if count < limit:
            db.session.add(ThrottleHit(bucket=bucket, at=at))
            return
    wait = int((oldest + timedelta(seconds=seconds) - at).total_seconds()) + 1
    raise TooManyError(sentence, retry_after=max(1, wait))


def _queue_up(bucket: str) -> None:
    """Let tries at one bucket be counted one after the other; SQLite has one writer at a time anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(bucket, 0))))


def sweep(at: datetime) -> None:
    """Forget tries that no rate counts any more."""
    with transaction():
        db.session.execute(delete(ThrottleHit).where(ThrottleHit.at < at - timedelta(days=1)))


def forget(bucket: str) -> None:
    """Empty a bucket after a success."""
    with transaction():
        db.session.execute(delete(ThrottleHit).where(ThrottleHit.bucket == bucket))
