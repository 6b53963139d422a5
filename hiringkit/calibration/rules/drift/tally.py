"""Number, sum and sum of squares of some values: they add up, and give an SD without the values."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """Values in scale points, as their number, their sum and the sum of their squares."""

    number: int = 0
    total: float = 0.0
    squares: float = 0.0

    @classmethod
    def of(cls, values: Iterable[float]) -> "Tally":
        """Return the tally of some values; whole ones are summed exactly.

        >>> Tally.of([3, 4, 5])
        Tally(number=3, total=12.0, squares=50.0)
        """
        known = list(values)
        return cls(len(known), math.fsum(known), math.fsum(value * value for value in known))

    def __add__(self, other: "Tally") -> "Tally":
        """Return the tally of both."""
        return Tally(self.number + other.number, self.total + other.total, self.squares + other.squares)

    def __sub__(self, other: "Tally") -> "Tally":
        """Return the tally without values that are in it."""
        return Tally(self.number - other.number, self.total - other.total, self.squares - other.squares)

    @property
    def deviations(self) -> float:
        """Sum of the squared deviations from the mean, 0 without a value."""
        return max(0.0, self.squares - self.total**2 / self.number) if self.number else 0.0

    @property
    def sd(self) -> float:
        """Population SD, 0 without a value."""
        return math.sqrt(self.deviations / self.number) if self.number else 0.0
