"""Reads of what sealed scorecards say: one's own, and all of an application once rule 2 has opened them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, false, or_, select

from hiringkit.audit.queries import keyring_for
from hiringkit.candidates.queries import AFTER_DECISION, ApplicationView
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.sealing import Keyring
from hiringkit.interviews.models import Assignment, Interview, Waiver
from hiringkit.interviews.queries import AssignmentView, Seat, own_assignment
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.library.models import CompetencyVersion
from hiringkit.loops.models import LoopVersionStage
from hiringkit.people.models import Member
from hiringkit.scorecards.models import Amendment, Rating, Scorecard
from hiringkit.scorecards.policy import ScorecardPermission
from hiringkit.scorecards.queries.states import (
    CardState,
    is_of_panel,
    seal_over,
    unscoped_card_states,
    unscoped_cards,
    unscoped_seal_facts,
)
from hiringkit.scorecards.rules import evidence as rules
from hiringkit.scorecards.rules.lifecycle import ScorecardState
from hiringkit.scorecards.rules.sealing import Seal


@dataclass(frozen=True)
class RatingView:
    """One rating as its readers see it."""

    rating: Rating
    competency: CompetencyVersion
    evidence: str

    @property
    def value(self) -> rules.Value:
        """Return the point, or why there is none."""
        return _value(self.rating)


def _value(rating: Rating) -> rules.Value:
    if rating.not_rated is not None:
        return rating.not_rated
    assert rating.points is not None  # noqa: S101  # A constraint of the table.
    return rating.points


@dataclass(frozen=True)
class ScorecardView:
    """One sealed scorecard as its readers see it: the one shape that every output reads."""

    scorecard: Scorecard
    assignment: Assignment
    interview: Interview
    member: Member
    stage: LoopVersionStage
    is_waived: bool
    ratings: tuple[RatingView, ...]
    notes: str
    amendments: tuple[tuple[datetime, str], ...]

    @property
    def rating_ids(self) -> frozenset[int]:
        """Return the numbers of its ratings' rows."""
        return frozenset(one.rating.id for one in self.ratings)

    @property
    def role(self) -> AssignmentRole:
        """Return in which role it was written."""
        return self.assignment.role

    @property
    def state(self) -> ScorecardState:
        """Return the scorecard's state."""
        if self.scorecard.is_abstention:
            return ScorecardState.ABSTAINED
        return ScorecardState.AMENDED if self.amendments else ScorecardState.SUBMITTED


def opened_scorecards(viewer: Actor, view: ApplicationView) -> list[ScorecardView]:
    """Return the scorecards of an application to somebody who has opened them, or raise NotFoundError.

    While the application is sealed again, because a further interview was booked, only those are
    returned that were in when the viewer opened them. An auditor reads all once it is decided.
    Four statements.
    """
    cards = unscoped_card_states([view.application.id])[view.application.id]
    facts = unscoped_seal_facts(view, viewer.member_id)
    if _audits(viewer, view):
        return unscoped_content(cards)
    seal = seal_over(viewer, view, cards, facts)
    if facts.read_at is None:
        raise NotFoundError
    return unscoped_content([one for one in cards if is_opened(one, seal, facts.read_at)])


def is_opened(card: CardState, seal: Seal, read_at: datetime) -> bool:
    """Tell whether a scorecard lies open before somebody who opened the application's at that moment."""
    return card.scorecard is not None and (seal.is_open or card.scorecard.submitted_at <= read_at)


def _audits(viewer: Actor, view: ApplicationView) -> bool:
    in_conflict = view.candidate.member_id is not None and view.candidate.member_id == viewer.member_id
    audits = scope(viewer, ScorecardPermission.READ_DECIDED).covers(view.opening.team_id)
    return audits and not in_conflict and view.application.state in AFTER_DECISION


@dataclass(frozen=True)
class OwnSealed:
    """One's own sealed scorecard, and whether the others of its application may be opened or were.

    `learners`: whose scorecards are compared with it: one's own place, or those of whom one led for.
    """

    seat: AssignmentView
    card: ScorecardView
    seal: Seal
    has_read: bool
    learners: tuple[Seat, ...]


def own_sealed(viewer: Actor, public_id: str) -> OwnSealed:
    """Return the viewer's own sealed scorecard by its address, or raise NotFoundError; in five statements."""
    seat = own_assignment(viewer, public_id)
    around = and_(
        Interview.application_id == seat.application.id, or_(is_of_panel(), Interview.id == seat.interview.id)
    )
    cards = unscoped_cards(around, false())
    found = unscoped_content([one for one in cards if one.assignment.id == seat.assignment.id])
    if not found:
        raise NotFoundError
    panel = [one for one in cards if one.card.is_expected]
    facts = unscoped_seal_facts(seat.view, viewer.member_id)
    seal = seal_over(viewer, seat.view, panel, facts)
    return OwnSealed(seat, found[0], seal, facts.read_at is not None, _learners(seat, cards))


def _learners(seat: AssignmentView, cards: Sequence[CardState]) -> tuple[Seat, ...]:
    """Return the learners of an interview whom this seat is compared with; none where nobody leads."""
    here = [one for one in cards if one.interview.id == seat.interview.id]
    lead = next((one for one in here if one.assignment.role is AssignmentRole.LEAD), None)
    if lead is None:
        return ()
    leads = lead.assignment.id == seat.assignment.id
    return tuple(
        Seat(one.assignment, one.member, one.waiver)
        for one in here
        if not one.card.is_expected and (leads or one.assignment.id == seat.assignment.id)
    )


def unscoped_scorecards(application_ids: Sequence[int]) -> list[ScorecardView]:
    """Return every sealed scorecard of the panels of some applications; the caller has checked who asks."""
    states = unscoped_card_states(application_ids)
    return unscoped_content([one for cards in states.values() for one in cards])


def unscoped_panel_scorecard(assignment_public_id: str) -> ScorecardView | None:
    """Return a sealed scorecard by address, for reactions; None for a shadow's, from which nothing follows."""
    cards = unscoped_cards(and_(Assignment.public_id == assignment_public_id, is_of_panel()), false())
    return next(iter(unscoped_content(cards)), None)


def unscoped_content(cards: Sequence[CardState], ring: Keyring | None = None) -> list[ScorecardView]:
    """Return those of the scorecards that are sealed, with ratings, notes and amendments; in two statements.

    One statement when the caller hands over the keys. The caller has checked who asks.
    """
    ids = [one.scorecard.id for one in cards if one.scorecard is not None]
    ratings: dict[int, dict[int, tuple[Rating, CompetencyVersion]]] = {number: {} for number in ids}
    amendments: dict[int, dict[int, Amendment]] = {number: {} for number in ids}
    for card_id, rating, competency, amendment in db.session.execute(
        select(Scorecard.id, Rating, CompetencyVersion, Amendment)
        .outerjoin(Rating, Rating.scorecard_id == Scorecard.id)
        .outerjoin(CompetencyVersion, CompetencyVersion.id == Rating.competency_version_id)
        .outerjoin(Amendment, Amendment.scorecard_id == Scorecard.id)
        .where(Scorecard.id.in_(ids))
        .order_by(Rating.id, Amendment.id)
    ):
        if rating is not None:
            ratings[card_id][rating.id] = (rating, competency)
        if amendment is not None:
            amendments[card_id][amendment.id] = amendment
    sealed = [one.scorecard.notes for one in cards if one.scorecard is not None]
    sealed += [rating.evidence for found in ratings.values() for rating, _ in found.values()]
    sealed += [amendment.text for added in amendments.values() for amendment in added.values()]
    ring = ring or keyring_for(sealed)
    return [
        ScorecardView(
            one.scorecard,
            one.assignment,
            one.interview,
            one.member,
            one.stage,
            one.waiver is not None,
            tuple(RatingView(r, c, ring.open(r.evidence)) for r, c in ratings[one.scorecard.id].values()),
            ring.open(one.scorecard.notes),
            tuple((added.at, ring.open(added.text)) for added in amendments[one.scorecard.id].values()),
        )
        for one in cards
        if one.scorecard is not None
    ]


@dataclass(frozen=True)
class GivenRating:
    """One rating without its evidence, with what decides whether it counts."""

    application_id: int
    scorecard_id: int
    member_id: int
    role: AssignmentRole
    is_waived: bool
    competency_version_id: int
    value: rules.Value


def unscoped_ratings(application_ids: Sequence[int]) -> list[GivenRating]:
    """Return every sealed rating of the panels of some applications, waived or not, in one statement."""
    rows = db.session.execute(
        select(Interview.application_id, Rating, Assignment, Waiver.id)
        .join(Scorecard, Scorecard.id == Rating.scorecard_id)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Interview, Interview.id == Assignment.interview_id)
        .outerjoin(Waiver, Waiver.assignment_id == Assignment.id)
        .where(Interview.application_id.in_(list(application_ids)), is_of_panel())
        .order_by(Rating.id)
    )
    return [
        GivenRating(
            application_id,
            rating.scorecard_id,
            assignment.member_id,
            assignment.role,
            waiver is not None,
            rating.competency_version_id,
            _value(rating),
        )
        for application_id, rating, assignment, waiver in rows
    ]
