"""The only writer of disclosures: starting a draft from a pasted posting, or filling the gaps of one."""

from datetime import datetime

from sqlalchemy import update

from hiringkit.audit.operations import Recorded, operation
from hiringkit.disclosures import queries
from hiringkit.disclosures.models import DisclosureDraft, DisclosureSection
from hiringkit.disclosures.operations.drafts import add_draft, claim_row
from hiringkit.disclosures.operations.locking import lock_draft
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.reading.merging import Merged, into_gaps, over_template
from hiringkit.disclosures.rules.reading.posting import read_posting
from hiringkit.disclosures.rules.template import claims_from_template
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, InvalidError, StaleEditError
from hiringkit.library.queries import pack_content, unscoped_pack
from hiringkit.openings.models import Opening

NOTHING = "Nothing in this text answers a question that is still open."


@operation("disclosure:started_from_posting")
def start_from_posting(
    opening: Opening, pasted: str, *, with_template: bool, by: Actor, at: datetime
) -> Recorded[DisclosureDraft]:
    """Start the draft with what a pasted posting says, alone or over the pack's template; the text is not kept."""
    demand(by, DisclosurePermission.EDIT, opening.team_id)
    if queries.unscoped_draft(opening.id) is not None:
        raise ConflictError("Somebody has started the disclosure meanwhile.", remedy="Paste the posting into its gaps.")
    posting = read_posting(pasted)
    template = claims_from_template(pack_content(unscoped_pack(opening.pack_id)).disclosure_template.claims).claims
    merged = over_template(posting.claims, template if with_template else ())
    if not merged.from_posting:
        raise InvalidError(problems={"text": NOTHING})
    row = add_draft(opening, merged.claims, at)
    values = _counts(merged) | {"claims": len(merged.claims), "unplaced": len(posting.unplaced)}
    return Recorded(row, about=row, scope=opening.public_id, values=values)


def _counts(merged: Merged) -> dict[str, int]:
    return {"from_posting": merged.from_posting, "from_template": merged.from_template}


@operation("disclosure:filled_from_posting")
def fill_from_posting(
    draft: DisclosureDraft, pasted: str, seen: int, *, by: Actor, at: datetime
) -> Recorded[DisclosureDraft]:
    """Answer from a pasted posting what has no answer yet; whatever somebody has written stays as it is.

    `seen` is the sum of the section versions that the sender looked at. The sections that get an answer count as
    unchecked again.
    """
    opening = db.session.get_one(Opening, draft.opening_id)
    demand(by, DisclosurePermission.EDIT, opening.team_id)
    posting = read_posting(pasted)
    lock_draft(draft.id)
    sections = queries.unscoped_sections(draft.id)
    if seen != (now := sum(row.version for row in sections.values())):
        raise StaleEditError(now, {})
    added = into_gaps(posting.claims, queries.unscoped_claims(draft.id))
    if not added:
        raise InvalidError(problems={"text": NOTHING})
    for key in sorted({FIELDS[claim.field].section for claim in added}):
        _open_again(draft.id, key, sections[key].version)
    db.session.add_all(claim_row(draft.id, claim) for claim in added)
    values = {"from_posting": len({claim.field for claim in added}), "claims": len(added)}
    return Recorded(draft, about=draft, scope=opening.public_id, values=values | {"unplaced": len(posting.unplaced)})


def _open_again(draft_id: int, key: str, version: int) -> None:
    """Raise the version of a section, so that an editor who has it open hears of it, and ask for its check."""
    db.session.execute(
        update(DisclosureSection)
        .where(DisclosureSection.draft_id == draft_id, DisclosureSection.key == key)
        .values(version=version + 1, confirmed_at=None)
    )
