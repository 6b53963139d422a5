"""An instance for commands to work on, and a way to run them as a shell does."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


def command(*words: str) -> list[str]:
    """Return the words that start a command of hiringkit in this interpreter."""
    return [sys.executable, "-m", "hiringkit.cli.main", *words]


def environment(instance: Path, **settings: str) -> dict[str, str]:
    """Return the variables of this process without its own settings, and with these."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("HIRINGKIT_")}
    cheap = {"HIRINGKIT_ARGON2_MEMORY_KIB": "64", "HIRINGKIT_ARGON2_PASSES": "1"}
    return {**bare, **cheap, "HIRINGKIT_INSTANCE": str(instance), **settings}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs a command on an instance of its own."""

    def run_command(*words: str, **settings: str) -> Done:
        variables = environment(tmp_path / "instance", **settings)
        return subprocess.run(command(*words), env=variables, capture_output=True, text=True, timeout=60, check=False)

    return run_command
