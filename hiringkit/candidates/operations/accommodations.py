"""The only writer of candidates: what a candidate asks to be different, and what was arranged for it."""

from datetime import datetime

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.candidates import queries
from hiringkit.candidates.models import AccommodationRequest, Application, Arrangement
from hiringkit.candidates.operations.applications import own_application
from hiringkit.candidates.operations.people import demand_candidate
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.rules.accommodations import ArrangementDraft, arrangement_problems, request_problems
from hiringkit.disclosures.rules.values import clean_text
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import InvalidError, WrongStateError


@operation("accommodation:asked")
def ask_accommodation(
    application: Application, text: str, *, by: Actor, at: datetime
) -> Recorded[AccommodationRequest]:
    """Keep what the candidate asks to be different, apart from everything that is rated."""
    view, wording = own_application(application, by), clean_text(text)
    if not view.is_active:
        raise WrongStateError(f"This application is {application.state.value}.")
    if problems := request_problems(wording):
        raise InvalidError(problems=problems)
    subject = view.candidate.subject_id
    row = AccommodationRequest(
        public_id=new_public_id(),
        application_id=application.id,
        text=keyring(subject).seal(subject, wording),
        at=at,
    )
    db.session.add(row)
    values = {"application": application.public_id}
    return Recorded(row, about=row, scope=view.opening.public_id, values=values)


@operation("accommodation:arranged")
def arrange(
    request: AccommodationRequest, draft: ArrangementDraft, *, by: Actor, at: datetime
) -> Recorded[Arrangement]:
    """Record what was arranged; what is recorded later for the same stage replaces it and leaves it on record."""
    view = queries.unscoped_application(request.application_id)
    demand_candidate(view.candidate, by)
    demand(by, CandidatePermission.ARRANGE, view.opening.team_id)
    cleaned = ArrangementDraft(draft.extra_minutes, draft.stage, clean_text(draft.told))
    if problems := arrangement_problems(cleaned):
        raise InvalidError(problems=problems)
    subject = view.candidate.subject_id
    row = Arrangement(
        request_id=request.id,
        extra_minutes=cleaned.extra_minutes,
        stage=cleaned.stage,
        told=keyring(subject).seal(subject, cleaned.told),
        by_id=by.member_id,
        at=at,
    )
    db.session.add(row)
    values = {"application": view.application.public_id, "stage": cleaned.stage}
    return Recorded(row, about=request, scope=view.opening.public_id, values=values)
