"""A policy is changed by naming fields; whatever is no policy is refused with every fault named."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hiringkit.calibration.rules.changing import changed_policy, policy_problems
from hiringkit.calibration.rules.policy import (
    DEFAULT_DRIFT,
    DEFAULT_POLICY,
    FIVE_POINTS,
    SEVEN_POINTS,
    CalibrationPolicy,
    Validity,
)

NINE: dict[str, Any] = {
    "points": 9, "mean_error": 0.8, "absolute_error": 1.3, "slope": 0.55, "differential_accuracy": 0.35,
    "mean_error_guard": 0.25, "absolute_error_guard": 0.2, "slope_guard": 0.12, "differential_accuracy_guard": 0.12,
    "miss_from": 5, "near_miss_at": 4, "gold_sd": 1.6,
}  # fmt: skip


def test_what_is_not_named_stays() -> None:
    assert changed_policy(DEFAULT_POLICY, {}) == replace(
        DEFAULT_POLICY, scales=changed_policy(DEFAULT_POLICY, {}).scales
    )
    changed = changed_policy(DEFAULT_POLICY, {"standing": {"plain": {"days": 90}}, "drift": {"slack": 1}})
    assert changed.standing.plain == Validity(days=90, sessions=40)
    assert changed.standing.with_safety == DEFAULT_POLICY.standing.with_safety
    assert changed.drift_lines == replace(DEFAULT_DRIFT, slack=1.0)
    assert isinstance(changed.drift_lines.slack, float), (
        "the text of a policy does not depend on how a number was written"
    )


def test_a_new_scale_brings_all_its_lines_and_its_spread() -> None:
    drift = {"starting_spread": [{"points": 9, "sd": 0.9}]}
    changed = changed_policy(DEFAULT_POLICY, {"scales": [NINE], "drift": drift})
    assert changed.lines_for(9).miss_from == 5
    assert changed.lines_for(7) == replace(SEVEN_POINTS, error_rates=None)
    assert CalibrationPolicy.from_json(changed.to_json()) == changed


def test_a_policy_from_before_the_drift_monitor_can_be_changed() -> None:
    stored = CalibrationPolicy.from_json(
        (Path(__file__).parent / "policy_before_drift.json").read_text(encoding="utf-8")
    )
    changed = changed_policy(stored, {"scales": [{"points": 7, "slope": 0.6}]})
    assert changed.drift == DEFAULT_DRIFT
    assert [lines.error_rates for lines in changed.scales] == [None, None], "the old rates were those of the old lines"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"mood": 1}, "mood: a policy has no such field"),
        ({"form": {"first_block": 8.5}}, "form.first_block: a whole number is needed"),
        ({"form": {"first_block": True}}, "form.first_block: a number of 0 or more is needed"),
        ({"form": {"panel_icc": float("nan")}}, "form.panel_icc: a number of 0 or more is needed"),
        ({"form": {"panel_icc": "high"}}, "form.panel_icc: a number of 0 or more is needed"),
        ({"standing": {"due_days": -1}}, "standing.due_days: a number of 0 or more is needed"),
        ({"standing": 3}, "standing: names with values are needed"),
        ({"scales": {"points": 7}}, "scales: a list is needed, each entry with its points"),
        ({"scales": [{"slope": 0.6}]}, "scales: a list is needed, each entry with its points"),
        ({"scales": [{"points": 9, "slope": 0.6}]}, r"scales\[9\]: a new scale needs absolute_error"),
        ({"scales": [{"points": 7, "error_rates": []}]}, "error rates are simulated at adoption"),
        ({"scales": [NINE]}, r"drift.starting_spread\[9\]: an sd above 0 is needed"),
        ({"scales": [{"points": 7, "miss_from": 8}]}, r"scales\[7\]: near_miss_at must be above 1"),
        ({"scales": [{"points": 7, "slope": 1.2}]}, "slope and accuracy reach 1 at most"),
        ({"scales": [{"points": 7, "mean_error": 0}]}, "must be above 0"),
        ({"form": {"fewest_competencies": 9}}, "no more than most_competencies"),
        ({"form": {"unsafe_cells": 41}}, "more than answers in the first block"),
        ({"standing": {"plain": {"sessions": 0}}}, "standing.plain: at least one day and session"),
        ({"standing": {"due_days": 90}}, "must be below the days of with_safety"),
        ({"drift": {"slack": 3}}, "drift.slack: must be below clip"),
        ({"drift": {"base_sessions": 0}}, "drift: numbers of sessions"),
        ({"drift": {"ewma_weight": 0}}, "drift.ewma_weight"),
    ],
)
def test_what_is_no_policy_is_refused_by_name(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        changed_policy(DEFAULT_POLICY, changes)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(ValueError, match="mood") as refused:
        changed_policy(DEFAULT_POLICY, {"mood": 1, "form": {"first_block": "many"}})
    assert len(str(refused.value).splitlines()) == 2


def test_a_list_is_no_policy() -> None:
    with pytest.raises(ValueError, match="The policy: names with values are needed"):
        changed_policy(DEFAULT_POLICY, [])  # type: ignore[arg-type]  # As a JSON file may hold.


def test_the_default_has_no_problem_and_each_scale_is_looked_at() -> None:
    assert policy_problems(DEFAULT_POLICY) == ()
    both = replace(DEFAULT_POLICY, scales=(replace(SEVEN_POINTS, miss_from=9), replace(FIVE_POINTS, miss_from=9)))
    assert len(policy_problems(both)) == 2
