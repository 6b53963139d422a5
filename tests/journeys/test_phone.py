"""A scorecard on a phone, without a script, by keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.interviews.factories import begun, ready
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor
from tests.world import PASSWORD, World

PHONE = {"viewport": {"width": 390, "height": 844}}
FARTHEST = 80
"""Tab stops after which something cannot be reached by keyboard."""
EVIDENCE = "Held the order and rang the nurse."


def test_a_scorecard_is_finished_and_sealed_by_keyboard_without_a_script(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    ines = at_the_kit(site, visit("Ines", java_script_enabled=False, **PHONE))
    rated = rate_everything(ines.page)
    assert rated >= 3
    press(ines, "Check and submit")
    assert ines.heading == "Check your scorecard"
    assert ines.text.count(EVIDENCE) == rated
    press(ines, "Submit and seal")
    ines.reads("Your scorecard for Jordan Avery", "Sealed", EVIDENCE)


def test_a_digit_chooses_a_point_where_the_focus_is_in_a_scale_and_is_a_digit_elsewhere(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    ines = at_the_kit(site, visit("Ines", **PHONE))
    group = ines.page.get_by_role("form", name="Scorecard").get_by_role("group").first
    group.get_by_role("radio").first.focus()
    for key, chosen in (("6", "6"), ("2", "2"), ("9", "2"), ("Control+3", "2")):
        ines.page.keyboard.press(key)
        assert group.locator("input:checked").input_value() == chosen
    words = group.get_by_role("textbox")
    words.focus()
    ines.page.keyboard.type("At 5")
    assert (words.input_value(), group.locator("input:checked").input_value()) == ("At 5", "2")


def at_the_kit(site: Site, ines: Visitor) -> Visitor:
    """Bring a visitor, signed in as who has begun an interview, to its kit."""
    with site.app.app_context():
        world = World(site.app)
        seats = begun(world, ready(world), "ines", "jon")
        kit = f"/interviews/{seats[0].assignment.public_id}"
    sign_in(ines, kit, "ines@example.org")
    return ines


def sign_in(visitor: Visitor, wanted: str, address: str) -> None:
    visitor.open(wanted)
    page = visitor.page
    tab_to(page, page.get_by_label("Mail address"))
    page.keyboard.type(address)
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert visitor.path == wanted


def rate_everything(page: Page) -> int:
    """Give every competency a 5, with evidence, going from the top to the bottom."""
    asked = page.get_by_role("form", name="Scorecard").get_by_role("group").all()
    for group in asked:
        tab_to(page, group.get_by_role("radio").first)
        page.keyboard.press("Space")
        for _ in range(4):
            page.keyboard.press("ArrowDown")
        assert group.locator("input:checked").input_value() == "5"
        tab_to(page, group.get_by_role("textbox"))
        page.keyboard.type(EVIDENCE)
    return len(asked)


def press(visitor: Visitor, label: str) -> None:
    tab_to(visitor.page, visitor.page.get_by_role("button", name=label))
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is where it is wanted, and can be seen there."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            assert wanted.evaluate(IN_SIGHT), wanted
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


# A choice is seen by its label, with the radio button in the same place; nothing else may lie on top of them.
IN_SIGHT = """one => {
  const seen = one.type === "radio" ? one.labels[0] : one, box = seen.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 20) / 2);
  return box.top >= 0 && box.top < innerHeight && (top === one || seen.contains(top));
}"""
