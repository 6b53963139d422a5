"""Tables of loops: the plan that is being edited, and its versions with stages, scenarios and what is rated."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.foundation.db import Base, PublicId, UtcDateTime, state_column
from hiringkit.people.rules import Reveal


class Loop(PublicId, Base):
    """The one loop of an opening, as it is being edited; `stages` is the plan in the shape of `rules`."""

    __tablename__ = "loop"

    id: Mapped[int] = mapped_column(primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), unique=True)
    stages: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    weights: Mapped[dict[str, Any]] = mapped_column(JSON)
    weights_reason: Mapped[str] = mapped_column(Text, default="")
    bar: Mapped[Decimal] = mapped_column(Numeric(4, 2))
    gate_level: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (CheckConstraint("bar BETWEEN 1 AND 7", name="bar_in_scale"),)


class LoopVersion(PublicId, Base):
    """A loop as put in use: never changed; frozen from the first interview booked on it."""

    __tablename__ = "loop_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    loop_id: Mapped[int] = mapped_column(ForeignKey("loop.id"), index=True)
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    bar: Mapped[Decimal] = mapped_column(Numeric(4, 2))
    gate_level: Mapped[int]
    reveal: Mapped[Reveal] = mapped_column(state_column(Reveal, "reveal"))
    weights: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (UniqueConstraint("loop_id", "number"),)


class LoopFreeze(Base):
    """The record that a loop version was frozen, by the booking of its first interview."""

    __tablename__ = "loop_freeze"

    id: Mapped[int] = mapped_column(primary_key=True)
    loop_version_id: Mapped[int] = mapped_column(ForeignKey("loop_version.id"), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LoopVersionStage(PublicId, Base):
    """One stage of a loop version."""

    __tablename__ = "loop_version_stage"

    id: Mapped[int] = mapped_column(primary_key=True)
    loop_version_id: Mapped[int] = mapped_column(ForeignKey("loop_version.id"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    mode: Mapped[str] = mapped_column(String(40))
    panel: Mapped[int]
    brief: Mapped[str] = mapped_column(Text)
    artefacts: Mapped[list[dict[str, str]]] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("loop_version_id", "position"),)


class LoopVersionRating(Base):
    """One competency version that a stage rates."""

    __tablename__ = "loop_version_rating"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("loop_version_stage.id"), index=True)
    competency_version_id: Mapped[int] = mapped_column(ForeignKey("competency_version.id"))
    position: Mapped[int]

    __table_args__ = (UniqueConstraint("stage_id", "competency_version_id"),)


class LoopVersionScenario(Base):
    """One scenario version that a stage uses."""

    __tablename__ = "loop_version_scenario"

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("loop_version_stage.id"), index=True)
    scenario_version_id: Mapped[int] = mapped_column(ForeignKey("scenario_version.id"))
    position: Mapped[int]

    __table_args__ = (UniqueConstraint("stage_id", "scenario_version_id"),)
