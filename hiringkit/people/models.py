"""Tables of people: the organisation, its members, teams, memberships, invitations and sign-ins."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hiringkit.foundation.access import TEAM_CAPACITIES, Capacity
from hiringkit.foundation.db import Base, PublicId, UtcDateTime, state_column
from hiringkit.foundation.sealing import Sealed
from hiringkit.people.rules import Reveal


class Organisation(Base):
    """The one employer that this installation serves."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(120))
    zone: Mapped[str] = mapped_column(String(60))
    contact: Mapped[str] = mapped_column(String(250))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)


class Member(PublicId, Base):
    """A person with a login."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject_key.id"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(250), unique=True)
    zone: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(250))
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_auditor: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)


class Team(PublicId, Base):
    """A hiring team; openings and candidates belong to one."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    reveal: Mapped[Reveal] = mapped_column(state_column(Reveal, "reveal"), default=Reveal.ALL_EXPECTED)
    wants_review: Mapped[bool] = mapped_column(default=False)
    """Whether a second person reviews a disclosure before it is published."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)


class Membership(PublicId, Base):
    """One capacity of one member in one team."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    capacity: Mapped[Capacity] = mapped_column(state_column(Capacity, "capacity"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    member: Mapped[Member] = relationship(lazy="raise")
    team: Mapped[Team] = relationship(lazy="raise")

    __table_args__ = (
        UniqueConstraint("member_id", "team_id", "capacity"),
        CheckConstraint(
            "capacity IN (" + ", ".join(f"'{c.value}'" for c in sorted(TEAM_CAPACITIES)) + ")", name="of_a_team"
        ),
    )


class Invitation(PublicId, Base):
    """A link that makes its holder a member; only its hash is stored, and only a POST uses it."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject_key.id"))
    address: Mapped[bytes] = mapped_column(Sealed)
    name: Mapped[bytes] = mapped_column(Sealed)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    capacity: Mapped[Capacity] = mapped_column(state_column(Capacity, "capacity"))
    inviter_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    team: Mapped[Team | None] = relationship(lazy="raise")

    __table_args__ = (
        CheckConstraint("(used_at IS NULL) = (used_by_id IS NULL)", name="used_by_somebody"),
        CheckConstraint("used_at IS NULL OR revoked_at IS NULL", name="used_or_revoked"),
    )


class SetupCode(Base):
    """The one-time code that lets the first administrator in; only its hash is stored."""

    __tablename__ = "setup_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignIn(PublicId, Base):
    """One browser in which a member is signed in; deleting the row signs it out at once."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    device: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
