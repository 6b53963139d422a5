"""What nobody should type and somebody will: one table for every form, and what a page says to it."""

import html
import re
from collections.abc import Mapping
from itertools import count
from typing import Any

from werkzeug.test import TestResponse

from tests.world import Browser

NOTHING = {"empty": "", "blanks": " \t\r\n ", "nothing to see": "\u200b\u200f\ufeff", "no character": "\x00"}
"""Whatever nobody can see is no answer."""
HUGE = {"100,000 letters": "x" * 100_000, "digits without end": "9" * 5_000}
WORDS = {
    "a character that is none": ("Or\x00der\x07s", "Orders"),
    "half a letter, as it arrives": ("\ufffd\ufffd", "\ufffd\ufffd"),
    "negative": ("-1", "-1"),
    "absurd": ("1e999", "1e999"),
    "turned round": ("\u202esredrO\u202c", "sredrO"),
    "right to left": ("\u200fשש", "\u200fשש"),
    "emoji": ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
    "accents apart": ("Cafe\u0301", "Caf\xe9"),
    "digits of another script": ("٣", "٣"),
    "markup": ("<b>&\"'", "<b>&\"'"),
}
"""Text that is odd and still text: as it is typed, and as it is kept."""
NONSENSE = {
    "empty": "",
    "no character": "\x00",
    "half a letter, as it arrives": "\ufffd\ufffd",
    "turned round": "\u202eeno\u202c",
    "digits without end": "9" * 5_000,
    "negative": "-1",
}
"""None of it is one of a list, a day, or a version that anybody has seen."""
SOME = ("", "\x00", "9" * 5_000)
"""The three of them that are most unlike each other, for pages that take long."""
LINK = re.compile(r'<li><a href="#([^"]+)">(.*?)</a></li>', re.DOTALL)
PLAIN = re.compile(r"<li>([^<]+)</li>")


def told(answer: TestResponse) -> dict[str, str]:
    """Return the sentences on top of a refused page by the id of the control that each leads to; "" is the form."""
    assert answer.status_code == 422, (answer.status_code, answer.get_data(as_text=True)[:2_000])
    page = answer.get_data(as_text=True)
    _, found, rest = page.partition("data-error-summary")
    assert found, "a refused page says at its top what is wrong"
    top = rest.partition("</ul>")[0]
    links = {name: html.unescape(sentence) for name, sentence in LINK.findall(top)}
    assert all(f'id="{name}"' in page for name in links), links
    assert all(sentence.endswith((".", "?")) for sentence in links.values()), links
    plain = [html.unescape(sentence) for sentence in PLAIN.findall(top)]
    return links | ({"": " ".join(plain)} if plain else {})


class Sender:
    """Posts to one address what no page would, again and again, with a page's own token and a new key each time."""

    def __init__(self, browser: Browser, page: str, action: str | None = None) -> None:
        """Load the page with the form, for its token."""
        self.browser, self.page, self.action, self.keys = browser, page, action or page, count()
        found = re.search(r'name="csrf_token" value="([^"]*)"', browser.get(page).get_data(as_text=True))
        assert found, f"{page} has no form"
        self.token = found[1]

    def send(self, fields: Mapping[str, Any]) -> TestResponse:
        """Post these fields and nothing else but token and key, unless they are among them."""
        hidden = {"csrf_token": self.token, "form_key": f"bad.{next(self.keys)}"}
        return self.browser.post(self.action, data={**hidden, **fields})
