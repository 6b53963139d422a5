"""A form on its way: what its text needs, what settling changes, and how it moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.drafting import (
    FORM_DRAFT,
    UNDER_WAY,
    DraftedResponse,
    FormDraftState,
    gold_note,
    is_at_work,
    letters_to_begin,
    next_letter,
    scale_problem,
    settled_panel,
    text_problems,
    why_all_must_stay,
)
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.foundation.errors import WrongStateError
from tests.calibration.strategies import Grid, grids

TWELVE = [DraftedResponse(1 if number < 8 else 2, "What now?", f"Answer {number}.") for number in range(12)]


def test_a_complete_text_lacks_nothing() -> None:
    assert text_problems(TWELVE, {"B": ["Another answer."]}, DEFAULT_POLICY) == ()


def test_each_thing_that_a_text_lacks_is_named_with_its_response() -> None:
    written = [
        DraftedResponse(1, " ", "Answer."),
        DraftedResponse(1, "What now?", ""),
        DraftedResponse(1, "What now?", "The same\nanswer."),
        DraftedResponse(1, "What now?", "The same answer."),
        DraftedResponse(2, "What now?", "Of form  B."),
    ]
    assert text_problems(written, {"B": ["Of form B."]}, DEFAULT_POLICY) == (
        "There are 4 responses and a reserve of 1; 8 and a reserve of 4 are needed.",
        "Response 1 has no question yet.",
        "Response 2 has no answer yet.",
        "Response 4 is word for word response 3.",
        "Response 5 is word for word an answer of form B.",
    )


@given(st.lists(grids(3, 2), min_size=3, max_size=5))
def test_settling_nothing_changes_nothing(alone: list[Grid]) -> None:
    assert list(settled_panel(alone, [{}] * len(alone))) == alone


@given(st.lists(grids(3, 2), min_size=3, max_size=5), st.integers(1, 7))
def test_settling_changes_the_settled_cell_of_its_expert_only(alone: list[Grid], rating: int) -> None:
    final = settled_panel(alone, [{(2, 1): rating}, *[{}] * (len(alone) - 1)])
    assert final[0][2][1] == rating
    assert final[0][:2] == alone[0][:2]
    assert list(final[1:]) == alone[1:]


def test_letters_go_on_where_they_are_free() -> None:
    assert [next_letter(known) for known in ([], ["A"], ["B"], ["A", "B"])] == ["A", "B", "A", "C"]


def test_the_note_says_how_many_ratings_were_settled() -> None:
    assert "On 4 of 60 ratings they lay far apart" in gold_note(3, 4, 60)


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (FormDraftState.DRAFT, {"ask experts", "end"}),
        (FormDraftState.RATING, {"ask experts", "settle", "finish", "end"}),
        (FormDraftState.SETTLING, {"finish", "end"}),
        (FormDraftState.SETTLED, {"publish", "end"}),
        (FormDraftState.PUBLISHED, set()),
        (FormDraftState.ENDED, set()),
    ],
)
def test_each_state_has_its_moves_and_no_others(state: FormDraftState, moves: set[str]) -> None:
    assert {move.name for move in FORM_DRAFT.moves_from(state)} == moves
    assert (state in UNDER_WAY) is bool(moves)
    with pytest.raises(WrongStateError):
        FORM_DRAFT.after(state, "rate")


@pytest.mark.parametrize("state", FormDraftState)
@pytest.mark.parametrize("is_sealed", [False, True])
@pytest.mark.parametrize("is_settled", [False, True])
def test_an_expert_is_at_work_until_they_seal_and_again_until_they_settle(
    state: FormDraftState, is_sealed: bool, is_settled: bool
) -> None:
    waits = {FormDraftState.RATING: not is_sealed, FormDraftState.SETTLING: is_sealed and not is_settled}
    assert is_at_work(state, is_sealed=is_sealed, is_settled=is_settled) == waits.get(state, False)


@given(st.sampled_from(FormDraftState), st.integers(min_value=0, max_value=9))
def test_only_while_they_settle_must_enough_experts_stay(state: FormDraftState, sealed: int) -> None:
    must = state is FormDraftState.SETTLING and sealed - 1 < DEFAULT_POLICY.form.fewest_experts
    assert bool(why_all_must_stay(state, sealed, DEFAULT_POLICY)) == must


def test_who_would_be_left_is_counted_in_words() -> None:
    assert why_all_must_stay(FormDraftState.SETTLING, 3, DEFAULT_POLICY).startswith("Only 2 experts would be left;")
    assert why_all_must_stay(FormDraftState.SETTLING, 2, DEFAULT_POLICY).startswith("Only 1 expert would be left;")


def test_an_exercise_rates_competencies_of_one_scale_that_the_policy_has_lines_for() -> None:
    assert scale_problem([7] * 5, DEFAULT_POLICY) == scale_problem([5] * 5, DEFAULT_POLICY) == ""
    assert "different lengths" in scale_problem([7, 5], DEFAULT_POLICY)
    assert "1 to 4" in scale_problem([4, 4], DEFAULT_POLICY)
    assert "no competencies" in scale_problem([], DEFAULT_POLICY)


def test_an_exercise_begins_with_the_forms_it_had_and_at_least_two() -> None:
    assert letters_to_begin([]) == ["A", "B"]
    assert letters_to_begin(["C", "A", "A"]) == ["A", "C"]
    assert letters_to_begin(["B"]) == ["A", "B"]
    assert letters_to_begin(["A", "B", "C"]) == ["A", "B", "C"]
