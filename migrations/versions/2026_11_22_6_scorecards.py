"""What was found: scorecards, gates, decisions."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_22_6_scorecards"
down_revision = "2026_11_22_5_interviews"
APPEND_ONLY = (
    "decision",
    "early_opening",
    "decision_consent",
    "scorecard",
    "amendment",
    "rating",
    "gate",
    "gate_resolution",
)


def upgrade() -> None:
    """Make the tables, and the triggers of those that only grow."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("offer", "decline", name="verdict", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "rule_outcome",
            sa.Enum(
                "meets the bar",
                "below the bar",
                "gate open",
                "incomplete",
                name="rule_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("score", sa.Numeric(precision=6, scale=4), nullable=True),
        sa.Column("bar", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column("is_against_rule", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_decision_application_id_application")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_decision_by_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_decision_public_id")),
    )
    op.create_index(op.f("ix_decision_application_id"), "decision", ["application_id"], unique=False)
    op.create_table(
        "early_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_early_opening_application_id_application")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_early_opening_by_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_opening")),
        sa.UniqueConstraint("application_id", name=op.f("uq_early_opening_application_id")),
    )
    op.create_table(
        "decision_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_decision_consent_by_id_member")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_consent_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_consent")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_decision_consent_decision_id")),
    )
    op.create_table(
        "scorecard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("is_abstention", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_scorecard_assignment_id_assignment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_scorecard_assignment_id")),
    )
    op.create_table(
        "scorecard_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_scorecard_draft_assignment_id_assignment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorecard_draft")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_scorecard_draft_assignment_id")),
    )
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"], name=op.f("fk_amendment_scorecard_id_scorecard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_amendment_public_id")),
    )
    op.create_index(op.f("ix_amendment_scorecard_id"), "amendment", ["scorecard_id"], unique=False)
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column(
            "not_rated",
            sa.Enum(
                "not observed", "not asked", name="not_rated", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(points IS NULL) = (not_rated IS NOT NULL)", name=op.f("ck_rating_points_or_why_not")),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_rating_competency_version_id_competency_version"),
        ),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecard.id"], name=op.f("fk_rating_scorecard_id_scorecard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint(
            "scorecard_id", "competency_version_id", name=op.f("uq_rating_scorecard_id_competency_version_id")
        ),
    )
    op.create_index(op.f("ix_rating_scorecard_id"), "rating", ["scorecard_id"], unique=False)
    op.create_table(
        "gate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_gate_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_gate_competency_version_id_competency_version"),
        ),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_gate_rating_id_rating")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate")),
        sa.UniqueConstraint(
            "application_id", "competency_version_id", name=op.f("uq_gate_application_id_competency_version_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_gate_public_id")),
    )
    op.create_index(op.f("ix_gate_application_id"), "gate", ["application_id"], unique=False)
    op.create_table(
        "gate_resolution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "cleared", "confirmed", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state <> 'open'", name=op.f("ck_gate_resolution_closed")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_gate_resolution_by_id_member")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_gate_resolution_gate_id_gate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_resolution")),
        sa.UniqueConstraint("gate_id", name=op.f("uq_gate_resolution_gate_id")),
    )
    for table in APPEND_ONLY:
        make_triggers(op.execute, op.get_bind().dialect.name, table)


def downgrade() -> None:
    """Drop them again."""
    for table in APPEND_ONLY:
        drop_triggers(op.execute, op.get_bind().dialect.name, table)
    op.drop_table("gate_resolution")
    op.drop_index(op.f("ix_gate_application_id"), table_name="gate")
    op.drop_table("gate")
    op.drop_index(op.f("ix_rating_scorecard_id"), table_name="rating")
    op.drop_table("rating")
    op.drop_index(op.f("ix_amendment_scorecard_id"), table_name="amendment")
    op.drop_table("amendment")
    op.drop_table("scorecard_draft")
    op.drop_table("scorecard")
    op.drop_table("decision_consent")
    op.drop_table("early_opening")
    op.drop_index(op.f("ix_decision_application_id"), table_name="decision")
    op.drop_table("decision")
