"""Steps of an opening: creating it, its disclosure from draft to public page, and its loop."""

from playwright.sync_api import Locator

from tests.journeys.steps_people import ORGANISATION, TEAM, ZONE
from tests.journeys.visitor import Visitor

TITLE = "Patient Access Manager"
PUBLIC = "/careers/patient-access-manager"
MOST_CLICKS = 60


def create_the_opening(manager: Visitor) -> str:
    """Create an opening from the starter pack and return its address."""
    manager.open("/")
    manager.follow("Openings")
    manager.follow("Create an opening")
    manager.press("Create the opening", status=422)
    manager.fill({"Title": TITLE, "Place": "Remote, in the United States", "Time zone": ZONE, "Team": TEAM})
    manager.choose("Revenue cycle operations")
    manager.press("Create the opening")
    assert manager.heading == TITLE
    return manager.path


def confirm_the_disclosure(manager: Visitor, opening: str) -> None:
    """Start the draft from the template, and save one section after the other until none is left.

    That is one confirmation a section; with the click that publishes it, it takes at most 60 clicks.
    """
    before = manager.clicks
    manager.open(f"{opening}/disclosure")
    manager.press("Start from the template")
    manager.reads("see nothing of it yet")
    manager.follow("Open the section")
    sections = []
    while manager.heading != "Disclosure":
        sections.append(manager.heading)
        manager.press("Save this section")
        manager.reads(f"Saved: {sections[-1]}")
    assert len(sections) == len(set(sections))
    assert len(sections) > 5
    assert manager.clicks - before == len(sections) + 2
    assert manager.clicks - before + 1 <= MOST_CLICKS


def keep_what_is_typed(manager: Visitor, opening: str) -> None:
    """Answer with words where a number is asked: the section is refused, and the words stay."""
    manager.open(f"{opening}/disclosure/workload")
    manager.answer("An hour", "a few", within=_opened(manager, "Interruptions"))
    manager.press("Save this section", status=422)
    assert _opened(manager, "Interruptions").get_by_role("textbox").first.input_value() == "a few"


def keep_both_texts_of_a_stale_edit(manager: Visitor, other: Visitor, opening: str) -> None:
    """Let two managers change one section: the later one is shown both texts, and can still save."""
    asked = {}
    for visitor in (manager, other):
        visitor.open(f"{opening}/disclosure/why")
        asked[visitor] = _opened(visitor, "The problem to fix").get_by_role("textbox").first
    asked[manager].fill("Half of our denials miss a document that nobody asked for at intake.")
    asked[other].fill("Eleven claims in a hundred come back, and no one owns the intake rules.")
    other.press("Save this section")
    manager.press("Save this section", status=409)
    manager.reads("Somebody saved this section before you", "no one owns the intake rules")
    assert "Half of our denials" in asked[manager].input_value()
    manager.press("Save this section")
    manager.reads("Saved")


def _opened(visitor: Visitor, label: str) -> Locator:
    """Return one question of the section with its controls in sight."""
    question = visitor.page.locator("details.claim", has=visitor.page.locator(".claim-label", has_text=label)).first
    if question.get_attribute("open") is None:
        question.locator("summary").first.click()
    return question


def publish_the_disclosure(manager: Visitor, opening: str) -> None:
    """Read the draft as a candidate would, and publish it."""
    manager.open(f"{opening}/disclosure")
    manager.follow("Read it as a candidate")
    manager.open(f"{opening}/disclosure")
    manager.press("Publish")
    manager.reads("The disclosure is published", "Version 1 is published")


def read_it_in_public(reader: Visitor) -> None:
    """Find the opening from the list, read it and its version, and be given no cookie."""
    reader.open("/careers")
    reader.follow(TITLE)
    assert reader.path == PUBLIC
    reader.reads(ORGANISATION, "published this as version 1", "Half of our denials miss a document")
    reader.follow("version 1")
    reader.open(f"{PUBLIC}/versions/2", status=404)
    assert reader.context.cookies() == []


def put_the_loop_in_use(manager: Visitor, opening: str) -> None:
    """Start the loop from the template, shorten it to two stages, and put it in use."""
    manager.open(f"{opening}/loop")
    manager.press("Start from the template")
    manager.reads("4 conversations", "Put the loop in use")
    for stage in ("Process-improvement case", "Communication and documentation discipline"):
        manager.press(f"Take out {stage}")
    manager.reads("missing")
    manager.follow("Change", within=manager.page.get_by_role("region", name="How the decision is made"))
    for competency in ("Improvement mindset", "Handoffs", "Stakeholder communication"):
        manager.answer(competency, "")
    manager.press("Save")
    manager.follow("Change Audit, QA and the feedback loop")
    manager.fill({"Length": "45"})
    manager.press("Save the stage")
    manager.follow("Add a stage")
    manager.press("Save the stage", status=422)
    manager.open(f"{opening}/loop")
    manager.press("Put in use")
    manager.reads("Version 1 is in use")


def open_it(manager: Visitor, opening: str) -> None:
    """Open the opening, now that disclosure and loop are ready."""
    manager.open(opening)
    manager.press("Open it")
    manager.reads("Add a candidate")


def correct_the_details(manager: Visitor, opening: str) -> None:
    """Change where the work is done; its public name stays."""
    manager.open(opening)
    manager.follow("Change the details")
    manager.reads(PUBLIC)
    manager.fill({"Place": "Remote, in the United States, with two visits a year"})
    manager.press("Save")
    manager.reads("two visits a year")


def fill_it(manager: Visitor, opening: str, public: Visitor) -> None:
    """Mark the opening as filled once every post has somebody; the version that candidates read stays, and says so."""
    manager.open(opening)
    manager.press("Mark it as filled")
    public.open(PUBLIC)
    public.reads("This opening is filled")
    public.open(f"{PUBLIC}/versions/1")
    public.reads("This opening is filled")
    public.open("/careers")
    public.reads("No openings at the moment")
