"""Who may rate: policies, exercises, attempts, standings."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_22_3_calibration"
down_revision = "2026_11_22_2_library"
APPEND_ONLY = (
    "calibration_policy",
    "exercise_form",
    "exercise_response",
    "attempt_result",
    "exercise_gold",
    "calibration_session",
)


def upgrade() -> None:
    """Make the tables, and the triggers of those that only grow."""
    op.create_table(
        "calibration_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_by", sa.String(length=80), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_policy")),
        sa.UniqueConstraint("number", name=op.f("uq_calibration_policy_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calibration_policy_public_id")),
    )
    op.create_table(
        "exercise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise")),
        sa.UniqueConstraint("key", name=op.f("uq_exercise_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exercise_public_id")),
    )
    op.create_table(
        "exercise_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("set_version_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=4), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("gold_basis", sa.String(length=20), nullable=False),
        sa.Column("gold_note", sa.Text(), nullable=False),
        sa.Column("minutes_per_response", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.CheckConstraint("gold_basis IN ('drafted', 'panel')", name=op.f("ck_exercise_form_basis_known")),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_exercise_form_exercise_id_exercise")),
        sa.ForeignKeyConstraint(
            ["set_version_id"],
            ["competency_set_version.id"],
            name=op.f("fk_exercise_form_set_version_id_competency_set_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_form")),
        sa.UniqueConstraint("exercise_id", "number", name=op.f("uq_exercise_form_exercise_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exercise_form_public_id")),
    )
    op.create_index(op.f("ix_exercise_form_exercise_id"), "exercise_form", ["exercise_id"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "started",
                "submitted",
                "extended",
                "passed",
                "not yet",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("response_order", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["exercise_form.id"], name=op.f("fk_attempt_form_id_exercise_form")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_attempt_member_id_member")),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["calibration_policy.id"], name=op.f("fk_attempt_policy_id_calibration_policy")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("member_id", "form_id", "number", name=op.f("uq_attempt_member_id_form_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attempt_public_id")),
    )
    op.create_index(op.f("ix_attempt_form_id"), "attempt", ["form_id"], unique=False)
    op.create_index(op.f("ix_attempt_member_id"), "attempt", ["member_id"], unique=False)
    op.create_table(
        "exercise_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("scenario_key", sa.String(length=60), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.CheckConstraint("block IN (1, 2)", name=op.f("ck_exercise_response_block_known")),
        sa.ForeignKeyConstraint(
            ["form_id"], ["exercise_form.id"], name=op.f("fk_exercise_response_form_id_exercise_form")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_response")),
        sa.UniqueConstraint("form_id", "position", name=op.f("uq_exercise_response_form_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exercise_response_public_id")),
    )
    op.create_index(op.f("ix_exercise_response_form_id"), "exercise_response", ["form_id"], unique=False)
    op.create_table(
        "attempt_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_rating_attempt_id_attempt")),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_attempt_rating_competency_version_id_competency_version"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["exercise_response.id"], name=op.f("fk_attempt_rating_response_id_exercise_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_rating")),
        sa.UniqueConstraint(
            "attempt_id",
            "response_id",
            "competency_version_id",
            name=op.f("uq_attempt_rating_attempt_id_response_id_competency_version_id"),
        ),
    )
    op.create_index(op.f("ix_attempt_rating_attempt_id"), "attempt_rating", ["attempt_id"], unique=False)
    op.create_table(
        "attempt_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_result_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_result")),
        sa.UniqueConstraint("attempt_id", "stage", name=op.f("uq_attempt_result_attempt_id_stage")),
    )
    op.create_index(op.f("ix_attempt_result_attempt_id"), "attempt_result", ["attempt_id"], unique=False)
    op.create_table(
        "exercise_gold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_exercise_gold_competency_version_id_competency_version"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["exercise_response.id"], name=op.f("fk_exercise_gold_response_id_exercise_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_gold")),
        sa.UniqueConstraint(
            "response_id", "competency_version_id", name=op.f("uq_exercise_gold_response_id_competency_version_id")
        ),
    )
    op.create_index(op.f("ix_exercise_gold_response_id"), "exercise_gold", ["response_id"], unique=False)
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("set_version_id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("gold_basis", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("session_limit", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_standing_lasts")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_standing_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["form_id"], ["exercise_form.id"], name=op.f("fk_standing_form_id_exercise_form")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_standing_member_id_member")),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["calibration_policy.id"], name=op.f("fk_standing_policy_id_calibration_policy")
        ),
        sa.ForeignKeyConstraint(
            ["set_version_id"],
            ["competency_set_version.id"],
            name=op.f("fk_standing_set_version_id_competency_set_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_standing_attempt_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_standing_public_id")),
    )
    op.create_index(op.f("ix_standing_member_id"), "standing", ["member_id"], unique=False)
    op.create_table(
        "calibration_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standing_id", sa.Integer(), nullable=False),
        sa.Column("scorecard", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["standing_id"], ["standing.id"], name=op.f("fk_calibration_session_standing_id_standing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_session")),
        sa.UniqueConstraint("standing_id", "scorecard", name=op.f("uq_calibration_session_standing_id_scorecard")),
    )
    op.create_index(op.f("ix_calibration_session_standing_id"), "calibration_session", ["standing_id"], unique=False)
    for table in APPEND_ONLY:
        make_triggers(op.execute, op.get_bind().dialect.name, table)


def downgrade() -> None:
    """Drop them again."""
    for table in APPEND_ONLY:
        drop_triggers(op.execute, op.get_bind().dialect.name, table)
    op.drop_index(op.f("ix_calibration_session_standing_id"), table_name="calibration_session")
    op.drop_table("calibration_session")
    op.drop_index(op.f("ix_standing_member_id"), table_name="standing")
    op.drop_table("standing")
    op.drop_index(op.f("ix_exercise_gold_response_id"), table_name="exercise_gold")
    op.drop_table("exercise_gold")
    op.drop_index(op.f("ix_attempt_result_attempt_id"), table_name="attempt_result")
    op.drop_table("attempt_result")
    op.drop_index(op.f("ix_attempt_rating_attempt_id"), table_name="attempt_rating")
    op.drop_table("attempt_rating")
    op.drop_index(op.f("ix_exercise_response_form_id"), table_name="exercise_response")
    op.drop_table("exercise_response")
    op.drop_index(op.f("ix_attempt_member_id"), table_name="attempt")
    op.drop_index(op.f("ix_attempt_form_id"), table_name="attempt")
    op.drop_table("attempt")
    op.drop_index(op.f("ix_exercise_form_exercise_id"), table_name="exercise_form")
    op.drop_table("exercise_form")
    op.drop_table("exercise")
    op.drop_table("calibration_policy")
