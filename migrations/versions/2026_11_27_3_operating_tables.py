"""How often a calibration policy's pass rule is wrong, beside the policy."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_3_operating_tables"
down_revision = "2026_11_27_2_openings"


def upgrade() -> None:
    """Add the column; policies adopted before keep none, and state the rates of their own content."""
    op.add_column("calibration_policy", sa.Column("operating_tables", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop it again."""
    op.drop_column("calibration_policy", "operating_tables")
