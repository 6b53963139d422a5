"""A section as it is typed: which control belongs to which answer, and how the whole is read as claims."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from hiringkit.disclosures.rules.claims import (
    REASON_LIMIT,
    SOURCE_LIMIT,
    Basis,
    Claim,
    Problem,
    contradictions,
    is_blank_row,
    none_problem,
    read_row,
    sorted_claims,
)
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.shapes import Column, Field, Kind, Section
from hiringkit.disclosures.rules.values import MONTHS_IN_YEAR, Raw, as_typed, clean_text, plain_values

OWNER_LIMIT = 120
BEYOND = 5
"""Rows past the most that a field holds are still read, so that they are refused and not lost."""
GROUND = ("basis", "source", "as_of", "owner")
AROUND = ("none_reason", *GROUND)
GROUND_ALONE = "There is no answer here, only how it is known. Write the answer, or empty the rest."
NOT_BOTH = "There are values above and a reason for “{}” as well. Keep one of the two."


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """One question as typed: rows of raw values by column, and the words around them."""

    rows: tuple[Mapping[str, Raw], ...] = ()
    none_reason: str = ""
    basis: str = ""
    source: str = ""
    as_of: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class SectionReading:
    """The claims that a typed section makes, and a sentence by control for whatever cannot be taken."""

    claims: tuple[Claim, ...]
    problems: Mapping[str, str]


def control_name(field: str, column: str, row: int | None = None) -> str:
    """Return the name of the control that a column of a question is typed into.

    The section's key is left out, because a page asks one section.

    >>> control_name("workload.units", "typical", 0), control_name("workload.units", "source")
    ('units-0-typical', 'units-source')
    """
    short = field.partition(".")[2]
    return f"{short}-{column}" if row is None else f"{short}-{row}-{column}"


def month_names(name: str) -> list[str]:
    """Return the names of the twelve controls of a year.

    >>> month_names("season-0-value")[11]
    'season-0-value-12'
    """
    return [f"{name}-{month}" for month in range(1, MONTHS_IN_YEAR + 1)]


def typed_answers(section: Section, sent: Mapping[str, str]) -> dict[str, TypedAnswer]:
    """Return what a sent form says, question by question; empty rows are left out."""
    return {asked.key: _typed_answer(asked, sent) for asked in section.fields}


def _typed_answer(asked: Field, sent: Mapping[str, str]) -> TypedAnswer:
    found = ({one.key: _sent(asked, one, row, sent) for one in asked.columns} for row in range(asked.max_rows + BEYOND))
    around = {key: sent.get(control_name(asked.key, key), "") for key in AROUND}
    return TypedAnswer(tuple(row for row in found if not is_blank_row(asked, row)), **around)


def _sent(asked: Field, column: Column, row: int, sent: Mapping[str, str]) -> Raw:
    name = control_name(asked.key, column.key, row)
    if column.kind is Kind.MONTHS:
        return [sent.get(one, "") for one in month_names(name)]
    return sent.get(name, "")


def kept_controls(section: Section, sent: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into the controls of a section, and nothing else of what was sent.

    >>> from hiringkit.disclosures.rules.fields import section
    >>> kept_controls(section("why"), {"problem-0-value": "Denials", "problem-source": "", "csrf_token": "x"})
    {'problem-0-value': 'Denials'}
    """
    return {name: sent[name] for name in _control_names(section) if sent.get(name)}


def _control_names(section: Section) -> Iterator[str]:
    for asked in section.fields:
        yield from (control_name(asked.key, key) for key in AROUND)
        for row in range(asked.max_rows + BEYOND):
            for column in asked.columns:
                name = control_name(asked.key, column.key, row)
                yield from month_names(name) if column.kind is Kind.MONTHS else (name,)


def answers_of(section: Section, claims: Sequence[Claim]) -> dict[str, TypedAnswer]:
    """Return claims as they would be typed, question by question."""
    return {
        asked.key: _answer_of([one for one in sorted_claims(claims) if one.field == asked.key])
        for asked in section.fields
    }


def _answer_of(claims: Sequence[Claim]) -> TypedAnswer:
    if not claims:
        return TypedAnswer()
    first = claims[0]
    return TypedAnswer(
        rows=tuple(
            {key: as_typed(plain) for key, plain in plain_values(one.values).items()} for one in claims if one.values
        ),
        none_reason=first.none_reason,
        basis=first.basis.value if first.basis else "",
        source=first.source,
        as_of=first.as_of.isoformat() if first.as_of else "",
        owner=first.owner,
    )


def sent_form(section: Section, claims: Sequence[Claim]) -> dict[str, str]:
    """Return claims as the fields of a sent form, for whoever has to compare the two."""
    sent: dict[str, str] = {}
    for key, answer in answers_of(section, claims).items():
        for row, values in enumerate(answer.rows):
            for column, raw in values.items():
                name = control_name(key, column, row)
                sent.update({name: raw} if isinstance(raw, str) else dict(zip(month_names(name), raw, strict=False)))
        sent.update({control_name(key, word): getattr(answer, word) for word in AROUND if getattr(answer, word)})
    return sent


def differing(mine: Sequence[Claim], theirs: Sequence[Claim]) -> frozenset[str]:
    """Return the keys of the fields on which two sets of claims differ; dates alone are no difference."""
    left, right = ({_undated(one) for one in claims} for claims in (mine, theirs))
    return frozenset(key for key, *_ in left ^ right)


def _undated(claim: Claim) -> tuple[str, ...]:
    around = (claim.none_reason, claim.basis.value if claim.basis else "", claim.source, claim.owner)
    return (claim.field, str(claim.row), repr(sorted(plain_values(claim.values).items())), *around)


def read_section(
    section: Section, answers: Mapping[str, TypedAnswer], today: date, stored: Collection[str] = FIELDS
) -> SectionReading:
    """Read a typed section; an answer without a date is taken as true today, because it is confirmed today.

    `stored` are the fields with an answer, which an emptied line removes together with its source; in any
    other field a source without an answer is refused, or it would be lost. Answers are compared with each
    other only once each of them can be read by itself.
    """
    claims: list[Claim] = []
    problems: dict[str, str] = {}
    for asked in section.fields:
        found = _read_answer(asked, answers.get(asked.key, TypedAnswer()), today, is_stored=asked.key in stored)
        claims += found.claims
        problems.update(found.problems)
    if not problems:
        problems = control_problems(contradictions(claims))
    return SectionReading(tuple(claims), MappingProxyType(problems))


def control_problems(problems: Sequence[Problem]) -> dict[str, str]:
    """Return problems by the name of the control that each of them is shown at."""
    found: dict[str, str] = {}
    for problem in problems:
        name = _control_of(problem)
        found[name] = f"{found[name]} {problem.message}" if name in found else problem.message
    return found


def _control_of(problem: Problem) -> str:
    columns = FIELDS[problem.field].columns
    if problem.column in AROUND and problem.column not in {one.key for one in columns}:  # Some lines have an owner too.
        return control_name(problem.field, problem.column)
    first = columns[0]
    name = control_name(problem.field, problem.column or first.key, problem.row or 0)
    return month_names(name)[0] if first.kind is Kind.MONTHS else name


def _read_answer(asked: Field, answer: TypedAnswer, today: date, *, is_stored: bool) -> SectionReading:
    reason = clean_text(answer.none_reason)
    if not answer.rows and not reason:
        is_lost = not is_stored and any(clean_text(getattr(answer, word)) for word in GROUND)
        alone = [Problem(asked.key, 0, "", GROUND_ALONE)] if is_lost else []
        return SectionReading((), MappingProxyType(control_problems(alone)))
    ground, problems = _read_ground(asked, answer, today)
    if answer.rows and reason:
        problems[control_name(asked.key, "none_reason")] = NOT_BOTH.format(asked.none_label)
    if not answer.rows:
        return SectionReading((replace(ground, none_reason=reason),), MappingProxyType(problems))
    claims = []
    for number, raw in enumerate(answer.rows):
        reading = read_row(asked, raw)
        problems.update(control_problems([Problem(asked.key, number, *one) for one in reading.problems.items()]))
        claims.append(replace(ground, row=number, values=reading.values))
    return SectionReading(tuple(claims), MappingProxyType(problems))


def _read_ground(asked: Field, answer: TypedAnswer, today: date) -> tuple[Claim, dict[str, str]]:
    """Read what every row of an answer has in common: basis, source, date and owner."""
    problems: dict[str, str] = {}
    source, owner = (" ".join(clean_text(text).split()) for text in (answer.source, answer.owner))
    for word, text, limit in (("source", source, SOURCE_LIMIT), ("owner", owner, OWNER_LIMIT)):
        if len(text) > limit:
            problems[word] = f"Write at most {limit} characters; this has {len(text):,}."
    if len(clean_text(answer.none_reason)) > REASON_LIMIT:
        problems["none_reason"] = none_problem(asked, answer.none_reason)
    basis = next((one for one in Basis if one.value == answer.basis), None)
    if answer.basis and basis is None:
        problems["basis"] = "Choose measured, estimated or policy."
    as_of = today
    if typed := clean_text(answer.as_of):
        try:
            as_of = date.fromisoformat(typed)
        except ValueError:
            problems["as_of"] = "Write the date as year-month-day, such as 2026-05-03."
    ground = Claim(asked.key, basis=basis, source=source, as_of=as_of, owner=owner)
    return ground, {control_name(asked.key, word): sentence for word, sentence in problems.items()}
