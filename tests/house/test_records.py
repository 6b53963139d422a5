"""Laws of the record: every table is audited or listed as not, reactions answer tags that exist, triggers stand."""

from inspect import signature

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hiringkit import reactions, tables
from hiringkit.audit.operations import EMITTED
from hiringkit.foundation.append_only import APPEND_ONLY
from hiringkit.foundation.db import Base, db, transaction

UNAUDITED = {
    "audit_event", "audit_head", "subject_key",  # The record itself.
    "form_key", "throttle_hit", "outbox_mail",  # Floor, PROMISES 4 rule 10.
    "scorecard_draft", "attempt_rating", "expert_draft", "settling_draft", "section_typing",  # Drafts.
}  # fmt: skip


def test_unaudited_tables_exist() -> None:
    assert tables.ALL
    assert set(Base.metadata.tables) >= UNAUDITED


def test_reactions_answer_tags_that_some_operation_emits() -> None:
    assert set(reactions.TABLE) <= EMITTED
    for answers in reactions.TABLE.values():
        for answer in answers:
            assert list(signature(answer).parameters)[1:] == ["by", "at"], "a reaction takes (subject_id, by, at)"


def test_append_only_tables_refuse_update_and_delete(app: Flask) -> None:
    assert set(Base.metadata.tables) >= set(APPEND_ONLY)
    kind = db.engine.dialect.name
    for table in APPEND_ONLY:
        if kind == "sqlite":
            wanted = {f"{table}_no_update", f"{table}_no_delete"}
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        else:
            wanted = {f"{table}_append_only", f"{table}_no_truncate"}
            query = "SELECT tgname FROM pg_trigger WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal"
        assert wanted <= set(db.session.scalars(text(query), {"table": table}).all()), table
    if kind == "postgresql":
        with pytest.raises(DBAPIError, match="append-only"), transaction():
            db.session.execute(text("TRUNCATE scorecard CASCADE"))


def test_no_foreign_key_deletes_by_itself() -> None:
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            assert key.ondelete is None, f"{table.name}.{key.parent.name}"


def test_text_columns_have_lengths_or_are_long_on_purpose() -> None:
    from sqlalchemy import String, Text

    for table in Base.metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, String) and not isinstance(column.type, Text):
                assert column.type.length, f"{table.name}.{column.name}"
