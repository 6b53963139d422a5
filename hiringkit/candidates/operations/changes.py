"""The only writer of candidates: a version that changes what matters reaches everybody who was shown an older one."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from hiringkit.audit.operations import Recorded, operation
from hiringkit.candidates import queries
from hiringkit.candidates.models import Delivery
from hiringkit.candidates.operations.deliveries import shown_values
from hiringkit.candidates.operations.letters import write_to
from hiringkit.candidates.queries import Behind
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.queries import document_of, unscoped_version_of, unscoped_versions
from hiringkit.disclosures.rules.difference import differences
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db, new_public_id
from hiringkit.openings.models import Opening


def deliver_changes(version_public_id: str, *, by: Actor, at: datetime) -> None:
    """Deliver a version to every active application that it changes something material for, and write to each.

    A reaction to publishing. It takes the same few statements for one application and for a thousand: rows
    and mails are inserted at once, and the events are written together at the end of the publication.
    """
    version = unscoped_version_of(version_public_id)
    concerned = _concerned(version)
    if not concerned:
        return
    opening = db.session.get_one(Opening, version.opening_id)
    rows = [_values(one, version, at) for one in concerned]
    db.session.execute(insert(Delivery), rows)
    for one, row in zip(concerned, rows, strict=True):
        _note_delivery(one, row["public_id"], version, opening, by=by, at=at)
    write_to([one.candidate for one in concerned], "disclosure_changed", opening, at=at)


def _concerned(version: DisclosureVersion) -> list[Behind]:
    """Return the applications for which something material differs from what they were shown last."""
    behind = queries.unscoped_behind(version)
    if not behind:
        return []
    now = document_of(version).claims
    shown = unscoped_versions({one.delivery.disclosure_version_id for one in behind})
    material = {
        number
        for number, older in shown.items()
        if any(change.is_material for change in differences(document_of(older).claims, now))
    }
    return [one for one in behind if one.delivery.disclosure_version_id in material]


def _values(one: Behind, version: DisclosureVersion, at: datetime) -> dict[str, Any]:
    return {
        "public_id": new_public_id(),
        "application_id": one.application.id,
        "disclosure_version_id": version.id,
        "disclosure_hash": version.content_hash,
        "loop_version": one.delivery.loop_version,
        "loop_hash": one.delivery.loop_hash,
        "at": at,
        "by_id": version.published_by_id,
    }


@operation("delivery:made")
def _note_delivery(
    one: Behind, public_id: str, version: DisclosureVersion, opening: Opening, *, by: Actor, at: datetime
) -> Recorded[None]:
    """Write the event of one delivery; the row itself was inserted with all the others."""
    values = {**shown_values(one.application, version, one.delivery), "changed": True}
    return Recorded(None, about=public_id, scope=opening.public_id, values=values)
