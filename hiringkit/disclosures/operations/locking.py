"""The turn that writers of one draft take."""

from sqlalchemy import select

from hiringkit.disclosures.models import DisclosureDraft
from hiringkit.foundation.db import db


def lock_draft(draft_id: int) -> None:
    """Let one writer at a time change or publish a draft; SQLite has only one writer anyway."""
    db.session.execute(select(DisclosureDraft.id).where(DisclosureDraft.id == draft_id).with_for_update())
