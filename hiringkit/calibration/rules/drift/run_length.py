"""How many sessions a CUSUM takes to give alarm on average, by the Markov chain of Brook and Evans (1972)."""

import math

import numpy as np

STATES = 200


def run_length(slack: float, limit: float, shift: float = 0.0) -> float:
    """Average run length of a two-sided CUSUM on independent normal z with this mean, in sessions.

    The base is taken as known, as in textbooks; with an estimated one false alarms come about twice
    as often (SCIENCE 1.5). The two sides give alarm at the sum of their rates (Montgomery).

    >>> round(run_length(0.5, 4)), round(run_length(0.5, 4, shift=1.0), 2)
    (168, 8.38)
    """
    return 1 / (1 / _one_sided(slack, limit, shift) + 1 / _one_sided(slack, limit, -shift))


def _one_sided(slack: float, limit: float, shift: float) -> float:
    """Cut 0..limit into cells, the first of them half a cell at 0, and solve for the mean time to leave."""
    width = 2 * limit / (2 * STATES - 1)
    cells = np.arange(STATES)
    # The sum moves by z - k: the chance to end at or below the upper edge of a cell, by cells moved up.
    moved_up = range(1 - STATES, STATES)
    below = np.array([_normal_cdf((cell + 0.5) * width + slack - shift) for cell in moved_up])
    up_to = below[cells[None, :] - cells[:, None] + STATES - 1]
    moves = np.diff(up_to, axis=1, prepend=0.0)
    return float(np.linalg.solve(np.eye(STATES) - moves, np.ones(STATES))[0])


def _normal_cdf(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))
