"""The public side in full: reviews, attestations, typing, questions, accommodations, truth, role profiles."""

import sqlalchemy as sa
from alembic import op

from hiringkit.foundation.append_only import drop_triggers, make_triggers

revision = "2026_11_27_1_disclosures"
down_revision = "2026_11_22_6_scorecards"
APPEND_ONLY = (
    "role_profile",
    "role_profile_demographics",
    "review",
    "review_answer",
    "claim_question",
    "claim_answer",
    "accommodation_request",
    "arrangement",
    "truth_answer",
    "truth_request",
)


def upgrade() -> None:
    """Make the tables and columns, and the triggers of those that only grow."""
    op.create_table(
        "role_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_profile")),
        sa.UniqueConstraint("key", "content_hash", name=op.f("uq_role_profile_key_content_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_role_profile_public_id")),
    )
    op.create_index(op.f("ix_role_profile_key"), "role_profile", ["key"], unique=False)
    op.create_table(
        "role_profile_demographics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["role_profile.id"], name=op.f("fk_role_profile_demographics_profile_id_role_profile")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_profile_demographics")),
        sa.UniqueConstraint("profile_id", name=op.f("uq_role_profile_demographics_profile_id")),
    )
    op.create_table(
        "incumbent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["member.id"], name=op.f("fk_incumbent_added_by_id_member")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_incumbent_member_id_member")),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_incumbent_opening_id_opening")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incumbent")),
        sa.UniqueConstraint("opening_id", "member_id", name=op.f("uq_incumbent_opening_id_member_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incumbent_public_id")),
    )
    op.create_index(op.f("ix_incumbent_opening_id"), "incumbent", ["opening_id"], unique=False)
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["member.id"], name=op.f("fk_review_asked_by_id_member")),
        sa.ForeignKeyConstraint(["opening_id"], ["opening.id"], name=op.f("fk_review_opening_id_opening")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("public_id", name=op.f("uq_review_public_id")),
    )
    op.create_index(op.f("ix_review_opening_id"), "review", ["opening_id"], unique=False)
    op.create_table(
        "accommodation_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_accommodation_request_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodation_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_accommodation_request_public_id")),
    )
    op.create_index(
        op.f("ix_accommodation_request_application_id"), "accommodation_request", ["application_id"], unique=False
    )
    op.create_table(
        "attestation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "word",
            sa.Enum("confirmed", "disputed", name="word", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_attestation_member_id_member")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["disclosure_version.id"], name=op.f("fk_attestation_version_id_disclosure_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
        sa.UniqueConstraint(
            "version_id", "section", "member_id", name=op.f("uq_attestation_version_id_section_member_id")
        ),
    )
    op.create_index(op.f("ix_attestation_version_id"), "attestation", ["version_id"], unique=False)
    op.create_table(
        "claim_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("disclosure_version_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_claim_question_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_version_id"],
            ["disclosure_version.id"],
            name=op.f("fk_claim_question_disclosure_version_id_disclosure_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_question")),
        sa.UniqueConstraint("public_id", name=op.f("uq_claim_question_public_id")),
    )
    op.create_index(op.f("ix_claim_question_application_id"), "claim_question", ["application_id"], unique=False)
    op.create_table(
        "review_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("approves", sa.Boolean(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_review_answer_by_id_member")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_answer_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_answer")),
        sa.UniqueConstraint("review_id", name=op.f("uq_review_answer_review_id")),
    )
    op.create_table(
        "section_typing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["disclosure_draft.id"], name=op.f("fk_section_typing_draft_id_disclosure_draft")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_section_typing_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_typing")),
        sa.UniqueConstraint(
            "draft_id", "section", "member_id", name=op.f("uq_section_typing_draft_id_section_member_id")
        ),
    )
    op.create_index(op.f("ix_section_typing_draft_id"), "section_typing", ["draft_id"], unique=False)
    op.create_table(
        "truth_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("disclosure_version_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column(
            "word",
            sa.Enum(
                "true", "partly true", "not true", name="word", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("day IN (30, 90)", name=op.f("ck_truth_answer_asked_day")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_truth_answer_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_version_id"],
            ["disclosure_version.id"],
            name=op.f("fk_truth_answer_disclosure_version_id_disclosure_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_truth_answer")),
        sa.UniqueConstraint(
            "application_id", "day", "section", name=op.f("uq_truth_answer_application_id_day_section")
        ),
    )
    op.create_index(op.f("ix_truth_answer_application_id"), "truth_answer", ["application_id"], unique=False)
    op.create_table(
        "truth_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("day IN (30, 90)", name=op.f("ck_truth_request_asked_day")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_truth_request_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_truth_request")),
        sa.UniqueConstraint("application_id", "day", name=op.f("uq_truth_request_application_id_day")),
    )
    op.create_index(op.f("ix_truth_request_application_id"), "truth_request", ["application_id"], unique=False)
    op.create_table(
        "arrangement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("extra_minutes BETWEEN 0 AND 480", name=op.f("ck_arrangement_minutes_in_range")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_arrangement_by_id_member")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["accommodation_request.id"], name=op.f("fk_arrangement_request_id_accommodation_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangement")),
    )
    op.create_index(op.f("ix_arrangement_request_id"), "arrangement", ["request_id"], unique=False)
    op.create_table(
        "claim_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_claim_answer_by_id_member")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["claim_question.id"], name=op.f("fk_claim_answer_question_id_claim_question")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_answer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_claim_answer_public_id")),
        sa.UniqueConstraint("question_id", name=op.f("uq_claim_answer_question_id")),
    )
    op.add_column("claim", sa.Column("is_to_check", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("opening", sa.Column("posting_places", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("team", sa.Column("wants_review", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table in APPEND_ONLY:
        make_triggers(op.execute, op.get_bind().dialect.name, table)


def downgrade() -> None:
    """Drop them again."""
    for table in APPEND_ONLY:
        drop_triggers(op.execute, op.get_bind().dialect.name, table)
    op.drop_column("team", "wants_review")
    op.drop_column("opening", "posting_places")
    op.drop_column("claim", "is_to_check")
    op.drop_table("claim_answer")
    op.drop_index(op.f("ix_arrangement_request_id"), table_name="arrangement")
    op.drop_table("arrangement")
    op.drop_index(op.f("ix_truth_request_application_id"), table_name="truth_request")
    op.drop_table("truth_request")
    op.drop_index(op.f("ix_truth_answer_application_id"), table_name="truth_answer")
    op.drop_table("truth_answer")
    op.drop_index(op.f("ix_section_typing_draft_id"), table_name="section_typing")
    op.drop_table("section_typing")
    op.drop_table("review_answer")
    op.drop_index(op.f("ix_claim_question_application_id"), table_name="claim_question")
    op.drop_table("claim_question")
    op.drop_index(op.f("ix_attestation_version_id"), table_name="attestation")
    op.drop_table("attestation")
    op.drop_index(op.f("ix_accommodation_request_application_id"), table_name="accommodation_request")
    op.drop_table("accommodation_request")
    op.drop_index(op.f("ix_review_opening_id"), table_name="review")
    op.drop_table("review")
    op.drop_index(op.f("ix_incumbent_opening_id"), table_name="incumbent")
    op.drop_table("incumbent")
    op.drop_table("role_profile_demographics")
    op.drop_index(op.f("ix_role_profile_key"), table_name="role_profile")
    op.drop_table("role_profile")
