"""When an opening was first open: what never was has nothing on the public side."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_2_openings"
down_revision = "2026_11_27_1_disclosures"
ADDED = {
    "ck_opening_opened_before_it_runs": "opened_at IS NOT NULL OR state IN ('draft', 'closed')",
    "ck_opening_draft_was_never_open": "opened_at IS NULL OR state <> 'draft'",
}


def upgrade() -> None:
    """Add the column, fill it from the record, and tie it to the states."""
    op.add_column("opening", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE opening SET opened_at = (SELECT min(audit_event.at) FROM audit_event"
        " WHERE audit_event.scope = opening.public_id AND audit_event.tag = 'opening:moved'"
        """ AND audit_event.content LIKE '%"to":"open"%')"""
    )
    op.execute(
        "UPDATE opening SET opened_at = created_at WHERE opened_at IS NULL AND state IN ('open', 'paused', 'filled')"
    )
    with op.batch_alter_table("opening") as batch:
        for name, condition in ADDED.items():
            batch.create_check_constraint(op.f(name), condition)


def downgrade() -> None:
    """Forget it again."""
    with op.batch_alter_table("opening") as batch:
        for name in ADDED:
            batch.drop_constraint(op.f(name), type_="check")
        batch.drop_column("opened_at")
