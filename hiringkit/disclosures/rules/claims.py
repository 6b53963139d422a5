"""A claim, how a typed row becomes one, and every contradiction within and between claims."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default_of
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from hiringkit.disclosures.rules.fields import FIELDS, ORDER
from hiringkit.disclosures.rules.shapes import Field
from hiringkit.disclosures.rules.values import Raw, UnreadableError, Value, clean_text, is_blank, read_value
from hiringkit.library.rules.phrases import refused_phrases

SOURCE_LIMIT = 300
REASON_LIMIT = 1_000
MINUTES_IN_HOUR = 60
YEARS = range(2000, 2200)


class Basis(StrEnum):
    """How the team knows: somebody counted, somebody was asked, or it is a rule."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of one field.

    `values` maps column keys to typed values and is empty where the answer is "none" with
    `none_reason`. `owner` is the function that answers for the fact, never a person's name.
    `is_to_check` marks what was copied and nobody has confirmed; it is no part of what is claimed.
    """

    field: str
    row: int = 0
    values: Mapping[str, Value] = default_of(default_factory=lambda: MappingProxyType({}))
    none_reason: str = ""
    basis: Basis | None = None
    source: str = ""
    as_of: date | None = None
    owner: str = ""
    is_to_check: bool = default_of(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence about one place; an empty column means the whole row, row None the whole field."""

    field: str
    row: int | None
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed row: the values that could be read, and a sentence for each that could not."""

    values: Mapping[str, Value]
    problems: Mapping[str, str]


def sorted_claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims in the order of the registry, then of their rows; unknown fields come last."""
    return tuple(sorted(claims, key=lambda claim: (ORDER.get(claim.field, len(ORDER)), claim.field, claim.row)))


def is_blank_row(asked: Field, raw: Mapping[str, Raw]) -> bool:
    """Tell whether nothing was typed in any column, as in the spare last line of a table."""
    return all(is_blank(raw.get(column.key, "")) for column in asked.columns)


def read_row(asked: Field, raw: Mapping[str, Raw]) -> Reading:
    """Read one row of a field as typed; an empty optional column is left out.

    >>> read_row(FIELDS["workload.people"], {"value": "six"}).problems["value"]
    'Write a number, such as 12 or 2.5.'
    """
    values: dict[str, Value] = {}
    problems: dict[str, str] = {}
    for column in asked.columns:
        typed = raw.get(column.key, "")
        if is_blank(typed) and not column.required:
            continue
        try:
            if is_blank(typed):
                problems[column.key] = f"“{column.label}” is empty."
            else:
                values[column.key] = read_value(column, typed)
        except UnreadableError as problem:
            problems[column.key] = str(problem)
    if not problems:
        problems.update(row_problems(asked, values))
    return Reading(MappingProxyType(values), MappingProxyType(problems))


def row_problems(asked: Field, values: Mapping[str, Value]) -> dict[str, str]:
    """Return the contradictions inside one row, by column."""
    check = _ROW_CHECKS.get(asked.key)
    return check(values) if check else {}


def _units_problems(values: Mapping[str, Value]) -> dict[str, str]:
    typical, busy = _number(values, "typical"), _number(values, "busy")
    if typical is not None and busy is not None and busy < typical:
        return {"busy": "A busy day is below a typical day. One of the two is wrong."}
    return {}


def _minutes_problems(values: Mapping[str, Value]) -> dict[str, str]:
    if _number(values, "handling") == 0 and _number(values, "documentation") == 0:
        return {"handling": "Work that takes no minutes at all is no work. Write at least one of the two."}
    return {}


def _interruption_problems(values: Mapping[str, Value]) -> dict[str, str]:
    often, minutes = _number(values, "per_hour"), _number(values, "minutes")
    if often is not None and minutes is not None and often * minutes > MINUTES_IN_HOUR:
        return {"minutes": "Together this is more than 60 minutes of interruption an hour."}
    return {}


def _hours_problems(values: Mapping[str, Value]) -> dict[str, str]:
    paid, breaks = _number(values, "paid"), _number(values, "breaks")
    if paid is not None and breaks is not None and breaks >= paid * MINUTES_IN_HOUR:
        return {"breaks": "The breaks are as long as the paid day."}
    return {}


def _band_problems(values: Mapping[str, Value]) -> dict[str, str]:
    minimum, maximum = _number(values, "minimum"), _number(values, "maximum")
    if maximum == 0:
        return {"maximum": "A pay of 0 is not a pay. If the work is unpaid, answer “none” and say why."}
    if minimum is not None and maximum is not None and minimum > maximum:
        return {"maximum": "The upper end is below the lower end."}
    return {}


def _deadline_problems(values: Mapping[str, Value]) -> dict[str, str]:
    day = values.get("value")
    if isinstance(day, date) and day.year not in YEARS:
        return {"value": f"The year {day.year} is too far away to apply by. Look at its four digits."}
    return {}


_ROW_CHECKS: Mapping[str, Callable[[Mapping[str, Value]], dict[str, str]]] = {
    "workload.units": _units_problems,
    "workload.minutes": _minutes_problems,
    "workload.interruptions": _interruption_problems,
    "workload.hours": _hours_problems,
    "pay.band": _band_problems,
    "pay.deadline": _deadline_problems,
}


def claim_problems(claim: Claim) -> tuple[Problem, ...]:
    """Return what is wrong with one claim by itself: field, row number, columns, texts around it."""
    asked = FIELDS.get(claim.field)
    if asked is None:
        return (Problem(claim.field, None, "", f"There is no field “{claim.field}”."),)
    if claim.none_reason and claim.values:
        return (Problem(claim.field, claim.row, "", "Either give values or answer “none”, not both."),)
    found = [Problem(claim.field, claim.row, column, message) for column, message in _value_problems(asked, claim)]
    if not 0 <= claim.row < asked.max_rows:
        found.append(Problem(claim.field, claim.row, "", f"“{asked.label}” holds at most {asked.max_rows} rows."))
    for column, text, limit in (
        ("none_reason", claim.none_reason, REASON_LIMIT),
        ("source", claim.source, SOURCE_LIMIT),
    ):
        if len(text) > limit:
            found.append(Problem(claim.field, claim.row, column, f"Write at most {limit:,} characters."))
    return tuple(found)


def _value_problems(asked: Field, claim: Claim) -> list[tuple[str, str]]:
    if claim.none_reason:
        return []
    known = {column.key for column in asked.columns}
    strange = [(key, f"“{asked.label}” has no column “{key}”.") for key in claim.values if key not in known]
    absent = [
        (column.key, f"“{column.label}” is empty.")
        for column in asked.columns
        if column.required and column.key not in claim.values
    ]
    return strange + absent or list(row_problems(asked, claim.values).items())


def none_problem(asked: Field, reason: str) -> str:
    """Return why "none" cannot stand without more words, or an empty text when it can.

    >>> none_problem(FIELDS["workload.on-call"], "")
    'Say why the answer is “None”. “None”, with a reason, is an answer.'
    """
    if not clean_text(reason):
        return f"Say why the answer is “{asked.none_label}”. “None”, with a reason, is an answer."
    if len(clean_text(reason)) > REASON_LIMIT:
        return f"Write at most {REASON_LIMIT:,} characters."
    return ""


def contradictions(claims: Sequence[Claim]) -> tuple[Problem, ...]:
    """Return every problem of the claims, each by itself first and then against the others.

    A disclosure with a problem cannot be published. A question that nobody may put to a candidate is one too.
    """
    ordered = sorted_claims(claims)
    return (
        *(problem for claim in ordered for problem in claim_problems(claim)),
        *(problem for claim in ordered for problem in _refused_questions(claim)),
        *_field_contradictions(ordered),
        *_unit_contradictions(ordered),
        *_day_contradictions(ordered),
    )


def _refused_questions(claim: Claim) -> Iterator[Problem]:
    if claim.field in FIELDS:
        for column, text in (*claim.values.items(), ("none_reason", claim.none_reason), ("source", claim.source)):
            if isinstance(text, str):
                yield from (Problem(claim.field, claim.row, column, one.sentence) for one in refused_phrases(text))


def _field_contradictions(claims: Sequence[Claim]) -> list[Problem]:
    found: list[Problem] = []
    for key in dict.fromkeys(claim.field for claim in claims if claim.field in FIELDS):
        asked, rows = FIELDS[key], [claim for claim in claims if claim.field == key]
        numbers = [claim.row for claim in rows]
        if len(set(numbers)) < len(numbers):
            found.append(Problem(key, None, "", f"Two rows of “{asked.label}” have the same number."))
        if len(rows) > 1 and any(claim.none_reason for claim in rows):
            found.append(Problem(key, None, "", f"“{asked.label}” is answered and also “{asked.none_label}”."))
        found += _repeats(asked, rows)
    return found


def _repeats(asked: Field, rows: Sequence[Claim]) -> list[Problem]:
    if not asked.unique:
        return []
    column, seen, found = asked.column(asked.unique), set(), []
    for claim in rows:
        value = claim.values.get(column.key)
        if not isinstance(value, str):
            continue
        if value.casefold() in seen:
            message = f"“{column.choice_label(value)}” stands in two rows."
            found.append(Problem(asked.key, claim.row, column.key, message))
        seen.add(value.casefold())
    return found


def _unit_contradictions(claims: Sequence[Claim]) -> list[Problem]:
    """Volumes and minutes must speak of the same units, or no working day can be computed."""
    volumes, minutes = _units_of(claims, "workload.units"), _units_of(claims, "workload.minutes")
    if not volumes or not minutes:
        return []
    return [
        Problem("workload.minutes", row, "unit", f"“{name}” has minutes but no volume. Use the same words in both.")
        for folded, (row, name) in minutes.items()
        if folded not in volumes
    ] + [
        Problem("workload.units", row, "unit", f"“{name}” has a volume but no minutes. Use the same words in both.")
        for folded, (row, name) in volumes.items()
        if folded not in minutes
    ]


def _units_of(claims: Sequence[Claim], key: str) -> dict[str, tuple[int, str]]:
    named = ((claim.row, claim.values.get("unit")) for claim in claims if claim.field == key)
    return {name.casefold(): (row, name) for row, name in named if isinstance(name, str)}


def _day_contradictions(claims: Sequence[Claim]) -> list[Problem]:
    paid, breaks = _held(claims, "workload.hours", "paid"), _held(claims, "workload.hours", "breaks")
    fixed = _held(claims, "workload.fixed-hours", "value")
    if paid is None or breaks is None or fixed is None or fixed <= paid - breaks / MINUTES_IN_HOUR:
        return []
    message = "The fixed hours are longer than the paid day without its breaks."
    return [Problem("workload.fixed-hours", 0, "value", message)]


def _held(claims: Sequence[Claim], key: str, column: str) -> Decimal | None:
    return next((_number(claim.values, column) for claim in claims if claim.field == key), None)


def _number(values: Mapping[str, Value], column: str) -> Decimal | None:
    value = values.get(column)
    return value if isinstance(value, Decimal) else None
