"""Every state has plain words for its candidate, and of all versions the right one is read and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.portal.rules import STATUS, OnRecord, number_to_compare, number_to_read


def test_every_state_has_a_sentence_without_our_own_words() -> None:
    assert set(STATUS) == set(ApplicationState)
    for sentence in STATUS.values():
        assert sentence.endswith(".")
        assert not {"scorecard", "debrief", "gate", "bar"} & set(sentence.lower().rstrip(".").split())


def test_a_decision_is_not_told_by_the_page() -> None:
    assert "offer" not in STATUS[ApplicationState.DECIDED]
    assert len(set(STATUS.values())) == len(STATUS)


def versions(*words: str) -> list[OnRecord]:
    """Return versions 1, 2 and so on; each word says what is on record: d(elivered), a(cknowledged), c(urrent)."""
    return [OnRecord(number, "d" in one, "a" in one, "c" in one) for number, one in enumerate(words, 1)]


@pytest.mark.parametrize(
    ("record", "shown", "before"),
    [
        (versions("c"), None, None),
        (versions("dc"), 1, None),
        (versions("d", "c"), 2, 1),
        (versions("da", "d", "c"), 3, 1),
        (versions("da", "da", "dc"), 3, 2),
        (versions("d", "", "dc"), 3, 1),
        (versions("dac", "d"), 2, 1),
    ],
)
def test_newest_version_is_read_beside_the_last_one_that_was_read(
    record: list[OnRecord], shown: int | None, before: int | None
) -> None:
    assert number_to_read(record) == shown
    assert shown is None or number_to_compare(record, shown) == before


@given(st.lists(st.builds(OnRecord, st.integers(1, 9), st.booleans(), st.booleans(), st.booleans()), max_size=6))
def test_nothing_is_compared_with_what_was_never_shown(record: list[OnRecord]) -> None:
    shown = number_to_read(record)
    if shown is None:
        assert not any(one.is_delivered for one in record)
        return
    before = number_to_compare(record, shown)
    assert before is None or (before < shown and before in {one.number for one in record if one.is_delivered})
