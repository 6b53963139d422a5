"""Invitations to renew a calibration: who asked whom about which standing, and when."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_27_7_refreshes"
down_revision = "2026_11_27_6_drift"
TABLE = "refresh_invitation"


def upgrade() -> None:
    """Make the table, and its triggers: it only grows."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standing_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_refresh_invitation_by_id_member")),
        sa.ForeignKeyConstraint(
            ["standing_id"], ["standing.id"], name=op.f("fk_refresh_invitation_standing_id_standing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_invitation")),
        sa.UniqueConstraint("standing_id", name=op.f("uq_refresh_invitation_standing_id")),
    )
    make_triggers(op.execute, op.get_bind().dialect.name, TABLE)


def downgrade() -> None:
    """Drop it again."""
    drop_triggers(op.execute, op.get_bind().dialect.name, TABLE)
    op.drop_table(TABLE)
