"""What is known of an opening and its applications when somebody asks for the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hiringkit.candidates.rules.lifecycle import ACTIVE, ApplicationState
from hiringkit.debriefs.rules.deciding import Verdict
from hiringkit.openings.rules import OpeningState


@dataclass(frozen=True)
class InterviewFacts:
    """One live interview: when, whom it lacks, and whose scorecard is still out.

    `lacks`: places without anybody, "lead" or "second". `missing`: names of lead and second whose
    scorecard is not in. `expected`: how many of these two there are.
    """

    public_id: str
    stage: str
    starts_at: datetime
    ends_at: datetime
    lacks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    expected: int = 0


@dataclass(frozen=True)
class Proposal:
    """A decision that waits for a second manager; `is_own` when the viewer has proposed it."""

    by: str
    is_own: bool


@dataclass(frozen=True)
class OpenQuestion:
    """The oldest question of an application that nobody has answered: its address, and what it is about in words."""

    public_id: str
    about: str


class Waiting(StrEnum):
    """Who has to see to a request for an accommodation, as far as the viewer is concerned."""

    YOURS = "the viewer coordinates"
    A_COORDINATOR = "a coordinator of the team"
    NOBODY = "the team has no coordinator"


@dataclass(frozen=True)
class ApplicationFacts:
    """One application as its team sees it.

    `open_gates`: names of competencies, only those that the viewer has opened. `verdict`: of the
    decision that was made. `has_read`: whether the viewer has opened the scorecards. `has_link`: whether
    there is a personal link that works. `accommodation`: who has to arrange something, None when nobody has to.
    """

    public_id: str
    name: str
    state: ApplicationState
    state_at: datetime
    delivered: int | None = None
    acknowledged_at: datetime | None = None
    interviews: Sequence[InterviewFacts] = ()
    to_book: tuple[str, ...] = ()
    has_read: bool = False
    open_gates: tuple[str, ...] = ()
    proposal: Proposal | None = None
    verdict: Verdict | None = None
    has_link: bool = True
    question: OpenQuestion | None = None
    accommodation: Waiting | None = None

    @property
    def is_active(self) -> bool:
        """Whether the application has not ended."""
        return self.state in ACTIVE

    @property
    def expected(self) -> int:
        """Return how many scorecards the application waits for by now, in or not."""
        return sum(one.expected for one in self.interviews)

    @property
    def cards_in(self) -> int:
        """Return how many of them are in."""
        return self.expected - sum(len(one.missing) for one in self.interviews)


@dataclass(frozen=True)
class OpeningFacts:
    """One opening as its team sees it; `manages` says whether the viewer is a manager of that team.

    `stages`: how many the loop in use has, 0 before there is one.
    """

    public_id: str
    title: str
    state: OpeningState
    posts: int
    manages: bool
    disclosure: int | None = None
    stages: int = 0
    hired: int = 0
    applications: Sequence[ApplicationFacts] = ()
