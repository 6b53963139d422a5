"""The field registry is complete, consistent and phrased as questions."""

import re

import pytest

from hiringkit.disclosures.rules.fields import FIELDS, ORDER, REQUIRED, SECTIONS, section, section_after
from hiringkit.disclosures.rules.shapes import VALUE, Field, Kind, choices, several, single
from hiringkit.disclosures.rules.vague import vague_words

EACH = pytest.mark.parametrize("asked", FIELDS.values(), ids=list(FIELDS))


def test_the_sections_stand_in_the_order_in_which_a_candidate_reads_them() -> None:
    assert [one.key for one in SECTIONS] == [
        "why", "scope", "workload", "quality", "support", "constraints", "first-90-days", "pay", "growth",
    ]  # fmt: skip


def test_there_are_56_questions_and_no_key_twice() -> None:
    keys = [one.key for part in SECTIONS for one in part.fields]
    assert len(keys) == len(set(keys)) == len(FIELDS) == 56
    assert list(ORDER) == keys


def test_the_required_questions_are_those_of_the_product() -> None:
    assert [one.key for one in REQUIRED] == [
        "why.kind", "why.problem",
        "scope.owns", "scope.does-not-own", "scope.decision-rights", "scope.escalation", "scope.boundaries",
        "scope.reports-to",
        "workload.units", "workload.minutes", "workload.interruptions", "workload.hours", "workload.fixed-hours",
        "workload.people", "workload.after-hours", "workload.weekends", "workload.on-call",
        "workload.good-week", "workload.bad-week", "workload.target",
        "quality.ranking", "quality.audit",
        "support.supervision", "support.onboarding", "support.unblocks",
        "constraints.named", "first-90-days.windows",
        "pay.band", "pay.band-policy", "pay.level", "pay.deadline",
    ]  # fmt: skip


@EACH
def test_a_field_is_well_formed(asked: Field) -> None:
    assert re.fullmatch(r"[a-z0-9-]+\.[a-z0-9-]+", asked.key)
    assert asked.key.partition(".")[0] == asked.section
    assert asked.question.endswith("?")
    assert asked.question[0].isupper()
    assert 1 <= asked.min_rows <= asked.max_rows
    assert asked.shelf_life_days > 0
    keys = [column.key for column in asked.columns]
    assert len(keys) == len(set(keys))
    assert any(column.required for column in asked.columns)
    assert (keys == [VALUE]) == asked.is_single
    assert not asked.unique or asked.unique in keys


@EACH
def test_a_table_has_room_for_rows_and_nothing_else_has(asked: Field) -> None:
    assert asked.is_table == (asked.max_rows > 1)
    assert (asked.kind in {Kind.TABLE, Kind.RECORD}) == (not asked.is_single)


@EACH
def test_columns_are_well_formed(asked: Field) -> None:
    for column in asked.columns:
        assert column.kind not in {Kind.TABLE, Kind.RECORD}
        assert bool(column.choices) == (column.kind is Kind.CHOICE)
        assert column.minimum < column.maximum
        assert re.fullmatch(r"[a-z_]+", column.key)
        if column.is_numeric and column.kind is not Kind.MONEY:
            assert column.unit


@EACH
def test_the_questions_themselves_hold_no_vague_word(asked: Field) -> None:
    assert not vague_words(f"{asked.label} {asked.question}")


def test_numbers_need_a_basis_unless_they_are_counted_by_looking() -> None:
    without = {one.key for one in FIELDS.values() if any(c.is_numeric for c in one.columns) and not one.needs_basis}
    assert without == {"scope.budget-distance"}
    assert FIELDS["workload.target"].needs_basis


def test_sections_are_found_by_key_and_in_order() -> None:
    assert section("workload").title == "Workload"
    with pytest.raises(KeyError):
        section("salary")
    after = section_after("pay")
    assert after is not None
    assert after.key == "growth"
    assert section_after("growth") is None


def test_a_column_is_found_by_key_and_a_choice_by_its_words() -> None:
    ranking = FIELDS["quality.ranking"]
    assert ranking.column("what").choice_label("safety") == "Safety checks"
    assert ranking.column("what").choice_label("gone") == "gone"
    with pytest.raises(KeyError):
        ranking.column("value")


def test_constructors_derive_kind_basis_and_shelf_life() -> None:
    number = single("a.b", "A", "How many?", kind=Kind.NUMBER)
    words = single("a.c", "A", "Why?")
    record = several("a.d", "A", "Who?", number.columns, max_rows=1)
    assert (number.needs_basis, words.needs_basis) == (True, False)
    assert number.shelf_life_days < words.shelf_life_days
    assert record.kind is Kind.RECORD
    assert record.needs_basis
    assert [choice.key for choice in choices(weeks_1_2="x")] == ["weeks-1-2"]
