"""Reads of an expert: the forms that one was asked to rate, alone, and what is settled afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from hiringkit.audit.queries import keyring_for
from hiringkit.calibration import models
from hiringkit.calibration.models import (
    Exercise,
    ExpertDraft,
    ExpertRating,
    ExpertWithdrawal,
    FormDraft,
    FormDraftResponse,
    FormExpert,
    SettlingDraft,
)
from hiringkit.calibration.queries.panels import Reason, has_left, unscoped_panel
from hiringkit.calibration.queries.responses import AnyResponse, Kept, ResponseView, response_views
from hiringkit.calibration.queries.standings import unscoped_columns
from hiringkit.calibration.rules.answers import Column
from hiringkit.calibration.rules.drafting import BLIND, FormDraftState, Round, is_at_work
from hiringkit.calibration.rules.forms import cells_to_settle
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.people.models import Member


@dataclass(frozen=True)
class ExpertView:
    """What the viewer was asked to rate as an expert; `policy` is the one that the rating was closed under.

    `withdrawal`: of somebody who has left before the end, or None. `sealed`: how many experts of the form have
    sealed and not left.
    """

    row: FormExpert
    draft: FormDraft
    exercise: Exercise
    policy: CalibrationPolicy | None
    withdrawal: ExpertWithdrawal | None
    sealed: int

    @property
    def title(self) -> str:
        """Return the form's name on pages."""
        return f"{self.exercise.title}, form {self.draft.letter}"

    @property
    def is_at_work(self) -> bool:
        """Whether there is something left to do for this expert, so that they can still leave."""
        is_sealed, is_settled = self.row.sealed_at is not None, self.row.settled_at is not None
        return self.withdrawal is None and is_at_work(self.draft.state, is_sealed=is_sealed, is_settled=is_settled)

    @property
    def may_rate(self) -> bool:
        """Whether the ratings can still be changed and sealed."""
        return self.is_at_work and self.draft.state is FormDraftState.RATING

    @property
    def may_settle(self) -> bool:
        """Whether ratings that are far apart wait for this expert."""
        return self.is_at_work and self.draft.state is FormDraftState.SETTLING


ANY = aliased(FormExpert)
SEALED = (
    select(func.count(ANY.id))
    .where(ANY.draft_id == FormDraft.id, ANY.sealed_at.is_not(None), ~has_left(ANY.id))
    .correlate(FormDraft)
    .scalar_subquery()
)
EXPERT = (
    select(FormExpert, FormDraft, Exercise, models.CalibrationPolicy, ExpertWithdrawal, SEALED)
    .join(FormDraft, FormDraft.id == FormExpert.draft_id)
    .join(Exercise, Exercise.id == FormDraft.exercise_id)
    .outerjoin(models.CalibrationPolicy, models.CalibrationPolicy.id == FormDraft.policy_id)
    .outerjoin(ExpertWithdrawal, ExpertWithdrawal.expert_id == FormExpert.id)
)


def own_expert(viewer: Actor, public_id: str) -> ExpertView:
    """Return what the viewer was asked to rate, or raise NotFoundError, whoever else asks."""
    wanted = EXPERT.where(FormExpert.public_id == public_id, FormExpert.member_id == viewer.member_id)
    # What an operation holds locked is read anew.
    found = db.session.execute(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFoundError
    return _view(*found)


def _view(
    row: FormExpert,
    draft: FormDraft,
    exercise: Exercise,
    policy: models.CalibrationPolicy | None,
    withdrawal: ExpertWithdrawal | None,
    sealed: int,
) -> ExpertView:
    lines = CalibrationPolicy.from_json(policy.content) if policy else None
    return ExpertView(row, draft, exercise, lines, withdrawal, sealed)


def own_expertise(viewer: Actor) -> list[ExpertView]:
    """Return the forms whose experts' rating is under way and that the viewer was asked to rate and has not left."""
    if viewer.member_id is None:
        return []
    own = FormExpert.member_id == viewer.member_id
    wanted = EXPERT.where(own, FormDraft.state.in_(BLIND), ExpertWithdrawal.id.is_(None)).order_by(FormExpert.id)
    return [_view(*found) for found in db.session.execute(wanted)]


def own_withdrawal(view: ExpertView) -> tuple[str, str] | None:
    """Return who ended it before the end, or "" for the viewer themselves, and why; None while nobody has."""
    if view.withdrawal is None:
        return None
    who = "" if view.withdrawal.by_id == view.row.member_id else db.session.get_one(Member, view.withdrawal.by_id).name
    return who, keyring_for([view.withdrawal.reason]).open(view.withdrawal.reason)


def expert_responses(view: ExpertView) -> list[ResponseView]:
    """Return every response of the form with the expert's own ratings, in the order drawn."""
    columns = unscoped_columns([view.draft.set_version_id])[view.draft.set_version_id]
    own = and_(ExpertDraft.response_id == FormDraftResponse.id, ExpertDraft.expert_id == view.row.id)
    wanted = select(FormDraftResponse, ExpertDraft).outerjoin(ExpertDraft, own)
    wanted = wanted.where(FormDraftResponse.draft_id == view.draft.id)
    found = db.session.execute(wanted.execution_options(populate_existing=True))
    return response_views(((response, _kept(row)) for response, row in found), view.row.response_order, columns)


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
    """A response with the cells that are to be settled, in the order of the competencies.

    `kept`: what this expert has typed about these cells and not settled yet.
    """

    kept: ResponseView
    cells: Sequence[ApartCell]

    @property
    def row(self) -> AnyResponse:
        """Return the response itself."""
        return self.kept.row

    @property
    def place(self) -> int:
        """Return its place among what is to be settled, from 1."""
        return self.kept.place

    @property
    def is_settled(self) -> bool:
        """Whether this expert has settled every one of them."""
        return all(cell.settled is not None for cell in self.cells)


def responses_apart(view: ExpertView) -> list[ApartResponse]:
    """Return what is opened to an expert to settle, and nothing else; raise NotFoundError before it is opened.

    It stays as it was opened when somebody leaves: what vanished from it would be known as theirs.
    """
    if view.policy is None or view.row.sealed_at is None or view.withdrawal or view.draft.state not in BLIND:
        raise NotFoundError
    columns = unscoped_columns([view.draft.set_version_id])[view.draft.set_version_id]
    panel = unscoped_panel(view.draft.id, columns, with_those_who_left=True)
    opened: dict[int, list[Column]] = {}
    for i, j in cells_to_settle(panel.alone, view.policy):
        opened.setdefault(i + 1, []).append(columns[j])
    kept = _settling(view, opened)
    given = _given([one.row.id for one in kept])
    return [
        ApartResponse(one, [_cell(view, column, given[one.row.id, column.version]) for column in one.columns])
        for one in kept
    ]


def _settling(view: ExpertView, opened: Mapping[int, Sequence[Column]]) -> list[ResponseView]:
    """Return what an expert has typed about the responses at these positions, each with its own columns."""
    own = and_(SettlingDraft.response_id == FormDraftResponse.id, SettlingDraft.expert_id == view.row.id)
    wanted = select(FormDraftResponse, SettlingDraft).outerjoin(SettlingDraft, own)
    wanted = wanted.where(FormDraftResponse.draft_id == view.draft.id, FormDraftResponse.position.in_(opened))
    found = db.session.execute(wanted.execution_options(populate_existing=True))
    views = response_views(((response, _kept(row)) for response, row in found), view.row.response_order, ())
    return [replace(one, columns=opened[one.row.position]) for one in views]


def _kept(row: ExpertDraft | SettlingDraft | None) -> Kept | None:
    return Kept(row.competency_version_id, row.rating, row.rationale, row.version) if row else None


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
