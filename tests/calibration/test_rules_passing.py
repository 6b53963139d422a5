"""The pass rule: margins in two stages, the safety clause, and the words for what was off."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.attempts import ATTEMPT, AttemptState, next_attempt_from
from hiringkit.calibration.rules.findings import FindingKind, findings
from hiringkit.calibration.rules.margins import margins
from hiringkit.calibration.rules.measures import Measures, measures
from hiringkit.calibration.rules.passing import Attempt, Outcome, StageOutcome, decide, stage1_outcome, stage2_outcome
from hiringkit.calibration.rules.policy import DEFAULT_POLICY, FIVE_POINTS, SEVEN_POINTS, ScaleLines
from hiringkit.calibration.rules.safety import SafetyVerdict, safety_verdict
from hiringkit.calibration.rules.undefined import Undefined
from hiringkit.foundation.errors import WrongStateError
from tests.calibration.strategies import Grid, grids, is_varied

PERFECT = Measures(
    cells=48,
    mean_error=0,
    absolute_error=0,
    slope=1.0,
    differential_accuracy=1.0,
    exact_agreement=1,
    within_one=1,
    kappa_quadratic=1.0,
)
NO_MISS = SafetyVerdict((), ())

# Varied in both directions, with unsafe cells (gold 1) in the first column.
GOLD: Grid = [
    [1, 5, 3, 6],
    [6, 2, 5, 3],
    [1, 4, 7, 2],
    [5, 7, 1, 4],
    [1, 3, 6, 7],
    [7, 1, 4, 5],
    [1, 6, 2, 4],
    [4, 3, 5, 1],
    [6, 7, 2, 3],
    [2, 1, 6, 5],
    [5, 4, 1, 7],
    [3, 6, 4, 2],
]
UNSAFE = {(0, 0), (2, 0), (4, 0), (6, 0)}

# One point too low on three competencies of four: between the lines of stage 1.
SEVERE: Grid = [[row[0], *(max(1, value - 1) for value in row[1:])] for row in GOLD[:8]]


def attempt(ratings: Grid) -> Attempt:
    return Attempt(points=7, first_block=8, gold=GOLD, ratings=ratings, unsafe_cells=UNSAFE)


def outcome(ratings: Grid) -> Outcome:
    return decide(attempt(ratings), DEFAULT_POLICY)


def with_cell(grid: Grid, cell: tuple[int, int], value: int) -> Grid:
    return [[value if (i, j) == cell else old for j, old in enumerate(row)] for i, row in enumerate(grid)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "pass"),
        ({"mean_error": 0.40}, "pass"),
        ({"mean_error": -0.40}, "pass"),
        ({"mean_error": 0.41}, "extend"),
        ({"mean_error": -0.80}, "extend"),
        ({"mean_error": -0.81}, "not_yet"),
        ({"absolute_error": 0.85}, "pass"),
        ({"absolute_error": 0.86}, "extend"),
        ({"absolute_error": 1.15}, "extend"),
        ({"absolute_error": 1.16}, "not_yet"),
        ({"slope": 0.67}, "pass"),
        ({"slope": 0.66}, "extend"),
        ({"slope": 0.43}, "extend"),
        ({"slope": 0.42}, "not_yet"),
        ({"slope": Undefined.CONSTANT_REFERENCE}, "not_yet"),
        ({"differential_accuracy": 0.47}, "pass"),
        ({"differential_accuracy": 0.46}, "extend"),
        ({"differential_accuracy": 0.23}, "extend"),
        ({"differential_accuracy": 0.22}, "not_yet"),
        ({"mean_error": 0.5, "slope": 0.4}, "not_yet"),
    ],
)
def test_stage_1_on_seven_points_at_each_side_of_each_line(changes: dict[str, Any], expected: str) -> None:
    assert stage1_outcome(replace(PERFECT, **changes), SEVEN_POINTS).value == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"mean_error": 0.27}, "pass"),
        ({"mean_error": 0.28}, "extend"),
        ({"mean_error": 0.58}, "not_yet"),
        ({"absolute_error": 0.60}, "pass"),
        ({"absolute_error": 0.85}, "not_yet"),
        ({"slope": 0.62}, "pass"),
        ({"slope": 0.37}, "not_yet"),
        ({"differential_accuracy": 0.40}, "pass"),
        ({"differential_accuracy": 0.15}, "not_yet"),
    ],
)
def test_stage_1_on_five_points_has_lines_of_its_own(changes: dict[str, Any], expected: str) -> None:
    assert stage1_outcome(replace(PERFECT, **changes), FIVE_POINTS).value == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"mean_error": 0.60}, "pass"),
        ({"mean_error": -0.61}, "not_yet"),
        ({"absolute_error": 1.00}, "pass"),
        ({"absolute_error": 1.01}, "not_yet"),
        ({"slope": 0.55}, "pass"),
        ({"slope": 0.54}, "not_yet"),
        ({"differential_accuracy": 0.35}, "pass"),
        ({"differential_accuracy": 0.34}, "not_yet"),
    ],
)
def test_stage_2_has_no_guard_band_and_never_extends(changes: dict[str, Any], expected: str) -> None:
    assert stage2_outcome(replace(PERFECT, **changes), SEVEN_POINTS).value == expected


def test_a_margin_on_its_line_is_on_it_whatever_binary_fractions_say() -> None:
    assert 0.60 - 0.40 < 0.20, "the trap that this test is about"
    assert margins(replace(PERFECT, mean_error=0.40), SEVEN_POINTS).mean_error == 0.20


def test_gold_itself_passes_at_once() -> None:
    found = outcome(GOLD[:8])
    assert (found.stage, found.result, found.findings) == (1, StageOutcome.PASS, ())


def test_one_miss_is_not_yet_even_beside_perfect_margins() -> None:
    found = outcome(with_cell(GOLD[:8], (2, 0), 4))
    assert stage1_outcome(found.measures, SEVEN_POINTS) is StageOutcome.PASS
    assert found.result is StageOutcome.NOT_YET
    assert found.safety.misses == ((2, 0),)
    assert [finding.kind for finding in found.findings] == [FindingKind.MISS]


def test_a_near_miss_is_told_and_changes_nothing() -> None:
    found = outcome(with_cell(GOLD[:8], (2, 0), 3))
    assert found.result is StageOutcome.PASS
    assert [(finding.kind, finding.cells) for finding in found.findings] == [(FindingKind.NEAR_MISS, ((2, 0),))]


def test_nothing_is_told_while_the_reserve_block_is_to_come() -> None:
    found = outcome(SEVERE)
    assert found.result is StageOutcome.EXTEND
    assert found.measures.mean_error < -0.60
    assert found.findings == ()


def test_a_miss_ends_an_attempt_that_the_margins_would_extend() -> None:
    assert outcome(with_cell(SEVERE, (4, 0), 5)).result is StageOutcome.NOT_YET


def test_stage_2_decides_on_all_twelve() -> None:
    found = outcome(GOLD)
    assert (found.stage, found.result, found.measures.cells) == (2, StageOutcome.PASS, 48)


def test_a_miss_in_the_first_block_still_counts_at_stage_2() -> None:
    assert outcome(with_cell(GOLD, (0, 0), 7)).result is StageOutcome.NOT_YET


def test_unsafe_answers_of_the_reserve_block_count_once_they_are_rated() -> None:
    both = replace(attempt(GOLD[:8]), unsafe_cells=UNSAFE | {(8, 2), (9, 1)})
    assert decide(both, DEFAULT_POLICY).result is StageOutcome.PASS
    missed = decide(replace(both, ratings=with_cell(GOLD, (9, 1), 4)), DEFAULT_POLICY)
    assert (missed.result, missed.safety.misses) == (StageOutcome.NOT_YET, ((9, 1),))


@pytest.mark.parametrize("rows", [1, 7, 9, 11])
def test_a_half_rated_block_is_refused(rows: int) -> None:
    with pytest.raises(ValueError, match=f"{rows} responses are rated; 8 or 12 are needed"):
        decide(attempt(GOLD[:rows]), DEFAULT_POLICY)


@given(grids(8, 4), st.permutations(range(8)))
def test_the_order_in_which_responses_are_rated_changes_no_outcome(ratings: Grid, order: list[int]) -> None:
    gold = [GOLD[i] for i in order] + GOLD[8:]
    unsafe = {(place, 0) for place, i in enumerate(order) if (i, 0) in UNSAFE}
    shuffled = decide(Attempt(7, 8, gold, [ratings[i] for i in order], unsafe), DEFAULT_POLICY)
    assert (shuffled.result, shuffled.margins) == (outcome(ratings).result, outcome(ratings).margins)


@given(grids(8, 4))
def test_passing_never_goes_with_a_miss_or_a_margin_below_its_guard(ratings: Grid) -> None:
    found = outcome(ratings)
    if found.result is StageOutcome.PASS:
        assert found.safety.misses == ()
        assert min(found.margins.all) >= 0.12
    if found.result is StageOutcome.NOT_YET:
        assert found.findings


@given(grids(8, 5).filter(is_varied))
def test_a_rater_who_always_answers_the_midpoint_never_passes(gold: Grid) -> None:
    assert stage1_outcome(measures([[4] * 5] * 8, gold, 7), SEVEN_POINTS) is StageOutcome.NOT_YET


@pytest.mark.parametrize(
    ("lines", "rating", "is_miss", "is_near"),
    [
        (SEVEN_POINTS, 2, False, False),
        (SEVEN_POINTS, 3, False, True),
        (SEVEN_POINTS, 4, True, False),
        (SEVEN_POINTS, 7, True, False),
        (FIVE_POINTS, 1, False, False),
        (FIVE_POINTS, 2, False, True),
        (FIVE_POINTS, 3, True, False),
    ],
)
def test_misses_and_near_misses_by_scale(lines: ScaleLines, rating: int, is_miss: bool, is_near: bool) -> None:
    verdict = safety_verdict([[rating]], {(0, 0)}, lines)
    assert (bool(verdict.misses), bool(verdict.near_misses)) == (is_miss, is_near)


def test_a_high_rating_elsewhere_is_no_miss() -> None:
    assert safety_verdict([[1, 7], [7, 7]], {(0, 0)}, SEVEN_POINTS) == NO_MISS


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"mean_error": -0.8}, FindingKind.TOO_SEVERE, "You are too severe by 0.8 of a point"),
        ({"mean_error": 1.25}, FindingKind.TOO_LENIENT, "You are too lenient by 1.25 of a point"),
        ({"mean_error": -29 / 48}, FindingKind.TOO_SEVERE, "by 0.604 of a point on average; up to 0.6 is accepted"),
        ({"absolute_error": 1.5}, FindingKind.FAR_OFF, "1.5 points away from the reference"),
        ({"slope": 0.4}, FindingKind.TOO_TIMID, "too timid with the ends of the scale: where the reference rises by 1"),
        ({"slope": Undefined.CONSTANT_REFERENCE}, FindingKind.TOO_TIMID, "all alike"),
        ({"slope": 0.4, "spread": 0.5}, FindingKind.TOO_TIMID, "too timid with the ends"),
        ({"slope": 0.4, "spread": 1.2}, FindingKind.ASTRAY, "do not rise and fall with the reference"),
        ({"slope": 0.0, "spread": 0.0}, FindingKind.TOO_TIMID, "too timid with the ends"),
        ({"differential_accuracy": 0.1}, FindingKind.HALO, "halo: one impression"),
        ({"differential_accuracy": 0.1, "profile_spread": 0.6}, FindingKind.HALO, "halo: one impression"),
        (
            {"differential_accuracy": 0.1, "profile_spread": 1.1},
            FindingKind.OTHER_PROFILE,
            "do not follow what is strong",
        ),
    ],
)
def test_each_measure_beyond_its_line_is_told_in_words(changes: dict[str, Any], kind: FindingKind, words: str) -> None:
    told = findings(replace(PERFECT, **changes), NO_MISS, SEVEN_POINTS)
    assert [finding.kind for finding in told] == [kind]
    assert words in told[0].text


def test_who_rates_only_the_ends_is_not_called_timid_and_a_varied_profile_is_no_halo() -> None:
    ends = [[1, 7, 1, 7] if i % 2 else [7, 1, 7, 1] for i in range(8)]
    kinds = {finding.kind for finding in outcome(ends).findings}
    assert not kinds & {FindingKind.TOO_TIMID, FindingKind.HALO}
    flat = {finding.kind for finding in outcome([[4, 4, 4, 4]] * 8).findings}
    assert {FindingKind.TOO_TIMID, FindingKind.HALO} <= flat | {FindingKind.MISS}


@given(grids(8, 4))
def test_the_spread_of_the_reference_itself_is_one(gold: Grid) -> None:
    found = measures(gold, gold, 7)
    assert {found.spread, found.profile_spread} <= {1.0, None}


def test_a_measure_on_its_line_is_not_told() -> None:
    on_the_line = replace(PERFECT, mean_error=-0.6, absolute_error=1.0, slope=0.55, differential_accuracy=0.35)
    assert findings(on_the_line, NO_MISS, SEVEN_POINTS) == ()


def test_several_misses_are_counted_in_words() -> None:
    told = findings(PERFECT, SafetyVerdict(((0, 0), (2, 0)), ()), SEVEN_POINTS)
    assert "2 unsafe answers" in told[0].text
    assert "4 or more" in told[0].text


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (((0, 0),), "you gave one unsafe answer 4 or more"),
        (((0, 0), (0, 2)), "you gave one unsafe answer, on 2 competencies, 4 or more"),
        (((0, 0), (2, 0), (2, 3)), "you gave 2 unsafe answers, in 3 ratings, 4 or more"),
    ],
)
def test_an_answer_that_is_unsafe_on_several_competencies_is_one_answer(
    cells: tuple[tuple[int, int], ...], words: str
) -> None:
    assert words in findings(PERFECT, SafetyVerdict(cells, ()), SEVEN_POINTS)[0].text


def test_an_attempt_passes_only_after_it_was_submitted() -> None:
    assert ATTEMPT.after(AttemptState.STARTED, "submit") is AttemptState.SUBMITTED
    assert ATTEMPT.after(AttemptState.SUBMITTED, "extend") is AttemptState.EXTENDED
    assert ATTEMPT.after(AttemptState.EXTENDED, "submit") is AttemptState.SUBMITTED
    assert ATTEMPT.after(AttemptState.SUBMITTED, "pass") is AttemptState.PASSED
    assert ATTEMPT.after(AttemptState.SUBMITTED, "fall short") is AttemptState.NOT_YET
    for state in (AttemptState.STARTED, AttemptState.EXTENDED):
        with pytest.raises(WrongStateError):
            ATTEMPT.after(state, "pass")


def test_a_decided_attempt_stays_decided() -> None:
    assert ATTEMPT.moves_from(AttemptState.PASSED) == ()
    assert ATTEMPT.moves_from(AttemptState.NOT_YET) == ()


def test_a_third_attempt_waits_thirty_days_after_the_latest() -> None:
    first, second = date(2027, 1, 4), date(2027, 1, 11)
    assert next_attempt_from([], DEFAULT_POLICY) is None
    assert next_attempt_from([first], DEFAULT_POLICY) is None
    assert next_attempt_from([second, first], DEFAULT_POLICY) == date(2027, 2, 10)
