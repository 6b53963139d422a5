"""The drift monitor: what sealed scorecards leave for it, and the alarms that its charts gave."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_27_6_drift"
down_revision = "2026_11_27_5_experts"
TABLES = ("drift_session", "drift_alarm")


def upgrade() -> None:
    """Make both tables, which only grow."""
    op.create_table(
        "drift_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("application", sa.String(length=24), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("residual", sa.Double(), nullable=True),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("ratings_sum", sa.Double(), nullable=False),
        sa.Column("ratings_squares", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ratings > 0", name=op.f("ck_drift_session_is_rated")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_drift_session_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drift_session")),
        sa.UniqueConstraint(
            "member_id", "application", "points", name=op.f("uq_drift_session_member_id_application_points")
        ),
    )
    op.create_table(
        "drift_alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "more generous than before",
                "stricter than before",
                "up and down more than others",
                "close to the middle, whoever is rated",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_drift_alarm_member_id_member")),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["calibration_policy.id"], name=op.f("fk_drift_alarm_policy_id_calibration_policy")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["drift_session.id"], name=op.f("fk_drift_alarm_session_id_drift_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drift_alarm")),
        sa.UniqueConstraint("public_id", name=op.f("uq_drift_alarm_public_id")),
        sa.UniqueConstraint("session_id", "kind", name=op.f("uq_drift_alarm_session_id_kind")),
    )
    op.create_index(op.f("ix_drift_alarm_member_id"), "drift_alarm", ["member_id"], unique=False)
    for table in TABLES:
        make_triggers(op.execute, op.get_bind().dialect.name, table)


def downgrade() -> None:
    """Drop them, the newer first."""
    for table in reversed(TABLES):
        drop_triggers(op.execute, op.get_bind().dialect.name, table)
        op.drop_table(table)
