"""The only writer of candidates: personal links."""

import secrets
from datetime import datetime

from hiringkit.audit.operations import Recorded, operation
from hiringkit.candidates.models import Application, PersonalLink
from hiringkit.candidates.operations.applications import demanded, own_or_demanded
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import (
    ConflictError,
    WrongStateError,
)
from hiringkit.people.queries import token_hash

TOKEN_BYTES = 32


@operation("link:made")
def make_link(application: Application, *, by: Actor, at: datetime) -> Recorded[str]:
    """Make a personal link and return its token, which is never stored; earlier links stay until revoked."""
    view = demanded(application, by)
    if application.state is ApplicationState.ERASED:
        raise WrongStateError("This application was erased.")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = PersonalLink(
        public_id=new_public_id(),
        application_id=application.id,
        token_hash=token_hash(token),
        created_at=at,
        created_by_id=by.member_id,
    )
    db.session.add(row)
    values = {"application": application.public_id}
    return Recorded(token, about=row, scope=view.opening.public_id, values=values)


@operation("link:revoked")
def revoke_link(link: PersonalLink, *, by: Actor, at: datetime) -> Recorded[PersonalLink]:
    """End a personal link at once: the team's word for it, or the candidate's own."""
    view = own_or_demanded(db.session.get_one(Application, link.application_id), by)
    if link.revoked_at is not None:
        raise ConflictError("This link was revoked already.")
    link.revoked_at = at
    values = {"application": view.application.public_id}
    return Recorded(link, about=link, scope=view.opening.public_id, values=values)
