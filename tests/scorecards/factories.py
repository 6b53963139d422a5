"""Scorecards of a test: drafts with a canary in every text, sealed ones, and opened applications."""

from collections.abc import Mapping
from datetime import datetime

from hiringkit.candidates.queries import unscoped_application
from hiringkit.interviews.queries import AssignmentView, unscoped_assignment
from hiringkit.scorecards import operations, queries
from hiringkit.scorecards.models import Scorecard
from hiringkit.scorecards.queries import OwnScorecard
from hiringkit.scorecards.rules.evidence import RatingDraft, ScorecardDraft, Value
from tests.interviews.factories import AFTER
from tests.remembering import remembered
from tests.world import World

TEXT = "Stopped the work and said why."


def own(world: World, who: str, seat: AssignmentView) -> OwnScorecard:
    """Return a member's own scorecard as it is stored."""
    return queries.own_scorecard(world.actor(who), seat.assignment.public_id)


def filled(card: OwnScorecard, text: str = TEXT, value: Value = 5) -> ScorecardDraft:
    """Return a draft that rates everything alike, with the same text everywhere."""
    lines = tuple(RatingDraft(one.version, value, text) for one in card.competencies)
    return ScorecardDraft(lines, text)


def typed(card: OwnScorecard, text: str = TEXT, value: Value | None = 5) -> Mapping[str, str]:
    """Return the fields of a form that rates everything alike."""
    lines = tuple(RatingDraft(one.version, value, text) for one in card.competencies)
    return operations.fields_of(ScorecardDraft(lines, text))


@remembered
def save(
    world: World,
    who: str,
    seat: AssignmentView,
    text: str = TEXT,
    value: Value = 5,
    at: datetime = AFTER,
) -> int:
    """Save a draft over whatever is saved, and return its version."""
    card = own(world, who, seat)
    return operations.save_draft(card, filled(card, text, value), card.version, by=world.actor(who), at=at)


@remembered
def submit(
    world: World,
    who: str,
    seat: AssignmentView,
    text: str = TEXT,
    value: Value = 5,
    at: datetime = AFTER,
) -> Scorecard:
    """Save and seal a scorecard."""
    version = save(world, who, seat, text, value, at)
    return operations.submit_scorecard(own(world, who, seat), version, by=world.actor(who), at=at)


@remembered
def abstain(
    world: World, who: str, seat: AssignmentView, reason: str = "I know them.", at: datetime = AFTER
) -> Scorecard:
    """Hand in no ratings."""
    return operations.abstain(own(world, who, seat), reason, by=world.actor(who), at=at)


@remembered
def open_all(world: World, who: str, seat: AssignmentView, at: datetime = AFTER) -> None:
    """Open the scorecards of the application to a member."""
    operations.open_scorecards(unscoped_application(seat.application.id), by=world.actor(who), at=at)


def fresh(seat: AssignmentView) -> AssignmentView:
    """Return an assignment as it is stored now."""
    return unscoped_assignment(seat.assignment.public_id)
