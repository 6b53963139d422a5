"""What one session differs by from the other interviewers of the same candidate, and how much that varies."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hiringkit.calibration.rules.drift.tally import Tally
from hiringkit.calibration.rules.policy import DriftLines


@dataclass(frozen=True)
class Session:
    """One interviewer with one candidate: what was rated, by competency, on one scale.

    `calibration`: number of the interviewer's calibration that it falls under, from 1; a new one
    begins a new baseline and sets the charts back.
    """

    interviewer: int
    candidate: int
    scores: Mapping[int, float]
    calibration: int = 1


def residuals(sessions: Sequence[Session], lines: DriftLines) -> list[float | None]:
    """Leave-one-out residual e of each session, in their order, in scale points (SCIENCE 1.5).

    A session's mean m is over the competencies that another interviewer of the candidate rated too,
    or over all of them when there is no such; e is m less the mean m of the other interviewers'
    sessions with the candidate. None with fewer than two other interviewers, or without a score.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_DRIFT
    >>> met = [Session(1, 9, {1: 3, 2: 7}), Session(2, 9, {1: 4}), Session(3, 9, {1: 6}), Session(4, 8, {1: 2})]
    >>> residuals(met, DEFAULT_DRIFT)
    [-2.0, -0.5, 2.5, None]
    """
    found: list[float | None] = [None] * len(sessions)
    by_candidate: dict[int, list[int]] = defaultdict(list)
    for place, session in enumerate(sessions):
        if session.scores:
            by_candidate[session.candidate].append(place)
    for places in by_candidate.values():
        _fill(found, places, sessions, lines)
    return found


def _fill(found: list[float | None], places: list[int], sessions: Sequence[Session], lines: DriftLines) -> None:
    """Set the residuals of one candidate's sessions."""
    met = [sessions[place] for place in places]
    raters: dict[int, set[int]] = defaultdict(set)
    for session in met:
        for competency in session.scores:
            raters[competency].add(session.interviewer)
    means = [_mean_in_common(session, raters) for session in met]
    sums, numbers = defaultdict[int, float](float), Counter(session.interviewer for session in met)
    for session, mean in zip(met, means, strict=True):
        sums[session.interviewer] += mean
    if len(numbers) <= lines.fewest_others:
        return
    total = math.fsum(means)
    for place, session, mean in zip(places, met, means, strict=True):
        others = len(met) - numbers[session.interviewer]
        found[place] = mean - (total - sums[session.interviewer]) / others


def _mean_in_common(session: Session, raters: Mapping[int, set[int]]) -> float:
    shared = [score for competency, score in session.scores.items() if len(raters[competency]) > 1]
    scores = shared or list(session.scores.values())
    return math.fsum(scores) / len(scores)


NO_VARIANCE = 1e-9
"""Below this, in squared scale points, residuals do not vary but for rounding."""


def within_spread(residuals: Iterable[Tally], points: int, lines: DriftLines) -> float:
    """SD of the residuals within interviewers, pooled over all of them (SCIENCE 1.5), in scale points.

    `residuals`: one tally for each interviewer. The policy's starting value for the scale 1..points
    until there are 100 sessions with a residual, or while those do not vary.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_DRIFT
    >>> round(within_spread([Tally.of([-1.0, 1.0] * 30), Tally.of([2.0, 4.0] * 30)], 7, DEFAULT_DRIFT), 4)
    1.0084
    """
    known = [tally for tally in residuals if tally.number]
    number = sum(tally.number for tally in known)
    if number < max(lines.pooled_from, len(known) + 1):
        return lines.spread_before(points)
    variance = math.fsum(tally.deviations for tally in known) / (number - len(known))
    return math.sqrt(variance) if variance > NO_VARIANCE else lines.spread_before(points)
