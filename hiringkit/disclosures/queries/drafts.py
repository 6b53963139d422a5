"""Reads of the draft of an opening with its claims."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
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
from hiringkit.disclosures.rules.document import canonical_document, content_hash, typed_values
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.openings.models import Opening
from hiringkit.people.models import Team


@dataclass(frozen=True)
class DisclosureView:
    """The disclosure of an opening as its team sees it: the draft, and the version that candidates read."""

    opening: Opening
    draft: DisclosureDraft | None
    sections: Mapping[str, DisclosureSection]
    claims: tuple[Claim, ...]
    current: DisclosureVersion | None
    wants_review: bool = False
    """Whether the team publishes only what a second person has approved."""

    @cached_property
    def content_hash(self) -> str:
        """Return the hash of what the draft says now."""
        return content_hash(canonical_document(self.claims))

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the version that candidates read says exactly what the draft says."""
        return self.current is not None and self.current.content_hash == self.content_hash

    @property
    def confirmed(self) -> frozenset[str]:
        """Return the keys of the sections that somebody has saved."""
        return frozenset(key for key, row in self.sections.items() if row.confirmed_at is not None)

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
    opening, wants_review, draft, current = found
    if draft is None:
        return DisclosureView(opening, None, {}, (), current, wants_review)
    claims = unscoped_claims(draft.id)
    return DisclosureView(opening, draft, unscoped_sections(draft.id), claims, current, wants_review)


def _view() -> Select[Any, Any, Any, Any]:
    return (
        select(Opening, Team.wants_review, DisclosureDraft, DisclosureVersion)
        .join(Team, Team.id == Opening.team_id)
        .outerjoin(DisclosureDraft, DisclosureDraft.opening_id == Opening.id)
        .outerjoin(DisclosureVersion, and_(DisclosureVersion.opening_id == Opening.id, is_current()))
    )


def unscoped_sections(draft_id: int) -> dict[str, DisclosureSection]:
    """Return the sections of a draft by key."""
    rows = db.session.scalars(select(DisclosureSection).where(DisclosureSection.draft_id == draft_id))
    return {row.key: row for row in rows}


def unscoped_claims(draft_id: int) -> tuple[Claim, ...]:
    """Return the claims of a draft, in their order."""
    return claims_of(db.session.scalars(select(ClaimRow).where(ClaimRow.draft_id == draft_id)))


def unscoped_drafted_claims(opening_ids: Collection[int]) -> dict[int, tuple[Claim, ...]]:
    """Return the claims of the drafts of these openings by opening, in one statement; no draft, no entry."""
    rows = db.session.execute(
        select(DisclosureDraft.opening_id, ClaimRow)
        .join(ClaimRow, ClaimRow.draft_id == DisclosureDraft.id)
        .where(DisclosureDraft.opening_id.in_(sorted(set(opening_ids))))
    )
    found: dict[int, list[ClaimRow]] = {}
    for opening_id, row in rows:
        found.setdefault(opening_id, []).append(row)
    return {opening_id: claims_of(claims) for opening_id, claims in found.items()}


def claims_of(rows: Iterable[ClaimRow]) -> tuple[Claim, ...]:
    """Return the claims that these rows hold, in their order."""
    return sorted_claims(_claim(row) for row in rows)


def _claim(row: ClaimRow) -> Claim:
    return Claim(
        row.field, row.row, typed_values(FIELDS[row.field], row.content), row.none_reason,
        Basis(row.basis) if row.basis else None, row.source, row.as_of, row.owner,
        row.is_to_check,
    )  # fmt: skip


def unscoped_draft(opening_id: int) -> DisclosureDraft | None:
    """Return the draft of an opening, or None before anybody has started it."""
    return db.session.scalar(select(DisclosureDraft).where(DisclosureDraft.opening_id == opening_id))
