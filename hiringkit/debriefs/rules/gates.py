"""Safety gates: what opens one, what the ratings say about it, and that only a manager closes it."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from hiringkit.debriefs.rules.ratings import Rating, counted_points
from hiringkit.foundation.lifecycle import Lifecycle, Move


class GateState(StrEnum):
    """PRODUCT's words for a gate: cleared, the concern did not hold; confirmed, it did."""

    OPEN = "open"
    CLEARED = "cleared"
    CONFIRMED = "confirmed"


# Ratings have no move here: a gate is closed by a named manager alone (PRODUCT rule 4).
GATE = Lifecycle(
    "gate",
    (
        Move("clear", frozenset({GateState.OPEN}), GateState.CLEARED),
        Move("confirm", frozenset({GateState.OPEN}), GateState.CONFIRMED),
    ),
)


class GateFinding(StrEnum):
    """What the counted ratings of a safety-critical competency say (SCIENCE 1.7 item 4)."""

    INCOMPLETE = "incomplete"
    CLEAR = "clear"
    REVIEW = "review"
    FAIL = "fail"


# Where one word must stand for several competencies, the gravest does.
GRAVEST_FIRST = (GateFinding.FAIL, GateFinding.REVIEW, GateFinding.INCOMPLETE, GateFinding.CLEAR)

FEWEST_RATERS = 2


def gate_states(
    known: Mapping[int, GateState], ratings: Iterable[Rating], safety_critical: Collection[int], gate_level: int
) -> dict[int, GateState]:
    """States of all gates once these ratings are in, by competency (PRODUCT rule 4).

    `known`: gates there are already. The first low rating of a lead or second opens a gate, waived
    or not; no rating ever changes the state of one.

    >>> low, fine = Rating(1, 10, 7, 2), Rating(2, 11, 7, 6)
    >>> {key: state.value for key, state in gate_states({}, [low, fine], {7}, 2).items()}
    {7: 'open'}
    >>> gate_states({7: GateState.CLEARED}, [low], {7}, 2)[7].value
    'cleared'
    """
    states = dict(known)
    for rating in ratings:
        if rating.competency in safety_critical and opens_gate(rating, gate_level):
            states.setdefault(rating.competency, GateState.OPEN)
    return states


def opens_gate(rating: Rating, gate_level: int) -> bool:
    """Tell whether a rating, on a safety-critical competency, is low; one given under a waiver is as good.

    >>> opens_gate(Rating(1, 10, 7, 2), 2), opens_gate(Rating(1, 10, 7, 3), 2)
    (True, False)
    """
    return rating.point is not None and rating.point <= gate_level


def gate_findings(
    ratings: Collection[Rating], safety_critical: Iterable[int], gate_level: int
) -> dict[int, GateFinding]:
    """Finding of every safety-critical competency, over counted ratings alone.

    A rater who rated it in two stages is one independent rater and stands with the lower rating.

    >>> ratings = [Rating(1, 10, 7, 2), Rating(2, 11, 7, 5)]
    >>> gate_findings(ratings, [7], 2)[7].value
    'review'
    """
    return {
        competency: gate_finding([min(points) for points in counted_points(ratings, competency).values()], gate_level)
        for competency in safety_critical
    }


def gate_finding(points: Collection[int], gate_level: int) -> GateFinding:
    """Finding from one scale point per independent rater (SCIENCE 1.7 item 4).

    Fewer than two: incomplete. None at or below the gate level: clear. Two or more low: fail. One
    low of two: review, a third rater is needed. One low of three or more: clear.

    >>> [gate_finding(points, 2).value for points in ([6], [6, 5], [2, 1], [2, 5], [2, 5, 6])]
    ['incomplete', 'clear', 'fail', 'review', 'clear']
    """
    low = sum(point <= gate_level for point in points)
    if len(points) < FEWEST_RATERS:
        return GateFinding.INCOMPLETE
    if low >= FEWEST_RATERS:
        return GateFinding.FAIL
    if low == 1 and len(points) == FEWEST_RATERS:
        return GateFinding.REVIEW
    return GateFinding.CLEAR


def gravest(findings: Iterable[GateFinding]) -> GateFinding:
    """Return the gravest finding; with no safety-critical competency it is clear.

    >>> gravest([GateFinding.CLEAR, GateFinding.REVIEW, GateFinding.INCOMPLETE]).value
    'review'
    """
    return min(findings, key=GRAVEST_FIRST.index, default=GateFinding.CLEAR)
