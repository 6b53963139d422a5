"""The only writer of candidates: mails that tell a candidate that there is something to read on the personal page."""

from collections.abc import Sequence
from datetime import datetime

from hiringkit.audit.queries import keyring
from hiringkit.candidates.models import Candidate
from hiringkit.foundation.mail import Letter, queue_mails
from hiringkit.openings.models import Opening
from hiringkit.people.queries import unscoped_organisation


def write_to(candidates: Sequence[Candidate], event: str, opening: Opening, *, at: datetime) -> None:
    """Put a mail into the outbox for each, but for the erased; it names no link, for only hashes of links are kept."""
    organisation = unscoped_organisation()
    contact = organisation.contact if organisation else ""
    ring = keyring(*(one.subject_id for one in candidates))
    letters = [
        Letter(one.subject_id, one.email, {"name": one.name, "title": opening.title, "contact": contact})
        for one in candidates
        if one.subject_id in ring.keys
    ]
    queue_mails(event, ring, letters, at=at)
