"""Tables of debriefs: safety gates and how they were closed, decisions and the second manager's consent."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hiringkit.debriefs.rules.deciding import RuleOutcome, Verdict
from hiringkit.debriefs.rules.gates import GateState
from hiringkit.foundation.db import Base, PublicId, UtcDateTime, state_column
from hiringkit.foundation.sealing import Sealed


class Gate(PublicId, Base):
    """A safety-critical finding: opened by the first low rating on a competency, whatever is rated later."""

    __tablename__ = "gate"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    competency_version_id: Mapped[int] = mapped_column(ForeignKey("competency_version.id"))
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("application_id", "competency_version_id"),)


class GateResolution(Base):
    """How a named manager closed a gate, with the reason."""

    __tablename__ = "gate_resolution"

    id: Mapped[int] = mapped_column(primary_key=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"), unique=True)
    state: Mapped[GateState] = mapped_column(state_column(GateState, "state"))
    reason: Mapped[bytes] = mapped_column(Sealed)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("state <> 'open'", name="closed"),)


class Decision(PublicId, Base):
    """A decision on an application: what was decided, what the frozen rule said, why, by whom."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(state_column(Verdict, "verdict"))
    rule_outcome: Mapped[RuleOutcome] = mapped_column(state_column(RuleOutcome, "rule_outcome"))
    score: Mapped[Decimal | None] = mapped_column(Numeric(6, 4))
    bar: Mapped[Decimal] = mapped_column(Numeric(4, 2))
    is_against_rule: Mapped[bool]
    reason: Mapped[bytes] = mapped_column(Sealed)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    head_seq: Mapped[int]
    head_hash: Mapped[str] = mapped_column(String(64))
    """The record's head when this was decided, so that the decision vouches for what came before it."""


class DecisionConsent(Base):
    """The second manager's word on a decision against the rule."""

    __tablename__ = "decision_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    agrees: Mapped[bool]
    reason: Mapped[bytes] = mapped_column(Sealed)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
