"""The only writer of candidates: people, applications, links, deliveries, acknowledgements, readings."""

import secrets
from datetime import datetime

from sqlalchemy import update

from hiringkit.audit.operations import Recorded, new_subject, operation
from hiringkit.candidates import queries
from hiringkit.candidates.models import Acknowledgement, Application, Candidate, Delivery, PersonalLink, Reading
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries import ApplicationView
from hiringkit.candidates.rules.addresses import normalise_address
from hiringkit.candidates.rules.drafts import CandidateDraft
from hiringkit.candidates.rules.lifecycle import APPLICATION, ApplicationState
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.queries import unscoped_is_withdrawn
from hiringkit.foundation.access import Actor, ActorKind, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleEditError,
    WrongStateError,
)
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningState
from hiringkit.people.models import Member, Team
from hiringkit.people.queries import member, token_hash, unscoped_member_by_address
from hiringkit.people.rules import check_zone, normal_address

TOKEN_BYTES = 32
OWN_APPLICATION = "You cannot handle an application of your own. Ask a colleague."
PLAIN_MOVES = frozenset({"interview", "debrief", "decide", "offer", "hire", "decline"})
NO_LONGER_HIRING = frozenset({OpeningState.FILLED, OpeningState.CLOSED})


def add_candidate(draft: CandidateDraft, *, by: Actor, at: datetime) -> Candidate:
    """Return the team's candidate of this address, added when there is none."""
    known = queries.unscoped_known(draft.team_id, _address(draft.email))
    if known is None:
        return _add_candidate(draft, by=by, at=at)
    demand(by, CandidatePermission.EDIT, draft.team_id)
    _refuse_own(known.member_id, by)
    return known


@operation("candidate:added")
def _add_candidate(draft: CandidateDraft, *, by: Actor, at: datetime) -> Recorded[Candidate]:
    demand(by, CandidatePermission.EDIT, draft.team_id)
    member_id = _member_id(draft)
    _refuse_own(member_id, by)
    subject, _ = new_subject("candidate", at)
    row = Candidate(
        public_id=new_public_id(),
        team_id=draft.team_id,
        subject_id=subject.id,
        name=_name(draft),
        email=_address(draft.email),
        zone=check_zone(draft.zone),
        member_id=member_id,
        created_at=at,
    )
    db.session.add(row)
    team = db.session.get_one(Team, draft.team_id)
    return Recorded(row, about=row, values={"team": team.public_id, "is_member": member_id is not None})


def _name(draft: CandidateDraft) -> str:
    name = " ".join(draft.name.split())
    if not name:
        raise InvalidError(problems={"name": "Enter a name."})
    return name


def _address(typed: str) -> str:
    return normal_address(normalise_address(typed))


def _member_id(draft: CandidateDraft) -> int | None:
    """Return the member who is this person: by the same address, or as the form says."""
    if same := unscoped_member_by_address(_address(draft.email)):
        return same.id
    if not draft.member_email.strip():
        return None
    named = unscoped_member_by_address(normalise_address(draft.member_email))
    if named is None:
        raise InvalidError(problems={"member_email": "Nobody signs in here with this address."})
    return named.id


def _refuse_own(member_id: int | None, by: Actor) -> None:
    if member_id is not None and member_id == by.member_id:
        raise InvalidError(problems={"email": OWN_APPLICATION})


@operation("candidate:edited")
def edit_candidate(
    candidate: Candidate, draft: CandidateDraft, version: int, *, by: Actor, at: datetime
) -> Recorded[Candidate]:
    """Change name, address, time zone or the member who is the same person."""
    _demand_candidate(candidate, by)
    address, member_id = _address(draft.email), _member_id(draft)
    _refuse_own(member_id, by)
    known = queries.unscoped_known(candidate.team_id, address)
    if known is not None and known.id != candidate.id:
        raise InvalidError(problems={"email": "Another candidate of this team has this address."})
    values = {"name": _name(draft), "email": address, "zone": check_zone(draft.zone), "member_id": member_id}
    changed = db.session.execute(
        update(Candidate)
        .where(Candidate.id == candidate.id, Candidate.version == version)
        .values(version=version + 1, **values)
    )
    db.session.refresh(candidate)
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # An UPDATE's result has a rowcount.
        raise StaleEditError(candidate.version, _texts(candidate))
    return Recorded(candidate, about=candidate, values={"is_member": member_id is not None})


def _demand_candidate(candidate: Candidate, by: Actor) -> None:
    """Raise NotFoundError for somebody in conflict, ForbiddenError without the capacity."""
    if candidate.member_id is not None and candidate.member_id == by.member_id:
        raise NotFoundError
    demand(by, CandidatePermission.EDIT, candidate.team_id)


def _texts(candidate: Candidate) -> dict[str, str]:
    same = db.session.get(Member, candidate.member_id) if candidate.member_id else None
    return {
        "name": candidate.name,
        "email": candidate.email,
        "zone": candidate.zone,
        "member_email": same.email if same else "",
    }


def mark_conflicts(member_public_id: str, *, by: Actor, at: datetime) -> None:
    """Mark every candidate who has the address of a new member as that member: from then on they are in conflict."""
    new = member(member_public_id)
    for candidate in queries.unscoped_unmarked(new.email):
        _mark_conflict(candidate, new, by=by, at=at)


@operation("candidate:conflict_marked")
def _mark_conflict(candidate: Candidate, new: Member, *, by: Actor, at: datetime) -> Recorded[Candidate]:
    candidate.member_id = new.id
    return Recorded(candidate, about=candidate)


@operation("application:added")
def add_application(candidate: Candidate, opening: Opening, *, by: Actor, at: datetime) -> Recorded[Application]:
    """Put a candidate of the team on one of its openings."""
    _demand_candidate(candidate, by)
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
    view = _demanded(application, by)
    values = _moved(application, move, at)
    return Recorded(application, about=application, scope=view.opening.public_id, values=values)


def _demanded(application: Application, by: Actor) -> ApplicationView:
    """Return the application with its candidate and opening, for somebody who may change it."""
    view = queries.unscoped_application(application.id)
    _demand_candidate(view.candidate, by)
    return view


def _moved(application: Application, move: str, at: datetime) -> dict[str, object]:
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
    view = _own(application, by) if by.kind is ActorKind.CANDIDATE else _demanded(application, by)
    values = _moved(application, "withdraw", at)
    return Recorded(application, about=application, scope=view.opening.public_id, values=values)


def _own(application: Application, by: Actor) -> ApplicationView:
    """Return the application for its own candidate, who came by a personal link."""
    if by.kind is not ActorKind.CANDIDATE or by.application_id != application.id:
        raise ForbiddenError("Only the candidate can do this, with the personal link.")
    return queries.unscoped_application(application.id)


@operation("link:made")
def make_link(application: Application, *, by: Actor, at: datetime) -> Recorded[str]:
    """Make a personal link and return its token, which is never stored; earlier links stay until revoked."""
    view = _demanded(application, by)
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
    """End a personal link at once."""
    view = queries.unscoped_application(link.application_id)
    _demand_candidate(view.candidate, by)
    if link.revoked_at is not None:
        raise ConflictError("This link was revoked already.")
    link.revoked_at = at
    values = {"application": view.application.public_id}
    return Recorded(link, about=link, scope=view.opening.public_id, values=values)


def deliver(
    application: Application,
    disclosure_version: DisclosureVersion,
    loop_public_id: str,
    loop_hash: str,
    *,
    by: Actor,
    at: datetime,
) -> Delivery:
    """Record that an application is shown a disclosure version and a loop version; once a version."""
    known = queries.unscoped_delivery(application.id, disclosure_version.id)
    return known or _deliver(application, disclosure_version, loop_public_id, loop_hash, by=by, at=at)


@operation("delivery:made")
def _deliver(
    application: Application,
    version: DisclosureVersion,
    loop_public_id: str,
    loop_hash: str,
    *,
    by: Actor,
    at: datetime,
) -> Recorded[Delivery]:
    view = _demanded(application, by)
    if version.opening_id != application.opening_id:
        raise NotFoundError
    if not view.is_active:
        raise WrongStateError(f"This application is {application.state.value}; there is nothing to deliver any more.")
    if unscoped_is_withdrawn(version.id):
        raise WrongStateError("This disclosure version was withdrawn.", remedy="Publish a new one first.")
    row = Delivery(
        public_id=new_public_id(),
        application_id=application.id,
        disclosure_version_id=version.id,
        disclosure_hash=version.content_hash,
        loop_version=loop_public_id,
        loop_hash=loop_hash,
        at=at,
        by_id=by.member_id,
    )
    db.session.add(row)
    moved = _moved(application, "inform", at) if application.state is ApplicationState.ADDED else {}
    shown = {"disclosure": version.public_id, "disclosure_hash": version.content_hash, "loop": loop_public_id}
    values = {"application": application.public_id, "loop_hash": loop_hash, **shown, **moved}
    return Recorded(row, about=row, scope=view.opening.public_id, values=values)


def acknowledge(delivery: Delivery, *, by: Actor, at: datetime) -> Acknowledgement:
    """Record the candidate's own word that a delivered version was read; once a delivery."""
    known = queries.unscoped_acknowledgement(delivery.id)
    return known or _acknowledge(delivery, by=by, at=at)


@operation("delivery:acknowledged")
def _acknowledge(delivery: Delivery, *, by: Actor, at: datetime) -> Recorded[Acknowledgement]:
    application = db.session.get_one(Application, delivery.application_id)
    view = _own(application, by)
    if not view.is_active:
        raise WrongStateError(f"This application is {application.state.value}.")
    row = Acknowledgement(delivery_id=delivery.id, at=at)
    db.session.add(row)
    informed = application.state is ApplicationState.INFORMED
    values = {"application": application.public_id, **(_moved(application, "acknowledge", at) if informed else {})}
    return Recorded(row, about=delivery, scope=view.opening.public_id, values=values)


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
