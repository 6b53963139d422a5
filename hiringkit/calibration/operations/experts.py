"""Writes of experts: who is asked, ratings given alone and sealed, and what is settled where they are far apart."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.calibration import queries
from hiringkit.calibration.models import ExpertDraft, ExpertRating, FormDraft, FormDraftResponse, FormExpert
from hiringkit.calibration.operations.cells import Drafts, changed_cells, check_cells, drawn_order, hold_rater
from hiringkit.calibration.operations.standings import SCOPE
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import AnyResponse, ApartResponse, ExpertView, ResponseView
from hiringkit.calibration.rules.answers import Cell, missing
from hiringkit.calibration.rules.drafting import FORM_DRAFT, FormDraftState, Round
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id, transaction
from hiringkit.foundation.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    WrongStateError,
)
from hiringkit.people.models import Member
from hiringkit.people.queries import unscoped_member_by_address
from hiringkit.people.rules import normal_address


def held_draft(draft: FormDraft) -> FormDraft:
    """Return a draft as it is stored now, held against other changes until this operation ends."""
    held = select(FormDraft).where(FormDraft.id == draft.id).with_for_update()
    return db.session.scalars(held.execution_options(populate_existing=True)).one()


@operation("expert:asked")
def ask_expert(draft: FormDraft, address: str, *, by: Actor, at: datetime) -> Recorded[FormExpert]:
    """Ask a member of the site to rate a draft as an expert; from the first one on its text does not change.

    Raises InvalidError for who has begun to rate the form as an interviewer: they may have read its reference.
    """
    demand(by, CalibrationPermission.AUTHOR)
    row = held_draft(draft)
    state = FORM_DRAFT.after(row.state, "ask experts")
    view = queries.draft(by, row.public_id)
    responses = queries.draft_responses(view)
    if lacks := queries.lacks_of_text(view, responses):
        raise ConflictError("Experts can be asked when the form is complete. " + " ".join(lacks))
    member = _member_to_ask(row, address)
    expert = FormExpert(
        public_id=new_public_id(),
        draft_id=row.id,
        member_id=member.id,
        response_order=drawn_order(responses),
        asked_by=by.id,
        asked_at=at,
    )
    db.session.add(expert)
    row.state = state
    return Recorded(expert, about=expert, scope=SCOPE, values={"draft": row.public_id, "order": expert.response_order})


def _member_to_ask(draft: FormDraft, address: str) -> Member:
    problem = None
    member = unscoped_member_by_address(normal_address(address, field="address"))
    hold_rater(member.id if member else None)
    if member is None or member.disabled_at is not None:
        problem = "Nobody with this mail address can sign in here. Invite them to the site first."
    elif db.session.scalar(
        select(FormExpert.id).where(FormExpert.draft_id == draft.id, FormExpert.member_id == member.id)
    ):
        problem = f"{member.name} was asked before."
    elif queries.unscoped_has_attempt(member.id, draft.exercise_id, draft.letter):
        problem = f"{member.name} may know the reference ratings of this form, so they cannot be its expert."
    if member is None or problem is not None:
        raise InvalidError(problems={"address": problem or ""})
    return member


def save_expert_response(
    expert: FormExpert,
    response: AnyResponse,
    drafts: Drafts,
    version: int,
    *,
    by: Actor,
    at: datetime,
    is_pause: bool = False,
) -> ResponseView:
    """Keep an expert's ratings and rationales for one response; a rating may still be missing.

    `version` is the one of the response's cells that the sender started from, 0 before the first saving.
    `is_pause`: kept while its author goes on typing, so that what they save next starts from the same version.
    Drafts leave no event (PROMISES 4, rule 10), so this is no `@operation`.
    """
    with transaction():
        view = _held(expert, by)
        _require_rating(view)
        seen = _response(view, response.public_id)
        cells = changed_cells(seen, drafts, version)
        _store(view, seen, cells, seen.version if is_pause else seen.version + 1)
        db.session.flush()
        return _response(view, response.public_id)


def _held(expert: FormExpert, by: Actor) -> ExpertView:
    """Return an expert's own view, its draft held, so that nobody closes the rating meanwhile."""
    if by.member_id is None or by.member_id != expert.member_id:
        message = "Experts rate for themselves: this was asked of somebody else."
        raise ForbiddenError(message)
    held_draft(db.session.get_one(FormDraft, expert.draft_id))
    return queries.own_expert(by, expert.public_id)


def _require_rating(view: ExpertView) -> None:
    if view.row.sealed_at is not None:
        message = "You have sealed your ratings; they do not change any more."
        raise WrongStateError(message)
    if view.draft.state is not FormDraftState.RATING:
        message = "The rating of this form was closed; what you saved is kept and does not count."
        raise WrongStateError(message)


def _response(view: ExpertView, public_id: str) -> ResponseView:
    for one in queries.expert_responses(view):
        if one.row.public_id == public_id:
            return one
    raise NotFoundError


def _store(view: ExpertView, seen: ResponseView, cells: Mapping[int, Cell], version: int) -> None:
    subject_id = db.session.get_one(Member, view.row.member_id).subject_id
    ring = keyring(subject_id)
    of_response = ExpertDraft.expert_id == view.row.id, ExpertDraft.response_id == seen.row.id
    stored = {row.competency_version_id: row for row in db.session.scalars(select(ExpertDraft).where(*of_response))}
    for column in seen.columns:
        cell = cells.get(column.version, seen.cells.get(column.version, Cell()))
        row = stored.get(column.version)
        if row is None:
            row = ExpertDraft(expert_id=view.row.id, response_id=seen.row.id, competency_version_id=column.version)
            db.session.add(row)
        row.rating, row.version = cell.rating, version
        row.rationale = ring.seal(subject_id, cell.evidence) if cell.evidence.strip() else None


@operation("expert:sealed")
def seal_ratings(expert: FormExpert, *, by: Actor, at: datetime) -> Recorded[FormExpert]:
    """Seal an expert's ratings of every response with their rationales; after that they do not change."""
    view = _held(expert, by)
    _require_rating(view)
    if places := [str(one.place) for one in queries.expert_responses(view) if one.lacks]:
        raise InvalidError(f"Ratings or reasons are missing for response {', '.join(places)}. What you saved is kept.")
    drafts = db.session.scalars(select(ExpertDraft).where(ExpertDraft.expert_id == view.row.id))
    db.session.add_all(
        ExpertRating(
            expert_id=row.expert_id,
            response_id=row.response_id,
            competency_version_id=row.competency_version_id,
            round=Round.ALONE,
            rating=row.rating,
            rationale=row.rationale,
            at=at,
        )
        for row in drafts
    )
    view.row.sealed_at = at
    return Recorded(view.row, about=view.row, scope=SCOPE, values={"draft": view.draft.public_id})


@operation("expert:settled")
def settle_response(
    expert: FormExpert, response: FormDraftResponse, drafts: Drafts, *, by: Actor, at: datetime
) -> Recorded[FormExpert]:
    """Settle what an expert gives the cells of one response that are far apart, each with a reason.

    The last response of the last expert finishes the draft's settling.
    """
    view = _held(expert, by)
    if not view.may_settle:
        message = "There is nothing for you to settle on this form any more."
        raise WrongStateError(message)
    opened = queries.responses_apart(view)
    seen = next((one for one in opened if one.row.id == response.id), None)
    if seen is None:
        raise NotFoundError
    if seen.is_settled:
        message = "You have settled this response; it does not change any more."
        raise WrongStateError(message)
    _add_settled(view, seen, {number: Cell(*draft) for number, draft in drafts.items()}, at)
    if all(one.is_settled for one in opened if one is not seen):
        view.row.settled_at = at
        db.session.flush()
        _finish_when_all_settled(view.draft)
    values = {"draft": view.draft.public_id, "response": response.public_id}
    return Recorded(view.row, about=view.row, scope=SCOPE, values=values)


def _add_settled(view: ExpertView, seen: ApartResponse, cells: Mapping[int, Cell], at: datetime) -> None:
    columns = [one.column for one in seen.cells]
    if problems := missing(cells, columns):
        raise InvalidError(problems=problems)
    check_cells(cells, columns)
    subject_id = db.session.get_one(Member, view.row.member_id).subject_id
    ring = keyring(subject_id)
    db.session.add_all(
        ExpertRating(
            expert_id=view.row.id,
            response_id=seen.row.id,
            competency_version_id=column.version,
            round=Round.SETTLED,
            rating=cells[column.version].rating,
            rationale=ring.seal(subject_id, cells[column.version].evidence),
            at=at,
        )
        for column in columns
    )


def _finish_when_all_settled(draft: FormDraft) -> None:
    waiting = select(func.count()).where(
        FormExpert.draft_id == draft.id, FormExpert.sealed_at.is_not(None), FormExpert.settled_at.is_(None)
    )
    if not db.session.scalar(waiting):
        draft.state = FORM_DRAFT.after(draft.state, "finish")
