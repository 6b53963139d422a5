"""What experts type while they settle, and experts who left before the end: who ended it, when and why."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_27_8_settling"
down_revision = "2026_11_27_7_refreshes"
APPEND_ONLY = "expert_withdrawal"


def upgrade() -> None:
    """Make both tables, and the triggers of the one that only grows."""
    op.create_table(
        "settling_draft",
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
            name=op.f("fk_settling_draft_competency_version_id_competency_version"),
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["form_expert.id"], name=op.f("fk_settling_draft_expert_id_form_expert")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["form_draft_response.id"], name=op.f("fk_settling_draft_response_id_form_draft_response")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settling_draft")),
        sa.UniqueConstraint(
            "expert_id",
            "response_id",
            "competency_version_id",
            name=op.f("uq_settling_draft_expert_id_response_id_competency_version_id"),
        ),
    )
    op.create_index(op.f("ix_settling_draft_expert_id"), "settling_draft", ["expert_id"], unique=False)
    op.create_table(
        APPEND_ONLY,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_expert_withdrawal_by_id_member")),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["form_expert.id"], name=op.f("fk_expert_withdrawal_expert_id_form_expert")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_withdrawal")),
        sa.UniqueConstraint("expert_id", name=op.f("uq_expert_withdrawal_expert_id")),
    )
    make_triggers(op.execute, op.get_bind().dialect.name, APPEND_ONLY)


def downgrade() -> None:
    """Drop them again."""
    drop_triggers(op.execute, op.get_bind().dialect.name, APPEND_ONLY)
    op.drop_table(APPEND_ONLY)
    op.drop_index(op.f("ix_settling_draft_expert_id"), table_name="settling_draft")
    op.drop_table("settling_draft")
