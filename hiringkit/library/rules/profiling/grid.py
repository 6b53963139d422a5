"""Pasted text as a grid of cells that know their place, one row for each role, whichever way the table lay."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from hiringkit.library.rules.profiling.columns import column_of, is_demographic
from hiringkit.library.rules.profiling.figures import clean

DELIMITERS = ("\t", ";", ",")


class UnreadableTableError(ValueError):
    """The text is no table; `line` is where it stops being one."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as it was typed, with its line and its column, both counted from 1."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The headings, and for each role its cells in the order of the headings; `spare` cells have no heading."""

    headings: tuple[GridCell, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    spare: tuple[GridCell, ...] = ()


def read_grid(text: str) -> Grid:
    """Read a table parted by commas, semicolons or tabs; raises UnreadableTableError.

    A table with the facts in its first column and a role in each further one is turned.
    """
    lines = text.removeprefix("\ufeff")
    table = _rows(lines, _delimiter(lines))
    if not table:
        raise UnreadableTableError(1, "There is no table in this text.")
    if _is_sideways(table):
        table = _turned(table)
    headings, width = tuple(table[0]), len(table[0])
    spare = tuple(cell for row in table[1:] for cell in row[width:] if cell.text)
    return Grid(headings, tuple(tuple(row[:width]) for row in table[1:]), spare)


def _delimiter(text: str) -> str:
    """Return the one that the first line has most of, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _rows(text: str, delimiter: str) -> list[list[GridCell]]:
    found: list[list[GridCell]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [GridCell(clean(typed), line, number) for number, typed in enumerate(row, 1)]
            if any(cell.text for cell in cells):
                found.append(cells)
            line = reader.line_num + 1
    except csv.Error as error:
        message = "The quotes of this line do not match, or a cell is longer than can be read."
        raise UnreadableTableError(line, message) from error
    return found


def _is_sideways(table: Sequence[Sequence[GridCell]]) -> bool:
    """Tell whether more headings are known down the first column than along the first row."""
    along = sum(_is_known(cell.text) for cell in table[0])
    down = sum(_is_known(row[0].text) for row in table)
    return down > max(1, along)


def _is_known(heading: str) -> bool:
    return column_of(heading) is not None or is_demographic(heading)


def _turned(table: Sequence[Sequence[GridCell]]) -> list[list[GridCell]]:
    """Turn a table; its corner, which heads the roles, may be empty."""
    first, *others = table
    name = GridCell(first[0].text if column_of(first[0].text) else "name", first[0].line, first[0].column)
    width = max(len(row) for row in table)
    columns = (
        [row[at] if at < len(row) else GridCell("", row[0].line, at + 1) for row in table] for at in range(1, width)
    )
    return [[name, *(row[0] for row in others)], *(one for one in columns if any(cell.text for cell in one))]
