"""What every journey needs: a Chromium, a site on the loopback address, and people with browsers of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import launch_options
from tests.journeys.site import Site, served
from tests.journeys.visitor import Visitor


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Return pytest-playwright's own launch options, for the Chromium of this machine."""
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture
def site(migrated: Callable[[str], Path], tmp_path: Path) -> Iterator[Site]:
    """Return a site on a fresh instance; it serves until the test is over."""
    with served(migrated("sqlite"), tmp_path) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """Return what makes a person with a browser; in the end nobody's browser and no page may have had a complaint."""
    visitors: list[Visitor] = []

    def arrive(name: str, **options: Any) -> Visitor:
        visitors.append(Visitor(browser, site, name, **options))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.context.close()
    complaints = [line for visitor in visitors for line in visitor.complaints]
    assert not complaints, "\n".join(complaints)
