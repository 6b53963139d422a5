"""Reads of what people in the role say of a version: counts that may be told, and notes for managers, never names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select

from hiringkit.audit.queries import keyring_for
from hiringkit.disclosures.models import Attestation, DisclosureVersion, Incumbent
from hiringkit.disclosures.rules.attesting import Said, Tally, tallies
from hiringkit.disclosures.rules.fields import ORDER
from hiringkit.foundation.db import db
from hiringkit.foundation.sealing import ERASED
from hiringkit.people.models import Member


@dataclass(frozen=True)
class DisputeNote:
    """What somebody in the role wrote to a dispute, and of which question."""

    field: str
    text: str


@dataclass(frozen=True)
class Attested:
    """Counts of a version by section, and the notes to them; a section that may not be told is in neither."""

    tallies: Mapping[str, Tally]
    notes: Mapping[str, tuple[DisputeNote, ...]]

    @property
    def sentences(self) -> dict[str, str]:
        """Return the counts of each section in words."""
        return {key: one.sentence for key, one in self.tallies.items()}


def unscoped_attested(version_id: int) -> Attested:
    """Return the counts of a version as anybody may read them, in one statement."""
    said, people = _said(db.session.execute(_words(version_id)))
    return Attested(tallies(said, people), {})


def unscoped_attested_with_notes(version_id: int) -> Attested:
    """Return the counts of a version with what was written to the disputes, for managers; in two statements."""
    rows = db.session.execute(_words(version_id)).all()
    told = tallies(*_said(rows))
    written = [row[0] for row in rows if row[0] is not None and row[0].section in told and _is_current(row)]
    ring = keyring_for(one.note for one in written)
    notes: dict[str, list[DisputeNote]] = {}
    for one in written:
        text = ring.open(one.note)
        if text and text != ERASED:
            notes.setdefault(one.section, []).append(DisputeNote(one.field, text))
    return Attested(told, {key: tuple(sorted(notes[key], key=_place)) for key in told if key in notes})


def _place(one: DisputeNote) -> tuple[int, str]:
    """Return a place that tells nothing of who wrote it, or when: by question, then by letters."""
    return ORDER.get(one.field, len(ORDER)), one.text.casefold()


def _words(version_id: int) -> Select[*tuple[Any, ...]]:
    """Return everybody ever in the role, each with what they said of the version."""
    own = and_(Attestation.version_id == DisclosureVersion.id, Attestation.member_id == Incumbent.member_id)
    return (
        select(Attestation, Incumbent, Member.disabled_at)
        .join(DisclosureVersion, DisclosureVersion.opening_id == Incumbent.opening_id)
        .join(Member, Member.id == Incumbent.member_id)
        .outerjoin(Attestation, own)
        .where(DisclosureVersion.id == version_id)
    )


def _said(rows: Any) -> tuple[list[Said], int]:
    """Return every word, and how many people are in the role now."""
    said: list[Said] = []
    people: set[int] = set()
    for row in rows:
        word, incumbent, _ = row
        if _is_in_role(row):
            people.add(incumbent.id)
        if word is not None:
            said.append(Said(word.section, word.word, word.field, _is_current(row)))
    return said, len(people)


def _is_in_role(row: Any) -> bool:
    return row[1].ended_at is None and row[2] is None


def _is_current(row: Any) -> bool:
    """Tell whether a word was said by somebody who is in the role, and since they are."""
    return _is_in_role(row) and row[0].at >= row[1].at
