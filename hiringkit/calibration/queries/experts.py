"""Reads of an expert: the forms that one was asked to rate, alone, and what is settled afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select

from hiringkit.audit.queries import keyring_for
from hiringkit.calibration import models
from hiringkit.calibration.models import (
    Exercise,
    ExpertDraft,
    ExpertRating,
    FormDraft,
    FormDraftResponse,
    FormExpert,
)
from hiringkit.calibration.queries.panels import Reason, unscoped_panel
from hiringkit.calibration.queries.responses import Kept, ResponseView, response_views
from hiringkit.calibration.queries.standings import unscoped_columns
from hiringkit.calibration.rules.answers import Column
from hiringkit.calibration.rules.drafting import BLIND, FormDraftState, Round
from hiringkit.calibration.rules.forms import cells_to_settle
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError


@dataclass(frozen=True)
class ExpertView:
    """What the viewer was asked to rate as an expert; `policy` is the one that the rating was closed under."""

    row: FormExpert
    draft: FormDraft
    exercise: Exercise
    policy: CalibrationPolicy | None

    @property
    def title(self) -> str:
        """Return the form's name on pages."""
        return f"{self.exercise.title}, form {self.draft.letter}"

    @property
    def may_rate(self) -> bool:
        """Whether the ratings can still be changed and sealed."""
        return self.draft.state is FormDraftState.RATING and self.row.sealed_at is None

    @property
    def may_settle(self) -> bool:
        """Whether ratings that are far apart wait for this expert."""
        is_sealed, is_settled = self.row.sealed_at is not None, self.row.settled_at is not None
        return self.draft.state is FormDraftState.SETTLING and is_sealed and not is_settled


EXPERT = (
    select(FormExpert, FormDraft, Exercise, models.CalibrationPolicy)
    .join(FormDraft, FormDraft.id == FormExpert.draft_id)
    .join(Exercise, Exercise.id == FormDraft.exercise_id)
    .outerjoin(models.CalibrationPolicy, models.CalibrationPolicy.id == FormDraft.policy_id)
)


def own_expert(viewer: Actor, public_id: str) -> ExpertView:
    """Return what the viewer was asked to rate, or raise NotFoundError, whoever else asks."""
    wanted = EXPERT.where(FormExpert.public_id == public_id, FormExpert.member_id == viewer.member_id)
    # What an operation holds locked is read anew.
    found = db.session.execute(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFoundError
    return _view(*found)


def _view(row: FormExpert, draft: FormDraft, exercise: Exercise, policy: models.CalibrationPolicy | None) -> ExpertView:
    return ExpertView(row, draft, exercise, CalibrationPolicy.from_json(policy.content) if policy else None)


def own_expertise(viewer: Actor) -> list[ExpertView]:
    """Return the forms whose experts' rating is under way and that the viewer was asked to rate."""
    if viewer.member_id is None:
        return []
    wanted = EXPERT.where(FormExpert.member_id == viewer.member_id, FormDraft.state.in_(BLIND)).order_by(FormExpert.id)
    return [_view(*found) for found in db.session.execute(wanted)]


def expert_responses(view: ExpertView) -> list[ResponseView]:
    """Return every response of the form with the expert's own ratings, in the order drawn."""
    columns = unscoped_columns([view.draft.set_version_id])[view.draft.set_version_id]
    own = and_(ExpertDraft.response_id == FormDraftResponse.id, ExpertDraft.expert_id == view.row.id)
    wanted = select(FormDraftResponse, ExpertDraft).outerjoin(ExpertDraft, own)
    wanted = wanted.where(FormDraftResponse.draft_id == view.draft.id)
    found = db.session.execute(wanted.execution_options(populate_existing=True))
    kept = [
        (response, Kept(row.competency_version_id, row.rating, row.rationale, row.version) if row else None)
        for response, row in found
    ]
    return response_views(kept, view.row.response_order, columns)


@dataclass(frozen=True)
class ApartCell:
    """A competency on which the experts are far apart about a response: what each gave and why, without a name.

    `own`: what this expert gave alone. `settled`: what they have settled on since, or None.
    """

    column: Column
    given: Sequence[Reason]
    own: int
    settled: Reason | None


@dataclass(frozen=True)
class ApartResponse:
    """A response with the cells that are to be settled, in the order of the competencies."""

    row: FormDraftResponse
    place: int
    cells: Sequence[ApartCell]

    @property
    def is_settled(self) -> bool:
        """Whether this expert has settled every one of them."""
        return all(cell.settled is not None for cell in self.cells)


def responses_apart(view: ExpertView) -> list[ApartResponse]:
    """Return what is opened to an expert to settle, and nothing else; raise NotFoundError before it is opened."""
    if view.policy is None or view.row.sealed_at is None or view.draft.state not in BLIND:
        raise NotFoundError
    columns = unscoped_columns([view.draft.set_version_id])[view.draft.set_version_id]
    apart = cells_to_settle(unscoped_panel(view.draft.id, columns).alone, view.policy)
    opened: dict[int, list[Column]] = {}
    for i, j in apart:
        opened.setdefault(i + 1, []).append(columns[j])
    of_draft = FormDraftResponse.draft_id == view.draft.id
    rows = db.session.scalars(select(FormDraftResponse).where(of_draft, FormDraftResponse.position.in_(opened)))
    by_position = {row.position: row for row in rows}
    given = _given([row.id for row in by_position.values()])
    ordered = [by_position[position] for position in view.row.response_order if position in opened]
    return [
        ApartResponse(
            row, place, [_cell(view, column, given[row.id, column.version]) for column in opened[row.position]]
        )
        for place, row in enumerate(ordered, 1)
    ]


Given = Sequence[tuple[ExpertRating, Reason]]


def _given(response_ids: Sequence[int]) -> Mapping[tuple[int, int], Given]:
    wanted = select(ExpertRating).where(ExpertRating.response_id.in_(response_ids)).order_by(ExpertRating.id)
    rows = db.session.scalars(wanted).all()
    ring = keyring_for(row.rationale for row in rows)
    found: dict[tuple[int, int], list[tuple[ExpertRating, Reason]]] = {}
    for row in rows:
        reason = Reason(row.rating, ring.open(row.rationale))
        found.setdefault((row.response_id, row.competency_version_id), []).append((row, reason))
    return found


def _cell(view: ExpertView, column: Column, given: Given) -> ApartCell:
    """Leave out what the others have settled since: each settles on the ratings given alone."""
    alone = sorted(reason for row, reason in given if row.round is Round.ALONE)
    mine = {row.round: reason for row, reason in given if row.expert_id == view.row.id}
    return ApartCell(column, alone, mine[Round.ALONE].rating, mine.get(Round.SETTLED))
