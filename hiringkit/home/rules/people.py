"""What the standings of one person amount to, in one word with its shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hiringkit.calibration.rules.standing import NEARNESS, StandingNow, StandingState


@dataclass(frozen=True)
class StandingWords:
    """A state to print: its words, the day that follows them, if any, and its shape."""

    words: str
    until: date | None
    shape: str


def standing_words(standings: Sequence[StandingNow]) -> StandingWords:
    """Return the one state for all of a person's standings: the first end of those that hold, else what came closest.

    >>> standing_words([StandingNow(StandingState.CALIBRATED, "calibrated until", date(2027, 5, 3))])
    StandingWords(words='Until', until=datetime.date(2027, 5, 3), shape='done')
    >>> standing_words([]).words
    'None'
    """
    holding = [one for one in standings if one.holds]
    if holding:
        until = min((one.until for one in holding if one.until is not None), default=None)
        due = any(one.state is StandingState.DUE for one in holding)
        if len(holding) < len(standings):
            return StandingWords(f"{len(holding)} of {len(standings)} current, until", until, "part")
        return StandingWords("Ends" if due else "Until", until, "due" if due else "done")
    if not standings:
        return StandingWords(StandingState.NONE.value.capitalize(), None, "off")
    nearest = max(standings, key=lambda one: NEARNESS.index(one.state)).state
    return StandingWords(nearest.value.capitalize(), None, SHAPES[nearest])


SHAPES = {
    StandingState.NONE: "off",
    StandingState.IN_TRAINING: "part",
    StandingState.LAPSED: "due",
    StandingState.SUSPENDED: "stop",
}
