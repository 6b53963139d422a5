"""Steps of the public side: incumbents and their word, a second version, questions, something to be different."""

import re

from tests.journeys.steps_opening import PUBLIC, TITLE
from tests.journeys.visitor import Visitor

QUESTION = "Are the two late shifts always on the same days?"


def look_at_beginnings(manager: Visitor, opening: str) -> None:
    """See what a disclosure can start from beside the template, without starting it."""
    manager.open(f"{opening}/disclosure")
    manager.follow("Start from another opening")
    manager.open(f"{opening}/disclosure")
    manager.follow("Start from a posting you have")


def read_all_of_it_in_public(public: Visitor) -> None:
    """Read the pages beside the disclosure, and one that is not there."""
    for page in ("versions", "versions/1/changes", "interviews", "preparation", "questions"):
        public.open(f"{PUBLIC}/{page}")
    public.open("/careers/nothing/here", status=404)
    public.follow(re.compile("openings", re.IGNORECASE))


def those_in_the_role_say_so(manager: Visitor, incumbent: Visitor, opening: str) -> None:
    """Mark somebody as being in the role, who then confirms what the disclosure says; one alone is not counted."""
    manager.open(f"{opening}/disclosure/incumbents")
    manager.answer("Who else does this work now?", incumbent.name)
    manager.press("Mark as in the role")
    incumbent.open(f"{opening}/disclosure/attestation")
    incumbent.choose("It is true")
    incumbent.press("Save what I say")
    manager.open(f"{opening}/disclosure/accuracy")


def publish_another_version(manager: Visitor, opening: str) -> None:
    """Change one answer, look at what that changes for candidates, and publish it."""
    manager.open(f"{opening}/disclosure/workload")
    # What was typed there before and refused is still in the form.
    manager.page.locator("[name='interruptions-0-per_hour']").fill("4")
    manager.page.locator("[id='workload.on-call'] > summary").click()
    manager.page.locator("[name='on-call-none_reason']").fill("")
    manager.page.locator("[name='on-call-0-value']").fill("One weekend in six, by telephone, and it is paid.")
    manager.press("Save this section")
    manager.open(f"{opening}/disclosure/review")
    manager.open(f"{opening}/disclosure")
    manager.press("Publish")
    manager.open(f"{opening}/disclosure/versions")
    manager.open(f"{opening}/disclosure/differences?before=1&after=2")


def hear_of_the_change(candidate: Visitor, link: str) -> None:
    """See what is different from the version that was read, and say that the new one was read too."""
    candidate.open(f"{link}/changes")
    candidate.reads("One weekend in six")
    candidate.press("I have read what changed")


def ask(candidate: Visitor, link: str) -> None:
    """Ask about the disclosure, and for something to be different."""
    candidate.open(f"{link}/questions")
    candidate.answer("Your question", QUESTION)
    candidate.press("Send the question")
    candidate.open(f"{link}/accommodations")
    candidate.answer("What should be different?", "Captions, please.")
    candidate.press("Send it to the coordinators")


def answer_for_everybody(coordinator: Visitor, public: Visitor, opening: str, application: str) -> None:
    """Answer the question in public, and look at what is to be different."""
    coordinator.open(f"{opening}/questions")
    coordinator.follow(re.compile("Answer"))
    coordinator.answer("Answer", "Always on Tuesdays and Thursdays.")
    coordinator.choose(re.compile("Everybody"))
    coordinator.answer("The question, in your own words", "Are late shifts on fixed days?")
    coordinator.press("Send the answer")
    coordinator.open(f"{application}/accommodations")
    public.open(f"{PUBLIC}/questions")
    public.reads("Always on Tuesdays and Thursdays.")
    public.does_not_read(QUESTION)


def compare(manager: Visitor, opening: str) -> None:
    """Look at role profiles, and set one beside the opening."""
    manager.open("/library/profiles/new")
    manager.open("/library/profiles")
    manager.follow(re.compile("manager", re.IGNORECASE), within=manager.page.locator("main"))
    profile = manager.path.rsplit("/", 1)[-1]
    manager.open(f"/library/comparison?with={opening.rsplit('/', 1)[-1]}&with={profile}")
    manager.reads(TITLE)


def say_whether_it_was_true(hired: Visitor, link: str) -> None:
    """A month after the hire, find the question on the personal page."""
    hired.open(link)
    hired.open(f"{link}/truth")
    hired.reads("true")
