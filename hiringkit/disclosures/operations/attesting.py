"""The only writer of disclosures: who is in the role, and what they say of a version."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.disclosures import queries
from hiringkit.disclosures.models import Attestation, DisclosureVersion, Incumbent
from hiringkit.disclosures.operations.publishing import member_of
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.attesting import ATTESTING, AttestationWord
from hiringkit.disclosures.rules.saying import WordDraft, words_said
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleEditError
from hiringkit.foundation.sealing import Keyring
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member

NOT_ONESELF = "You cannot mark yourself as being in the role. Another manager of the team can."


@operation("incumbent:marked")
def mark_incumbent(opening: Opening, member_public_id: str, *, by: Actor, at: datetime) -> Recorded[Incumbent]:
    """Mark a member of the team as doing this work now; they may attest and review from then on."""
    demand(by, DisclosurePermission.MARK, opening.team_id)
    marker = member_of(by)
    if member_public_id == by.id:
        raise InvalidError(problems={"member": NOT_ONESELF})
    found = {one.public_id: one for one in queries.unscoped_members_to_mark(opening)}.get(member_public_id)
    if found is None:
        raise InvalidError(problems={"member": "Choose an active member of this team who is not marked yet."})
    row = Incumbent(public_id=new_public_id(), opening_id=opening.id, member_id=found.id, added_by_id=marker, at=at)
    db.session.add(row)
    return Recorded(row, about=row, scope=opening.public_id, values={"member": found.public_id})


@operation("incumbent:ended")
def end_incumbency(incumbent: Incumbent, *, by: Actor, at: datetime) -> Recorded[Incumbent]:
    """Record that somebody is no longer in the role; from then on their word counts no more."""
    opening = _held(incumbent, by)
    if incumbent.ended_at is not None:
        raise ConflictError("They are marked as no longer in the role already.")
    incumbent.ended_at = at
    return Recorded(incumbent, about=incumbent, scope=opening.public_id)


@operation("incumbent:taken_up")
def take_up_incumbency(incumbent: Incumbent, *, by: Actor, at: datetime) -> Recorded[Incumbent]:
    """Record that somebody is in the role again; they begin anew and are asked again."""
    opening = _held(incumbent, by)
    if incumbent.ended_at is None:
        raise ConflictError("They are marked as being in the role already.")
    member = db.session.get_one(Member, incumbent.member_id)
    if member.id == by.member_id:
        raise ForbiddenError(NOT_ONESELF)
    if member.disabled_at is not None:
        raise ConflictError("This member is disabled.", remedy="An administrator can enable them.")
    incumbent.at, incumbent.ended_at = at, None
    return Recorded(incumbent, about=incumbent, scope=opening.public_id)


def _held(incumbent: Incumbent, by: Actor) -> Opening:
    """Keep the row as it is until the transaction ends, and return its opening."""
    opening = db.session.get_one(Opening, incumbent.opening_id)
    demand(by, DisclosurePermission.MARK, opening.team_id)
    db.session.refresh(incumbent, with_for_update=True)
    return opening


@operation("attestation:made")
def attest(
    version: DisclosureVersion, drafts: Mapping[str, WordDraft], seen: int, *, by: Actor, at: datetime
) -> Recorded[dict[str, Attestation]]:
    """Store what somebody in the role says of the current version, section by section.

    `seen` is the sum of the versions of their own words when they looked: what they have said in another
    window meanwhile is not overwritten. Sections without a word stay as they were. The event says how many
    words there are, and never which.
    """
    opening = db.session.get_one(Opening, version.opening_id)
    demand(by, DisclosurePermission.ATTEST, opening.team_id)
    incumbent = queries.unscoped_incumbency(opening.id, by.member_id, held=True)
    if incumbent is None:
        raise NotFoundError
    current = queries.unscoped_current_version(opening.id)
    if current is None or current.id != version.id:
        raise ConflictError("Candidates read another version by now.", remedy="Open the page again and look at it.")
    given = words_said(drafts, ATTESTING, [one.key for one in queries.leaflet(version).sections])
    stored = queries.unscoped_attestations_of(version.id, incumbent.member_id)
    now_seen = sum(row.version for row in stored.values())
    if seen != now_seen:
        raise StaleEditError(now_seen, {key: row.word.value for key, row in stored.items()})
    subject_id = db.session.scalars(select(Member.subject_id).where(Member.id == incumbent.member_id)).one()
    ring = keyring(subject_id)
    for key, one in given.items():
        row = stored.get(key)
        if row is not None and row.at >= incumbent.at and one == _draft_of(row, ring):
            continue
        if row is None:
            row = stored[key] = Attestation(version_id=version.id, section=key, member_id=incumbent.member_id)
            db.session.add(row)
        row.word, row.field = AttestationWord(one.word), one.field
        row.note, row.at = ring.seal(subject_id, one.note), at
        row.version = (row.version or 0) + 1
    values = {"version": version.number, "sections": len(given)}
    return Recorded(stored, about=version, scope=opening.public_id, values=values)


def _draft_of(row: Attestation, ring: Keyring) -> WordDraft:
    return WordDraft(row.word.value, row.field, ring.open(row.note))
