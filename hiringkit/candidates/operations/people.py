"""The only writer of candidates: the people."""

from datetime import datetime

from sqlalchemy import update

from hiringkit.audit.operations import Recorded, new_subject, operation
from hiringkit.candidates import queries
from hiringkit.candidates.models import Candidate
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.rules.addresses import normalise_address
from hiringkit.candidates.rules.drafts import CandidateDraft
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import (
    InvalidError,
    NotFoundError,
    StaleEditError,
)
from hiringkit.people.models import Member, Team
from hiringkit.people.queries import member, unscoped_member_by_address
from hiringkit.people.rules import check_zone, clean_line, normal_address

OWN_APPLICATION = "You cannot handle an application of your own. Ask a colleague."


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
    name = clean_line(draft.name)
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
    named = unscoped_member_by_address(normalise_address(clean_line(draft.member_email)))
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
    demand_candidate(candidate, by)
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


def demand_candidate(candidate: Candidate, by: Actor) -> None:
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
