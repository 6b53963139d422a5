"""Steps of interviews: booking, the panel with its refusals, and the scorecard until it is sealed."""

import re
from collections.abc import Mapping

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

SCENARIO = "Scenario discussion: quality versus throughput"
AUDIT = "Audit, QA and the feedback loop"


def book(coordinator: Visitor, application: str, stage: str, day: str, time: str) -> str:
    """Book a stage and return the address of the interview."""
    coordinator.open(f"{application}/interviews/new")
    coordinator.press("Book it", status=422)
    coordinator.choose(re.compile(f"^{re.escape(stage)}"))
    coordinator.fill({"Date": day, "Time": time})
    coordinator.press("Book it")
    coordinator.reads(f"{stage} is booked for")
    return coordinator.path


def give_places(coordinator: Visitor, interview: str, places: Mapping[str, str]) -> None:
    """Ask people onto a panel, by name and place."""
    coordinator.open(interview)
    for name, place in places.items():
        coordinator.press(f"{place} for {name}")
        coordinator.reads(f"{name} is asked to be")


def who_is_not_calibrated_can_only_shadow(coordinator: Visitor, interview: str, name: str) -> None:
    """Find the reason at the person, and no button but those for learning."""
    coordinator.open(interview)
    row = coordinator.page.get_by_role("listitem").filter(has_text=name)
    told = " ".join(row.inner_text().split())
    assert f"Can only shadow. {name} is still in training on Safety-first judgement." in told, told
    shadow, reverse = row.get_by_role("button").all()
    expect(shadow).to_have_accessible_name(f"Shadow for {name}")
    expect(reverse).to_have_accessible_name(f"Reverse shadow for {name}")


def waive_the_calibration(manager: Visitor, interview: str, name: str, reason: str) -> None:
    """Let somebody rate who is not calibrated; without a reason it is refused."""
    manager.open(interview)
    asked = manager.page.get_by_role("listitem").filter(has_text=name)
    asked.get_by_text(f"Waive the calibration of {name}").click()
    manager.press(f"Waive it, make second {name}", status=422)
    manager.answer("Why is it right here?", reason, within=asked)
    manager.press(f"Waive it, make second {name}")
    manager.reads("Waived.", reason)


def accept(interviewer: Visitor) -> None:
    """Accept every place that one is asked for."""
    interviewer.open("/interviews")
    while interviewer.page.get_by_text("You are asked").count():
        row = interviewer.page.get_by_role("listitem").filter(has_text="You are asked").first
        interviewer.follow(re.compile("^Open"), within=row)
        interviewer.press("Accept")
        interviewer.open("/interviews")


def open_the_kit(interviewer: Visitor, stage: str, candidate: str) -> str:
    """Open one's own interview kit from the list, and return the number that its addresses share."""
    interviewer.open("/interviews")
    row = interviewer.page.get_by_role("listitem").filter(has_text=f"{stage} with {candidate}")
    interviewer.follow(re.compile("^Open"), within=row)
    assert interviewer.heading == f"{stage} with {candidate}"
    return interviewer.path.rpartition("/")[2]


def cannot_submit_before_it_began(interviewer: Visitor, stage: str, candidate: str, ratings: Mapping[str, int]) -> None:
    """Write a whole scorecard ahead of the interview: it is kept, and cannot be sealed yet."""
    open_the_kit(interviewer, stage, candidate)
    _rate(interviewer, ratings, "Written before the interview, to try the page.")
    interviewer.press("Check and submit")
    interviewer.reads("A scorecard can be submitted once the interview has begun")
    assert interviewer.page.get_by_role("button", name="Submit and seal").is_disabled()


def nothing_is_lost_without_evidence(
    interviewer: Visitor, stage: str, candidate: str, ratings: Mapping[str, int]
) -> None:
    """Save a draft, then try to submit ratings without evidence: it is refused, and all of it is still there."""
    open_the_kit(interviewer, stage, candidate)
    interviewer.answer("Note", "The first question took ten minutes.")
    interviewer.press(re.compile("^Save (the )?draft$"))
    interviewer.reads("Saved ")
    _rate(interviewer, ratings, "")
    interviewer.press("Check and submit", status=422)
    interviewer.reads("needs evidence: it is safety-critical", "Your draft is saved")
    for visit in (1, 2):
        assert _rated(interviewer) == [str(point) for point in ratings.values()], visit
        assert interviewer.page.get_by_label("Note").input_value() == "The first question took ten minutes."
        interviewer.open(interviewer.path.replace("/scorecards/", "/interviews/").removesuffix("/check"))


def submit(interviewer: Visitor, stage: str, candidate: str, ratings: Mapping[str, int], evidence: str) -> str:
    """Rate, check, submit and seal; returns the address of the sealed scorecard."""
    open_the_kit(interviewer, stage, candidate)
    _rate(interviewer, ratings, evidence)
    interviewer.press("Check and submit")
    assert interviewer.heading == "Check your scorecard"
    interviewer.reads(evidence)
    interviewer.press("Submit and seal")
    assert interviewer.heading == f"Your scorecard for {candidate}"
    interviewer.reads("Sealed", evidence)
    return interviewer.path


def add_to_it(interviewer: Visitor, scorecard: str, text: str) -> None:
    """Add a dated note to a sealed scorecard."""
    interviewer.open(scorecard)
    interviewer.answer("What you want to add", text)
    interviewer.press("Add this")
    interviewer.reads("Added later", text)


def abstain(interviewer: Visitor, stage: str, candidate: str, reason: str) -> None:
    """Hand in no ratings, with a reason."""
    open_the_kit(interviewer, stage, candidate)
    interviewer.follow("Abstain from rating")
    interviewer.page.get_by_role("textbox").fill(reason)
    interviewer.press(re.compile("^Abstain"))
    interviewer.reads("Why you abstained", reason)


def sees_nothing_of(other: Visitor, addresses: list[str], scorecard: str, *secrets: str) -> None:
    """Walk over every page that could tell something of another's scorecard, and find nothing."""
    for address in addresses:
        other.open(address)
        other.does_not_read(*secrets)
    other.open(scorecard, status=404)


def hold(coordinator: Visitor, interview: str) -> None:
    """Say that the interview took place."""
    coordinator.open(interview)
    coordinator.press("It was held")
    coordinator.reads("This interview is held")


def _rate(interviewer: Visitor, ratings: Mapping[str, int], evidence: str) -> None:
    for name, point in ratings.items():
        asked = interviewer.page.get_by_role("group", name=name)
        asked.get_by_role("radio", name=re.compile(rf"^{point}\b")).check()
        asked.get_by_role("textbox").fill(evidence and f"{name}: {evidence}")


def _rated(interviewer: Visitor) -> list[str]:
    checked = interviewer.page.locator("input[type=radio][name$=-rating]:checked")
    return [radio.input_value() for radio in checked.all()]
