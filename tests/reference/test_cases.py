"""The suite holds the code against every reference case that it covers, and the command against its exit codes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reference.runner import FAILED, KINDS, NOT_COVERED, run

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[2]
KIND_OF = {path.stem: json.loads(path.read_text(encoding="utf-8"))["kind"] for path in sorted(CASES.glob("*.json"))}
COVERED = [name for name, kind in KIND_OF.items() if kind in KINDS]


def case_file(name: str) -> Path:
    return CASES / f"{name}.json"


def copied_with(tmp_path: Path, name: str, **changes: Any) -> Path:
    """Write a copy of a case whose top-level fields are changed."""
    case = json.loads(case_file(name).read_text(encoding="utf-8")) | changes
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    return path


def command(*paths: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.reference", *map(str, paths)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", COVERED)
def test_covered_case_passes_in_every_stat(name: str) -> None:
    report = run([case_file(name)])
    assert report.exit_code == 0, report.lines
    assert all(line.startswith("pass  ") for line in report.lines)
    assert len(report.lines) == len(json.loads(case_file(name).read_text(encoding="utf-8"))["expected"])


def test_kinds_of_this_product_are_covered() -> None:
    kinds = {
        "calibration_rule", "capacity", "combine", "cusum_arl", "erlang_c",
        "fleiss_kappa", "gwet_raw", "icc", "krippendorff_alpha", "weighted_kappa_table",
    }  # fmt: skip
    assert kinds <= {KIND_OF[name] for name in COVERED}


def test_index_names_every_case() -> None:
    index = (CASES / "INDEX.md").read_text(encoding="utf-8")
    assert [name for name in KIND_OF if f"`{name}`" not in index] == []


def test_command_prints_one_line_per_stat_and_exits_0() -> None:
    done = command(case_file("combine_gates_public"), case_file("calibration_rule_pub_0"))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 15 + 7
    assert "pass  combine_gates_public  B:gate  expected fail  got fail" in done.stdout.splitlines()


def test_command_exits_3_for_a_kind_that_is_not_covered(tmp_path: Path) -> None:
    unknown = copied_with(tmp_path, "calibration_rule_pub_0", kind="astrology")
    done = command(unknown, case_file("calibration_rule_pub_1"))
    assert done.returncode == NOT_COVERED
    assert "not covered  calibration_rule_pub_0  kind astrology" in done.stdout


def test_command_exits_1_for_a_failure_even_beside_an_uncovered_kind(tmp_path: Path) -> None:
    unknown = copied_with(tmp_path, "calibration_rule_pub_0", kind="astrology")
    wrong = copied_with(tmp_path, "calibration_rule_pub_1", expected=[{"stat": "slope", "value": 0.5, "tol": 1e-6}])
    done = command(unknown, wrong)
    assert done.returncode == FAILED
    assert "fail  calibration_rule_pub_1  slope  expected 0.5  got 0.837580" in done.stdout


def test_command_without_a_file_says_how_to_call_it() -> None:
    done = command()
    assert (done.returncode, done.stdout) == (2, "")
    assert "FILE" in done.stderr


@pytest.mark.parametrize(
    ("stat", "value"), [("stage1_outcome", "pass"), ("kappa_quadratic", None), ("moon_phase", 1.0), ("slope", "high")]
)
def test_wrong_unknown_or_missing_values_fail(tmp_path: Path, stat: str, value: object) -> None:
    wrong = copied_with(tmp_path, "calibration_rule_pub_1", expected=[{"stat": stat, "value": value, "tol": 1e-6}])
    assert run([wrong]).exit_code == FAILED


def test_null_stands_for_an_undefined_statistic(tmp_path: Path) -> None:
    flat = {"gold": [[4, 4], [4, 4]], "ratings": [[4, 4], [4, 4]], "scale": [1, 7]}
    expected = [{"stat": "kappa_quadratic", "value": None, "tol": 0}, {"stat": "slope", "value": None, "tol": 0}]
    assert run([copied_with(tmp_path, "calibration_rule_pub_0", data=flat, expected=expected)]).exit_code == 0


@pytest.mark.parametrize("text", ["", "{}", '{"id": "x", "kind": "combine", "data": {}, "expected": []}'])
def test_unreadable_file_is_a_failure(tmp_path: Path, text: str) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text(text, encoding="utf-8")
    assert run([broken, tmp_path / "absent.json"]).exit_code == FAILED


def test_tolerance_is_the_cases_own(tmp_path: Path) -> None:
    near = [{"stat": "slope", "value": 0.838, "tol": 0.001}]
    far = [{"stat": "slope", "value": 0.838, "tol": 0.0001}]
    assert run([copied_with(tmp_path, "calibration_rule_pub_1", expected=near)]).exit_code == 0
    assert run([copied_with(tmp_path, "calibration_rule_pub_1", expected=far)]).exit_code == FAILED


def test_weighted_kappa_of_two_lists_and_of_shares_with_weights(tmp_path: Path) -> None:
    lists = {
        "r1": ["low", "mid", "high", "mid"],
        "r2": ["low", "high", "high", "mid"],
        "categories": ["low", "mid", "high"],
    }
    shares = {"proportions": [[0.4, 0.1], [0.2, 0.3]], "disagreement_weights": [[0, 1], [1, 0]], "n": 50}
    # By hand: 1 - 4 x 1 / (4 x 6 + 4 x 9 - 2 x 4 x 5) = 1 - 4/20, and 1 - 0.3 / 0.5.
    first = copied_with(
        tmp_path,
        "calibration_rule_pub_0",
        kind="weighted_kappa",
        data=lists,
        expected=[{"stat": "kappa_quadratic", "value": 0.8, "tol": 1e-9}],
    )
    second = copied_with(
        tmp_path,
        "calibration_rule_pub_1",
        kind="weighted_kappa_table",
        data=shares,
        expected=[{"stat": stat, "value": 0.4, "tol": 1e-9} for stat in ("kappa_weighted", "kappa_unweighted")],
    )
    report = run([first, second])
    assert report.exit_code == 0, report.lines


def test_impatient_arrivals_as_published(tmp_path: Path) -> None:
    # Garnett, Mandelbaum & Reiman 2002: 48 calls a minute, 1 minute each, 50 agents, 2 minutes of patience.
    data = {"arrivals_per_minute": 48, "service_rate_per_minute": 1, "servers": 50, "abandon_rate_per_minute": 0.5}
    published = {"p_abandon": (0.031, 5e-4), "mean_queue": (3, 0.5), "mean_wait_seconds": (3.7, 0.05)}
    expected = [{"stat": stat, "value": value, "tol": tol} for stat, (value, tol) in published.items()]
    case = copied_with(tmp_path, "erlang_c_garnett_2002", kind="erlang_a", data=data, expected=expected)
    assert run([case]).exit_code == 0, run([case]).lines


def test_figures_that_do_not_exist_are_null(tmp_path: Path) -> None:
    data = json.loads(case_file("capacity_worked_public").read_text(encoding="utf-8"))["data"]
    full = [{"stat": stat, "value": None, "tol": 0} for stat in ("staff_needed_typical", "volume_limit")]
    no_room = copied_with(tmp_path, "capacity_worked_public", data=data | {"fixed_hours": 7}, expected=full)
    assert run([no_room]).exit_code == 0, run([no_room]).lines
    calls = {"arrivals_per_hour": 200, "aht_seconds": 180, "servers": 10}
    growing = copied_with(
        tmp_path, "erlang_c_200_per_hour", data=calls, expected=[{"stat": "asa_seconds", "value": None, "tol": 0}]
    )
    assert run([growing]).exit_code == 0, run([growing]).lines


def test_a_busiest_hour_that_fits_has_waits(tmp_path: Path) -> None:
    data = json.loads(case_file("capacity_worked_public").read_text(encoding="utf-8"))["data"]
    # By hand for one server: P(wait) is the occupancy, .5; the mean wait is .5 x 30 min / (1 - .5) = 30 min.
    alone = {
        "staff": 1,
        "volume_high": 10,
        "volume_typical": 5,
        "handle_min": 20,
        "doc_min": 10,
        "peak_hour_share": 0.1,
    }
    expected = [
        {"stat": "peak_stable", "value": True, "tol": 0},
        {"stat": "peak_p_wait", "value": 0.5, "tol": 1e-12},
        {"stat": "peak_mean_wait_minutes", "value": 30, "tol": 1e-9},
        {"stat": "peak_backlog_growth_per_hour", "value": 0, "tol": 0},
    ]
    assert run([copied_with(tmp_path, "capacity_worked_public", data=data | alone, expected=expected)]).exit_code == 0


def test_gwets_coefficients_of_a_square_table(tmp_path: Path) -> None:
    # By hand: pa = 118/125, the first category's share is 243/250, so pe is 2 x .972 x .028 for AC1 and AC2 alike.
    ac = (0.944 - 0.054432) / (1 - 0.054432)
    # Two raters by chance: .984 x .96 + .016 x .04.
    kappa = (0.944 - 0.94528) / (1 - 0.94528)
    values = {"kappa_unweighted": kappa, "gwet_ac1": ac, "gwet_ac2_quadratic": ac}
    expected = [{"stat": stat, "value": value, "tol": 1e-9} for stat, value in values.items()]
    data = {"counts": [[118, 5], [2, 0]]}
    report = run([copied_with(tmp_path, "gwet_raw_4raters", kind="gwet_table", data=data, expected=expected)])
    assert report.exit_code == 0, report.lines
