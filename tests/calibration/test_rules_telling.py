"""What a result says: its title, its checks, and the error rates of the policy that it was decided by."""

from dataclasses import replace

import pytest
from hypothesis import given

from hiringkit.calibration.rules.answers import Cell, Column, missing
from hiringkit.calibration.rules.default_tables import DEFAULT_TABLES
from hiringkit.calibration.rules.measures import measures
from hiringkit.calibration.rules.passing import Attempt, Outcome, StageOutcome, decide
from hiringkit.calibration.rules.policy import DEFAULT_POLICY, SEVEN_POINTS
from hiringkit.calibration.rules.storing import outcome_values, stored_outcome
from hiringkit.calibration.rules.telling import checks, difference_words, error_words, headline
from hiringkit.calibration.rules.undefined import Undefined
from tests.calibration import strategies

GOLD = [[1, 4, 6], [7, 4, 2], [4, 1, 3], [2, 6, 7], [5, 3, 1], [6, 7, 4], [3, 2, 5], [1, 5, 2]]

FAR = "Not yet: your ratings lie far from the reference, up and down"


def decided(ratings: list[list[int]], unsafe: set[tuple[int, int]] | None = None) -> Outcome:
    return decide(Attempt(7, 8, GOLD, ratings, unsafe or set()), DEFAULT_POLICY)


def changed(by: int) -> list[list[int]]:
    return [[min(7, max(1, value + by)) for value in row] for row in GOLD]


def test_a_pass_says_how_far_off_it_was() -> None:
    lower = decided([[max(1, value - (value > 4)) for value in row] for row in GOLD])
    assert headline(lower, SEVEN_POINTS) == "You tell answers apart as the reference does, 0.4 points lower"


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        (changed(-2), "Not yet: you are 1.5 points stricter than the reference"),
        (changed(2), "Not yet: you are 1.6 points more generous than the reference"),
        ([[4, 4, 4] for _ in GOLD], FAR),
        (
            [[8 - value for value in row] for row in GOLD],
            FAR,
        ),
    ],
)
def test_not_yet_names_what_weighs_most(ratings: list[list[int]], words: str) -> None:
    assert headline(decided(ratings), SEVEN_POINTS) == words


def test_missed_dangers_come_before_everything_else() -> None:
    ratings = [list(row) for row in GOLD]
    ratings[0][0] = ratings[4][2] = 5
    assert (
        headline(decided(ratings, {(0, 0), (4, 2), (7, 0)}), SEVEN_POINTS)
        == "Not yet: you rated 2 unsafe answers 4 or more"
    )


def test_a_near_miss_is_never_the_title() -> None:
    ratings = changed(-2)
    ratings[0][0] = 3
    assert "stricter" in headline(decided(ratings, {(0, 0)}), SEVEN_POINTS)


def test_checks_are_met_exactly_when_the_margins_are() -> None:
    outcome = decided(changed(-2), {(0, 0)})
    found = checks(outcome, SEVEN_POINTS, 1)
    assert [check.is_met for check in found] == [*(margin >= 0 for margin in outcome.margins.all), True]
    assert found[0].own.startswith("−")


def test_an_undefined_slope_is_told_in_words() -> None:
    outcome = decided(changed(0))
    told = checks(
        replace(outcome, measures=replace(outcome.measures, slope=Undefined.CONSTANT_REFERENCE)), SEVEN_POINTS, 0
    )
    assert told[2].own == "the reference ratings are all alike"


@pytest.mark.parametrize(
    ("difference", "words"), [(-0.96, "1.0 stricter"), (-0.04, "the same"), (0.25, "0.2 more generous")]
)
def test_differences_in_words(difference: float, words: str) -> None:
    assert difference_words(difference) == words


def test_the_stored_error_rates_are_told_with_the_clause_in_force() -> None:
    assert error_words(DEFAULT_TABLES[0].error_rates) == (
        "About 4 in 100 good interviewers are asked to repeat; about 5 in 100 who are a full point too severe "
        "and 2 in 100 who are a full point too lenient get through."
    )


@given(strategies.grids(4, 3), strategies.grids(4, 3))
def test_a_stored_outcome_reads_back_as_it_was(own: strategies.Grid, gold: strategies.Grid) -> None:
    outcome = decide(Attempt(7, len(gold), gold, own, {(0, 0)}), DEFAULT_POLICY)
    assert stored_outcome(outcome_values(outcome)) == outcome
    assert outcome.measures == measures(own, gold, 7)


def test_an_extended_outcome_reads_back_without_findings() -> None:
    outcome = decided([[max(1, value - (number % 3 > 0)) for number, value in enumerate(row)] for row in GOLD])
    assert outcome.result is StageOutcome.EXTEND
    assert stored_outcome(outcome_values(outcome)) == outcome


def test_missing_names_rating_and_evidence_by_field() -> None:
    columns = [
        Column(number, f"c{number}", f"C{number}", "", 7, {}, is_safety_critical=False, is_in_force=True)
        for number in (1, 2, 3)
    ]
    assert list(missing({1: Cell(4, "noted"), 2: Cell(4, " ")}, columns)) == ["c2-evidence", "c3-rating", "c3-evidence"]
