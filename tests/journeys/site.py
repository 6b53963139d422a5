"""A site that a browser can reach: a migrated instance, a server in this process, and a clock that can be moved."""

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import time_machine
from click.testing import CliRunner
from flask import Flask
from werkzeug.serving import make_server

from hiringkit.app import create_app
from hiringkit.cli.main import main
from hiringkit.foundation import logs
from hiringkit.foundation.db import db

MONDAY = datetime(2026, 5, 4, 14, 0, tzinfo=UTC)
"""Where every journey starts, so that none depends on the day it is run: nine in the morning in Chicago."""

# People stay signed in over the days of a journey, and their passwords are hashed quickly.
SETTINGS: dict[str, Any] = {
    "argon2_memory_kib": 64,
    "argon2_passes": 1,
    "session_idle_minutes": 60 * 24 * 60,
    "session_hours": 24 * 60,
    "admin_session_hours": 24 * 60,
}


FOR_MACHINES = {
    "static", "bootstrap_css",
    "careers.account", "careers.version_account", "careers.feed", "careers.robots", "careers.sitemap_of_careers",
}  # fmt: skip
"""What browsers show nobody."""


@dataclass
class Site:
    """A running site; `seen` holds by page, which is endpoint and status, what was on it when it was examined."""

    app: Flask
    url: str
    clock: time_machine.Traveller
    seen: dict[tuple[str, int], set[str]] = field(default_factory=dict)

    def wait(self, **spans: int) -> None:
        """Let time pass."""
        self.clock.shift(timedelta(**spans))

    def command(self, *words: str) -> str:
        """Run a `hiringkit` command on this instance, and return what it says."""
        environment = {"HIRINGKIT_INSTANCE": self.app.instance_path, "HIRINGKIT_BASE_URL": self.url}
        result = CliRunner().invoke(main, words, env=environment)
        logs.configure("INFO")  # The command has pointed the log at its own terminal, which is gone.
        assert result.exit_code == 0, result.output
        return click.unstyle(result.output)

    def path_of(self, link: str) -> str:
        """Return the path of a link as it was shown; it must lead here."""
        found = re.search(rf"{re.escape(self.url)}(/\S+)", link)
        assert found, link
        return found.group(1)

    def endpoint(self, address: str, method: str) -> str:
        """Return the name of the page behind an address."""
        matched: tuple[str, Any] = self.app.url_map.bind("localhost").match(urlsplit(address).path, method)
        return matched[0]

    def is_new(self, page: tuple[str, int], shape: list[str]) -> bool:
        """Tell whether a page shows something that it did not show before, and remember it."""
        known = self.seen.setdefault(page, set())
        has_news = not known.issuperset(shape)
        known.update(shape)
        return has_news

    def unseen(self) -> set[str]:
        """Return the pages that nobody has looked at, of all that can be opened."""
        pages = {rule.endpoint for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
        return pages - {endpoint for endpoint, _ in self.seen} - FOR_MACHINES


@contextmanager
def served(template: Path, instance: Path) -> Iterator[Site]:
    """Serve a copy of a migrated instance on a free port of the loopback address, on a Monday morning."""
    for name in ("secret.key", "master.key", "hiringkit.db"):
        shutil.copy(template / name, instance / name)
    with time_machine.travel(MONDAY, tick=True) as clock, socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        app = create_app(instance=instance, base_url=url, **SETTINGS)
        server = make_server("127.0.0.1", port, app, threaded=True, fd=listening.fileno())
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Site(app, url, clock)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            with app.app_context():
                db.engine.dispose()
