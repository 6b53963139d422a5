"""The ratings of an application as the debrief sees them, and which of them count."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.scorecards.rules.evidence import NotRated, Value


class Mark(StrEnum):
    """How a rating of the panel stands towards the score (PRODUCT rule 3); a waived one is shown, marked.

    There is no mark for shadows: what they rate never comes here.
    """

    COUNTED = "counted"
    WAIVED = "waived"


@dataclass(frozen=True)
class Rating:
    """One rating of one submitted scorecard; `value` is a scale point or why there is none.

    `rater`, `scorecard` and `competency` are ids: of the member, the scorecard and the competency version.
    """

    rater: int
    scorecard: int
    competency: int
    value: Value
    mark: Mark = Mark.COUNTED

    @property
    def point(self) -> int | None:
        """The scale point, or None for "not observed" and "not asked"."""
        return None if isinstance(self.value, NotRated) else self.value


def counted_points(ratings: Iterable[Rating], competency: int) -> dict[int, list[int]]:
    """Counted scale points of one competency, by rater.

    >>> counted_points([Rating(1, 10, 7, 5), Rating(2, 11, 7, 3, Mark.WAIVED)], competency=7)
    {1: [5]}
    """
    points: dict[int, list[int]] = {}
    for rating in ratings:
        if rating.competency == competency and rating.mark is Mark.COUNTED and rating.point is not None:
            points.setdefault(rating.rater, []).append(rating.point)
    return points
