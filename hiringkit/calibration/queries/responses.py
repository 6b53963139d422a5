"""One rater's responses with what that rater has kept of each, in the order drawn: interviewers and experts alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hiringkit.audit.queries import keyring_for
from hiringkit.calibration.models import ExerciseResponse, FormDraftResponse
from hiringkit.calibration.rules.answers import Cell, Column, missing

AnyResponse = ExerciseResponse | FormDraftResponse


@dataclass(frozen=True)
class ResponseView:
    """One response with the rater's own cells, by competency version.

    `place`: in the order drawn for this person, from 1. `version`: of the cells together, 0 before the first saving.
    """

    row: AnyResponse
    place: int
    columns: Sequence[Column]
    cells: Mapping[int, Cell]
    version: int

    @property
    def lacks(self) -> dict[str, str]:
        """Return what is missing before it can be submitted, as a sentence per form field."""
        return missing(self.cells, self.columns)

    @property
    def rated(self) -> int:
        """Return how many of its competencies have a rating with evidence."""
        return sum(self.cells.get(column.version, Cell()).is_complete for column in self.columns)


class Kept(NamedTuple):
    """One stored rating: on which competency version, what was given, and how often the response was saved."""

    competency_version_id: int
    rating: int | None
    words: bytes | None
    version: int


def response_views(
    found: Iterable[tuple[AnyResponse, Kept | None]], order: Sequence[int], columns: Sequence[Column]
) -> list[ResponseView]:
    """Return the responses in the order drawn, from rows of a response with one of its stored ratings or none."""
    rows = list(found)
    ring = keyring_for(kept.words for _, kept in rows if kept is not None)
    by_position = {response.position: response for response, _ in rows}
    cells: dict[int, dict[int, Cell]] = {}
    versions: dict[int, int] = {}
    for response, kept in rows:
        if kept is not None:
            cells.setdefault(response.id, {})[kept.competency_version_id] = Cell(kept.rating, ring.open(kept.words))
            versions[response.id] = max(kept.version, versions.get(response.id, 0))
    ordered = [by_position[position] for position in order if position in by_position]
    return [
        ResponseView(row, place, columns, cells.get(row.id, {}), versions.get(row.id, 0))
        for place, row in enumerate(ordered, 1)
    ]
