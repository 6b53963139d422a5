"""A review stands for one text alone: its state, and why a team that wants one does not publish yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.lifecycle import DisclosureState
from hiringkit.disclosures.rules.reviewing import (
    ASK_FIRST,
    CHANGED_SINCE,
    NOT_YET,
    OWN_APPROVAL,
    STILL_ASKED,
    AskedReview,
    publishing_refusal,
    state_of_draft,
)

THIS, OTHER = "a" * 64, "b" * 64
WAITING = AskedReview(THIS, asked_by=1)
APPROVED = AskedReview(THIS, asked_by=1, approves=True, answered_by=2)
SENT_BACK = AskedReview(THIS, asked_by=1, approves=False, answered_by=2)


@pytest.mark.parametrize(
    ("asked", "text", "state"),
    [
        (None, THIS, DisclosureState.DRAFT),
        (WAITING, THIS, DisclosureState.IN_REVIEW),
        (WAITING, OTHER, DisclosureState.DRAFT),
        (APPROVED, THIS, DisclosureState.IN_REVIEW),
        (APPROVED, OTHER, DisclosureState.DRAFT),
        (SENT_BACK, THIS, DisclosureState.DRAFT),
    ],
)
def test_states(asked: AskedReview | None, text: str, state: DisclosureState) -> None:
    assert state_of_draft(asked, text) is state


@pytest.mark.parametrize(
    ("asked", "text", "publisher", "sentence"),
    [
        (None, THIS, 1, ASK_FIRST),
        (WAITING, THIS, 1, STILL_ASKED),
        (WAITING, OTHER, 1, ASK_FIRST),
        (APPROVED, OTHER, 1, CHANGED_SINCE),
        (SENT_BACK, THIS, 1, NOT_YET),
        (APPROVED, THIS, 2, OWN_APPROVAL),
        (APPROVED, THIS, 1, ""),
        (APPROVED, THIS, 3, ""),
    ],
)
def test_refusals_name_what_to_do(asked: AskedReview | None, text: str, publisher: int, sentence: str) -> None:
    found, remedy = publishing_refusal(asked, text, publisher)
    assert found == sentence
    assert bool(remedy) == bool(sentence)


@given(
    st.sampled_from([THIS, OTHER]),
    st.sampled_from([THIS, OTHER]),
    st.sampled_from([None, True, False]),
    st.integers(1, 3),
    st.integers(1, 3),
)
def test_nothing_is_published_but_what_somebody_else_approved(
    asked_text: str, text: str, approves: bool | None, answerer: int, publisher: int
) -> None:
    asked = AskedReview(asked_text, 1, approves, None if approves is None else answerer)
    may = publishing_refusal(asked, text, publisher) == ("", "")
    assert may == (asked_text == text and approves is True and answerer != publisher)
