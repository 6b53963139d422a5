"""Steps of those who read: everybody's home page, the library, the auditor, the trail and the record."""

import re

from tests.journeys import steps_people as people
from tests.journeys.visitor import Visitor

PACK = "Patient access"


def come_home(*visitors: Visitor) -> None:
    """Let everybody open their home page, which greets each of them and says how much is theirs."""
    for visitor in visitors:
        visitor.open("/")
        first = visitor.name.split()[0]
        assert re.match(rf"Good (morning|afternoon|evening), {first}\. ", visitor.heading), visitor.heading


def browse_the_library(manager: Visitor) -> None:
    """Read the pack with its competencies, scenarios and role profiles, and try to import what is no pack."""
    manager.open("/")
    manager.follow("Library")
    manager.follow(PACK)
    manager.follow("See them side by side")
    manager.reads("not stated")
    for listed, one in (("competencies", "Safety-first judgement"), ("scenarios", "The high-volume day")):
        manager.open(f"/library/{listed}")
        manager.follow(one)
        assert manager.heading == one
    manager.open("/library/packs/new")
    manager.answer("The text of the pack", "pack: [")
    manager.press("Check and import", status=422)
    manager.reads("This pack cannot be imported yet")


def library_of_an_interviewer(interviewer: Visitor) -> None:
    """Read the guides, and no scenario that one is not assigned to."""
    interviewer.open("/library")
    interviewer.reads("Safety-first judgement")
    interviewer.does_not_read("The high-volume day")
    interviewer.open("/library/scenarios", status=403)


def members_and_record(admin: Visitor) -> None:
    """Read who has a login, and what was done across the site."""
    admin.open("/people")
    admin.reads(people.ORGANISATION, "manager in Patient Access")
    admin.open("/audit")
    admin.reads("set the organisation up", "joined by invitation")
    admin.does_not_read("booked an interview")


def administrator_is_no_super_reader(admin: Visitor, *addresses: str) -> None:
    """Find that a hire is not for somebody who only looks after the site."""
    for address in addresses:
        admin.open(address, status=403)


def auditor_reads_after_the_decision(auditor: Visitor, opening: str, decided: str, evidence: str) -> None:
    """Read a decided application from the list of the home page, the trail and the record of everything."""
    auditor.open("/")
    auditor.follow(decided)
    auditor.reads("The decision is made", evidence)
    auditor.open(f"{opening}/trail")
    auditor.reads("made the decision", "closed a safety gate")
    auditor.open("/audit")
    auditor.reads("The record is a chain", "opened the scorecards")
    auditor.open(f"{opening}/candidates")
    auditor.reads(decided)


def the_trail_tells_it(manager: Visitor, opening: str, *acts: str) -> None:
    """Read in the trail of the opening who did what, and nothing of what was written."""
    manager.open(opening)
    manager.follow("Who did what here")
    said = ""
    while True:
        said += manager.text
        if not manager.page.get_by_role("link", name="Next", exact=True).count():
            break
        manager.follow("Next")
    for act in acts:
        assert act in said, act


def the_record_holds(visitor: Visitor) -> None:
    """Let the command walk the whole record."""
    assert "The record holds" in visitor.site.command("audit", "verify")
