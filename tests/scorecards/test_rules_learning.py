"""How far apart a learner and the lead are, in words."""

from hypothesis import given
from hypothesis import strategies as st

from hiringkit.scorecards.rules.evidence import NotRated, Value
from hiringkit.scorecards.rules.learning import comparison_words

values = st.one_of(st.integers(1, 7), st.sampled_from(NotRated))


@given(values, values)
def test_words_say_the_same_only_of_the_same(learner: Value, lead: Value) -> None:
    assert (comparison_words(learner, lead, "Ana") == "the same as Ana") is (learner == lead)


def test_words_name_what_was_not_rated() -> None:
    assert comparison_words(NotRated.NOT_ASKED, NotRated.NOT_OBSERVED, "Ana") == (
        "not asked, where Ana put “not observed”"
    )
    assert comparison_words(4, NotRated.NOT_ASKED, "you") == "a rating, where you put “not asked”"
