"""Tables of the record: the chain, its head, and the keys of the people whose text is sealed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.foundation.db import Base, UtcDateTime


class AuditEvent(Base):
    """One line of the record: who did what to which thing, chained to the line before it."""

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str] = mapped_column(String(80))
    tag: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str] = mapped_column(String(80))
    scope: Mapped[str] = mapped_column(String(40))
    cause: Mapped[int | None] = mapped_column(ForeignKey("audit_event.seq"))
    content: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        CheckConstraint("seq > 0", name="seq_positive"),
        Index("ix_audit_event_scope_seq", "scope", "seq"),
        Index("ix_audit_event_actor_id_seq", "actor_id", "seq"),
    )


class AuditHead(Base):
    """The last link of the chain, one row, locked while the next event is written."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)


class SubjectKey(Base):
    """The wrapped key of one person; without `wrapped` the person's sealed text is gone for good."""

    __tablename__ = "subject_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("(wrapped IS NULL) = (erased_at IS NOT NULL)", name="erased_has_no_key"),)
