"""Reads of the versions that were published."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, func, select

from hiringkit.disclosures.models import (
    DisclosureVersion,
    DisclosureWithdrawal,
)
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.document import Document, read_document
from hiringkit.disclosures.rules.leaflet import Leaflet, leaflet_of
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.openings.models import Opening

KEPT_LEAFLETS = 64


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


def unscoped_version_of(public_id: str) -> DisclosureVersion:
    """Return a published version by its public id, for reactions and what was just shown, or raise NotFoundError."""
    found = db.session.scalar(select(DisclosureVersion).where(DisclosureVersion.public_id == public_id))
    if found is None:
        raise NotFoundError
    return found


def unscoped_versions(version_ids: Collection[int]) -> dict[int, DisclosureVersion]:
    """Return these published versions by number of their row, in one statement."""
    wanted = select(DisclosureVersion).where(DisclosureVersion.id.in_(sorted(set(version_ids))))
    return {row.id: row for row in db.session.scalars(wanted)}


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
    """Return the questions and claims that a published version froze, read once a process."""
    return _read(version.content)


def leaflet(version: DisclosureVersion, today: date | None = None) -> Leaflet:
    """Return a published version laid out for reading; it never changes, so it is laid out once a process and day.

    With `today`, answers past their shelf life say how old they are.
    """
    return _laid_out(version.content, today)


@lru_cache(maxsize=KEPT_LEAFLETS)
def _laid_out(content: str, today: date | None) -> Leaflet:
    return leaflet_of(_read(content), today)


@lru_cache(maxsize=KEPT_LEAFLETS)
def _read(content: str) -> Document:
    return read_document(content)
