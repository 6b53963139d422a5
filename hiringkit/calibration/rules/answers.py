"""What an interviewer says about one response, and what is still missing before a block can be submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

LONGEST_EVIDENCE = 2000


@dataclass(frozen=True)
class Column:
    """One competency of a form, with the scale that is printed beside the ratings.

    `version`: id of the competency version. `is_in_force`: no newer version of the competency exists.
    """

    version: int
    key: str
    name: str
    definition: str
    points: int
    anchors: Mapping[str, str]
    is_safety_critical: bool
    is_in_force: bool


class Cell(NamedTuple):
    """The rating of one response on one competency, and what was noticed in the response."""

    rating: int | None = None
    evidence: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether both the rating and its evidence are there (SCIENCE 1.2: a note per rating)."""
        return self.rating is not None and bool(self.evidence.strip())


def missing(cells: Mapping[int, Cell], columns: Sequence[Column]) -> dict[str, str]:
    """Return what a response still lacks, as a sentence per form field, in the order of the columns.

    >>> column = Column(7, "accuracy", "Accuracy", "", 7, {}, is_safety_critical=False, is_in_force=True)
    >>> missing({7: Cell(5, "")}, [column])
    {'accuracy-evidence': 'Accuracy: note what in the answer you rate.'}
    """
    problems = {}
    for column in columns:
        cell = cells.get(column.version, Cell())
        if cell.rating is None:
            problems[rating_field(column)] = f"{column.name}: choose a point of the scale."
        if not cell.evidence.strip():
            problems[evidence_field(column)] = f"{column.name}: note what in the answer you rate."
    return problems


def rating_field(column: Column) -> str:
    """Name of the form field that carries the rating on a competency."""
    return f"{column.key}-rating"


def evidence_field(column: Column) -> str:
    """Name of the form field that carries the evidence for a rating."""
    return f"{column.key}-evidence"
