"""Steps of candidates: adding one, delivering the disclosure, and the candidate's own page."""

import re

from tests.journeys.steps_opening import TITLE
from tests.journeys.steps_people import ZONE
from tests.journeys.visitor import Visitor

DELIVER = "Deliver the disclosure"
MAKE_LINK = "Make a personal link"


def add(coordinator: Visitor, opening: str, name: str) -> str:
    """Add a candidate with an application, and return its address."""
    coordinator.open(f"{opening}/candidates")
    coordinator.press("Add the candidate", status=422)
    address = f"{name.casefold().replace(' ', '.')}@people.example"
    coordinator.fill({"Name": name, "Mail address": address, "Time zone": ZONE})
    coordinator.press("Add the candidate")
    assert coordinator.heading == name
    coordinator.reads("Added")
    return coordinator.path


def booking_waits_for_the_delivery(coordinator: Visitor, application: str) -> None:
    """Try to book somebody who was shown nothing: the page says why not, and has no form."""
    coordinator.open(f"{application}/interviews/new")
    coordinator.reads("No disclosure has been delivered yet", "Candidates read what the work is before")
    assert coordinator.page.get_by_role("button", name="Book it").count() == 0
    coordinator.follow("Go to the application")
    assert coordinator.path == application


def deliver(coordinator: Visitor, application: str) -> None:
    """Deliver the published disclosure."""
    coordinator.open(application)
    coordinator.press(DELIVER)
    coordinator.reads("Informed", "Version")


def make_a_link(coordinator: Visitor, application: str) -> str:
    """Make a personal link, which is shown this once, and return its path."""
    coordinator.open(application)
    coordinator.press(MAKE_LINK)
    link = coordinator.link_shown
    coordinator.open(application)
    coordinator.does_not_read(link)
    return link


def read_and_acknowledge(candidate: Visitor, link: str) -> None:
    """Read what the work is, say so, and see the stages; looking alone changes nothing."""
    candidate.open(link)
    candidate.reads(TITLE, "Read what the work is", "How you will be interviewed")
    candidate.does_not_read("The high-volume day")
    candidate.open(link)
    candidate.reads("You have not said yet that you have read it")
    candidate.follow("Read it")
    candidate.reads("version 1", "Half of our denials miss a document")
    candidate.press("I have read it")
    candidate.reads("We have noted that you have read it", "Nothing to do now")


def think_about_withdrawing(candidate: Visitor, link: str) -> None:
    """Look at the page that ends the application, and leave it; other pages do not open with the link."""
    candidate.open(link)
    candidate.follow("Withdraw from this application")
    candidate.follow("Back to your application")
    candidate.open(f"{link}x", status=404)
    candidate.open("/openings")
    assert candidate.heading == "Sign in"


def see_the_conversations(candidate: Visitor, link: str, *stages: str) -> None:
    """See when the conversations are and with whom, and nothing of what is asked in them."""
    candidate.open(link)
    candidate.reads("Your next conversation", *stages)
    candidate.does_not_read("Red flags")


def correct_the_details(coordinator: Visitor, application: str) -> None:
    """Change a candidate's time zone, and look at the page that records a withdrawal without using it."""
    coordinator.open(application)
    coordinator.follow(re.compile("^Details of"))
    coordinator.answer("Time zone", "America/New_York")
    coordinator.press("Save")
    coordinator.open(application)
    coordinator.follow("Record a withdrawal")
    coordinator.follow("Back to the application")


def withdraw(candidate: Visitor, link: str) -> None:
    """End one's own application; the link still opens, and offers nothing more."""
    candidate.open(link)
    candidate.follow("Withdraw from this application")
    candidate.press("Withdraw")
    candidate.reads("You have withdrawn")
    candidate.open(link)
    assert candidate.page.get_by_role("link", name="Withdraw from this application").count() == 0


def end_the_link(candidate: Visitor, coordinator: Visitor, application: str) -> None:
    """End one's own link: the page it led to says so, and how to get a new one."""
    candidate.open(make_a_link(coordinator, application))
    candidate.follow(re.compile("^End it"))
    candidate.reads("What stays", "A new link")
    candidate.press("End this link", status=404)
    candidate.reads("You have ended this link", "This link is no longer valid")


def revoke_the_link(coordinator: Visitor, candidate: Visitor, application: str, link: str) -> None:
    """End a personal link: whoever opens it is told that it is no longer valid."""
    coordinator.open(application)
    coordinator.press(re.compile("^Revoke"))
    candidate.open(link, status=404)
    candidate.reads("This link is no longer valid")
