"""A learner's ratings beside the lead's, in words and never as a score; and what the lead says of a reverse shadow."""

from dataclasses import dataclass

from hiringkit.scorecards.rules.evidence import NotRated, Value


@dataclass(frozen=True)
class SignOffDraft:
    """What the lead has typed: whether the learner may lead (None before a choice), and why."""

    is_ready: bool | None
    reason: str


def comparison_words(learner: Value, lead: Value, whom: str) -> str:
    """Say where a learner stands to the lead on one competency; `whom`: the lead as the reader knows them.

    Both are a scale point or why there is none. A figure over several competencies is never made of
    it: what the two saw is talked about, and what a learner rates counts nowhere.

    >>> comparison_words(6, 4, "Ana"), comparison_words(3, 4, "you"), comparison_words(5, 5, "you")
    ('2 points higher than Ana', '1 point lower than you', 'the same as you')
    >>> comparison_words(NotRated.NOT_OBSERVED, 4, "Ana")
    'not observed, where Ana gave a rating'
    """
    if learner == lead:
        return f"the same as {whom}"
    if isinstance(learner, NotRated):
        return f"{learner.value}, where {whom} {_put(lead)}"
    if isinstance(lead, NotRated):
        return f"a rating, where {whom} {_put(lead)}"
    apart = abs(learner - lead)
    way = "higher" if learner > lead else "lower"
    return f"{apart} point{'' if apart == 1 else 's'} {way} than {whom}"


def _put(lead: Value) -> str:
    return f"put “{lead.value}”" if isinstance(lead, NotRated) else "gave a rating"
