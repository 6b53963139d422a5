"""How often a policy's pass rule is wrong, as simulated before the policy is adopted and stored beside it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from hiringkit.calibration.rules.policy import CalibrationPolicy, ErrorRates, ScaleLines

USUAL_COMPETENCIES = 6
RATERS, SEED = 4000, 11


@dataclass(frozen=True)
class Design:
    """What is simulated: a form of so many responses and a reserve, by competencies, its gold of so many experts.

    `unsafe`: answers of the first block that are written as unsafe, the safety clause in force; 0
    leaves the clause out. `raters`: simulated interviewers of each kind, each on a form of their own.
    `refresh`: fresh responses of a refresh and how many it is decided on, None to simulate none.
    """

    points: int
    responses: int
    reserve: int
    competencies: int
    experts: int
    unsafe: int
    raters: int = RATERS
    seed: int = SEED
    refresh: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Refuse sizes on which nothing could be measured."""
        if min(self.responses, self.competencies) < 2 or min(self.experts, self.raters) < 1 or self.points < 3:  # noqa: PLR2004
            raise ValueError(
                "A simulation needs at least 2 responses, 2 competencies, 1 expert, 1 rater and a scale of 3 points."
            )
        if self.reserve < 0 or self.seed < 0 or not 0 <= self.unsafe <= self.responses * self.competencies:
            raise ValueError("The reserve and the seed cannot be below 0, nor more answers be unsafe than there are.")
        if self.refresh is not None and not 2 <= self.refresh[0] <= self.refresh[1]:  # noqa: PLR2004
            raise ValueError("A refresh needs at least 2 responses, and is decided on no fewer than it has.")


@dataclass(frozen=True)
class Passing:
    """One kind of interviewer: the share that passes in the end, and the share that is given the reserve.

    `renews`: the share that a refresh lets through of those who passed as good ones and have become this kind.
    """

    kind: str
    passes: float
    extended: float
    renews: float | None = None


@dataclass(frozen=True)
class RenewalRates:
    """Simulated chance that a refresh lets somebody through who passed as a good interviewer, by what they became.

    `responses`: fresh ones, and as many more where they fall short; `decides_on`: with those before.
    """

    responses: int
    decides_on: int
    competencies: int
    experts: int
    seed: int
    raters: int
    renews: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class OperatingTable:
    """The simulated shares of every kind under one scale's lines; `lines_hash` says which lines they were."""

    design: Design
    lines_hash: str
    rows: tuple[Passing, ...]

    @property
    def error_rates(self) -> ErrorRates:
        """What a page prints of it."""
        one = self.design
        passes = tuple((row.kind, row.passes) for row in self.rows)
        return ErrorRates(one.responses, one.reserve, one.competencies, one.experts, one.seed, one.raters, passes)

    @property
    def renewal_rates(self) -> RenewalRates | None:
        """What a page prints of a refresh; None where none was simulated."""
        one, renews = self.design, tuple((row.kind, row.renews) for row in self.rows if row.renews is not None)
        if one.refresh is None or not renews:
            return None
        return RenewalRates(*one.refresh, one.competencies, one.experts, one.seed, one.raters, renews)


def usual_design(policy: CalibrationPolicy, points: int, raters: int = RATERS, seed: int = SEED) -> Design:
    """Return the sizes of the policy's own forms, the safety clause in force.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> usual_design(DEFAULT_POLICY, 7)
    Design(points=7, responses=8, reserve=4, competencies=6, experts=3, unsafe=4, raters=4000, seed=11, refresh=(4, 12))
    """
    form, standing = policy.form, policy.standing
    return Design(
        points,
        form.first_block,
        form.reserve_block,
        min(max(USUAL_COMPETENCIES, form.fewest_competencies), form.most_competencies),
        form.fewest_experts,
        form.unsafe_cells,
        raters,
        seed,
        (standing.refresh_responses, standing.refresh_decides_on),
    )


def lines_hash(lines: ScaleLines) -> str:
    """Name the lines that a table was simulated under; a table can only be stored beside these.

    >>> from hiringkit.calibration.rules.policy import SEVEN_POINTS
    >>> lines_hash(SEVEN_POINTS) == lines_hash(replace(SEVEN_POINTS, slope=0.6))
    False
    """
    text = json.dumps(asdict(replace(lines, error_rates=None)), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def table_problems(policy: CalibrationPolicy, tables: Sequence[OperatingTable]) -> tuple[str, ...]:
    """Name every scale of a policy whose error rates are not stated by one of these tables.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> table_problems(DEFAULT_POLICY, [])[1]
    'The error rates on a scale of 1 to 5 have not been simulated under these lines.'
    """
    return tuple(
        f"The error rates on a scale of 1 to {lines.points} have not been simulated under these lines."
        for lines in policy.scales
        if not any(_is_of(table, policy, lines) for table in tables)
    )


def _is_of(table: OperatingTable, policy: CalibrationPolicy, lines: ScaleLines) -> bool:
    usual = usual_design(policy, lines.points, table.design.raters, table.design.seed)
    return table.lines_hash == lines_hash(lines) and table.design == usual


def stated_rates(policy: CalibrationPolicy, tables: Sequence[OperatingTable], points: int) -> ErrorRates | None:
    """Return the error rates on a scale as they were stated at adoption, or None when none were.

    A policy that is older than the stored tables has them, on some scales, in its own content.
    """
    found = (table.error_rates for table in tables if table.design.points == points)
    return next(found, policy.lines_for(points).error_rates)


def stated_renewals(tables: Sequence[OperatingTable], points: int) -> RenewalRates | None:
    """Return a refresh's error rates on a scale as they were stated at adoption, or None when none were."""
    return next((table.renewal_rates for table in tables if table.design.points == points), None)


def tables_to_json(tables: Sequence[OperatingTable]) -> str:
    """Write tables as canonical JSON.

    >>> tables_from_json(tables_to_json([]))
    ()
    """
    return json.dumps([asdict(table) for table in tables], sort_keys=True, separators=(",", ":"), allow_nan=False)


def tables_from_json(text: str | None) -> tuple[OperatingTable, ...]:
    """Read what `tables_to_json` wrote; none where nothing was stored."""
    stored: list[dict[str, Any]] = json.loads(text) if text else []
    return tuple(
        OperatingTable(_design(one["design"]), one["lines_hash"], tuple(Passing(**row) for row in one["rows"]))
        for one in stored
    )


def _design(stored: dict[str, Any]) -> Design:
    fresh, decides_on = stored.pop("refresh", None) or (None, None)
    return Design(**stored, refresh=None if fresh is None or decides_on is None else (fresh, decides_on))
