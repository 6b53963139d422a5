"""Reads of how far scorecards are, without their content, and of whether they may be opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from hiringkit.candidates.models import Application, Candidate, Reading
from hiringkit.candidates.queries import ApplicationView, without_conflict
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.interviews.models import Assignment, Interview, Waiver
from hiringkit.interviews.rules.assigning import RATING_ROLES
from hiringkit.interviews.rules.lifecycle import LIVE, SITTING
from hiringkit.loops.models import Loop, LoopVersion, LoopVersionStage
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member
from hiringkit.people.rules import Reveal
from hiringkit.scorecards.models import EarlyOpening, Scorecard, ScorecardDraft
from hiringkit.scorecards.policy import ScorecardPermission
from hiringkit.scorecards.queries.own import has_amendment, state_of
from hiringkit.scorecards.rules.lifecycle import ScorecardState
from hiringkit.scorecards.rules.sealing import Card, Seal, is_complete, is_open_for


@dataclass(frozen=True)
class CardState:
    """One expected or shadow scorecard of an application, and how far it is; of a sealed one its row."""

    assignment: Assignment
    member: Member
    interview: Interview
    stage: LoopVersionStage
    scorecard: Scorecard | None
    waiver: Waiver | None
    state: ScorecardState

    @property
    def card(self) -> Card:
        """Return it as the rules see it."""
        return Card(self.member.id, self.assignment.role, self.stage.name, self.state)


def card_states(viewer: Actor, application_ids: Sequence[int]) -> dict[int, list[CardState]]:
    """Return how far the scorecards of these applications are, for managers and coordinators of their team.

    Nobody else gets a line: an interviewer never learns how many are in, nor that one was begun.
    """
    seen = and_(scope(viewer, ScorecardPermission.READ_STATES).limits(Opening.team_id), without_conflict(viewer))
    has_draft = exists().where(ScorecardDraft.assignment_id == Assignment.id)
    return _card_states(application_ids, seen, has_draft)


def unscoped_card_states(application_ids: Sequence[int]) -> dict[int, list[CardState]]:
    """Return which scorecards of these applications are expected and which are in; drafts count as not started."""
    return _card_states(application_ids, None, false())


def _card_states(
    application_ids: Sequence[int], condition: ColumnElement[bool] | None, has_draft: ColumnElement[bool]
) -> dict[int, list[CardState]]:
    """Return every sitting scorecard of live interviews, by stage, in one statement."""
    found: dict[int, list[CardState]] = {number: [] for number in application_ids}
    wanted = (
        select(
            Assignment,
            Member,
            Interview,
            LoopVersionStage,
            Scorecard,
            Waiver,
            has_amendment().label("is_amended"),
            has_draft.label("has_draft"),
        )
        .join(Member, Member.id == Assignment.member_id)
        .join(Interview, Interview.id == Assignment.interview_id)
        .join(LoopVersionStage, LoopVersionStage.id == Interview.stage_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
        .outerjoin(Scorecard, Scorecard.assignment_id == Assignment.id)
        .outerjoin(Waiver, Waiver.assignment_id == Assignment.id)
        .where(Application.id.in_(list(found)), Interview.state.in_(LIVE), Assignment.state.in_(SITTING))
        .order_by(LoopVersionStage.position, Assignment.id)
    )
    for row in db.session.execute(wanted if condition is None else wanted.where(condition)):
        state = state_of(row.Scorecard, is_amended=row.is_amended, has_draft=row.has_draft)
        found[row.Interview.application_id].append(CardState(*row[:6], state))
    return found


def application_to_open(viewer: Actor, public_id: str) -> ApplicationView:
    """Return an application whose scorecards the viewer may come to open, or raise NotFoundError.

    That is every application of a team they manage, and in their teams those on whose panels they sit.
    """
    sits = (
        exists()
        .where(Assignment.interview_id == Interview.id, Interview.application_id == Application.id)
        .where(Assignment.member_id == viewer.member_id)
        .where(Assignment.state.in_(SITTING), Interview.state.in_(LIVE))
    )
    opens = scope(viewer, ScorecardPermission.OPEN).limits(Opening.team_id)
    unseated = scope(viewer, ScorecardPermission.OPEN_UNSEATED).limits(Opening.team_id)
    found = db.session.execute(
        select(Application, Candidate, Opening)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
        .where(Application.public_id == public_id, opens, or_(unseated, sits), without_conflict(viewer))
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return ApplicationView(*found)


@dataclass(frozen=True)
class SealFacts:
    """What beside the scorecards themselves decides about opening them."""

    reveal: Reveal
    opened_early: bool
    has_stages_to_book: bool
    read_at: datetime | None


def unscoped_seal_facts(view: ApplicationView, member_id: int | None) -> SealFacts:
    """Return reveal, early opening, stages without anybody who rates, and when this member read; in one statement.

    An early opening covers what was booked by then: a further interview seals the application again.
    """
    application_id = view.application.id
    newest = (
        select(LoopVersion.id)
        .join(Loop, Loop.id == LoopVersion.loop_id)
        .where(Loop.opening_id == view.opening.id)
        .order_by(LoopVersion.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    booked = (
        select(func.max(Interview.created_at))
        .where(Interview.application_id == application_id, Interview.state.in_(LIVE))
        .scalar_subquery()
    )
    early = exists().where(EarlyOpening.application_id == application_id, EarlyOpening.at >= booked)
    read_at = (
        select(Reading.at)
        .where(Reading.application_id == application_id, Reading.member_id == member_id)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(LoopVersion.reveal, early, _has_open_stage(application_id), read_at).where(LoopVersion.id == newest)
    ).one_or_none()
    if found is None:
        return SealFacts(Reveal.ALL_EXPECTED, opened_early=False, has_stages_to_book=True, read_at=None)
    return SealFacts(*found)


def _has_open_stage(application_id: int) -> ColumnElement[bool]:
    """Return the SQL expression that some stage of a loop version has no interview with anybody who rates."""
    staffed = (
        exists()
        .where(Interview.stage_id == LoopVersionStage.id, Assignment.interview_id == Interview.id)
        .where(Interview.application_id == application_id, Interview.state.in_(LIVE))
        .where(Assignment.state.in_(SITTING), Assignment.role.in_(RATING_ROLES))
    )
    return exists().where(LoopVersionStage.loop_version_id == LoopVersion.id, ~staffed)


def seal_for(viewer: Actor, view: ApplicationView) -> Seal:
    """Tell whether the viewer may open an application's scorecards now, and if not, why; in two statements."""
    cards = unscoped_card_states([view.application.id])[view.application.id]
    return seal_over(viewer, view, cards, unscoped_seal_facts(view, viewer.member_id))


def seal_over(viewer: Actor, view: ApplicationView, cards: Sequence[CardState], facts: SealFacts) -> Seal:
    """Tell the same from what was read already, or raise NotFoundError for whom these scorecards do not concern."""
    sits = any(one.member.id == viewer.member_id for one in cards)
    opens = scope(viewer, ScorecardPermission.OPEN).covers(view.opening.team_id)
    unseated = scope(viewer, ScorecardPermission.OPEN_UNSEATED).covers(view.opening.team_id)
    in_conflict = view.candidate.member_id is not None and view.candidate.member_id == viewer.member_id
    if in_conflict or not opens or not (sits or unseated):
        raise NotFoundError
    return is_open_for(
        viewer.member_id or 0,
        [one.card for one in cards],
        facts.reveal,
        opened_early=facts.opened_early,
        has_stages_to_book=facts.has_stages_to_book,
    )


def unscoped_is_complete(view: ApplicationView) -> bool:
    """Tell whether every stage is staffed and every expected scorecard of an application is in."""
    cards = [one.card for one in unscoped_card_states([view.application.id])[view.application.id]]
    return is_complete(cards) and not unscoped_seal_facts(view, None).has_stages_to_book


def has_read(viewer: Actor, application_id: int) -> bool:
    """Tell whether the viewer has opened the scorecards of an application."""
    wanted = select(Reading.id).where(Reading.application_id == application_id, Reading.member_id == viewer.member_id)
    return db.session.scalar(wanted) is not None


def unscoped_early_openings(application_id: int) -> Sequence[EarlyOpening]:
    """Return when and by whom the scorecards of an application were opened early."""
    wanted = select(EarlyOpening).where(EarlyOpening.application_id == application_id).order_by(EarlyOpening.id)
    return db.session.scalars(wanted).all()
