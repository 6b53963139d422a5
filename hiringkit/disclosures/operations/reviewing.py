"""The only writer of disclosures: asking a second person to look at a draft, and their answer."""

from datetime import datetime

from sqlalchemy import select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.disclosures import queries
from hiringkit.disclosures.models import Review, ReviewAnswer
from hiringkit.disclosures.operations.locking import lock_draft
from hiringkit.disclosures.operations.publishing import member_of
from hiringkit.disclosures.operations.settling import SAVED_MEANWHILE, settled_claims
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.claims import REASON_LIMIT
from hiringkit.disclosures.rules.document import canonical_document, content_hash
from hiringkit.disclosures.rules.lifecycle import DISCLOSURE_VERSION
from hiringkit.disclosures.rules.reviewing import state_of_draft
from hiringkit.disclosures.rules.values import clean_text
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member

LOOK_AGAIN = "Open the disclosure again and look at what has changed."
NOBODY_ELSE = "There is nobody else in this team who may review it."
INVITE = "Invite a second manager, or mark somebody of the team as being in the role."
NOT_A_REVIEWER = "Another manager of the team answers a review, or somebody who is marked as being in the role."


@operation("disclosure:review_asked")
def ask_for_review(opening: Opening, *, seen: int | None = None, by: Actor, at: datetime) -> Recorded[Review]:
    """Ask a second person to look at exactly what the draft says now; `seen` is as for publishing."""
    demand(by, DisclosurePermission.PUBLISH, opening.team_id)
    asker = member_of(by)
    claims = settled_claims(opening, seen, act="review", done="asked", then=LOOK_AGAIN, at=at)
    present, current = content_hash(canonical_document(claims)), queries.unscoped_current_version(opening.id)
    if current is not None and current.content_hash == present:
        raise ConflictError("Candidates read exactly this already.", remedy="Change a section before you ask.")
    last = queries.unscoped_review(opening.id, present)
    DISCLOSURE_VERSION.after(state_of_draft(last.asked if last else None, present), "ask for review")
    if not queries.unscoped_reviewers(opening, besides=asker):
        raise ConflictError(NOBODY_ELSE, remedy=INVITE)
    row = Review(public_id=new_public_id(), opening_id=opening.id, content_hash=present, asked_by_id=asker, at=at)
    db.session.add(row)
    return Recorded(row, about=row, scope=opening.public_id, values={"hash": present})


@operation("disclosure:review_answered")
def answer_review(review: Review, note: str, *, approves: bool, by: Actor, at: datetime) -> Recorded[ReviewAnswer]:
    """Approve what the draft says, or say "not yet" and why; only while it still says what was to be reviewed."""
    opening = db.session.get_one(Opening, review.opening_id)
    member_id, said = demand_reviewer(review, opening, by), clean_text(note)
    if (not approves and not said) or len(said) > REASON_LIMIT:
        sentence = f"Say what is missing or wrong, in up to {REASON_LIMIT:,} characters."
        raise InvalidError(problems={"note": sentence})
    draft = queries.unscoped_draft(opening.id)
    if draft is not None:
        lock_draft(draft.id)
    if draft is None or content_hash(canonical_document(queries.unscoped_claims(draft.id))) != review.content_hash:
        raise ConflictError(SAVED_MEANWHILE.format("answered"), remedy="The review has to be asked for again.")
    if db.session.scalar(select(ReviewAnswer.id).where(ReviewAnswer.review_id == review.id)) is not None:
        raise ConflictError("This review is answered already.", remedy=LOOK_AGAIN)
    subject_id = db.session.get_one(Member, member_id).subject_id
    sealed = keyring(subject_id).seal(subject_id, said)
    row = ReviewAnswer(review_id=review.id, approves=approves, note=sealed, by_id=member_id, at=at)
    db.session.add(row)
    values = {"approves": approves, "hash": review.content_hash}
    return Recorded(row, about=review, scope=opening.public_id, values=values)


def demand_reviewer(review: Review, opening: Opening, by: Actor) -> int:
    """Return the number of the member if they may answer this review, or raise ForbiddenError."""
    demand(by, DisclosurePermission.REVIEW, opening.team_id)
    member_id = member_of(by)
    if member_id not in {one.id for one in queries.unscoped_reviewers(opening, besides=review.asked_by_id)}:
        raise ForbiddenError(NOT_A_REVIEWER)
    return member_id
