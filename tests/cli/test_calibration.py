"""The calibration commands: the operating table is printed the same again, and nothing else is said to a pipe."""

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
