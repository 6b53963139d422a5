"""Every state of an application has plain words for its candidate."""

from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.portal.rules import STATUS


def test_every_state_has_a_sentence_without_our_own_words() -> None:
    assert set(STATUS) == set(ApplicationState)
    for sentence in STATUS.values():
        assert sentence.endswith(".")
        assert not {"scorecard", "debrief", "gate", "bar"} & set(sentence.lower().rstrip(".").split())


def test_a_decision_is_not_told_by_the_page() -> None:
    assert "offer" not in STATUS[ApplicationState.DECIDED]
    assert len(set(STATUS.values())) == len(STATUS)
