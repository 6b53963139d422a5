"""The only writer of disclosures: publishing the draft as a numbered version, and withdrawing one."""

from datetime import datetime

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.disclosures import queries
from hiringkit.disclosures.models import (
    DisclosureVersion,
    DisclosureWithdrawal,
)
from hiringkit.disclosures.operations.settling import settled_claims
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.claims import REASON_LIMIT
from hiringkit.disclosures.rules.document import canonical_document, content_hash
from hiringkit.disclosures.rules.lifecycle import DISCLOSURE_VERSION, state_of_version
from hiringkit.disclosures.rules.posting import TABLE_DATE
from hiringkit.disclosures.rules.reviewing import publishing_refusal
from hiringkit.disclosures.rules.values import clean_text
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member, Team

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
    publisher, then = member_of(by), "Open the disclosure again, look at what has changed, then publish it."
    claims = settled_claims(opening, seen, act="publish", done="published", then=then, at=at)
    content = canonical_document(claims)
    _demand_review(opening, content_hash(content), publisher)
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
    values |= {"posting_places": list(opening.posting_places), "posting_rules": TABLE_DATE.isoformat()}
    return Recorded(row, about=row, scope=opening.public_id, values=values)


def _demand_review(opening: Opening, content_hash: str, publisher: int) -> None:
    """Refuse what nobody else has approved, in a team that wants two people behind each version."""
    if not db.session.get_one(Team, opening.team_id, populate_existing=True).wants_review:
        return
    last = queries.unscoped_review(opening.id, content_hash)
    sentence, remedy = publishing_refusal(last.asked if last else None, content_hash, publisher)
    if sentence:
        raise ConflictError(sentence, remedy=remedy)


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
