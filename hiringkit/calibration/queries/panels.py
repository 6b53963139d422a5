"""What the experts of a draft have sealed and settled, as grids for the rules and as reasons without a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from hiringkit.audit.queries import keyring_for
from hiringkit.calibration.models import ExpertRating, ExpertWithdrawal, FormDraft, FormDraftResponse, FormExpert
from hiringkit.calibration.rules.answers import Column
from hiringkit.calibration.rules.drafting import Round, settled_panel
from hiringkit.calibration.rules.measures import Grid
from hiringkit.calibration.rules.safety import Cell
from hiringkit.foundation.db import db


@dataclass(frozen=True)
class Panel:
    """The sealed ratings of a draft, one grid per expert; settled ones by cell, in the same order of experts."""

    expert_ids: tuple[int, ...]
    alone: tuple[Grid, ...]
    settled: tuple[Mapping[Cell, int], ...]

    @property
    def final(self) -> tuple[Grid, ...]:
        """Return what the gold is the median of."""
        return settled_panel(self.alone, self.settled)


def has_left(expert_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that an expert was withdrawn or has declined, so that nothing of theirs counts."""
    left = aliased(ExpertWithdrawal)
    return exists().where(left.expert_id == expert_id)


def unscoped_panel(draft_id: int, columns: Sequence[Column], *, with_those_who_left: bool = False) -> Panel:
    """Return the panel of a draft in one statement: rows in the order of its responses, columns as in its set.

    With those who have left it is the panel as it was when its rating was closed.
    """
    given = _sealed(draft_id, columns, with_those_who_left=with_those_who_left)
    experts = tuple(sorted(given[Round.ALONE]))
    return Panel(
        experts,
        tuple(_grid(given[Round.ALONE][one], len(columns)) for one in experts),
        tuple(given[Round.SETTLED].get(one, {}) for one in experts),
    )


def _sealed(
    draft_id: int, columns: Sequence[Column], *, with_those_who_left: bool
) -> Mapping[Round, dict[int, dict[Cell, int]]]:
    counted = true() if with_those_who_left else ~has_left(ExpertRating.expert_id)
    rows = db.session.execute(
        select(
            ExpertRating.expert_id,
            FormDraftResponse.position,
            ExpertRating.competency_version_id,
            ExpertRating.round,
            ExpertRating.rating,
        )
        .join(FormDraftResponse, FormDraftResponse.id == ExpertRating.response_id)
        .where(FormDraftResponse.draft_id == draft_id, counted)
    )
    place = {column.version: j for j, column in enumerate(columns)}
    given: dict[Round, dict[int, dict[Cell, int]]] = {one: {} for one in Round}
    for expert_id, position, version, when, rating in rows:
        given[when].setdefault(expert_id, {})[position - 1, place[version]] = rating
    return given


def _grid(cells: Mapping[Cell, int], width: int) -> list[list[int]]:
    return [[cells[i, j] for j in range(width)] for i in range(len(cells) // width)]


def unscoped_panel_of_form(form_id: int, columns: Sequence[Column]) -> Panel | None:
    """Return the panel that a published form's gold came from, or None when it was drafted."""
    draft_id = db.session.scalar(select(FormDraft.id).where(FormDraft.form_id == form_id))
    return unscoped_panel(draft_id, columns) if draft_id is not None else None


class Reason(NamedTuple):
    """What one expert gave a cell in the end, and why; nothing says who it was."""

    rating: int
    words: str


def unscoped_reasons(form_id: int) -> dict[tuple[int, int], list[Reason]]:
    """Return the experts' reasons for a form's gold by position and competency version, the lowest rating first."""
    rows = db.session.execute(
        select(FormDraftResponse.position, ExpertRating)
        .join(ExpertRating, ExpertRating.response_id == FormDraftResponse.id)
        .join(FormDraft, FormDraft.id == FormDraftResponse.draft_id)
        .where(FormDraft.form_id == form_id, ~has_left(ExpertRating.expert_id))
    ).all()
    ring = keyring_for(row.rationale for _, row in rows)
    last: dict[tuple[int, int, int], ExpertRating] = {}
    for position, row in rows:
        key = (position, row.competency_version_id, row.expert_id)
        if key not in last or row.round is Round.SETTLED:
            last[key] = row
    found: dict[tuple[int, int], list[Reason]] = {}
    for (position, version, _), row in last.items():
        found.setdefault((position, version), []).append(Reason(row.rating, ring.open(row.rationale)))
    return {cell: sorted(reasons) for cell, reasons in found.items()}


def sealed_experts(draft_id: int) -> list[FormExpert]:
    """Return the experts of a draft who have sealed and not left, in the order in which they were asked."""
    return list(
        db.session.scalars(
            select(FormExpert)
            .where(FormExpert.draft_id == draft_id, FormExpert.sealed_at.is_not(None), ~has_left(FormExpert.id))
            .order_by(FormExpert.id)
        )
    )
