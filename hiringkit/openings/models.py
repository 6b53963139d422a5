"""Table of openings."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.foundation.db import Base, PublicId, UtcDateTime, state_column
from hiringkit.openings.rules import OpeningState


class Opening(PublicId, Base):
    """One role to fill, of one team, with the pack, track and templates that it starts from."""

    __tablename__ = "opening"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"))
    track_key: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(140), unique=True)
    place: Mapped[str] = mapped_column(String(120))
    posting_places: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Codes of the places whose posting rules hold for this opening, such as "US-CO"."""
    zone: Mapped[str] = mapped_column(String(60))
    posts: Mapped[int]
    state: Mapped[OpeningState] = mapped_column(state_column(OpeningState, "state"))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was first open; without it nothing of the opening was ever public, also after it is closed."""
    created_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("posts BETWEEN 1 AND 500", name="posts_in_range"),
        CheckConstraint("opened_at IS NOT NULL OR state IN ('draft', 'closed')", name="opened_before_it_runs"),
        CheckConstraint("opened_at IS NULL OR state <> 'draft'", name="draft_was_never_open"),
    )
