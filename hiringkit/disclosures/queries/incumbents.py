"""Reads of who is marked as being in the role of an opening, and of what each of them is asked to attest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, select

from hiringkit.audit.queries import keyring_for
from hiringkit.disclosures.models import Attestation, DisclosureVersion, Incumbent
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.queries.versions import is_current
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.foundation.access import TEAM_CAPACITIES, Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningState
from hiringkit.people.models import Member, Membership

ASKED = (OpeningState.DRAFT, OpeningState.OPEN, OpeningState.PAUSED)
"""Nobody is asked about an opening that is over."""


@dataclass(frozen=True)
class OwnAttesting:
    """What one incumbent says of the version that candidates read; `drafts` by section, `seen` its version."""

    opening: Opening
    version: DisclosureVersion
    incumbent: Incumbent
    drafts: Mapping[str, WordDraft]
    seen: int


def opening_to_mark(viewer: Actor, public_id: str) -> tuple[Opening, DisclosureVersion | None]:
    """Return an opening whose incumbents the viewer may mark, with its current version, or raise NotFoundError."""
    limits = scope(viewer, DisclosurePermission.MARK).limits(Opening.team_id)
    found = db.session.execute(
        select(Opening, DisclosureVersion)
        .outerjoin(DisclosureVersion, and_(DisclosureVersion.opening_id == Opening.id, is_current()))
        .where(Opening.public_id == public_id, limits)
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return found[0], found[1]


def unscoped_incumbents(opening_id: int, number: int) -> Page[tuple[Incumbent, Member]]:
    """Return one page of (incumbent, member) of an opening by name, those who left the role last."""
    wanted = (
        select(Incumbent, Member)
        .join(Member, Member.id == Incumbent.member_id)
        .where(Incumbent.opening_id == opening_id)
        .order_by(Incumbent.ended_at.is_not(None), Member.name, Member.id)
    )
    return paged(wanted, number, scalars=False)


def incumbent(viewer: Actor, opening_public_id: str, public_id: str) -> Incumbent:
    """Return an incumbent whom the viewer may end or take up again, or raise NotFoundError."""
    limits = scope(viewer, DisclosurePermission.MARK).limits(Opening.team_id)
    found = db.session.scalar(
        select(Incumbent)
        .join(Opening, Opening.id == Incumbent.opening_id)
        .where(Opening.public_id == opening_public_id, Incumbent.public_id == public_id, limits)
    )
    if found is None:
        raise NotFoundError
    return found


def unscoped_members_to_mark(opening: Opening) -> Sequence[Member]:
    """Return the active members of the opening's team who were never marked, by name."""
    marked = select(Incumbent.member_id).where(Incumbent.opening_id == opening.id)
    in_team = select(Membership.member_id).where(
        Membership.team_id == opening.team_id, Membership.capacity.in_(TEAM_CAPACITIES)
    )
    return db.session.scalars(
        select(Member)
        .where(Member.id.in_(in_team), Member.id.not_in(marked), Member.disabled_at.is_(None))
        .order_by(Member.name, Member.id)
    ).all()


def unscoped_incumbency(opening_id: int, member_id: int | None, *, held: bool = False) -> Incumbent | None:
    """Return whether this member is in the role now, as its row; `held` keeps it so until the transaction ends."""
    wanted = select(Incumbent).where(
        Incumbent.opening_id == opening_id, Incumbent.member_id == member_id, Incumbent.ended_at.is_(None)
    )
    if held:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def own_attesting(viewer: Actor, opening_public_id: str) -> OwnAttesting:
    """Return what the viewer, who is in the role, says of the current version, or raise NotFoundError."""
    found = db.session.execute(
        select(Opening, DisclosureVersion, Incumbent)
        .join(Incumbent, Incumbent.opening_id == Opening.id)
        .join(DisclosureVersion, and_(DisclosureVersion.opening_id == Opening.id, is_current()))
        .where(Opening.public_id == opening_public_id, _is_own(viewer))
    ).one_or_none()
    if found is None:
        raise NotFoundError
    rows = unscoped_attestations_of(found[1].id, found[2].member_id)
    ring = keyring_for(row.note for row in rows.values())
    drafts = {
        key: WordDraft(row.word.value, row.field, ring.open(row.note))
        for key, row in rows.items()
        if row.at >= found[2].at
    }
    return OwnAttesting(found[0], found[1], found[2], drafts, sum(row.version for row in rows.values()))


def _is_own(viewer: Actor) -> ColumnElement[bool]:
    limits = scope(viewer, DisclosurePermission.ATTEST).limits(Opening.team_id)
    return and_(Incumbent.member_id == viewer.member_id, Incumbent.ended_at.is_(None), limits)


def unscoped_attestations_of(version_id: int, member_id: int) -> dict[str, Attestation]:
    """Return what one member has said of a version, by section."""
    rows = db.session.scalars(
        select(Attestation)
        .where(Attestation.version_id == version_id, Attestation.member_id == member_id)
        .execution_options(populate_existing=True)
    )
    return {row.section: row for row in rows}


def is_to_attest(viewer: Actor) -> ColumnElement[bool]:
    """Return the condition, over Opening and its current DisclosureVersion, that the viewer is asked if it is true.

    They are in the role, the opening is not over, and they have said nothing of this version yet.
    """
    said = exists().where(
        Attestation.version_id == DisclosureVersion.id,
        Attestation.member_id == Incumbent.member_id,
        Attestation.at >= Incumbent.at,
    )
    in_role = exists().where(
        Incumbent.opening_id == Opening.id,
        _is_own(viewer),
        ~said.correlate(DisclosureVersion, Incumbent),
    )
    return and_(
        DisclosureVersion.id.is_not(None), Opening.state.in_(ASKED), in_role.correlate(Opening, DisclosureVersion)
    )
