"""The next step of a path in words, and which of several paths to go on with; without app and database."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.path import PathStep, Practice, Proof, path_of
from hiringkit.calibration.rules.retries import Wait
from hiringkit.home.rules.path_steps import first_of, path_step
from hiringkit.home.rules.steps import Page, Step

PROOF = Proof(datetime(2026, 5, 4, tzinfo=UTC), "Scenario discussion", "Ben", "Keep the probes beside the clock.")
WAIT = Wait("After 2 attempts in a row there is a wait of 30 days, until", date(2027, 5, 3))
steps_done = st.sets(st.sampled_from(PathStep))
practice = st.sampled_from([None, Practice("f"), Practice("f", "a"), Practice("f", None, WAIT)])


def step_of(done: set[PathStep], how: Practice | None = None, not_yet: Proof | None = None) -> Step | None:
    """Return the next step of a path with these steps done."""
    return path_step("Safety", "s", path_of(dict.fromkeys(done, PROOF), not_yet), how, "3 May 2027")


@given(steps_done, practice, st.sampled_from([None, PROOF]))
def test_every_path_has_a_next_step_until_somebody_leads(
    done: set[PathStep], how: Practice | None, not_yet: Proof | None
) -> None:
    step = step_of(done, how, not_yet)
    assert (step is None) is (PathStep.LEAD in done)
    if step is not None:
        assert step.title.endswith(": Safety")
        assert step.text
        assert step.word
        assert (step.page is None) is (step.label == "")


@given(practice)
def test_practising_leads_where_one_can_rate_or_says_why_not(how: Practice | None) -> None:
    step = step_of({PathStep.GUIDE}, how)
    assert step is not None
    if how is None:
        assert (step.page, step.is_mine, step.word) == (None, False, "No form for you")
    elif how.attempt is not None:
        assert (step.page, step.about, step.is_mine) == (Page.ATTEMPT, "a", True)
    elif how.wait is not None:
        assert (step.page, step.is_mine, step.word) == (None, False, "Not before 3 May 2027")
        assert step.text == f"{WAIT.words} 3 May 2027."
    else:
        assert (step.page, step.about, step.is_mine) == (Page.FORM, "f", True)


@given(steps_done)
def test_not_yet_stays_until_somebody_says_yes_and_proves_nothing(done: set[PathStep]) -> None:
    path = path_of(dict.fromkeys(done, PROOF), PROOF)
    told = [line for line in path.lines if line.not_yet is not None]
    is_over = PathStep.LEAD in done or PathStep.REVERSE_SHADOW in done
    assert [line.step for line in told] == ([] if is_over else [PathStep.REVERSE_SHADOW])
    assert all(line.proof is None for line in told)
    assert path.next is path_of(dict.fromkeys(done, PROOF)).next
    assert (path.not_yet is not None) is (path.next is PathStep.REVERSE_SHADOW)


def test_not_yet_says_who_said_it_and_what_to_do() -> None:
    step = step_of({PathStep.GUIDE, PathStep.PRACTISE, PathStep.SHADOW}, not_yet=PROOF)
    assert step is not None
    assert (step.title, step.word, step.page) == ("Reverse shadow once more: Safety", "Not yet", Page.PATH)
    assert step.text.startswith("Ben said “not yet”")


def test_what_can_be_done_at_once_comes_before_what_others_give() -> None:
    asks = step_of({PathStep.GUIDE, PathStep.PRACTISE})
    told = step_of({PathStep.GUIDE, PathStep.PRACTISE, PathStep.SHADOW}, not_yet=PROOF)
    waits, rates, reads = step_of({PathStep.GUIDE}), step_of({PathStep.GUIDE}, Practice("f")), step_of(set())
    order = [one for one in (reads, rates, told, asks, waits) if one is not None]
    for number, one in enumerate(order):
        assert first_of(reversed(order[number:])) == one
    assert first_of([]) is None
