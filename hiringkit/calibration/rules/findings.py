"""What was off in an attempt, in plain words to the interviewer."""

from dataclasses import dataclass
from enum import StrEnum

from hiringkit.calibration.rules.margins import margins
from hiringkit.calibration.rules.measures import Measures
from hiringkit.calibration.rules.policy import ScaleLines
from hiringkit.calibration.rules.safety import Cell, SafetyVerdict
from hiringkit.calibration.rules.undefined import Undefined


class FindingKind(StrEnum):
    """The kinds of things that can be off."""

    TOO_SEVERE = "too severe"
    TOO_LENIENT = "too lenient"
    FAR_OFF = "far off"
    TOO_TIMID = "too timid with the ends"
    ASTRAY = "does not follow the reference"
    HALO = "halo"
    OTHER_PROFILE = "does not follow the profile"
    MISS = "miss on an unsafe response"
    NEAR_MISS = "near miss on an unsafe response"


@dataclass(frozen=True)
class Finding:
    """One thing that was off: its kind, a sentence, and the cells concerned, if it is about cells."""

    kind: FindingKind
    text: str
    cells: tuple[Cell, ...] = ()


def findings(measured: Measures, verdict: SafetyVerdict, lines: ScaleLines) -> tuple[Finding, ...]:
    """List what was off: safety first, then each measure beyond its line (SCIENCE 1.3).

    >>> from hiringkit.calibration.rules.measures import measures
    >>> from hiringkit.calibration.rules.policy import SEVEN_POINTS
    >>> own, gold = [[2, 3], [3, 5], [6, 1], [4, 5], [5, 6]], [[3, 4], [4, 6], [6, 2], [5, 6], [5, 7]]
    >>> findings(measures(own, gold, 7), SafetyVerdict((), ()), SEVEN_POINTS)[0].text
    'You are too severe by 0.8 of a point on average; up to 0.6 is accepted.'
    """
    return (*_safety_findings(verdict, lines), *_measure_findings(measured, lines))


def _safety_findings(verdict: SafetyVerdict, lines: ScaleLines) -> list[Finding]:
    told = []
    if verdict.misses:
        told.append(
            Finding(
                FindingKind.MISS,
                f"A gross miss: you gave {_ratings(verdict.misses)} {lines.miss_from} or more, where the reference is "
                "1. One such miss means not yet, whatever the other figures say.",
                verdict.misses,
            )
        )
    if verdict.near_misses:
        told.append(
            Finding(
                FindingKind.NEAR_MISS,
                f"A near miss: you gave {_ratings(verdict.near_misses)} {lines.near_miss_at}, where the reference is "
                "1. This changes nothing in the result.",
                verdict.near_misses,
            )
        )
    return told


def _ratings(cells: tuple[Cell, ...]) -> str:
    """Say how many ratings of how many responses these are; a response may be unsafe on several competencies."""
    responses = len({response for response, _ in cells})
    if len(cells) == 1:
        return "one unsafe answer"
    if responses == 1:
        return f"one unsafe answer, on {len(cells)} competencies,"
    if responses == len(cells):
        return f"{responses} unsafe answers"
    return f"{responses} unsafe answers, in {len(cells)} ratings,"


def _measure_findings(measured: Measures, lines: ScaleLines) -> list[Finding]:
    held = margins(measured, lines)
    told = []
    if held.mean_error < 0:
        severe = measured.mean_error < 0
        kind = FindingKind.TOO_SEVERE if severe else FindingKind.TOO_LENIENT
        own, line = _figures(abs(measured.mean_error), lines.mean_error)
        text = f"You are {kind} by {own} of a point on average; up to {line} is accepted."
        told.append(Finding(kind, text))
    if held.absolute_error < 0:
        own, line = _figures(measured.absolute_error, lines.absolute_error)
        text = (
            f"Your ratings are {own} points away from the reference on average, up or down; up to {line} is accepted."
        )
        told.append(Finding(FindingKind.FAR_OFF, text))
    if held.slope < 0:
        told.append(
            Finding(FindingKind.TOO_TIMID if _is_timid(measured) else FindingKind.ASTRAY, _slope_text(measured, lines))
        )
    if held.differential_accuracy < 0:
        own, line = _figures(measured.differential_accuracy, lines.differential_accuracy)
        text = (
            "Your ratings do not follow what is strong and what is weak within a response "
            f"({own} of 1; at least {line} is needed)."
        )
        if _is_flat(measured):
            text += " This is usually halo: one impression of a response colours all its ratings."
        told.append(Finding(FindingKind.HALO if _is_flat(measured) else FindingKind.OTHER_PROFILE, text))
    return told


def _is_timid(measured: Measures) -> bool:
    """Tell whether a low slope comes from a narrow use of the scale rather than from ratings that go astray.

    A slope is the ratio of the two spreads times the correlation; the smaller of the two is named. Results from
    before the spread was kept count as timid, as they were told then.
    """
    if measured.spread is None or isinstance(measured.slope, Undefined):
        return True
    return measured.spread == 0 or measured.spread <= measured.slope / measured.spread


def _is_flat(measured: Measures) -> bool:
    """Tell whether ratings differ less within a response than the reference does."""
    return measured.profile_spread is None or measured.profile_spread < 1


def _slope_text(measured: Measures, lines: ScaleLines) -> str:
    if isinstance(measured.slope, Undefined):
        return "The reference ratings are all alike, so your use of the scale cannot be judged."
    own, line = _figures(measured.slope, lines.slope)
    rise = f"where the reference rises by 1 point, yours rises by {own} on average; at least {line} is needed."
    if _is_timid(measured):
        return f"You are too timid with the ends of the scale: {rise}"
    return f"Your ratings do not rise and fall with the reference: {rise}"


def _figures(own: float, line: float) -> tuple[str, str]:
    """Write both with as many decimals as it takes to see that they differ."""
    for decimals in (2, 3, 4):
        texts = _figure(own, decimals), _figure(line, decimals)
        if texts[0] != texts[1]:
            break
    return texts


def _figure(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}".rstrip("0")
    return text + "0" if text.endswith(".") else text
