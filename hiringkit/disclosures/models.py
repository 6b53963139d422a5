"""Tables of disclosures: the draft with its claims by section, and the versions that were published."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.disclosures.rules.attesting import AttestationWord
from hiringkit.foundation.db import Base, PublicId, UtcDateTime, state_column
from hiringkit.foundation.sealing import Sealed


class DisclosureDraft(PublicId, Base):
    """The one draft of an opening, started from its pack's template when first visited."""

    __tablename__ = "disclosure_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DisclosureSection(Base):
    """One section of a draft: the unit that is edited, with its version."""

    __tablename__ = "disclosure_section"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("disclosure_draft.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(default=1)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody last saved it; a section that only the template filled has none."""

    __table_args__ = (UniqueConstraint("draft_id", "key"),)


class Claim(Base):
    """One disclosed fact of a draft: one row for each field, or for each row of a table field."""

    __tablename__ = "claim"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("disclosure_draft.id"), index=True)
    field: Mapped[str] = mapped_column(String(80))
    row: Mapped[int] = mapped_column(default=0)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The values by column name, as text; a field that is no table has the one column `value`."""
    none_reason: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(String(20), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    as_of: Mapped[date | None]
    owner: Mapped[str] = mapped_column(String(120), default="")
    """The function that answers for the fact, such as "Head of operations"; never a person's name."""
    is_to_check: Mapped[bool] = mapped_column(default=False)
    """It came from a template, another opening or a pasted posting, and nobody has confirmed it yet."""

    __table_args__ = (UniqueConstraint("draft_id", "field", "row"),)


class SectionTyping(Base):
    """What one member has typed into a section and not saved yet; kept on each pause, gone with the save."""

    __tablename__ = "section_typing"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("disclosure_draft.id"), index=True)
    section: Mapped[str] = mapped_column(String(60))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    version: Mapped[int]
    """The version of the section that the member had before them."""
    typed: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("draft_id", "section", "member_id"),)


class Review(PublicId, Base):
    """A manager's request that a second person looks at the draft as it stands; its text is named by its hash."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReviewAnswer(Base):
    """What the second person said to it: it may be published as it stands, or not yet and why."""

    __tablename__ = "review_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), unique=True)
    approves: Mapped[bool]
    note: Mapped[bytes] = mapped_column(Sealed)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Incumbent(PublicId, Base):
    """A member who does this work now, as a manager has marked; may review and attest."""

    __tablename__ = "incumbent"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when this time: who is marked again begins anew, and what they said before counts no more."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("opening_id", "member_id"),)


class Attestation(Base):
    """One incumbent's word on one section of a published version; the public sees counts alone."""

    __tablename__ = "attestation"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("disclosure_version.id"), index=True)
    section: Mapped[str] = mapped_column(String(60))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    word: Mapped[AttestationWord] = mapped_column(state_column(AttestationWord, "word"))
    field: Mapped[str] = mapped_column(String(80), default="")
    """What exactly is disputed, where the incumbent names one question."""
    note: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("version_id", "section", "member_id"),)


class DisclosureVersion(PublicId, Base):
    """A published disclosure: numbered, hashed, never changed."""

    __tablename__ = "disclosure_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (UniqueConstraint("opening_id", "number"),)


class DisclosureWithdrawal(Base):
    """The record that a version is no longer shown."""

    __tablename__ = "disclosure_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("disclosure_version.id"), unique=True)
    reason: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
