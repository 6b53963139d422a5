"""The applications of the demo as they are written down in texts: who, when, what was seen, and what was true."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from hiringkit.candidates.rules.truth import TruthWord
from hiringkit.demo.days import Day
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.foundation.yamltext import read_yaml
from hiringkit.interviews.rules.assigning import AssignmentRole

NEXT = "next"
APPLICATIONS, COORDINATORS = "applications", "coordinators"
"""The folders: those on the opening that is hired for now, and those on the one that was filled before."""


@dataclass(frozen=True)
class Line:
    """One rating with its evidence."""

    competency: str
    points: int
    evidence: str


@dataclass(frozen=True)
class Place:
    """One place on a panel, and how far its scorecard is: submitted, saved as a draft, or not begun."""

    who: str
    role: AssignmentRole
    waiver: str
    is_answered: bool
    submits: Day | None
    drafts: Day | None
    note: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Talk:
    """One interview; `starts` is None for the one that is next."""

    stage: str
    booked: Day
    starts: Day | None
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Step:
    """One thing that somebody does in a debrief, or with what was decided in it."""

    at: Day
    who: str
    does: str
    verdict: str
    competency: str
    reason: str


@dataclass(frozen=True)
class Answer:
    """What a hire says of the disclosure after 30 or 90 days, by section."""

    at: Day
    is_shared: bool
    drafts: Mapping[str, WordDraft]


@dataclass(frozen=True)
class Story:
    """One candidate's application from the day on which it was added."""

    name: str
    email: str
    zone: str
    added: Day
    informed: Day | None
    acknowledged: Day | None
    withdraws: Day | None
    talks: tuple[Talk, ...]
    steps: tuple[Step, ...]
    answers: tuple[Answer, ...]


def read_stories(name: str = APPLICATIONS) -> list[Story]:
    """Return every application of a folder, in the order of their file names."""
    folder = files("hiringkit.demo").joinpath("texts", name)
    texts = sorted((one.name, one.read_text("utf-8")) for one in folder.iterdir() if one.name.endswith(".yaml"))
    return [_story(read_yaml(text, name).data) for name, text in texts]


def _story(stored: Mapping[str, Any]) -> Story:
    return Story(
        name=stored["name"],
        email=stored["email"],
        zone=stored["zone"],
        added=_day(stored["added"]),
        informed=_maybe_day(stored.get("informed")),
        acknowledged=_maybe_day(stored.get("acknowledged")),
        withdraws=_maybe_day(stored.get("withdraws")),
        talks=tuple(_talk(one) for one in stored.get("interviews", ())),
        steps=tuple(_step(one) for one in stored.get("debrief", ())),
        answers=tuple(_answer(one) for one in stored.get("answers", ())),
    )


def _day(stored: Any) -> Day:
    ago, clock = stored
    return int(ago), str(clock)


def _maybe_day(stored: Any) -> Day | None:
    return None if stored is None else _day(stored)


def _talk(stored: Mapping[str, Any]) -> Talk:
    starts = None if stored["starts"] == NEXT else _day(stored["starts"])
    places = tuple(_place(one) for one in stored["panel"])
    return Talk(stored["stage"], _day(stored["booked"]), starts, places)


def _place(stored: Mapping[str, Any]) -> Place:
    return Place(
        who=stored["who"],
        role=AssignmentRole(stored["role"]),
        waiver=stored.get("waiver", "").strip(),
        is_answered=stored.get("answered", True),
        submits=_maybe_day(stored.get("submits")),
        drafts=_maybe_day(stored.get("drafts")),
        note=stored.get("note", ""),
        lines=tuple(Line(key, points, text) for key, (points, text) in stored.get("ratings", {}).items()),
    )


def _step(stored: Mapping[str, Any]) -> Step:
    return Step(
        at=_day(stored["at"]),
        who=stored["who"],
        does=stored["does"],
        verdict=stored.get("verdict", ""),
        competency=stored.get("competency", ""),
        reason=stored.get("reason", "").strip(),
    )


def _answer(stored: Mapping[str, Any]) -> Answer:
    drafts = {key: WordDraft(TruthWord.TRUE.value) for key in stored["holds"]}
    for key, one in stored.get("partly", {}).items():
        drafts[key] = WordDraft(TruthWord.PARTLY.value, one["field"], one["note"].strip())
    return Answer(_day(stored["at"]), stored["shared"], drafts)
