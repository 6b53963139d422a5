"""Rates hold across processes and at the same moment, and are forgotten in time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from hiringkit.foundation import throttle
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import TooManyError
from hiringkit.foundation.throttle import ThrottleHit
from tests.faults import at_once

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)


def take(at: datetime, bucket: str = "door") -> None:
    throttle.take(bucket, limit=3, seconds=60, at=at, sentence="Slow down.")


def test_limit_holds_to_the_second_and_names_the_wait(app: Flask) -> None:
    for second in (0, 10, 20):
        take(NINE + timedelta(seconds=second))
    with pytest.raises(TooManyError) as refused:
        take(NINE + timedelta(seconds=59))
    assert refused.value.retry_after == 2
    take(NINE + timedelta(seconds=60))
    with pytest.raises(TooManyError):
        take(NINE + timedelta(seconds=69))
    take(NINE + timedelta(seconds=69), "another door")


def test_limit_holds_for_many_at_the_same_moment(app: Flask) -> None:
    def knock() -> bool:
        with app.app_context():
            try:
                take(NINE)
            except TooManyError:
                return False
            return True

    knocks: list[Callable[[], bool]] = [knock] * 8
    assert sum(at_once(*knocks)) == 3


def test_forgotten_bucket_is_empty_and_old_tries_are_swept(app: Flask) -> None:
    for _ in range(3):
        take(NINE)
    throttle.forget("door")
    take(NINE)
    throttle.sweep(NINE + timedelta(hours=23))
    assert db.session.scalar(select(func.count()).select_from(ThrottleHit)) == 1
    throttle.sweep(NINE + timedelta(days=1, seconds=1))
    assert db.session.scalar(select(func.count()).select_from(ThrottleHit)) == 0
