"""Steps of debriefs: opening what is sealed, the gate, the decision by the rule and against it, and the record."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor


def is_sealed_for(manager: Visitor, debrief: str, *secrets: str) -> None:
    """Find who is missing, and no rating."""
    manager.open(debrief)
    manager.reads("What is missing")
    manager.does_not_read(*secrets)
    assert manager.page.get_by_role("button", name="Open the scorecards").count() == 0


def open_the_scorecards(reader: Visitor, debrief: str, *evidence: str) -> None:
    """Open the scorecards, which is recorded, and read them."""
    reader.open(debrief)
    reader.press("Open the scorecards")
    for fold in reader.page.get_by_role("region", name="The evidence").locator("details").all():
        fold.evaluate("one => one.open = true")
    reader.reads("see all ratings now", *evidence)


def an_offer_waits_for_the_gate(manager: Visitor, debrief: str, competency: str) -> None:
    """Find the gate open: only a decline can be decided."""
    manager.open(debrief)
    manager.reads(f"Open gate: {competency}", "Ratings never close a gate")
    form = manager.page.get_by_role("form", name="Decide")
    assert form.get_by_role("radio").count() == 1
    expect(form.get_by_role("radio", name=re.compile("Decline"))).to_be_visible()


def clear_the_gate(manager: Visitor, debrief: str, competency: str, reason: str) -> None:
    """Close the gate with a reason; without one it stays open."""
    manager.open(debrief)
    form = manager.page.get_by_role("form", name=f"Close the gate {competency}")
    form.get_by_role("radio", name=re.compile("^Cleared")).check()
    manager.press(f"Close the gate {competency}", status=422)
    form.get_by_label("Reason").fill(reason)
    manager.press(f"Close the gate {competency}")
    manager.reads(f"Cleared gate: {competency}", reason)


def read_the_matrix(manager: Visitor, ratings: dict[str, list[str]]) -> None:
    """Find all ratings of each competency side by side."""
    matrix = manager.page.get_by_role("region", name="All ratings").get_by_role("table")
    for competency, given in ratings.items():
        row = matrix.get_by_role("row").filter(has_text=competency)
        shown = [text for text in row.locator("b").all_inner_texts() if text.isdigit()]
        assert shown == given, f"{competency}: {shown}"


def decide_by_the_rule(manager: Visitor, debrief: str, reason: str) -> None:
    """Make the offer that the rule allows."""
    manager.open(debrief)
    manager.reads("The rule says: meets the bar")
    manager.press("Record the decision", status=422)
    _propose(manager, "offer", reason)
    manager.reads("The decision is made", "as the rule says", reason)


def hire(coordinator: Visitor, debrief: str) -> None:
    """Carry the decision out: the offer goes out and is accepted."""
    coordinator.open(debrief)
    coordinator.press("Record that the offer went out")
    coordinator.open(debrief)
    coordinator.press("Record that the offer was accepted")
    coordinator.reads("Hired")


def open_early(manager: Visitor, debrief: str, reason: str) -> None:
    """Open the debrief before all are in, with a reason."""
    manager.open(debrief)
    manager.follow("Open the debrief early, with a reason")
    manager.press("Open the debrief early", status=422)
    manager.answer("Why can it not wait?", reason)
    manager.press("Open the debrief early")


def decide_against_the_rule(manager: Visitor, second: Visitor, debrief: str, reason: str, agreement: str) -> None:
    """Propose an offer that the rule does not give; it is made when a second manager agrees."""
    manager.open(debrief)
    manager.reads("The rule says: incomplete")
    _propose(manager, "offer", reason)
    manager.reads("It is made once a second manager of the team agrees", "It waits for another manager of the team")
    second.open(debrief)
    if second.page.get_by_role("button", name="Open the scorecards").count():
        second.press("Open the scorecards")
    second.page.get_by_label("I agree, and the decision is made").check()
    second.press("Send your answer", status=422)
    second.page.get_by_label("I agree, and the decision is made").check()
    second.answer("Your reasons", agreement)
    second.press("Send your answer")
    second.reads("against the rule", reason, agreement)


def _propose(manager: Visitor, verdict: str, reason: str) -> None:
    form = manager.page.get_by_role("form", name="Decide")
    form.get_by_role("radio", name=re.compile(verdict, re.IGNORECASE)).check()
    form.get_by_label("Reasons").fill(reason)
    manager.press("Record the decision")
