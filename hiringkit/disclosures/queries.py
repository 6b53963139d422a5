"""Reads of disclosures: the draft of an opening with its claims, and the versions that were published."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from hiringkit.disclosures.models import Claim as ClaimRow
from hiringkit.disclosures.models import (
    DisclosureDraft,
    DisclosureSection,
    DisclosureVersion,
    DisclosureWithdrawal,
)
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.claims import Basis, Claim, sorted_claims
from hiringkit.disclosures.rules.document import Document, content_hash, read_document, typed_values
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.leaflet import Leaflet, leaflet_of
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.openings.models import Opening

KEPT_LEAFLETS = 64


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


def published_version(viewer: Actor, opening_public_id: str, number: int) -> DisclosureVersion:
    """Return a published version of an opening that the viewer may read, withdrawn or not, or raise NotFoundError."""
    limits = scope(viewer, DisclosurePermission.READ).limits(Opening.team_id)
    found = db.session.scalar(
        select(DisclosureVersion)
        .join(Opening, Opening.id == DisclosureVersion.opening_id)
        .where(Opening.public_id == opening_public_id, DisclosureVersion.number == number, limits)
    )
    if found is None:
        raise NotFoundError
    return found


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
    )  # fmt: skip


def unscoped_draft(opening_id: int) -> DisclosureDraft | None:
    """Return the draft of an opening, or None before anybody has started it."""
    return db.session.scalar(select(DisclosureDraft).where(DisclosureDraft.opening_id == opening_id))


def unscoped_current_version(opening_id: int) -> DisclosureVersion | None:
    """Return the newest version of an opening that is not withdrawn, or None."""
    return unscoped_current_versions([opening_id]).get(opening_id)


def unscoped_current_versions(opening_ids: Collection[int]) -> dict[int, DisclosureVersion]:
    """Return by opening the newest version that is not withdrawn, in one statement."""
    wanted = select(DisclosureVersion).where(DisclosureVersion.opening_id.in_(sorted(set(opening_ids))), is_current())
    return {row.opening_id: row for row in db.session.scalars(wanted)}


def unscoped_version(version_id: int) -> DisclosureVersion:
    """Return a published version, withdrawn or not."""
    return db.session.get_one(DisclosureVersion, version_id)


def unscoped_newest_number(opening_id: int) -> int:
    """Return the number of the newest version ever published, or 0."""
    newest = select(func.max(DisclosureVersion.number)).where(DisclosureVersion.opening_id == opening_id)
    return db.session.scalar(newest) or 0


def unscoped_is_withdrawn(version_id: int) -> bool:
    """Tell whether a version was withdrawn."""
    return (
        db.session.scalar(select(DisclosureWithdrawal.id).where(DisclosureWithdrawal.version_id == version_id))
        is not None
    )


def is_current() -> ColumnElement[bool]:
    """Return the condition that a disclosure version is the newest of its opening that is not withdrawn."""
    other: Any = DisclosureVersion.__table__.alias("other_version")
    newest = select(func.max(other.c.number)).where(
        other.c.opening_id == DisclosureVersion.opening_id,
        other.c.id.not_in(select(DisclosureWithdrawal.version_id)),
    )
    return DisclosureVersion.number == newest.scalar_subquery()


def is_standing() -> ColumnElement[bool]:
    """Return the condition that a disclosure version was not withdrawn."""
    return DisclosureVersion.id.not_in(select(DisclosureWithdrawal.version_id))


def document_of(version: DisclosureVersion) -> Document:
    """Return the questions and claims that a published version froze."""
    return read_document(version.content)


def leaflet(version: DisclosureVersion) -> Leaflet:
    """Return a published version laid out for reading; a version never changes, so it is laid out once a process."""
    return _laid_out(version.content)


@lru_cache(maxsize=KEPT_LEAFLETS)
def _laid_out(content: str) -> Leaflet:
    return leaflet_of(read_document(content))
