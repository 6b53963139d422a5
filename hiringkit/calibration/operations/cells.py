"""What every blind rating shares when it is written: who is held, the order drawn, what is checked and shown again."""

import random
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from hiringkit.calibration.queries import AnyResponse, ResponseView
from hiringkit.calibration.rules.answers import LONGEST_EVIDENCE, Cell, Column, evidence_field, rating_field
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import InvalidError, StaleEditError
from hiringkit.people.models import Member

Drafts = Mapping[int, tuple[int | None, str]]
"""Ratings and their words as typed, by competency version."""
LOTS = random.SystemRandom()


def hold_rater(member_id: int | None) -> None:
    """Hold a member, so that nobody becomes an expert of a form while they begin to rate it, or the other way round."""
    db.session.scalar(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))


def drawn_order(responses: Iterable[AnyResponse]) -> list[int]:
    """Return the positions in an order drawn for one person, the first block before the reserve."""
    drawn = [(one.block, LOTS.random(), one.position) for one in responses]
    return [position for _, _, position in sorted(drawn)]


def stored_fields(seen: ResponseView) -> dict[str, str]:
    """Return what is stored of a response, by form field."""
    stored = {}
    for column in seen.columns:
        cell = seen.cells.get(column.version, Cell())
        stored[rating_field(column)] = str(cell.rating or "")
        stored[evidence_field(column)] = cell.evidence
    return stored


def check_cells(cells: Mapping[int, Cell], columns: Sequence[Column]) -> None:
    """Raise InvalidError when a rating is off its scale or its words are too many."""
    problems = {}
    for column in columns:
        cell = cells.get(column.version, Cell())
        if cell.rating is not None and not 1 <= cell.rating <= column.points:
            problems[rating_field(column)] = f"{column.name}: choose a point from 1 to {column.points}."
        if len(cell.evidence) > LONGEST_EVIDENCE:
            problems[evidence_field(column)] = f"{column.name}: use up to {LONGEST_EVIDENCE} characters."
    if problems:
        raise InvalidError(problems=problems)


def changed_cells(seen: ResponseView, drafts: Drafts, version: int) -> dict[int, Cell]:
    """Return what was typed over a response as cells, or raise StaleEditError or InvalidError."""
    if seen.version != version:
        raise StaleEditError(seen.version, stored_fields(seen))
    cells = {number: Cell(*draft) for number, draft in drafts.items()}
    check_cells(cells, seen.columns)
    return cells
