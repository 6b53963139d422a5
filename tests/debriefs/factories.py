"""Applications with panels and sealed scorecards, made through the operations of every room below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hiringkit.candidates.models import Application
from hiringkit.candidates.queries import ApplicationView, unscoped_application
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import transaction
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.interviews.queries import interview, unscoped_panel
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.interviews.rules.booking import BookingDraft
from hiringkit.loops.models import LoopVersion
from hiringkit.loops.queries import StageView, unscoped_stages
from hiringkit.openings.models import Opening
from hiringkit.scorecards import operations as scorecards
from hiringkit.scorecards.queries import OwnScorecard, own_scorecard
from hiringkit.scorecards.rules.evidence import NotRated, RatingDraft, ScorecardDraft
from tests.calibration.factories import JUDGEMENT, OPERATIONS, calibrate
from tests.candidates import factories as candidates
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.remembering import remembered
from tests.world import World

LEAD, SECOND, SHADOW = AssignmentRole.LEAD, AssignmentRole.SECOND, AssignmentRole.SHADOW
Low = Mapping[tuple[str, str], int | NotRated]
"""Ratings that differ from the rest, by member and key of the competency."""


def days_ago(days: float) -> datetime:
    """Return a moment before now."""
    return now() - timedelta(days=days)


@dataclass(frozen=True)
class Hire:
    """An opening with its loop in use, its disclosure published, and people who may lead every stage."""

    world: World
    opening: Opening
    version: LoopVersion
    raters: tuple[str, ...]

    @property
    def stages(self) -> list[StageView]:
        """Return the stages of the loop."""
        return unscoped_stages(self.version.id)


@remembered
def hire(world: World, raters: Sequence[str] = ("ana", "ben"), team: str = "Access", title: str = "Manager") -> Hire:
    """Return an opening that is ready for interviews; these people are calibrated on both sets."""
    world.manager(team=team)
    new = [who for who in raters if who not in world.members]
    for who in new:
        world.member(who, team=team)
    row = opening(world, title=title, team=team, state="open")
    with transaction():  # One commit for many acts, because each commit waits for the disk.
        version = loop_version(world, row)
        candidates.disclosure_version(world, row)
        for who in new:
            calibrate(world, who, JUDGEMENT, days_ago(20))
            calibrate(world, who, OPERATIONS, days_ago(20))
    return Hire(world, row, version, tuple(raters))


@remembered
def applicant(made: Hire, name: str = "Piotr Lis", by: str = "manager") -> Application:
    """Return an application to which the disclosure was delivered."""
    row = candidates.application(made.world, made.opening, name, by=by)
    candidates.delivery(made.world, row, by)
    return row


def view_of(row: Application) -> ApplicationView:
    """Return an application as the operations take it."""
    return unscoped_application(row.id)


@remembered
def book(
    made: Hire, row: Application, number: int = 0, hours: float = 0, by: str = "manager", days: float = 3
) -> Interview:
    """Book one stage, as it was some days ago, for a day later."""
    start = days_ago(days - 1) + timedelta(hours=number * 2 + hours)
    draft = BookingDraft(start.astimezone(UTC).replace(tzinfo=None, microsecond=0), "UTC")
    stage = made.stages[number].row.id
    return interviews.book_interview(view_of(row), stage, draft, by=made.world.actor(by), at=days_ago(days))


@remembered
def seat(
    made: Hire,
    booked: Interview,
    who: str,
    role: AssignmentRole,
    reason: str = "",
    by: str = "manager",
    days: float = 3,
) -> Assignment:
    """Give somebody a place on a panel."""
    plan = interview(made.world.actor(by), booked.public_id)
    member = made.world.members[who]
    return interviews.assign(plan, member, role, reason, by=made.world.actor(by), at=days_ago(days))


@remembered
def booked_all(made: Hire, row: Application, hours: float = 0, days: float = 3) -> Application:
    """Book every stage with the first two raters as lead and second."""
    lead, second = made.raters[:2]
    for number in range(len(made.stages)):
        one = book(made, row, number, hours, days=days)
        seat(made, one, lead, LEAD, days=days)
        seat(made, one, second, SECOND, days=days)
    return row


def own(made: Hire, who: str, assignment: Assignment) -> OwnScorecard:
    """Return somebody's own scorecard."""
    return own_scorecard(made.world.actor(who), assignment.public_id)


@remembered
def submit(
    made: Hire, who: str, assignment: Assignment, low: Low | None = None, value: int = 5, days: float = 1
) -> None:
    """Rate every competency of a stage alike, but for those named, and submit."""
    by, card = made.world.actor(who), own(made, who, assignment)
    given = {key: rating for (name, key), rating in (low or {}).items() if name == who}
    keys = {competency.id: competency.key for competency in card.stage.competencies}
    draft = ScorecardDraft(
        tuple(
            RatingDraft(one.version, given.get(keys[one.version], value), f"{who.title()} on {one.name}.")
            for one in card.competencies
        )
    )
    version = scorecards.save_draft(card, draft, card.version, by=by, at=days_ago(days))
    scorecards.submit_scorecard(own(made, who, assignment), version, by=by, at=days_ago(days))


@remembered
def submit_all(made: Hire, row: Application, low: Low | None = None, value: int = 5, days: float = 1) -> Application:
    """Submit the scorecard of everybody on the panels of an application."""
    who = {member.id: key for key, member in made.world.members.items()}
    for assignment, _ in unscoped_panel(row.id):
        submit(made, who[assignment.member_id], assignment, low, value, days)
    return row


@remembered
def debriefed(
    made: Hire,
    name: str = "Piotr Lis",
    low: Low | None = None,
    value: int = 5,
    readers: Iterable[str] = ("manager",),
    days: float = 3,
) -> Application:
    """Return an application whose scorecards are all in and were opened by these people; it began some days ago."""
    with transaction():
        row = submit_all(made, booked_all(made, applicant(made, name), days=days), low, value, days - 2)
        for who in readers:
            read(made, row, who)
    return row


@remembered
def read(made: Hire, row: Application, who: str) -> None:
    """Let somebody open the scorecards."""
    scorecards.open_scorecards(view_of(row), by=made.world.actor(who), at=now())
