"""What somebody says of the sections is taken, or refused at the control where it was typed."""

import pytest

from hiringkit.disclosures.rules.attesting import ATTESTING
from hiringkit.disclosures.rules.saying import NOTE_LIMIT, WordDraft, draft_problems, words_said
from hiringkit.foundation.errors import InvalidError

ASKED = ("why", "scope", "workload", "quality", "support", "pay", "growth")


def test_what_is_typed_is_taken_or_refused_at_its_control() -> None:
    drafts = {
        "why": WordDraft("confirmed", "", ""),
        "scope": WordDraft(""),
        "workload": WordDraft("disputed", "workload.units", "More."),
        "quality": WordDraft("", note="Typed without a word."),
        "support": WordDraft("perhaps"),
        "pay": WordDraft("disputed", "why.kind", "x" * (NOTE_LIMIT + 1)),
        "growth": WordDraft("confirmed", note="But."),
    }
    refused = {"quality-word", "support-word", "pay-field", "pay-note", "growth-word"}
    assert set(draft_problems(drafts, ATTESTING, ASKED)) == refused
    assert set(draft_problems(drafts, ATTESTING, ASKED[:-1])) == refused
    assert set(draft_problems(drafts, ATTESTING, ASKED[1:])) == refused | {"why-word"}


def test_notes_are_tidied_and_sections_without_a_word_left_out() -> None:
    said = words_said({"why": WordDraft("disputed", note="  Not so. "), "pay": WordDraft("")}, ATTESTING, ASKED)
    assert said == {"why": WordDraft("disputed", note="Not so.")}


def test_nothing_at_all_is_refused_in_a_sentence() -> None:
    for drafts in ({}, {"pay": WordDraft("", note="  ")}):
        with pytest.raises(InvalidError, match="at least one section whether it is true"):
            words_said(drafts, ATTESTING, ASKED)
    with pytest.raises(InvalidError) as refused:
        words_said({"pay": WordDraft("confirmed", note="But.")}, ATTESTING, ASKED)
    assert refused.value.problems == {"pay-word": ATTESTING.contradicts}
