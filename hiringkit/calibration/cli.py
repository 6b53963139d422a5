"""Commands of calibration: simulate a policy's pass rule, print the policy in force, adopt a changed one."""

import json
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from hiringkit.calibration import operations, queries
from hiringkit.calibration.rules.changing import SIMULATED, changed_policy
from hiringkit.calibration.rules.operating import Design, OperatingTable, table_problems, usual_design
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.foundation.access import Actor
from hiringkit.foundation.errors import InvalidError

Say = Callable[[str], object]


def policy_of_file(file: str, base: CalibrationPolicy) -> CalibrationPolicy:
    """Return the base as a TOML or JSON file changes it, or raise InvalidError with every fault of the file."""
    try:
        text = Path(file).read_text(encoding="utf-8")
        changes = json.loads(text) if file.lower().endswith(".json") else tomllib.loads(text)
        return changed_policy(base, changes)
    except OSError as error:
        raise InvalidError(f"{file} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise InvalidError(f"{file}: " + " ".join(str(error).splitlines())) from error


def policy_text(policy: CalibrationPolicy) -> str:
    """Write a policy as JSON for people, as `policy_of_file` reads it; error rates are no part of it."""
    stored: dict[str, Any] = json.loads(replace(policy, drift=policy.drift_lines).to_json())
    for scale in stored["scales"]:
        del scale[SIMULATED]
    return json.dumps(stored, indent=2)


def adopt_file(file: str, raters: int, *, by: Actor, at: datetime, say: Say) -> None:
    """Adopt the policy in force as a file changes it, with the operating tables of all its scales; say them."""
    policy = policy_of_file(file, queries.unscoped_policy())
    before = queries.unscoped_policy_row()
    is_stated = before is not None and not table_problems(policy, queries.adopted(before).tables)
    if before is not None and is_stated and before.content == policy.to_json():
        say(f"{file} changes nothing: policy {before.number} says the same.")
        return
    tables = [simulated(policy, usual_design(policy, lines.points, raters)) for lines in policy.scales]
    row = operations.adopt_policy(policy, tables, by=by, at=at)
    for table in tables:
        for line in (*table_lines(table), ""):
            say(line)
    say(
        f"Policy {row.number} is in force for attempts that start from now on. "
        "What was decided or started before keeps the policy that it began under."
    )


def simulate(policy: CalibrationPolicy, points: int, changes: Mapping[str, int | None], *, say: Say) -> None:
    """Simulate the pass rule on the policy's own sizes, changed by those that are not None, and say the table."""
    try:
        policy.lines_for(points)
        sizes: Any = {name: size for name, size in changes.items() if size is not None}
        design = replace(usual_design(policy, points), **sizes)
    except ValueError as error:
        raise InvalidError(str(error)) from error
    for line in table_lines(simulated(policy, design)):
        say(line)


def simulated(policy: CalibrationPolicy, design: Design) -> OperatingTable:
    """Simulate with a bar of the progress on the terminal, if there is one."""
    # numpy is for this command alone; nothing else that a command does needs it.
    from hiringkit.calibration.rules.simulation import RATERS, operating_table  # noqa: PLC0415

    with _progress(design.raters * len(RATERS), f"Scale 1 to {design.points}") as advance:
        return operating_table(policy, design, advance)


@contextmanager
def _progress(length: int, label: str) -> Iterator[Callable[[int], object]]:
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update


def table_lines(table: OperatingTable) -> Iterator[str]:
    """Yield an operating table as lines for a terminal."""
    one = table.design
    yield (
        f"Scale 1 to {one.points}, {one.responses} + {one.reserve} responses by {one.competencies} competencies, "
        f"gold of {one.experts} experts."
    )
    clause = f"in force, {one.unsafe} unsafe answers" if one.unsafe else "not in force"
    yield f"Safety clause {clause}. {one.raters:,} interviewers of each kind, seed {one.seed}."
    yield ""
    yield f"{'':<22}{'pass':>8}{'not yet':>10}{'rate the reserve':>19}{'pass a refresh':>17}"
    for row in table.rows:
        renews = "" if row.renews is None else f"{row.renews:>17.3f}"
        yield f"{row.kind:<22}{row.passes:>8.3f}{1 - row.passes:>10.3f}{row.extended:>19.3f}{renews}"
    if one.refresh:
        yield ""
        yield (
            f"A refresh has {one.refresh[0]} fresh responses, and as many more where they fall short. It is decided on "
            f"them alone and with those before, {one.refresh[1]} together; all had passed as good interviewers."
        )
