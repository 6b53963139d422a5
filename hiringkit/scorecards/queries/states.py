"""Reads of how far the scorecards of a panel are, without their content, and of whether they may be opened.

Lead and second are the panel: every total, matrix, gate and count above reads scorecards from here, so
that what a shadow rates is outside of them whatever it says. `learning` alone reads those of shadows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, false, func, or_, select, true

from hiringkit.candidates.models import Application, Candidate, Reading
from hiringkit.candidates.queries import ApplicationView, without_conflict
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.interviews.models import Assignment, Interview, Waiver
from hiringkit.interviews.rules.assigning import RATING_ROLES, AssignmentRole
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

BETWEEN = "\n"
"""Stands between names that come in one value; no name has a line break."""


def is_of_panel() -> ColumnElement[bool]:
    """Return the SQL condition on assignments whose scorecards are expected, and may count."""
    return Assignment.role.in_(RATING_ROLES)


@dataclass(frozen=True)
class CardState:
    """One scorecard of an application, and how far it is; of a sealed one its row."""

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
    return _by_application(application_ids, seen, has_draft)


def unscoped_card_states(application_ids: Sequence[int]) -> dict[int, list[CardState]]:
    """Return which scorecards of these applications are expected and which are in; drafts count as not started."""
    return _by_application(application_ids, true(), false())


def _by_application(
    application_ids: Sequence[int], condition: ColumnElement[bool], has_draft: ColumnElement[bool]
) -> dict[int, list[CardState]]:
    found: dict[int, list[CardState]] = {number: [] for number in application_ids}
    wanted = and_(Interview.application_id.in_(list(found)), is_of_panel(), condition)
    for one in unscoped_cards(wanted, has_draft):
        found[one.interview.application_id].append(one)
    return found


def unscoped_cards(condition: ColumnElement[bool], has_draft: ColumnElement[bool]) -> list[CardState]:
    """Return every scorecard of those who sit in live interviews, by stage, in one statement."""
    rows = db.session.execute(
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
        .where(Interview.state.in_(LIVE), Assignment.state.in_(SITTING), condition)
        .order_by(LoopVersionStage.position, Assignment.id)
    )
    return [
        CardState(*row[:6], state_of(row.Scorecard, is_amended=row.is_amended, has_draft=row.has_draft)) for row in rows
    ]


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
    """What beside the panel's scorecards themselves decides about opening them.

    `learns`: this member shadows on the application, or leads as a reverse shadow. `owed`: the stages of
    those for which their own scorecard is not in, one a line.
    """

    reveal: Reveal
    opened_early: bool
    has_stages_to_book: bool
    read_at: datetime | None
    learns: bool = False
    owed: str | None = None

    def learning_cards(self, member_id: int) -> list[Card]:
        """Return the member's own scorecards that are outside every score and keep the others shut to them."""
        stages = (self.owed or "").split(BETWEEN) if self.owed else []
        return [Card(member_id, AssignmentRole.SHADOW, stage, ScorecardState.NOT_STARTED) for stage in stages]


def unscoped_seal_facts(view: ApplicationView, member_id: int | None) -> SealFacts:
    """Return reveal, early opening, unstaffed stages, and when this member read and what they owe; in one statement.

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
        select(
            LoopVersion.reveal,
            early,
            _has_open_stage(application_id),
            read_at,
            exists(_learning(application_id, member_id)),
            _owed(application_id, member_id),
        ).where(LoopVersion.id == newest)
    ).one_or_none()
    if found is None:
        return SealFacts(Reveal.ALL_EXPECTED, opened_early=False, has_stages_to_book=True, read_at=None)
    return SealFacts(*found)


def _learning(application_id: int, member_id: int | None) -> Select[str]:
    """Return the statement of the stages in which a member sits outside of the panel, live ones only."""
    return (
        select(LoopVersionStage.name)
        .join(Interview, Interview.stage_id == LoopVersionStage.id)
        .join(Assignment, Assignment.interview_id == Interview.id)
        .where(Interview.application_id == application_id, Interview.state.in_(LIVE))
        .where(Assignment.member_id == member_id, Assignment.state.in_(SITTING), ~is_of_panel())
    )


def _owed(application_id: int, member_id: int | None) -> ScalarSelect[str]:
    """Return the names of those of them whose scorecard is not in, in one value."""
    missing = ~exists().where(Scorecard.assignment_id == Assignment.id)
    return (
        _learning(application_id, member_id)
        .where(missing)
        .with_only_columns(func.aggregate_strings(LoopVersionStage.name, BETWEEN))
        .scalar_subquery()
    )


def _has_open_stage(application_id: int) -> ColumnElement[bool]:
    """Return the SQL expression that some stage of a loop version has no interview with anybody who rates."""
    staffed = (
        exists()
        .where(Interview.stage_id == LoopVersionStage.id, Assignment.interview_id == Interview.id)
        .where(Interview.application_id == application_id, Interview.state.in_(LIVE))
        .where(Assignment.state.in_(SITTING), is_of_panel())
    )
    return exists().where(LoopVersionStage.loop_version_id == LoopVersion.id, ~staffed)


def seal_for(viewer: Actor, view: ApplicationView) -> Seal:
    """Tell whether the viewer may open an application's scorecards now, and if not, why; in two statements."""
    cards = unscoped_card_states([view.application.id])[view.application.id]
    return seal_over(viewer, view, cards, unscoped_seal_facts(view, viewer.member_id))


def seal_over(viewer: Actor, view: ApplicationView, cards: Sequence[CardState], facts: SealFacts) -> Seal:
    """Tell the same from what was read already, or raise NotFoundError for whom these scorecards do not concern."""
    sits = facts.learns or any(one.member.id == viewer.member_id for one in cards)
    opens = scope(viewer, ScorecardPermission.OPEN).covers(view.opening.team_id)
    unseated = scope(viewer, ScorecardPermission.OPEN_UNSEATED).covers(view.opening.team_id)
    in_conflict = view.candidate.member_id is not None and view.candidate.member_id == viewer.member_id
    if in_conflict or not opens or not (sits or unseated):
        raise NotFoundError
    number = viewer.member_id or 0
    return is_open_for(
        number,
        [*(one.card for one in cards), *facts.learning_cards(number)],
        facts.reveal,
        opened_early=facts.opened_early,
        has_stages_to_book=facts.has_stages_to_book,
    )


def unscoped_is_complete(view: ApplicationView) -> bool:
    """Tell whether every stage is staffed and every expected scorecard of an application is in."""
    cards = [one.card for one in unscoped_card_states([view.application.id])[view.application.id]]
    return is_complete(cards) and not unscoped_seal_facts(view, None).has_stages_to_book


def unscoped_owes(view: ApplicationView, member_id: int) -> bool:
    """Tell whether a scorecard of this member is missing on an application, in whatever role."""
    wanted = and_(Interview.application_id == view.application.id, Assignment.member_id == member_id)
    return any(not one.card.is_in for one in unscoped_cards(wanted, false()))


def has_read(viewer: Actor, application_id: int) -> bool:
    """Tell whether the viewer has opened the scorecards of an application."""
    wanted = select(Reading.id).where(Reading.application_id == application_id, Reading.member_id == viewer.member_id)
    return db.session.scalar(wanted) is not None


def unscoped_early_openings(application_id: int) -> Sequence[EarlyOpening]:
    """Return when and by whom the scorecards of an application were opened early."""
    wanted = select(EarlyOpening).where(EarlyOpening.application_id == application_id).order_by(EarlyOpening.id)
    return db.session.scalars(wanted).all()
