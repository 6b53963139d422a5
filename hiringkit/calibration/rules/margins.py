"""How far each deciding measure is on the right side of its line."""

from dataclasses import dataclass

from hiringkit.calibration.rules.measures import Measures
from hiringkit.calibration.rules.policy import ScaleLines
from hiringkit.calibration.rules.undefined import Undefined

# Margins are decimals such as 0.60 - 0.40; nine places keep binary fractions out of the decision.
DECIMALS = 9


@dataclass(frozen=True)
class Margins:
    """Four margins, positive on the good side of the line, in the units of their measures."""

    mean_error: float
    absolute_error: float
    slope: float
    differential_accuracy: float

    @property
    def all(self) -> tuple[float, float, float, float]:
        """The four, in the order of SCIENCE 1.3."""
        return (self.mean_error, self.absolute_error, self.slope, self.differential_accuracy)


def margins(measured: Measures, lines: ScaleLines) -> Margins:
    """Distance of each measure to its line (SCIENCE 1.3), rounded to nine decimals.

    An undefined slope (gold all alike) cannot reach a line and counts as a slope of 0.

    >>> from hiringkit.calibration.rules.measures import measures
    >>> from hiringkit.calibration.rules.policy import SEVEN_POINTS
    >>> margins(measures([[1, 5], [5, 1]], [[1, 5], [5, 1]], 7), SEVEN_POINTS).all
    (0.6, 1.0, 0.45, 0.65)
    """
    slope = 0.0 if isinstance(measured.slope, Undefined) else measured.slope
    return Margins(
        round(lines.mean_error - abs(measured.mean_error), DECIMALS),
        round(lines.absolute_error - measured.absolute_error, DECIMALS),
        round(slope - lines.slope, DECIMALS),
        round(measured.differential_accuracy - lines.differential_accuracy, DECIMALS),
    )
