"""Files, functions and templates stay small enough to be read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import project_files, shown

FILE_LINES = 400
FUNCTION_LINES = 50
TEMPLATE_LINES = 149
CONFTEST_LINES = 149


def test_no_file_is_too_long() -> None:
    # Pack content and reference cases (YAML, JSON) are data, and a lock is as long as it is.
    sources = project_files("hiringkit", "migrations", "tests", suffixes=(".py", ".css", ".js"))
    assert sources
    assert _longer_than(FILE_LINES, sources) == []


def test_no_template_is_too_long() -> None:
    assert _longer_than(TEMPLATE_LINES, project_files("templates")) == []


def test_the_root_conftest_is_short() -> None:
    conftest = [path for path in project_files("tests") if path.name == "conftest.py"]
    assert _longer_than(CONFTEST_LINES, conftest) == []


def test_no_function_is_too_long() -> None:
    found = [
        f"{shown(path)}: {name} has {lines} lines"
        for path in project_files("hiringkit", "migrations", "tests", suffixes=(".py",))
        for name, lines in _functions(path)
        if lines > FUNCTION_LINES and "migrations/versions/" not in shown(path)
    ]
    assert found == []


def _longer_than(limit: int, paths: list[Path]) -> list[str]:
    """The paths whose file has more lines than the limit, with their number."""
    counts = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return [f"{name} has {lines} lines" for name, lines in counts.items() if lines > limit]


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """The name and the number of lines of each function of a file, methods and nested ones included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1
