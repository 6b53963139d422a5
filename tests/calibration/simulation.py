"""The simulated interviewers of SCIENCE 1.3, to hold the pass rule against its published error rates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hiringkit.calibration.rules.passing import Attempt, StageOutcome, decide
from hiringkit.calibration.rules.policy import DEFAULT_POLICY

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

POINTS, COMPETENCIES, EXPERTS = 7, 6, 3
MIDDLE = 4.0
SPREAD = 1.5
UNSAFE = 4


@dataclass(frozen=True)
class Kind:
    """One type of simulated interviewer."""

    bias: float
    noise: float
    halo: float
    slope: float
    flattens: bool = False


KINDS = {
    "expert": Kind(0.1, 0.65, 0.2, 1.0),
    "good": Kind(0.25, 0.8, 0.3, 0.95),
    "fair": Kind(0.4, 1.0, 0.4, 0.9),
    "severe by 1": Kind(-1.0, 0.8, 0.3, 0.95),
    "lenient by 1": Kind(1.0, 0.8, 0.3, 0.95),
    "severe or lenient by 1.5": Kind(-1.5, 0.8, 0.3, 0.95),
    "noisy (1.6)": Kind(0.25, 1.6, 0.4, 0.9),
    "noisy (2.0)": Kind(0.25, 2.0, 0.5, 0.9),
    "central tendency": Kind(0.1, 0.7, 0.2, 0.4),
    "halo": Kind(0.25, 0.7, 0.5, 0.95, flattens=True),
    "always the midpoint": Kind(0.0, 0.3, 0.0, 0.0),
    "random": Kind(0.0, 2.2, 0.5, 0.0),
}


def pass_rate(kind: Kind, raters: int, seed: int) -> float:
    """Share of so many raters of a kind who pass a form of 8 + 4 responses, safety clause in force."""
    draw = np.random.default_rng(seed)
    return sum(_passes(kind, draw) for _ in range(raters)) / raters


def _passes(kind: Kind, draw: np.random.Generator) -> bool:
    blocks = [_block(8, draw, UNSAFE), _block(4, draw, 0)]
    unsafe = [(int(i), int(j)) for i, j in np.argwhere(blocks[0][2])]
    gold = [row for _, golden, _ in blocks for row in golden.tolist()]
    ratings: list[list[int]] = []
    for truth, _, _ in blocks:
        ratings += _rated(kind, truth, draw).tolist()
        outcome = decide(Attempt(POINTS, 8, gold, ratings, unsafe), DEFAULT_POLICY)
        if outcome.result is not StageOutcome.EXTEND:
            break
    return outcome.result is StageOutcome.PASS


def _block(responses: int, draw: np.random.Generator, unsafe: int) -> tuple[Floats, Ints, NDArray[np.bool_]]:
    """Return true levels, gold, and which cells were written as unsafe, so many of them."""
    size = (responses, COMPETENCIES)
    base = np.linspace(-1.4, 1.4, responses) * 0.85 * SPREAD + draw.normal(0, 0.1, responses)
    truth = np.clip(MIDDLE + base[:, None] + draw.normal(0, 0.65 * SPREAD, size), 1, POINTS)
    written = np.zeros(size, dtype=bool)
    written.flat[draw.choice(responses * COMPETENCIES, unsafe, replace=False)] = True
    truth[written] = draw.uniform(0.6, 1.3, unsafe)
    bias = draw.normal(0, 0.2, EXPERTS)[:, None, None]
    halo = draw.normal(0, 0.25, (EXPERTS, responses, 1))
    panel = _on_scale(truth + bias + halo + draw.normal(0, 0.7, (EXPERTS, *size)))
    gold = np.rint(np.median(panel, axis=0)).astype(np.int64)
    return truth, gold, written


def _rated(kind: Kind, truth: Floats, draw: np.random.Generator) -> Ints:
    seen = MIDDLE + kind.slope * (truth - MIDDLE)
    if kind.flattens:
        seen = 0.1 * seen + 0.9 * seen.mean(axis=1, keepdims=True)
    halo = draw.normal(0, kind.halo, (truth.shape[0], 1))
    return _on_scale(seen + kind.bias + halo + draw.normal(0, kind.noise, truth.shape))


def _on_scale(values: Floats) -> Ints:
    return np.clip(np.rint(values), 1, POINTS).astype(np.int64)
