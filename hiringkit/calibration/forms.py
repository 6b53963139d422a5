"""The form of a response: a rating and evidence per competency, and what to do after saving."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import StringField

from hiringkit.calibration.rules.answers import Cell, Column, evidence_field, rating_field
from hiringkit.foundation.errors import InvalidError
from hiringkit.foundation.forms import Form


class ResponseForm(Form):
    """One response with its ratings; `then` is "stop" when the sender wants to go on another time."""

    then = StringField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: dict[str, str] = {}

    @property
    def status(self) -> int:
        """Return 422 when a rating or its evidence was refused."""
        return 422 if self.problems else super().status

    def refuse(self, error: InvalidError) -> None:
        """Keep the refusals by the names of the ratings, which are no fields of this class."""
        self.problems = dict(error.problems)


def cells_of(typed: Mapping[str, str], columns: Sequence[Column]) -> dict[int, Cell]:
    """Return what was typed, by competency version; a rating that is no number counts as not given."""
    return {column.version: Cell(_rating(typed, column), typed.get(evidence_field(column), "")) for column in columns}


def _rating(typed: Mapping[str, str], column: Column) -> int | None:
    text = typed.get(rating_field(column), "")
    return int(text) if text.isascii() and text.isdigit() else None
