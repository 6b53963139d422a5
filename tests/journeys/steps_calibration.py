"""Steps of calibration: rating an exercise blind, well or with an unsafe answer missed, and its result."""

import functools
import re
from collections.abc import Callable, Mapping

from hiringkit.library.packs import STARTER_PACK, load_pack, shipped_pack_text
from tests.journeys.visitor import Visitor

Judge = Callable[[int, int], int]
"""Gives a rating from the reference and the number of the rating within the attempt."""
JUDGEMENT, OPERATIONS = "Safety and judgement", "Operations and improvement"


def honest(gold: int, number: int) -> int:
    """Rate as an attentive person does: mostly the same, now and then a point away, and what is unsafe as unsafe."""
    drift = {3: 1, 8: -1}.get(number % 10, 0)
    return gold if gold == 1 else min(7, max(2, gold + drift))


def careless(gold: int, number: int) -> int:
    """Rate well, but see nothing wrong with what is unsafe."""
    return 5 if gold == 1 else honest(gold, number)


def become_calibrated(visitor: Visitor, exercise: str) -> None:
    """Rate form A of an exercise as an honest person, and pass."""
    result = _attempt(visitor, exercise, honest)
    visitor.reads("You may be lead or second", "Calibrated on drafted gold")
    assert not result.startswith("Not yet")


def miss_what_is_unsafe(visitor: Visitor, exercise: str) -> None:
    """Rate unsafe answers as good ones: it ends “not yet”, and says why."""
    result = _attempt(visitor, exercise, careless)
    assert re.fullmatch(r"Not yet: you rated .*unsafe answers? 4 or more", result)
    visitor.reads("you may shadow")
    visitor.open("/calibration")
    visitor.reads("In training")


def save_half_and_go_on(visitor: Visitor, exercise: str) -> None:
    """Keep one rating without a word on it, go away, and find it again."""
    _begin(visitor, exercise)
    name = next(iter(_gold_shown(visitor)))
    _rate(visitor, name, 4)
    visitor.press("Save and stop")
    visitor.open("/calibration")
    visitor.follow("Go on rating")
    visitor.reads("0 of 8 responses are rated")


def see_the_teams_standings(manager: Visitor, team: str) -> None:
    """Read, as a manager, who is calibrated and until when."""
    manager.open("/calibration")
    manager.follow(team)
    manager.reads("Calibrated", "In training", "What runs out")


def _attempt(visitor: Visitor, exercise: str, judge: Judge) -> str:
    """Rate until the attempt is decided, and return the headline of its result."""
    if not visitor.heading.endswith("responses are rated"):
        _begin(visitor, exercise)
    else:
        visitor.follow("Rate it")
    rated = 0
    while True:
        while visitor.heading.startswith("Response"):
            for name, gold in _gold_shown(visitor).items():
                _rate(visitor, name, judge(gold, rated), "It says so in these words.")
                rated += 1
            visitor.does_not_read("Reference")
            visitor.press(re.compile("^Save and (next|check)$"))
        visitor.press("Submit")
        if not visitor.heading.startswith("Close to the line"):
            return visitor.heading
        visitor.follow("Rate it")


def _begin(visitor: Visitor, exercise: str) -> None:
    visitor.open("/calibration")
    row = visitor.page.get_by_role("listitem").filter(has_text=exercise)
    visitor.follow("Look and start", within=row)
    visitor.press("Start with response 1")


def _rate(visitor: Visitor, competency: str, point: int, words: str = "") -> None:
    asked = visitor.page.get_by_role("group", name=competency)
    asked.get_by_role("radio", name=re.compile(rf"^{point}\b")).check()
    asked.get_by_role("textbox").fill(words)


def _gold_shown(visitor: Visitor) -> Mapping[str, int]:
    """Return the reference ratings of the answer on the page, by competency."""
    shown = visitor.page.get_by_role("region", name="The question").locator(".typed").inner_text()
    return _gold()[" ".join(shown.split())]


@functools.cache
def _gold() -> Mapping[str, Mapping[str, int]]:
    """Return the reference ratings of every answer of the starter pack, by its words and by competency."""
    pack = load_pack(shipped_pack_text(), STARTER_PACK)
    names = {one.key: one.name for one in pack.competencies}
    return {
        " ".join(answer.response.split()): {names[key]: gold.rating for key, gold in answer.gold.items()}
        for exercise in pack.exercises
        for answer in exercise.responses
    }
