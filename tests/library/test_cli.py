"""The commands of the library say file, line, path and message, and one line of what came of it."""

from pathlib import Path

import pytest

from hiringkit.foundation.access import Actor
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import InvalidError
from hiringkit.library import cli
from tests.library.factories import Plain, small_text
from tests.world import World

OPERATOR = Actor.operator("test")


def spoil(data: Plain) -> None:
    """Name a competency that the pack does not hold."""
    data["competency_sets"][0]["competencies"][4] = "wrods"


def test_lint_names_file_line_path_and_message(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(small_text(spoil), encoding="utf-8")
    said: list[str] = []
    assert cli.lint_file(str(file), say=said.append) == 1
    line = next(n for n, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if "wrods" in text)
    expected = f"{file}:{line}: competency_sets[0].competencies[4]: there is no competency “wrods” in this pack"
    assert expected in said


def test_lint_of_the_starter_pack_by_name_is_clean() -> None:
    said: list[str] = []
    assert cli.lint_file("patient-access", say=said.append) == 0
    assert said == ["patient-access: nothing to find fault with."]


def test_import_says_what_came_of_it(sqlite_world: World, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(small_text(), encoding="utf-8")
    said: list[str] = []
    for _ in range(2):
        cli.import_file(str(file), by=OPERATOR, at=now(), say=said.append)
    assert said == [
        "The pack “Small”, version 1, is loaded.",
        "The pack “Small”, version 1, was loaded before; nothing has changed.",
    ]


def test_import_of_a_refused_pack_lists_the_findings(sqlite_world: World, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(small_text(spoil), encoding="utf-8")
    said: list[str] = []
    with pytest.raises(InvalidError, match=r"was not loaded: \d+ findings?\."):
        cli.import_file(str(file), by=OPERATOR, at=now(), say=said.append)
    assert any("“wrods”" in line for line in said)


def test_files_that_cannot_be_read_are_one_sentence(tmp_path: Path) -> None:
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    for file in (str(tmp_path / "absent.yaml"), str(tmp_path), str(binary)):
        with pytest.raises(InvalidError, match=r"cannot be read: .+\.$"):
            cli.lint_file(file, say=lambda _: None)
