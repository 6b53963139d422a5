"""Experts: forms on their way, who rates them alone, and what they sealed and settled."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_27_5_experts"
down_revision = "2026_11_27_4_path"
APPEND_ONLY = ("expert_rating",)


def upgrade() -> None:
    """Make the tables and the column, and the trigger of the one that only grows."""
    op.create_table(
        "form_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("set_version_id", sa.Integer(), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("letter", sa.String(length=4), nullable=False),
        sa.Column("minutes_per_response", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "rating",
                "settling",
                "settled",
                "published",
                "ended",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_by", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.CheckConstraint(
            "(state = 'published') = (form_id IS NOT NULL)", name=op.f("ck_form_draft_published_as_a_form")
        ),
        sa.CheckConstraint(
            "(policy_id IS NULL) = (closed_at IS NULL)", name=op.f("ck_form_draft_closed_under_a_policy")
        ),
        sa.ForeignKeyConstraint(
            ["copied_from_id"], ["exercise_form.id"], name=op.f("fk_form_draft_copied_from_id_exercise_form")
        ),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_form_draft_exercise_id_exercise")),
        sa.ForeignKeyConstraint(["form_id"], ["exercise_form.id"], name=op.f("fk_form_draft_form_id_exercise_form")),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["calibration_policy.id"], name=op.f("fk_form_draft_policy_id_calibration_policy")
        ),
        sa.ForeignKeyConstraint(
            ["set_version_id"],
            ["competency_set_version.id"],
            name=op.f("fk_form_draft_set_version_id_competency_set_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft")),
        sa.UniqueConstraint("form_id", name=op.f("uq_form_draft_form_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_form_draft_public_id")),
    )
    op.create_index(op.f("ix_form_draft_exercise_id"), "form_draft", ["exercise_id"], unique=False)
    op.create_table(
        "form_draft_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("scenario_key", sa.String(length=60), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("recording", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.CheckConstraint("block IN (1, 2)", name=op.f("ck_form_draft_response_block_known")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["form_draft.id"], name=op.f("fk_form_draft_response_draft_id_form_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft_response")),
        sa.UniqueConstraint("draft_id", "position", name=op.f("uq_form_draft_response_draft_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_form_draft_response_public_id")),
    )
    op.create_index(op.f("ix_form_draft_response_draft_id"), "form_draft_response", ["draft_id"], unique=False)
    op.create_table(
        "form_expert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("response_order", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.CheckConstraint(
            "settled_at IS NULL OR sealed_at IS NOT NULL", name=op.f("ck_form_expert_settled_after_sealing")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["form_draft.id"], name=op.f("fk_form_expert_draft_id_form_draft")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_form_expert_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_expert")),
        sa.UniqueConstraint("draft_id", "member_id", name=op.f("uq_form_expert_draft_id_member_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_form_expert_public_id")),
    )
    op.create_index(op.f("ix_form_expert_draft_id"), "form_expert", ["draft_id"], unique=False)
    op.create_index(op.f("ix_form_expert_member_id"), "form_expert", ["member_id"], unique=False)
    op.create_table(
        "expert_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("rationale", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_expert_draft_competency_version_id_competency_version"),
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["form_expert.id"], name=op.f("fk_expert_draft_expert_id_form_expert")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["form_draft_response.id"], name=op.f("fk_expert_draft_response_id_form_draft_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_draft")),
        sa.UniqueConstraint(
            "expert_id",
            "response_id",
            "competency_version_id",
            name=op.f("uq_expert_draft_expert_id_response_id_competency_version_id"),
        ),
    )
    op.create_index(op.f("ix_expert_draft_expert_id"), "expert_draft", ["expert_id"], unique=False)
    op.create_table(
        "expert_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=False),
        sa.Column(
            "round",
            sa.Enum("alone", "settled", name="round", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("rationale", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_expert_rating_competency_version_id_competency_version"),
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["form_expert.id"], name=op.f("fk_expert_rating_expert_id_form_expert")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["form_draft_response.id"], name=op.f("fk_expert_rating_response_id_form_draft_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_rating")),
        sa.UniqueConstraint(
            "expert_id",
            "response_id",
            "competency_version_id",
            "round",
            name=op.f("uq_expert_rating_one_each_round"),
        ),
    )
    op.create_index(op.f("ix_expert_rating_expert_id"), "expert_rating", ["expert_id"], unique=False)
    op.add_column("exercise_response", sa.Column("recording", sa.String(length=300), server_default="", nullable=False))
    for table in APPEND_ONLY:
        make_triggers(op.execute, op.get_bind().dialect.name, table)


def downgrade() -> None:
    """Drop them again."""
    for table in APPEND_ONLY:
        drop_triggers(op.execute, op.get_bind().dialect.name, table)
    op.drop_column("exercise_response", "recording")
    op.drop_index(op.f("ix_expert_rating_expert_id"), table_name="expert_rating")
    op.drop_table("expert_rating")
    op.drop_index(op.f("ix_expert_draft_expert_id"), table_name="expert_draft")
    op.drop_table("expert_draft")
    op.drop_index(op.f("ix_form_expert_member_id"), table_name="form_expert")
    op.drop_index(op.f("ix_form_expert_draft_id"), table_name="form_expert")
    op.drop_table("form_expert")
    op.drop_index(op.f("ix_form_draft_response_draft_id"), table_name="form_draft_response")
    op.drop_table("form_draft_response")
    op.drop_index(op.f("ix_form_draft_exercise_id"), table_name="form_draft")
    op.drop_table("form_draft")
