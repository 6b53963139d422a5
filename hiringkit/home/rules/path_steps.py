"""The one next step of a path, for the person who walks it, and which of several paths to go on with."""

from collections.abc import Iterable
from dataclasses import replace

from hiringkit.calibration.rules.path import Path, PathStep, Practice, Proof
from hiringkit.home.rules.steps import Page, Step, Urgency

ASK = "A manager or coordinator of your team gives you the place. Tell them that you are ready."
NO_FORM = (
    "No form of its exercise is open to you: a form that you rate as an expert never is, "
    "and others come with a pack or are published by the experts of your site."
)


def path_step(name: str, set_id: str, path: Path, practice: Practice | None, first_day: str = "") -> Step | None:
    """Return the next step on a set, or None for who leads; `set_id`: its public id.

    `practice`: how to practise on it today, None where no form of it is for them. `first_day`: in words,
    the day before which they cannot. What others have to
    give first, a place on a panel, is urgent as something to wait for is.

    >>> from hiringkit.calibration.rules.path import path_of
    >>> path_step("Safety", "s1", path_of({}), None).title
    'Read the guide: Safety'
    """
    match path.next:
        case None:
            return None
        case PathStep.GUIDE:
            text = "It takes a few minutes, and everything else builds on it."
            step = Step(Urgency.LEARN, f"Read the guide: {name}", text, "Read the guide", Page.GUIDE, set_id)
        case PathStep.PRACTISE:
            step = _practice_step(name, practice, first_day)
        case PathStep.SHADOW:
            step = Step(Urgency.WAIT, f"Shadow: {name}", ASK, "Your interviews", Page.INTERVIEWS)
        case PathStep.REVERSE_SHADOW:
            step = _watched_step(name, set_id, path.not_yet)
        case PathStep.LEAD:
            text = "You may lead while your calibration holds. Tell a manager or coordinator that you are ready."
            step = Step(Urgency.WAIT, f"Lead: {name}", text, "See where you stand", Page.CALIBRATION)
    return step if step.word else replace(step, word="Next")


def _practice_step(name: str, practice: Practice | None, first_day: str) -> Step:
    title = f"Practise: {name}"
    if practice is None:
        return Step(Urgency.NOTHING, title, NO_FORM, word="No form for you", shape="none")
    if practice.attempt is not None:
        text = "You are in the middle of it. Everything you saved is there."
        return Step(Urgency.LEARN, title, text, "Go on rating", Page.ATTEMPT, practice.attempt)
    if practice.wait is not None:
        text = f"{practice.wait.words} {first_day}."
        return Step(Urgency.NOTHING, title, text, word=f"Not before {first_day}", shape="none")
    text = "Rate written answers blind. You can stop and go on at any time."
    return Step(Urgency.LEARN, title, text, "Look and start", Page.FORM, practice.form)


def _watched_step(name: str, set_id: str, not_yet: Proof | None) -> Step:
    if not_yet is None:
        return Step(Urgency.WAIT, f"Reverse shadow: {name}", ASK, "Your interviews", Page.INTERVIEWS)
    title = f"Reverse shadow once more: {name}"
    text = f"{not_yet.by} said “not yet” and wrote what to work on. Tell a manager or coordinator when you are ready."
    return Step(Urgency.WAIT, title, text, "Read what they said", Page.PATH, set_id, "Not yet", "due")


def first_of(steps: Iterable[Step]) -> Step | None:
    """Return the step to take first: what can be done at once, in the order of a path, then what was answered.

    >>> ask, read = Step(Urgency.WAIT, "Shadow"), Step(Urgency.LEARN, "Read", page=Page.GUIDE)
    >>> first_of([ask, read]).title
    'Read'
    """
    return min(steps, key=lambda step: (step.urgency, step.page not in {Page.GUIDE, Page.PATH}), default=None)
