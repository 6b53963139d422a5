"""Tables of interviews: a stage at a time, who sits on its panel, and waivers."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.foundation.db import Base, PublicId, UtcDateTime, state_column
from hiringkit.foundation.sealing import Sealed
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.interviews.rules.lifecycle import AssignmentState, InterviewState


class Interview(PublicId, Base):
    """One stage for one application, at a time, in the zone it was booked in."""

    __tablename__ = "interview"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("loop_version_stage.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    minutes: Mapped[int]
    zone: Mapped[str] = mapped_column(String(60))
    state: Mapped[InterviewState] = mapped_column(state_column(InterviewState, "state"))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes_in_range"),)

    @property
    def ends_at(self) -> datetime:
        """Return when it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Assignment(PublicId, Base):
    """One interviewer on one interview; its public id is also the address of the scorecard."""

    __tablename__ = "assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    role: Mapped[AssignmentRole] = mapped_column(state_column(AssignmentRole, "role"))
    state: Mapped[AssignmentState] = mapped_column(state_column(AssignmentState, "state"))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("interview_id", "member_id"),)


class Waiver(PublicId, Base):
    """A manager's reasoned exception for one person on one interview; such ratings are shown, marked, not counted."""

    __tablename__ = "waiver"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    requirement: Mapped[str] = mapped_column(String(200))
    reason: Mapped[bytes] = mapped_column(Sealed)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
