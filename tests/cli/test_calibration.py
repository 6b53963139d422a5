"""The calibration commands: a table is printed the same again, and a policy is adopted with its own table."""

import json
import sqlite3
from pathlib import Path

from tests.cli.conftest import Run

FEW = ("calibration", "simulate", "--raters", "200")


def rows(printed: str) -> dict[str, float]:
    """Return the shares that pass, by kind."""
    lines = printed.split("\n\n")[1].splitlines()[1:]
    return {line[:22].strip(): float(line[22:].split()[0]) for line in lines}


def test_simulate_prints_the_table_of_its_sizes_and_seed(run: Run) -> None:
    done = run(*FEW, "--seed", "7", "--competencies", "5")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Scale 1 to 7, 8 + 4 responses by 5 competencies, gold of 3 experts." in done.stdout
    assert "Safety clause in force, 4 unsafe answers. 200 interviewers of each kind, seed 7." in done.stdout
    assert "Under the lines of the default policy." in done.stdout
    found = rows(done.stdout)
    assert len(found) == 13
    assert found["expert"] > 0.95
    assert found["random"] == 0
    assert run(*FEW, "--seed", "7", "--competencies", "5").stdout == done.stdout
    assert rows(run(*FEW, "--seed", "8", "--competencies", "5").stdout) != found


def test_simulate_takes_other_sizes_and_the_clause_out(run: Run) -> None:
    done = run(*FEW, "--points", "5", "--responses", "12", "--reserve", "0", "--experts", "5", "--no-safety")
    assert "Scale 1 to 5, 12 + 0 responses by 6 competencies, gold of 5 experts." in done.stdout
    assert "Safety clause not in force." in done.stdout


def test_simulate_reads_a_changed_policy(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "strict.toml"
    file.write_text("[[scales]]\npoints = 7\nabsolute_error = 0.5\n", encoding="utf-8")
    assert rows(run(*FEW, "--policy", str(file)).stdout)["good"] < rows(run(*FEW).stdout)["good"] - 0.3
    file = tmp_path / "strict.json"
    file.write_text('{"form": {"first_block": 10}, "mood": 1}', encoding="utf-8")
    refused = run(*FEW, "--policy", str(file))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "mood: a policy has no such field" in refused.stderr


def policies(folder: Path) -> list[tuple[int, str, str]]:
    """Return number, content and operating tables of every stored policy."""
    with sqlite3.connect(folder / "instance" / "hiringkit.db") as connection:
        rows = connection.execute("SELECT number, content, operating_tables FROM calibration_policy ORDER BY number")
        found = rows.fetchall()
    connection.close()
    return found


def test_adopt_stores_the_next_policy_with_the_table_it_prints(run: Run, tmp_path: Path) -> None:
    assert run("init").exit_code == 0
    before = policies(tmp_path)
    assert [number for number, _, _ in before] == [1]
    file = tmp_path / "strict.toml"
    file.write_text("[[scales]]\npoints = 7\nabsolute_error = 0.9\n[standing]\ndue_days = 20\n", encoding="utf-8")
    done = run("calibration", "adopt", str(file), "--raters", "100")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Policy 2 is in force for attempts that start from now on." in done.stdout
    (_, first, _), (_, content, tables) = after = policies(tmp_path)
    assert after[0] == before[0]
    assert json.loads(content)["standing"]["due_days"] == 20
    assert json.loads(content)["scales"][1] == json.loads(first)["scales"][1]
    stored = {row["kind"]: row["passes"] for row in json.loads(tables)[0]["rows"]}
    assert rows(done.stdout) == stored
    again = run("calibration", "adopt", str(file))
    assert "changes nothing: policy 2 says the same" in again.stdout
    assert policies(tmp_path) == after
    assert json.loads(run("calibration", "policy").stdout)["scales"][0]["absolute_error"] == 0.9
    assert "Under the lines of the policy in force." in run(*FEW).stdout
    assert run("audit", "verify").exit_code == 0


def test_the_printed_policy_can_be_adopted_as_it_is(run: Run, tmp_path: Path) -> None:
    run("init")
    file = tmp_path / "policy.json"
    file.write_text(run("calibration", "policy").stdout, encoding="utf-8")
    assert "changes nothing: policy 1 says the same" in run("calibration", "adopt", str(file)).stdout


def test_a_refused_policy_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("init")
    file = tmp_path / "wrong.toml"
    file.write_text("[standing]\ndue_days = 400\n", encoding="utf-8")
    done = run("calibration", "adopt", str(file))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "standing.due_days: must be below the days of plain." in done.stderr
    assert len(policies(tmp_path)) == 1
