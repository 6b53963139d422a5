"""The drift monitor: every interviewer's charts since their calibration, and what they give alarm of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.calibration.rules.drift.charts import Step, base_level, standardised, steps
from hiringkit.calibration.rules.drift.residuals import Session, residuals, within_spread
from hiringkit.calibration.rules.drift.tally import Tally
from hiringkit.calibration.rules.policy import CalibrationPolicy, DriftLines


class Drift(StrEnum):
    """What a chart can give alarm of; it makes a refresh due and is no judgement of performance."""

    LENIENT = "more generous than before"
    SEVERE = "stricter than before"
    ERRATIC = "up and down more than others"
    CENTRAL = "close to the middle, whoever is rated"


@dataclass(frozen=True)
class Alarm:
    """The first session, as a place in the sessions given, at which a chart passed its limit."""

    kind: Drift
    session: int


@dataclass(frozen=True)
class Plotted:
    """One session on the charts: its place in the sessions given, its residual in scale points, and the step."""

    session: int
    residual: float
    step: Step


@dataclass(frozen=True)
class Measured:
    """One session as the charts need it: its residual in scale points, and its ratings as a tally.

    `calibration`: as in `Session`.
    """

    interviewer: int
    residual: float | None
    ratings: Tally
    calibration: int = 1


@dataclass(frozen=True)
class Pool:
    """What one interviewer is compared with: SD of residuals within interviewers, and SD of all ratings, in points."""

    spread: float
    ratings_sd: float


@dataclass(frozen=True)
class DriftChart:
    """One interviewer since their latest calibration.

    `base`: own level in scale points, None until enough sessions have a residual; then `plotted` is
    empty. `spread`: the SD that residuals are measured in. `compared`: sessions with a residual.
    `beyond`: the charts that are beyond their limit with the newest session.
    """

    interviewer: int
    base: float | None
    spread: float
    compared: int
    plotted: tuple[Plotted, ...]
    alarms: tuple[Alarm, ...]
    beyond: frozenset[Drift]


def drift_charts(sessions: Sequence[Session], points: int, policy: CalibrationPolicy) -> dict[int, DriftChart]:
    """Chart every interviewer over sessions in the order in which they were sealed (SCIENCE 1.5).

    `sessions`: all on the scale 1..points. The first 15 sessions with a residual after a calibration
    give the own level, the charts begin with the next. A chart gives alarm once; a new calibration,
    which is the action after it, sets everything back.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> met = [Session(who, day, {1: 3 + day % 3}) for day in range(40) for who in (1, 2, 3)]
    >>> after = [Session(who, day, {1: 3 + day % 3 + (who == 1)}) for day in range(40, 60) for who in (1, 2, 3)]
    >>> chart = drift_charts(met + after, 7, DEFAULT_POLICY)[1]
    >>> chart.alarms[0].kind.value, (met + after)[chart.alarms[0].session].candidate
    ('more generous than before', 41)
    """
    lines = policy.drift_lines
    known = measured(sessions, lines)
    by_interviewer: dict[int, dict[int, Measured]] = defaultdict(dict)
    for place, one in enumerate(known):
        by_interviewer[one.interviewer][place] = one
    residual_tallies = (residuals_of(own.values()) for own in by_interviewer.values())
    pool = pool_of(residual_tallies, (one.ratings for one in known), points, lines)
    return {interviewer: drift_chart(own, pool, lines) for interviewer, own in by_interviewer.items()}


def measured(sessions: Sequence[Session], lines: DriftLines) -> list[Measured]:
    """Measure sessions against each other, in their order; what this leaves holds nobody's single rating.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_DRIFT
    >>> measured([Session(1, 9, {1: 3}), Session(2, 9, {1: 4}), Session(3, 9, {1: 6})], DEFAULT_DRIFT)[0]
    Measured(interviewer=1, residual=-2.0, ratings=Tally(number=1, total=3.0, squares=9.0), calibration=1)
    """
    return [
        Measured(session.interviewer, residual, Tally.of(session.scores.values()), session.calibration)
        for session, residual in zip(sessions, residuals(sessions, lines), strict=True)
    ]


def residuals_of(own: Iterable[Measured]) -> Tally:
    """Return the tally of one interviewer's residuals."""
    return Tally.of(one.residual for one in own if one.residual is not None)


def pool_of(own_residuals: Iterable[Tally], ratings: Iterable[Tally], points: int, lines: DriftLines) -> Pool:
    """Pool everybody's sessions on the scale 1..points: one tally of residuals for each interviewer (SCIENCE 1.5)."""
    return Pool(within_spread(own_residuals, points, lines), sum(ratings, start=Tally()).sd)


def drift_chart(sessions: Mapping[int, Measured], pool: Pool, lines: DriftLines) -> DriftChart:
    """Chart one interviewer over their sessions, at least one, by place and in the order in which they were sealed."""
    newest = max(one.calibration for one in sessions.values())
    own = {place: one for place, one in sessions.items() if one.calibration == newest}
    compared = [(place, one.residual) for place, one in own.items() if one.residual is not None]
    base, plotted = _plotted(compared, pool.spread, lines)
    passed = [(one.session, kind) for one in plotted for kind in _passed(one.step, lines)]
    passed += [(place, Drift.CENTRAL) for place in _narrow(own, pool.ratings_sd, lines)]
    first: dict[Drift, int] = {}
    for place, kind in sorted(passed, key=lambda one: one[0]):
        first.setdefault(kind, place)
    alarms = tuple(Alarm(kind, place) for kind, place in first.items())
    interviewer, last = next(iter(own.values())).interviewer, next(reversed(own))
    beyond = frozenset(kind for place, kind in passed if place == last)
    return DriftChart(interviewer, base, pool.spread, len(compared), plotted, alarms, beyond)


def _plotted(
    compared: Sequence[tuple[int, float]], spread: float, lines: DriftLines
) -> tuple[float | None, tuple[Plotted, ...]]:
    first, later = compared[: lines.base_sessions], compared[lines.base_sessions :]
    if len(first) < lines.base_sessions:
        return None, ()
    base = base_level([residual for _, residual in first], lines)
    walked = steps((standardised(residual, base, spread, lines) for _, residual in later), lines)
    return base, tuple(Plotted(*one, step) for one, step in zip(later, walked, strict=True))


def _passed(step: Step, lines: DriftLines) -> Iterator[Drift]:
    """Give the limits that a step is beyond."""
    if step.above > lines.limit:
        yield Drift.LENIENT
    if step.below > lines.limit:
        yield Drift.SEVERE
    if step.unrest is not None and step.unrest > lines.erratic_limit:
        yield Drift.ERRATIC


def _narrow(own: Mapping[int, Measured], pool_sd: float, lines: DriftLines) -> Iterator[int]:
    """Give the sessions at which the own ratings of the last ten vary less than half as much as everybody's."""
    latest, tallies = Tally(), [one.ratings for one in own.values()]
    for number, (place, one) in enumerate(own.items(), 1):
        latest += one.ratings
        if number > lines.central_sessions:
            latest -= tallies[number - 1 - lines.central_sessions]
        if number >= lines.central_sessions and latest.sd < lines.central_share * pool_sd:
            yield place
