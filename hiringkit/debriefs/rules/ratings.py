"""The ratings of an application as the debrief sees them, and which of them count."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.scorecards.rules.evidence import NotRated, Value


class Mark(StrEnum):
    """How a rating stands towards the score (PRODUCT rule 3); all but counted are shown, marked."""

    COUNTED = "counted"
    WAIVED = "waived"
    SHADOW = "shadow"
    REVERSE_SHADOW = "reverse shadow"


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


def mark_of(role: AssignmentRole, *, is_waived: bool) -> Mark:
    """Mark of the ratings that somebody gives in a role, with or without a waived standing.

    >>> mark_of(AssignmentRole.SECOND, is_waived=False).value, mark_of(AssignmentRole.LEAD, is_waived=True).value
    ('counted', 'waived')
    """
    if role is AssignmentRole.SHADOW:
        return Mark.SHADOW
    if role is AssignmentRole.REVERSE_SHADOW:
        return Mark.REVERSE_SHADOW
    return Mark.WAIVED if is_waived else Mark.COUNTED


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
