"""The only writer of disclosures: starting a draft, saving a section, publishing, withdrawing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.disclosures import queries
from hiringkit.disclosures.models import Claim as ClaimRow
from hiringkit.disclosures.models import (
    DisclosureDraft,
    DisclosureSection,
    DisclosureVersion,
    DisclosureWithdrawal,
)
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.claims import REASON_LIMIT, Claim, contradictions
from hiringkit.disclosures.rules.document import canonical_document, content_hash
from hiringkit.disclosures.rules.fields import SECTIONS, section
from hiringkit.disclosures.rules.lifecycle import DISCLOSURE_VERSION, state_of_version
from hiringkit.disclosures.rules.publishing import obstacles
from hiringkit.disclosures.rules.template import claims_from_template
from hiringkit.disclosures.rules.typed import control_problems, sent_form
from hiringkit.disclosures.rules.values import clean_text, plain_values
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleEditError
from hiringkit.library.queries import pack_content, unscoped_pack
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member

NO_MEMBER = "A disclosure is published and withdrawn by a member."


def start_draft(opening: Opening, *, by: Actor, at: datetime) -> DisclosureDraft:
    """Return the draft of an opening, started from its pack's template when there is none."""
    return queries.unscoped_draft(opening.id) or _start_draft(opening, by=by, at=at)


@operation("disclosure:started")
def _start_draft(opening: Opening, *, by: Actor, at: datetime) -> Recorded[DisclosureDraft]:
    """Fill the draft from the template; no section counts as checked until somebody saves it."""
    demand(by, DisclosurePermission.EDIT, opening.team_id)
    template = pack_content(unscoped_pack(opening.pack_id)).disclosure_template
    filled = claims_from_template(template.claims)
    row = DisclosureDraft(public_id=new_public_id(), opening_id=opening.id, created_at=at)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(DisclosureSection(draft_id=row.id, key=one.key, version=1) for one in SECTIONS)
    db.session.add_all(_row(row.id, claim) for claim in filled.claims)
    return Recorded(row, about=row, scope=opening.public_id, values={"claims": len(filled.claims)})


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
    _lock(draft.id)
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
    db.session.add_all(_row(draft.id, claim) for claim in claims)
    values = {"section": section_key, "version": row.version, "claims": len(claims)}
    return Recorded(row, about=draft, scope=opening.public_id, values=values)


def _row(draft_id: int, claim: Claim) -> ClaimRow:
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
    )


@operation("disclosure:published")
def publish_disclosure(
    opening: Opening, *, seen: int | None = None, by: Actor, at: datetime
) -> Recorded[DisclosureVersion]:
    """Freeze the draft as the next numbered version; the draft goes on from there.

    `seen` is the sum of section versions that the publisher looked at: nobody publishes what
    somebody else saved a moment ago without having read it.
    """
    demand(by, DisclosurePermission.PUBLISH, opening.team_id)
    publisher, draft = _member_of(by), queries.unscoped_draft(opening.id)
    if draft is None:
        raise ConflictError("There is no draft to publish.", remedy="Start the disclosure from the template first.")
    _lock(draft.id)
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
    member_id, why = _member_of(by), clean_text(reason)
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


def _member_of(by: Actor) -> int:
    if by.member_id is None:
        raise ForbiddenError(NO_MEMBER)
    return by.member_id


def _lock(draft_id: int) -> None:
    """Let one writer at a time change or publish a draft; SQLite has only one writer anyway."""
    db.session.execute(select(DisclosureDraft.id).where(DisclosureDraft.id == draft_id).with_for_update())
