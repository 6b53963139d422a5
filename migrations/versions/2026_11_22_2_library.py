"""What the work is: packs, openings, disclosures."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_22_2_library"
down_revision = "2026_11_22_1_people"
APPEND_ONLY = (
    "competency_set_version",
    "competency_version",
    "pack",
    "scenario_version",
    "competency_set_member",
    "disclosure_version",
    "disclosure_withdrawal",
)


def upgrade() -> None:
    """Make the tables, and the triggers of those that only grow."""
    op.create_table(
        "competency_set_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_set_version")),
        sa.UniqueConstraint("key", "content_hash", name=op.f("uq_competency_set_version_key_content_hash")),
        sa.UniqueConstraint("key", "number", name=op.f("uq_competency_set_version_key_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_competency_set_version_public_id")),
    )
    op.create_table(
        "competency_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("is_safety_critical", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("anchors", sa.JSON(), nullable=False),
        sa.Column("positive_signals", sa.JSON(), nullable=False),
        sa.Column("red_flags", sa.JSON(), nullable=False),
        sa.Column("proof", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.CheckConstraint("points IN (5, 7)", name=op.f("ck_competency_version_five_or_seven_points")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_version")),
        sa.UniqueConstraint("key", "content_hash", name=op.f("uq_competency_version_key_content_hash")),
        sa.UniqueConstraint("key", "number", name=op.f("uq_competency_version_key_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_competency_version_public_id")),
    )
    op.create_table(
        "pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("key", "content_hash", name=op.f("uq_pack_key_content_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pack_public_id")),
    )
    op.create_table(
        "scenario_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_version")),
        sa.UniqueConstraint("key", "content_hash", name=op.f("uq_scenario_version_key_content_hash")),
        sa.UniqueConstraint("key", "number", name=op.f("uq_scenario_version_key_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_scenario_version_public_id")),
    )
    op.create_table(
        "competency_set_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_version_id", sa.Integer(), nullable=False),
        sa.Column("competency_version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_version_id"],
            ["competency_version.id"],
            name=op.f("fk_competency_set_member_competency_version_id_competency_version"),
        ),
        sa.ForeignKeyConstraint(
            ["set_version_id"],
            ["competency_set_version.id"],
            name=op.f("fk_competency_set_member_set_version_id_competency_set_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_set_member")),
        sa.UniqueConstraint(
            "set_version_id",
            "competency_version_id",
            name=op.f("uq_competency_set_member_set_version_id_competency_version_id"),
        ),
    )
    op.create_index(
        op.f("ix_competency_set_member_set_version_id"), "competency_set_member", ["set_version_id"], unique=False
    )
    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("track_key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("slug", sa.String(length=140), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "paused",
                "filled",
                "closed",
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
        sa.CheckConstraint("posts BETWEEN 1 AND 500", name=op.f("ck_opening_posts_in_range")),
        sa.ForeignKeyConstraint(["created_by_id"], ["member.id"], name=op.f("fk_opening_created_by_id_member")),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_opening_pack_id_pack")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_opening_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("public_id", name=op.f("uq_opening_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_opening_slug")),
    )
    op.create_index(op.f("ix_opening_team_id"), "opening", ["team_id"], unique=False)
    op.create_table(
        "disclosure_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_disclosure_draft_opening_id_opening")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_draft")),
        sa.UniqueConstraint("opening_id", name=op.f("uq_disclosure_draft_opening_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_disclosure_draft_public_id")),
    )
    op.create_table(
        "disclosure_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_disclosure_version_opening_id_opening")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["member.id"], name=op.f("fk_disclosure_version_published_by_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_version")),
        sa.UniqueConstraint("opening_id", "number", name=op.f("uq_disclosure_version_opening_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_disclosure_version_public_id")),
    )
    op.create_index(op.f("ix_disclosure_version_opening_id"), "disclosure_version", ["opening_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("none_reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["disclosure_draft.id"], name=op.f("fk_claim_draft_id_disclosure_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("draft_id", "field", "row", name=op.f("uq_claim_draft_id_field_row")),
    )
    op.create_index(op.f("ix_claim_draft_id"), "claim", ["draft_id"], unique=False)
    op.create_table(
        "disclosure_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["disclosure_draft.id"], name=op.f("fk_disclosure_section_draft_id_disclosure_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_section")),
        sa.UniqueConstraint("draft_id", "key", name=op.f("uq_disclosure_section_draft_id_key")),
    )
    op.create_index(op.f("ix_disclosure_section_draft_id"), "disclosure_section", ["draft_id"], unique=False)
    op.create_table(
        "disclosure_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_disclosure_withdrawal_by_id_member")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["disclosure_version.id"],
            name=op.f("fk_disclosure_withdrawal_version_id_disclosure_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_withdrawal")),
        sa.UniqueConstraint("version_id", name=op.f("uq_disclosure_withdrawal_version_id")),
    )
    for table in APPEND_ONLY:
        make_triggers(op.execute, op.get_bind().dialect.name, table)


def downgrade() -> None:
    """Drop them again."""
    for table in APPEND_ONLY:
        drop_triggers(op.execute, op.get_bind().dialect.name, table)
    op.drop_table("disclosure_withdrawal")
    op.drop_index(op.f("ix_disclosure_section_draft_id"), table_name="disclosure_section")
    op.drop_table("disclosure_section")
    op.drop_index(op.f("ix_claim_draft_id"), table_name="claim")
    op.drop_table("claim")
    op.drop_index(op.f("ix_disclosure_version_opening_id"), table_name="disclosure_version")
    op.drop_table("disclosure_version")
    op.drop_table("disclosure_draft")
    op.drop_index(op.f("ix_opening_team_id"), table_name="opening")
    op.drop_table("opening")
    op.drop_index(op.f("ix_competency_set_member_set_version_id"), table_name="competency_set_member")
    op.drop_table("competency_set_member")
    op.drop_table("scenario_version")
    op.drop_table("pack")
    op.drop_table("competency_version")
    op.drop_table("competency_set_version")
