"""Writes of experts once the rating is closed: what each types and settles where they are far apart."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.calibration import queries
from hiringkit.calibration.models import ExpertRating, FormDraft, FormExpert, SettlingDraft
from hiringkit.calibration.operations.cells import Drafts, changed_cells
from hiringkit.calibration.operations.experts import held_expert, require_presence, store_drafts
from hiringkit.calibration.operations.standings import SCOPE
from hiringkit.calibration.queries import AnyResponse, ApartResponse, ExpertView
from hiringkit.calibration.rules.answers import Cell, missing
from hiringkit.calibration.rules.drafting import FORM_DRAFT, Round
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.errors import InvalidError, NotFoundError, WrongStateError
from hiringkit.people.models import Member


def save_settling(
    expert: FormExpert,
    response: AnyResponse,
    drafts: Drafts,
    version: int,
    *,
    by: Actor,
    at: datetime,
    is_pause: bool = False,
) -> ApartResponse:
    """Keep what an expert has typed about the cells of one response without settling them; anything may be missing.

    `version` and `is_pause` are as in `save_expert_response`, and as there it leaves no event.
    """
    with transaction():
        view = held_expert(expert, by)
        seen = _unsettled(view, response)
        cells = changed_cells(seen.kept, drafts, version)
        store_drafts(SettlingDraft, view, seen.kept, cells, seen.kept.version if is_pause else seen.kept.version + 1)
        db.session.flush()
        return _opened(view, response)


def _unsettled(view: ExpertView, response: AnyResponse) -> ApartResponse:
    require_presence(view)
    if not view.may_settle:
        message = "There is nothing for you to settle on this form any more."
        raise WrongStateError(message)
    seen = _opened(view, response)
    if seen.is_settled:
        message = "You have settled this response; it does not change any more."
        raise WrongStateError(message)
    return seen


def _opened(view: ExpertView, response: AnyResponse) -> ApartResponse:
    for one in queries.responses_apart(view):
        if one.row.public_id == response.public_id:
            return one
    raise NotFoundError


@operation("expert:settled")
def settle_response(
    expert: FormExpert, response: AnyResponse, drafts: Drafts, version: int, *, by: Actor, at: datetime
) -> Recorded[FormExpert]:
    """Settle what an expert gives the cells of one response that are far apart, each with a reason.

    The last response of the last expert finishes the draft's settling.
    """
    view = held_expert(expert, by)
    seen = _unsettled(view, response)
    _add_settled(view, seen, changed_cells(seen.kept, drafts, version), at)
    db.session.flush()
    if all(one.is_settled for one in queries.responses_apart(view)):
        view.row.settled_at = at
        db.session.flush()
        finish_when_all_settled(view.draft)
    values = {"draft": view.draft.public_id, "response": response.public_id}
    return Recorded(view.row, about=view.row, scope=SCOPE, values=values)


def _add_settled(view: ExpertView, seen: ApartResponse, cells: Mapping[int, Cell], at: datetime) -> None:
    columns = seen.kept.columns
    if problems := missing(cells, columns):
        raise InvalidError(problems=problems)
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


def finish_when_all_settled(draft: FormDraft) -> None:
    """Move a draft on once nobody of those who have stayed is still to settle."""
    waiting = select(func.count()).where(
        FormExpert.draft_id == draft.id,
        FormExpert.sealed_at.is_not(None),
        FormExpert.settled_at.is_(None),
        ~queries.has_left(FormExpert.id),
    )
    if not db.session.scalar(waiting):
        draft.state = FORM_DRAFT.after(draft.state, "finish")
