"""The record reads as sentences: every tag that is emitted has one, and an old event without a value still reads."""

from hiringkit import reactions
from hiringkit.audit.operations import EMITTED
from hiringkit.home.rules.telling import BY_ITSELF, SENTENCES, actor_words, event_words


def test_every_tag_that_an_operation_emits_has_a_sentence() -> None:
    assert reactions.TABLE
    emitted = {tag for tag in EMITTED if not tag.startswith("test:")}
    assert emitted - set(SENTENCES) == set()
    assert set(BY_ITSELF) <= set(SENTENCES)


def test_values_that_an_event_lacks_read_as_a_gap() -> None:
    assert event_words("opening:moved", {}) == "moved the opening from “–” to “–”"


def test_what_the_app_does_by_itself_reads_differently() -> None:
    tag = "assignment:accepted"
    assert event_words(tag, {}, "system") != event_words(tag, {}, "member")


def test_who_acted_is_named_only_for_members() -> None:
    assert actor_words("member", "gone", {}) == "A former member"
    assert actor_words("candidate", "a", {"a": "Piotr Lis"}) == "The candidate"
    assert actor_words("anybody", "invitation", {}) == "Somebody new"
