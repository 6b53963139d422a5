"""A pack's disclosure template read as claims: every value still to be checked by the team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hiringkit.disclosures.rules.claims import (
    Basis,
    Claim,
    Problem,
    contradictions,
    none_problem,
    read_row,
)
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.shapes import VALUE, Field
from hiringkit.disclosures.rules.values import Raw, UnreadableError, as_typed, clean_text

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a template gives: its claims, and a path and a sentence for whatever could not be read."""

    claims: tuple[Claim, ...]
    findings: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One field of a template while it is read."""

    asked: Field
    path: Path
    content: Mapping[str, object]
    as_of: date | None
    owner: str


def claims_from_template(
    template: Mapping[str, object], *, as_of: date | None = None, owner: str = "", at: Path = ()
) -> Filled:
    """Return the claims of a template by field key; `at` is the template's own path in its file.

    An entry holds `value` (one value), `rows` (a list of rows, each a mapping by column) or `none`
    (the reason), and beside it `basis`, `source` and `owner`; the argument is for entries without one.

    >>> claims_from_template({"workload.people": {"value": 6, "basis": "estimated"}}).claims[0].values["value"]
    Decimal('6')
    """
    claims: list[Claim] = []
    findings: list[tuple[Path, str]] = []
    for key, content in template.items():
        path = (*at, key)
        if key not in FIELDS:
            findings.append((path, f"there is no disclosure field “{key}”"))
        elif not isinstance(content, Mapping):
            findings.append((path, "this is not a mapping with value, rows or none"))
        else:
            found = _read_entry(_Entry(FIELDS[key], path, content, as_of, owner))
            claims += found.claims
            findings += found.findings
    findings += [((*at, *_place(problem)), problem.message) for problem in contradictions(claims)]
    return Filled(tuple(claims), tuple(findings))


def _place(problem: Problem) -> Path:
    return (problem.field,) if problem.row is None else (problem.field, "rows", problem.row)


def _read_entry(entry: _Entry) -> Filled:
    given = [word for word in (VALUE, "rows", "none") if word in entry.content]
    if len(given) != 1:
        return Filled((), ((entry.path, "give exactly one of value, rows and none"),))
    try:
        basis = _basis(entry)
    except ValueError:
        return Filled((), (((*entry.path, "basis"), "basis is measured, estimated or policy"),))
    if given == ["none"]:
        return _read_none(entry, basis)
    rows = [{VALUE: entry.content[VALUE]}] if given == [VALUE] else entry.content["rows"]
    if entry.asked.is_single != (given == [VALUE]):
        wanted = VALUE if entry.asked.is_single else "rows"
        return Filled((), ((entry.path, f"this field wants {wanted}"),))
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        return Filled((), (((*entry.path, "rows"), "this is not a list of rows"),))
    return _read_rows(entry, basis, rows)


def _basis(entry: _Entry) -> Basis | None:
    named = str(entry.content.get("basis", ""))
    return Basis(named) if named else None


def _read_none(entry: _Entry, basis: Basis | None) -> Filled:
    reason = clean_text(str(entry.content["none"]))
    if problem := none_problem(entry.asked, reason):
        return Filled((), (((*entry.path, "none"), problem),))
    claim = Claim(
        entry.asked.key, none_reason=reason, basis=basis, source=_source(entry), as_of=entry.as_of, owner=_owner(entry)
    )
    return Filled((claim,), ())


def _read_rows(entry: _Entry, basis: Basis | None, rows: Sequence[object]) -> Filled:
    claims: list[Claim] = []
    findings: list[tuple[Path, str]] = []
    for number, row in enumerate(rows):
        path = entry.path if entry.asked.is_single else (*entry.path, "rows", number)
        if not isinstance(row, Mapping):
            findings.append((path, "this row is not a mapping by column"))
            continue
        known = {column.key for column in entry.asked.columns}
        findings += [((*path, str(key)), f"unknown column “{key}”") for key in row if key not in known]
        raw, unreadable = _raw(row)
        reading = read_row(entry.asked, raw)
        findings += [((*path, key), message) for key, message in {**reading.problems, **unreadable}.items()]
        claims.append(
            Claim(
                entry.asked.key, number, reading.values, basis=basis, source=_source(entry),
                as_of=entry.as_of, owner=_owner(entry),
            )
        )  # fmt: skip
    return Filled(tuple(claims) if not findings else (), tuple(findings))


def _raw(row: Mapping[str, object]) -> tuple[dict[str, Raw], dict[str, str]]:
    raw: dict[str, Raw] = {}
    unreadable: dict[str, str] = {}
    for key, plain in row.items():
        try:
            raw[str(key)] = as_typed(plain)
        except UnreadableError as problem:
            unreadable[str(key)] = str(problem)
    return raw, unreadable


def _source(entry: _Entry) -> str:
    return clean_text(str(entry.content.get("source", "")))


def _owner(entry: _Entry) -> str:
    return clean_text(str(entry.content.get("owner", ""))) or entry.owner
