"""What somebody who was hired says of the disclosure after 30 and 90 days: when they are asked, what may be counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hiringkit.disclosures.rules.saying import Vocabulary

FEWEST = 3
"""So many have to answer before anything is told of those who did not say that it may be told at once."""
DAYS: Mapping[int, int] = {30: 90, 90: 180}
"""The days after the hire on which somebody is asked, and the day on which it is too late to answer."""


class TruthWord(StrEnum):
    """The answer to "was this true?", for one section."""

    TRUE = "true"
    PARTLY = "partly true"
    UNTRUE = "not true"


TRUTH = Vocabulary(
    words=frozenset(TruthWord),
    agrees=TruthWord.TRUE,
    unsaid="Say whether this section was true.",
    contradicts="You say that this section was true and name something that was not. Choose one of the two.",
    silent="Say of at least one section whether it was true.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One answer as it is counted: of one hire, after so many days, on one section."""

    hire: int
    day: int
    section: str
    word: TruthWord
    field: str = ""
    is_shared: bool = False


def day_asked(hired_at: datetime, at: datetime) -> int | None:
    """Return which of the two questions is open: the first from day 30, the second from day 90 until day 180.

    >>> from datetime import UTC
    >>> hired = datetime(2026, 1, 1, 9, tzinfo=UTC)
    >>> [day_asked(hired, hired + timedelta(days=days)) for days in (29, 30, 89, 90, 179, 180)]
    [None, 30, 30, 90, 90, None]
    """
    passed = at - hired_at
    open_now = [day for day, end in DAYS.items() if timedelta(days=day) <= passed < timedelta(days=end)]
    return open_now[0] if open_now else None


def countable(answers: Sequence[Told], *, reads_shared: bool) -> list[Told]:
    """Return the answers that may be counted and whose notes may be read.

    Hires of an opening are few, and their manager knows when each of them began. So an answer is only
    counted where at least three hires have given the same section an answer on the same day and did not
    say that managers may read it at once. For managers (`reads_shared`) those who said so count from the first.

    >>> said = [Told(hire, 30, "pay", TruthWord.TRUE) for hire in (1, 2)]
    >>> countable(said, reads_shared=True)
    []
    >>> said.append(Told(3, 30, "pay", TruthWord.UNTRUE, is_shared=True))
    >>> [[one.hire for one in countable(said, reads_shared=may)] for may in (True, False)]
    [[3], []]
    >>> len(countable([*said, Told(4, 30, "pay", TruthWord.PARTLY)], reads_shared=False))
    4
    """
    waiting: dict[tuple[int, str], set[int]] = {}
    for one in answers:
        if not one.is_shared:
            waiting.setdefault((one.day, one.section), set()).add(one.hire)
    enough = {key for key, hires in waiting.items() if len(hires) >= FEWEST}
    return [one for one in answers if (one.is_shared and reads_shared) or (one.day, one.section) in enough]
