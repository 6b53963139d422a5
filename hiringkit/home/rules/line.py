"""The way of an opening from its disclosure to the decision, in one sentence each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.debriefs.rules.deciding import Verdict
from hiringkit.home.rules.facts import ApplicationFacts, OpeningFacts

PAST, NOW, LATER = "past", "now", ""


@dataclass(frozen=True)
class LineStep:
    """One step of the way: its name, where it leads, a sentence, and whether it is past, under way or neither."""

    label: str
    key: str
    sentence: str
    phase: str


@dataclass(frozen=True)
class Readiness:
    """What the line says of disclosure and loop, in words, and how many may lead: people in all, and by stage."""

    disclosure: str
    loop: str
    people: int
    leaders: int
    by_stage: Sequence[int]


def line_of(opening: OpeningFacts, ready: Readiness, at: datetime) -> list[LineStep]:
    """Return the steps of an opening in order."""
    return [
        LineStep("Disclosure", "disclosure", ready.disclosure, PAST if opening.disclosure is not None else NOW),
        LineStep("Loop", "loop", ready.loop, PAST if opening.stages else NOW),
        _calibration(ready),
        _interviews(opening.applications, at),
        _debriefs(opening.applications),
        _decisions(opening),
    ]


def _calibration(ready: Readiness) -> LineStep:
    staffed = bool(ready.by_stage) and all(ready.by_stage)
    phase = PAST if staffed else NOW if ready.leaders else LATER
    sentence = f"{ready.leaders} of {ready.people} people may lead a stage" if ready.people else "Nobody can rate yet"
    return LineStep("Calibration", "people", sentence, phase)


def _interviews(applications: Sequence[ApplicationFacts], at: datetime) -> LineStep:
    booked = [interview for one in applications for interview in one.interviews]
    if not booked:
        return LineStep("Interviews", "candidates", "None booked", LATER)
    over = sum(interview.ends_at <= at for interview in booked)
    alone = sum(bool(interview.lacks) and interview.ends_at > at for interview in booked)
    parts = [f"{over} of {len(booked)} over"]
    if alone:
        parts.append(f"{alone} without a full panel")
    open_ones = [one for one in applications if one.is_active]
    is_done = over == len(booked) and not any(one.to_book for one in open_ones)
    return LineStep("Interviews", "candidates", ", ".join(parts), PAST if is_done else NOW)


def _debriefs(applications: Sequence[ApplicationFacts]) -> LineStep:
    waiting = sum(one.state is ApplicationState.IN_DEBRIEF for one in applications)
    closed = sum(one.verdict is not None for one in applications)
    if not waiting and not closed:
        return LineStep("Debriefs", "candidates", "None yet", LATER)
    words = [f"{waiting} open"] if waiting else []
    words += [f"{closed} closed"] if closed else []
    return LineStep("Debriefs", "candidates", ", ".join(words), NOW if waiting else PAST)


def _decisions(opening: OpeningFacts) -> LineStep:
    offers = sum(one.verdict is Verdict.OFFER for one in opening.applications)
    declined = sum(one.verdict is Verdict.DECLINE for one in opening.applications)
    if opening.hired:
        phase = PAST if opening.hired >= opening.posts else NOW
        return LineStep("Decision", "candidates", f"{opening.hired} of {opening.posts} hired", phase)
    if not offers and not declined:
        return LineStep("Decision", "candidates", "None yet", LATER)
    words = [f"{offers} to offer"] if offers else []
    words += [f"{declined} to decline"] if declined else []
    return LineStep("Decision", "candidates", ", ".join(words), NOW)
