"""A calibration exercise is refused for each reason of SCIENCE 1.2, with its figure."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from hiringkit.library.rules.exercises import exercise_findings, profile_sd, third_of_scale
from hiringkit.library.rules.finding import printed_path
from hiringkit.library.rules.parsing import parse_pack
from tests.library import made

Pack = dict[str, Any]


def _messages(change: Callable[[Pack], object]) -> list[tuple[str, str]]:
    pack = made.pack()
    change(pack)
    return [(printed_path(one.path), one.message) for one in exercise_findings(parse_pack(pack))]


def _rate(pack: Pack, rule: Callable[[int, int, int], int]) -> None:
    """Replace every reference rating by rule(response, competency, present rating)."""
    for number, response in enumerate(pack["exercises"][0]["responses"]):
        for place, key in enumerate(made.KEYS):
            gold = response["gold"][key]
            gold["rating"] = rule(number, place, gold["rating"])


def test_the_small_exercise_is_valid() -> None:
    assert _messages(lambda pack: pack) == []


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (lambda pack: pack["exercises"][0].update(set="half"), "exercises[0].set", "no competency set “half”"),
        (
            lambda pack: pack["exercises"][0]["responses"][1].update(scenario="rush"),
            "exercises[0].responses[1].scenario",
            "no scenario “rush”",
        ),
        (
            lambda pack: pack["exercises"][0]["responses"][1]["gold"].pop("flow"),
            "exercises[0].responses[1].gold",
            "no reference rating for flow",
        ),
        (
            lambda pack: pack["exercises"][0]["responses"][1]["gold"].update(speed={"rating": 1, "rationale": "x"}),
            "exercises[0].responses[1].gold.speed",
            "not in the set",
        ),
        (
            lambda pack: pack["exercises"][0]["responses"][1]["gold"]["flow"].update(rating=8),
            "exercises[0].responses[1].gold.flow.rating",
            "8 is above the scale",
        ),
        (
            lambda pack: pack["exercises"][0]["responses"].pop(),
            "exercises[0].responses",
            "block 2 has 3 responses, 4 are needed",
        ),
        (
            lambda pack: pack["exercises"][0]["responses"][0].update(block=2),
            "exercises[0].responses",
            "block 1 has 7 responses, 8 are needed",
        ),
    ],
)
def test_an_exercise_that_refers_to_nothing_is_refused(
    change: Callable[[Pack], object], place: str, words: str
) -> None:
    found = _messages(change)
    assert any(path == place and words in message for path, message in found), found


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (lambda i, j, g: 3 + (i + j) % 2 if g > 2 else g, ["in the high third"]),
        (lambda _i, _j, g: 4 if g in {1, 3} else g, ["in the low third", "unsafe cells"]),
        (lambda _i, _j, g: 2 if 2 < g < 6 else g, ["in the middle third"]),
        (lambda i, _j, _g: (2, 4, 6)[i % 3], ["profiles are flat", "0 unsafe cells"]),
        (lambda i, j, _g: 3 + (i + j) % 3, ["SD of 0.82", "low third", "high third", "0 unsafe cells"]),
        (lambda i, j, g: 3 if g > 4 and j < 3 and i < 8 else g, ["0 clear cells"]),
        (lambda i, _j, g: 2 if g == 1 and i < 8 else g, ["0 unsafe cells"]),
    ],
)
def test_a_form_whose_figures_are_too_weak_is_refused(rule: Callable[[int, int, int], int], words: list[str]) -> None:
    found = [message for _, message in _messages(lambda pack: _rate(pack, rule))]
    assert len(found) >= len(words)
    for word in words:
        assert any(word in message for message in found), found


def _add_form(pack: Pack, letter: str, answer: str = "That.") -> None:
    """Add a form whose answers are all `answer` but for the last, which the first form has too."""
    first = pack["exercises"][0]
    responses = [{**one, "key": f"s{number}", "response": answer} for number, one in enumerate(first["responses"])]
    responses[-1]["response"] = first["responses"][0]["response"]
    pack["exercises"].append({**first, "key": "all-b", "form": letter, "responses": responses})


def test_a_parallel_form_has_its_own_letter_and_shares_no_answer() -> None:
    shared = "this answer is in “all-a” too; whoever has seen its reference would meet it again"
    assert _messages(lambda pack: _add_form(pack, "B")) == [("exercises[1].responses[11].response", shared)]
    assert _messages(lambda pack: _add_form(pack, "A")) == [
        ("exercises[1].form", "the set “all” has a form A already"),
        ("exercises[1].responses[11].response", shared),
    ]


def test_unsafe_cells_of_the_reserve_do_not_count() -> None:
    found = _messages(lambda pack: _rate(pack, lambda i, j, g: 2 if g == 1 and i < 8 else 1 if i > 7 and j < 3 else g))
    assert [message for _, message in found] == [
        "block 1 has 0 unsafe cells (reference 1, safety-critical), 4 are needed"
    ]


def test_a_set_without_safety_critical_competencies_needs_no_unsafe_cells() -> None:
    def change(pack: Pack) -> None:
        for one in pack["competencies"]:
            one["safety_critical"] = False
        _rate(pack, lambda _i, _j, g: 2 if g == 1 else g)

    assert _messages(change) == []


@pytest.mark.parametrize(
    ("points", "thirds"),
    [
        (7, ["low", "low", "middle", "middle", "middle", "high", "high"]),
        (5, ["low", "low", "middle", "high", "high"]),
    ],
)
def test_the_thirds_of_a_scale(points: int, thirds: list[str]) -> None:
    assert [third_of_scale(rating, points) for rating in range(1, points + 1)] == thirds


@pytest.mark.parametrize(
    ("grid", "expected"),
    [([[4, 4], [2, 2]], 0.0), ([[1, 3], [3, 1]], 1.0), ([[1, 2, 3], [5, 6, 7]], 0.0), ([[1, 7], [7, 1]], 3.0)],
)
def test_the_profile_sd_leaves_out_rows_and_columns(grid: Sequence[Sequence[int]], expected: float) -> None:
    assert profile_sd(grid) == pytest.approx(expected)
