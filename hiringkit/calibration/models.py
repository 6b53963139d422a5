"""Tables of calibration: policies, exercises and their forms, experts, attempts, results, standings and drift."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.drafting import FormDraftState, Round
from hiringkit.calibration.rules.drift.monitor import Drift
from hiringkit.calibration.rules.path import PathStep
from hiringkit.foundation.db import Base, PublicId, UtcDateTime, state_column
from hiringkit.foundation.sealing import Sealed


class CalibrationPolicy(PublicId, Base):
    """The thresholds in force from a day on; never changed, a new policy is a new number."""

    __tablename__ = "calibration_policy"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    content: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    operating_tables: Mapped[str | None] = mapped_column(Text)
    """How often its pass rule is wrong, simulated per scale before adoption; None where it was adopted without."""
    adopted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    adopted_by: Mapped[str] = mapped_column(String(80))


class Exercise(PublicId, Base):
    """A calibration exercise for one competency set, by key; its forms are its content."""

    __tablename__ = "exercise"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExerciseForm(PublicId, Base):
    """One version of an exercise's form: its responses and their gold ratings never change."""

    __tablename__ = "exercise_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id"), index=True)
    set_version_id: Mapped[int] = mapped_column(ForeignKey("competency_set_version.id"))
    letter: Mapped[str] = mapped_column(String(4))
    number: Mapped[int]
    gold_basis: Mapped[str] = mapped_column(String(20))
    gold_note: Mapped[str] = mapped_column(Text)
    minutes_per_response: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("exercise_id", "number"),
        CheckConstraint("gold_basis IN ('drafted', 'panel')", name="basis_known"),
    )


class ExerciseResponse(PublicId, Base):
    """One written answer of a form, in block 1 or in the reserve block 2."""

    __tablename__ = "exercise_response"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("exercise_form.id"), index=True)
    position: Mapped[int]
    block: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    scenario_key: Mapped[str] = mapped_column(String(60))
    prompt: Mapped[str] = mapped_column(Text)
    response: Mapped[str] = mapped_column(Text)
    recording: Mapped[str] = mapped_column(String(300), default="", server_default="")
    """Where the answer can be heard or seen, as a note."""

    __table_args__ = (
        UniqueConstraint("form_id", "position"),
        CheckConstraint("block IN (1, 2)", name="block_known"),
    )


class ExerciseGold(Base):
    """The reference rating of one response on one competency version; a panel's rationales are its experts' own."""

    __tablename__ = "exercise_gold"

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("exercise_response.id"), index=True)
    competency_version_id: Mapped[int] = mapped_column(ForeignKey("competency_version.id"))
    rating: Mapped[int]
    rationale: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("response_id", "competency_version_id"),)


class FormDraft(PublicId, Base):
    """A form on its way: its text is written, then experts rate it; published, it is a form of its own."""

    __tablename__ = "form_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id"), index=True)
    set_version_id: Mapped[int] = mapped_column(ForeignKey("competency_set_version.id"))
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("exercise_form.id"))
    letter: Mapped[str] = mapped_column(String(4))
    minutes_per_response: Mapped[int]
    state: Mapped[FormDraftState] = mapped_column(state_column(FormDraftState, "state"))
    started_by: Mapped[str] = mapped_column(String(80))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("calibration_policy.id"))
    """The policy that said, when the rating was closed, how far apart is too far."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    form_id: Mapped[int | None] = mapped_column(ForeignKey("exercise_form.id"), unique=True)

    __table_args__ = (
        CheckConstraint("(state = 'published') = (form_id IS NOT NULL)", name="published_as_a_form"),
        CheckConstraint("(policy_id IS NULL) = (closed_at IS NULL)", name="closed_under_a_policy"),
    )


class FormDraftResponse(PublicId, Base):
    """One answer of a draft; it changes until the first expert is asked."""

    __tablename__ = "form_draft_response"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("form_draft.id"), index=True)
    position: Mapped[int]
    block: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    scenario_key: Mapped[str] = mapped_column(String(60))
    prompt: Mapped[str] = mapped_column(Text)
    response: Mapped[str] = mapped_column(Text)
    recording: Mapped[str] = mapped_column(String(300))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("draft_id", "position"),
        CheckConstraint("block IN (1, 2)", name="block_known"),
    )


class FormExpert(PublicId, Base):
    """One member who is asked to rate a draft as an expert, alone."""

    __tablename__ = "form_expert"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("form_draft.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    response_order: Mapped[list[int]] = mapped_column(JSON)
    """Positions of the responses in the order drawn for this person."""
    asked_by: Mapped[str] = mapped_column(String(80))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("draft_id", "member_id"),
        CheckConstraint("settled_at IS NULL OR sealed_at IS NOT NULL", name="settled_after_sealing"),
    )


class TypedRating:
    """What an expert has typed about one response on one competency, and how often the response was saved."""

    id: Mapped[int] = mapped_column(primary_key=True)
    expert_id: Mapped[int] = mapped_column(ForeignKey("form_expert.id"), index=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("form_draft_response.id"))
    competency_version_id: Mapped[int] = mapped_column(ForeignKey("competency_version.id"))
    rating: Mapped[int | None]
    rationale: Mapped[bytes | None] = mapped_column(Sealed)
    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[UniqueConstraint]:  # noqa: N805 - SQLAlchemy gives it the class.
        return (UniqueConstraint("expert_id", "response_id", "competency_version_id"),)


class ExpertDraft(TypedRating, Base):
    """One rating of an expert while it is being made; an expert rating holds what was sealed."""

    __tablename__ = "expert_draft"


class SettlingDraft(TypedRating, Base):
    """One rating of an expert while it is being settled; an expert rating holds what was settled."""

    __tablename__ = "settling_draft"


class ExpertWithdrawal(Base):
    """An expert who left before the end, by an author or by themselves, and why; their ratings never count."""

    __tablename__ = "expert_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    expert_id: Mapped[int] = mapped_column(ForeignKey("form_expert.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExpertRating(Base):
    """One sealed rating of an expert with its rationale: given alone, or settled afterwards; never changed."""

    __tablename__ = "expert_rating"

    id: Mapped[int] = mapped_column(primary_key=True)
    expert_id: Mapped[int] = mapped_column(ForeignKey("form_expert.id"), index=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("form_draft_response.id"))
    competency_version_id: Mapped[int] = mapped_column(ForeignKey("competency_version.id"))
    round: Mapped[Round] = mapped_column(state_column(Round, "round"))
    rating: Mapped[int]
    rationale: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint(
            "expert_id",
            "response_id",
            "competency_version_id",
            "round",
            name="uq_expert_rating_one_each_round",
        ),
    )


class Attempt(PublicId, Base):
    """One member's blind rating of one form under one policy, or of fresh responses of it to renew a standing."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("exercise_form.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("calibration_policy.id"))
    number: Mapped[int]
    state: Mapped[AttemptState] = mapped_column(state_column(AttemptState, "state"))
    response_order: Mapped[list[int]] = mapped_column(JSON)
    """Positions of the responses in the order drawn for this person, those of the first block before the others."""
    first_block: Mapped[int] = mapped_column(server_default="0")
    """How many of them are rated before anything is decided."""
    is_refresh: Mapped[bool] = mapped_column(default=False, server_default=false())
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("member_id", "form_id", "number"),)


class AttemptRating(Base):
    """One rating of an attempt while it is being made; frozen in the result when submitted."""

    __tablename__ = "attempt_rating"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("exercise_response.id"))
    competency_version_id: Mapped[int] = mapped_column(ForeignKey("competency_version.id"))
    rating: Mapped[int | None]
    evidence: Mapped[bytes | None] = mapped_column(Sealed)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (UniqueConstraint("attempt_id", "response_id", "competency_version_id"),)


class AttemptResult(Base):
    """What a submitted block led to: the ratings as they were, the measures and the outcome; never changed."""

    __tablename__ = "attempt_result"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    stage: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20))
    ratings: Mapped[list[Any]] = mapped_column(JSON)
    measures: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("attempt_id", "stage"),)


class Standing(PublicId, Base):
    """One member's calibration on one set version: by which attempt, under which policy, on which form, until when."""

    __tablename__ = "standing"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    set_version_id: Mapped[int] = mapped_column(ForeignKey("competency_set_version.id"))
    form_id: Mapped[int] = mapped_column(ForeignKey("exercise_form.id"))
    policy_id: Mapped[int] = mapped_column(ForeignKey("calibration_policy.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), unique=True)
    gold_basis: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    session_limit: Mapped[int]
    sessions: Mapped[int] = mapped_column(default=0)
    suspended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("valid_until > valid_from", name="lasts"),)


class CalibrationSession(Base):
    """One sealed scorecard that counts towards a standing's sessions, handed down by scorecards."""

    __tablename__ = "calibration_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    standing_id: Mapped[int] = mapped_column(ForeignKey("standing.id"), index=True)
    scorecard: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("standing_id", "scorecard"),)


class DriftSession(Base):
    """What one interviewer's sealed scorecards of one application leave for the drift monitor, on one scale.

    The residual is against the mean of at least two others, None without them; of the ratings only their
    number, sum and sum of squares are here. Application is its public id: calibration knows no applications.
    """

    __tablename__ = "drift_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    application: Mapped[str] = mapped_column(String(24))
    points: Mapped[int]
    residual: Mapped[float | None]
    ratings: Mapped[int]
    ratings_sum: Mapped[float]
    ratings_squares: Mapped[float]
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("member_id", "application", "points"),
        CheckConstraint("ratings > 0", name="is_rated"),
    )


class DriftAlarm(PublicId, Base):
    """A chart that passed its limit with a session, under the policy of that moment; it makes a refresh due."""

    __tablename__ = "drift_alarm"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("drift_session.id"))
    policy_id: Mapped[int] = mapped_column(ForeignKey("calibration_policy.id"))
    kind: Mapped[Drift] = mapped_column(state_column(Drift, "kind"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("session_id", "kind"),)


class PathRecord(Base):
    """One step of an interviewer's path on a set that no other fact proves: taken, or credited by a manager.

    What somebody does themselves needs no reason; a credit for past work has one, sealed with their key.
    """

    __tablename__ = "path_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    set_version_id: Mapped[int] = mapped_column(ForeignKey("competency_set_version.id"))
    step: Mapped[PathStep] = mapped_column(state_column(PathStep, "step"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[bytes | None] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("member_id", "set_version_id", "step"),
        CheckConstraint("(by_id = member_id) = (reason IS NULL)", name="own_or_credited"),
    )


class RefreshInvitation(Base):
    """Who asked the holder of a standing to renew it, and when: once for each standing, and over when it is renewed."""

    __tablename__ = "refresh_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    standing_id: Mapped[int] = mapped_column(ForeignKey("standing.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
