"""Role profiles read from pasted text: what was taken, what was set apart, and every finding with its place."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from hiringkit.library.rules.pack import RoleProfile, Share, YearsOfExperience
from hiringkit.library.rules.profiling.columns import EXPERIENCE, column_of, experience_label, is_demographic
from hiringkit.library.rules.profiling.figures import (
    Ends,
    UnreadableFigureError,
    as_percent,
    bounded,
    clean,
    is_absent,
    read_lines,
    read_range,
    read_share,
    read_shares,
)
from hiringkit.library.rules.profiling.grid import Grid, GridCell, UnreadableTableError, read_grid
from hiringkit.library.rules.profiling.storing import SortedProfile

Read = TypeVar("Read")
MOST_PROFILES = 50
MOST_TEXT = 200_000
MOST_LINES = 60
NAME_LIMIT, KEY_LIMIT, SOURCE_LIMIT, LABEL_LIMIT, LINE_LIMIT, SUMMARY_LIMIT = 120, 60, 300, 120, 500, 2_000
BEST_PAID = ("city", "state", "company", "industry")
YEARS_LIMIT = 60
NO_CURRENCY = "In which currency is the pay? Give it beside the table, or in a column “currency”."


@dataclass(frozen=True, slots=True)
class ProfilesDraft:
    """Pasted text with what holds for all of it: source, day, and the currency of amounts without one."""

    text: str
    source: str
    as_of: date
    currency: str = ""

    @property
    def digest(self) -> str:
        """Return the name of exactly this draft, so that nothing is imported that was not shown before."""
        said = "\n".join((self.source, self.as_of.isoformat(), self.currency, *self.text.splitlines()))
        return hashlib.sha256(said.encode(errors="replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class CsvFinding:
    """A sentence about one place; one that does not stop is said and lets the rest be imported."""

    line: int
    column: str
    message: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class ProfilesReading:
    """Everything that was read; nothing is imported while one of the findings stops it."""

    roles: tuple[SortedProfile, ...]
    findings: tuple[CsvFinding, ...]
    not_taken: tuple[str, ...] = ()
    demographic: tuple[str, ...] = ()

    @property
    def is_importable(self) -> bool:
        """Tell whether there is something to import and nothing against it."""
        return bool(self.roles) and not any(one.stops for one in self.findings)


def read_profiles(draft: ProfilesDraft) -> ProfilesReading:
    """Read pasted role profiles; whatever is wrong comes back as a finding and is never an exception."""
    if len(draft.text) > MOST_TEXT:
        return ProfilesReading((), (CsvFinding(1, "", f"Paste at most {MOST_TEXT:,} characters at once."),))
    try:
        grid = read_grid(draft.text)
    except UnreadableTableError as problem:
        return ProfilesReading((), (CsvFinding(problem.line, "", str(problem)),))
    findings = _shape_findings(grid)
    roles: list[SortedProfile] = []
    lines: list[int] = []
    for row in grid.rows[:MOST_PROFILES]:
        reader = _RowReader(grid.headings, row, draft)
        roles.append(reader.role())
        lines.append(reader.line)
        is_asked = any(one.message == NO_CURRENCY for one in findings)
        findings += [one for one in reader.findings if not (is_asked and one.message == NO_CURRENCY)]
    findings += _repeats(roles, lines)
    headings = [cell.text for cell in grid.headings if cell.text]
    return ProfilesReading(
        roles=tuple(roles),
        findings=tuple(sorted(findings, key=lambda one: (not one.stops, one.line))),
        not_taken=tuple(one for one in headings if column_of(one) is None and not is_demographic(one)),
        demographic=tuple(one for one in headings if is_demographic(one)),
    )


def _shape_findings(grid: Grid) -> list[CsvFinding]:
    line = grid.headings[0].line
    keys = Counter(key for cell in grid.headings if (key := column_of(cell.text)) and key != EXPERIENCE)
    found = [CsvFinding(line, "", f"Two columns stand for “{key}”.") for key, count in keys.items() if count > 1]
    if "name" not in keys:
        found.append(CsvFinding(line, "", "No column is called “name”, “role” or “title”."))
    if not grid.rows:
        found.append(CsvFinding(line, "", "Under the headings there is no role."))
    if len(grid.rows) > MOST_PROFILES:
        found.append(CsvFinding(line, "", f"Paste at most {MOST_PROFILES} roles at once; there are {len(grid.rows)}."))
    if grid.spare:
        first = grid.spare[0]
        message = "There are more cells than headings. A number with commas, or a text with them, needs quotes."
        found.append(CsvFinding(first.line, str(first.column), message))
    return found


def _repeats(roles: Sequence[SortedProfile], lines: Sequence[int]) -> list[CsvFinding]:
    seen: set[str] = set()
    found = []
    for one, line in zip(roles, lines, strict=True):
        if one.profile.key and one.profile.key in seen:
            found.append(CsvFinding(line, "", f"“{one.profile.name}” stands in the text twice."))
        seen.add(one.profile.key)
    return found


class _RowReader:
    """Reads the cells of one role and collects the findings about them."""

    def __init__(self, headings: Sequence[GridCell], row: Sequence[GridCell], draft: ProfilesDraft) -> None:
        self.draft = draft
        self.findings: list[CsvFinding] = []
        self.line = row[0].line
        pairs = list(zip(headings, row, strict=False))
        self.cells = {key: (head, cell) for head, cell in pairs if (key := column_of(head.text))}
        self.experience = [(head, cell) for head, cell in pairs if column_of(head.text) == EXPERIENCE]
        self.demographics = {
            head.text: cell.text for head, cell in pairs if is_demographic(head.text) and not is_absent(cell.text)
        }

    def role(self) -> SortedProfile:
        """Return the profile of this row, as far as it can be read."""
        name = self._text("name", NAME_LIMIT)
        if not name and "name" in self.cells:
            self._find("name", "The role has no name.")
        pay = self._pay()
        degree = self._read("degree", read_share, Share("", None))
        profile = RoleProfile(
            key=self._key(name),
            name=name,
            source=self._text("source", SOURCE_LIMIT) or self.draft.source,
            looked_up=self.draft.as_of.isoformat(),
            summary=self._text("summary", SUMMARY_LIMIT),
            pay_average=self._read("pay_average", bounded(1, 100_000_000, "A yearly pay"), None),
            pay_minimum=pay.low,
            pay_maximum=pay.high,
            currency="",
            hourly=self._read("hourly", bounded(1, 100_000, "An hourly pay"), None),
            growth_percent=self._read("growth", bounded(-100, 10_000, "A growth"), None),
            jobs=self._read("jobs", bounded(0, 10_000_000_000, "A number of jobs", whole=True), None),
            job_satisfaction=self._read("job_satisfaction", bounded(0, 100, "A satisfaction"), None),
            highest_paying=MappingProxyType(
                {key: self._text(f"best_paid_{key}", NAME_LIMIT) or None for key in BEST_PAID}
            ),
            experience_years=tuple(
                years for head, cell in self.experience if (years := self._years(head, cell)) is not None
            ),
            degree=degree.name[:NAME_LIMIT] or None,
            degree_share=self._read("degree_share", as_percent, None) or degree.percent,
            major=self._text("major", NAME_LIMIT) or None,
            college=self._text("college", NAME_LIMIT) or None,
            responsibilities=self._lines("responsibilities", self._read("responsibilities", read_lines, ())),
            skills=self._skills(),
        )
        self._compare(profile)
        return SortedProfile(
            replace(profile, currency=self._currency(profile)), MappingProxyType(self.demographics), self.draft.as_of
        )

    def _read(self, key: str, read: Callable[[str], Read], absent: Read) -> Read:
        """Read a cell, or return what stands for an absent one; what cannot be read is a finding."""
        head, cell = self.cells.get(key, (None, None))
        if head is None or cell is None or is_absent(cell.text):
            return absent
        try:
            return read(cell.text)
        except UnreadableFigureError as problem:
            self._find(key, str(problem))
            return absent

    def _text(self, key: str, limit: int) -> str:
        text = " ".join(self._read(key, clean, "").split())
        if len(text) > limit:
            self._find(key, f"Write at most {limit:,} characters; this has {len(text):,}.")
        return text[:limit]

    def _key(self, name: str) -> str:
        key = "-".join(re.findall(r"[a-z0-9]+", (self._text("key", KEY_LIMIT) or name).casefold()))
        if name and not key:
            self._find("name", "Give this role a key of letters from a to z, in a column “key”.")
        return key[:KEY_LIMIT].strip("-")

    def _pay(self) -> Ends:
        read = bounded(1, 100_000_000, "A yearly pay")
        low, high = self._read("pay_minimum", read, None), self._read("pay_maximum", read, None)
        both = self._read("pay_range", read_range, Ends(None, None))
        if both != Ends(None, None) and (low, high) != (None, None):
            self._find("pay_range", "The ends of the pay stand in columns of their own as well. Keep one of the two.")
        if both != Ends(None, None) and min(one for one in (both.low, both.high) if one is not None) < 1:
            self._find("pay_range", "A yearly pay below 1 is no pay. Leave it empty where it is not stated.")
        return Ends(low or both.low, high or both.high)

    def _years(self, head: GridCell, cell: GridCell) -> YearsOfExperience | None:
        if is_absent(cell.text):
            return None
        try:
            ends = read_range(cell.text)
        except UnreadableFigureError as problem:
            self._find_at(head, cell, str(problem))
            return None
        if any(end is not None and not 0 <= end <= YEARS_LIMIT for end in (ends.low, ends.high)):
            self._find_at(head, cell, f"Years of experience lie between 0 and {YEARS_LIMIT}.")
            return None
        return YearsOfExperience(experience_label(head.text)[:LABEL_LIMIT], ends.low, ends.high)

    def _skills(self) -> tuple[Share, ...]:
        nothing: tuple[Share, ...] = ()
        skills = self._read("skills", read_shares, nothing)
        named = self._lines("skills", [one.name for one in skills])
        if repeated := [name for name, count in Counter(one.casefold() for one in named).items() if count > 1]:
            self._find("skills", f"“{repeated[0]}” is named twice.")
        return skills

    def _lines(self, key: str, lines: Sequence[str]) -> tuple[str, ...]:
        if len(lines) > MOST_LINES:
            self._find(key, f"Give at most {MOST_LINES}; there are {len(lines)}.")
        if any(len(line) > LINE_LIMIT for line in lines):
            self._find(key, f"One of them has more than {LINE_LIMIT} characters.")
        return tuple(lines)

    def _currency(self, profile: RoleProfile) -> str:
        """The currency is its column's, else that of the whole text; a sign alone is "$" in many countries."""
        currency = (self._text("currency", NAME_LIMIT) or self.draft.currency).upper()
        amounts = (profile.pay_average, profile.pay_minimum, profile.pay_maximum, profile.hourly)
        if currency and not re.fullmatch(r"[A-Z]{3}", currency):
            self._find("currency", "Write the three letters of the currency, such as USD or EUR.")
        elif not currency and any(one is not None for one in amounts):
            self.findings.append(CsvFinding(self.line, "", NO_CURRENCY))
        return currency[:3]

    def _compare(self, profile: RoleProfile) -> None:
        low, high, average = profile.pay_minimum, profile.pay_maximum, profile.pay_average
        if low is not None and high is not None and low > high:
            self._find("pay_maximum", "The upper end of the pay is below the lower end.")
        elif average is not None and not (low or average) <= average <= (high or average):
            self._find("pay_average", "The average lies outside of the range. It is taken as it is.", stops=False)
        shares = sum((one.percent for one in profile.skills if one.percent is not None), Decimal(0))
        if shares > 100:  # noqa: PLR2004 - a whole has a hundred parts
            self._find("skills", f"The shares come to {shares:f}% together. They are taken as they are.", stops=False)

    def _find(self, key: str, message: str, *, stops: bool = True) -> None:
        if key in self.cells:
            self._find_at(*self.cells[key], message, stops=stops)
        else:
            self.findings.append(CsvFinding(self.line, "", message, stops))

    def _find_at(self, head: GridCell, cell: GridCell, message: str, *, stops: bool = True) -> None:
        self.findings.append(CsvFinding(cell.line, f"{cell.column}, “{head.text}”", message, stops))
