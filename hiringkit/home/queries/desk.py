"""What lies on somebody's desk: own interviews and exercises, one next step for each opening, and the site's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hiringkit.audit.queries import unscoped_head
from hiringkit.calibration.queries import (
    AskedRefresh,
    ExpertView,
    OwnExercise,
    own_exercises,
    own_expertise,
    own_refreshes,
)
from hiringkit.calibration.rules.path import PathStep
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries import ApplicationView
from hiringkit.disclosures.queries import ReviewInHand, reviews_in_hand
from hiringkit.foundation.access import TEAM_CAPACITIES, Actor, Capacity, may
from hiringkit.home.policy import HomePermission
from hiringkit.home.queries.applications import facts_of, in_hand_rows
from hiringkit.home.queries.drift import RefreshDue, refreshes_due
from hiringkit.home.queries.openings import OpeningHead, heads_in_hand
from hiringkit.home.queries.paths import SetPath, paths_on_desk
from hiringkit.home.queries.seats import OwnInterview, Seats, seats
from hiringkit.home.queries.site import decisions_made, site_counts
from hiringkit.home.rules.application_steps import asked_steps
from hiringkit.home.rules.facts import ApplicationFacts
from hiringkit.home.rules.opening_steps import opening_step
from hiringkit.home.rules.path_steps import first_of
from hiringkit.home.rules.site import SiteCounts
from hiringkit.home.rules.steps import Step
from hiringkit.interviews.policy import InterviewPermission
from hiringkit.openings.models import Opening

LATELY = timedelta(days=14)
MOST_ASKED = 10


@dataclass(frozen=True)
class OpeningOnDesk:
    """An opening in hand with its one next step, and how many applications are under way."""

    head: OpeningHead
    step: Step
    applications: int


@dataclass(frozen=True)
class Desk:
    """Everything on the home page, in the order in which it is shown.

    `paths` are told to interviewers who plan nothing; for those who do, a link leads to them.
    `to_renew` is told apart only to who is no interviewer; for interviewers it stands at their exercises.
    The parts of the site (`counts`, `decisions`) are read only for those who have no capacity in a
    team: for the others they are links, which keeps the page within its statements.
    """

    due: Sequence[OwnInterview]
    readable: Sequence[OwnInterview]
    coming: Sequence[OwnInterview]
    sealed: Sequence[OwnInterview]
    exercises: Sequence[OwnExercise]
    paths: Sequence[SetPath]
    to_renew: Sequence[AskedRefresh]
    reviews: Sequence[ReviewInHand]
    expertise: Sequence[ExpertView]
    to_attest: Sequence[Opening]
    openings: Sequence[OpeningOnDesk]
    asked: Sequence[Step]
    plans: bool
    counts: SiteCounts | None
    decisions: Sequence[ApplicationView] | None
    refreshes: Sequence[RefreshDue] | None
    head: str

    @property
    def to_rate(self) -> list[OwnExercise]:
        """Return the exercises to go on with or to begin: unfinished ones first, then those that somebody asks for."""
        wanted = [one for one in self.exercises if one.open_attempt or (not one.wait and _needs(one))]
        return sorted(wanted, key=lambda one: (one.open_attempt is None, one.asked is None))

    @property
    def path(self) -> Step | None:
        """Return the next step of the path that is first to take and no exercise; those stand in `to_rate`."""
        open_ones = (one.step for one in self.paths if one.path.next is not PathStep.PRACTISE)
        return first_of(step for step in open_ones if step is not None)

    def is_next_on_path(self, own: OwnExercise) -> bool:
        """Tell whether rating this exercise is the next step of the path on its set."""
        return any(
            one.path.next is PathStep.PRACTISE and one.competency_set.id == own.form.set_version.id
            for one in self.paths
        )

    @property
    def mine(self) -> int:
        """Return how many things wait for the viewer."""
        steps = sum(one.step.is_mine for one in self.openings)
        steps += self.counts is not None and self.counts.step is not None
        steps += self.path is not None
        steps += len(self.reviews) + len(self.to_attest) + len(self.asked) + len(self.expertise)
        return len(self.due) + len(self.readable) + len(self.coming) + len(self.to_rate) + len(self.to_renew) + steps


def _needs(own: OwnExercise) -> bool:
    return own.standing.now.state.value in {"none", "in training", "due", "lapsed", "suspended"}


def desk(viewer: Actor, at: datetime) -> Desk:
    """Return what lies on the viewer's desk, in at most eight statements whatever there is."""
    plans = may(viewer, CandidatePermission.EDIT)
    has_team = bool(viewer.capacities & TEAM_CAPACITIES)
    heads, to_attest = heads_in_hand(viewer) if has_team else ([], [])
    rows = in_hand_rows(viewer, [one.opening.id for one in heads]) if plans else {}
    ids = {row.application.id for own in rows.values() for row in own}
    sits = may(viewer, InterviewPermission.SIT)
    places = seats(viewer, ids, at - LATELY if sits else None) if sits or plans else Seats()
    facts = {one.opening.id: facts_of(viewer, rows[one.opening.id], places, one.content) for one in heads}
    on_desk = [_on_desk(viewer, one, facts[one.opening.id], at) for one in heads]
    audits, rates = Capacity.AUDITOR in viewer.site, Capacity.INTERVIEWER in viewer.capacities
    exercises = own_exercises(viewer, at, at_a_glance=True) if rates else []
    return Desk(
        due=[one for one in places.own if one.is_due and one.interview.starts_at <= at],
        readable=_first_of_each([one for one in places.own if one.may_read]),
        coming=[one for one in places.own if one.is_due and one.interview.starts_at > at],
        sealed=[one for one in reversed(places.own) if one.card is not None][:5],
        exercises=exercises,
        paths=[] if plans else _paths(viewer, exercises),
        to_renew=own_refreshes(viewer) if sits and not rates else [],
        reviews=reviews_in_hand(viewer) if has_team else [],
        expertise=[one for one in own_expertise(viewer) if one.may_rate or one.may_settle],
        to_attest=to_attest,
        openings=sorted(on_desk, key=lambda one: one.step.urgency),
        asked=_asked(on_desk, [one for own in facts.values() for one in own]),
        plans=plans,
        refreshes=_refreshes(viewer),
        counts=site_counts(at) if Capacity.ADMINISTRATOR in viewer.site and not has_team else None,
        decisions=decisions_made(viewer) if audits and not has_team else None,
        head=unscoped_head()[1] if audits and not has_team else "",
    )


def _paths(viewer: Actor, exercises: Sequence[OwnExercise]) -> list[SetPath]:
    """Return the paths of who plans nothing; none, but the link, where attempts at an earlier set take the room."""
    takes_room = any(one.form.set_version_id != own.form.set_version.id for own in exercises for one in own.records)
    return [] if takes_room or not exercises else paths_on_desk(viewer, exercises)


def _refreshes(viewer: Actor) -> Sequence[RefreshDue] | None:
    """Return whose refresh is due in the viewer's teams; None, for a link, where their own exercises take the room."""
    if not may(viewer, HomePermission.READ_REFRESHES):
        return []
    return None if Capacity.INTERVIEWER in viewer.capacities else refreshes_due(viewer)


def _on_desk(viewer: Actor, one: OpeningHead, applications: Sequence[ApplicationFacts], at: datetime) -> OpeningOnDesk:
    return OpeningOnDesk(one, opening_step(one.facts(viewer, applications), at), len(applications))


def _asked(on_desk: Sequence[OpeningOnDesk], applications: Sequence[ApplicationFacts]) -> list[Step]:
    """Return what candidates wait for, beyond what is the next step of an opening anyway; the first ten."""
    shown = {one.step for one in on_desk}
    found = [step for one in applications for step in asked_steps(one) if step not in shown]
    return sorted(found, key=lambda step: step.urgency)[:MOST_ASKED]


def _first_of_each(own: Sequence[OwnInterview]) -> list[OwnInterview]:
    """Return one interview for each application: its scorecards are opened together."""
    return list({one.application.id: one for one in reversed(own)}.values())[::-1]
