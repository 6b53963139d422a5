"""The locks hold what pyproject.toml asks for, pinned, hashed and without an address."""

import re
import shutil
from pathlib import Path

import pytest

from tests.house import lock
from tests.house.tree import ROOT

RUN_TIME_PACKAGES = 45


def test_the_locks_are_made_from_the_present_pyproject() -> None:
    assert lock.stale_locks(ROOT) == []


@pytest.mark.parametrize("table", ["dependencies = [", "postgres = [", "build = [", "dev = ["])
def test_a_changed_dependency_makes_both_locks_stale(tmp_path: Path, table: str) -> None:
    checkout = _copy(tmp_path)
    pyproject = checkout / "pyproject.toml"
    text = pyproject.read_text()
    assert text.count(f"\n{table}") == 1
    pyproject.write_text(text.replace(f"\n{table}", f'\n{table}"left-pad>=1", '))

    assert lock.stale_locks(checkout) == ["requirements/run.txt", "requirements/dev.txt"]
    assert lock.main(["--check", "--root", str(checkout)]) == 1


def test_another_setting_leaves_the_locks_alone(tmp_path: Path) -> None:
    checkout = _copy(tmp_path)
    with (checkout / "pyproject.toml").open("a") as pyproject:
        pyproject.write("\n[tool.other]\nsetting = 1\n")

    assert lock.main(["--check", "--root", str(checkout)]) == 0


def test_writing_the_note_keeps_every_pin_and_is_repeatable(tmp_path: Path) -> None:
    checkout = _copy(tmp_path)
    run = checkout / "requirements/run.txt"
    before = _pins(run)
    run.write_text(run.read_text().split("\n", 1)[1])
    assert lock.stale_locks(checkout) == ["requirements/run.txt"]

    lock.write(checkout)
    lock.write(checkout)

    assert lock.stale_locks(checkout) == []
    assert _pins(run) == before
    assert run.read_text().count(lock.MARK) == 1


def test_what_is_tested_is_what_runs() -> None:
    run, dev = _pins(ROOT / "requirements/run.txt"), _pins(ROOT / "requirements/dev.txt")
    assert run - dev == set()


def test_every_pin_has_a_hash() -> None:
    for name in lock.LOCKS:
        text = (ROOT / name).read_text()
        blocks = re.split(r"\n(?=[a-z0-9])", text)
        pinned = [block for block in blocks if "==" in block.split("\n", 1)[0]]
        assert len(pinned) == len(_pins(ROOT / name))
        assert [block.split()[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_few_packages_are_needed_at_run_time() -> None:
    names = {pin.split("==")[0] for pin in _pins(ROOT / "requirements/run.txt")}
    assert len(names) <= RUN_TIME_PACKAGES


def _copy(target: Path) -> Path:
    """A copy of the files that the lock is about, to be changed without harm."""
    (target / "requirements").mkdir()
    for name in ("pyproject.toml", "requirements/run.txt", "requirements/dev.txt"):
        shutil.copy(ROOT / name, target / name)
    return target


def _pins(path: Path) -> set[str]:
    """The `name==version` pins of a lock, their markers and hashes left off."""
    return set(re.findall(r"^([a-z0-9][^\s;\\]*==[^\s;\\]+)", path.read_text(), flags=re.MULTILINE))
