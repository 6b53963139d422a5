"""An instance for commands to work on, and two ways to run them: in this process, or as a shell does."""

import contextvars
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hiringkit.cli.main import main

Run = Callable[..., Result]
CHEAP = {"HIRINGKIT_ARGON2_MEMORY_KIB": "64", "HIRINGKIT_ARGON2_PASSES": "1"}


def command(*words: str) -> list[str]:
    """Return the words that start a command of hiringkit in a process of its own."""
    return [sys.executable, "-m", "hiringkit.cli.main", *words]


def environment(instance: Path) -> dict[str, str]:
    """Return the variables of this process without its own settings, for an instance."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("HIRINGKIT_")}
    return {**bare, **CHEAP, "HIRINGKIT_INSTANCE": str(instance)}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs a command on an instance of its own; whatever breaks through shows."""

    def run_command(*words: str, **settings: str) -> Result:
        variables = {**CHEAP, "HIRINGKIT_INSTANCE": str(tmp_path / "instance"), **settings}

        def invoke() -> Result:
            return CliRunner().invoke(main, words, env=variables, prog_name="hiringkit", catch_exceptions=False)

        return contextvars.Context().run(invoke)

    return run_command
