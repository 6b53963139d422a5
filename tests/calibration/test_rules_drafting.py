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
    next_letter,
    settled_panel,
    text_problems,
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
