"""The tree is the one HOUSE.md draws, its rooms start without side effects, and its files travel."""

import ast
import re
import sys
from pathlib import Path

import grimp
import pytest

from tests.house.tree import ROOT, project_files, shown

TOP = {
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "hiringkit",
    "instance",
    "migrations",
    "pyproject.toml",
    "requirements",
    "templates",
    "tests",
}
ADDRESSES = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|[/]simple/|--(?:extra-)?index-url"
)
MACHINE_PATHS = re.compile(r"(?<![\w.}])/(?:work|root|Users|opt/wheels)/|\b[A-Z]:\\(?:Users)")
ROOMS = sorted(path.parent for path in (ROOT / "hiringkit").glob("*/__init__.py"))
TEXT = {"", ".cfg", ".css", ".html", ".js", ".json", ".mako", ".md", ".py", ".svg", ".toml", ".txt", ".yaml", ".yml"}


def test_the_top_level_holds_only_what_belongs_there() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in project_files()}
    assert {name for name in tops if not name.startswith(".")} - TOP == set()


def test_the_instance_folder_is_kept_and_its_contents_are_not() -> None:
    assert [shown(path) for path in project_files("instance")] == ["instance/.gitignore"]


@pytest.mark.parametrize("room", [ROOT / "hiringkit", *ROOMS], ids=lambda room: room.name)
def test_a_room_starts_with_its_docstring_and_nothing_else(room: Path) -> None:
    module = ast.parse((room / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(module)
    assert len(module.body) == 1, "a room's __init__.py imports nothing: pure tests must not load Flask"


def test_the_package_imports_in_no_rings() -> None:
    graph = grimp.build_graph("hiringkit", cache_dir=None)
    assert _in_rings({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}) == set()


def test_a_ring_would_be_found() -> None:
    assert _in_rings({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"b", "c"}


def test_no_file_names_a_registry() -> None:
    # The Makefile tells uv to leave addresses out, by options whose names hold these words.
    assert _lines(ADDRESSES, [path for path in _texts() if path.name != "Makefile"]) == []


def test_no_file_names_a_path_of_this_machine() -> None:
    assert _lines(MACHINE_PATHS, _texts()) == []
    here = [str(ROOT), str(Path.home()), sys.prefix, sys.base_prefix]
    known = re.compile("|".join(re.escape(path) for path in here if path.count("/") > 1) or r"(?!)")
    assert _lines(known, _texts()) == []


@pytest.mark.parametrize(
    "line", ["see https://pypi" + ".org/p", "--index" + "-url x", "cd /wo" + "rk/main", '"/ro' + 'ot/x"']
)
def test_an_address_or_a_path_would_be_found(line: str) -> None:
    assert ADDRESSES.search(line) or MACHINE_PATHS.search(line)


def _texts() -> list[Path]:
    """The project's files that hold text."""
    return [path for path in project_files() if path.suffix in TEXT]


def _lines(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Where a pattern occurs, as file and line."""
    return [
        f"{shown(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def _in_rings(imports: dict[str, set[str]]) -> set[str]:
    """The modules that import themselves over others: what is left when leaves and tops are taken off in turn."""
    left = {module: imported & imports.keys() for module, imported in imports.items()}
    while True:
        imported_by_someone = set().union(*left.values()) if left else set()
        inner = {module for module, imported in left.items() if imported and module in imported_by_someone}
        if inner == left.keys():
            return inner
        left = {module: left[module] & inner for module in inner}
