"""What a next step is: what to do, how urgent it is, and where it is taken."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Urgency(IntEnum):
    """What comes before what, where several things wait."""

    ANSWER = 1
    GATE = 2
    DECIDE = 3
    OPEN_DEBRIEF = 4
    CARRY_OUT = 5
    CHASE = 6
    ARRANGE = 7
    REPLY = 8
    ASSIGN = 9
    BOOK = 10
    DELIVER = 11
    PUBLISH = 12
    LOOP = 13
    OPEN = 14
    ADD = 15
    FILL = 16
    LEARN = 17
    WAIT = 20
    NOTHING = 30


class Page(StrEnum):
    """Where a step is taken; the view knows the addresses."""

    DEBRIEF = "debrief"
    APPLICATION = "application"
    BOOKING = "booking"
    INTERVIEW = "interview"
    DISCLOSURE = "disclosure"
    LOOP = "loop"
    CANDIDATES = "candidates"
    OPENING = "opening"
    QUESTION = "question"
    ACCOMMODATIONS = "accommodations"
    PATH = "path"
    GUIDE = "guide"
    FORM = "form"
    ATTEMPT = "attempt"
    INTERVIEWS = "interviews"
    CALIBRATION = "calibration"


@dataclass(frozen=True)
class Step:
    """What to do next, in words: `label` and `page` are those of its button; without one there is only to wait.

    `about`: public id of what the page is of. `word` and `shape`: the state beside it.
    """

    urgency: Urgency
    title: str
    text: str = ""
    label: str = ""
    page: Page | None = None
    about: str = ""
    word: str = ""
    shape: str = "part"

    @property
    def is_mine(self) -> bool:
        """Whether the viewer can take it."""
        return self.urgency < Urgency.WAIT
