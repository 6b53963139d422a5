"""Who may sit where: each refusal names its reason, and only the standing can be waived."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.standing import Ending, StandingState, Uncovered
from hiringkit.interviews.rules.assigning import (
    ENDING_WORDS,
    RATING_ROLES,
    WAIVABLE,
    AssignmentRole,
    PersonFacts,
    Refusal,
    RefusalKind,
    assignment_refusals,
    gaps_in_short,
)

NAMES = {1: "Accuracy", 2: "Handoffs"}
FREE = PersonFacts("Ana Lopez")
GAP = Uncovered(1, StandingState.NONE)

people = st.builds(
    PersonFacts,
    name=st.just("Ana Lopez"),
    uncovered=st.sampled_from([(), (GAP,)]),
    has_conflict=st.booleans(),
    is_on_panel=st.booleans(),
    has_read_scorecards=st.booleans(),
    has_overlap=st.booleans(),
    is_disabled=st.booleans(),
    is_role_taken=st.booleans(),
)


def refused(role: AssignmentRole, person: PersonFacts, *, is_waived: bool = False) -> tuple[Refusal, ...]:
    return assignment_refusals(role, person, NAMES, is_waived=is_waived)


@pytest.mark.parametrize("role", AssignmentRole)
def test_a_free_calibrated_person_may_take_any_place(role: AssignmentRole) -> None:
    assert refused(role, FREE) == ()


@pytest.mark.parametrize("role", AssignmentRole)
@pytest.mark.parametrize(
    ("fact", "kind", "words"),
    [
        ("is_disabled", RefusalKind.DISABLED, "Ana Lopez can no longer sign in."),
        ("has_conflict", RefusalKind.CONFLICT, "Ana Lopez has a conflict of interest with this candidate."),
        ("is_on_panel", RefusalKind.ON_PANEL, "Ana Lopez is already on this panel."),
        ("has_overlap", RefusalKind.OVERLAP, "Ana Lopez has another interview at that time."),
    ],
)
def test_what_keeps_somebody_from_every_place(role: AssignmentRole, fact: str, kind: RefusalKind, words: str) -> None:
    changes: dict[str, Any] = {fact: True}
    assert refused(role, replace(FREE, **changes)) == (Refusal(kind, words),)


def test_a_place_that_is_taken_is_named() -> None:
    found = refused(AssignmentRole.LEAD, replace(FREE, is_role_taken=True))
    assert [refusal.sentence for refusal in found] == ["This panel already has its lead."]


@pytest.mark.parametrize("role", AssignmentRole)
def test_readers_of_the_scorecards_may_shadow_and_nothing_else(role: AssignmentRole) -> None:
    kinds = [refusal.kind for refusal in refused(role, replace(FREE, has_read_scorecards=True))]
    assert kinds == ([RefusalKind.HAS_READ] if role is not AssignmentRole.SHADOW else [])


@pytest.mark.parametrize("role", AssignmentRole)
def test_standing_is_asked_of_lead_and_second_alone(role: AssignmentRole) -> None:
    kinds = [refusal.kind for refusal in refused(role, replace(FREE, uncovered=(GAP,)))]
    assert kinds == ([RefusalKind.NOT_CALIBRATED] if role in RATING_ROLES else [])


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Uncovered(1, StandingState.NONE), "Ana Lopez holds no calibration on Accuracy."),
        (Uncovered(2, StandingState.IN_TRAINING), "Ana Lopez is still in training on Handoffs."),
        (
            Uncovered(1, StandingState.LAPSED, Ending.DAYS),
            "The calibration of Ana Lopez on Accuracy does not hold on that day: it has run out.",
        ),
        (
            Uncovered(1, StandingState.SUSPENDED, Ending.SUSPENDED),
            "The calibration of Ana Lopez on Accuracy does not hold on that day: it is suspended until a refresh.",
        ),
    ],
)
def test_a_gap_is_told_by_competency_and_reason(gap: Uncovered, words: str) -> None:
    found = refused(AssignmentRole.LEAD, replace(FREE, uncovered=(gap,)))
    assert [refusal.sentence for refusal in found] == [words]


def test_every_gap_has_its_own_sentence() -> None:
    both = replace(FREE, uncovered=(GAP, Uncovered(2, StandingState.NONE)))
    assert len(refused(AssignmentRole.SECOND, both)) == 2


def test_gaps_that_are_alike_share_a_sentence() -> None:
    names = {**NAMES, 3: "Compliance", 4: "Judgement"}
    states = [StandingState.NONE, StandingState.NONE, StandingState.IN_TRAINING, StandingState.NONE]
    person = replace(FREE, uncovered=tuple(Uncovered(number, state) for number, state in enumerate(states, 1)))
    assert gaps_in_short(person, names) == (
        "Ana Lopez holds no calibration on Accuracy, Handoffs and Judgement.",
        "Ana Lopez is still in training on Compliance.",
    )
    assert gaps_in_short(FREE, names) == ()


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_has_words(ending: Ending) -> None:
    assert ENDING_WORDS[ending]


@given(people, st.sampled_from(AssignmentRole))
def test_a_waiver_removes_the_standing_and_nothing_else(person: PersonFacts, role: AssignmentRole) -> None:
    before = refused(role, person)
    assert refused(role, person, is_waived=True) == tuple(refusal for refusal in before if refusal.kind not in WAIVABLE)
    assert {RefusalKind.NOT_CALIBRATED} == WAIVABLE


@given(people)
def test_whoever_may_lead_may_also_shadow(person: PersonFacts) -> None:
    if not refused(AssignmentRole.LEAD, person):
        assert not refused(AssignmentRole.SHADOW, person)
