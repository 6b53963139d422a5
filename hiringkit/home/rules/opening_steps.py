"""The one next step of an opening, for a manager or a coordinator of its team."""

from datetime import datetime

from hiringkit.home.rules.application_steps import application_step
from hiringkit.home.rules.facts import OpeningFacts
from hiringkit.home.rules.steps import Page, Step, Urgency
from hiringkit.openings.rules import OpeningState

AT_REST = {OpeningState.PAUSED: "none", OpeningState.FILLED: "seal", OpeningState.CLOSED: "off"}
"""States in which an opening without active applications asks for nothing, with the shape beside the word."""


def opening_step(opening: OpeningFacts, at: datetime) -> Step:
    """Return the most urgent step of an opening: its preparation, else that of its applications.

    >>> from datetime import UTC
    >>> new = OpeningFacts("o", "Lead", OpeningState.DRAFT, posts=1, manages=True)
    >>> opening_step(new, datetime(2026, 11, 24, tzinfo=UTC)).title
    'Publish the disclosure'
    """
    is_idle = not any(one.is_active for one in opening.applications)
    if opening.state in AT_REST and is_idle:
        word, text = opening.state.value.capitalize(), f"This opening is {opening.state.value}."
        return Step(Urgency.NOTHING, "Nothing for you", text, word=word, shape=AT_REST[opening.state])
    lacking = _lacking(opening)
    if lacking is not None:
        return lacking if opening.manages else _left_to_managers(lacking)
    steps = [application_step(one, at, manages=opening.manages) for one in opening.applications if one.is_active]
    if opening.hired >= opening.posts and not any(step.is_mine for step in steps):
        return _filling(opening)
    if not steps:
        text = "Each of them reads the disclosure before the first interview."
        page, about = Page.CANDIDATES, opening.public_id
        return Step(Urgency.ADD, "Add a candidate", text, "Add a candidate", page, about, "No candidates")
    return min(steps, key=lambda step: step.urgency)


def _lacking(opening: OpeningFacts) -> Step | None:
    """Return what a manager has to get ready before there are candidates, or None."""
    about = opening.public_id
    if opening.disclosure is None:
        text, label = "Candidates read it before their first interview.", "Write the disclosure"
        word = "Disclosure is a draft"
        return Step(Urgency.PUBLISH, "Publish the disclosure", text, label, Page.DISCLOSURE, about, word)
    if not opening.stages:
        text, label = "It says who rates what, and by which rule you decide.", "Build the loop"
        return Step(Urgency.LOOP, "Put the loop in use", text, label, Page.LOOP, about, "Loop is a draft")
    if opening.state is OpeningState.DRAFT:
        text, label = "Disclosure and loop are ready.", "Look it over"
        return Step(Urgency.OPEN, "Open the opening", text, label, Page.OPENING, about, "Draft")
    return None


def _left_to_managers(step: Step) -> Step:
    title = f"A manager has to {step.title[0].lower()}{step.title[1:]}"
    return Step(Urgency.WAIT, title, word=step.word, shape="none")


def _filling(opening: OpeningFacts) -> Step:
    word, text = f"{opening.hired} of {opening.posts} hired", "Every post has somebody."
    if not opening.manages or opening.state is OpeningState.FILLED:
        return Step(Urgency.NOTHING, "Nothing for you", text, word=word, shape="done")
    page, about = Page.OPENING, opening.public_id
    return Step(Urgency.FILL, "Mark it as filled", text, "Open the opening", page, about, word, "done")
