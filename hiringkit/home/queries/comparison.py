"""Reads of a comparison: what may be chosen, and two to four openings and role profiles in four statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, select

from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.home.rules.comparison.sides import Side, opening_side, profile_side
from hiringkit.library.queries import ProfileView, profiles_to_compare
from hiringkit.openings.models import Opening
from hiringkit.openings.policy import OpeningPermission

LISTED = 40
"""So many openings and so many profiles can be ticked at once; the others are found by their name."""


@dataclass(frozen=True)
class Column:
    """One thing that is compared, with where it comes from; `opening` or `profile` is set."""

    public_id: str
    side: Side
    opening: Opening | None = None
    version: int | None = None
    published_at: datetime | None = None
    profile: ProfileView | None = None

    @property
    def as_of(self) -> date | str:
        """Return when a profile was looked up, as a day or in the words of its pack."""
        if self.profile is None:
            return ""
        return self.profile.row.as_of or self.profile.content.looked_up


@dataclass(frozen=True)
class ComparisonView:
    """What may be chosen, and what was: the columns in the order in which they were asked for."""

    openings: Sequence[Opening]
    profiles: Sequence[ProfileView]
    columns: Sequence[Column]


def comparison(viewer: Actor, asked: Sequence[str], name: str = "") -> ComparisonView:
    """Return the columns asked for, each of which the viewer may read, or raise NotFoundError."""
    openings = _openings(viewer, asked, name)
    profiles = profiles_to_compare(viewer, asked, LISTED, name)
    columns = {one.public_id: one for one in _opening_columns([row for row in openings if row.public_id in asked])}
    for view in profiles:
        if view.row.public_id in asked:
            columns[view.row.public_id] = Column(view.row.public_id, profile_side(view.content), profile=view)
    if missing := [public_id for public_id in asked if public_id not in columns]:
        raise NotFoundError(f"There is nothing here for you to compare under “{missing[0][:40]}”.")
    return ComparisonView(openings, profiles, [columns[public_id] for public_id in asked])


def _openings(viewer: Actor, asked: Collection[str], name: str) -> Sequence[Opening]:
    """Return the openings asked for, then the newest whose title has the name, within the viewer's teams."""
    seen = (scope(viewer, one).limits(Opening.team_id) for one in (OpeningPermission.READ, DisclosurePermission.READ))
    is_asked = Opening.public_id.in_(sorted(set(asked)))
    found = is_asked | Opening.title.icontains(name, autoescape=True)
    order = (case((is_asked, 0), else_=1), Opening.id.desc())
    return db.session.scalars(select(Opening).where(*seen, found).order_by(*order).limit(LISTED + len(asked))).all()


def _opening_columns(rows: Sequence[Opening]) -> list[Column]:
    """An opening speaks by its published version; before there is one, its team compares the draft."""
    if not rows:
        return []
    versions = disclosures.unscoped_current_versions([row.id for row in rows])
    drafts = disclosures.unscoped_drafted_claims([row.id for row in rows if row.id not in versions])
    columns = []
    for row in rows:
        version = versions.get(row.id)
        claims = disclosures.document_of(version).claims if version is not None else drafts.get(row.id, ())
        columns.append(
            Column(
                row.public_id,
                opening_side(row.title, claims),
                row,
                version.number if version is not None else None,
                version.published_at if version is not None else None,
            )
        )
    return columns
