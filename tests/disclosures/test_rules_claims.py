"""Reading typed rows, the contradictions between claims, and the contradictions inside them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.claims import (
    Claim,
    claim_problems,
    contradictions,
    is_blank_row,
    none_problem,
    read_row,
    sorted_claims,
)
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.shapes import VALUE, Column, Field, Kind
from hiringkit.disclosures.rules.values import (
    LONGTEXT_LIMIT,
    UnreadableError,
    Value,
    as_typed,
    clean_text,
    plain_number,
    plain_value,
    read_value,
)
from tests.disclosures.answers import claim, complete

EACH = pytest.mark.parametrize("asked", FIELDS.values(), ids=list(FIELDS))
NUMBERS = Column(VALUE, "Share", Kind.PERCENT, unit="%", maximum=100)
MONEY = Column(VALUE, "From", Kind.MONEY, maximum=100_000_000)


@pytest.mark.parametrize(
    ("column", "typed", "value"),
    [
        (NUMBERS, "12", Decimal(12)),
        (NUMBERS, " 12.5 % ", Decimal("12.5")),
        (NUMBERS, "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}", Decimal(12)),
        (NUMBERS, "٤٢", Decimal(42)),
        (MONEY, "$68,000", Decimal(68000)),
        (MONEY, "68 000", Decimal(68000)),
        (MONEY, "68\N{NO-BREAK SPACE}000.50", Decimal("68000.50")),
        (Column(VALUE, "x", Kind.BOOLEAN), "Yes", True),
        (Column(VALUE, "x", Kind.BOOLEAN), "off", False),
        (Column(VALUE, "x", Kind.DATE), "2026-05-03", date(2026, 5, 3)),
        (Column(VALUE, "x", Kind.CURRENCY), "eur", "EUR"),
        (Column(VALUE, "x"), "  Zoë\r\nand  co ", "Zoë and co"),
        (Column(VALUE, "x", Kind.LONGTEXT), "one\r\ntwo", "one\ntwo"),
        (Column(VALUE, "x", Kind.LONGTEXT), "病人安全 🙂", "病人安全 🙂"),
        (Column(VALUE, "x"), "a" * 300, "a" * 300),
        (NUMBERS, "100", Decimal(100)),
    ],
)
def test_what_people_type_is_understood(column: Column, typed: str, value: Value) -> None:
    assert read_value(column, typed) == value


@pytest.mark.parametrize(
    ("column", "typed", "message"),
    [
        (NUMBERS, "-1", "-1 is too low: the least is 0 %."),
        (NUMBERS, "\N{MINUS SIGN}1", "-1 is too low: the least is 0 %."),
        (NUMBERS, "101", "101 is too high: the most is 100 %."),
        (NUMBERS, "2,5", "Write decimals with a point: 2.5."),
        (NUMBERS, "1e3", "Write a number, such as 12 or 2.5."),
        (NUMBERS, "NaN", "Write a number, such as 12 or 2.5."),
        (NUMBERS, "9" * 400, "Write a number, such as 12 or 2.5."),
        (NUMBERS, "about 10", "Write a number, such as 12 or 2.5."),
        (Column(VALUE, "x", Kind.NUMBER, whole=True), "1.5", "Write a whole number, not 1.5."),
        (Column(VALUE, "x", Kind.DATE), "3 May", "Write the date as year-month-day, such as 2026-05-03."),
        (Column(VALUE, "x", Kind.DATE), "2026-02-30", "Write the date as year-month-day, such as 2026-05-03."),
        (Column(VALUE, "x", Kind.BOOLEAN), "maybe", "Answer yes or no."),
        (Column(VALUE, "x", Kind.CURRENCY), "$", "Write the three letters of the currency, such as USD or EUR."),
        (Column(VALUE, "x"), "a" * 301, "Write at most 300 characters; this has 301."),
        (Column(VALUE, "x", Kind.LONGTEXT), "a" * 4_001, "Write at most 4,000 characters; this has 4,001."),
        (Column(VALUE, "The limit"), "\x00\u202e ", "Write something for “The limit”."),
        (FIELDS["why.kind"].columns[0], "other", "Choose one of: Somebody left, The team is growing, The job is new."),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_type(column: Column, typed: str, message: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read_value(column, typed)
    assert str(refusal.value) == message


def test_a_single_value_refuses_several_answers() -> None:
    with pytest.raises(UnreadableError, match="one answer"):
        read_value(NUMBERS, ["1", "2"])


def test_twelve_months_are_read_from_twelve_boxes_or_one_line() -> None:
    season = FIELDS["workload.season"].columns[0]
    boxes = [str(number) for number in range(12)]
    assert read_value(season, boxes) == read_value(season, "0 1 2 3 4 5;6;7 8\n9 10 11")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["1"] * 11, "Give twelve numbers, January to December; there are 11."),
        ([""] * 12, "Give twelve numbers, January to December; there are 0."),
        ("", "Give twelve numbers, January to December; there are 0."),
        (["1"] * 11 + ["x"], "Month 12: Write a number, such as 12 or 2.5."),
        (["1", "-1"] + ["1"] * 10, "Month 2: -1 is too low: the least is 0 units on a typical day of each month."),
    ],
)
def test_months_that_are_no_year_are_refused(typed: Sequence[str] | str, message: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read_value(FIELDS["workload.season"].columns[0], typed)
    assert str(refusal.value) == message


@EACH
def test_every_field_refuses_emptiness_by_required_column(asked: Field) -> None:
    reading = read_row(asked, {})
    assert set(reading.problems) == {column.key for column in asked.columns if column.required}
    assert is_blank_row(asked, {column.key: " \t" for column in asked.columns})


@EACH
def test_every_field_refuses_what_is_huge(asked: Field) -> None:
    huge = "9" * 5_000
    reading = read_row(asked, {column.key: huge for column in asked.columns})
    assert set(reading.problems) == {column.key for column in asked.columns}


@EACH
def test_every_field_refuses_negative_numbers(asked: Field) -> None:
    numeric = [column.key for column in asked.columns if column.is_numeric]
    raw = {column.key: ["-1"] * 12 if column.kind is Kind.MONTHS else "-1" for column in asked.columns}
    assert set(numeric) <= set(read_row(asked, raw).problems)


@EACH
@given(typed=st.text(max_size=40))
def test_every_field_survives_any_text_and_says_where_it_stops(asked: Field, typed: str) -> None:
    reading = read_row(asked, {column.key: typed for column in asked.columns})
    assert all(message.endswith((".", "?")) for message in reading.problems.values())
    for key, value in reading.values.items():
        again = read_value(asked.column(key), as_typed(plain_value(value)))
        assert again == value
        assert plain_value(again) == plain_value(value)


@given(st.text())
def test_cleaning_a_text_twice_changes_nothing_more(typed: str) -> None:
    assert clean_text(clean_text(typed)) == clean_text(typed)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4))
def test_a_number_has_one_spelling(number: Decimal) -> None:
    spelled = plain_number(number)
    assert Decimal(spelled) == number
    assert spelled == plain_number(number + Decimal("0.0000"))
    assert "E" not in spelled


def test_an_empty_optional_column_is_left_out() -> None:
    reading = read_row(FIELDS["why.left"], {"left": "2", "reasons": " "})
    assert dict(reading.values) == {"left": Decimal(2)}
    assert not reading.problems


@pytest.mark.parametrize(
    ("field", "raw", "column"),
    [
        ("workload.units", {"unit": "Orders", "typical": "150", "busy": "149"}, "busy"),
        ("workload.minutes", {"unit": "Orders", "handling": "0", "documentation": "0"}, "handling"),
        ("workload.interruptions", {"per_hour": "31", "minutes": "2"}, "minutes"),
        ("workload.hours", {"paid": "8", "breaks": "480"}, "breaks"),
        ("pay.band", {"minimum": "5", "maximum": "4", "currency": "EUR", "period": "hour"}, "maximum"),
        ("pay.band", {"minimum": "0", "maximum": "0", "currency": "EUR", "period": "hour"}, "maximum"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(field: str, raw: dict[str, str], column: str) -> None:
    assert list(read_row(FIELDS[field], raw).problems) == [column]


def test_equal_ends_and_equal_days_are_no_contradiction() -> None:
    claim("pay.band", minimum="5", maximum="5", currency="EUR", period="hour")
    claim("workload.units", unit="Orders", typical="0", busy="0")
    claim("workload.interruptions", per_hour="30", minutes="2")


def test_a_complete_disclosure_has_no_contradiction() -> None:
    assert contradictions(complete()) == ()


@pytest.mark.parametrize(
    ("changed", "place", "word"),
    [
        ([claim("workload.minutes", unit="Calls", handling="1", documentation="1")], "workload.minutes", "no volume"),
        (
            [claim("workload.units", unit="Calls", typical="1", busy="2")],
            "workload.units",
            "no minutes",
        ),
        ([claim("workload.fixed-hours", value="7.6")], "workload.fixed-hours", "longer than the paid day"),
        ([claim("scope.owns", 0, what="Intake"), claim("scope.owns", 1, what="intake")], "scope.owns", "two rows"),
        ([claim("scope.owns", 0, what="Intake"), claim("scope.owns", 0, what="Queue")], "scope.owns", "same number"),
        (
            [claim("scope.owns", 0, what="Intake"), Claim("scope.owns", 1, none_reason="Nothing")],
            "scope.owns",
            "and also “None”",
        ),
        ([claim("workload.people", 1, value="6")], "workload.people", "at most 1 rows"),
        ([Claim("workload.people", 0, {})], "workload.people", "is empty"),
        ([Claim("workload.people", 0, {"many": "6"})], "workload.people", "no column"),
        ([Claim("workload.people", 0, {VALUE: Decimal(6)}, none_reason="x")], "workload.people", "not both"),
        ([Claim("workload.people", 0, {VALUE: Decimal(6)}, source="x" * 301)], "workload.people", "300 characters"),
        ([Claim("pay.bonus", 0, {VALUE: "x"})], "pay.bonus", "There is no field"),
    ],
)
def test_claims_that_contradict_each_other_are_named(changed: list[Claim], place: str, word: str) -> None:
    kept = [one for one in complete() if one.field != changed[0].field]
    found = contradictions(kept + changed)
    assert any(problem.field == place and word in problem.message for problem in found), found


def test_a_row_number_below_zero_is_refused() -> None:
    assert claim_problems(claim("scope.owns", -1, what="Intake"))


def test_none_needs_a_reason_of_bearable_length() -> None:
    asked = FIELDS["pay.deadline"]
    assert "Open until filled" in none_problem(asked, " \n")
    assert none_problem(asked, "x" * LONGTEXT_LIMIT)
    assert none_problem(asked, "We read applications as they arrive.") == ""


def test_claims_are_sorted_as_the_page_is_read() -> None:
    rows = [Claim("zzz"), Claim("growth.ladder"), Claim("scope.owns", 2), Claim("scope.owns", 0), Claim("why.kind")]
    ordered = [(one.field, one.row) for one in sorted_claims(rows)]
    assert ordered == [("why.kind", 0), ("scope.owns", 0), ("scope.owns", 2), ("growth.ladder", 0), ("zzz", 0)]


@pytest.mark.parametrize(
    ("about", "place"),
    [
        (claim("why.problem", 0, value="Do you have any disability?"), (0, "value")),
        (claim("pay.extras", 0, what="Sign-on", worth="Tell us your current salary first."), (0, "worth")),
        (Claim("pay.differentials", none_reason="It depends. What did you earn?"), (0, "none_reason")),
        (Claim("pay.level", none_reason="Not yet.", source="What was your last salary?"), (0, "source")),
    ],
)
def test_a_question_that_nobody_may_put_is_a_problem_where_it_stands(about: Claim, place: tuple[int, str]) -> None:
    (found,) = contradictions([about])
    assert (found.field, found.row, found.column) == (about.field, *place)
    assert "is refused." in found.message


def test_health_and_pay_as_topics_of_the_work_are_no_problem() -> None:
    told = claim("pay.extras", 0, what="Health insurance", worth="Three quarters of your premium, from day one")
    work = claim("scope.owns", 0, what="Disability claims, and patients’ medical history at intake")
    assert contradictions([told, work]) == ()
