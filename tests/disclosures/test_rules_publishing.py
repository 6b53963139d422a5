"""What keeps a draft from being published, and how far each section has come."""

from dataclasses import replace
from datetime import date

from hiringkit.disclosures.rules.fields import REQUIRED, SECTIONS
from hiringkit.disclosures.rules.publishing import Obstacles, obstacles, progress
from tests.disclosures.answers import AS_OF, claim, complete

ALL = frozenset(one.key for one in SECTIONS)


def test_a_complete_and_checked_draft_has_no_obstacle() -> None:
    assert not obstacles(complete(), ALL)
    assert Obstacles().sentence == ""


def test_an_empty_draft_lacks_every_required_answer_and_has_nothing_to_check() -> None:
    found = obstacles([], frozenset())
    assert [one.field for one in found.missing] == [one.key for one in REQUIRED]
    assert found.unchecked == ()
    assert found.sentence == f"{len(REQUIRED)} required questions have no answer yet."


def test_a_section_that_only_the_template_filled_stands_in_the_way() -> None:
    found = obstacles(complete(), ALL - {"pay"})
    assert [one.key for one in found.unchecked] == ["pay"]
    assert "Pay and level" in found.sentence


def test_a_contradiction_stands_in_the_way() -> None:
    odd = [replace(one, row=0) if one.field == "quality.ranking" else one for one in complete()]
    assert obstacles(odd, ALL).problems
    assert "same number" in obstacles(odd, ALL).sentence


def test_progress_counts_and_tells_what_is_unfinished() -> None:
    claims = [one for one in complete() if one.field != "why.problem"]
    steps = {one.section.key: one for one in progress(claims, ALL - {"scope"}, AS_OF)}
    assert [one.field for one in steps["why"].missing] == ["why.problem"]
    assert steps["why"].is_unfinished
    assert (steps["scope"].is_saved, steps["scope"].is_unfinished) == (False, True)
    assert not steps["growth"].is_unfinished
    assert (steps["constraints"].clarity.answered, steps["constraints"].clarity.total) == (1, 1)


def test_undated_answers_of_the_template_are_no_questions_of_a_candidate() -> None:
    undated = [replace(one, as_of=None) for one in complete()]
    (step,) = (one for one in progress(undated, frozenset(), AS_OF) if one.section.key == "constraints")
    assert step.clarity.answered == 0
    assert step.open == ()


def test_vague_words_and_old_figures_stay_questions() -> None:
    vague = claim("workload.bad-week", 0, value="A fast-paced week.")
    claims = [vague if one.field == vague.field else one for one in complete()]
    (step,) = (one for one in progress(claims, ALL, date(2028, 1, 1)) if one.section.key == "workload")
    assert any("fast-paced" in one.question for one in step.open)
    assert any("Is it still?" in one.question for one in step.open)
    assert not step.is_unfinished
