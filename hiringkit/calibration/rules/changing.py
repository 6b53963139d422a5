"""A policy changed in some of its fields, as somebody writes it down, and what no policy may say."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hiringkit.calibration.rules.policy import CalibrationPolicy, ScaleLines

SIMULATED = "error_rates"
"""The one field of a policy that nobody writes: error rates are simulated and stored beside it."""
KEY = "points"
"""What the members of a list are found by."""
FEWEST_POINTS = 3


def changed_policy(base: CalibrationPolicy, changes: Mapping[str, Any]) -> CalibrationPolicy:
    """Return the base with the named fields changed; the lines of a scale are found by their `points`.

    Error rates that an older base holds are left out: they were those of its own lines. Raises
    ValueError, one line per fault, on an unknown field, a value of another type, or a policy with
    `policy_problems`.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> strict = changed_policy(DEFAULT_POLICY, {"scales": [{"points": 7, "slope": 0.6}]})
    >>> strict.lines_for(7).slope, strict.lines_for(5) == DEFAULT_POLICY.lines_for(5)
    (0.6, True)
    """
    scales = tuple(replace(lines, error_rates=None) for lines in base.scales)
    stored = json.loads(replace(base, scales=scales, drift=base.drift_lines).to_json())
    faults: list[str] = []
    merged = _merged(stored, changes, "", faults)
    if not faults:
        policy = CalibrationPolicy.from_json(json.dumps(merged))
        faults = list(policy_problems(policy))
    if faults:
        raise ValueError("\n".join(faults))
    return policy


def _merged(stored: Any, change: Any, path: str, faults: list[str]) -> Any:
    """Return what is stored with a change laid over it; whatever does not fit is added to the faults."""
    if isinstance(stored, dict):
        return _merged_fields(stored, change, path, faults)
    if isinstance(stored, list):
        return _merged_members(stored, change, path, faults)
    if isinstance(change, bool) or not isinstance(change, int | float) or not math.isfinite(change) or change < 0:
        faults.append(f"{path}: a number of 0 or more is needed.")
    elif isinstance(stored, int) and not isinstance(change, int):
        faults.append(f"{path}: a whole number is needed.")
    else:
        return type(stored)(change)
    return stored


def _merged_fields(stored: dict[str, Any], change: Any, path: str, faults: list[str]) -> dict[str, Any]:
    if not isinstance(change, Mapping):
        faults.append(f"{path or 'The policy'}: names with values are needed.")
        return stored
    merged = dict(stored)
    for name, value in change.items():
        here = f"{path}.{name}" if path else str(name)
        if name == SIMULATED:
            faults.append(f"{here}: error rates are simulated at adoption and cannot be written.")
        elif name not in stored:
            faults.append(f"{here}: a policy has no such field.")
        else:
            merged[name] = _merged(stored[name], value, here, faults)
    return merged


def _merged_members(stored: list[dict[str, Any]], change: Any, path: str, faults: list[str]) -> list[dict[str, Any]]:
    if not isinstance(change, list) or not all(isinstance(one, Mapping) and KEY in one for one in change):
        faults.append(f"{path}: a list is needed, each entry with its {KEY}.")
        return stored
    merged = {one[KEY]: one for one in stored}
    for one in change:
        here = f"{path}[{one[KEY]}]"
        known = merged.get(one[KEY])
        if known is None and (lacking := sorted(set(stored[0]) - set(one) - {SIMULATED})):
            faults.append(f"{here}: a new scale needs {', '.join(lacking)} too.")
            continue
        merged[one[KEY]] = _merged(known or stored[0], one, here, faults)
    return list(merged.values())


def policy_problems(policy: CalibrationPolicy) -> tuple[str, ...]:
    """Name what a policy says that cannot be meant; an empty tuple may be simulated and adopted.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> policy_problems(DEFAULT_POLICY)
    ()
    """
    stated = [*_parts(policy), *(one for lines in policy.scales for one in _scale(policy, lines))]
    return tuple(sentence for holds, sentence in stated if not holds)


def _scale(policy: CalibrationPolicy, lines: ScaleLines) -> Iterator[tuple[bool, str]]:
    where = f"scales[{lines.points}]"
    yield lines.points >= FEWEST_POINTS, f"{where}: a scale has at least {FEWEST_POINTS} points."
    yield min(lines.mean_error, lines.absolute_error) > 0, f"{where}: the lines of the two errors must be above 0."
    yield max(lines.slope, lines.differential_accuracy) <= 1, f"{where}: slope and accuracy reach 1 at most."
    misses_fit = 1 < lines.near_miss_at < lines.miss_from <= lines.points
    yield misses_fit, f"{where}: near_miss_at must be above 1, miss_from above it and on the scale."
    starts = [start.sd for start in policy.drift_lines.starting_spread if start.points == lines.points]
    yield len(starts) == 1 and starts[0] > 0, f"drift.starting_spread[{lines.points}]: an sd above 0 is needed."


def _parts(policy: CalibrationPolicy) -> Iterator[tuple[bool, str]]:
    form, standing, drift = policy.form, policy.standing, policy.drift_lines
    yield form.first_block > 1, "form.first_block: at least 2 responses are needed."
    yield (
        1 < form.fewest_competencies <= form.most_competencies,
        "form.fewest_competencies: at least 2 are needed, and no more than most_competencies.",
    )
    yield form.fewest_experts > 0, "form.fewest_experts: at least 1 is needed."
    yield (
        form.unsafe_cells <= form.first_block * form.fewest_competencies,
        "form.unsafe_cells: there cannot be more than answers in the first block.",
    )
    yield max(form.panel_icc, form.third_share) <= 1, "form: panel_icc and third_share are shares of 1."
    for name, validity in (("plain", standing.plain), ("with_safety", standing.with_safety)):
        yield (
            min(validity.days, validity.sessions) > 0,
            f"standing.{name}: at least one day and session are needed.",
        )
        yield standing.due_days < validity.days, f"standing.due_days: must be below the days of {name}."
    yield standing.refresh_responses > 1, "standing.refresh_responses: at least 2 responses are needed."
    yield (
        standing.refresh_responses <= standing.refresh_decides_on,
        "standing.refresh_decides_on: a refresh is decided on no fewer responses than it has.",
    )
    yield 0 < drift.ewma_weight <= 1, "drift.ewma_weight: must be above 0 and 1 at most."
    yield max(drift.shrinkage, drift.central_share) <= 1, "drift: shrinkage and central_share are shares of 1."
    yield drift.slack < drift.clip, "drift.slack: must be below clip, or no chart could rise."
    counted = (drift.base_sessions, drift.fewest_others, drift.erratic_sessions, drift.central_sessions)
    yield min(counted) > 0, "drift: numbers of sessions and of others must be above 0."
