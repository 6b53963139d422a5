"""A refresh: which fresh responses renew a standing, and how they decide together with the ratings before them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from hiringkit.calibration.rules.findings import findings
from hiringkit.calibration.rules.margins import margins
from hiringkit.calibration.rules.measures import Grid, measures
from hiringkit.calibration.rules.passing import Outcome, StageOutcome, Together
from hiringkit.calibration.rules.policy import CalibrationPolicy, StandingLines
from hiringkit.calibration.rules.retries import PastAttempt
from hiringkit.calibration.rules.safety import Cell, safety_verdict
from hiringkit.calibration.rules.standing import REFRESHABLE, Ending, StandingNow, Term

T = TypeVar("T")


def is_refresh_due(now: StandingNow, term: Term | None, past: Sequence[PastAttempt], day: date) -> bool:
    """Tell whether a standing can be renewed by a refresh on a day, or takes a whole form (SCIENCE 1.4).

    `past`: decided attempts at the exercise, oldest first. A refresh rests on the ratings before it: it is for
    who is due, was suspended by an alarm, or lapsed, as long as the last day of the standing is no longer ago than
    it had lasted. A refresh or an attempt that ended "not yet", or changed anchors, ask for a whole form.

    >>> from hiringkit.calibration.rules.standing import StandingState
    >>> term, on = Term(date(2027, 1, 1), date(2027, 4, 1), 20), date(2027, 3, 10)
    >>> passed = PastAttempt("A", 1, passed=True, on=date(2027, 1, 1))
    >>> is_refresh_due(StandingNow(StandingState.DUE, "due"), term, [passed], on)
    True
    >>> is_refresh_due(StandingNow(StandingState.CALIBRATED, "calibrated"), term, [passed], on)
    False
    """
    if term is None or not past or not past[-1].passed or now.ending is Ending.VERSIONS:
        return False
    is_late = day - term.valid_until > term.valid_until - term.valid_from
    return now.state in REFRESHABLE and not is_late


@dataclass(frozen=True)
class Exemplar:
    """One response of a form as one rater knows it: `rated_on` is the day they last rated it, None for never."""

    position: int
    rated_on: date | None


def fresh(exemplars: Collection[Exemplar], lines: StandingLines, day: date) -> list[Exemplar]:
    """Return the responses of a form that are fresh to a rater, the freshest first: never rated, then long ago.

    As with a form that is rated again, the wait of a retry must have passed since.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> known = [Exemplar(1, date(2027, 1, 1)), Exemplar(2, None), Exemplar(3, date(2027, 3, 1))]
    >>> [one.position for one in fresh(known, DEFAULT_POLICY.standing, date(2027, 3, 15))]
    [2, 1]
    """
    latest = day - timedelta(days=lines.retry_wait_days)
    found = [one for one in exemplars if one.rated_on is None or one.rated_on <= latest]
    return sorted(found, key=lambda one: (one.rated_on or date.min, one.position))


def freshest_form(forms: Sequence[Collection[Exemplar]], lines: StandingLines, day: date) -> int | None:
    """Return the index of the form that a refresh takes its responses from, or None where no form has enough.

    Enough are those of the refresh and as many in reserve. It is the form with the most that was never rated, or
    else the one whose ratings are the longest ago.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> rated, new = [Exemplar(i, date(2027, 1, 1)) for i in range(8)], [Exemplar(i, None) for i in range(8)]
    >>> freshest_form([rated, new], DEFAULT_POLICY.standing, date(2027, 3, 15))
    1
    """
    needed = 2 * lines.refresh_responses
    found = [fresh(one, lines, day) for one in forms]
    enough = [index for index, one in enumerate(found) if len(one) >= needed]
    return min(enough, key=lambda index: [one.rated_on or date.min for one in found[index][:needed]], default=None)


def drawn(
    found: Sequence[Exemplar],
    levels: Sequence[float],
    unsafe: Collection[int],
    count: int,
    lot: Callable[[int], int],
) -> list[int]:
    """Draw so many positions from the freshest responses: one with an unsafe answer, and one from each step above.

    `found`: as `fresh` returns them. `levels`: mean gold by position, from 1. `unsafe`: positions of responses with
    an unsafe answer; where none of the freshest has one, the freshest that has. `lot(n)`: a whole number from 0 to
    n - 1. Steps of the reference keep its spread in every draw, without which the use of the scale cannot be seen.

    >>> new = [Exemplar(position, None) for position in range(1, 9)]
    >>> drawn(new, [1, 5, 2, 6, 3, 7, 4, 4], {3, 5}, 4, lambda n: 0)
    [3, 1, 7, 2]
    """
    never = [one for one in found if one.rated_on is None]
    pool = never if len(never) >= count else found[:count]
    dangers = [one for one in pool if one.position in unsafe] or [one for one in found if one.position in unsafe][:1]
    first = [dangers[lot(len(dangers))]] if dangers else []
    others = [one for one in pool if one not in first]
    rest = others if pool is never else others[: count - len(first)]
    rest.sort(key=lambda one: (levels[one.position - 1], one.position))
    size, steps = len(rest), min(count - len(first), len(rest))
    stairs = [rest[size * i // steps : size * (i + 1) // steps] for i in range(steps)]
    return [one.position for one in first] + [stair[lot(len(stair))].position for stair in stairs]


def still_counted(before: Sequence[T], rated: int, lines: StandingLines) -> Sequence[T]:
    """Return what of the responses before a refresh is decided on with so many fresh ones: the last, up to 12 in all.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> still_counted(range(20), 4, DEFAULT_POLICY.standing), still_counted(range(3), 8, DEFAULT_POLICY.standing)
    (range(12, 20), range(0, 3))
    """
    keep = max(0, lines.refresh_decides_on - rated)
    return before[max(0, len(before) - keep) :]


@dataclass(frozen=True)
class Refresh:
    """Everything that the decision on a refresh needs.

    `gold` and `ratings`: the fresh responses rated so far, by competency. `first_block`: how many of
    them were to be rated at first; `reserve`: how many more may be asked for. `before`: ratings and gold of
    the responses before this refresh that `still_counted` leaves, one pair per response.
    """

    points: int
    first_block: int
    reserve: int
    gold: Grid
    ratings: Grid
    unsafe_cells: Collection[Cell]
    before: Sequence[tuple[Sequence[int], Sequence[int]]]


def decide_refresh(refresh: Refresh, policy: CalibrationPolicy) -> Outcome:
    """Decide a refresh: its fresh responses alone and the last 12 together must reach the lines of stage 2.

    SCIENCE 1.4 asks it of the last 12 alone. Eight ratings from before a drift then hide it: of the good who have
    become a full point too severe, nearly all pass (98 in 100, without unsafe answers). So the fresh ones are asked by
    themselves too, and four more where they fall short: `default_tables` says what comes of it. A miss on an unsafe
    response is "not yet".

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> gold = [[1, 4], [7, 4], [4, 1], [2, 6]]
    >>> decide_refresh(Refresh(7, 4, 4, gold, gold, set(), [(row, row) for row in gold]), DEFAULT_POLICY).result.value
    'pass'
    >>> low = [[1, 3], [6, 3], [3, 1], [1, 5]]
    >>> decide_refresh(Refresh(7, 4, 4, gold, low, set(), [(row, row) for row in gold]), DEFAULT_POLICY).result.value
    'extend'
    """
    lines, rated = policy.lines_for(refresh.points), len(refresh.ratings)
    stage = _stage(refresh)
    alone = measures(refresh.ratings, refresh.gold, refresh.points)
    together = measures(
        [own for own, _ in refresh.before] + list(refresh.ratings),
        [gold for _, gold in refresh.before] + list(refresh.gold),
        refresh.points,
    )
    verdict = safety_verdict(refresh.ratings, refresh.unsafe_cells, lines)
    held, held_together = margins(alone, lines), margins(together, lines)
    reached = all(margin >= 0 for margin in (*held.all, *held_together.all))
    if verdict.misses:
        result = StageOutcome.NOT_YET
    elif reached:
        result = StageOutcome.PASS
    else:
        result = StageOutcome.EXTEND if stage == 1 and refresh.reserve else StageOutcome.NOT_YET
    outcome = Outcome(
        stage, result, alone, held, verdict, (), Together(len(refresh.before) + rated, together, held_together)
    )
    if result is StageOutcome.EXTEND:
        return outcome
    return replace(outcome, findings=findings(outcome.off, verdict, lines))


def _stage(refresh: Refresh) -> int:
    rated = len(refresh.ratings)
    if rated == refresh.first_block:
        return 1
    if rated == refresh.first_block + refresh.reserve:
        return 2
    wanted = f"{refresh.first_block} or {refresh.first_block + refresh.reserve}"
    raise ValueError(f"{rated} responses are rated; {wanted} are needed.")


def placed(outcome: Outcome, rows: Sequence[int]) -> Outcome:
    """Return an outcome whose cells name the rows of the whole form: row i of what was decided is rows[i] there.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> missed = Refresh(7, 2, 0, [[1, 4], [7, 4]], [[5, 4], [7, 4]], {(0, 0)}, ())
    >>> placed(decide_refresh(missed, DEFAULT_POLICY), [9, 11]).safety.misses
    ((9, 0),)
    """

    def moved(cells: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple((rows[i], j) for i, j in cells)

    safety = outcome.safety
    return replace(
        outcome,
        safety=replace(safety, misses=moved(safety.misses), near_misses=moved(safety.near_misses)),
        findings=tuple(replace(one, cells=moved(one.cells)) for one in outcome.findings),
    )
