"""Reads for whoever fills a panel: each person of the team with what speaks against which place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from hiringkit.audit.queries import keyring_for
from hiringkit.calibration import queries as calibration
from hiringkit.calibration.rules.standing import covers
from hiringkit.candidates.models import Application, Reading
from hiringkit.candidates.queries import unscoped_extra_time, unscoped_minutes_more
from hiringkit.candidates.rules.accommodations import MOST_MINUTES
from hiringkit.foundation.db import db
from hiringkit.foundation.words import local
from hiringkit.interviews.models import Assignment, Interview, Waiver
from hiringkit.interviews.policy import SITTERS
from hiringkit.interviews.queries.schedule import ScheduledInterview, Seat, in_order
from hiringkit.interviews.rules.assigning import (
    WAIVABLE,
    AssignmentRole,
    PersonFacts,
    Refusal,
    assignment_refusals,
)
from hiringkit.interviews.rules.booking import is_overlapping
from hiringkit.interviews.rules.lifecycle import LIVE, SITTING
from hiringkit.library.models import CompetencyVersion
from hiringkit.loops.models import LoopVersionRating, LoopVersionStage
from hiringkit.people.models import Member, Membership

LONGEST = timedelta(hours=8, minutes=MOST_MINUTES)


@dataclass(frozen=True)
class PersonView:
    """A person with what speaks for or against a place on one panel, and the place held there, if any."""

    member: Member
    facts: PersonFacts
    seat: Seat | None
    is_of_team: bool


@dataclass(frozen=True)
class PanelView:
    """The panel of one interview, and everybody who might join it, by name.

    `extra_minutes` were arranged for it, and are for the eyes of those who may read them.
    """

    plan: ScheduledInterview
    competencies: Mapping[int, str]
    people: Sequence[PersonView]
    extra_minutes: int

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Return every place that was ever given, leads first."""
        return in_order([person.seat for person in self.people if person.seat is not None])

    @property
    def eligible(self) -> list[PersonView]:
        """Return the people of the team who do not sit there."""
        return [person for person in self.people if person.is_of_team and not person.facts.is_on_panel]

    def person(self, member_public_id: str) -> PersonView | None:
        """Return somebody of the team."""
        found = (one for one in self.people if one.is_of_team and one.member.public_id == member_public_id)
        return next(found, None)

    def is_taken(self, role: AssignmentRole) -> bool:
        """Tell whether the panel has its lead, its reverse shadow or all its seconds; shadows may be any number."""
        if role is AssignmentRole.SHADOW:
            return False
        sitting = [seat for seat in self.seats if seat.sits and seat.assignment.role is role]
        return len(sitting) >= (max(1, self.plan.stage.panel - 1) if role is AssignmentRole.SECOND else 1)

    def refusals(self, person: PersonView, role: AssignmentRole) -> tuple[Refusal, ...]:
        """Return every reason against giving this place to this person."""
        facts = replace(person.facts, is_role_taken=self.is_taken(role))
        return assignment_refusals(role, facts, self.competencies)

    def is_waivable(self, person: PersonView, role: AssignmentRole) -> bool:
        """Tell whether a manager's waiver alone would give this place to this person."""
        refusals = self.refusals(person, role)
        return bool(refusals) and all(refusal.kind in WAIVABLE for refusal in refusals)


def unscoped_panel_view(plan: ScheduledInterview) -> PanelView:
    """Return the panel of an interview with everybody who might join it, in five statements."""
    rows = _people(plan)
    members = {row.Member.id: row for row in rows}
    names, in_force = _competencies(plan.interview.stage_id)
    standings = calibration.unscoped_standings(members)
    policy = calibration.unscoped_policy()
    day = local(plan.interview.starts_at, plan.interview.zone).date()
    busy = {row.Member.id for row in rows if _is_busy(row, plan.interview)}
    people = [
        PersonView(
            row.Member,
            PersonFacts(
                row.Member.name,
                uncovered=covers(standings.get(number, []), list(names), day, policy, in_force),
                has_conflict=plan.view.candidate.member_id == number,
                is_on_panel=row.Assignment is not None and row.Assignment.state in SITTING,
                has_read_scorecards=row.has_read,
                has_overlap=number in busy,
                is_disabled=row.Member.disabled_at is not None,
            ),
            Seat(row.Assignment, row.Member, row.Waiver) if row.Assignment is not None else None,
            is_of_team=row.is_of_team,
        )
        for number, row in members.items()
    ]
    return PanelView(plan, names, people, rows[0].extra if rows else 0)


def _people(plan: ScheduledInterview) -> Sequence[Row[Member, Assignment, Waiver, bool, bool, datetime, int, int]]:
    """Return each member of the team or the panel, with the place held; one row for each interview close in time."""
    team = select(Membership.member_id).where(
        Membership.team_id == plan.view.opening.team_id, Membership.capacity.in_(SITTERS)
    )
    has_read = exists().where(Reading.application_id == plan.view.application.id, Reading.member_id == Member.id)
    near = _near(plan.interview).subquery()
    return db.session.execute(
        select(
            Member,
            Assignment,
            Waiver,
            has_read.label("has_read"),
            Member.id.in_(team).label("is_of_team"),
            near.c.starts_at,
            near.c.minutes,
            unscoped_minutes_more(plan.view.application.id, plan.stage.key).label("extra"),
        )
        .outerjoin(Assignment, and_(Assignment.member_id == Member.id, Assignment.interview_id == plan.interview.id))
        .outerjoin(Waiver, Waiver.assignment_id == Assignment.id)
        .outerjoin(near, near.c.member_id == Member.id)
        .where(or_(Member.id.in_(team), Assignment.id.is_not(None)))
        .order_by(Member.name, Member.id)
    ).all()


def _near(around: Interview) -> Select[int, datetime, int]:
    """Return the statement of who sits where, and for how long, in live interviews that might overlap this one.

    Minutes that were arranged count. Whoever plans learns that somebody is taken and never how long, because
    the other interview may be one of another team.
    """
    seats = aliased(Assignment)
    return (
        select(seats.member_id, Interview.starts_at, _taken())
        .join(Interview, Interview.id == seats.interview_id)
        .join(LoopVersionStage, LoopVersionStage.id == Interview.stage_id)
        .where(
            seats.state.in_(SITTING),
            Interview.state.in_(LIVE),
            Interview.id != around.id,
            Interview.starts_at > around.starts_at - LONGEST,
            Interview.starts_at < around.starts_at + LONGEST,
        )
    )


def _taken() -> ColumnElement[int]:
    """Return the SQL of how many minutes an interview takes: those of its stage and those that were arranged."""
    more = unscoped_minutes_more(Interview.application_id, LoopVersionStage.key)
    return (Interview.minutes + more).label("minutes")


def _is_busy(row: Row[Member, Assignment, Waiver, bool, bool, datetime, int, int], around: Interview) -> bool:
    """Tell whether the other interview of a row, if there is one, shares a moment with this one."""
    if row.starts_at is None:
        return False
    return is_overlapping(around.starts_at, around.minutes + row.extra, row.starts_at, row.minutes)


def _competencies(stage_id: int) -> tuple[dict[int, str], set[int]]:
    """Return what a stage rates, by version, and every version that counts as in force for it.

    A loop is frozen on its versions, so these stay in force for it when the library moves on.
    """
    newest = select(func.max(CompetencyVersion.id)).group_by(CompetencyVersion.key)
    rows = db.session.execute(
        select(CompetencyVersion.id, CompetencyVersion.name, LoopVersionRating.position)
        .outerjoin(
            LoopVersionRating,
            and_(
                LoopVersionRating.competency_version_id == CompetencyVersion.id,
                LoopVersionRating.stage_id == stage_id,
            ),
        )
        .where(or_(CompetencyVersion.id.in_(newest), LoopVersionRating.id.is_not(None)))
        .order_by(LoopVersionRating.position, CompetencyVersion.id)
    ).all()
    return {number: name for number, name, place in rows if place is not None}, {number for number, *_ in rows}


def waiver_reasons(view: PanelView) -> dict[int, str]:
    """Return the reasons of a panel's waivers, by assignment."""
    waivers = [seat.waiver for seat in view.seats if seat.waiver is not None]
    ring = keyring_for(waiver.reason for waiver in waivers)
    return {waiver.assignment_id: ring.open(waiver.reason) for waiver in waivers}


def unscoped_busy_seats(view: PanelView, starts_at: datetime) -> list[str]:
    """Return the names of the panel's people who have another interview at a new time."""
    sitting = [seat for seat in view.seats if seat.sits]
    moved = Interview(id=view.plan.interview.id, starts_at=starts_at)
    taken = view.plan.interview.minutes + view.extra_minutes
    near = {
        member_id
        for member_id, other_start, minutes in db.session.execute(_near(moved))
        if is_overlapping(starts_at, taken, other_start, minutes)
    }
    return [seat.member.name for seat in sitting if seat.member.id in near]


def unscoped_is_candidate_busy(
    application: Application, stage: LoopVersionStage, starts_at: datetime, but: int = 0
) -> bool:
    """Tell whether the candidate has another live interview at that time, on any opening; `but` is left out."""
    taken = stage.minutes + unscoped_extra_time(application.id).minutes(stage.key)
    rows = db.session.execute(
        select(Interview.starts_at, _taken())
        .join(Application, Application.id == Interview.application_id)
        .join(LoopVersionStage, LoopVersionStage.id == Interview.stage_id)
        .where(
            Application.candidate_id == application.candidate_id,
            Interview.id != but,
            Interview.state.in_(LIVE),
            Interview.starts_at > starts_at - LONGEST,
            Interview.starts_at < starts_at + LONGEST,
        )
    )
    return any(is_overlapping(starts_at, taken, other_start, minutes) for other_start, minutes in rows)
