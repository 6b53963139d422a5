"""Every field of a disclosure meets everything nobody should type: empty, huge, negative, contradictory, unicode."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from hiringkit.disclosures.rules.claims import Claim, read_row
from hiringkit.disclosures.rules.clarity import FUTURE_QUESTION, is_stale, open_questions
from hiringkit.disclosures.rules.fields import FIELDS, SECTIONS
from hiringkit.disclosures.rules.shapes import NUMERIC, Column, Field, Kind
from hiringkit.disclosures.rules.typed import (
    AROUND,
    GROUND_ALONE,
    NOT_BOTH,
    SectionReading,
    TypedAnswer,
    control_name,
    month_names,
    read_section,
)
from hiringkit.disclosures.rules.values import Raw, Value
from tests.bad_input import NOTHING, WORDS

TODAY = date(2026, 5, 4)
TEXTS = frozenset({Kind.TEXT, Kind.LONGTEXT})
TAKEN = ""
NO_NUMBER = "Write a number, such as 12 or 2.5."
SENTENCES: Mapping[Kind, str] = {
    Kind.TEXT: r"Write at most 300 characters; this has [\d,]+\.",
    Kind.LONGTEXT: r"Write at most 4,000 characters; this has [\d,]+\.",
    Kind.BOOLEAN: r"Answer yes or no\.",
    Kind.DATE: r"Write the date as year-month-day, such as 2026-05-03\.",
    Kind.CURRENCY: r"Write the three letters of the currency, such as USD or EUR\.",
}


@dataclass(frozen=True)
class Bad:
    """What is typed into every column; what a text keeps of it, if anything, and what a number says to it."""

    typed: str
    text: str = ""
    number: str = NO_NUMBER
    value: str = ""


BAD = {name: Bad(typed, text) for name, (typed, text) in WORDS.items()} | {
    "half a letter": Bad("Or\ud800ders\udc00", "Orders"),
    "100,000 letters": Bad("x" * 100_000),
    "100,000 digits": Bad("9" * 100_000),
    "accents without end": Bad("a" + "\u0301" * 4_001),
    "negative": Bad("-1", "-1", "-1 is too low: the least is "),
    "negative, as it is printed": Bad("\N{MINUS SIGN}7", "\N{MINUS SIGN}7", "-7 is too low: the least is "),
    "absurd": Bad("999,999,999,999,999", "999,999,999,999,999", "999999999999999 is too high: the most is "),
    "infinite": Bad("Infinity", "Infinity"),
    "no number": Bad("about 12 ", "about 12"),
    "a comma for a point": Bad("1,5", "1,5", "Write decimals with a point: 1.5."),
    "a footnote": Bad("12²", "12²"),
    "a circle": Bad("①", "①"),
    "half": Bad("½", "½"),
    "a letter that becomes two": Bad("ßa", "ßa"),
    "digits of another script": Bad("٣", "٣", TAKEN, "3"),
    "wide digits": Bad("\N{FULLWIDTH DIGIT THREE}", "\N{FULLWIDTH DIGIT THREE}", TAKEN, "3"),
    "a number between marks": Bad("\u200f3\u200e", "\u200f3\u200e", TAKEN, "3"),
}


def everywhere(asked: Field, typed: str) -> dict[str, Raw]:
    """Return a row with the same text in every column, twelve times where a year is asked."""
    return {one.key: [typed] * 12 if one.kind is Kind.MONTHS else typed for one in asked.columns}


def good(column: Column) -> Raw:
    """Return what every column of this kind takes."""
    usual = {
        Kind.DATE: "2026-06-30", Kind.BOOLEAN: "yes", Kind.CURRENCY: "USD", Kind.MONTHS: ["3"] * 12,
        Kind.CHOICE: column.choices[0].key if column.choices else "",
    }  # fmt: skip
    return usual.get(column.kind, "3" if column.is_numeric else "Orders")


def good_row(asked: Field) -> dict[str, Raw]:
    """Return a complete row; a day of three paid hours would leave no room for three fixed ones."""
    longer = {"paid": "8"} if asked.key == "workload.hours" else {}
    return {**{one.key: good(one) for one in asked.columns}, **longer}


@pytest.mark.parametrize("typed", [*NOTHING.values(), "\ud800"], ids=[*NOTHING, "half a letter"])
def test_nothing_is_missed_where_it_is_required_and_left_out_elsewhere(typed: str) -> None:
    for asked in FIELDS.values():
        reading = read_row(asked, everywhere(asked, typed))
        missing = {one.key: f"“{one.label}” is empty." for one in asked.columns if one.required}
        assert dict(reading.problems) == missing, asked.key
        assert not reading.values, asked.key


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_every_column_takes_what_it_can_mean_and_says_of_the_rest_what_to_write(bad: Bad) -> None:
    for asked in FIELDS.values():
        reading = read_row(asked, everywhere(asked, bad.typed))
        for column in asked.columns:
            about, sentence = (asked.key, column.key, bad.typed[:20]), reading.problems.get(column.key, TAKEN)
            expected = value_of(column, bad)
            assert reading.values.get(column.key) == expected, about
            assert (sentence == TAKEN) == (expected is not None), (about, sentence)
            assert sentence == TAKEN or is_clear(column, bad, sentence), (about, sentence)


def value_of(column: Column, bad: Bad) -> Value | None:
    """Return what the column is to hold, or None where it is to refuse."""
    if column.kind in TEXTS:
        return bad.text or None
    if column.kind not in NUMERIC or not bad.value:
        return None
    return (Decimal(bad.value),) * 12 if column.kind is Kind.MONTHS else Decimal(bad.value)


def is_clear(column: Column, bad: Bad, sentence: str) -> bool:
    """Tell whether a sentence says of this column what to write instead."""
    if column.kind is Kind.CHOICE:
        return sentence == "Choose one of: " + ", ".join(one.label for one in column.choices) + "."
    if column.kind in NUMERIC:
        prefix = "Month 1: " if column.kind is Kind.MONTHS else ""
        return sentence.startswith(prefix + bad.number) and sentence.endswith(".")
    return re.fullmatch(SENTENCES[column.kind], sentence) is not None


def read_all(answers: Mapping[str, TypedAnswer], stored: frozenset[str] = frozenset()) -> list[SectionReading]:
    """Return the readings of all sections."""
    return [read_section(one, answers, TODAY, stored) for one in SECTIONS]


def problems_of(answers: Mapping[str, TypedAnswer], stored: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return all problems, by section and control."""
    found = zip(SECTIONS, read_all(answers, stored), strict=True)
    return {f"{one.key}/{name}": text for one, reading in found for name, text in reading.problems.items()}


def around(words: Mapping[str, str]) -> TypedAnswer:
    """Return an answer without a row, with these words around it."""
    said = {word: words.get(word, "") for word in AROUND}
    return TypedAnswer((), said["none_reason"], said["basis"], said["source"], said["as_of"], said["owner"])


def first_control(asked: Field, row: int = 0) -> str:
    """Return the control at which a problem of the whole row is shown, with its section."""
    name = control_name(asked.key, asked.columns[0].key, row)
    return f"{asked.section}/{month_names(name)[0] if asked.columns[0].kind is Kind.MONTHS else name}"


GROUND = {
    "a source": ({"source": "x" * 100_000}, r"Write at most 300 characters; this has 100,000\."),
    "an owner": ({"owner": "👧" * 121}, r"Write at most 120 characters; this has 121\."),
    "a reason": ({"none_reason": "9" * 100_000}, r"Write at most 1,000 characters\."),
    "a basis": ({"basis": "\u202erumour"}, r"Choose measured, estimated or policy\."),
    "a day in words": ({"as_of": "yesterday"}, r"Write the date as year-month-day, .*\."),
    "a day that is none": ({"as_of": "2026-02-30"}, r"Write the date as year-month-day, .*\."),
    "a day in another script": (
        {"as_of": "\u0662\u0660\u0662\u0666-\u0660\u0665-\u0660\u0663"},
        r"Write the date as year-month-day, .*\.",
    ),
    "a negative day": ({"as_of": "-1"}, r"Write the date as year-month-day, .*\."),
}


@pytest.mark.parametrize(("changes", "says"), GROUND.values(), ids=GROUND)
def test_what_stands_around_every_answer_is_refused_at_its_own_control(changes: dict[str, str], says: str) -> None:
    (word,) = changes
    answers = {key: around({"none_reason": "Not yet.", **changes}) for key in FIELDS}
    problems = problems_of(answers)
    assert set(problems) == {f"{one.section}/{control_name(one.key, word)}" for one in FIELDS.values()}
    assert all(re.fullmatch(says, text) for text in problems.values()), set(problems.values())


@pytest.mark.parametrize("word", ["basis", "source", "as_of", "owner"])
def test_a_source_without_an_answer_is_lost_nowhere_and_goes_with_an_answer_that_is_emptied(word: str) -> None:
    typed = {"basis": "policy", "source": "Rota", "as_of": "2026-05-03", "owner": "Operations"}[word]
    answers = dict.fromkeys(FIELDS, around({word: typed}))
    assert problems_of(answers) == {first_control(one): GROUND_ALONE for one in FIELDS.values()}
    assert problems_of(answers, frozenset(FIELDS)) == {}
    nothing = dict.fromkeys(FIELDS, around({word: "\u200b\x00"}))
    assert problems_of(nothing) == {}


def test_every_field_takes_one_complete_row_and_refuses_it_beside_a_reason() -> None:
    answers = {key: TypedAnswer((good_row(one),)) for key, one in FIELDS.items()}
    assert problems_of(answers) == {}
    both = {key: replace(one, none_reason="We never counted.") for key, one in answers.items()}
    assert problems_of(both) == {
        f"{one.section}/{control_name(one.key, 'none_reason')}": NOT_BOTH.format(one.none_label)
        for one in FIELDS.values()
    }


def test_every_field_refuses_one_row_more_than_it_holds() -> None:
    for asked in FIELDS.values():
        rows = tuple(
            {one.key: f"{good(one)} {row}" if one.kind in TEXTS else good(one) for one in asked.columns}
            for row in range(asked.max_rows + 1)
        )
        found = problems_of({asked.key: TypedAnswer(rows)})
        assert f"“{asked.label}” holds at most {asked.max_rows} rows." in found[first_control(asked, len(rows) - 1)]


def test_every_field_whose_lines_must_differ_refuses_the_same_line_twice() -> None:
    for asked in (one for one in FIELDS.values() if one.unique):
        column = asked.column(asked.unique)
        name = control_name(asked.key, column.key, 1)
        found = problems_of({asked.key: TypedAnswer((good_row(asked), good_row(asked)))})
        shown = column.choice_label(str(good(column)))
        assert found == {f"{asked.section}/{name}": f"“{shown}” stands in two rows."}, asked.key


PAIRS: Mapping[str, tuple[str, dict[str, Raw], str]] = {
    "busy below typical": ("workload.units", {"typical": "4", "busy": "3"}, "busy"),
    "no minutes at all": ("workload.minutes", {"handling": "0", "documentation": "-0"}, "handling"),
    "more than an hour an hour": ("workload.interruptions", {"per_hour": "31", "minutes": "2"}, "minutes"),
    "breaks as long as the day": ("workload.hours", {"paid": "1", "breaks": "60"}, "breaks"),
    "from above to": ("pay.band", {"minimum": "4", "maximum": "3"}, "maximum"),
    "no pay": ("pay.band", {"minimum": "0", "maximum": "0"}, "maximum"),
    "a deadline long before today": ("pay.deadline", {"value": "0206-05-03"}, "value"),
    "a deadline out of the calendar": ("pay.deadline", {"value": "9999-12-31"}, "value"),
}


@pytest.mark.parametrize(("key", "changes", "column"), PAIRS.values(), ids=PAIRS)
def test_answers_that_contradict_each_other_are_refused(key: str, changes: dict[str, Raw], column: str) -> None:
    asked = FIELDS[key]
    found = problems_of({key: TypedAnswer(({**good_row(asked), **changes},))})
    assert set(found) == {f"{asked.section}/{control_name(key, column, 0)}"}
    assert all(text.endswith(".") for text in found.values())


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_asked_about_in_every_field(typed: str) -> None:
    answers = {key: TypedAnswer((good_row(one),), basis="policy", as_of=typed) for key, one in FIELDS.items()}
    claims: list[Claim] = [claim for reading in read_all(answers) for claim in reading.claims]
    assert {one.field for one in claims} == set(FIELDS)
    for one in claims:
        asked = replace(FIELDS[one.field], min_rows=1)
        found = [open_question.question for open_question in open_questions(asked, claims, TODAY)]
        past = f"This was true on {typed}. Is it still?"
        assert (FUTURE_QUESTION if typed.startswith("9") else past) in found, (one.field, found)
        assert is_stale(asked, one, TODAY) == typed.startswith("0")
