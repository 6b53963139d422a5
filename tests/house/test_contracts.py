"""The import contracts hold for the package, and each of them is shown to bite on a planted fault."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

ROOMS = (
    "audit",
    "people",
    "library",
    "openings",
    "disclosures",
    "calibration",
    "loops",
    "candidates",
    "interviews",
    "scorecards",
    "debriefs",
    "careers",
    "portal",
    "home",
)
DOORS = {
    "rules": "import numpy\nfrom hiringkit.foundation import errors, lifecycle\n",
    "models": "import sqlalchemy\nfrom hiringkit.foundation import db\nfrom . import rules\n",
    "policy": "from hiringkit.foundation import access\nfrom . import models, rules\n",
    "queries": "import sqlalchemy\nfrom . import models, policy, rules\n",
    "operations": "from hiringkit.foundation import clock\nfrom . import models, policy, queries, rules\n",
    "forms": "import wtforms\nfrom hiringkit.foundation import forms\nfrom . import rules\n",
    "views": "import flask\nfrom . import forms, operations, policy, queries\n",
    "jobs": "from . import operations, queries\n",
    "cli": "from . import operations, queries\n",
}
FOUNDATION = ("access", "clock", "db", "errors", "forms", "lifecycle", "web")
OUTSIDE = {
    "rooms": "".join(f"from hiringkit.{room} import views as {room}\n" for room in ROOMS),
    "reactions": "from hiringkit.scorecards import operations\n",
    "app": "from hiringkit import reactions, rooms\n",
    "demo": "from hiringkit.people import operations\n",
    "cli": "from hiringkit import app, demo\n",
}
# Contract, the module that gets a forbidden import, and that import.
FAULTS = (
    ("rooms", "people/queries", "hiringkit.library.queries"),
    ("rooms", "loops/operations", "hiringkit.candidates.queries"),
    ("rooms", "foundation/web", "hiringkit.audit.rules"),
    ("rooms", "rooms", "hiringkit.app"),
    ("doors", "people/models", "hiringkit.people.queries"),
    ("doors", "people/policy", "hiringkit.people.queries"),
    ("doors", "people/operations", "hiringkit.people.forms"),
    ("rules-door", "library/rules", "hiringkit.foundation.clock"),
    ("rules-door", "library/rules", "hiringkit.audit.models"),
    ("models-door", "library/models", "hiringkit.audit.queries"),
    ("queries-door", "library/queries", "hiringkit.audit.operations"),
    ("policy-door", "library/policy", "hiringkit.audit.queries"),
    ("operations-door", "library/operations", "hiringkit.audit.forms"),
    ("forms-door", "library/forms", "hiringkit.audit.queries"),
    ("forms-door", "library/forms", "hiringkit.library.models"),
    ("views-door", "library/views", "hiringkit.audit.jobs"),
    ("jobs-door", "library/jobs", "hiringkit.library.forms"),
    ("cli-door", "library/cli", "hiringkit.library.policy"),
    ("pure-rules", "openings/rules", "sqlalchemy"),
    ("still-rules", "openings/rules", "random"),
    ("protected-views", "app", "hiringkit.people.views"),
    ("protected-views", "portal/views", "hiringkit.people.views"),
    ("no-sql-in-views", "openings/views", "sqlalchemy"),
)


def test_the_package_keeps_every_contract() -> None:
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_sound_package_breaks_no_contract(sound: Path) -> None:
    done = _lint(sound)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "module", "imported"), FAULTS, ids=[" ".join(fault) for fault in FAULTS])
def test_a_fault_breaks_its_contract(sound: Path, contract: str, module: str, imported: str) -> None:
    _plant(sound, module, imported)
    importer = f"hiringkit.{module.replace('/', '.')}"
    done = _lint(sound, "--contract", contract)
    assert done.returncode == 1
    assert f"{importer} -> {imported} " in done.stdout


def test_a_framework_behind_another_module_counts_against_rules(sound: Path) -> None:
    _plant(sound, "foundation/errors", "flask")
    done = _lint(sound, "--contract", "pure-rules")
    assert done.returncode == 1
    assert "hiringkit.foundation.errors -> flask" in done.stdout


def test_a_room_that_is_in_no_place_is_refused(sound: Path) -> None:
    (sound / "hiringkit/extras.py").touch()
    done = _lint(sound, "--contract", "rooms")
    assert done.returncode == 1
    assert "hiringkit.extras" in done.stdout


def test_every_contract_is_proved(sound: Path) -> None:
    config = (sound / "pyproject.toml").read_text()
    proved = {contract for contract, _, _ in FAULTS}
    assert config.count("[[tool.importlinter.contracts]]") == len(proved)
    assert all(f'id = "{contract}"' in config for contract in proved)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A package of the same shape as hiringkit, small and without a fault, under the same contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    package = tmp_path / "hiringkit"
    for room in ROOMS:
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
        for door, text in DOORS.items():
            (package / room / f"{door}.py").write_text(text)
    (package / "foundation").mkdir()
    for name in ("__init__", *FOUNDATION):
        (package / "foundation" / f"{name}.py").touch()
    (package / "__init__.py").touch()
    for name, text in OUTSIDE.items():
        (package / f"{name}.py").write_text(text)
    return tmp_path


def _plant(checkout: Path, module: str, imported: str) -> None:
    """Add one import to one module."""
    path = checkout / "hiringkit" / f"{module}.py"
    path.write_text(f"import {imported}\n" + path.read_text())


def _lint(checkout: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the package in a folder."""
    linter = Path(sys.executable).with_name("lint-imports")
    command = [str(linter), "--no-cache", "--no-logo", "--config", "pyproject.toml", *options]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
