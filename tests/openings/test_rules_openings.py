"""The life of an opening, and its public name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.foundation.errors import WrongStateError
from hiringkit.openings.rules import LONGEST_SLUG, OPENING, OpeningState, slug_of


def test_an_opening_opens_pauses_resumes_and_is_filled() -> None:
    state = OpeningState.DRAFT
    seen = []
    for move in ("open", "pause", "resume", "fill", "reopen", "close"):
        state = OPENING.after(state, move)
        seen.append(state.value)
    assert seen == ["open", "paused", "open", "filled", "open", "closed"]


@pytest.mark.parametrize(
    ("state", "move"), [("draft", "pause"), ("draft", "fill"), ("closed", "close"), ("open", "resume")]
)
def test_moves_that_do_not_exist_are_refused(state: str, move: str) -> None:
    with pytest.raises(WrongStateError, match=f"This opening is {state}"):
        OPENING.after(OpeningState(state), move)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Patient Access Manager", "patient-access-manager"),
        ("  Coding & QA / Education (remote)  ", "coding-qa-education-remote"),
        ("Ärztin für Café-Dienst", "arztin-fur-cafe-dienst"),
        ("看護師", "opening"),
        ("", "opening"),
        ("---", "opening"),
    ],
)
def test_slugs_are_plain_words(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_taken_name_gets_the_first_free_number() -> None:
    taken = {"nurse", "nurse-2", "nurse-4"}
    assert slug_of("Nurse", taken) == "nurse-3"
    assert slug_of("Nurse", set()) == "nurse"


def test_long_titles_are_cut_between_words() -> None:
    slug = slug_of("Senior " * 12)
    assert slug == "-".join(["senior"] * 8)
    assert len(slug_of("x" * 200)) == LONGEST_SLUG


def test_a_number_still_fits_a_long_name() -> None:
    slug = slug_of("x" * 200, {"x" * LONGEST_SLUG})
    assert slug == "x" * (LONGEST_SLUG - 2) + "-2"


@given(st.text(max_size=200), st.sets(st.sampled_from(["opening", "a", "a-2", "b"])))
def test_every_title_gives_a_free_address(title: str, taken: set[str]) -> None:
    slug = slug_of(title, taken)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= LONGEST_SLUG
    assert slug not in taken
