"""Reads of what a member has typed and not saved; nobody else's is ever read."""

from sqlalchemy import select

from hiringkit.disclosures.models import DisclosureDraft, SectionTyping
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db


def own_typing(viewer: Actor, draft: DisclosureDraft, section_key: str) -> SectionTyping | None:
    """Return what the viewer has typed into a section and not saved, or None."""
    return db.session.scalar(
        select(SectionTyping).where(
            SectionTyping.draft_id == draft.id,
            SectionTyping.section == section_key,
            SectionTyping.member_id == (viewer.member_id or 0),
        )
    )
