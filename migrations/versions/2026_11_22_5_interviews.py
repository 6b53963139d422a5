"""The meetings: interviews, assignments, waivers."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_22_5_interviews"
down_revision = "2026_11_22_4_loops"
APPEND_ONLY = ("waiver",)


def upgrade() -> None:
    """Make the tables, and the triggers of those that only grow."""
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "invited",
                "confirmed",
                "held",
                "no-show",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_interview_minutes_in_range")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_interview_application_id_application")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["member.id"], name=op.f("fk_interview_created_by_id_member")),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["loop_version_stage.id"], name=op.f("fk_interview_stage_id_loop_version_stage")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interview_public_id")),
    )
    op.create_index(op.f("ix_interview_application_id"), "interview", ["application_id"], unique=False)
    op.create_index(op.f("ix_interview_stage_id"), "interview", ["stage_id"], unique=False)
    op.create_index(op.f("ix_interview_starts_at"), "interview", ["starts_at"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "second",
                "shadow",
                "reverse shadow",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "accepted",
                "declined",
                "handed over",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["member.id"], name=op.f("fk_assignment_created_by_id_member")),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name=op.f("fk_assignment_interview_id_interview")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_assignment_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("interview_id", "member_id", name=op.f("uq_assignment_interview_id_member_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assignment_public_id")),
    )
    op.create_index(op.f("ix_assignment_interview_id"), "assignment", ["interview_id"], unique=False)
    op.create_index(op.f("ix_assignment_member_id"), "assignment", ["member_id"], unique=False)
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("requirement", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_waiver_assignment_id_assignment")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_waiver_by_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_waiver_assignment_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_waiver_public_id")),
    )
    for table in APPEND_ONLY:
        make_triggers(op.execute, op.get_bind().dialect.name, table)


def downgrade() -> None:
    """Drop them again."""
    for table in APPEND_ONLY:
        drop_triggers(op.execute, op.get_bind().dialect.name, table)
    op.drop_table("waiver")
    op.drop_index(op.f("ix_assignment_member_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_interview_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_index(op.f("ix_interview_starts_at"), table_name="interview")
    op.drop_index(op.f("ix_interview_stage_id"), table_name="interview")
    op.drop_index(op.f("ix_interview_application_id"), table_name="interview")
    op.drop_table("interview")
