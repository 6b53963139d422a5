"""The only writer of disclosures: starting a draft and saving its sections."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select, update

from hiringkit.audit.operations import Recorded, operation
from hiringkit.disclosures import queries
from hiringkit.disclosures.models import Claim as ClaimRow
from hiringkit.disclosures.models import (
    DisclosureDraft,
    DisclosureSection,
)
from hiringkit.disclosures.operations.locking import lock_draft
from hiringkit.disclosures.operations.typing import drop_typing
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.claims import Claim, contradictions
from hiringkit.disclosures.rules.fields import SECTIONS, section
from hiringkit.disclosures.rules.template import claims_from_template
from hiringkit.disclosures.rules.typed import control_problems, sent_form
from hiringkit.disclosures.rules.values import plain_values
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import InvalidError, NotFoundError, StaleEditError
from hiringkit.library.queries import pack_content, unscoped_pack
from hiringkit.openings.models import Opening


def start_draft(opening: Opening, *, by: Actor, at: datetime) -> DisclosureDraft:
    """Return the draft of an opening, started from its pack's template when there is none."""
    return queries.unscoped_draft(opening.id) or _start_draft(opening, by=by, at=at)


@operation("disclosure:started")
def _start_draft(opening: Opening, *, by: Actor, at: datetime) -> Recorded[DisclosureDraft]:
    """Fill the draft from the template; no answer counts as checked until somebody saves its section."""
    demand(by, DisclosurePermission.EDIT, opening.team_id)
    template = pack_content(unscoped_pack(opening.pack_id)).disclosure_template
    filled = claims_from_template(template.claims)
    row = add_draft(opening, filled.claims, at)
    return Recorded(row, about=row, scope=opening.public_id, values={"claims": len(filled.claims)})


def add_draft(opening: Opening, claims: Sequence[Claim], at: datetime) -> DisclosureDraft:
    """Add the draft of an opening with claims that were copied, so that each of them is to be checked."""
    row = DisclosureDraft(public_id=new_public_id(), opening_id=opening.id, created_at=at)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(DisclosureSection(draft_id=row.id, key=one.key, version=1) for one in SECTIONS)
    db.session.add_all(claim_row(row.id, replace(claim, is_to_check=True)) for claim in claims)
    return row


@operation("disclosure:section_saved")
def save_section(
    draft: DisclosureDraft, section_key: str, claims: Sequence[Claim], version: int, *, by: Actor, at: datetime
) -> Recorded[DisclosureSection]:
    """Replace the claims of one section and confirm it, over the version that its editor saw."""
    opening = db.session.get_one(Opening, draft.opening_id)
    demand(by, DisclosurePermission.EDIT, opening.team_id)
    try:
        keys = [asked.key for asked in section(section_key).fields]
    except KeyError:
        raise NotFoundError from None
    if strange := [claim.field for claim in claims if claim.field not in keys]:
        message = f"{strange[0]} is no question of this section"
        raise ValueError(message)
    if problems := control_problems(contradictions(claims)):
        raise InvalidError(problems=problems)
    lock_draft(draft.id)
    changed = db.session.execute(
        update(DisclosureSection)
        .where(
            DisclosureSection.draft_id == draft.id,
            DisclosureSection.key == section_key,
            DisclosureSection.version == version,
        )
        .values(version=version + 1, confirmed_at=at)
    )
    row = db.session.scalars(
        select(DisclosureSection)
        .where(DisclosureSection.draft_id == draft.id, DisclosureSection.key == section_key)
        .execution_options(populate_existing=True)
    ).one()
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # An UPDATE's result has a rowcount.
        raise StaleEditError(row.version, sent_form(section(section_key), queries.unscoped_claims(draft.id)))
    db.session.execute(delete(ClaimRow).where(ClaimRow.draft_id == draft.id, ClaimRow.field.in_(keys)))
    db.session.add_all(claim_row(draft.id, replace(claim, is_to_check=False)) for claim in claims)
    drop_typing(draft.id, section_key, by)
    values = {"section": section_key, "version": row.version, "claims": len(claims)}
    return Recorded(row, about=draft, scope=opening.public_id, values=values)


def claim_row(draft_id: int, claim: Claim) -> ClaimRow:
    """Return a claim as it is stored."""
    return ClaimRow(
        draft_id=draft_id,
        field=claim.field,
        row=claim.row,
        content=plain_values(claim.values),
        none_reason=claim.none_reason,
        basis=claim.basis.value if claim.basis else "",
        source=claim.source,
        as_of=claim.as_of,
        owner=claim.owner,
        is_to_check=claim.is_to_check,
    )
