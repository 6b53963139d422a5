"""Writes of experts before the rating is closed: who is asked, and the ratings that each gives alone and seals."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ScalarResult, select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.calibration import queries
from hiringkit.calibration.models import ExpertDraft, ExpertRating, FormDraft, FormExpert, SettlingDraft
from hiringkit.calibration.operations.cells import Drafts, changed_cells, drawn_order, hold_rater
from hiringkit.calibration.operations.standings import SCOPE
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import AnyResponse, DraftView, ExpertView, ResponseView
from hiringkit.calibration.rules.answers import Cell
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
from hiringkit.foundation.mail import queue_mail
from hiringkit.people.models import Member
from hiringkit.people.queries import unscoped_member_by_address
from hiringkit.people.rules import normal_address

AnyDraft = ExpertDraft | SettlingDraft


def held_draft(draft: FormDraft) -> FormDraft:
    """Return a draft as it is stored now, held against other changes until this operation ends."""
    held = select(FormDraft).where(FormDraft.id == draft.id).with_for_update()
    return db.session.scalars(held.execution_options(populate_existing=True)).one()


@operation("expert:asked")
def ask_expert(draft: FormDraft, address: str, *, by: Actor, at: datetime) -> Recorded[FormExpert]:
    """Ask a member of the site, by mail too, to rate a draft as an expert; from the first one its text does not change.

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
    _tell(expert, member, view, row.minutes_per_response * len(responses), by, at)
    return Recorded(expert, about=expert, scope=SCOPE, values={"draft": row.public_id, "order": expert.response_order})


def _tell(expert: FormExpert, member: Member, view: DraftView, minutes: int, by: Actor, at: datetime) -> None:
    """Leave a mail to the expert in the outbox: what is asked, how long it takes, and where."""
    values = {
        "name": member.name,
        "asker": db.session.get_one(Member, by.member_id).name,
        "form": view.title,
        "minutes": str(minutes),
        "path": f"/calibration/experts/{expert.public_id}",
    }
    subject = member.subject_id
    queue_mail("expert", keyring(subject), subject, to=member.email, values=values, at=at)


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
        view = held_expert(expert, by)
        _require_rating(view)
        seen = _response(view, response.public_id)
        cells = changed_cells(seen, drafts, version)
        store_drafts(ExpertDraft, view, seen, cells, seen.version if is_pause else seen.version + 1)
        db.session.flush()
        return _response(view, response.public_id)


def held_expert(expert: FormExpert, by: Actor) -> ExpertView:
    """Return an expert's own view, its draft held, so that nobody closes the rating meanwhile."""
    if by.member_id is None or by.member_id != expert.member_id:
        message = "Experts rate for themselves: this was asked of somebody else."
        raise ForbiddenError(message)
    held_draft(db.session.get_one(FormDraft, expert.draft_id))
    return queries.own_expert(by, expert.public_id)


def _require_rating(view: ExpertView) -> None:
    require_presence(view)
    if view.row.sealed_at is not None:
        message = "You have sealed your ratings; they do not change any more."
        raise WrongStateError(message)
    if view.draft.state is not FormDraftState.RATING:
        message = "The rating of this form was closed; what you saved is kept and does not count."
        raise WrongStateError(message)


def require_presence(view: ExpertView) -> None:
    """Raise WrongStateError for an expert who was withdrawn or has declined."""
    if view.withdrawal is not None:
        message = "You are no expert of this form any more; what you saved does not count."
        raise WrongStateError(message)


def _response(view: ExpertView, public_id: str) -> ResponseView:
    for one in queries.expert_responses(view):
        if one.row.public_id == public_id:
            return one
    raise NotFoundError


def store_drafts(
    table: type[AnyDraft],
    view: ExpertView,
    seen: ResponseView,
    cells: Mapping[int, Cell],
    version: int,
) -> None:
    """Store what an expert has typed about a response; cells that were not sent stay as they are."""
    subject_id = db.session.get_one(Member, view.row.member_id).subject_id
    ring = keyring(subject_id)
    of_response = table.expert_id == view.row.id, table.response_id == seen.row.id
    rows: ScalarResult[AnyDraft] = db.session.scalars(select(table).where(*of_response))
    stored = {row.competency_version_id: row for row in rows}
    for column in seen.columns:
        cell = cells.get(column.version, seen.cells.get(column.version, Cell()))
        row = stored.get(column.version)
        if row is None:
            row = table(expert_id=view.row.id, response_id=seen.row.id, competency_version_id=column.version)
            db.session.add(row)
        row.rating, row.version = cell.rating, version
        row.rationale = ring.seal(subject_id, cell.evidence) if cell.evidence.strip() else None


@operation("expert:sealed")
def seal_ratings(expert: FormExpert, *, by: Actor, at: datetime) -> Recorded[FormExpert]:
    """Seal an expert's ratings of every response with their rationales; after that they do not change."""
    view = held_expert(expert, by)
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
