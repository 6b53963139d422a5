"""The plan and the people: loops and candidates."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_22_4_loops"
down_revision = "2026_11_22_3_calibration"
APPEND_ONLY = (
    "delivery",
    "loop_version",
    "reading",
    "acknowledgement",
    "loop_freeze",
    "loop_version_stage",
    "loop_version_rating",
    "loop_version_scenario",
)


def upgrade() -> None:
    """Make the tables, and the triggers of those that only grow."""
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=250), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_candidate_member_id_member")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject_key.id"], name=op.f("fk_candidate_subject_id_subject_key")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_candidate_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("public_id", name=op.f("uq_candidate_public_id")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_candidate_subject_id")),
        sa.UniqueConstraint("team_id", "email", name=op.f("uq_candidate_team_id_email")),
    )
    op.create_index(op.f("ix_candidate_team_id"), "candidate", ["team_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "added",
                "informed",
                "acknowledged",
                "interviewing",
                "in debrief",
                "decided",
                "offered",
                "hired",
                "declined",
                "withdrawn",
                "erased",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_application_candidate_id_candidate")),
        sa.ForeignKeyConstraint(["created_by_id"], ["member.id"], name=op.f("fk_application_created_by_id_member")),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_application_opening_id_opening")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("public_id", name=op.f("uq_application_public_id")),
    )
    op.create_index(op.f("ix_application_candidate_id"), "application", ["candidate_id"], unique=False)
    op.create_index(op.f("ix_application_opening_id"), "application", ["opening_id"], unique=False)
    op.create_index(
        "uq_application_active",
        "application",
        ["candidate_id", "opening_id"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('declined', 'withdrawn', 'erased', 'hired')"),
        postgresql_where=sa.text("state NOT IN ('declined', 'withdrawn', 'erased', 'hired')"),
    )
    op.create_table(
        "loop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("weights_reason", sa.Text(), nullable=False),
        sa.Column("bar", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column("gate_level", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.CheckConstraint("bar BETWEEN 1 AND 7", name=op.f("ck_loop_bar_in_scale")),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_loop_opening_id_opening")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loop")),
        sa.UniqueConstraint("opening_id", name=op.f("uq_loop_opening_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_loop_public_id")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("disclosure_version_id", sa.Integer(), nullable=False),
        sa.Column("disclosure_hash", sa.String(length=64), nullable=False),
        sa.Column("loop_version", sa.String(length=24), nullable=False),
        sa.Column("loop_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_delivery_application_id_application")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_delivery_by_id_member")),
        sa.ForeignKeyConstraint(
            ["disclosure_version_id"],
            ["disclosure_version.id"],
            name=op.f("fk_delivery_disclosure_version_id_disclosure_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "application_id", "disclosure_version_id", name=op.f("uq_delivery_application_id_disclosure_version_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_delivery_public_id")),
    )
    op.create_index(op.f("ix_delivery_application_id"), "delivery", ["application_id"], unique=False)
    op.create_table(
        "loop_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("bar", sa.Numeric(precision=4, scale=2), nullable=False),
        sa.Column("gate_level", sa.Integer(), nullable=False),
        sa.Column(
            "reveal",
            sa.Enum(
                "when every expected scorecard is in",
                "when all of one's own are in",
                name="reveal",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["member.id"], name=op.f("fk_loop_version_created_by_id_member")),
        sa.ForeignKeyConstraint(["loop_id"], ["loop.id"], name=op.f("fk_loop_version_loop_id_loop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loop_version")),
        sa.UniqueConstraint("loop_id", "number", name=op.f("uq_loop_version_loop_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_loop_version_public_id")),
    )
    op.create_index(op.f("ix_loop_version_loop_id"), "loop_version", ["loop_id"], unique=False)
    op.create_table(
        "personal_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_personal_link_application_id_application")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["member.id"], name=op.f("fk_personal_link_created_by_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_personal_link_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_personal_link_token_hash")),
    )
    op.create_index(op.f("ix_personal_link_application_id"), "personal_link", ["application_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_reading_application_id_application")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reading_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("application_id", "member_id", name=op.f("uq_reading_application_id_member_id")),
    )
    op.create_index(op.f("ix_reading_application_id"), "reading", ["application_id"], unique=False)
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_acknowledgement_delivery_id_delivery")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_acknowledgement_delivery_id")),
    )
    op.create_table(
        "loop_freeze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loop_version_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["loop_version_id"], ["loop_version.id"], name=op.f("fk_loop_freeze_loop_version_id_loop_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loop_freeze")),
        sa.UniqueConstraint("loop_version_id", name=op.f("uq_loop_freeze_loop_version_id")),
    )
    op.create_table(
        "loop_version_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loop_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("panel", sa.Integer(), nullable=False),
        sa.Column("brief", sa.Text(), nullable=False),
        sa.Column("artefacts", sa.JSON(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["loop_version_id"], ["loop_version.id"], name=op.f("fk_loop_version_stage_loop_version_id_loop_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loop_version_stage")),
        sa.UniqueConstraint("loop_version_id", "position", name=op.f("uq_loop_version_stage_loop_version_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_loop_version_stage_public_id")),
    )
    op.create_index(
        op.f("ix_loop_version_stage_loop_version_id"), "loop_version_stage", ["loop_version_id"], unique=False
    )
    op.create_table(
        "loop_version_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_loop_version_rating_competency_version_id_competency_version"),
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["loop_version_stage.id"], name=op.f("fk_loop_version_rating_stage_id_loop_version_stage")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loop_version_rating")),
        sa.UniqueConstraint(
            "stage_id", "competency_version_id", name=op.f("uq_loop_version_rating_stage_id_competency_version_id")
        ),
    )
    op.create_index(op.f("ix_loop_version_rating_stage_id"), "loop_version_rating", ["stage_id"], unique=False)
    op.create_table(
        "loop_version_scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("scenario_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_version_id"],
            ["scenario_version.id"],
            name=op.f("fk_loop_version_scenario_scenario_version_id_scenario_version"),
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["loop_version_stage.id"], name=op.f("fk_loop_version_scenario_stage_id_loop_version_stage")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loop_version_scenario")),
        sa.UniqueConstraint(
            "stage_id", "scenario_version_id", name=op.f("uq_loop_version_scenario_stage_id_scenario_version_id")
        ),
    )
    op.create_index(op.f("ix_loop_version_scenario_stage_id"), "loop_version_scenario", ["stage_id"], unique=False)
    for table in APPEND_ONLY:
        make_triggers(op.execute, op.get_bind().dialect.name, table)


def downgrade() -> None:
    """Drop them again."""
    for table in APPEND_ONLY:
        drop_triggers(op.execute, op.get_bind().dialect.name, table)
    op.drop_index(op.f("ix_loop_version_scenario_stage_id"), table_name="loop_version_scenario")
    op.drop_table("loop_version_scenario")
    op.drop_index(op.f("ix_loop_version_rating_stage_id"), table_name="loop_version_rating")
    op.drop_table("loop_version_rating")
    op.drop_index(op.f("ix_loop_version_stage_loop_version_id"), table_name="loop_version_stage")
    op.drop_table("loop_version_stage")
    op.drop_table("loop_freeze")
    op.drop_table("acknowledgement")
    op.drop_index(op.f("ix_reading_application_id"), table_name="reading")
    op.drop_table("reading")
    op.drop_index(op.f("ix_personal_link_application_id"), table_name="personal_link")
    op.drop_table("personal_link")
    op.drop_index(op.f("ix_loop_version_loop_id"), table_name="loop_version")
    op.drop_table("loop_version")
    op.drop_index(op.f("ix_delivery_application_id"), table_name="delivery")
    op.drop_table("delivery")
    op.drop_table("loop")
    op.drop_index(
        "uq_application_active",
        table_name="application",
        sqlite_where=sa.text("state NOT IN ('declined', 'withdrawn', 'erased', 'hired')"),
        postgresql_where=sa.text("state NOT IN ('declined', 'withdrawn', 'erased', 'hired')"),
    )
    op.drop_index(op.f("ix_application_opening_id"), table_name="application")
    op.drop_index(op.f("ix_application_candidate_id"), table_name="application")
    op.drop_table("application")
    op.drop_index(op.f("ix_candidate_team_id"), table_name="candidate")
    op.drop_table("candidate")
