"""Commands say in one clear line what came of them; a refusal exits with 2, a finding with 1."""

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from hiringkit.cli.main import main
from hiringkit.demo.instance import MARK
from tests.cli.conftest import Run

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the words of every command."""
    found = [path]
    for name, command in group.commands.items():
        here = (*path, name)
        found += commands(command, here) if isinstance(command, click.Group) else [here]
    return found


@pytest.mark.parametrize("words", commands(main), ids=" ".join)
def test_help_reads_well(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*words, "--help"], prog_name="hiringkit")
    assert done.exit_code == 0
    assert "..." not in done.output.replace("[ARGS]...", ""), "a sentence is cut short"
    first = done.output.split("\n\n")[1].strip()
    assert first[0].isupper()
    assert first.endswith(".")
    options = [line.strip() for line in done.output.splitlines() if line.strip().startswith("--")]
    assert all("  " in line for line in options), "an option without a sentence"


def refused(done: Result, words: str) -> None:
    """Check that a command refused in one line and made no fuss."""
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("hiringkit: ")
    assert words in done.stderr


@pytest.fixture
def initialised(run: Run, migrated: Callable[[str], Any], tmp_path: Path) -> Run:
    """Return the function that runs commands, on an instance whose tables are made."""
    shutil.copytree(migrated("sqlite"), tmp_path / "instance")
    return run


@pytest.mark.parametrize(
    "words",
    [
        ("serve",),
        ("jobs",),
        ("audit", "verify"),
        ("pack", "import", "patient-access"),
        ("calibration", "adopt", "x.toml"),
    ],
)
def test_command_without_init_names_init(run: Run, words: tuple[str, ...]) -> None:
    refused(run(*words), "Run `hiringkit init` first")


def test_init_gives_a_code_and_doing_it_again_a_new_one(run: Run, tmp_path: Path) -> None:
    first, second = run("init"), run("init")
    codes = [done.stdout.split("one-time code: ")[1].split()[0] for done in (first, second)]
    assert [first.exit_code, second.exit_code] == [0, 0]
    assert codes[0] != codes[1]
    assert "http://127.0.0.1:8000/setup" in first.stdout
    for file in ("hiringkit.db", "secret.key", "master.key"):
        assert (tmp_path / "instance" / file).stat().st_mode & 0o077 == 0, file
    assert (tmp_path / "instance").stat().st_mode & 0o077 == 0
    assert run("audit", "verify").stdout.startswith("The record holds: ")
    assert run("doctor").exit_code == 0


def test_init_refuses_an_instance_with_demo_data(initialised: Run, tmp_path: Path) -> None:
    (tmp_path / "instance" / MARK).write_text("{}")
    refused(initialised("init"), "demo data")


def test_demo_refuses_an_instance_that_is_none_and_a_host_others_reach(initialised: Run) -> None:
    refused(initialised("demo", "--port", str(free_port())), "no demo")
    refused(initialised("demo", "--host", "0.0.0.0", "--port", str(free_port())), "this machine alone")  # noqa: S104


@pytest.mark.parametrize("words", [("init",), ("serve",), ("jobs",), ("audit", "verify"), ("db", "upgrade")])
def test_unreachable_postgresql_is_named(run: Run, words: tuple[str, ...]) -> None:
    refused(run(*words, HIRINGKIT_DATABASE_URL=NOWHERE), "The database cannot be used: connection failed")


MISTAKES = [
    (("init",), {"HIRINGKIT_WORKERS": "many"}, "workers must be a whole number"),
    (("init",), {"HIRINGKIT_DATABASE_URL": "mysql://x@y/z"}, "must start with postgresql://"),
    (("init",), {"HIRINGKIT_BASE_URL": "http://hire.example.org"}, "must begin with https://"),
    (("init",), {"HIRINGKIT_INSTANCE": os.devnull}, "cannot be used"),
    (("db", "downgrade", "nonsense", "--yes"), {}, "There is no revision nonsense"),
    (("db", "downgrade"), {}, "Missing argument 'REVISION'. See `hiringkit db downgrade --help`"),
    (("calibration", "adopt", "nothing.toml"), {}, "nothing.toml cannot be read"),
    (("calibration", "simulate", "--points", "6"), {}, "no lines for a scale of 1 to 6"),
    (("calibration", "simulate", "--responses", "1"), {}, "needs at least 2 responses"),
    (("calibration", "simulate", "--policy", "nothing.toml"), {}, "nothing.toml cannot be read"),
    (("calibration", "simulate", "--policy", os.devnull, "--raters", "0"), {}, "not in the range"),
    (("pack", "import", "nothing.yaml"), {}, "nothing.yaml cannot be read"),
    (("pack", "lint", "nothing.yaml"), {}, "nothing.yaml cannot be read"),
    (("profile", "import", "nothing.csv"), {}, "Missing option '--source'"),
    (("profile", "import", "nothing.csv", "--source", "A table"), {}, "Missing option '--as-of'"),
    (("profile", "import", "nothing.csv", "--source", "A table", "--as-of", "May"), {}, "does not match the format"),
    (("profile", "import", "nothing.csv", "--source", "A table", "--as-of", "2026-05-01"), {}, "cannot be read"),
    (("profile", "import", os.devnull, "--source", " ", "--as-of", "2026-05-01"), {}, "where the figures come from"),
    (("serve", "--port", "99999"), {}, "not in the range"),
    (("serve", "--workers", "0"), {}, "not in the range"),
    (("serve", "--host", "no.such.host.invalid"), {}, "cannot be used"),
    (("nonsense",), {}, "No such command 'nonsense'. See `hiringkit --help`"),
]


@pytest.mark.parametrize(("words", "settings", "line"), MISTAKES)
def test_mistake_is_one_line(initialised: Run, words: tuple[str, ...], settings: dict[str, str], line: str) -> None:
    refused(initialised(*words, **settings), line)


def test_cut_key_is_named(initialised: Run, tmp_path: Path) -> None:
    (tmp_path / "instance" / "master.key").write_bytes(b"short")
    refused(initialised("audit", "verify"), "master.key must hold 32 bytes")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_port_in_use_is_named(initialised: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused(initialised("serve", "--port", port), f"Port {port} of 127.0.0.1 cannot be used")


def test_group_alone_shows_its_help(run: Run) -> None:
    for words in ((), ("db",), ("calibration",), ("pack",), ("profile",), ("audit",)):
        assert "Commands:" in run(*words).stderr


def test_operator_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    import getpass

    from hiringkit.cli.main import operator

    def nameless() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert operator().id == f"operator:{os.getuid()}"
