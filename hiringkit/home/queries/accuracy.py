"""Reads of how accurate an opening's disclosure has turned out, in a flat number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select

from hiringkit.candidates.queries import TruthNote, truth_told
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.queries import (
    Attested,
    document_of,
    is_current,
    leaflet,
    unscoped_attested,
    unscoped_attested_with_notes,
)
from hiringkit.disclosures.rules.clarity import is_stale
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.foundation.access import Actor, may, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.words import local
from hiringkit.home.policy import HomePermission
from hiringkit.home.rules.accuracy import AccuracyLine, AccuracySection, accuracy_lines, accuracy_sections
from hiringkit.openings.models import Opening


@dataclass(frozen=True)
class Accuracy:
    """The report of one opening; the notes are for managers, and empty for everybody else."""

    opening: Opening
    version: DisclosureVersion | None
    lines: Sequence[AccuracyLine]
    sections: Sequence[AccuracySection]
    dispute_notes: Mapping[str, Sequence[tuple[str, str]]]
    truth_notes: Sequence[TruthNote]
    reads_notes: bool


def accuracy(viewer: Actor, public_id: str, at: datetime) -> Accuracy:
    """Return the report of an opening that the viewer may read, in at most five statements, or raise NotFoundError."""
    seen = scope(viewer, HomePermission.READ_ACCURACY).limits(Opening.team_id)
    found = db.session.execute(
        select(Opening, DisclosureVersion)
        .outerjoin(DisclosureVersion, and_(DisclosureVersion.opening_id == Opening.id, is_current()))
        .where(Opening.public_id == public_id, seen)
    ).one_or_none()
    if found is None:
        raise NotFoundError
    opening, version = found
    reads_notes = may(viewer, HomePermission.READ_ACCURACY_NOTES, opening.team_id)
    told = truth_told(viewer, opening.id, reads_shared=reads_notes)
    attested = _attested(version, reads_notes=reads_notes)
    keys = [one.key for one in leaflet(version).sections] if version is not None else []
    stale = stale_fields(version, local(at, opening.zone).date()) if version is not None else set()
    return Accuracy(
        opening,
        version,
        accuracy_lines(stale, attested.tallies, told.answers),
        accuracy_sections(keys, attested.tallies, told.answers),
        {key: [(one.field, one.text) for one in own] for key, own in attested.notes.items()},
        told.notes,
        reads_notes,
    )


def _attested(version: DisclosureVersion | None, *, reads_notes: bool) -> Attested:
    if version is None:
        return Attested({}, {})
    return unscoped_attested_with_notes(version.id) if reads_notes else unscoped_attested(version.id)


def stale_fields(version: DisclosureVersion, today: date) -> set[str]:
    """Return the questions of a version of which an answer is older than its shelf life."""
    claims = document_of(version).claims
    return {one.field for one in claims if one.field in FIELDS and is_stale(FIELDS[one.field], one, today)}
