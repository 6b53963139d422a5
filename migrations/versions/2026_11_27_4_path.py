"""The path of an interviewer: guides read, past work credited, reverse shadows signed off."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_27_4_path"
down_revision = "2026_11_27_3_operating_tables"
APPEND_ONLY = ("path_record", "sign_off")


def upgrade() -> None:
    """Make both tables, and their triggers: they only grow."""
    op.create_table(
        "path_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("set_version_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "read the guide",
                "practise",
                "shadow",
                "reverse shadow",
                "lead",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(by_id = member_id) = (reason IS NULL)", name=op.f("ck_path_record_own_or_credited")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_path_record_by_id_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_path_record_member_id_member")),
        sa.ForeignKeyConstraint(
            ["set_version_id"],
            ["competency_set_version.id"],
            name=op.f("fk_path_record_set_version_id_competency_set_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_path_record")),
        sa.UniqueConstraint(
            "member_id", "set_version_id", "step", name=op.f("uq_path_record_member_id_set_version_id_step")
        ),
    )
    op.create_index(op.f("ix_path_record_member_id"), "path_record", ["member_id"], unique=False)
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("is_ready", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_sign_off_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_sign_off_by_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_sign_off_assignment_id")),
    )
    for table in APPEND_ONLY:
        make_triggers(op.execute, op.get_bind().dialect.name, table)


def downgrade() -> None:
    """Drop them again."""
    for table in APPEND_ONLY:
        drop_triggers(op.execute, op.get_bind().dialect.name, table)
    op.drop_table("sign_off")
    op.drop_index(op.f("ix_path_record_member_id"), table_name="path_record")
    op.drop_table("path_record")
