"""Phrases that no question to a candidate may hold, as data, with the reason of each group.

Sources: SCIENCE.md 4.3 (ADA Title I before an offer; EU 2023/970 and several US states on pay history).
"""

import re
from dataclasses import dataclass

DISABILITY = "It asks about health or disability, which must not be asked before an offer."
PAY_HISTORY = "It asks what the candidate earns or earned, which several places forbid; say what this job pays."


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused phrase as it was written, and why."""

    written: str
    reason: str


_YOU = r"\b(do|did|have|had|are|were|would|will|can|could) (you|they|the candidate)\b[^.?!]{0,40}"
_YOUR_FORMER = r"\byour (current|present|last|previous|prior|former|most recent) "
_WHAT_YOU = r"\b(what|how much) (do|did|are|were|have) you (currently |now |presently |previously |last )?"
_DISABILITY_PATTERNS = (
    _YOU + r"\b(disabilit(y|ies)|impairments?|disorders?|handicaps?)\b",
    _YOU + r"\b(medical|health|mental|physical) (conditions?|problems?|issues?|history)\b",
    r"\byour (disabilit(y|ies)|impairment|diagnos(is|es)|illness|medical (history|record)|health)\b",
    r"\b(are|were) you (disabled|handicapped|pregnant|(often |frequently )?(ill|sick))\b",
    r"\bhave you (ever )?(been |had been )?(diagnosed|hospitali[sz]ed|treated for|in therapy)\b",
    r"\b(how many|number of) sick (days|leaves?)\b",
    r"\b(do|did) you (take|need|use) (any )?(medication|medicines?|prescription drugs?)\b",
    r"\bworkers['’]? compensation (claims?|history)\b",
)
_PAY_PATTERNS = (
    r"\b(salary|pay|wage|compensation|earnings) history\b",
    _YOUR_FORMER + r"(salary|pay|wages?|compensation|earnings|bonus)\b",
    _WHAT_YOU + r"(earn|earned|earning|paid|being paid)\b",
    _WHAT_YOU + r"(make|making|made) (at|in your|there|per|a year|an hour)\b",
    r"\bhow much (do|did|are|were|have) you (currently |now |presently |previously |last )?(make|making|made)\b(?! of)",
    r"\b(what|how much) (does|did) your (current|last|previous|present) (employer|job|role) pay\b",
)
_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for patterns, reason in ((_DISABILITY_PATTERNS, DISABILITY), (_PAY_PATTERNS, PAY_HISTORY))
    for pattern in patterns
)


def refused_phrases(text: str) -> tuple[Refused, ...]:
    """Return every refused phrase of a question, in the order of the list.

    Only questions put to the candidate are meant: a scenario about a patient's condition passes.

    >>> [found.written for found in refused_phrases("What is your current salary?")]
    ['your current salary']
    """
    flat = " ".join(text.split())
    return tuple(Refused(match.group(), reason) for pattern, reason in _COMPILED if (match := pattern.search(flat)))
