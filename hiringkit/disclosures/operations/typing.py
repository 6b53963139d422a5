"""The only writer of disclosures: what a member has typed into a section and not saved yet."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from hiringkit.disclosures import queries
from hiringkit.disclosures.models import DisclosureDraft, SectionTyping
from hiringkit.disclosures.operations.locking import lock_draft
from hiringkit.disclosures.policy import DisclosurePermission
from hiringkit.disclosures.rules.fields import section
from hiringkit.disclosures.rules.typed import answers_of, kept_controls, typed_answers
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.errors import ForbiddenError, InvalidError
from hiringkit.openings.models import Opening

LONGEST_TYPING = 200_000
"""Characters of one section; a pasted book is refused and stays in the browser."""


def keep_typing(
    draft: DisclosureDraft, section_key: str, sent: Mapping[str, str], version: int, *, by: Actor, at: datetime
) -> None:
    """Keep what a member has typed so far, whatever it lacks; only its author ever sees it.

    `version` is that of the section which the member had before them. Typing that says what is stored
    is none and is dropped. It leaves no event (PROMISES 4, rule 10), so this is no `@operation`.
    """
    opening = db.session.get_one(Opening, draft.opening_id)
    demand(by, DisclosurePermission.EDIT, opening.team_id)
    asked, member_id = section(section_key), _author(by)
    typed = kept_controls(asked, sent)
    if sum(len(text) for text in typed.values()) > LONGEST_TYPING:
        raise InvalidError(f"This is more than {LONGEST_TYPING:,} characters, so it is not kept.")
    with transaction():
        lock_draft(draft.id)
        stored = answers_of(asked, queries.unscoped_claims(draft.id))
        row = db.session.scalar(select(SectionTyping).where(*_of(draft.id, section_key, member_id)))
        if typed_answers(asked, typed) == stored:
            drop_typing(draft.id, section_key, by)
        elif row is None:
            db.session.add(
                SectionTyping(
                    draft_id=draft.id, section=section_key, member_id=member_id, version=version, typed=typed, at=at
                )
            )
        else:
            row.version, row.typed, row.at = version, typed, at


def discard_typing(draft: DisclosureDraft, section_key: str, *, by: Actor) -> None:
    """Forget what a member has typed into a section."""
    opening = db.session.get_one(Opening, draft.opening_id)
    demand(by, DisclosurePermission.EDIT, opening.team_id)
    with transaction():
        drop_typing(draft.id, section_key, by)


def drop_typing(draft_id: int, section_key: str, by: Actor) -> None:
    """Forget it within an act that has taken it over, such as saving the section."""
    if by.member_id is not None:
        db.session.execute(delete(SectionTyping).where(*_of(draft_id, section_key, by.member_id)))


def _of(draft_id: int, section_key: str, member_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        SectionTyping.draft_id == draft_id,
        SectionTyping.section == section_key,
        SectionTyping.member_id == member_id,
    )


def _author(by: Actor) -> int:
    if by.member_id is None:
        message = "A disclosure is written by a member."
        raise ForbiddenError(message)
    return by.member_id
