"""Reads reference cases, computes the stats of the kinds that the code covers, and compares."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hiringkit.calibration.rules.agreement import (
    Metric,
    disagreement_weights,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    icc,
    krippendorff_alpha,
    weighted_kappa_of_table,
)
from hiringkit.calibration.rules.drift.run_length import run_length
from hiringkit.calibration.rules.measures import measures, quadratic_kappa
from hiringkit.calibration.rules.passing import stage1_outcome, stage2_outcome
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.undefined import Undefined
from hiringkit.debriefs.rules.combining import Precision, combine
from hiringkit.debriefs.rules.gates import gate_findings, gravest
from hiringkit.debriefs.rules.ratings import Rating
from tests.reference import workload

FAILED = 1
NOT_COVERED = 3

Stat = float | str | None
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Report:
    """One printed line per stat or uncovered file, and the exit code for all of them."""

    lines: tuple[str, ...]
    exit_code: int


def run(paths: Sequence[Path]) -> Report:
    """Run every file; a file that cannot be read or computed is a failure, never a skip."""
    lines: list[str] = []
    codes = {0}
    for path in paths:
        try:
            case = json.loads(path.read_text(encoding="utf-8"))
            if case["kind"] not in KINDS:
                lines.append(f"not covered  {case['id']}  kind {case['kind']}")
                codes.add(NOT_COVERED)
                continue
            got = KINDS[case["kind"]](case["data"])
            told = [_line(case["id"], expected, got) for expected in case["expected"]]
        except (OSError, ValueError, KeyError, TypeError, IndexError) as fault:
            told = [(False, f"fail  {path.name}  cannot be run: {type(fault).__name__}: {fault}")]
        lines += [line for _, line in told]
        codes |= {0 if passed else FAILED for passed, _ in told}
    return Report(tuple(lines), FAILED if FAILED in codes else max(codes))


def _line(case: str, expected: Data, got: Mapping[str, Stat]) -> tuple[bool, str]:
    stat = expected["stat"]
    if stat not in got:
        return False, f"fail  {case}  {stat}  expected {expected['value']}  got nothing: not a stat of this kind"
    passed = _agrees(expected["value"], got[stat], expected.get("tol") or 0)
    word = "pass" if passed else "fail"
    return passed, f"{word}  {case}  {stat}  expected {expected['value']}  got {_shown(got[stat])}"


def _agrees(expected: Stat, got: Stat, tolerance: float) -> bool:
    """Compare numbers within the tolerance, words exactly; null stands for any named undefined state."""
    if expected is None:
        return got is None or isinstance(got, Undefined)
    if isinstance(expected, str) or isinstance(got, str) or got is None:
        return expected == got
    return abs(expected - got) <= tolerance


def _shown(stat: Stat) -> str:
    return f"{stat:.6f}" if isinstance(stat, float) else str(stat)


def _calibration_rule(data: Data) -> dict[str, Stat]:
    points = data["scale"][1]
    lines = DEFAULT_POLICY.lines_for(points)
    measured = measures(data["ratings"], data["gold"], points)
    return {
        "mean_signed_error": measured.mean_error,
        "mean_absolute_error": measured.absolute_error,
        "within_one": measured.within_one,
        "exact_agreement": measured.exact_agreement,
        "slope": measured.slope,
        "differential_accuracy": measured.differential_accuracy,
        "kappa_quadratic": measured.kappa_quadratic,
        "stage1_outcome": stage1_outcome(measured, lines).value,
        "stage2_outcome": stage2_outcome(measured, lines).value,
    }


def _combine(data: Data) -> dict[str, Stat]:
    weights = {name: float(weight) for name, weight in data["weights"].items()}
    precision = Precision(session=data["sd_session"], severity=data["sd_severity"])
    stats: dict[str, Stat] = {}
    for candidate, rows in data["ratings"].items():
        raters, competencies = _Numbers(), _Numbers()
        ratings = [Rating(raters[who], raters[who], competencies[what], value) for who, what, value in rows]
        safety = [competencies[name] for name in data["safety_items"]]
        score = combine(ratings, {competencies[name]: weight for name, weight in weights.items()}, precision)
        stats[f"{candidate}:score"] = score.value
        stats[f"{candidate}:se"] = score.se
        stats[f"{candidate}:gate"] = gravest(gate_findings(ratings, safety, data["gate_level"]).values()).value
    return stats


class _Numbers(dict[str, int]):
    """Gives every new name the next number, because the app's raters and competencies are numbers."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]


def _icc(data: Data) -> dict[str, Stat]:
    found = icc(data["ratings"])
    interval = found.absolute_1_interval
    low, high = (interval, interval) if isinstance(interval, Undefined) else interval
    return {
        "icc_1_1": found.one_1,
        "icc_A_1": found.absolute_1,
        "icc_C_1": found.consistency_1,
        "icc_1_k": found.one_k,
        "icc_A_k": found.absolute_k,
        "icc_C_k": found.consistency_k,
        "icc_A_1_ci95_lower": low,
        "icc_A_1_ci95_upper": high,
    }


def _weighted_kappa_table(data: Data) -> dict[str, Stat]:
    table = data["counts"] if "counts" in data else data["proportions"]
    stats: dict[str, Stat] = {
        f"kappa_{kind}": weighted_kappa_of_table(table, disagreement_weights(len(table), kind))
        for kind in ("quadratic", "linear", "unweighted")
    }
    if "disagreement_weights" in data:
        stats["kappa_weighted"] = weighted_kappa_of_table(table, data["disagreement_weights"])
    return stats


def _weighted_kappa(data: Data) -> dict[str, Stat]:
    places = {category: place for place, category in enumerate(data["categories"])}
    first, second = ([places[rating] for rating in data[rater]] for rater in ("r1", "r2"))
    return {"kappa_quadratic": quadratic_kappa(first, second)}


def _krippendorff_alpha(data: Data) -> dict[str, Stat]:
    ratings = data["ratings"]
    targets = list(zip(*ratings, strict=True)) if data.get("rows") in {"coders", "raters"} else ratings
    return {f"alpha_{metric}": krippendorff_alpha(targets, metric) for metric in Metric}


def _fleiss_kappa(data: Data) -> dict[str, Stat]:
    return {"fleiss_kappa": fleiss_kappa(data["counts"])}


def _gwet_raw(data: Data) -> dict[str, Stat]:
    ratings, categories = data["ratings"], data["categories"]
    targets = list(zip(*ratings, strict=True)) if data.get("rows") in {"coders", "raters"} else ratings
    return {"gwet_ac1": gwet_ac1(targets, categories), "gwet_ac2_quadratic": gwet_ac2(targets, categories)}


def _gwet_table(data: Data) -> dict[str, Stat]:
    counts = data["counts"]
    places = range(len(counts))
    pairs = [(first, second) for first in places for second in places for _ in range(counts[first][second])]
    unweighted = weighted_kappa_of_table(counts, disagreement_weights(len(counts), "unweighted"))
    ac1, ac2 = gwet_ac1(pairs, places), gwet_ac2(pairs, places)
    return {"kappa_unweighted": unweighted, "gwet_ac1": ac1, "gwet_ac2_quadratic": ac2}


def _cusum_arl(data: Data) -> dict[str, Stat]:
    return {
        f"arl:h{limit}:{shift}": run_length(data["k"], limit, shift) for limit in data["h"] for shift in data["shifts"]
    }


KINDS: Mapping[str, Callable[[Data], Mapping[str, Stat]]] = {
    "calibration_rule": _calibration_rule,
    "capacity": workload.capacity,
    "combine": _combine,
    "cusum_arl": _cusum_arl,
    "erlang_a": workload.erlang_a_stats,
    "erlang_c": workload.erlang_c,
    "fleiss_kappa": _fleiss_kappa,
    "gwet_raw": _gwet_raw,
    "gwet_table": _gwet_table,
    "icc": _icc,
    "krippendorff_alpha": _krippendorff_alpha,
    "weighted_kappa": _weighted_kappa,
    "weighted_kappa_table": _weighted_kappa_table,
}
