"""Tables of disclosures: the draft with its claims by section, and the versions that were published."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.foundation.db import Base, PublicId, UtcDateTime
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

    __table_args__ = (UniqueConstraint("draft_id", "field", "row"),)


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
