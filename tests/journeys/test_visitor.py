"""A journey would notice a bad page: each thing that a visitor watches for is put on one, and found."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from hiringkit.foundation.web import CSP
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title></head>
<body><main><h1>Openings</h1>{body}</main></body></html>"""
FAULTS = {
    "script error": "<script src='/bad.js'></script>",
    "console log": "<script src='/talking.js'></script>",
    "content security policy": "<script>document.title = 'Openings'</script>",
    "asked somebody else": "<img src='http://elsewhere.example/x.png' alt=''>",
    "404 GET": "<link rel='stylesheet' href='/missing.css'>",
    "color-contrast": "<svg></svg><p><font color='#aaaaaa'>Hardly to be read</font></p>",
    "heading-order": "<h3>A level too deep</h3>",
    "label": "<input name='nameless'>",
    "scrolls sideways": "<table width='900'><tr><td>Wide</td></tr></table>",
}
FILES = {"/bad.js": "throw new Error('broken')", "/talking.js": "console.log('here')"}


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Return somebody who has complaints, and is not asked about them afterwards."""
    made = Visitor(browser, site, "Somebody")
    yield made
    made.context.close()


def test_every_fault_of_a_page_is_noticed(visitor: Visitor) -> None:
    show(visitor, "".join(FAULTS.values()), title="Home")
    wanted = [*FAULTS, "does not name"]
    assert [one for one in wanted if not any(one in line for line in visitor.complaints)] == []


def test_a_good_page_has_no_complaint(visitor: Visitor) -> None:
    show(visitor, "<p>Every role that your teams are hiring for.</p>")
    assert visitor.complaints == []


def show(visitor: Visitor, body: str, title: str = "Openings") -> None:
    """Let the visitor look at a page with this body, under the security policy of every page."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(visitor.site.url)
        if path == "/page":
            route.fulfill(
                body=PAGE.format(title=title, body=body),
                content_type="text/html",
                headers={"Content-Security-Policy": CSP},
            )
        elif path in FILES:
            route.fulfill(body=FILES[path], content_type="text/javascript")
        else:
            route.fulfill(status=404)

    visitor.context.route("**/*", answer)
    visitor.page.goto("/page")
    visitor.look()
