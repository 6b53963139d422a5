"""Steps of learning to lead: the guide, the path, the comparison with the lead, the sign-off, credit for past work."""

import re

from tests.journeys.visitor import Visitor


def read_the_guide(learner: Visitor) -> None:
    """Read the guide that one's own path begins with, and say so."""
    learner.open("/calibration/path")
    learner.follow("Read the guide")
    learner.reads("What earns each rating", "Positive signals")
    learner.press("I have read it")
    learner.reads("My calibration")


def credit_past_work(manager: Visitor, team: str, name: str, reason: str) -> None:
    """Credit somebody with what they have done before, from the paths of the team."""
    manager.open("/calibration")
    manager.follow(team)
    manager.follow("How far each is on the path to leading")
    manager.follow(name)
    manager.press("Credit it", status=422)
    manager.choose(re.compile("^Shadow: "))
    manager.answer("Why", reason)
    manager.press("Credit it")
    manager.reads("Credited", reason)


def compare_with_the_lead(learner: Visitor, scorecard: str, lead: str, *evidence: str) -> None:
    """Open the scorecards from the page that compares them, and read both sides."""
    learner.open(scorecard)
    learner.follow("Yours beside the lead’s")
    learner.press("Open the scorecards")
    learner.reads(f"higher than {lead}", "No sign-off yet", *evidence)


def sign_off(lead: Visitor, scorecard: str, reason: str) -> None:
    """Say, as the lead, that somebody may lead."""
    lead.open(f"{scorecard}/comparison")
    lead.press("Sign off", status=422)
    lead.choose(re.compile("^Yes, they may lead"))
    lead.answer("Reason", reason)
    lead.press("Sign off")
    lead.reads("May lead", reason)


def find_it_on_the_path(learner: Visitor, by: str) -> None:
    """Find the sign-off on one's own path."""
    learner.open("/calibration/path")
    learner.reads(f"Signed off by {by}")
