"""The only writer of disclosures: starting a draft from what another opening says."""

from datetime import datetime

from hiringkit.audit.operations import Recorded, operation
from hiringkit.disclosures import queries
from hiringkit.disclosures.models import DisclosureDraft
from hiringkit.disclosures.operations.drafts import add_draft
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.queries import Source
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.errors import ConflictError
from hiringkit.openings.models import Opening


@operation("disclosure:copied")
def copy_disclosure(
    opening: Opening, source: Source, *, published: bool, by: Actor, at: datetime
) -> Recorded[DisclosureDraft]:
    """Start the draft with the answers of another opening, each to be checked; dates stay those of the original."""
    demand(by, DisclosurePermission.EDIT, opening.team_id)
    demand(by, DisclosurePermission.READ, source.opening.team_id)
    if queries.unscoped_draft(opening.id) is not None:
        raise ConflictError(
            "This disclosure was started a moment ago, so nothing was copied into it.",
            remedy="Open it and look at what it says.",
        )
    claims = [claim for claim in source.claims(published=published) if claim.field in FIELDS]
    row = add_draft(opening, claims, at)
    number = source.version.number if published and source.version else 0
    values = {"claims": len(claims), "from": source.opening.public_id, "number": number}
    return Recorded(row, about=row, scope=opening.public_id, values=values)
