"""One person at a browser of their own: whatever the browser complains of is kept, and every new page is examined."""

import re
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

from tests.journeys.site import Site

PATIENCE = 15_000
"""Milliseconds after which something that should be on a page is missing."""
WIDTH, HEIGHT, NARROW = 1280, 900, 320
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation",
  event => console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`))"""
# Says what a listener of answers knows better, with its address.
BAD_ANSWER = "Failed to load resource: the server responded with a status of"
# What a page is made of: the kinds of elements on it, and how its headings follow each other.
SHAPE = """() => {
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(one => one.tagName);
  const steps = levels.map((level, place) => `${levels[place - 1]}>${level}`);
  const kinds = [...document.querySelectorAll("body *")].map(one => `${one.tagName}.${one.getAttribute("class")}`);
  return [...new Set([...steps, ...kinds])];
}"""
TOO_WIDE = """width => document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > width + 1).slice(0, 5).map(one => one.outerHTML.slice(0, 160))"""


class Visitor:
    """A person with a browser; `complaints` must be empty in the end."""

    def __init__(self, browser: Browser, site: Site, name: str, **options: Any) -> None:
        """Open a browser with cookies and storage of its own."""
        size = {"viewport": {"width": WIDTH, "height": HEIGHT}, "reduced_motion": "reduce", "base_url": site.url}
        self.site, self.name = site, name
        self.examines = options.get("java_script_enabled", True)  # For the examination is a script.
        self.complaints: list[str] = []
        self.clicks = 0
        self.context = browser.new_context(**{**size, **options})
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(TELL_VIOLATIONS)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self._complain(f"script error: {error.error}"))
        self.context.on("request", self._watch_request)
        self.context.on("response", self._watch_answer)
        self.page: Page = self.context.new_page()

    def open(self, address: str, *, status: int = 200) -> None:
        """Go to an address, which must answer with this status."""
        self._arrived(self.page.goto(address), status)

    def follow(self, link: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow the first link of this name."""
        found = (within or self.page).get_by_role("link", name=link, exact=isinstance(link, str)).first
        with self.page.expect_navigation() as going:
            found.click()
        self.clicks += 1
        self._arrived(going.value, 200)

    def press(self, label: str | re.Pattern[str], *, within: Locator | None = None, status: int = 200) -> None:
        """Press the button of this name, which sends its form; the page it leads to must have this status."""
        with self.page.expect_navigation() as going:
            (within or self.page).get_by_role("button", name=label, exact=isinstance(label, str)).first.click()
        self.clicks += 1
        self._arrived(going.value, status)

    def fill(self, answers: dict[str, str], *, within: Locator | None = None) -> None:
        """Answer the questions of these labels."""
        for label, value in answers.items():
            self.answer(label, value, within=within)

    def answer(self, label: str, value: str, *, within: Locator | None = None) -> None:
        """Answer the question of this label: type the text, or choose the option, that is given."""
        where = within or self.page
        named = where.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))
        # Where a label holds its control, the unit behind the control belongs to the label.
        control = (named if named.count() else where.get_by_label(re.compile(rf"^\s*{re.escape(label)}"))).first
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)

    def choose(self, label: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Tick the box, or choose the radio button, of this label."""
        (within or self.page).get_by_label(label, exact=isinstance(label, str)).first.check()

    @property
    def path(self) -> str:
        """Return the path of the page shown."""
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        """Return the heading of the page shown."""
        return " ".join(self.page.locator("h1").first.inner_text().split())

    @property
    def text(self) -> str:
        """Return all that the page says, in one line."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def link_shown(self) -> str:
        """Return the path of the link that the page shows this once."""
        return self.site.path_of(self.page.get_by_role("status").filter(has_text=self.site.url).inner_text())

    def reads(self, *sentences: str) -> None:
        """Make sure that the page says all of this."""
        for sentence in sentences:
            assert sentence.casefold() in self.text.casefold(), f"{self.name} at {self.page.url}: {sentence!r}"

    def does_not_read(self, *sentences: str) -> None:
        """Make sure that nothing of this is anywhere in what the browser was sent."""
        for sentence in sentences:
            assert sentence not in self.page.content(), f"{self.name} at {self.page.url}: {sentence!r}"

    def _arrived(self, answer: Response | None, status: int) -> None:
        assert answer is not None
        assert answer.status == status, f"{self.name} at {answer.url}: {answer.status}\n{self.text}"
        if status >= 400:
            self.complaints.remove(_line_of(answer))  # This page was expected.
        page = (self.site.endpoint(answer.url, answer.request.method), status)
        if self.site.is_new(page, self.page.evaluate(SHAPE)) and self.examines:
            self.look()

    def look(self) -> None:
        """Examine the page shown: axe in both themes, sideways scroll on a small screen, title and heading."""
        where = f"{self.name} at {self.page.url}"
        self._complain_if(self.page.locator("h1").count() != 1, f"{where}: not one h1")
        title = self.page.title()
        self._complain_if(self.heading not in title, f"{where}: the title {title!r} does not name {self.heading!r}")
        self.page.evaluate(AXE_SCRIPT)
        for theme in THEMES:
            self.page.emulate_media(color_scheme=theme)
            for found in self.page.evaluate("rules => axe.run(rules)", RULES)["violations"]:
                self._complain(f"{where} ({theme}): {_told(found)}")
        self.page.emulate_media(color_scheme="no-preference")
        self._look_at_small_screen(where)

    def _look_at_small_screen(self, where: str) -> None:
        size = self.page.viewport_size
        assert size is not None
        self.page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        wide = self.page.evaluate(TOO_WIDE, NARROW)
        self._complain_if(bool(wide), f"{where}: scrolls sideways at {NARROW} px because of {wide}")
        self.page.set_viewport_size(size)

    def _hear(self, message: ConsoleMessage) -> None:
        self._complain_if(not message.text.startswith(BAD_ANSWER), f"console {message.type}: {message.text}")

    def _watch_request(self, request: Request) -> None:
        at_home = request.url.startswith((f"{self.site.url}/", "data:"))
        self._complain_if(not at_home, f"asked somebody else: {request.url}")

    def _watch_answer(self, answer: Response) -> None:
        self._complain_if(answer.status >= 400, _line_of(answer))

    def _complain_if(self, wrong: bool, line: str) -> None:
        if wrong:
            self._complain(line)

    def _complain(self, line: str) -> None:
        self.complaints.append(line)


def _line_of(answer: Response) -> str:
    return f"{answer.status} {answer.request.method} {answer.url}"


def _told(found: dict[str, Any]) -> str:
    """Return a finding of axe in one line, with the first elements it is about."""
    nodes = [f"{' '.join(one['target'])}: {' '.join(one['failureSummary'].split())}" for one in found["nodes"][:3]]
    return f"{found['id']}, {found['help']} ({len(found['nodes'])}): " + " | ".join(nodes)
