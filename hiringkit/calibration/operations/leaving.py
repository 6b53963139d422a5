"""Writes of experts who leave before the end: an author withdraws them, or they decline, each with a reason."""

from datetime import datetime

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.calibration import queries
from hiringkit.calibration.models import ExpertWithdrawal, FormDraft, FormExpert
from hiringkit.calibration.operations.experts import held_draft, held_expert, require_presence
from hiringkit.calibration.operations.settling import finish_when_all_settled
from hiringkit.calibration.operations.standings import SCOPE
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import AskedExpert
from hiringkit.calibration.rules.drafting import LONGEST_REASON, FormDraftState, why_all_must_stay
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, InvalidError, NotFoundError, WrongStateError


@operation("expert:withdrawn")
def withdraw_expert(
    draft: FormDraft, expert_id: str, reason: str, *, by: Actor, at: datetime
) -> Recorded[ExpertWithdrawal]:
    """Withdraw an expert who has not finished; nothing that they gave counts any more.

    Raises ConflictError when too few would be left to settle.
    """
    demand(by, CalibrationPermission.AUTHOR)
    row = held_draft(draft)
    return _left(row, expert_id, reason, by, at)


@operation("expert:declined")
def decline_rating(expert: FormExpert, reason: str, *, by: Actor, at: datetime) -> Recorded[ExpertWithdrawal]:
    """Leave a form that one was asked to rate and has not finished; nothing of it counts any more.

    Raises ConflictError when too few would be left to settle.
    """
    view = held_expert(expert, by)
    require_presence(view)
    return _left(view.draft, expert.public_id, reason, by, at)


def _left(draft: FormDraft, expert_id: str, reason: str, by: Actor, at: datetime) -> Recorded[ExpertWithdrawal]:
    experts = queries.unscoped_draft_experts(draft)
    one = next((one for one in experts if one.row.public_id == expert_id), None)
    if one is None:
        raise NotFoundError
    _require_leave(draft, one, sum(other.has_sealed for other in experts))
    why = _checked(reason)
    subject = one.member.subject_id
    sealed = keyring(subject).seal(subject, why)
    row = ExpertWithdrawal(expert_id=one.row.id, by_id=by.member_id, reason=sealed, at=at)
    db.session.add(row)
    db.session.flush()
    if draft.state is FormDraftState.SETTLING:
        finish_when_all_settled(draft)
    # The reason is about a person: in the event, too, it is sealed with their key.
    values = {"draft": draft.public_id, "member": one.member.public_id, "why": sealed.hex()}
    return Recorded(row, about=one.row, scope=SCOPE, values=values)


def _require_leave(draft: FormDraft, one: AskedExpert, sealed: int) -> None:
    if one.withdrawal is not None:
        message = f"{one.member.name} is no expert of this form any more."
        raise WrongStateError(message)
    if not one.is_at_work(draft.state):
        message = f"Nothing is left to do here for {one.member.name}; what was sealed stays."
        raise WrongStateError(message)
    if stay := why_all_must_stay(draft.state, sealed, queries.unscoped_policy()):
        raise ConflictError(
            stay, remedy="An author can close the settling, so that what each gave alone stands, or end the form."
        )


def _checked(reason: str) -> str:
    why = reason.strip()
    if not why:
        raise InvalidError(problems={"reason": "Say why in a few words."})
    if len(why) > LONGEST_REASON:
        raise InvalidError(problems={"reason": f"Use up to {LONGEST_REASON:,} characters."})
    return why
