"""Learners beside a lead, made through the operations: an application with full panels, and one pair on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from hiringkit.candidates.queries import ApplicationView, unscoped_application
from hiringkit.foundation.errors import HiringkitError
from hiringkit.interviews.queries import AssignmentView, ScheduledInterview
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.openings.models import Opening
from hiringkit.scorecards import operations, queries
from hiringkit.scorecards.queries import Comparison
from hiringkit.scorecards.rules.evidence import Value
from hiringkit.scorecards.rules.learning import SignOffDraft
from tests.interviews.factories import AFTER, LEAD, REVERSE_SHADOW, SECOND, book, calibrated, ready, seat, stages
from tests.scorecards.factories import open_all, submit
from tests.world import World

LEARNERS = ("hana", "gil", "ida", "jon")
LATER = AFTER + timedelta(days=1)
READY = SignOffDraft(is_ready=True, reason="Asked every probe and kept the time.")


@dataclass
class Hiring:
    """Applications with every stage booked for ana and ben, and the places of the first stage."""

    world: World
    met: int = 0
    opening: Opening | None = None
    places: dict[str, AssignmentView] = field(default_factory=dict)

    def application(self) -> tuple[ApplicationView, list[ScheduledInterview]]:
        """Return an application whose panels are full but for learners."""
        self.met += 1
        view = ready(self.world, f"Candidate {self.met}", self.opening)
        self.opening = view.opening
        calibrated(self.world, "ana", "ben")
        for who in LEARNERS:
            self.world.member(who)
        hours = timedelta(hours=10 * self.met)
        plans = [
            book(self.world, view, number, AFTER + hours + timedelta(hours=number))
            for number in range(len(stages(view)))
        ]
        for plan in plans:
            for who, role in (("ana", LEAD), ("ben", SECOND)):
                place = seat(self.world, plan, who, role)
                self.places.setdefault(f"{who} {plan.interview.public_id}", place)
        return unscoped_application(view.application.id), plans

    def rate(self, plans: list[ScheduledInterview], value: Value = 5) -> None:
        """Let lead and second submit."""
        for plan in plans:
            for who in ("ana", "ben"):
                place = self.places[f"{who} {plan.interview.public_id}"]
                submit(self.world, who, place, value=value, at=plan.interview.ends_at)


@dataclass
class Pair:
    """A learner and a lead on one interview, and everybody's places."""

    world: World
    view: ApplicationView
    plans: list[ScheduledInterview]
    made: Hiring
    place: AssignmentView

    def compared(self, who: str) -> Comparison:
        """Return what somebody sees when they compare."""
        return queries.comparison(self.world.actor(who), self.place.assignment.public_id)

    def open(self, *who: str) -> None:
        """Let people open the scorecards."""
        for one in who:
            open_all(self.world, one, self.place, LATER)

    def sign_off(self, who: str = "ana", draft: SignOffDraft = READY) -> None:
        """Let somebody sign off."""
        operations.sign_off(self.compared("ana"), draft, by=self.world.actor(who), at=LATER)


def pair(world: World, role: AssignmentRole = REVERSE_SHADOW) -> Pair:
    """Return hana learning from ana, before anybody has rated."""
    made = Hiring(world)
    view, plans = made.application()
    return Pair(world, view, plans, made, seat(world, plans[0], "hana", role))


def refused(act: Callable[[], object]) -> type[HiringkitError]:
    with pytest.raises(HiringkitError) as error:
        act()
    return type(error.value)
