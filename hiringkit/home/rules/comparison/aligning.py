"""What two to four things state, aligned row by row, with their differences in words.

Nothing here depends on the order of the columns: exchanging two of them exchanges their cells and
nothing else. Of things that state the same, nothing is marked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

PAIR = 2


class Topic(StrEnum):
    """The groups of rows, in the order in which they are printed."""

    PAY = "Pay"
    MARKET = "The labour market"
    EDUCATION = "Education and experience"
    SCOPE = "Responsibilities and scope"
    SKILLS = "Skills by share"
    WORKLOAD = "Workload"
    SUPERVISION = "Supervision"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer.

    A figure has a `slot` (which figure it is, such as "from"), its `ends` (one number, or two of a
    range) and a `unit`; only figures of one slot and unit are compared. A line of words has none of
    them. `note` is small print that is no part of the comparison.
    """

    words: str
    slot: str = ""
    ends: tuple[Decimal, ...] = ()
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one thing states about one question; `place` orders the questions of a topic."""

    topic: Topic
    label: str
    lines: tuple[Line, ...]
    place: Decimal = Decimal(0)


class Verdict(StrEnum):
    """How the cells of a row stand to each other."""

    SAME = "Same"
    SAME_WHERE_STATED = "Same where stated"
    DIFFERENT = "Different"
    WORDING = "Different wording"
    ONE = "Only one states it"
    APART = "Not comparable"


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line as it is printed; `mark` says in words how it differs from the other columns, or is empty."""

    words: str
    note: str
    mark: str


Cell = tuple[MarkedLine, ...]
"""No line at all reads "not stated"."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question with a cell for each column; `why` says what keeps figures from being compared."""

    label: str
    verdict: Verdict
    cells: tuple[Cell, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class RowGroup:
    """The rows of one topic."""

    topic: Topic
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every question that at least one column answers, and the labels of those that none does."""

    groups: tuple[RowGroup, ...]
    unstated: tuple[str, ...]

    @property
    def different(self) -> int:
        """Return the number of rows that differ."""
        verdicts = [row.verdict for group in self.groups for row in group.rows]
        return sum(one in {Verdict.DIFFERENT, Verdict.WORDING} for one in verdicts)


def compared(columns: Sequence[Iterable[Fact]]) -> Comparison:
    """Align what the columns state and mark the differences.

    >>> pay = [Fact(Topic.PAY, "Average", (Line(str(n), "average", (Decimal(n),), "USD"),)) for n in (3, 5)]
    >>> compared([[pay[0]], [pay[1]]]).groups[0].rows[0].verdict.value
    'Different'
    """
    stated = [{(fact.topic, fact.label.casefold()): fact for fact in column} for column in columns]
    groups, unstated = [], []
    for topic in Topic:
        rows = []
        for key in _ordered(topic, stated):
            facts = [column.get(key) for column in stated]
            label = min(fact.label for fact in facts if fact is not None)
            if any(fact is not None and fact.lines for fact in facts):
                rows.append(_row(label, [fact.lines if fact is not None else () for fact in facts]))
            else:
                unstated.append(label)
        if rows:
            groups.append(RowGroup(topic, tuple(rows)))
    return Comparison(tuple(groups), tuple(unstated))


def _ordered(topic: Topic, stated: Sequence[Mapping[tuple[Topic, str], Fact]]) -> list[tuple[Topic, str]]:
    """Return the questions of a topic by the earliest place that any column gives them, then by their words."""
    places: dict[tuple[Topic, str], Decimal] = {}
    for column in stated:
        for key, fact in column.items():
            if fact.topic is topic:
                places[key] = min(fact.place, places.get(key, fact.place))
    return sorted(places, key=lambda key: (places[key], key[1]))


def _row(label: str, cells: Sequence[tuple[Line, ...]]) -> Row:
    verdict, why = _verdict([cell for cell in cells if cell], len(cells))
    marks = _marks(cells) if verdict in {Verdict.DIFFERENT, Verdict.WORDING, Verdict.APART} else {}
    marked = tuple(
        tuple(MarkedLine(line.words, line.note, marks.get((at, line), "")) for line in cell)
        for at, cell in enumerate(cells)
    )
    return Row(label, verdict, marked, why)


def _verdict(cells: Sequence[tuple[Line, ...]], columns: int) -> tuple[Verdict, str]:
    if len(cells) == 1:
        return (Verdict.SAME, "") if columns == 1 else (Verdict.ONE, "")
    if len({_essence(cell) for cell in cells}) == 1:
        return (Verdict.SAME if len(cells) == columns else Verdict.SAME_WHERE_STATED), ""
    figures = [line for cell in cells for line in cell if line.slot]
    if not figures:
        return Verdict.WORDING, ""
    if why := _what_parts(cells, figures):
        return Verdict.APART, why
    return Verdict.DIFFERENT, ""


def _essence(cell: Iterable[Line]) -> frozenset[tuple[object, ...]]:
    """Return what a cell says, without the way it is put: figures by value, words in small letters."""
    return frozenset((line.slot, line.ends, line.unit) if line.slot else (_folded(line.words),) for line in cell)


def _what_parts(cells: Sequence[tuple[Line, ...]], figures: Sequence[Line]) -> str:
    """Say why no two of the columns can be compared in this row, or nothing where two can."""
    pairs = [{(line.slot, line.unit) for line in cell if line.slot} for cell in cells]
    if any(one & other for at, one in enumerate(pairs) for other in pairs[at + 1 :]):
        return ""
    units = sorted({line.unit for line in figures})
    return " and ".join(units) if len(units) > 1 else "not the same figures"


def _marks(cells: Sequence[tuple[Line, ...]]) -> dict[tuple[int, Line], str]:
    return _figure_marks(cells) | _word_marks(cells)


def _figure_marks(cells: Sequence[tuple[Line, ...]]) -> dict[tuple[int, Line], str]:
    """Mark the lowest and the highest of each figure; of two columns one is lower and the other higher."""
    groups: dict[tuple[str, str], list[tuple[int, Line]]] = {}
    for at, cell in enumerate(cells):
        for line in cell:
            if line.slot:
                groups.setdefault((line.slot, line.unit), []).append((at, line))
    found: dict[tuple[int, Line], str] = {}
    for group in groups.values():
        ends = [line.ends for _, line in group]
        if len(set(ends)) == 1:
            continue
        low, high = ("lower", "higher") if len(group) == PAIR else ("lowest", "highest")
        for at, line in group:
            if all(_is_below(line.ends, other) for other in ends):
                found[at, line] = low
            elif all(_is_below(other, line.ends) for other in ends):
                found[at, line] = high
    return found


def _is_below(ends: tuple[Decimal, ...], other: tuple[Decimal, ...]) -> bool:
    """Tell whether no end of a range lies above the same end of another."""
    return all(one <= two for one, two in zip(ends, other, strict=True))


def _word_marks(cells: Sequence[tuple[Line, ...]]) -> dict[tuple[int, Line], str]:
    """Mark the lines that not all columns share, once they share any; of other words nothing is known."""
    said = {at: {_folded(line.words) for line in cell if not line.slot} for at, cell in enumerate(cells)}
    said = {at: words for at, words in said.items() if words}
    counts = _counted(word for words in said.values() for word in words)
    if not any(count > 1 for count in counts.values()):
        return {}
    return {
        (at, line): _shared_by(counts[_folded(line.words)], len(said))
        for at in said
        for line in cells[at]
        if not line.slot
    }


def _counted(words: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found


def _shared_by(count: int, columns: int) -> str:
    return "" if count == columns else "only here" if count == 1 else f"in {count} of {columns}"


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")


def letters(count: int) -> tuple[str, ...]:
    """Return the letters that name the columns in pictures, where a colour alone must not.

    >>> letters(3)
    ('A', 'B', 'C')
    """
    return tuple("ABCD"[:count])
