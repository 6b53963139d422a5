"""The sheet on which a posting is sorted: what was placed where, and what was not and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from hiringkit.disclosures.rules.claims import Claim, none_problem, row_problems
from hiringkit.disclosures.rules.fields import FIELDS, ORDER
from hiringkit.disclosures.rules.reading.lines import Piece
from hiringkit.disclosures.rules.shapes import Field, Kind
from hiringkit.disclosures.rules.values import LONGTEXT_LIMIT, TEXT_LIMIT, UnreadableError, Value, read_value

SOURCE = "Pasted posting"
BETWEEN = {Kind.TEXT: "; ", Kind.LONGTEXT: "\n"}
LIMITS = {Kind.TEXT: TEXT_LIMIT, Kind.LONGTEXT: LONGTEXT_LIMIT}


@dataclass(frozen=True, slots=True)
class Placed:
    """Words that became an answer: their line, the question, and what to look at when checking."""

    number: int
    text: str
    field: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words that became no answer, from their first to their last line, and why."""

    first: int
    last: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Announced:
    """A heading that was understood: its line, its words and the topic it announced."""

    number: int
    text: str
    topic: str


@dataclass(slots=True)
class Sheet:
    """What has been sorted so far."""

    rows: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    none: dict[str, str] = field(default_factory=dict)
    placed: list[Placed] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    announced: list[Announced] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def leave(self, piece: Piece, reason: str, text: str = "") -> None:
        """List words as not placed; words with the same reason on following lines make one entry."""
        words = text or piece.text
        before = self.unplaced[-1] if self.unplaced else None
        if before and before.reason == reason and before.last in {piece.number, piece.number - 1}:
            gap = " " if before.last == piece.number else "\n"
            self.unplaced[-1] = Unplaced(before.first, piece.number, f"{before.text}{gap}{words}", reason)
        else:
            self.unplaced.append(Unplaced(piece.number, piece.number, words, reason))

    def place(self, piece: Piece, key: str, raw: Mapping[str, str], note: str = "") -> bool:
        """Put values into a row of a question, or list the words with the reason why that cannot be."""
        asked = FIELDS[key]
        if not (reason := self._put(asked, raw, piece.number)):
            self.placed.append(Placed(piece.number, piece.text, key, note))
            return True
        self.leave(piece, reason)
        return False

    def place_none(self, piece: Piece, key: str, words: str) -> bool:
        """Answer a question with "none", in the words that say so."""
        asked = FIELDS[key]
        reason = none_problem(asked, words) or (self._taken(asked) if key in self.rows or key in self.none else "")
        if reason:
            self.leave(piece, reason)
            return False
        self.none[key] = words
        self.placed.append(Placed(piece.number, piece.text, key))
        return True

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims, in their order; each is still to be checked and says that it comes from the posting."""
        found = [
            Claim(key, number, MappingProxyType(values), source=SOURCE, is_to_check=True)
            for key, rows in self.rows.items()
            for number, values in enumerate(rows)
        ]
        found += [Claim(key, none_reason=words, source=SOURCE, is_to_check=True) for key, words in self.none.items()]
        return tuple(sorted(found, key=lambda claim: (ORDER[claim.field], claim.row)))

    def _put(self, asked: Field, raw: Mapping[str, str], number: int) -> str:
        if asked.key in self.none:
            return self._taken(asked)
        try:
            values = {key: read_value(asked.column(key), text) for key, text in raw.items()}
        except UnreadableError as problem:
            return str(problem)
        rows = self.rows.get(asked.key, [])
        if asked.max_rows == 1 and rows:
            return self._add_to(asked, rows[0], values)
        return self._new_row(asked, values, number)

    def _new_row(self, asked: Field, values: dict[str, Value], number: int) -> str:
        if problems := row_problems(asked, values):
            return next(iter(problems.values()))
        if len(self.rows.get(asked.key, [])) >= asked.max_rows:
            return f"“{asked.label}” holds at most {asked.max_rows} lines."
        name = values.get(asked.unique) if asked.unique else None
        if isinstance(name, str):
            if (before := self.seen.get((asked.key, name.casefold()))) is not None:
                return f"Line {before} says the same."
            self.seen[asked.key, name.casefold()] = number
        self.rows.setdefault(asked.key, []).append(values)
        return ""

    def _add_to(self, asked: Field, row: dict[str, Value], values: Mapping[str, Value]) -> str:
        """Add to the one row that a question has: columns that are empty, and words to words while they fit."""
        merged = dict(row)
        for key, value in values.items():
            kind, held = asked.column(key).kind, row.get(key)
            if held is None:
                merged[key] = value
            elif kind in BETWEEN and isinstance(held, str) and asked.key not in ALONE:
                merged[key] = f"{held.removesuffix('.') if kind is Kind.TEXT else held}{BETWEEN[kind]}{value}"
                if len(merged[key]) > LIMITS[kind]:  # type: ignore[arg-type]  # Words and words make words.
                    return f"“{asked.label}” holds {LIMITS[kind]:,} characters, which are taken."
            elif held != value:
                return self._taken(asked)
        if problems := row_problems(asked, merged):
            return next(iter(problems.values()))
        row.update(merged)
        return ""

    def _taken(self, asked: Field) -> str:
        line = next((one.number for one in self.placed if one.field == asked.key), 0)
        return f"“{asked.label}” holds one answer, which was found on line {line}."


ALONE = frozenset({"scope.reports-to", "pay.level"})
"""Answers that would become another one if words were added."""
