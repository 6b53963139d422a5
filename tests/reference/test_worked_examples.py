"""Every worked example in the rules is run as it stands, so that none of them can go stale."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULES = sorted([*ROOT.glob("hiringkit/*/rules.py"), *ROOT.glob("hiringkit/*/rules/**/*.py")])
MODULES = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in RULES if path.stem != "__init__"]


@pytest.mark.parametrize("name", MODULES)
def test_worked_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    "name",
    [
        "hiringkit.calibration.rules.measures",
        "hiringkit.calibration.rules.passing",
        "hiringkit.debriefs.rules.combining",
        "hiringkit.debriefs.rules.gates",
        "hiringkit.disclosures.rules.workload.capacity",
        "hiringkit.disclosures.rules.workload.figures",
        "hiringkit.disclosures.rules.workload.queues",
        "hiringkit.scorecards.rules.sealing",
    ],
)
def test_each_public_function_of_the_decisive_rules_has_an_example(name: str) -> None:
    module = importlib.import_module(name)
    finder = doctest.DocTestFinder(exclude_empty=False)
    functions = {f"{name}.{item}" for item in vars(module) if callable(getattr(module, item)) and item.islower()}
    bare = [
        test.name
        for test in finder.find(module)
        if test.name in functions and not test.name.rpartition(".")[2].startswith("_") and not test.examples
    ]
    assert bare == []
