"""Reads of the draft of an opening with its claims."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select

from hiringkit.disclosures.models import Claim as ClaimRow
from hiringkit.disclosures.models import (
    DisclosureDraft,
    DisclosureSection,
    DisclosureVersion,
)
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.queries.versions import is_current
from hiringkit.disclosures.rules.claims import Basis, Claim, sorted_claims
from hiringkit.disclosures.rules.document import content_hash, typed_values
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.openings.models import Opening


@dataclass(frozen=True)
class DisclosureView:
    """The disclosure of an opening as its team sees it: the draft, and the version that candidates read."""

    opening: Opening
    draft: DisclosureDraft | None
    sections: Mapping[str, DisclosureSection]
    claims: tuple[Claim, ...]
    current: DisclosureVersion | None

    @property
    def confirmed(self) -> frozenset[str]:
        """Return the keys of the sections that somebody has saved."""
        return frozenset(key for key, row in self.sections.items() if row.confirmed_at is not None)

    def says(self, document: str) -> bool:
        """Tell whether the version that candidates read says exactly this."""
        return self.current is not None and self.current.content_hash == content_hash(document)

    @property
    def seen(self) -> int:
        """Return the sum of the sections' versions, which every saved section raises."""
        return sum(row.version for row in self.sections.values())


def disclosure(viewer: Actor, opening_public_id: str) -> DisclosureView:
    """Return the disclosure of an opening that the viewer may read, or raise NotFoundError; three statements."""
    limits = scope(viewer, DisclosurePermission.READ).limits(Opening.team_id)
    found = db.session.execute(_view().where(Opening.public_id == opening_public_id, limits)).one_or_none()
    if found is None:
        raise NotFoundError
    opening, draft, current = found
    if draft is None:
        return DisclosureView(opening, None, {}, (), current)
    return DisclosureView(opening, draft, unscoped_sections(draft.id), unscoped_claims(draft.id), current)


def _view() -> Select[Any, Any, Any]:
    return (
        select(Opening, DisclosureDraft, DisclosureVersion)
        .outerjoin(DisclosureDraft, DisclosureDraft.opening_id == Opening.id)
        .outerjoin(DisclosureVersion, and_(DisclosureVersion.opening_id == Opening.id, is_current()))
    )


def unscoped_sections(draft_id: int) -> dict[str, DisclosureSection]:
    """Return the sections of a draft by key."""
    rows = db.session.scalars(select(DisclosureSection).where(DisclosureSection.draft_id == draft_id))
    return {row.key: row for row in rows}


def unscoped_claims(draft_id: int) -> tuple[Claim, ...]:
    """Return the claims of a draft, in their order."""
    return sorted_claims(
        _claim(row) for row in db.session.scalars(select(ClaimRow).where(ClaimRow.draft_id == draft_id))
    )


def _claim(row: ClaimRow) -> Claim:
    return Claim(
        row.field, row.row, typed_values(FIELDS[row.field], row.content), row.none_reason,
        Basis(row.basis) if row.basis else None, row.source, row.as_of, row.owner,
        row.is_to_check,
    )  # fmt: skip


def unscoped_draft(opening_id: int) -> DisclosureDraft | None:
    """Return the draft of an opening, or None before anybody has started it."""
    return db.session.scalar(select(DisclosureDraft).where(DisclosureDraft.opening_id == opening_id))
