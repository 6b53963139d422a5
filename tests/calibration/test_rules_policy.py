"""The policy is data: it goes to text and back, and holds the thresholds of SCIENCE 1.2-1.4."""

import json
from dataclasses import replace

import pytest

from hiringkit.calibration.rules.policy import DEFAULT_POLICY, CalibrationPolicy


def test_a_policy_survives_the_way_to_text_and_back() -> None:
    assert CalibrationPolicy.from_json(DEFAULT_POLICY.to_json()) == DEFAULT_POLICY


def test_equal_policies_have_equal_text_and_changed_ones_do_not() -> None:
    changed = replace(DEFAULT_POLICY, standing=replace(DEFAULT_POLICY.standing, due_days=14))
    assert CalibrationPolicy.from_json(changed.to_json()) == changed
    assert changed.to_json() != DEFAULT_POLICY.to_json()
    text = DEFAULT_POLICY.to_json()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))


def test_a_changed_line_changes_what_the_text_decides() -> None:
    stored = json.loads(DEFAULT_POLICY.to_json())
    stored["scales"][0]["mean_error"] = 0.5
    assert CalibrationPolicy.from_json(json.dumps(stored)).lines_for(7).mean_error == 0.5
    assert DEFAULT_POLICY.lines_for(7).mean_error == 0.60


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '"policy"', DEFAULT_POLICY.to_json().replace('"due_days":30', '"due":30')]
)
def test_text_that_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a calibration policy|Expecting value"):
        CalibrationPolicy.from_json(text)


def test_an_unknown_field_is_refused() -> None:
    stored = json.loads(DEFAULT_POLICY.to_json()) | {"mood": "strict"}
    with pytest.raises(ValueError, match="mood"):
        CalibrationPolicy.from_json(json.dumps(stored))


@pytest.mark.parametrize("points", [3, 6, 10])
def test_a_scale_without_lines_is_refused(points: int) -> None:
    with pytest.raises(ValueError, match=f"1 to {points}"):
        DEFAULT_POLICY.lines_for(points)


def test_the_printed_error_rates_are_those_with_the_safety_clause_in_force() -> None:
    rates = DEFAULT_POLICY.lines_for(7).error_rates
    assert rates is not None
    assert dict(rates.passes)["good"] == 0.95
    assert dict(rates.passes)["severe by 1"] == 0.06
    assert DEFAULT_POLICY.lines_for(5).error_rates is None
