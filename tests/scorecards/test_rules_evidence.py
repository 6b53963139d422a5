"""What a draft needs before it can be submitted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.foundation.errors import WrongStateError
from hiringkit.scorecards.rules.evidence import (
    Missing,
    NotRated,
    RatedCompetency,
    RatingDraft,
    ScorecardDraft,
    Value,
    check_draft,
    evidence_reason,
)
from hiringkit.scorecards.rules.lifecycle import IN, RATED, SCORECARD, ScorecardState

ACCURACY = RatedCompetency(1, "Accuracy", safety_critical=False)
SAFETY = RatedCompetency(2, "Safety-first judgement", safety_critical=True)
STAGE = (ACCURACY, SAFETY)
COMPLETE = ScorecardDraft((RatingDraft(1, 5), RatingDraft(2, 4, "Stopped the order and phoned the pharmacist.")))


def missing(*ratings: RatingDraft) -> list[tuple[int, Missing]]:
    return [(problem.version, problem.missing) for problem in check_draft(ScorecardDraft(ratings), STAGE)]


def test_a_complete_draft_has_no_problems() -> None:
    assert check_draft(COMPLETE, STAGE) == ()


def test_an_empty_draft_lacks_every_rating_in_the_order_of_the_stage() -> None:
    assert missing() == [(1, Missing.RATING), (2, Missing.RATING)]
    assert missing(RatingDraft(2), RatingDraft(1)) == [(1, Missing.RATING), (2, Missing.RATING)]


@pytest.mark.parametrize(("points", "with_evidence"), [(7, {1, 2, 7}), (5, {1, 2, 5})])
def test_the_two_lowest_points_and_the_highest_need_evidence(points: int, with_evidence: set[int]) -> None:
    competency = replace(ACCURACY, points=points)
    assert {value for value in range(1, points + 1) if evidence_reason(value, competency)} == with_evidence


@pytest.mark.parametrize("value", [*range(1, 8), NotRated.NOT_OBSERVED, NotRated.NOT_ASKED])
def test_everything_about_a_safety_critical_competency_needs_evidence(value: Value) -> None:
    assert evidence_reason(value, SAFETY)


def test_not_observed_needs_evidence_and_not_asked_does_not() -> None:
    assert evidence_reason(NotRated.NOT_OBSERVED, ACCURACY)
    assert evidence_reason(NotRated.NOT_ASKED, ACCURACY) is None


@pytest.mark.parametrize("evidence", ["", "  ", "\n\t"])
def test_blank_evidence_is_none(evidence: str) -> None:
    assert missing(RatingDraft(1, 7, evidence), COMPLETE.ratings[1]) == [(1, Missing.EVIDENCE)]


@pytest.mark.parametrize("value", [0, 8, -1])
def test_a_rating_off_the_scale_is_a_problem(value: int) -> None:
    assert missing(RatingDraft(1, value, "Seen."), COMPLETE.ratings[1]) == [(1, Missing.PLACE_ON_SCALE)]


def test_a_competency_of_another_stage_is_a_problem() -> None:
    assert missing(*COMPLETE.ratings, RatingDraft(9, 4)) == [(9, Missing.PLACE_IN_STAGE)]


def test_a_competency_that_is_rated_twice_is_a_problem() -> None:
    assert missing(*COMPLETE.ratings, RatingDraft(1, 3)) == [(1, Missing.RATING)]


def test_sentences_name_the_competency() -> None:
    problems = check_draft(ScorecardDraft((RatingDraft(2, 4),)), STAGE)
    assert [problem.sentence for problem in problems] == [
        "Accuracy has no rating yet; “not observed” and “not asked” are ratings too.",
        "Safety-first judgement needs evidence: it is safety-critical.",
    ]


@given(st.one_of(st.none(), st.integers(-2, 9), st.sampled_from(NotRated)), st.booleans())
def test_evidence_never_makes_a_draft_worse(value: Value | None, is_critical: bool) -> None:
    stage = (replace(ACCURACY, safety_critical=is_critical),)
    without = check_draft(ScorecardDraft((RatingDraft(1, value),)), stage)
    with_it = check_draft(ScorecardDraft((RatingDraft(1, value, "Seen and heard."),)), stage)
    assert set(with_it) <= set(without)
    assert all(problem.missing is not Missing.EVIDENCE for problem in with_it)


def test_a_submitted_scorecard_can_only_be_amended() -> None:
    for state in RATED:
        assert {move.target for move in SCORECARD.moves_from(state)} == {ScorecardState.AMENDED}
    with pytest.raises(WrongStateError):
        SCORECARD.after(ScorecardState.SUBMITTED, "save")


def test_an_abstention_is_final_and_counts_as_in() -> None:
    assert SCORECARD.after(ScorecardState.NOT_STARTED, "abstain") is ScorecardState.ABSTAINED
    assert SCORECARD.moves_from(ScorecardState.ABSTAINED) == ()
    assert ScorecardState.ABSTAINED in IN
    assert ScorecardState.ABSTAINED not in RATED
