"""A published disclosure laid out for reading: head, sections in groups of one look, and what it leaves open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from hiringkit.disclosures.rules.claims import Claim, sorted_claims
from hiringkit.disclosures.rules.clarity import age_words, is_answered
from hiringkit.disclosures.rules.document import Document
from hiringkit.disclosures.rules.fields import FIELDS, SECTIONS
from hiringkit.disclosures.rules.shapes import Field, Kind, Section
from hiringkit.disclosures.rules.values import Value
from hiringkit.disclosures.rules.wording import (
    MONTHS,
    PAIR,
    Words,
    answer_words,
    counted,
    number_words,
    pay_words,
    row_words,
    value_words,
)
from hiringkit.disclosures.rules.workload.inputs import SEASON, Missing
from hiringkit.disclosures.rules.workload.picture import SeasonPicture, WorkloadPicture, picture_of, season_picture

Common = TypeVar("Common", date | None, str)


class Look(StrEnum):
    """How an answer is printed."""

    LINE = "line"
    BESIDE = "beside"
    LIST = "list"
    PAIRS = "pairs"
    TABLE = "table"
    MONTHS = "months"
    NUMBERS = "numbers"


VOLUMES, MINUTES = "workload.units", "workload.minutes"
OWN_LOOKS = {
    VOLUMES: Look.NUMBERS,
    MINUTES: Look.NUMBERS,
    SEASON: Look.MONTHS,
    "workload.good-week": Look.BESIDE,
    "workload.bad-week": Look.BESIDE,
}
AS_LIST = PAIR
"""So many columns still read well as one line each."""
HEAD = {
    "Pay": "pay.band",
    "Hours": "workload.hours",
    "Reports to": "scope.reports-to",
    "Apply by": "pay.deadline",
}
"""The answers that everybody looks for first."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer stands on: how it is known, its source, its date, how old that is, and who answers for it."""

    basis: str
    source: str
    as_of: date | None
    owner: str
    age: str = ""
    """In words, such as "older than 6 months", when the date is past the question's shelf life."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered question; `lines` for LINE, BESIDE and LIST, `columns` and `rows` for the others.

    `season` is the picture of a year by month.
    """

    key: str
    label: str
    look: Look
    lines: tuple[Words, ...]
    ground: Ground
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Words, ...], ...] = ()
    season: SeasonPicture | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of work in large figures: (label, figure, small print)."""

    name: str
    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that follow each other and look alike."""

    look: Look
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class LeafletSection:
    """One section with its groups; `units` are the volumes of the section that has any, `workload` their pictures.

    `as_of` and `owner` hold for most of its answers; an answer only repeats them where they differ.
    `age` holds for all of them: an answer that is older than its neighbours says so itself.
    """

    key: str
    title: str
    groups: tuple[Group, ...]
    as_of: date | None = None
    owner: str = ""
    units: tuple[Unit, ...] = ()
    workload: WorkloadPicture | None = None
    age: str = ""

    @property
    def questions(self) -> list[tuple[str, str]]:
        """Return its questions, each as key and label, in their order."""
        return [(answer.key, answer.label) for group in self.groups for answer in group.answers]


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A disclosure to read; a fact of the head is (label, value, small print).

    `undrawn` says what is missing where the pictures of the work cannot be drawn.
    """

    facts: tuple[tuple[str, Words, str], ...]
    sections: tuple[LeafletSection, ...]
    open_questions: tuple[str, ...]
    undrawn: Missing | None = None


def leaflet_of(document: Document, today: date | None = None) -> Leaflet:
    """Lay a document out; a section without an answer is left out, its questions are not.

    With `today`, answers past their shelf life say how old they are.
    """
    claims = sorted_claims(document.claims)
    laid = (
        _section(one, [claim for claim in claims if FIELDS[claim.field].section == one.key], today) for one in SECTIONS
    )
    work = picture_of(claims)
    drawn = None if isinstance(work, Missing) else work
    return Leaflet(
        facts=_facts(claims),
        sections=tuple(replace(one, workload=drawn if one.units else None) for one in laid if one.groups),
        open_questions=tuple(
            FIELDS[key].question for key in document.asked if key in FIELDS and not is_answered(FIELDS[key], claims)
        ),
        undrawn=work if isinstance(work, Missing) else None,
    )


def _facts(claims: Sequence[Claim]) -> tuple[tuple[str, Words, str], ...]:
    answered = {claim.field: claim for claim in reversed(claims)}
    return tuple((label, *_fact(answered[key])) for label, key in HEAD.items() if key in answered)


def _fact(claim: Claim) -> tuple[Words, str]:
    asked = FIELDS[claim.field]
    if claim.none_reason:
        return asked.none_label, ""
    if asked.key == "pay.band":
        return pay_words(claim.values)
    if asked.key == "workload.hours":
        breaks, paid = claim.values.get("breaks"), claim.values.get("paid")
        small = f"{counted(breaks, 'minutes')} of it break" if isinstance(breaks, Decimal) else ""
        return "" if paid is None else value_words(asked.column("paid"), paid), small
    return row_words(asked, claim.values), ""


def _section(section: Section, claims: Sequence[Claim], today: date | None) -> LeafletSection:
    by_field = {asked.key: [one for one in claims if one.field == asked.key] for asked in section.fields}
    answers = [_answer(FIELDS[key], rows, today) for key, rows in by_field.items() if rows]
    as_of = _shared([one.ground.as_of for one in answers])
    owner = _shared([one.ground.owner for one in answers])
    age = answers[0].ground.age if as_of and len({one.ground.age for one in answers}) == 1 else ""
    answers = [replace(one, ground=_without(one.ground, as_of, owner, age)) for one in answers]
    answers = [replace(one, season=season_picture(claims)) if one.look is Look.MONTHS else one for one in answers]
    groups = tuple(Group(look, tuple(group)) for look, group in groupby(answers, key=lambda one: one.look))
    units = _units(by_field.get(VOLUMES, []), by_field.get(MINUTES, []))
    return LeafletSection(section.key, section.title, groups, as_of, owner or "", units, age=age)


def _shared(values: Sequence[Common]) -> Common | None:
    """Return what most answers have in common, or None when one of them has nothing: silence must not speak for it."""
    return Counter(values).most_common(1)[0][0] if values and all(values) else None


def _without(ground: Ground, as_of: date | None, owner: str | None, age: str) -> Ground:
    """Leave out what the section says for all; a date stays beside an age that is not the section's."""
    return replace(
        ground,
        as_of=None if (ground.as_of, ground.age) == (as_of, age) else ground.as_of,
        owner="" if ground.owner == owner else ground.owner,
        age="" if (ground.as_of, ground.age) == (as_of, age) else ground.age,
    )


def _answer(asked: Field, claims: Sequence[Claim], today: date | None) -> Answer:
    look, first = _look(asked, claims), claims[0]
    age = age_words(asked, first, today) if today else ""
    ground = Ground(first.basis.value if first.basis else "", first.source, first.as_of, first.owner, age)
    if look in {Look.TABLE, Look.PAIRS}:
        columns = [one for one in asked.columns if one.required or any(one.key in claim.values for claim in claims)]
        rows = tuple(
            tuple(value_words(one, claim.values[one.key]) if one.key in claim.values else "–" for one in columns)
            for claim in claims
        )
        return Answer(asked.key, asked.label, look, (), ground, tuple(one.label for one in columns), rows)
    if look is Look.MONTHS:
        months = first.values["value"]
        figures = tuple(number_words(one) for one in months) if isinstance(months, tuple) else ()
        return Answer(asked.key, asked.label, look, (asked.columns[0].unit,), ground, MONTHS, (figures,))
    return Answer(asked.key, asked.label, look, tuple(answer_words(asked, one) for one in claims), ground)


def _look(asked: Field, claims: Sequence[Claim]) -> Look:
    if claims[0].none_reason:
        return Look.LINE
    if not asked.is_table or asked.key in OWN_LOOKS:
        return OWN_LOOKS.get(asked.key, Look.LINE)
    if any(one.kind is Kind.LONGTEXT for one in asked.columns):
        return Look.PAIRS
    return Look.LIST if len(asked.columns) <= AS_LIST else Look.TABLE


def _units(volumes: Sequence[Claim], minutes: Sequence[Claim]) -> tuple[Unit, ...]:
    """Volumes and minutes of each unit side by side; a busy day is as large as a typical one."""
    times = {str(one.values.get("unit", "")).casefold(): one.values for one in minutes}
    return tuple(
        Unit(str(one.values["unit"]), _figures(one.values, times.get(str(one.values["unit"]).casefold(), {})))
        for one in volumes
        if "unit" in one.values
    )


def _figures(volume: Mapping[str, Value], time: Mapping[str, Value]) -> tuple[tuple[str, str, str], ...]:
    named = (
        ("Typical day", volume.get("typical"), "half of all days are below this"),
        ("Busy day", volume.get("busy"), "one day in ten is worse"),
        ("Planned", volume.get("planned"), "what the staffing was planned for"),
        ("Handling", time.get("handling"), "minutes each"),
        ("Writing up", time.get("documentation"), "minutes each"),
    )
    return tuple((label, number_words(value), small) for label, value, small in named if isinstance(value, Decimal))
