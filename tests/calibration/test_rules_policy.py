"""The policy is data: it goes to text and back, and holds the thresholds of SCIENCE 1.2-1.4."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from hiringkit.calibration.rules.policy import DEFAULT_DRIFT, DEFAULT_POLICY, CalibrationPolicy

STORED_HASH = "8d5cbd650e26d40aa6b64087f5b042447a92c9407db7cb00c210b249607b7400"


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


def test_a_policy_of_today_states_no_error_rates_in_its_own_text() -> None:
    assert [lines.error_rates for lines in DEFAULT_POLICY.scales] == [None, None]


def test_a_policy_stored_before_the_drift_monitor_reads_and_keeps_its_hash() -> None:
    text = (Path(__file__).parent / "policy_before_drift.json").read_text(encoding="utf-8")
    stored = CalibrationPolicy.from_json(text)
    assert stored.to_json() == text
    assert hashlib.sha256(text.encode()).hexdigest() == STORED_HASH
    assert stored.drift is None
    assert stored.drift_lines == DEFAULT_DRIFT
    assert "drift" in DEFAULT_POLICY.to_json()


def test_a_changed_drift_line_survives_the_way_to_text() -> None:
    changed = replace(DEFAULT_POLICY, drift=replace(DEFAULT_DRIFT, slack=1.0))
    assert CalibrationPolicy.from_json(changed.to_json()).drift_lines.slack == 1.0
