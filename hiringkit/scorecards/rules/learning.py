"""A learner's ratings beside the lead's, in words and never as a score; and what the lead says of a reverse shadow."""

from dataclasses import dataclass

from hiringkit.scorecards.rules.evidence import NotRated, Value


@dataclass(frozen=True)
class SignOffDraft:
    """What the lead has typed: whether the learner may lead (None before a choice), and why."""

    is_ready: bool | None
    reason: str


def comparison_words(learner: Value, lead: Value) -> str:
    """Say where a learner stands to the lead on one competency.

    Both are a scale point or why there is none. A figure over several competencies is never made of
    it: what the two saw is talked about, and what a learner rates counts nowhere.

    >>> comparison_words(6, 4), comparison_words(3, 4), comparison_words(5, 5)
    ('2 points higher than the lead', '1 point lower than the lead', 'the same as the lead')
    >>> comparison_words(NotRated.NOT_OBSERVED, 4)
    'not observed, where the lead gave a rating'
    """
    if learner == lead:
        return "the same as the lead"
    if isinstance(learner, NotRated):
        return f"{learner.value}, where the lead {_put(lead)}"
    if isinstance(lead, NotRated):
        return f"a rating, where the lead {_put(lead)}"
    apart = abs(learner - lead)
    way = "higher" if learner > lead else "lower"
    return f"{apart} point{'' if apart == 1 else 's'} {way} than the lead"


def _put(lead: Value) -> str:
    return f"put “{lead.value}”" if isinstance(lead, NotRated) else "gave a rating"
