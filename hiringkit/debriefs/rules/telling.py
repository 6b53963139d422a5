"""What a debrief says in words: outcomes, findings, and the letters that stand for people in pictures."""

from collections.abc import Sequence

from hiringkit.debriefs.rules.deciding import RuleOutcome, Verdict
from hiringkit.debriefs.rules.gates import GateFinding

FINDINGS = {
    GateFinding.INCOMPLETE: "Fewer than two counted ratings, and nobody alone clears it.",
    GateFinding.CLEAR: "The counted ratings are clear.",
    GateFinding.REVIEW: "One of two counted ratings is low, so a third calibrated person should probe it, blind.",
    GateFinding.FAIL: "Two or more counted ratings are low.",
}

VERDICTS = {Verdict.OFFER: "Make an offer", Verdict.DECLINE: "Decline"}


def outcome_sentence(outcome: RuleOutcome, score: float | None, bar: float) -> str:
    """Return why the frozen rule says what it says.

    >>> outcome_sentence(RuleOutcome.MEETS_BAR, 4.86, 4.5)
    'The score of 4.86 reaches the bar of 4.50, and no gate stands in the way.'
    >>> outcome_sentence(RuleOutcome.BELOW_BAR, 4.86, 4.5)
    'A safety gate was confirmed, and no score outvotes it.'
    """
    if outcome is RuleOutcome.GATE_OPEN:
        return "A safety gate is open. Until a manager closes it with a reason, only a decline can be decided."
    if outcome is RuleOutcome.INCOMPLETE:
        if score is None:
            return "A competency has no counted rating, and nothing is made up for it."
        return "A safety-critical competency has fewer than two counted ratings, and nobody alone clears it."
    if outcome is RuleOutcome.MEETS_BAR:
        return f"The score of {score:.2f} reaches the bar of {bar:.2f}, and no gate stands in the way."
    if score is not None and score < bar:
        return f"The score of {score:.2f} is under the bar of {bar:.2f}."
    return "A safety gate was confirmed, and no score outvotes it."


def apart_words(spread: int) -> str:
    """Return how far ratings lie apart.

    >>> apart_words(1), apart_words(3)
    ('1 point apart', '3 points apart')
    """
    return f"{spread} point{'' if spread == 1 else 's'} apart"


def letters(names: Sequence[str]) -> list[str]:
    """Return for each name its first letter, or its initials where a first letter stands for several people.

    >>> letters(["Ana Ruiz", "Ben Okafor", "Bea Lund", "Ana Ruiz"])
    ['A', 'BO', 'BL', 'A']
    >>> letters(["Ana", "Adam"])
    ['An', 'Ad']
    """
    firsts = {name: name[:1].upper() for name in names}
    shared = {letter for letter in firsts.values() if list(firsts.values()).count(letter) > 1}
    return [_initials(name) if firsts[name] in shared else firsts[name] for name in names]


def _initials(name: str) -> str:
    words = name.split()
    return words[0][:1].upper() + (words[-1][:1].upper() if len(words) > 1 else name[1:2])


def short_names(names: Sequence[str]) -> list[str]:
    """Return for each name its first word, or all of it where a first word stands for several people.

    >>> short_names(["Ana Ruiz", "Ben Okafor", "Ben Lund"])
    ['Ana', 'Ben Okafor', 'Ben Lund']
    """
    firsts = {name: name.split()[0] for name in names}
    shared = {first for first in firsts.values() if list(firsts.values()).count(first) > 1}
    return [name if firsts[name] in shared else firsts[name] for name in names]
