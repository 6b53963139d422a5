"""What one interviewer's calibration is worth on a day, and whether standings cover a stage."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hiringkit.calibration.rules.forms import GoldBasis
from hiringkit.calibration.rules.policy import CalibrationPolicy


class StandingState(StrEnum):
    """PRODUCT's words for a standing."""

    NONE = "none"
    IN_TRAINING = "in training"
    CALIBRATED = "calibrated until"
    DUE = "due"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"


# Only these allow lead and second (PRODUCT rule 3; SCIENCE 1.4).
HOLDING = frozenset({StandingState.CALIBRATED, StandingState.DUE})

# What was earned and may be renewed by now: its holder can be invited to a refresh.
REFRESHABLE = frozenset({StandingState.DUE, StandingState.LAPSED, StandingState.SUSPENDED})


class Ending(StrEnum):
    """Why a standing that was earned no longer holds."""

    DAYS = "its days are over"
    SESSIONS = "its interviews are used up"
    VERSIONS = "the anchors of a competency have changed"
    SUSPENDED = "it is suspended until a refresh"


@dataclass(frozen=True)
class Term:
    """What a pass is worth: its first and last day, and the counted interviews in between."""

    valid_from: date
    valid_until: date
    session_limit: int


def term_of(passed_on: date, policy: CalibrationPolicy, *, has_safety: bool) -> Term:
    """Term of a pass under the policy of its day: 180 days or 40 interviews, 90 or 20 with safety (SCIENCE 1.4).

    The term is stored with the standing, so that a later policy changes no past one.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> term_of(date(2027, 1, 1), DEFAULT_POLICY, has_safety=True).valid_until.isoformat()
    '2027-04-01'
    """
    validity = policy.standing.with_safety if has_safety else policy.standing.plain
    return Term(passed_on, passed_on + timedelta(days=validity.days), validity.sessions)


@dataclass(frozen=True)
class Standing:
    """The record of one interviewer on one competency set.

    `competency_versions`: ids of the versions rated in the exercise. `basis`: of the gold it was
    earned on, by now. `attempts`: attempts started so far. `term`: of the last pass, None before
    the first. `sessions`: counted interviews since that pass.
    """

    competency_versions: frozenset[int]
    basis: GoldBasis
    attempts: int
    term: Term | None = None
    sessions: int = 0
    suspended_on: date | None = None


@dataclass(frozen=True)
class StandingNow:
    """A standing on one day: `until` is its last day, `words` the page's text before that day."""

    state: StandingState
    words: str
    until: date | None = None
    sessions_left: int | None = None
    ending: Ending | None = None

    @property
    def holds(self) -> bool:
        """Whether its holder may be lead or second on its competencies."""
        return self.state in HOLDING


def standing_on(
    day: date, standing: Standing | None, policy: CalibrationPolicy, in_force: Collection[int]
) -> StandingNow:
    """Tell what a standing is on a day (SCIENCE 1.4, PRODUCT states).

    `policy`: for the number of days before the end at which it is due. `in_force`: ids of the
    competency versions in force; a standing on any other version has ended. It holds through its
    last day and up to its last counted interview, and is due in its last 30 days, or when no more
    interviews are left than come to such days of its term.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> term = term_of(date(2027, 1, 1), DEFAULT_POLICY, has_safety=True)
    >>> earned = Standing(frozenset({1, 2}), GoldBasis.DRAFTED, attempts=1, term=term, sessions=3)
    >>> now = standing_on(date(2027, 2, 1), earned, DEFAULT_POLICY, {1, 2, 3})
    >>> now.state.value, now.words, now.sessions_left
    ('calibrated until', 'calibrated on drafted gold until', 17)
    >>> standing_on(date(2027, 4, 2), earned, DEFAULT_POLICY, {1, 2, 3}).state.value
    'lapsed'
    """
    if standing is None or (standing.term is None and standing.attempts == 0):
        return StandingNow(StandingState.NONE, "none")
    term = standing.term
    if term is None or day < term.valid_from:
        return StandingNow(StandingState.IN_TRAINING, "in training")
    left = max(0, term.session_limit - standing.sessions)
    ending = _ending(day, standing, term, in_force)
    if ending is not None:
        state = StandingState.SUSPENDED if ending is Ending.SUSPENDED else StandingState.LAPSED
        return StandingNow(state, state.value, term.valid_until, left, ending)
    due_days = policy.standing.due_days
    is_late = day >= term.valid_until - timedelta(days=due_days)
    is_used = left * (term.valid_until - term.valid_from).days <= term.session_limit * due_days
    state = StandingState.DUE if is_late or is_used else StandingState.CALIBRATED
    return StandingNow(state, _words(state, standing.basis), term.valid_until, left)


def _ending(day: date, standing: Standing, term: Term, in_force: Collection[int]) -> Ending | None:
    if standing.suspended_on is not None and standing.suspended_on <= day:
        return Ending.SUSPENDED
    if not standing.competency_versions <= set(in_force):
        return Ending.VERSIONS
    if day > term.valid_until:
        return Ending.DAYS
    return Ending.SESSIONS if standing.sessions >= term.session_limit else None


def _words(state: StandingState, basis: GoldBasis) -> str:
    drafted = " on drafted gold" if basis is GoldBasis.DRAFTED else ""
    return f"due; calibrated{drafted} until" if state is StandingState.DUE else f"calibrated{drafted} until"


@dataclass(frozen=True)
class Uncovered:
    """A competency version that no standing covers, with the state that came closest."""

    competency_version: int
    state: StandingState
    ending: Ending | None = None


def covers(
    standings: Sequence[Standing],
    competency_versions: Sequence[int],
    on_day: date,
    policy: CalibrationPolicy,
    in_force: Collection[int],
) -> tuple[Uncovered, ...]:
    """List which of a stage's competency versions no standing covers on a day (PRODUCT rule 3).

    One person's standings add up over their sets. An empty answer means that all are covered.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> term = term_of(date(2027, 1, 1), DEFAULT_POLICY, has_safety=False)
    >>> earned = Standing(frozenset({1, 2}), GoldBasis.PANEL, attempts=1, term=term)
    >>> [gap.competency_version for gap in covers([earned], [1, 3], date(2027, 2, 1), DEFAULT_POLICY, {1, 2, 3})]
    [3]
    """
    gaps = []
    for version in competency_versions:
        found = [
            standing_on(on_day, standing, policy, in_force)
            for standing in standings
            if version in standing.competency_versions
        ]
        if not any(now.holds for now in found):
            nearest = max(found, key=lambda now: NEARNESS.index(now.state), default=None)
            state = nearest.state if nearest else StandingState.NONE
            gaps.append(Uncovered(version, state, nearest.ending if nearest else None))
    return tuple(gaps)


# Which of several standings explains a gap: the one that came closest to holding.
NEARNESS = (StandingState.NONE, StandingState.IN_TRAINING, StandingState.LAPSED, StandingState.SUSPENDED)
