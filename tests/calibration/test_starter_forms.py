"""The forms of the starter pack judge alike: each passes its checks, a retry is no easier, and halo shows on all."""

import statistics
from collections.abc import Callable

import pytest

from hiringkit.calibration.rules.forms import ExerciseForm, form_problems, profile_sd, unsafe_cells
from hiringkit.calibration.rules.packed import packed_form
from hiringkit.calibration.rules.passing import Attempt, StageOutcome, decide
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.library.packs import STARTER_PACK, load_pack, shipped_pack_text
from tests.calibration.strategies import Grid

STARTER = load_pack(shipped_pack_text(STARTER_PACK), STARTER_PACK)
FORMS = {(one.set, one.form): packed_form(STARTER, one) for one in STARTER.exercises}
FIRST_BLOCK = DEFAULT_POLICY.form.first_block
Rater = Callable[[list[int]], list[int]]


def level(row: list[int]) -> list[int]:
    """Rate an answer's competencies all alike, by the impression of the whole."""
    return [round(statistics.fmean(row))] * len(row)


def one_lower(row: list[int]) -> list[int]:
    return [max(1, rating - 1) for rating in row]


def towards_the_middle(row: list[int]) -> list[int]:
    return [round(4 + 0.4 * (rating - 4)) for rating in row]


def attentive(row: list[int]) -> list[int]:
    """See what is unsafe, and miss every third rating by a point."""
    return [rating if rating == 1 else min(7, rating + (place % 3 == 0)) for place, rating in enumerate(row)]


def first_block(form: ExerciseForm) -> Grid:
    return [list(row) for row in form.gold[:FIRST_BLOCK]]


def outcome(form: ExerciseForm, rater: Rater) -> StageOutcome:
    gold = first_block(form)
    unsafe = [cell for cell in unsafe_cells(form, DEFAULT_POLICY) if cell[0] < FIRST_BLOCK]
    return decide(Attempt(form.points, FIRST_BLOCK, gold, [rater(row) for row in gold], unsafe), DEFAULT_POLICY).result


@pytest.mark.parametrize("key", sorted(FORMS))
def test_every_form_passes_the_checks_of_the_default_policy(key: tuple[str, str]) -> None:
    assert form_problems(FORMS[key], DEFAULT_POLICY) == ()


@pytest.mark.parametrize("key", sorted(FORMS))
@pytest.mark.parametrize(
    ("rater", "passes"), [(attentive, True), (level, False), (one_lower, False), (towards_the_middle, False)]
)
def test_every_form_tells_a_good_rater_from_halo_severity_and_timidity(
    key: tuple[str, str], rater: Rater, passes: bool
) -> None:
    assert (outcome(FORMS[key], rater) is StageOutcome.PASS) == passes


@pytest.mark.parametrize("key", [one.key for one in STARTER.competency_sets])
def test_the_forms_of_a_set_are_parallel(key: str) -> None:
    a, b = FORMS[key, "A"], FORMS[key, "B"]
    for ours, theirs in zip(zip(*a.gold, strict=True), zip(*b.gold, strict=True), strict=True):
        assert statistics.fmean(ours) == pytest.approx(statistics.fmean(theirs), abs=0.25)
    cells = [[rating for row in form.gold for rating in row] for form in (a, b)]
    assert statistics.pstdev(cells[0]) == pytest.approx(statistics.pstdev(cells[1]), abs=0.1)
    assert profile_sd(a.gold) == pytest.approx(profile_sd(b.gold), abs=0.35)
    unsafe = [[cell for cell in unsafe_cells(form, DEFAULT_POLICY) if cell[0] < FIRST_BLOCK] for form in (a, b)]
    assert len(unsafe[0]) == len(unsafe[1])
    assert a.gold != b.gold


@pytest.mark.parametrize("key", sorted(FORMS))
def test_every_form_holds_answers_that_are_strong_on_one_competency_and_weak_on_another(key: tuple[str, str]) -> None:
    mixed = [row for row in FORMS[key].gold if min(row) <= 2 and max(row) >= 5]
    assert len(mixed) >= FIRST_BLOCK - 1
