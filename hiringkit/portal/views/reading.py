"""What a candidate may read: the versions on record, the one to show, and what changed since the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from hiringkit.candidates import queries as candidates
from hiringkit.candidates.queries import LinkedApplication, VersionView
from hiringkit.disclosures.queries import document_of
from hiringkit.disclosures.rules.difference import Change, differences
from hiringkit.foundation.errors import NotFoundError
from hiringkit.portal.rules import OnRecord, number_to_compare, number_to_read


@dataclass(frozen=True)
class ToRead:
    """The version to show, the one that it is compared with, and every one on record, newest first."""

    version: VersionView
    before: VersionView | None
    on_record: Sequence[VersionView]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return what is different from the version before, material changes first."""
        if self.before is None:
            return ()
        found = differences(document_of(self.before.version).claims, document_of(self.version.version).claims)
        return tuple(sorted(found, key=lambda one: not one.is_material))

    def chosen(self, number: int | None) -> VersionView:
        """Return the version on record of that number, or the one to read now."""
        return next((one for one in self.on_record if one.version.number == number), self.version)


def to_read(view: LinkedApplication) -> ToRead | None:
    """Return what the candidate reads now, or None before the first delivery; one statement.

    Once the application has ended, what was published later is no concern of it.
    """
    found = {one.version.number: one for one in candidates.versions_to_read(view)}
    delivered = {number: one for number, one in found.items() if one.delivery is not None}
    known = found if view.is_active else delivered
    record = [
        OnRecord(number, one.delivery is not None, one.acknowledged_at is not None, one.is_current)
        for number, one in known.items()
    ]
    shown = number_to_read(record)
    if shown is None:
        return None
    before = number_to_compare(record, shown)
    return ToRead(known[shown], known[before] if before is not None else None, list(delivered.values()))


def demanded(view: LinkedApplication) -> ToRead:
    """Return what the candidate reads now, or raise NotFoundError before the first delivery."""
    found = to_read(view)
    if found is None:
        raise NotFoundError
    return found
