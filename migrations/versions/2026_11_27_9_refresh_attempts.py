"""Refreshes by a few fresh responses: which attempts are one, and how many responses are decided on at first."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_9_refresh_attempts"
down_revision = "2026_11_27_8_settling"


def upgrade() -> None:
    """Add both columns; every attempt so far was at a whole form, whose first block its responses tell."""
    op.add_column("attempt", sa.Column("first_block", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("attempt", sa.Column("is_refresh", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE attempt SET first_block = (SELECT count(*) FROM exercise_response"
        " WHERE exercise_response.form_id = attempt.form_id AND exercise_response.block = 1)"
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_column("attempt", "is_refresh")
    op.drop_column("attempt", "first_block")
