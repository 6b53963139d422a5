"""Budgets of every page: statements, bytes on the wire with an empty cache, memory of a worker, time to start."""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from hiringkit.foundation.access import PUBLIC, access_of
from hiringkit.foundation.db import db
from tests.house.test_access import VIEWERS, Site, cell_of, routes

STATEMENTS = 8
SIGNED_IN_BYTES = 100_000
PUBLIC_BYTES = 60_000
WORKER_BYTES = 100_000_000
FILES = re.compile(r'(?:href|src)="(/(?:static|assets)/[^"]+)"')


class Counter:
    """Counts cursor executions; BEGIN and COMMIT are none."""

    def __init__(self) -> None:
        """Listen on the engine of this app."""
        self.statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", self._note)

    def _note(self, _conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.statements.append(statement)

    def taken(self) -> list[str]:
        """Return the statements since the last time."""
        found, self.statements = self.statements, []
        return found


@pytest.fixture
def site(sqlite_app: Flask) -> Site:
    """Return the demo's site on SQLite."""
    return Site(sqlite_app)


def test_every_page_keeps_its_budgets(site: Site) -> None:
    counter, weights = Counter(), dict[str, int]()
    over: list[tuple[str, str, str, int]] = []
    for rule in routes(site.app):
        if "GET" not in (rule.methods or ()):
            continue
        for viewer in VIEWERS:
            counter.taken()
            answer = site.ask(rule, viewer)
            statements = counter.taken()
            if cell_of(answer) != "ok" or answer.status_code != 200:
                continue
            if len(statements) > STATEMENTS:
                over.append((rule.endpoint, viewer, "statements", len(statements)))
            body = answer.get_data()
            weight = sum(weigh(site, weights, address) for address in set(FILES.findall(body.decode())))
            is_public = access_of(site.app, rule.endpoint) == PUBLIC and rule.endpoint.startswith("careers")
            weight += len(gzip.compress(body)) if is_public else len(body)
            if weight > (PUBLIC_BYTES if is_public else SIGNED_IN_BYTES):
                over.append((rule.endpoint, viewer, "bytes", weight))
    assert not over, "\n".join(str(line) for line in over)


def weigh(site: Site, weights: dict[str, int], address: str) -> int:
    """Return the bytes of a file on the wire."""
    if address not in weights:
        with site.app.test_client().get(address.replace("&amp;", "&"), headers={"Accept-Encoding": "gzip"}) as answer:
            weights[address] = len(answer.get_data())
    return weights[address]


def test_worker_is_small_and_its_first_page_soon(tmp_path: Path) -> None:
    script = (
        "import sys, time; t = time.perf_counter()\n"
        "sys.modules['rich'] = None\n"  # Tools of development bring it, 5 MB of it by structlog; no site has it.
        "from hiringkit.app import wsgi\n"
        "app = wsgi()\n"
        "answer = app.test_client().get('/setup', base_url='http://127.0.0.1')\n"
        "pages = int(open('/proc/self/statm').read().split()[1])\n"
        "print(answer.status_code, pages, time.perf_counter() - t)\n"
    )
    environment = {**os.environ, "HIRINGKIT_INSTANCE": str(tmp_path)}
    setting_up = [sys.executable, "-m", "hiringkit.cli.main", "init"]
    subprocess.run(setting_up, env=environment, check=True, capture_output=True)
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True)
    status, pages, _seconds = done.stdout.split()
    assert status == "200"
    assert int(pages) * os.sysconf("SC_PAGE_SIZE") < WORKER_BYTES
