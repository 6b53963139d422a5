"""The drift monitor: every interviewer's charts since their calibration, and what they give alarm of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.calibration.rules.drift.charts import Spread, Step, base_level, standardised, steps
from hiringkit.calibration.rules.drift.residuals import Session, residuals, within_spread
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
class DriftChart:
    """One interviewer since their latest calibration.

    `base`: own level in scale points, None until enough sessions have a residual; then `plotted` is
    empty. `spread`: the SD that residuals are measured in. `compared`: sessions with a residual.
    """

    interviewer: int
    base: float | None
    spread: float
    compared: int
    plotted: tuple[Plotted, ...]
    alarms: tuple[Alarm, ...]


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
    found = residuals(sessions, lines)
    spread = within_spread(sessions, found, points, lines)
    pool = Spread()
    by_interviewer: dict[int, list[int]] = defaultdict(list)
    for place, session in enumerate(sessions):
        pool.add(session.scores.values())
        by_interviewer[session.interviewer].append(place)
    charts = {}
    for interviewer, places in by_interviewer.items():
        newest = max(sessions[place].calibration for place in places)
        own = {place: sessions[place] for place in places if sessions[place].calibration == newest}
        compared = [(place, residual) for place in own if (residual := found[place]) is not None]
        base, plotted = _plotted(compared, spread, lines)
        alarms = _alarms(plotted, lines) | _central(own, pool.sd, lines)
        told = tuple(Alarm(kind, place) for kind, place in sorted(alarms.items(), key=lambda alarm: alarm[1]))
        charts[interviewer] = DriftChart(interviewer, base, spread, len(compared), plotted, told)
    return charts


def _plotted(
    compared: Sequence[tuple[int, float]], spread: float, lines: DriftLines
) -> tuple[float | None, tuple[Plotted, ...]]:
    first, later = compared[: lines.base_sessions], compared[lines.base_sessions :]
    if len(first) < lines.base_sessions:
        return None, ()
    base = base_level([residual for _, residual in first], lines)
    walked = steps((standardised(residual, base, spread, lines) for _, residual in later), lines)
    return base, tuple(Plotted(*one, step) for one, step in zip(later, walked, strict=True))


def _alarms(plotted: Sequence[Plotted], lines: DriftLines) -> dict[Drift, int]:
    """Return the first session beyond each limit."""
    found: dict[Drift, int] = {}
    for one in plotted:
        step = one.step
        if step.above > lines.limit:
            found.setdefault(Drift.LENIENT, one.session)
        if step.below > lines.limit:
            found.setdefault(Drift.SEVERE, one.session)
        if step.unrest is not None and step.unrest > lines.erratic_limit:
            found.setdefault(Drift.ERRATIC, one.session)
    return found


def _central(own: Mapping[int, Session], pool_sd: float, lines: DriftLines) -> dict[Drift, int]:
    """Return the first session at which the own ratings of the last ten vary less than half as much as everybody's."""
    latest, places = Spread(), list(own)
    for number, place in enumerate(places, 1):
        latest.add(own[place].scores.values())
        if number > lines.central_sessions:
            latest.add(own[places[number - 1 - lines.central_sessions]].scores.values(), sign=-1)
        if number >= lines.central_sessions and latest.sd < lines.central_share * pool_sd:
            return {Drift.CENTRAL: place}
    return {}
