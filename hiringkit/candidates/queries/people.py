"""Reads of the people of a team."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select, true

from hiringkit.candidates.models import Candidate
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.people.models import Member


@dataclass(frozen=True)
class CandidateView:
    """A candidate with the member who is the same person, if there is one."""

    candidate: Candidate
    member: Member | None


def without_conflict(viewer: Actor) -> ColumnElement[bool]:
    """Return the SQL condition that removes candidates with whom the viewer is in conflict."""
    if viewer.member_id is None:
        return true()
    return or_(Candidate.member_id.is_(None), Candidate.member_id != viewer.member_id)


def candidate(viewer: Actor, public_id: str) -> CandidateView:
    """Return a candidate whom the viewer may change, or raise NotFoundError."""
    seen = scope(viewer, CandidatePermission.READ_UNDECIDED)
    found = db.session.execute(
        select(Candidate, Member)
        .outerjoin(Member, Member.id == Candidate.member_id)
        .where(Candidate.public_id == public_id, seen.limits(Candidate.team_id), without_conflict(viewer))
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return CandidateView(*found)


def unscoped_known(team_id: int, address: str) -> Candidate | None:
    """Return the team's candidate with this normalised address."""
    return db.session.scalar(select(Candidate).where(Candidate.team_id == team_id, Candidate.email == address))


def unscoped_unmarked(address: str) -> Sequence[Candidate]:
    """Return the candidates of all teams who have this normalised address and point to no member."""
    return db.session.scalars(select(Candidate).where(Candidate.email == address, Candidate.member_id.is_(None))).all()
