"""The benchmark runs and prints its table; how fast anything is, no test says."""

from functools import partial
from pathlib import Path

from hiringkit.foundation.db import db
from tests.bench.baseline import BARE, QUERY, baseline
from tests.bench.figures import AGREEMENT, DRIFT, MEAN
from tests.bench.measuring import asked, forget_pages, in_turns
from tests.bench.report import COLD, NEW, WRITTEN, Counts, report
from tests.bench.site import make_site


def test_the_benchmark_runs_to_its_end() -> None:
    lines = list(report(Counts(rounds=2, openings=2, candidates=2, ratings=100), over_http=True))
    assert lines[0].startswith("2 requests of each kind")
    titles = [line for line in lines if line.startswith("The ")]
    assert [title.split(",")[0] for title in titles] == [
        "The disclosure", "The disclosure", "The list", "The disclosure over HTTP", "The list over HTTP",
    ]  # fmt: skip
    for name in (COLD, WRITTEN, NEW):
        assert sum(name in line for line in lines) == 3
    assert sum("one query, small template" in line for line in lines) == 5
    assert "Statistics of 100 ratings, and of as many sessions" in lines
    assert [line.split("  ")[1] for line in lines[-3:]] == [MEAN, AGREEMENT, DRIFT]


def test_the_bare_view_answers_the_same_bytes(tmp_path: Path) -> None:
    app, address = make_site(tmp_path)
    page = asked(app, address)()
    with app.app_context():
        plain = baseline({"page": page}, db.engine)
    assert asked(plain, f"{BARE}/page")() == page
    assert b"<h1>Patient Access Manager</h1>" in asked(plain, QUERY)()
    forget_pages(app)
    assert asked(app, address)() == page


def test_things_are_done_in_turns() -> None:
    done: list[str] = []
    times = in_turns(
        {"a": partial(_note, done, "a"), "b": partial(_note, done, "b")}, 2, {"b": lambda: done.append("-")}
    )
    assert "".join(done) == "a-b" * 5
    assert set(times) == {"a", "b"}


def _note(done: list[str], name: str) -> bytes:
    done.append(name)
    return b""
