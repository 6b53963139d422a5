"""The life of an application, and when two addresses are one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.candidates.rules.addresses import normalise_address
from hiringkit.candidates.rules.lifecycle import ACTIVE, APPLICATION, BOOKABLE, ApplicationState
from hiringkit.foundation.errors import WrongStateError

A = ApplicationState


def test_the_straight_way_from_added_to_hired() -> None:
    state = A.ADDED
    for move in ("inform", "acknowledge", "interview", "debrief", "decide", "offer", "hire"):
        state = APPLICATION.after(state, move)
    assert state is A.HIRED


def test_an_interview_needs_a_delivery_and_no_acknowledgement() -> None:
    assert APPLICATION.after(A.INFORMED, "interview") is A.INTERVIEWING
    assert A.ADDED not in BOOKABLE
    with pytest.raises(WrongStateError):
        APPLICATION.after(A.ADDED, "interview")


def test_a_debrief_can_ask_for_one_more_interview() -> None:
    assert APPLICATION.after(A.IN_DEBRIEF, "interview") is A.INTERVIEWING


@pytest.mark.parametrize("state", [state for state in A if state is not A.DECIDED])
def test_only_a_decision_leads_to_an_offer_or_a_decline(state: ApplicationState) -> None:
    assert not APPLICATION.can(state, "offer")
    assert not APPLICATION.can(state, "decline")


@pytest.mark.parametrize("state", A)
def test_whoever_is_active_can_withdraw_and_whoever_is_not_erased_can_be(state: ApplicationState) -> None:
    assert APPLICATION.can(state, "withdraw") == (state in ACTIVE)
    assert APPLICATION.can(state, "erase") == (state is not A.ERASED)


def test_what_is_over_is_not_active() -> None:
    assert frozenset(A) - ACTIVE == {A.HIRED, A.DECLINED, A.WITHDRAWN, A.ERASED}


def test_the_states_are_the_words_of_the_product() -> None:
    assert [state.value for state in A] == [
        "added",
        "informed",
        "acknowledged",
        "interviewing",
        "in debrief",
        "decided",
        "offered",
        "hired",
        "declined",
        "withdrawn",
        "erased",
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" ana@example.org\n", "ana@example.org"),
        ("Ana.Lopez@Example.ORG", "ana.lopez@example.org"),
        ("JOSE\u0301@example.org", "jos\u00e9@example.org"),
        ("stra\u00dfe@example.org", "strasse@example.org"),
    ],
)
def test_case_space_and_composition_make_no_difference(typed: str, kept: str) -> None:
    assert normalise_address(typed) == kept


@pytest.mark.parametrize("other", ["analopez@example.org", "ana.lopez+jobs@example.org", "ana.lopez@mail.example.org"])
def test_dots_and_tags_and_hosts_do(other: str) -> None:
    assert normalise_address(other) != normalise_address("ana.lopez@example.org")


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_address(text)
    assert normalise_address(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.emails())
def test_upper_case_is_the_same_address(email: str) -> None:
    assert normalise_address(email.upper()) == normalise_address(email)
