"""Timing of several things in turns, so that whatever else the machine does meets all of them alike."""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import median, quantiles
from types import ModuleType
from typing import Any

from flask import Flask
from werkzeug.test import create_environ, run_wsgi_app

from hiringkit.careers.views.keeping import pages_of

Work = Callable[[], object]
FILES = frozenset({"_digest", "_bootstrap_css", "_release"})
"""What a process learns of its own files is no part of a page."""
KEEPER = type(lru_cache(len))
"""What a function becomes that keeps its answers."""
WARMING = 3


@dataclass(frozen=True)
class Times:
    """How long one thing took, in milliseconds."""

    median: float
    p95: float


def in_turns(works: Mapping[str, Work], rounds: int, before: Mapping[str, Callable[[], object]]) -> dict[str, Times]:
    """Do each thing once a round; `before` is done ahead of a thing and not timed."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + WARMING):
        for name, work in works.items():
            if name in before:
                before[name]()
            start = time.perf_counter()
            work()
            if turn >= WARMING:
                taken[name].append((time.perf_counter() - start) * 1000)
    return {name: _times(all_times) for name, all_times in taken.items()}


def _times(taken: list[float]) -> Times:
    return Times(median(taken), quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0])


def asked(app: Any, address: str) -> Callable[[], bytes]:
    """Return the work of asking an app for an address in this process, as a browser that takes gzip does."""
    environment = create_environ(address, "http://127.0.0.1", headers={"Accept-Encoding": "gzip"})

    def ask() -> bytes:
        body, status, _ = run_wsgi_app(app, dict(environment), buffered=True)
        if not status.startswith("200"):
            raise RuntimeError(f"{address} answers {status}")
        return b"".join(body)

    return ask


def start_afresh() -> None:
    """Empty every cache that hiringkit keeps in the process, as if it had just been started."""
    for module in _own_modules():
        for name, held in list(vars(module).items()):
            if type(held) is KEEPER and name not in FILES:
                held.cache_clear()


def forget_pages(app: Flask) -> None:
    """Empty those and the kept answers."""
    pages_of(app).clear()
    start_afresh()


def _own_modules() -> list[ModuleType]:
    return [module for name, module in list(sys.modules.items()) if name.startswith("hiringkit.")]
