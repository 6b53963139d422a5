"""The mechanical score: nothing imputed, nobody's voice doubled, and how precise it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.debriefs.rules.combining import Precision, combine, standard_error
from hiringkit.debriefs.rules.ratings import Mark, Rating
from hiringkit.scorecards.rules.evidence import NotRated

EQUAL = {7: 1.0, 8: 1.0}

points = st.lists(st.tuples(st.integers(1, 4), st.sampled_from([7, 8]), st.integers(1, 7)), max_size=10)


def rated(rater: int, competency: int, value: int, mark: Mark = Mark.COUNTED, scorecard: int = 10) -> Rating:
    return Rating(rater, scorecard, competency, value, mark)


def test_the_score_is_the_weighted_mean_of_competency_means() -> None:
    ratings = [rated(1, 7, 6), rated(2, 7, 5), rated(1, 8, 4)]
    assert combine(ratings, EQUAL).value == 4.75
    assert combine(ratings, {7: 3.0, 8: 1.0}).value == pytest.approx((3 * 5.5 + 4) / 4)
    assert combine(ratings, EQUAL).means == {7: 5.5, 8: 4.0}


@given(points, st.sampled_from([0.5, 2.0, 4.0]))
def test_only_the_proportions_of_weights_matter(rows: list[tuple[int, int, int]], factor: float) -> None:
    ratings = [rated(*row) for row in rows]
    weights = {7: 3.0, 8: 1.0}
    scaled = {competency: weight * factor for competency, weight in weights.items()}
    assert combine(ratings, scaled).value == combine(ratings, weights).value


@given(points.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_ratings_changes_nothing(
    pair: tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]],
) -> None:
    first, second = (combine([rated(*row) for row in rows], EQUAL) for rows in pair)
    assert (first.value is None) == (second.value is None)
    assert first.value is None or first.value == pytest.approx(second.value)
    assert (first.missing, first.raters, first.se) == (second.missing, second.raters, second.se)


@given(points)
def test_a_score_lies_between_the_lowest_and_the_highest_rating(rows: list[tuple[int, int, int]]) -> None:
    score = combine([rated(*row) for row in rows], EQUAL)
    values = [value for _, _, value in rows]
    assert score.value is None or min(values) - 1e-9 <= score.value <= max(values) + 1e-9


def test_a_competency_without_a_rating_leaves_no_score_and_is_named() -> None:
    score = combine([rated(1, 7, 6)], EQUAL)
    assert (score.value, score.missing, score.raters) == (None, (8,), 1)


@pytest.mark.parametrize("value", NotRated)
def test_not_observed_and_not_asked_are_never_imputed(value: NotRated) -> None:
    score = combine([rated(1, 7, 6), Rating(1, 10, 8, value)], EQUAL)
    assert (score.value, score.missing) == (None, (8,))


def test_waived_ratings_change_nothing() -> None:
    ratings = [rated(1, 7, 6), rated(2, 8, 5)]
    waived = [rated(3, 7, 1, Mark.WAIVED), rated(3, 8, 1, Mark.WAIVED)]
    assert combine([*ratings, *waived], EQUAL) == combine(ratings, EQUAL)


def test_a_rater_of_two_stages_has_one_voice() -> None:
    ratings = [rated(1, 7, 6), rated(1, 7, 4, scorecard=11), rated(2, 7, 2), rated(2, 8, 3)]
    assert combine(ratings, EQUAL).means[7] == 3.5


def test_a_competency_without_weight_is_outside_the_score() -> None:
    ratings = [rated(1, 7, 6), rated(2, 9, 1)]
    score = combine(ratings, {7: 1.0})
    assert (score.value, score.raters) == (6.0, 1)


@pytest.mark.parametrize("weights", [{}, {7: 0.0}, {7: 1.0, 8: -1.0}])
def test_weights_that_mean_nothing_are_refused(weights: dict[int, float]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        combine([rated(1, 7, 6)], weights)


@pytest.mark.parametrize(("raters", "printed"), [(3, ".44"), (4, ".38"), (5, ".34"), (6, ".31")])
def test_standard_errors_are_those_of_the_printed_table(raters: int, printed: str) -> None:
    assert f"{standard_error(raters):.2f}" == f"0{printed}"


def test_without_raters_there_is_no_standard_error() -> None:
    assert standard_error(0) is None
    assert combine([], EQUAL).se is None


def test_a_sites_own_precision_takes_the_place_of_the_default() -> None:
    assert standard_error(1, Precision(session=0.4, severity=0.3)) == pytest.approx(0.5)
