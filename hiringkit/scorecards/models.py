"""Tables of scorecards: drafts that change, sealed scorecards and ratings that never do, and what is added."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.foundation.db import Base, PublicId, UtcDateTime, state_column
from hiringkit.foundation.sealing import Sealed
from hiringkit.scorecards.rules.evidence import NotRated


class ScorecardDraft(Base):
    """What an interviewer has typed so far, sealed with the candidate's key; only its author's queries name this."""

    __tablename__ = "scorecard_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    content: Mapped[bytes] = mapped_column(Sealed)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)


class Scorecard(Base):
    """One submitted scorecard, or an abstention; its address is its assignment's public id."""

    __tablename__ = "scorecard"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    is_abstention: Mapped[bool] = mapped_column(default=False)
    counts: Mapped[bool]
    """False for shadows and waived people: shown, marked, and outside every score."""
    notes: Mapped[bytes | None] = mapped_column(Sealed)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Rating(Base):
    """One rating of a scorecard, pointing to the competency version it was judged against."""

    __tablename__ = "rating"

    id: Mapped[int] = mapped_column(primary_key=True)
    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecard.id"), index=True)
    competency_version_id: Mapped[int] = mapped_column(ForeignKey("competency_version.id"))
    points: Mapped[int | None]
    not_rated: Mapped[NotRated | None] = mapped_column(state_column(NotRated, "not_rated"))
    evidence: Mapped[bytes | None] = mapped_column(Sealed)

    __table_args__ = (
        UniqueConstraint("scorecard_id", "competency_version_id"),
        CheckConstraint("(points IS NULL) = (not_rated IS NOT NULL)", name="points_or_why_not"),
    )


class Amendment(PublicId, Base):
    """A dated addition to a submitted scorecard; the original stays and the score uses the original."""

    __tablename__ = "amendment"

    id: Mapped[int] = mapped_column(primary_key=True)
    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecard.id"), index=True)
    text: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class EarlyOpening(Base):
    """A manager's reasoned act of opening an application's scorecards before all are in."""

    __tablename__ = "early_opening"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    reason: Mapped[bytes] = mapped_column(Sealed)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignOff(Base):
    """What the calibrated lead says of a reverse shadow: that they may lead, or not yet, and why.

    It is about the learner and not about the candidate, so the reason is sealed with the learner's key.
    """

    __tablename__ = "sign_off"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    is_ready: Mapped[bool]
    reason: Mapped[bytes] = mapped_column(Sealed)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
