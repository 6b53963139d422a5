"""An outcome in plain words: the title of its page, differences, and the rule's own error rates."""

from collections.abc import Mapping
from dataclasses import dataclass

from hiringkit.calibration.rules.findings import FindingKind
from hiringkit.calibration.rules.margins import Margins
from hiringkit.calibration.rules.measures import Measures
from hiringkit.calibration.rules.operating import RenewalRates
from hiringkit.calibration.rules.passing import Outcome, StageOutcome
from hiringkit.calibration.rules.policy import ErrorRates, ScaleLines
from hiringkit.calibration.rules.undefined import Undefined

# Below a quarter of a point a difference on a scale of whole points is not worth a word.
SLIGHT = 0.25


def headline(outcome: Outcome, lines: ScaleLines) -> str:
    """Title of a decided attempt's page: what was found, in one line.

    >>> from hiringkit.calibration.rules.passing import Attempt, decide
    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY, SEVEN_POINTS
    >>> gold = [[1, 4], [7, 4], [4, 1], [2, 6]]
    >>> headline(decide(Attempt(7, 4, gold, gold, set()), DEFAULT_POLICY), SEVEN_POINTS)
    'You rate as the reference does'
    >>> missed = [[4, 4], *gold[1:]]
    >>> headline(decide(Attempt(7, 4, gold, missed, {(0, 0)}), DEFAULT_POLICY), SEVEN_POINTS)
    'Not yet: you rated an unsafe answer 4 or more'
    """
    if outcome.result is StageOutcome.PASS:
        return _passed(outcome.measures.mean_error)
    return f"Not yet: {_shortfall(outcome, lines)}"


def _passed(mean_error: float) -> str:
    if abs(mean_error) < SLIGHT:
        return "You rate as the reference does"
    side = "lower" if mean_error < 0 else "higher"
    return f"You tell answers apart as the reference does, {abs(mean_error):.1f} points {side}"


def _shortfall(outcome: Outcome, lines: ScaleLines) -> str:
    gravest = next(finding for finding in outcome.findings if finding.kind is not FindingKind.NEAR_MISS)
    size = abs(outcome.off.mean_error)
    many = len({response for response, _ in gravest.cells})
    missed = "an unsafe answer" if many == 1 else f"{many} unsafe answers"
    return {
        FindingKind.MISS: f"you rated {missed} {lines.miss_from} or more",
        FindingKind.ASTRAY: "your ratings do not rise and fall with the reference",
        FindingKind.OTHER_PROFILE: "you do not see what is strong and weak within a response as the reference does",
        FindingKind.TOO_SEVERE: f"you are {size:.1f} points stricter than the reference",
        FindingKind.TOO_LENIENT: f"you are {size:.1f} points more generous than the reference",
        FindingKind.FAR_OFF: "your ratings lie far from the reference, up and down",
        FindingKind.TOO_TIMID: "you stay near the middle of the scale",
        FindingKind.HALO: "one impression colours all ratings of a response",
    }[gravest.kind]


def difference_words(difference: float) -> str:
    """Say how far a mean rating is from the reference.

    >>> difference_words(-0.52), difference_words(1.0), difference_words(0.04)
    ('0.5 stricter', '1.0 more generous', 'the same')
    """
    size = f"{abs(difference):.1f}"
    if size == "0.0":
        return "the same"
    return f"{size} {'stricter' if difference < 0 else 'more generous'}"


@dataclass(frozen=True)
class Check:
    """One line of the rule beside one's own value, as texts; `is_met` also when it is met only just."""

    what: str
    own: str
    limit: str
    is_met: bool


def checks(outcome: Outcome, lines: ScaleLines, unsafe: int) -> tuple[Check, ...]:
    """Return the five things that the rule checks (SCIENCE 1.3); `unsafe`: number of ratings of unsafe answers.

    >>> from hiringkit.calibration.rules.passing import Attempt, decide
    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY, SEVEN_POINTS
    >>> gold = [[1, 4], [7, 4], [4, 1], [2, 6]]
    >>> found = checks(decide(Attempt(7, 4, gold, gold, {(0, 0)}), DEFAULT_POLICY), SEVEN_POINTS, 1)
    >>> found[0].own, found[0].limit, found[-1].own, all(check.is_met for check in found)
    ('0.00', 'at most 0.60', '0 of 1', True)
    """
    missed = len(outcome.safety.misses)
    clause = Check(
        f"Ratings of unsafe answers, {lines.miss_from} or more", f"{missed} of {unsafe}", "none", missed == 0
    )
    return (*line_checks(outcome.measures, outcome.margins, lines), clause)


def line_checks(own: Measures, held: Margins, lines: ScaleLines) -> tuple[Check, ...]:
    """Return the four measures beside their lines."""
    slope = own.slope.value if isinstance(own.slope, Undefined) else f"{own.slope:.2f}"
    return (
        Check(
            "Stricter or more generous, on average",
            f"{own.mean_error:+.2f}".replace("-", "−") if own.mean_error else "0.00",
            f"at most {lines.mean_error:.2f}",
            held.mean_error >= 0,
        ),
        Check(
            "Distance from the reference",
            f"{own.absolute_error:.2f}",
            f"at most {lines.absolute_error:.2f}",
            held.absolute_error >= 0,
        ),
        Check("Rises and falls with the reference", slope, f"at least {lines.slope:.2f}", held.slope >= 0),
        Check(
            "Tells competencies apart as the reference does",
            f"{own.differential_accuracy:.2f}",
            f"at least {lines.differential_accuracy:.2f}",
            held.differential_accuracy >= 0,
        ),
    )


def error_words(rates: ErrorRates) -> str:
    """Say how often the rule is wrong, from its simulated table with the safety clause in force (SCIENCE 1.3).

    >>> from hiringkit.calibration.rules.default_tables import DEFAULT_TABLES
    >>> error_words(DEFAULT_TABLES[0].error_rates).split(";")[0]
    'About 4 in 100 good interviewers are asked to repeat'
    """
    return _wrong(dict(rates.passes), "good interviewers are asked to repeat", "who are")


def renewal_words(rates: RenewalRates) -> str:
    """Say how often a refresh is wrong, from its simulated table.

    >>> from hiringkit.calibration.rules.default_tables import DEFAULT_TABLES
    >>> renewal_words(DEFAULT_TABLES[0].renewal_rates).split(";")[0]
    'About 5 in 100 who still rate well are asked to rate a whole form'
    """
    return _wrong(dict(rates.renews), "who still rate well are asked to rate a whole form", "who have become")


def _wrong(chance: Mapping[str, float], held_back: str, who: str) -> str:
    """Say how many good ones are held back, and how many of those let through are a full point off."""
    told = [f"About {_in_100(1 - chance['good'])} {held_back}"] if "good" in chance else []
    through = [
        f"{_in_100(chance[kind])} {who} a full point too {side}"
        for kind, side in (("severe by 1", "severe"), ("lenient by 1", "lenient"))
        if kind in chance
    ]
    if through:
        told.append(f"about {' and '.join(through)} get through")
    return "; ".join(told) + "."


def _in_100(share: float) -> str:
    return f"{round(share * 100)} in 100"
