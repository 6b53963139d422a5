"""Drift: residuals leave oneself out, charts give alarm where they should, and false alarms are as rare as stated."""

import math
import random
import re
from dataclasses import replace
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.drift.charts import steps, unit
from hiringkit.calibration.rules.drift.monitor import Drift, DriftChart, Measured, Pool, drift_chart, drift_charts
from hiringkit.calibration.rules.drift.residuals import Session, residuals, within_spread
from hiringkit.calibration.rules.drift.run_length import run_length
from hiringkit.calibration.rules.drift.showing import Line, drawn, noticed, panel_levels
from hiringkit.calibration.rules.drift.tally import Tally
from hiringkit.calibration.rules.policy import DEFAULT_DRIFT, DEFAULT_POLICY, CalibrationPolicy

UNCLIPPED = replace(DEFAULT_DRIFT, slack=0.5, limit=4.0, clip=math.inf)


def met(scores: dict[int, dict[int, float]], candidate: int = 1) -> list[Session]:
    """Return one candidate's sessions, by interviewer."""
    return [Session(who, candidate, given) for who, given in scores.items()]


def test_a_residual_is_over_the_competencies_that_others_rated_too() -> None:
    found = residuals(met({1: {7: 5, 8: 1}, 2: {7: 4}, 3: {7: 3, 9: 7}}), DEFAULT_DRIFT)
    assert found == [5 - 3.5, 4 - 4, 3 - 4.5]


def test_a_loop_that_splits_its_competencies_falls_back_to_all_of_them() -> None:
    found = residuals(met({1: {7: 5, 8: 4}, 2: {9: 4}, 3: {10: 3}}), DEFAULT_DRIFT)
    assert found == [4.5 - 3.5, 4 - 3.75, 3 - 4.25]


def test_fewer_than_two_others_leave_no_residual() -> None:
    assert residuals(met({1: {7: 5}, 2: {7: 4}}), DEFAULT_DRIFT) == [None, None]
    again = [*met({1: {7: 5}, 2: {7: 4}}), Session(2, 1, {7: 6})]
    assert residuals(again, DEFAULT_DRIFT) == [None, None, None], "two sessions of one person are one other"
    silent = met({1: {7: 5}, 2: {7: 4}, 3: {7: 3}, 4: {}})
    assert residuals(silent, DEFAULT_DRIFT)[3] is None


def test_second_sessions_of_ones_own_are_no_others() -> None:
    sessions = [*met({1: {7: 5}, 2: {7: 4}, 3: {7: 3}}), Session(1, 1, {7: 1})]
    assert residuals(sessions, DEFAULT_DRIFT) == [5 - 3.5, 4 - 3, 3 - 10 / 3, 1 - 3.5]


def small_world() -> st.SearchStrategy[list[Session]]:
    scores = st.dictionaries(st.integers(1, 3), st.integers(1, 7), min_size=1)
    session = st.builds(Session, st.integers(1, 5), st.integers(1, 3), scores)
    return st.lists(session, max_size=20)


@given(small_world(), st.integers(-2, 5))
def test_a_shift_of_everybodys_ratings_moves_no_residual(sessions: list[Session], shift: int) -> None:
    moved = [replace(one, scores={key: score + shift for key, score in one.scores.items()}) for one in sessions]
    assert residuals(moved, DEFAULT_DRIFT) == pytest.approx(residuals(sessions, DEFAULT_DRIFT), abs=1e-9)


@given(small_world(), st.randoms(use_true_random=False))
def test_the_order_of_sessions_changes_no_residual(sessions: list[Session], draw: random.Random) -> None:
    places = list(range(len(sessions)))
    draw.shuffle(places)
    found = residuals(sessions, DEFAULT_DRIFT)
    shuffled = residuals([sessions[place] for place in places], DEFAULT_DRIFT)
    assert shuffled == pytest.approx([found[place] for place in places], abs=1e-12)


@given(st.lists(st.lists(st.integers(-3, 3), min_size=2, max_size=30), min_size=5, max_size=8))
def test_the_pooled_spread_is_within_interviewers(groups: list[list[int]]) -> None:
    squares = sum((value - fmean(own)) ** 2 for own in groups for value in own)
    expected = math.sqrt(squares / (sum(map(len, groups)) - len(groups))) or 0.70
    lines = replace(DEFAULT_DRIFT, pooled_from=1)
    assert within_spread(map(Tally.of, groups), 7, lines) == pytest.approx(expected)


@pytest.mark.parametrize(("points", "sd"), [(7, 0.70), (5, 0.47)])
def test_before_a_hundred_sessions_the_policy_gives_the_spread(points: int, sd: float) -> None:
    own = [Tally.of(float(place % 3) for place in range(25)) for _ in range(4)]
    fewer = [*own[:3], Tally.of(float(place % 3) for place in range(24))]
    assert within_spread(fewer, points, DEFAULT_DRIFT) == sd
    assert within_spread(own, points, DEFAULT_DRIFT) != sd
    assert within_spread([Tally.of([0.3] * 100)], points, DEFAULT_DRIFT) == sd, "no spread is none to divide by"


def test_a_scale_without_a_starting_spread_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 9"):
        drift_charts([], 9, DEFAULT_POLICY)


@given(st.lists(st.integers(1, 7), min_size=1, max_size=40), st.integers(0, 10))
def test_ratings_that_go_leave_the_tally_of_those_that_stay(ratings: list[int], gone: int) -> None:
    left = ratings[gone:]
    tally = Tally.of(ratings) - Tally.of(ratings[:gone])
    assert tally == Tally.of(left)
    assert Tally.of(ratings[:gone]) + tally == Tally.of(ratings)
    assert tally.sd == pytest.approx(pstdev(left) if left else 0.0)


@pytest.mark.parametrize("shift", [0.5, 1.0])
def test_the_sums_run_as_long_as_the_markov_chain_says(shift: float) -> None:
    draw = random.Random(4)
    lengths = []
    for _ in range(2000):
        walked = steps((draw.gauss(shift, 1) for _ in range(2000)), UNCLIPPED)
        lengths.append(next(number for number, step in enumerate(walked, 1) if max(step.above, step.below) > 4))
    error = pstdev(lengths) / math.sqrt(len(lengths))
    assert fmean(lengths) == pytest.approx(run_length(0.5, 4, shift), abs=4 * error)


@given(st.lists(st.floats(-3, 3), max_size=60))
def test_mirrored_residuals_mirror_the_sums(z: list[float]) -> None:
    there, back = list(steps(z, DEFAULT_DRIFT)), list(steps([-value for value in z], DEFAULT_DRIFT))
    assert [(one.above, one.below, one.unrest) for one in there] == [(one.below, one.above, one.unrest) for one in back]
    assert [one.average for one in there] == [-one.average for one in back]


def office(seed: int, candidates: int, *, drift: float = 0.0, after: int = 0, calm: float = 1.0) -> list[Session]:
    """Return the sessions of SCIENCE 1.5: 12 interviewers, 5 for each candidate, 6 competencies, whole ratings.

    Interviewer 0 moves by `drift` after so many candidates; `calm` scales how far their ratings follow the candidate.
    """
    draw = random.Random(seed)
    severity = [draw.gauss(0, 0.3) for _ in range(12)]
    sessions = []
    for candidate in range(candidates):
        person = draw.gauss(0, 0.8)
        levels = [person + draw.gauss(0, 0.6) for _ in range(6)]
        for who in draw.sample(range(12), 5):
            own = severity[who] + draw.gauss(0, 0.5)
            own, share = (own + drift, calm) if who == 0 and candidate >= after else (own, 1.0)
            seen = (4 + share * (level + own + draw.gauss(0, 0.8)) for level in levels)
            sessions.append(Session(who, candidate, {key: min(7, max(1, round(one))) for key, one in enumerate(seen)}))
    return sessions


def cusum_policy(slack: float) -> CalibrationPolicy:
    return replace(DEFAULT_POLICY, drift=replace(DEFAULT_DRIFT, slack=slack))


def until_alarm(chart: DriftChart) -> tuple[int, bool]:
    """Return how many sessions the CUSUM was followed to its alarm or to the end, and whether there was one."""
    told = [alarm.session for alarm in chart.alarms if alarm.kind in {Drift.LENIENT, Drift.SEVERE}]
    return (sum(one.session <= told[0] for one in chart.plotted), True) if told else (len(chart.plotted), False)


@pytest.mark.parametrize(("slack", "stated", "seeds"), [(0.5, 88, 40), (0.75, 485, 60)])
def test_false_alarms_come_about_as_often_as_science_says(slack: float, stated: int, seeds: int) -> None:
    charts = [
        chart for seed in range(seeds) for chart in drift_charts(office(seed, 200), 7, cusum_policy(slack)).values()
    ]
    followed, alarms = zip(*map(until_alarm, charts), strict=True)
    assert sum(alarms) > 80
    assert sum(followed) / sum(alarms) == pytest.approx(stated, rel=0.35)


def test_a_drift_of_one_point_is_found_within_some_ten_sessions() -> None:
    delays = []
    for seed in range(30):
        sessions = office(seed, 160, drift=1.0, after=60)
        chart = drift_charts(sessions, 7, DEFAULT_POLICY)[0]
        told = [
            alarm.session
            for alarm in chart.alarms
            if alarm.kind is Drift.LENIENT and sessions[alarm.session].candidate >= 60
        ]
        if told:
            moved = [one for one in chart.plotted if sessions[one.session].candidate >= 60]
            delays.append(sum(one.session <= told[0] for one in moved))
    assert len(delays) >= 27
    assert 4 <= sorted(delays)[len(delays) // 2] <= 11  # SCIENCE 1.5: 7 in the median.


def test_the_charts_begin_after_fifteen_compared_sessions_and_a_new_calibration_sets_them_back() -> None:
    sessions = office(1, 120)
    chart = drift_charts(sessions, 7, DEFAULT_POLICY)[0]
    assert chart.base is not None
    assert len(chart.plotted) == chart.compared - 15
    last = [place for place, one in enumerate(sessions) if one.interviewer == 0][-14:]
    renewed = [replace(one, calibration=2) if place in last else one for place, one in enumerate(sessions)]
    after = drift_charts(renewed, 7, DEFAULT_POLICY)[0]
    assert (after.base, after.plotted, after.compared) == (None, (), 14)
    assert after.spread == chart.spread, "the pool's spread is over all sessions"


def test_one_who_stops_telling_candidates_apart_is_told_so() -> None:
    sessions = office(3, 120, after=60, calm=0.1)
    alarms = {alarm.kind: alarm.session for alarm in drift_charts(sessions, 7, DEFAULT_POLICY)[0].alarms}
    assert sessions[alarms[Drift.CENTRAL]].candidate >= 60
    assert all(
        alarm.kind is not Drift.CENTRAL
        for who, chart in drift_charts(sessions, 7, DEFAULT_POLICY).items()
        if who
        for alarm in chart.alarms
    )


def test_one_who_jumps_up_and_down_is_erratic_and_not_drifting() -> None:
    jumping = [
        Session(who, day, {1: 4.0 + (2 * (-1) ** day if who == 0 and day > 20 else 0.1 * ((day * 7 + who) % 5))})
        for day in range(40)
        for who in range(4)
    ]
    kinds = [alarm.kind for alarm in drift_charts(jumping, 7, DEFAULT_POLICY)[0].alarms]
    assert Drift.ERRATIC in kinds
    assert Drift.LENIENT not in kinds
    assert Drift.SEVERE not in kinds


def test_limits_are_the_policys_own() -> None:
    sessions = office(0, 200)
    lax = replace(DEFAULT_POLICY, drift=replace(DEFAULT_DRIFT, limit=99.0, erratic_limit=999.0, central_share=0.0))
    assert all(chart.alarms == () for chart in drift_charts(sessions, 7, lax).values())
    strict = replace(DEFAULT_POLICY, drift=replace(DEFAULT_DRIFT, limit=0.5))
    assert all(chart.alarms for chart in drift_charts(sessions, 7, strict).values())


def test_nobody_is_nothing_to_chart() -> None:
    assert drift_charts([], 7, DEFAULT_POLICY) == {}


def steady(*last: float) -> list[Measured]:
    """Return one interviewer whose first fifteen sessions were level, and then differed so."""
    return [Measured(1, residual, Tally.of([4])) for residual in ([0.0] * 15 + list(last))]


def line_of(*last: float) -> Line | None:
    chart = drift_chart(dict(enumerate(steady(*last))), Pool(0.7, 1.0), DEFAULT_DRIFT)
    return drawn(chart, DEFAULT_DRIFT)


@given(st.lists(st.floats(-1.5, 1.5), max_size=12), st.floats(-1.5, 1.5))
def test_a_step_of_the_line_leaves_the_others_mean_open_by_half_a_point(before: list[float], residual: float) -> None:
    shown = line_of(*before, residual)
    alike = [
        other / 100 for other in range(-211, 212) if line_of(*before, other / 100) == shown
    ]  # All residuals, to a hundredth of a point, that the clip leaves distinct.
    clipped = 3 * unit(0.7, DEFAULT_DRIFT)
    assert max(alike) - min(alike) >= 0.48 or max(map(abs, alike)) > clipped - 0.5


def test_what_is_drawn_is_in_tenths_of_a_point_and_holds_no_residual() -> None:
    shown = line_of(0.8, -0.4, 1.3)
    assert shown == Line(earlier=0.0, values=(0.2, 0.0, 0.3))


def test_a_sentence_has_a_figure_from_five_sessions_on() -> None:
    few = drift_chart(dict(enumerate(steady(2.0, 2.0, 2.0))), Pool(0.7, 1.0), DEFAULT_DRIFT)
    more = drift_chart(dict(enumerate(steady(*[0.9] * 6))), Pool(0.7, 1.0), DEFAULT_DRIFT)
    assert noticed(Drift.LENIENT, few) == "Against the others’, your last ratings ran higher than at first."
    assert noticed(Drift.SEVERE, None) == "Against the others’, your last ratings ran lower than at first."
    told = "Your last 6 interviews ran about 0.9 points above the others’; at first they ran level with the others’."
    assert noticed(Drift.LENIENT, more) == told
    assert not re.search(r"\d", noticed(Drift.ERRATIC, more) + noticed(Drift.CENTRAL, more))


def test_a_panel_is_counted_in_quarters_of_a_point_and_from_five_people_on() -> None:
    charts = [
        drift_chart(dict(enumerate(steady(*[level] * 30))), Pool(0.7, 1.0), DEFAULT_DRIFT)
        for level in (0.0, 0.02, 0.5, -0.6, 0.52)
    ]
    unbegun = drift_chart(dict(enumerate(steady()[:9])), Pool(0.7, 1.0), DEFAULT_DRIFT)
    assert panel_levels([*charts, unbegun], DEFAULT_DRIFT) == [(-0.5, 1), (0.0, 2), (0.5, 2)]
    assert panel_levels([*charts[:4], unbegun], DEFAULT_DRIFT) is None


def test_a_chart_is_beyond_its_limit_only_while_it_is() -> None:
    gone = drift_chart(dict(enumerate(steady(2.0, 2.0, *[-0.4] * 9))), Pool(0.7, 1.0), DEFAULT_DRIFT)
    there = drift_chart(dict(enumerate(steady(2.0, 2.0))), Pool(0.7, 0.0), DEFAULT_DRIFT)
    assert [alarm.kind for alarm in gone.alarms if alarm.kind is Drift.LENIENT] == [Drift.LENIENT]
    assert Drift.LENIENT not in gone.beyond
    assert there.beyond == {Drift.LENIENT}
