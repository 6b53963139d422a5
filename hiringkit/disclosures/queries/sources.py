"""Reads of what a new disclosure can be copied from: other openings that the viewer may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select

from hiringkit.disclosures.models import DisclosureDraft, DisclosureVersion
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.queries.drafts import unscoped_claims
from hiringkit.disclosures.queries.versions import document_of, is_current
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.openings.models import Opening
from hiringkit.people.models import Team


@dataclass(frozen=True)
class Source:
    """An opening whose disclosure can be copied: the version that candidates read, and the draft."""

    opening: Opening
    team: Team
    draft: DisclosureDraft | None
    version: DisclosureVersion | None

    def claims(self, *, published: bool) -> Sequence[Claim]:
        """Return what the version or the draft says, or raise NotFoundError where there is none."""
        if published and self.version is not None:
            return document_of(self.version).claims
        if not published and self.draft is not None:
            return unscoped_claims(self.draft.id)
        raise NotFoundError


def sources(viewer: Actor, besides: Opening, number: int) -> Page[Source]:
    """Return one page of the other openings whose disclosure the viewer may read, the newest first."""
    other = _sources(viewer).where(Opening.id != besides.id).order_by(Opening.id.desc())
    page = paged(other, number, scalars=False)
    return Page([Source(*row) for row in page.rows], page.number, page.pages, page.total)


def source(viewer: Actor, public_id: str) -> Source:
    """Return an opening to copy from that the viewer may read, or raise NotFoundError."""
    found = db.session.execute(_sources(viewer).where(Opening.public_id == public_id)).one_or_none()
    if found is None:
        raise NotFoundError
    return Source(*found)


def _sources(viewer: Actor) -> Select[Any, Any, Any, Any]:
    limits = scope(viewer, DisclosurePermission.READ).limits(Opening.team_id)
    return (
        select(Opening, Team, DisclosureDraft, DisclosureVersion)
        .join(Team, Team.id == Opening.team_id)
        .outerjoin(DisclosureDraft, DisclosureDraft.opening_id == Opening.id)
        .outerjoin(DisclosureVersion, and_(DisclosureVersion.opening_id == Opening.id, is_current()))
        .where(limits, or_(DisclosureDraft.id.is_not(None), DisclosureVersion.id.is_not(None)))
    )
