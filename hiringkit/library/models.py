"""Tables of the library: packs, and immutable versions of competencies, sets and scenarios."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.foundation.db import Base, PublicId, UtcDateTime


class Pack(PublicId, Base):
    """One imported state of a pack; importing changed content adds a row."""

    __tablename__ = "pack"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    version: Mapped[str] = mapped_column(String(40))
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("key", "content_hash"),)


class CompetencyVersion(PublicId, Base):
    """A competency with its rating scale, as it was at one time; never changed, new content is a new number."""

    __tablename__ = "competency_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    definition: Mapped[str] = mapped_column(Text)
    is_safety_critical: Mapped[bool]
    points: Mapped[int]
    anchors: Mapped[dict[str, str]] = mapped_column(JSON)
    positive_signals: Mapped[list[str]] = mapped_column(JSON)
    red_flags: Mapped[list[str]] = mapped_column(JSON)
    proof: Mapped[list[str]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("key", "number"),
        UniqueConstraint("key", "content_hash"),
        CheckConstraint("points IN (5, 7)", name="five_or_seven_points"),
    )


class CompetencySetVersion(PublicId, Base):
    """A set of competencies that one exercise calibrates together, at fixed versions."""

    __tablename__ = "competency_set_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    content_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("key", "number"),
        UniqueConstraint("key", "content_hash"),
    )


class CompetencySetMember(Base):
    """One competency version in one set version, in order."""

    __tablename__ = "competency_set_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_version_id: Mapped[int] = mapped_column(ForeignKey("competency_set_version.id"), index=True)
    competency_version_id: Mapped[int] = mapped_column(ForeignKey("competency_version.id"))
    position: Mapped[int]

    __table_args__ = (UniqueConstraint("set_version_id", "competency_version_id"),)


class ScenarioVersion(PublicId, Base):
    """A scenario as it was at one time; `content` holds context, prompt, twist, probes, listen-fors and signals."""

    __tablename__ = "scenario_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("key", "number"),
        UniqueConstraint("key", "content_hash"),
    )


class RoleProfile(PublicId, Base):
    """Published figures about a role, as a source had them on a day; new figures are a new row."""

    __tablename__ = "role_profile"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(300))
    as_of: Mapped[date | None]
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("key", "content_hash"),)


class RoleProfileDemographics(Base):
    """Demographic shares of a profile, for the fairness report alone: no page of roles reads this table."""

    __tablename__ = "role_profile_demographics"

    id: Mapped[int] = mapped_column(primary_key=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("role_profile.id"), unique=True)
    content: Mapped[str] = mapped_column(Text)
