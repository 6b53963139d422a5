"""Applications that can be interviewed, interviews and panels of a test, made as the app makes them."""

from datetime import datetime, timedelta

from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.calibration.queries import unscoped_standings
from hiringkit.candidates.queries import ApplicationView, unscoped_application
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.words import local
from hiringkit.interviews import operations, queries
from hiringkit.interviews.queries import AssignmentView, ScheduledInterview
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.interviews.rules.booking import BookingDraft
from hiringkit.loops.models import LoopVersionStage
from hiringkit.loops.queries import unscoped_current_version, unscoped_stages
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member
from tests.calibration.factories import JUDGEMENT, OPERATIONS, calibrate
from tests.candidates import factories as candidates
from tests.loops.factories import loop_version
from tests.openings.factories import opening
from tests.remembering import remembered
from tests.world import HIDDEN, NINE, World

ZONE = "America/Chicago"
START = NINE + timedelta(days=2, hours=6)
AFTER = START + timedelta(hours=1)
LEAD, SECOND, SHADOW = AssignmentRole.LEAD, AssignmentRole.SECOND, AssignmentRole.SHADOW
REVERSE_SHADOW = AssignmentRole.REVERSE_SHADOW


@remembered
def ready(world: World, name: str = "Jordan Avery", row: Opening | None = None, by: str = "manager") -> ApplicationView:
    """Return an application whose opening has a loop in use, and to which the disclosure was delivered."""
    row = row or opening(world, by=by)
    if unscoped_current_version(row.id) is None:
        loop_version(world, row)
    application = candidates.application(world, row, name, by)
    candidates.delivery(world, application, by)
    return unscoped_application(application.id)


def stages(view: ApplicationView) -> list[LoopVersionStage]:
    """Return the stages of the loop of an application."""
    version = unscoped_current_version(view.opening.id)
    assert version is not None
    return [stage.row for stage in unscoped_stages(version.id)]


def wall(starts: datetime, zone: str = ZONE) -> BookingDraft:
    """Return a moment as somebody types it."""
    return BookingDraft(local(starts, zone).replace(tzinfo=None), zone)


@remembered
def book(
    world: World,
    view: ApplicationView,
    stage: int = 0,
    starts: datetime | None = None,
    at: datetime = NINE,
    by: str = "manager",
) -> ScheduledInterview:
    """Return an interview of the stage with this number, from 0; each stage has an hour of its own."""
    row, starts = stages(view)[stage], starts or START + timedelta(hours=stage)
    booked = operations.book_interview(view, row.id, wall(starts), by=world.actor(by), at=at)
    return ScheduledInterview(booked, row, unscoped_application(view.application.id))


@remembered
def seat(
    world: World,
    plan: ScheduledInterview,
    who: str,
    role: AssignmentRole = LEAD,
    *,
    waiver: str = "",
    at: datetime = NINE,
    by: str = "manager",
) -> AssignmentView:
    """Return a place on the panel, given to a member."""
    row = operations.assign(plan, world.member(who), role, waiver, by=world.actor(by), at=at)
    return queries.unscoped_assignment(row.public_id)


@remembered
def calibrated(world: World, *keys: str, at: datetime = NINE) -> list[Member]:
    """Return interviewers who are calibrated on both sets of the starter pack."""
    people = [world.member(key) for key in keys]
    known = unscoped_standings(member.id for member in people)
    for key, member in zip(keys, people, strict=True):
        if not known[member.id]:
            for exercise in (JUDGEMENT, OPERATIONS):
                calibrate(world, key, exercise, at)
    return people


@remembered
def panel(
    world: World,
    view: ApplicationView,
    *who: str,
    stage: int = 0,
    starts: datetime | None = None,
    at: datetime = NINE,
    waiver: str = "",
) -> list[AssignmentView]:
    """Return the places of a panel: a lead, a second, then whoever shadows; calibrated unless that is waived."""
    plan = book(world, view, stage, starts, at)
    if not waiver:
        calibrated(world, *who, at=at)
    roles = (LEAD, SECOND, SHADOW, SHADOW)
    return [
        seat(world, plan, key, role, waiver="" if role is SHADOW else waiver, at=at)
        for key, role in zip(who, roles, strict=False)
    ]


@remembered
def begun(
    world: World, view: ApplicationView, *who: str, stage: int = 0, waiver: str = "", hours_ago: int = 1
) -> list[AssignmentView]:
    """Return the places of a panel whose interview began some hours ago on the clock of this machine."""
    starts = now().replace(second=0, microsecond=0) - timedelta(hours=hours_ago)
    return panel(world, view, *who, stage=stage, starts=starts, at=starts - timedelta(days=2), waiver=waiver)


def hidden_fields(page: str, mark: str) -> dict[str, str]:
    """Return the hidden fields of the form that follows a mark on a page, as a browser would send them."""
    form = page.partition(mark)[2].partition("</form>")[0]
    assert form, f"there is no form after {mark}"
    return dict(HIDDEN.findall(form))


def events(tag: str) -> list[str]:
    """Return what the record says of a tag, oldest first, as the canonical text of each event."""
    return list(db.session.scalars(select(AuditEvent.content).where(AuditEvent.tag == tag).order_by(AuditEvent.seq)))
