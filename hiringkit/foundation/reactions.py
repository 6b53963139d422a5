"""What must happen above when something happens below: a table handed in by the app, run by `@operation`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Flask, current_app

Reaction = Callable[..., Any]
Table = Mapping[str, Sequence[Reaction]]


def install(app: Flask, table: Table) -> None:
    """Give the app its table from audit tag to operations."""
    app.extensions["hiringkit.reactions"] = table


def react(tag: str, subject_id: str, *, by: Any, at: datetime) -> None:
    """Run every reaction to the tag; each is an ordinary operation, and a failing one fails all."""
    for reaction in current_app.extensions.get("hiringkit.reactions", {}).get(tag, ()):
        reaction(subject_id, by=by, at=at)
