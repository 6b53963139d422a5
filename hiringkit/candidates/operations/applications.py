"""The only writer of candidates: applications, their moves, and who opened their scorecards."""

from datetime import datetime

from sqlalchemy import update

from hiringkit.audit.operations import Recorded, operation
from hiringkit.candidates import queries
from hiringkit.candidates.models import Application, Candidate, Reading
from hiringkit.candidates.operations.people import demand_candidate
from hiringkit.candidates.queries import ApplicationView
from hiringkit.candidates.rules.lifecycle import APPLICATION, ApplicationState
from hiringkit.foundation.access import Actor, ActorKind
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    WrongStateError,
)
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningState
from hiringkit.people.models import Member

PLAIN_MOVES = frozenset({"interview", "debrief", "decide", "offer", "hire", "decline"})
NO_LONGER_HIRING = frozenset({OpeningState.FILLED, OpeningState.CLOSED})


@operation("application:added")
def add_application(candidate: Candidate, opening: Opening, *, by: Actor, at: datetime) -> Recorded[Application]:
    """Put a candidate of the team on one of its openings."""
    demand_candidate(candidate, by)
    if opening.team_id != candidate.team_id:
        raise NotFoundError
    if opening.state in NO_LONGER_HIRING:
        raise WrongStateError(f"This opening is {opening.state.value}.", remedy="Reopen it to add candidates.")
    if queries.unscoped_active(candidate.id, opening.id):
        raise InvalidError(problems={"email": f"{candidate.name} has an application on this opening already."})
    row = Application(
        public_id=new_public_id(),
        candidate_id=candidate.id,
        opening_id=opening.id,
        state=ApplicationState.ADDED,
        state_at=at,
        created_at=at,
        created_by_id=by.member_id,
    )
    db.session.add(row)
    return Recorded(row, about=row, scope=opening.public_id, values={"candidate": candidate.public_id})


@operation("application:moved")
def move_application(application: Application, move: str, *, by: Actor, at: datetime) -> Recorded[Application]:
    """Move an application along its lifecycle, as the rooms above find that it has gone on.

    Informing, acknowledging, withdrawing and erasing have operations of their own, which leave more behind.
    """
    if move not in PLAIN_MOVES:
        message = f"{move} is no plain move of an application"
        raise ValueError(message)
    view = demanded(application, by)
    values = moved(application, move, at)
    return Recorded(application, about=application, scope=view.opening.public_id, values=values)


def demanded(application: Application, by: Actor) -> ApplicationView:
    """Return the application with its candidate and opening, for somebody who may change it."""
    view = queries.unscoped_application(application.id)
    demand_candidate(view.candidate, by)
    return view


def moved(application: Application, move: str, at: datetime) -> dict[str, object]:
    """Store the state after a move, over the version that was read; return what the event says."""
    before, after = application.state, APPLICATION.after(application.state, move)
    changed = db.session.execute(
        update(Application)
        .where(Application.id == application.id, Application.version == application.version)
        .values(state=after, state_at=at, version=application.version + 1)
    )
    db.session.refresh(application)
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # As above.
        message = "Somebody moved this application while you looked at it."
        raise ConflictError(message, remedy="Go back and look at where it stands now.")
    return {"from": before.value, "to": after.value}


@operation("application:withdrawn")
def withdraw_application(application: Application, *, by: Actor, at: datetime) -> Recorded[Application]:
    """End an application on the candidate's own word, given here or told to the team."""
    view = own_or_demanded(application, by)
    values = moved(application, "withdraw", at)
    return Recorded(application, about=application, scope=view.opening.public_id, values=values)


def own_or_demanded(application: Application, by: Actor) -> ApplicationView:
    """Return the application for its own candidate, or for somebody of the team who may change it."""
    return own_application(application, by) if by.kind is ActorKind.CANDIDATE else demanded(application, by)


def own_application(application: Application, by: Actor) -> ApplicationView:
    """Return the application for its own candidate, who came by a personal link."""
    if by.kind is not ActorKind.CANDIDATE or by.application_id != application.id:
        raise ForbiddenError("Only the candidate can do this, with the personal link.")
    return queries.unscoped_application(application.id)


def record_reading(application: Application, member_id: int, *, by: Actor, at: datetime) -> None:
    """Record that a member opens the scorecards of an application; once a member."""
    if member_id not in queries.unscoped_readers(application.id):
        _record_reading(application, member_id, by=by, at=at)


@operation("reading:recorded")
def _record_reading(application: Application, member_id: int, *, by: Actor, at: datetime) -> Recorded[None]:
    view = queries.unscoped_application(application.id)
    if view.candidate.member_id == member_id:
        raise NotFoundError
    if by.kind is ActorKind.MEMBER and by.member_id != member_id:
        raise ForbiddenError("Everybody opens scorecards for themselves.")
    reader = db.session.get_one(Member, member_id)
    db.session.add(Reading(application_id=application.id, member_id=member_id, at=at))
    values = {"member": reader.public_id}
    return Recorded(None, about=application, scope=view.opening.public_id, values=values)
