"""The debrief matrix: every rating in its cell, the rows in the order in which to talk about them."""

from hypothesis import given
from hypothesis import strategies as st

from hiringkit.debriefs.rules.gates import GateFinding, GateState
from hiringkit.debriefs.rules.matrix import Matrix, debrief_matrix
from hiringkit.debriefs.rules.ratings import Mark, Rating
from hiringkit.scorecards.rules.evidence import NotRated

ACCURACY, HANDOFFS, SAFETY, COMPLIANCE = 1, 2, 3, 4
ORDER = [ACCURACY, HANDOFFS, SAFETY, COMPLIANCE]
CRITICAL = {SAFETY, COMPLIANCE}

ratings = st.lists(
    st.builds(
        Rating,
        rater=st.integers(1, 3),
        scorecard=st.integers(11, 13),
        competency=st.sampled_from(ORDER),
        value=st.one_of(st.integers(1, 7), st.sampled_from(NotRated)),
        mark=st.sampled_from(Mark),
    ),
    unique_by=lambda rating: (rating.scorecard, rating.competency),
)


def rated(scorecard: int, competency: int, value: int, mark: Mark = Mark.COUNTED) -> Rating:
    return Rating(scorecard - 10, scorecard, competency, value, mark)


def matrix(given_ratings: list[Rating], gates: dict[int, GateState] | None = None) -> Matrix:
    return debrief_matrix(given_ratings, ORDER, gates or {}, CRITICAL, 2)


def order(found: Matrix) -> list[int]:
    return [row.competency for row in found.rows]


def test_open_gates_come_first_then_other_gates_then_disagreement_then_the_given_order() -> None:
    given_ratings = [
        rated(11, ACCURACY, 5),
        rated(12, ACCURACY, 5),
        rated(11, HANDOFFS, 2),
        rated(12, HANDOFFS, 6),
        rated(11, SAFETY, 6),
        rated(12, COMPLIANCE, 6),
    ]
    assert order(matrix(given_ratings)) == [HANDOFFS, ACCURACY, SAFETY, COMPLIANCE]
    gates = {COMPLIANCE: GateState.OPEN, SAFETY: GateState.CLEARED}
    assert order(matrix(given_ratings, gates)) == [COMPLIANCE, SAFETY, HANDOFFS, ACCURACY]


def test_a_row_has_a_cell_per_scorecard_and_holes_where_a_stage_did_not_rate() -> None:
    found = matrix([rated(12, ACCURACY, 5), rated(11, HANDOFFS, 4)])
    assert found.scorecards == (12, 11)
    rows = {row.competency: row for row in found.rows}
    assert rows[ACCURACY].cells == (rated(12, ACCURACY, 5), None)
    assert rows[SAFETY].cells == (None, None)


def test_mean_and_spread_are_over_counted_points() -> None:
    given_ratings = [
        rated(11, ACCURACY, 6),
        rated(12, ACCURACY, 3),
        rated(13, ACCURACY, 1, Mark.WAIVED),
        Rating(4, 14, ACCURACY, NotRated.NOT_OBSERVED),
    ]
    row = next(row for row in matrix(given_ratings).rows if row.competency == ACCURACY)
    assert (row.mean, row.spread) == (4.5, 3)
    assert len([cell for cell in row.cells if cell]) == 4


def test_where_nothing_counts_mean_and_spread_are_absent() -> None:
    row = next(row for row in matrix([rated(11, ACCURACY, 6, Mark.WAIVED)]).rows if row.competency == ACCURACY)
    assert (row.mean, row.spread) == (None, None)


def test_low_ratings_are_marked_on_safety_critical_competencies_alone() -> None:
    given_ratings = [
        rated(11, SAFETY, 2),
        rated(12, SAFETY, 6),
        rated(11, ACCURACY, 1),
    ]
    rows = {row.competency: row for row in matrix(given_ratings, {SAFETY: GateState.OPEN}).rows}
    assert rows[SAFETY].low == {11}
    assert rows[ACCURACY].low == frozenset()
    assert (rows[SAFETY].gate, rows[SAFETY].finding) == (GateState.OPEN, GateFinding.REVIEW)
    assert (rows[ACCURACY].gate, rows[ACCURACY].finding) == (None, None)


@given(ratings)
def test_every_rating_stands_in_the_matrix_exactly_once(given_ratings: list[Rating]) -> None:
    found = matrix(given_ratings)
    shown = [cell for row in found.rows for cell in row.cells if cell is not None]
    assert sorted(shown, key=repr) == sorted(given_ratings, key=repr)
    assert sorted(order(found)) == ORDER
