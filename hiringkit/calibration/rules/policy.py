"""The calibration policy: every threshold as data, so that a changed one never relabels the past."""

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ErrorRates:
    """Simulated chance of passing per kind of interviewer, safety clause in force (SCIENCE 1.3).

    `passes` pairs a kind with its probability; the other fields say how it was simulated.
    """

    responses: int
    reserve: int
    competencies: int
    experts: int
    seed: int
    raters: int
    passes: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class ScaleLines:
    """Pass lines and guard bands of one scale of 1..`points`, in scale points (SCIENCE 1.2, 1.3).

    `miss_from` is the lowest rating that counts as a miss on an unsafe response; a rating of
    exactly `near_miss_at` there is told to the interviewer and changes nothing. `error_rates` stand
    here in policies from before operating tables were stored beside them, and are None since.
    """

    points: int
    mean_error: float
    absolute_error: float
    slope: float
    differential_accuracy: float
    mean_error_guard: float
    absolute_error_guard: float
    slope_guard: float
    differential_accuracy_guard: float
    miss_from: int
    near_miss_at: int
    gold_sd: float
    error_rates: ErrorRates | None


@dataclass(frozen=True)
class FormLines:
    """What a form must have before it may be used (SCIENCE 1.2); shares and SDs as written there."""

    first_block: int
    reserve_block: int
    fewest_competencies: int
    most_competencies: int
    fewest_experts: int
    panel_icc: float
    third_share: float
    unsafe_cells: int
    clear_cells: int
    unsafe_expert_most: int
    settle_range: int
    profile_sd: float


@dataclass(frozen=True)
class Validity:
    """How long a pass holds: days or counted sessions, whichever ends first."""

    days: int
    sessions: int


@dataclass(frozen=True)
class StandingLines:
    """Expiry, refresh and retries (SCIENCE 1.3, 1.4); `with_safety` is for sets with a safety-critical competency."""

    plain: Validity
    with_safety: Validity
    due_days: int
    refresh_responses: int
    refresh_decides_on: int
    retries_at_once: int
    retry_wait_days: int


@dataclass(frozen=True)
class StartingSpread:
    """SD of a session's residual on the scale 1..`points`, until the site has enough sessions of its own."""

    points: int
    sd: float


@dataclass(frozen=True)
class DriftLines:
    """The drift monitor (SCIENCE 1.5): baseline, CUSUM and the two other charts, counted in sessions.

    `slack` is k and `limit` h of the CUSUM; `shrinkage` of the own level; `clip` in SDs; `ewma_weight`
    is lambda of the drawn average; `erratic_limit` bounds the sum of z^2; `central_share` is a share of
    the pool's SD.
    """

    slack: float
    limit: float
    shrinkage: float
    base_sessions: int
    clip: float
    fewest_others: int
    pooled_from: int
    starting_spread: tuple[StartingSpread, ...]
    ewma_weight: float
    erratic_sessions: int
    erratic_limit: float
    central_sessions: int
    central_share: float

    def spread_before(self, points: int) -> float:
        """Return the SD to start with on the scale 1..points, or raise ValueError when there is none.

        >>> DEFAULT_DRIFT.spread_before(5)
        0.47
        """
        for start in self.starting_spread:
            if start.points == points:
                return start.sd
        raise ValueError(f"The calibration policy has no starting spread for a scale of 1 to {points}.")


@dataclass(frozen=True)
class CalibrationPolicy:
    """One version of the policy that attempts and standings name.

    `drift` is None in a policy stored before there was a drift monitor; `drift_lines` holds for it then.
    """

    scales: tuple[ScaleLines, ...]
    form: FormLines
    standing: StandingLines
    drift: DriftLines | None = None

    @property
    def drift_lines(self) -> DriftLines:
        """The lines of the drift monitor: the policy's own, or those of SCIENCE 1.5."""
        return self.drift or DEFAULT_DRIFT

    def lines_for(self, points: int) -> ScaleLines:
        """Return the lines of the scale 1..points, or raise ValueError when there are none.

        >>> DEFAULT_POLICY.lines_for(5).mean_error
        0.42
        """
        for lines in self.scales:
            if lines.points == points:
                return lines
        raise ValueError(f"The calibration policy has no lines for a scale of 1 to {points}.")

    def to_json(self) -> str:
        """Write the policy as canonical JSON: sorted keys, no spaces; equal policies, equal text.

        A part that a policy does not have is left out, so that the text and hash of an older one stay as they were.

        >>> CalibrationPolicy.from_json(DEFAULT_POLICY.to_json()) == DEFAULT_POLICY
        True
        """
        parts = {name: part for name, part in asdict(self).items() if part is not None}
        return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "CalibrationPolicy":
        """Read what `to_json` wrote; raise ValueError on a missing or an unknown field."""
        try:
            stored: dict[str, Any] = json.loads(text)
            return cls(
                scales=tuple(_scale_lines(one) for one in stored.pop("scales")),
                form=FormLines(**stored.pop("form")),
                standing=_standing_lines(stored.pop("standing")),
                drift=_drift_lines(stored.pop("drift", None)),
                **stored,
            )
        except (TypeError, KeyError, AttributeError) as fault:
            raise ValueError(f"This is not a calibration policy: {fault}.") from fault


def _scale_lines(stored: dict[str, Any]) -> ScaleLines:
    rates = stored.pop("error_rates")
    if rates is not None:
        passes = tuple((str(kind), float(share)) for kind, share in rates.pop("passes"))
        rates = ErrorRates(passes=passes, **rates)
    return ScaleLines(error_rates=rates, **stored)


def _standing_lines(stored: dict[str, Any]) -> StandingLines:
    return StandingLines(
        plain=Validity(**stored.pop("plain")),
        with_safety=Validity(**stored.pop("with_safety")),
        **stored,
    )


def _drift_lines(stored: dict[str, Any] | None) -> DriftLines | None:
    if stored is None:
        return None
    spread = tuple(StartingSpread(**one) for one in stored.pop("starting_spread"))
    return DriftLines(starting_spread=spread, **stored)


SEVEN_POINTS = ScaleLines(
    points=7,
    mean_error=0.60,
    absolute_error=1.00,
    slope=0.55,
    differential_accuracy=0.35,
    mean_error_guard=0.20,
    absolute_error_guard=0.15,
    slope_guard=0.12,
    differential_accuracy_guard=0.12,
    miss_from=4,
    near_miss_at=3,
    gold_sd=1.2,
    error_rates=None,
)

# The near miss on 1-5 is, as on 1-7, the point just below a miss; SCIENCE names it on 1-7 alone.
FIVE_POINTS = ScaleLines(
    points=5,
    mean_error=0.42,
    absolute_error=0.72,
    slope=0.50,
    differential_accuracy=0.28,
    mean_error_guard=0.15,
    absolute_error_guard=0.12,
    slope_guard=0.12,
    differential_accuracy_guard=0.12,
    miss_from=3,
    near_miss_at=2,
    gold_sd=0.8,
    error_rates=None,
)

DEFAULT_DRIFT = DriftLines(
    slack=0.75,
    limit=4.0,
    shrinkage=0.76,
    base_sessions=15,
    clip=3.0,
    fewest_others=2,
    pooled_from=100,
    starting_spread=(StartingSpread(7, 0.70), StartingSpread(5, 0.47)),
    ewma_weight=0.2,
    erratic_sessions=10,
    erratic_limit=25.2,
    central_sessions=10,
    central_share=0.5,
)

DEFAULT_POLICY = CalibrationPolicy(
    scales=(SEVEN_POINTS, FIVE_POINTS),
    form=FormLines(
        first_block=8,
        reserve_block=4,
        fewest_competencies=5,
        most_competencies=8,
        fewest_experts=3,
        panel_icc=0.80,
        third_share=0.20,
        unsafe_cells=4,
        clear_cells=4,
        unsafe_expert_most=2,
        settle_range=2,
        profile_sd=0.5,
    ),
    standing=StandingLines(
        plain=Validity(days=180, sessions=40),
        with_safety=Validity(days=90, sessions=20),
        due_days=30,
        refresh_responses=4,
        refresh_decides_on=12,
        retries_at_once=1,
        retry_wait_days=30,
    ),
    drift=DEFAULT_DRIFT,
)
