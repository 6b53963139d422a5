"""The measurements and their table."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Flask

from hiringkit.careers.views.keeping import pages_of
from hiringkit.foundation.db import db
from tests.bench.baseline import BARE, QUERY, baseline
from tests.bench.figures import figures
from tests.bench.measuring import Times, asked, forget_pages, in_turns, start_afresh
from tests.bench.serving import served
from tests.bench.site import add_candidates, add_openings, make_site

LIST = "/careers"
SAME, SMALL = "bare view, same bytes", "one query, small template"
KEPT, COLD = "page, asked for before", "page, process just started"
WRITTEN, NEW = "page, something written", "page, nothing kept of it"
HEAD = f"{'':<28}{'median ms':>10}{'p95 ms':>9}{'x bare':>8}{'x query':>9}"


@dataclass(frozen=True)
class Counts:
    """How much is measured."""

    rounds: int
    openings: int
    candidates: int
    ratings: int


def report(counts: Counts, *, over_http: bool) -> Iterator[str]:
    """Yield the table line by line while it is measured."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        app, address = make_site(folder)
        yield f"{counts.rounds} requests of each kind, in turns. Ratios are of medians of the same run."
        yield from _in_process(app, "The disclosure, in this process", address, counts.rounds)
        add_candidates(app, counts.candidates)
        title = f"The disclosure, {counts.candidates:,} candidates in the database"
        yield from _in_process(app, title, address, counts.rounds)
        add_openings(app, counts.openings)
        yield from _in_process(app, f"The list, {counts.openings:,} openings", LIST, counts.rounds)
        if over_http:
            yield from _over_http(app, folder, address, counts)
        with app.app_context():
            db.engine.dispose()
    yield from figures(counts.ratings, counts.rounds)


def _in_process(app: Flask, title: str, address: str, rounds: int) -> Iterator[str]:
    forget_pages(app)  # The rows above came without events, by which pages are known to be old.
    page = asked(app, address)
    with app.app_context():
        plain = baseline({"page": page()}, db.engine)
    works = {SAME: asked(plain, f"{BARE}/page"), SMALL: asked(plain, QUERY), KEPT: page}
    times = in_turns(works, rounds, {})
    yield from _table(title, times)
    # Each apart: what forgets before its turn would forget for the others, and leave the processor's caches cold.
    forgetting: dict[str, Callable[[], object]] = {
        COLD: start_afresh, WRITTEN: pages_of(app).clear, NEW: partial(forget_pages, app)
    }  # fmt: skip
    for name, forget in forgetting.items():
        works = {SAME: works[SAME], SMALL: works[SMALL], name: page}
        times = in_turns(works, rounds, {name: forget})
        yield _line(name, times[name], times)


def _over_http(app: Flask, folder: Path, address: str, counts: Counts) -> Iterator[str]:
    pages = {"disclosure": address, "list": LIST}
    bodies = {name: asked(app, where)() for name, where in pages.items()}
    with served(folder, bodies) as fetch:
        for name, where in pages.items():
            works = {
                SAME: partial(fetch, f"{BARE}/{name}"),
                SMALL: partial(fetch, QUERY),
                KEPT: partial(fetch, where),
            }
            times = in_turns(works, counts.rounds, {})
            yield from _table(f"The {name} over HTTP, same server, {counts.openings:,} openings", times)


def _table(title: str, times: Mapping[str, Times]) -> Iterator[str]:
    yield ""
    yield title
    yield HEAD
    for name, one in times.items():
        yield _line(name, one, times)


def _line(name: str, one: Times, times: Mapping[str, Times]) -> str:
    bare, query = one.median / times[SAME].median, one.median / times[SMALL].median
    return f"  {name:<26}{one.median:>10.2f}{one.p95:>9.2f}{bare:>8.1f}{query:>9.1f}"
