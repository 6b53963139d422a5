"""Outcomes as the plain values of a stored result, and back, so that a result is read and never decided again."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from hiringkit.calibration.rules.findings import Finding, FindingKind
from hiringkit.calibration.rules.margins import Margins
from hiringkit.calibration.rules.measures import Measures
from hiringkit.calibration.rules.passing import Outcome, StageOutcome, Together
from hiringkit.calibration.rules.safety import Cell, SafetyVerdict
from hiringkit.calibration.rules.undefined import Undefined


def outcome_values(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as values that JSON can hold; an undefined statistic is its words.

    >>> from hiringkit.calibration.rules.passing import Attempt, decide
    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> gold = [[1, 4], [7, 4], [4, 1], [2, 6]]
    >>> decided = decide(Attempt(7, 4, gold, gold, set()), DEFAULT_POLICY)
    >>> stored_outcome(outcome_values(decided)) == decided
    True
    """
    values = {name: value for name, value in asdict(outcome).items() if value is not None}
    values["safety"] = {name: [list(cell) for cell in cells] for name, cells in values["safety"].items()}
    values["findings"] = [
        {"kind": finding.kind.value, "text": finding.text, "cells": [list(cell) for cell in finding.cells]}
        for finding in outcome.findings
    ]
    return values | {"result": outcome.result.value}


def stored_outcome(values: Mapping[str, Any]) -> Outcome:
    """Return the outcome that `outcome_values` wrote."""
    together = values.get("together")
    return Outcome(
        stage=values["stage"],
        result=StageOutcome(values["result"]),
        measures=_measures(values["measures"]),
        margins=Margins(**values["margins"]),
        safety=SafetyVerdict(_cells(values["safety"]["misses"]), _cells(values["safety"]["near_misses"])),
        findings=tuple(
            Finding(FindingKind(told["kind"]), told["text"], _cells(told["cells"])) for told in values["findings"]
        ),
        together=together
        and Together(together["responses"], _measures(together["measures"]), Margins(**together["margins"])),
    )


def _measures(values: Mapping[str, Any]) -> Measures:
    told: dict[str, Any] = {name: Undefined(one) if isinstance(one, str) else one for name, one in values.items()}
    return Measures(**told)


def _cells(values: list[list[int]]) -> tuple[Cell, ...]:
    return tuple((response, competency) for response, competency in values)
