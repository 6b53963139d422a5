"""The path of an interviewer on a competency set: read the guide, practise, shadow, reverse-shadow, lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hiringkit.calibration.rules.retries import Wait

LONGEST_REASON = 4_000


class PathStep(StrEnum):
    """The steps in their order."""

    GUIDE = "read the guide"
    PRACTISE = "practise"
    SHADOW = "shadow"
    REVERSE_SHADOW = "reverse shadow"
    LEAD = "lead"


# What somebody may have learnt elsewhere; a guide is soon read, and a standing is never given away.
CREDITABLE = (PathStep.SHADOW, PathStep.REVERSE_SHADOW)


@dataclass(frozen=True)
class Proof:
    """What proves a step: when and where, by whom (a name) where somebody else vouched for it, and why.

    Of a reverse shadow that was answered with "not yet" it is the answer, which proves nothing.
    `is_credit`: a manager's word for work that was done before or elsewhere.
    """

    at: datetime
    where: str = ""
    by: str = ""
    why: str = ""
    is_credit: bool = False


@dataclass(frozen=True)
class PathLine:
    """One step of one person's path; without a proof it is still to be done.

    `not_yet`: the newest answer to a reverse shadow, while nobody has said yes.
    """

    step: PathStep
    proof: Proof | None
    is_next: bool = False
    not_yet: Proof | None = None


@dataclass(frozen=True)
class Path:
    """The whole path of one person on one set."""

    lines: tuple[PathLine, ...]

    @property
    def next(self) -> PathStep | None:
        """Return the step to take now; None once they have led."""
        return next((line.step for line in self.lines if line.is_next), None)

    @property
    def not_yet(self) -> Proof | None:
        """Return what was answered to a reverse shadow, while that is the step to take now; None otherwise."""
        return next((line.not_yet for line in self.lines if line.is_next), None)

    @property
    def done(self) -> int:
        """Return how many steps are behind them."""
        return sum(line.proof is not None for line in self.lines)


@dataclass(frozen=True)
class Practice:
    """How somebody can practise on a set today: the form to rate next and the attempt to go on with, by public id.

    `wait`: why another attempt cannot begin today.
    """

    form: str
    attempt: str | None = None
    wait: Wait | None = None


def path_of(proofs: Mapping[PathStep, Proof], not_yet: Proof | None = None) -> Path:
    """Lay a path out: the next step is the first without a proof, and none once somebody has led.

    Who leads is past learning to: rule 3 asks for a standing alone, so steps that were never taken
    stay open and nobody is sent back to them. `not_yet`: the newest answer to a reverse shadow that
    was no yes; it stays beside the step until there is one.

    >>> from datetime import UTC
    >>> read = Proof(datetime(2027, 1, 4, tzinfo=UTC))
    >>> path_of({PathStep.GUIDE: read}).next.value
    'practise'
    >>> path_of({PathStep.LEAD: read}).next, path_of({PathStep.LEAD: read}).done
    (None, 1)
    """
    is_over = PathStep.LEAD in proofs
    following = None if is_over else next(step for step in PathStep if step not in proofs)
    told = not_yet if not is_over and PathStep.REVERSE_SHADOW not in proofs else None
    answers = {PathStep.REVERSE_SHADOW: told}
    return Path(tuple(PathLine(step, proofs.get(step), step is following, answers.get(step)) for step in PathStep))
