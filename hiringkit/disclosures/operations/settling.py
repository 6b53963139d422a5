"""What must hold of a draft before it goes to a second person or to the public."""

from datetime import datetime

from hiringkit.disclosures import queries
from hiringkit.disclosures.operations.locking import lock_draft
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.posting import lacks
from hiringkit.disclosures.rules.publishing import obstacles
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, InvalidError
from hiringkit.foundation.words import local
from hiringkit.openings.models import Opening

SAVED_MEANWHILE = "Somebody saved a section after you opened this page, so nothing was {}."


def settled_claims(
    opening: Opening, seen: int | None, *, act: str, done: str, then: str, at: datetime
) -> tuple[Claim, ...]:
    """Lock the draft and return its claims, or raise unless nothing keeps them from being published.

    `seen` is the sum of section versions that the sender looked at. `act`, `done` and `then` are the words of
    a refusal.
    """
    draft = queries.unscoped_draft(opening.id)
    if draft is None:
        raise ConflictError(f"There is no draft to {act}.", remedy="Start the disclosure from the template first.")
    lock_draft(draft.id)
    sections, claims = queries.unscoped_sections(draft.id), queries.unscoped_claims(draft.id)
    if seen is not None and seen != sum(row.version for row in sections.values()):
        raise ConflictError(SAVED_MEANWHILE.format(done), remedy=then)
    # Read again under the lock: the posting rules that count are those of the places as they are stored now.
    db.session.refresh(opening, with_for_update={"read": True})
    confirmed = {key for key, row in sections.items() if row.confirmed_at is not None}
    lacking = lacks(opening.posting_places, claims, local(at, opening.zone).date())
    if found := obstacles(claims, confirmed, lacking):
        raise InvalidError(found.sentence, {one.field: one.question for one in found.missing})
    return claims
