"""Sealed until every expected scorecard is in, and what may be said until then."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.people.rules import Reveal
from hiringkit.scorecards.rules.lifecycle import IN, UNFINISHED, ScorecardState
from hiringkit.scorecards.rules.sealing import NOTHING, SEALED, Card, Seal, is_complete, is_open_for

LEAD, SECOND, SHADOW = AssignmentRole.LEAD, AssignmentRole.SECOND, AssignmentRole.SHADOW
DRAFT, SUBMITTED, ABSTAINED = ScorecardState.DRAFT, ScorecardState.SUBMITTED, ScorecardState.ABSTAINED
ANA, BEN, CHI, MANAGER = 1, 2, 3, 9

cards = st.lists(
    st.builds(
        Card,
        author=st.integers(1, 4),
        role=st.sampled_from(AssignmentRole),
        stage=st.just("Audit"),
        state=st.sampled_from(ScorecardState),
    ),
    max_size=6,
)


def card(author: int, state: ScorecardState, role: AssignmentRole = LEAD, stage: str = "Audit") -> Card:
    return Card(author, role, stage, state)


def all_expected(viewer: int, *given_cards: Card, early: bool = False, to_book: bool = False) -> Seal:
    return is_open_for(viewer, given_cards, Reveal.ALL_EXPECTED, opened_early=early, has_stages_to_book=to_book)


def own_in(viewer: int, *given_cards: Card) -> Seal:
    return is_open_for(viewer, given_cards, Reveal.OWN_IN)


def test_sealed_from_everybody_while_one_expected_card_is_out() -> None:
    for viewer in (ANA, MANAGER):
        assert all_expected(viewer, card(ANA, SUBMITTED), card(BEN, DRAFT, SECOND)) == Seal(False, SEALED)


def test_open_when_every_expected_card_is_in() -> None:
    for viewer in (ANA, BEN, MANAGER):
        assert all_expected(viewer, card(ANA, SUBMITTED), card(BEN, ScorecardState.AMENDED, SECOND)) == Seal(True)


def test_an_abstention_is_an_answer() -> None:
    assert all_expected(ANA, card(ANA, SUBMITTED), card(BEN, ABSTAINED, SECOND)).is_open


def test_nobody_waits_for_a_shadow_but_the_shadow_waits_for_their_own() -> None:
    shadow = card(CHI, DRAFT, SHADOW)
    assert all_expected(ANA, card(ANA, SUBMITTED), shadow).is_open
    assert not all_expected(CHI, card(ANA, SUBMITTED), shadow).is_open


def test_a_stage_that_is_still_to_be_booked_keeps_it_sealed() -> None:
    assert all_expected(ANA, card(ANA, SUBMITTED), to_book=True) == Seal(False, SEALED)


def test_a_manager_may_open_early_for_all_but_those_who_still_owe_one() -> None:
    waiting = (card(ANA, SUBMITTED), card(BEN, DRAFT, SECOND))
    assert all_expected(ANA, *waiting, early=True, to_book=True).is_open
    assert all_expected(MANAGER, *waiting, early=True).is_open
    refusal = all_expected(BEN, *waiting, early=True)
    assert refusal.sentence == "Your own scorecard for Audit is not in yet; submit it or abstain first."


def test_a_relaxed_team_opens_to_whoever_has_all_their_own_in() -> None:
    given_cards = (card(ANA, SUBMITTED), card(BEN, DRAFT, SECOND), card(ANA, DRAFT, SECOND, "Case"))
    assert not own_in(ANA, *given_cards).is_open
    assert not own_in(BEN, *given_cards).is_open
    assert own_in(ANA, *given_cards[:2]).is_open


def test_several_of_ones_own_are_counted() -> None:
    sentence = own_in(ANA, card(ANA, DRAFT), card(ANA, DRAFT, SECOND, "Case")).sentence
    assert sentence == "2 of your own scorecards are not in yet; submit them or abstain first."


def test_there_may_be_nothing_to_open() -> None:
    assert own_in(MANAGER) == Seal(False, NOTHING)
    assert all_expected(MANAGER, early=True) == Seal(False, NOTHING)
    assert all_expected(MANAGER, card(ANA, ABSTAINED)) == Seal(False, NOTHING)


def test_with_nobody_expected_nothing_is_complete() -> None:
    assert not is_complete([])
    assert not is_complete([card(ANA, SUBMITTED, SHADOW)])


@given(cards, st.integers(1, 9), st.sampled_from(Reveal), st.booleans(), st.booleans())
def test_nobody_reads_before_their_own_is_in(
    given_cards: list[Card], viewer: int, reveal: Reveal, early: bool, to_book: bool
) -> None:
    seal = is_open_for(viewer, given_cards, reveal, opened_early=early, has_stages_to_book=to_book)
    if any(one.author == viewer and one.state in UNFINISHED for one in given_cards):
        assert not seal.is_open


@given(cards, st.integers(1, 9), st.booleans())
def test_while_it_is_sealed_the_sentence_depends_on_nothing_of_others(
    given_cards: list[Card], viewer: int, to_book: bool
) -> None:
    seal = is_open_for(viewer, given_cards, Reveal.ALL_EXPECTED, has_stages_to_book=to_book)
    own = [one for one in given_cards if one.author == viewer]
    if not seal.is_open and seal.sentence not in {SEALED, NOTHING}:
        alone = is_open_for(viewer, own, Reveal.ALL_EXPECTED, has_stages_to_book=to_book)
        assert seal == alone
    assert not re.search(r"\d", SEALED)


@given(cards, st.integers(1, 9), st.sampled_from(Reveal))
def test_one_more_card_in_never_seals_again(given_cards: list[Card], viewer: int, reveal: Reveal) -> None:
    before = is_open_for(viewer, given_cards, reveal)
    handed_in = [Card(one.author, one.role, one.stage, SUBMITTED) for one in given_cards]
    assert is_open_for(viewer, handed_in, reveal).is_open or not before.is_open


@pytest.mark.parametrize("state", ScorecardState)
def test_every_state_is_either_in_or_unfinished(state: ScorecardState) -> None:
    assert (state in IN) != (state in UNFINISHED)
