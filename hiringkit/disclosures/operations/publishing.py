"""The only writer of disclosures: publishing the draft as a numbered version, and withdrawing one."""

from datetime import datetime

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.disclosures import queries
from hiringkit.disclosures.models import (
    DisclosureVersion,
    DisclosureWithdrawal,
)
from hiringkit.disclosures.operations.locking import lock_draft
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.claims import REASON_LIMIT
from hiringkit.disclosures.rules.document import canonical_document, content_hash
from hiringkit.disclosures.rules.lifecycle import DISCLOSURE_VERSION, state_of_version
from hiringkit.disclosures.rules.publishing import obstacles
from hiringkit.disclosures.rules.values import clean_text
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member

NO_MEMBER = "A disclosure is published and withdrawn by a member."


@operation("disclosure:published")
def publish_disclosure(
    opening: Opening, *, seen: int | None = None, by: Actor, at: datetime
) -> Recorded[DisclosureVersion]:
    """Freeze the draft as the next numbered version; the draft goes on from there.

    `seen` is the sum of section versions that the publisher looked at: nobody publishes what
    somebody else saved a moment ago without having read it.
    """
    demand(by, DisclosurePermission.PUBLISH, opening.team_id)
    publisher, draft = member_of(by), queries.unscoped_draft(opening.id)
    if draft is None:
        raise ConflictError("There is no draft to publish.", remedy="Start the disclosure from the template first.")
    lock_draft(draft.id)
    sections, claims = queries.unscoped_sections(draft.id), queries.unscoped_claims(draft.id)
    if seen is not None and seen != sum(row.version for row in sections.values()):
        raise ConflictError(
            "Somebody saved a section after you opened this page, so nothing was published.",
            remedy="Open the disclosure again, look at what has changed, then publish it.",
        )
    found = obstacles(claims, {key for key, row in sections.items() if row.confirmed_at is not None})
    if found:
        raise InvalidError(found.sentence, {one.field: one.question for one in found.missing})
    content = canonical_document(claims)
    row = DisclosureVersion(
        public_id=new_public_id(),
        opening_id=opening.id,
        number=queries.unscoped_newest_number(opening.id) + 1,
        content=content,
        content_hash=content_hash(content),
        published_at=at,
        published_by_id=publisher,
    )
    db.session.add(row)
    values = {"number": row.number, "hash": row.content_hash, "claims": len(claims)}
    return Recorded(row, about=row, scope=opening.public_id, values=values)


@operation("disclosure:withdrawn")
def withdraw_disclosure(
    version: DisclosureVersion, reason: str, *, by: Actor, at: datetime
) -> Recorded[DisclosureWithdrawal]:
    """Take a published version off the public pages; the version itself stays as it was."""
    opening = db.session.get_one(Opening, version.opening_id)
    demand(by, DisclosurePermission.PUBLISH, opening.team_id)
    member_id, why = member_of(by), clean_text(reason)
    if not why or len(why) > REASON_LIMIT:
        sentence = f"Say why, in up to {REASON_LIMIT:,} characters; the record keeps it."
        raise InvalidError(problems={"reason": sentence})
    current = queries.unscoped_current_version(opening.id)
    state = state_of_version(
        version.number, current.number if current else None, is_withdrawn=queries.unscoped_is_withdrawn(version.id)
    )
    DISCLOSURE_VERSION.after(state, "withdraw")
    subject_id = db.session.get_one(Member, member_id).subject_id
    sealed = keyring(subject_id).seal(subject_id, why)
    row = DisclosureWithdrawal(version_id=version.id, reason=sealed, at=at, by_id=member_id)
    db.session.add(row)
    values = {"number": version.number, "hash": version.content_hash}
    return Recorded(row, about=version, scope=opening.public_id, values=values)


def member_of(by: Actor) -> int:
    """Return the number of the member who acts, or raise ForbiddenError for anybody else."""
    if by.member_id is None:
        raise ForbiddenError(NO_MEMBER)
    return by.member_id
