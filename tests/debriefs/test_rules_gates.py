"""Safety gates: opened by one low rating, closed by nobody but a manager, and what is printed on them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.debriefs.rules.gates import (
    GATE,
    GateFinding,
    GateState,
    gate_finding,
    gate_findings,
    gate_states,
    gravest,
    opens_gate,
)
from hiringkit.debriefs.rules.ratings import Mark, Rating
from hiringkit.foundation.errors import WrongStateError
from hiringkit.scorecards.rules.evidence import NotRated

SAFETY, OTHER, LEVEL = 7, 8, 2

ratings = st.builds(
    Rating,
    rater=st.integers(1, 5),
    scorecard=st.integers(10, 15),
    competency=st.sampled_from([SAFETY, OTHER]),
    value=st.one_of(st.integers(1, 7), st.sampled_from(NotRated)),
    mark=st.sampled_from(Mark),
)
many = st.lists(ratings, max_size=8)


def rated(rater: int, value: int, mark: Mark = Mark.COUNTED, competency: int = SAFETY) -> Rating:
    return Rating(rater, 10 + rater, competency, value, mark)


@pytest.mark.parametrize(
    ("points", "finding"),
    [
        ([], "incomplete"),
        ([6], "incomplete"),
        ([1], "incomplete"),
        ([6, 5], "clear"),
        ([3, 3], "clear"),
        ([2, 5], "review"),
        ([2, 1], "fail"),
        ([2, 5, 6], "clear"),
        ([2, 2, 7], "fail"),
        ([3, 4, 5], "clear"),
        ([1, 7, 7, 7, 2], "fail"),
    ],
)
def test_finding_of_so_many_independent_ratings(points: list[int], finding: str) -> None:
    assert gate_finding(points, LEVEL).value == finding


def test_the_gate_level_is_the_highest_low_rating() -> None:
    assert gate_finding([3, 3], 3) is GateFinding.FAIL
    assert gate_finding([3, 3], 2) is GateFinding.CLEAR


@given(
    st.lists(st.integers(1, 7), max_size=6).flatmap(lambda points: st.tuples(st.just(points), st.permutations(points)))
)
def test_the_order_of_raters_changes_no_finding(pair: tuple[list[int], list[int]]) -> None:
    assert gate_finding(pair[0], LEVEL) is gate_finding(pair[1], LEVEL)


def test_one_rater_in_two_stages_is_one_independent_rater_with_the_lower_rating() -> None:
    twice = [rated(1, 6), replace(rated(1, 2), scorecard=19)]
    assert gate_findings(twice, [SAFETY], LEVEL) == {SAFETY: GateFinding.INCOMPLETE}
    assert gate_findings([*twice, rated(2, 6)], [SAFETY], LEVEL) == {SAFETY: GateFinding.REVIEW}


def test_only_counted_ratings_make_a_finding() -> None:
    ratings = [rated(1, 6), rated(2, 6, Mark.WAIVED)]
    assert gate_findings(ratings, [SAFETY], LEVEL) == {SAFETY: GateFinding.INCOMPLETE}


def test_not_observed_is_no_rating() -> None:
    unseen = Rating(2, 12, SAFETY, NotRated.NOT_OBSERVED)
    assert gate_findings([rated(1, 6), unseen], [SAFETY], LEVEL) == {SAFETY: GateFinding.INCOMPLETE}
    assert gate_states({}, [unseen], {SAFETY}, LEVEL) == {}


@pytest.mark.parametrize("mark", Mark)
def test_a_low_rating_of_a_lead_or_second_opens_a_gate(mark: Mark) -> None:
    assert gate_states({}, [rated(1, 2, mark)], {SAFETY}, LEVEL) == {SAFETY: GateState.OPEN}
    assert not opens_gate(rated(1, 3, mark), LEVEL)


def test_a_low_rating_on_another_competency_opens_none() -> None:
    assert gate_states({}, [rated(1, 1, competency=OTHER)], {SAFETY}, LEVEL) == {}


@given(many, many)
def test_a_gate_never_closes_by_later_ratings(first: list[Rating], later: list[Rating]) -> None:
    opened = gate_states({}, first, {SAFETY}, LEVEL)
    after = gate_states(opened, later, {SAFETY}, LEVEL)
    assert all(after[competency] is state for competency, state in opened.items())


@given(many, st.sampled_from(GateState))
def test_no_rating_changes_the_state_of_a_gate(later: list[Rating], state: GateState) -> None:
    assert gate_states({SAFETY: state}, later, {SAFETY}, LEVEL) == {SAFETY: state}


@given(many)
def test_a_finding_of_fail_or_review_never_stands_without_a_gate(given_ratings: list[Rating]) -> None:
    finding = gate_findings(given_ratings, [SAFETY], LEVEL)[SAFETY]
    if finding in {GateFinding.FAIL, GateFinding.REVIEW}:
        assert SAFETY in gate_states({}, given_ratings, {SAFETY}, LEVEL)


def test_a_closed_gate_stays_closed() -> None:
    assert GATE.after(GateState.OPEN, "clear") is GateState.CLEARED
    assert GATE.after(GateState.OPEN, "confirm") is GateState.CONFIRMED
    for state in (GateState.CLEARED, GateState.CONFIRMED):
        assert GATE.moves_from(state) == ()
    with pytest.raises(WrongStateError):
        GATE.after(GateState.CLEARED, "confirm")


def test_the_gravest_finding_speaks_for_several() -> None:
    assert gravest([]) is GateFinding.CLEAR
    assert gravest([GateFinding.CLEAR, GateFinding.INCOMPLETE]) is GateFinding.INCOMPLETE
    assert gravest([GateFinding.INCOMPLETE, GateFinding.REVIEW]) is GateFinding.REVIEW
    assert gravest([GateFinding.REVIEW, GateFinding.FAIL, GateFinding.CLEAR]) is GateFinding.FAIL
