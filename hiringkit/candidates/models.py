"""Tables of candidates: the person, the applications, what they were shown, and who has read about them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.candidates.rules.truth import TruthWord
from hiringkit.foundation.db import Base, PublicId, UtcDateTime, state_column
from hiringkit.foundation.sealing import Sealed


class Candidate(PublicId, Base):
    """A person known to one team, unique there by normalised address; may be a member, who is then in conflict."""

    __tablename__ = "candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject_key.id"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(250))
    zone: Mapped[str] = mapped_column(String(60))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("team_id", "email"),)


class Application(PublicId, Base):
    """One candidate on one opening."""

    __tablename__ = "application"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)
    state: Mapped[ApplicationState] = mapped_column(state_column(ApplicationState, "state"))
    state_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        Index(
            "uq_application_active",
            "candidate_id",
            "opening_id",
            unique=True,
            sqlite_where=text("state NOT IN ('declined', 'withdrawn', 'erased', 'hired')"),
            postgresql_where=text("state NOT IN ('declined', 'withdrawn', 'erased', 'hired')"),
        ),
    )


class PersonalLink(PublicId, Base):
    """The candidate's link to one application; only its hash is stored; it lasts until revoked."""

    __tablename__ = "personal_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Delivery(PublicId, Base):
    """The record of which disclosure version, and which loop version, an application was shown."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    disclosure_version_id: Mapped[int] = mapped_column(ForeignKey("disclosure_version.id"))
    disclosure_hash: Mapped[str] = mapped_column(String(64))
    loop_version: Mapped[str] = mapped_column(String(24), default="")
    """Public id of the loop version; loops stand beside candidates, so there is no foreign key."""
    loop_hash: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (UniqueConstraint("application_id", "disclosure_version_id"),)


class Acknowledgement(Base):
    """The candidate's own word that the delivered version was read."""

    __tablename__ = "acknowledgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id"), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reading(Base):
    """The record that a member opened the scorecards of an application, and may not be lead or second on it."""

    __tablename__ = "reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("application_id", "member_id"),)


class ClaimQuestion(PublicId, Base):
    """A candidate's question about one answer of the disclosure version that was delivered."""

    __tablename__ = "claim_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    disclosure_version_id: Mapped[int] = mapped_column(ForeignKey("disclosure_version.id"))
    field: Mapped[str] = mapped_column(String(80))
    """Key of the question of the registry, or empty for the disclosure as a whole."""
    text: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClaimAnswer(PublicId, Base):
    """The team's answer to a question; where everybody may read it, with the question in the team's words."""

    __tablename__ = "claim_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("claim_question.id"), unique=True)
    asked: Mapped[str] = mapped_column(Text)
    """The question as everybody may read it: nothing in it tells who asked. Empty in a private answer."""
    text: Mapped[str] = mapped_column(Text)
    is_public: Mapped[bool]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccommodationRequest(PublicId, Base):
    """What a candidate asks to be different; kept apart from everything that is rated."""

    __tablename__ = "accommodation_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    text: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Arrangement(Base):
    """What a coordinator has arranged for a request: minutes more, and what interviewers are to know and no more."""

    __tablename__ = "arrangement"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("accommodation_request.id"), index=True)
    extra_minutes: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str] = mapped_column(String(60), default="")
    """Key of the stage that it concerns, or empty for all; loops stand beside candidates."""
    told: Mapped[bytes] = mapped_column(Sealed)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("extra_minutes BETWEEN 0 AND 480", name="minutes_in_range"),)


class TruthAnswer(Base):
    """What somebody who was hired says after 30 or 90 days of one section, asked whether it was true."""

    __tablename__ = "truth_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    disclosure_version_id: Mapped[int] = mapped_column(ForeignKey("disclosure_version.id"))
    day: Mapped[int]
    section: Mapped[str] = mapped_column(String(60))
    word: Mapped[TruthWord] = mapped_column(state_column(TruthWord, "word"))
    field: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[bytes] = mapped_column(Sealed)
    is_shared: Mapped[bool]
    """Whether managers may read it at once, although they can tell whose it is; else it waits for others."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("application_id", "day", "section"),
        CheckConstraint("day IN (30, 90)", name="asked_day"),
    )


class TruthRequest(Base):
    """The record that somebody who was hired was asked by mail, once for each of the two days."""

    __tablename__ = "truth_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    day: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("application_id", "day"),
        CheckConstraint("day IN (30, 90)", name="asked_day"),
    )
