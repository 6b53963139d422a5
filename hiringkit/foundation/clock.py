"""The one place that asks the machine for the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, aware, in UTC, whole microseconds."""
    return datetime.now(UTC)
