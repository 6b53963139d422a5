"""Tables that only grow: triggers that refuse every change of a row, on both databases."""

from collections.abc import Callable

Execute = Callable[[str], object]

APPEND_ONLY = (
    "audit_event",
    "pack",
    "competency_version",
    "competency_set_version",
    "competency_set_member",
    "scenario_version",
    "disclosure_version",
    "disclosure_withdrawal",
    "review",
    "review_answer",
    "role_profile",
    "role_profile_demographics",
    "calibration_policy",
    "exercise_form",
    "exercise_response",
    "exercise_gold",
    "expert_rating",
    "expert_withdrawal",
    "attempt_result",
    "calibration_session",
    "drift_session",
    "drift_alarm",
    "path_record",
    "refresh_invitation",
    "loop_version",
    "loop_version_stage",
    "loop_version_rating",
    "loop_version_scenario",
    "loop_freeze",
    "delivery",
    "acknowledgement",
    "reading",
    "claim_question",
    "claim_answer",
    "accommodation_request",
    "arrangement",
    "truth_answer",
    "truth_request",
    "waiver",
    "scorecard",
    "rating",
    "amendment",
    "early_opening",
    "sign_off",
    "gate",
    "gate_resolution",
    "decision",
    "decision_consent",
)


def make_triggers(execute: Execute, dialect: str, table: str) -> None:
    """Make the triggers of one table; a migration that rebuilds the table calls this again."""
    if dialect == "postgresql":
        execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME; END $$"
        )
        execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END"
        )


def drop_triggers(execute: Execute, dialect: str, table: str) -> None:
    """Drop the triggers of one table, for a migration going down."""
    if dialect == "postgresql":
        execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
        return
    for act in ("update", "delete"):
        execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
