"""Reads of what shadows and reverse shadows wrote: beside the lead's, for these two; nothing else reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal, or_, select, type_coerce
from sqlalchemy.orm import aliased

from hiringkit.audit.queries import keyring
from hiringkit.calibration.models import PathRecord
from hiringkit.candidates.models import Application, Candidate
from hiringkit.candidates.queries import without_conflict
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.interviews.models import Assignment, Interview, Waiver
from hiringkit.interviews.queries import AssignmentView, assignments
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.interviews.rules.lifecycle import LIVE, SITTING
from hiringkit.library.models import CompetencyVersion
from hiringkit.loops.models import LoopVersionRating, LoopVersionStage
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member
from hiringkit.scorecards.models import Scorecard, SignOff
from hiringkit.scorecards.policy import ScorecardPermission
from hiringkit.scorecards.queries.reading import RatingView, ScorecardView, is_opened, unscoped_content
from hiringkit.scorecards.queries.states import (
    is_of_panel,
    seal_over,
    unscoped_card_states,
    unscoped_cards,
    unscoped_seal_facts,
)
from hiringkit.scorecards.rules.learning import comparison_words
from hiringkit.scorecards.rules.sealing import Seal


@dataclass(frozen=True)
class SignOffView:
    """What the lead said of a reverse shadow."""

    row: SignOff
    reason: str


@dataclass(frozen=True)
class Side:
    """One competency as both rated it; None where one of them abstained. `whom`: the lead as the viewer knows them."""

    competency: CompetencyVersion
    learner: RatingView | None
    lead: RatingView | None
    whom: str

    @property
    def words(self) -> str:
        """Return how far apart they are, or nothing where there is nothing to compare."""
        if self.learner is None or self.lead is None:
            return ""
        return comparison_words(self.learner.value, self.lead.value, self.whom)


@dataclass(frozen=True)
class Comparison:
    """A learner's scorecard beside the lead's, as far as the viewer has opened them.

    `mine`: whether the viewer is the learner. `own_id`: the address of the viewer's own scorecard.
    `lead_waived`: the lead sat there under a waiver.
    """

    learner: AssignmentView
    learner_member: Member
    lead_member: Member
    mine: bool
    own_id: str
    lead_waived: bool
    seal: Seal
    has_read: bool
    cards: tuple[ScorecardView | None, ScorecardView | None]
    sign_off: SignOffView | None

    @property
    def is_whole(self) -> bool:
        """Whether both scorecards lie open before the viewer."""
        return all(card is not None for card in self.cards)

    @property
    def is_reverse(self) -> bool:
        """Whether the learner led under the lead's eyes."""
        return self.learner.assignment.role is AssignmentRole.REVERSE_SHADOW

    @property
    def can_sign_off(self) -> bool:
        """Whether the viewer is the calibrated person who may say that a reverse shadow leads."""
        return self.is_reverse and not self.mine and not self.lead_waived

    @property
    def sides(self) -> list[Side]:
        """Return the competencies of the stage, rated by either, side by side; safety-critical ones first."""
        learner, lead = (_by_version(card) for card in self.cards)
        whom = self.lead_member.name if self.mine else "you"
        both = {version: one.competency for version, one in (lead | learner).items()}
        order = sorted(both.values(), key=lambda row: not row.is_safety_critical)
        return [Side(row, learner.get(row.id), lead.get(row.id), whom) for row in order]


def _by_version(card: ScorecardView | None) -> dict[int, RatingView]:
    return {one.competency.id: one for one in card.ratings} if card is not None else {}


LEAD = aliased(Assignment)


def comparison(viewer: Actor, shadow_id: str) -> Comparison:
    """Return a learner's scorecard beside the lead's, for these two alone, or raise NotFoundError.

    `shadow_id`: the address of the learner's assignment. Of a scorecard that rule 2 has not opened to
    the viewer, or that they have not opened, nothing is read.
    """
    row = db.session.execute(_pairs(viewer).where(Assignment.public_id == shadow_id)).one_or_none()
    if row is None:
        raise NotFoundError
    seat = AssignmentView(*row[:7])
    panel = unscoped_card_states([seat.application.id])[seat.application.id]
    facts = unscoped_seal_facts(seat.view, viewer.member_id)
    seal = seal_over(viewer, seat.view, panel, facts)
    cards: dict[int, ScorecardView] = {}
    if facts.read_at is not None:
        both = unscoped_cards(Assignment.id.in_([seat.assignment.id, row.lead_id]), false())
        opened = [one for one in both if is_opened(one, seal, facts.read_at)]
        ring = keyring(seat.candidate.subject_id, row.Learner.subject_id)
        cards = {card.assignment.id: card for card in unscoped_content(opened, ring)}
    found = cards.get(seat.assignment.id), cards.get(row.lead_id)
    is_whole = all(card is not None for card in found)
    said = SignOffView(row.SignOff, ring.open(row.SignOff.reason)) if is_whole and row.SignOff is not None else None
    is_mine = seat.assignment.member_id == viewer.member_id
    return Comparison(
        seat,
        row.Learner,
        row.Leader,
        is_mine,
        shadow_id if is_mine else row.lead_public_id,
        bool(row.lead_waived),
        seal,
        facts.read_at is not None,
        found,
        said,
    )


def _pairs(viewer: Actor) -> Select[*tuple[Any, ...]]:
    """Return the statement of learners with the lead of the same interview, where the viewer is one of the two."""
    learner, leader = aliased(Member, name="Learner"), aliased(Member, name="Leader")
    is_lead = and_(
        LEAD.interview_id == Assignment.interview_id,
        LEAD.role == AssignmentRole.LEAD,
        LEAD.state.in_(SITTING),
    )
    waived = exists().where(Waiver.assignment_id == LEAD.id).correlate(LEAD)
    return (
        assignments()
        .add_columns(
            learner,
            leader,
            LEAD.id.label("lead_id"),
            LEAD.public_id.label("lead_public_id"),
            waived.label("lead_waived"),
            SignOff,
        )
        .join(LEAD, is_lead)
        .join(learner, learner.id == Assignment.member_id)
        .join(leader, leader.id == LEAD.member_id)
        .outerjoin(SignOff, SignOff.assignment_id == Assignment.id)
        .where(~is_of_panel(), Assignment.state.in_(SITTING), Interview.state.in_(LIVE))
        .where(or_(Assignment.member_id == viewer.member_id, LEAD.member_id == viewer.member_id))
        .where(scope(viewer, ScorecardPermission.WRITE_OWN).limits(Opening.team_id), without_conflict(viewer))
    )


@dataclass(frozen=True)
class Sitting:
    """The first interview of a kind that somebody wrote a scorecard for, on one competency.

    Of reverse shadows also the newest that was answered with "not yet". `by` and `reason`: who signed
    a reverse shadow off, and what they said, sealed; of the others they are none.
    """

    member_id: int
    role: AssignmentRole
    competency_key: str
    stage: str
    starts_at: datetime
    at: datetime
    by: str
    reason: bytes | None
    is_ready: bool | None

    @property
    def is_step(self) -> bool:
        """Whether it is a step of the path; who was told "not yet" takes it once more."""
        return self.is_ready is not False


def sittings(viewer: Actor, member_ids: Iterable[int]) -> list[Sitting]:
    """Return where these members have shadowed, been signed off or told "not yet", and led, in one statement.

    That somebody else's scorecard is in, is told once the application is in debrief, as everybody may know then.
    """
    theirs = and_(Assignment.member_id.in_(sorted(set(member_ids))), _may_be_told(viewer))
    by_competency = (Assignment.member_id, Assignment.role, CompetencyVersion.key)
    first = _sealed(func.min(Scorecard.id)).where(theirs, _counts_for_the_path()).group_by(*by_competency)
    newest_not_yet = _sealed(func.max(SignOff.id)).where(theirs, _is_not_yet()).group_by(*by_competency)
    signer = aliased(Member)
    rows = db.session.execute(
        _sealed(
            Assignment.member_id,
            Assignment.role,
            CompetencyVersion.key,
            LoopVersionStage.name,
            Interview.starts_at,
            func.coalesce(SignOff.at, Scorecard.submitted_at),
            func.coalesce(signer.name, ""),
            SignOff.reason,
            SignOff.is_ready,
        )
        .outerjoin(signer, signer.id == SignOff.by_id)
        .where(or_(Scorecard.id.in_(first), SignOff.id.in_(newest_not_yet)))
        .order_by(Scorecard.id)
    )
    return [Sitting(*row) for row in rows]


def sat_steps(member_id: int) -> Select[*tuple[Any, ...]]:
    """Return the statement of the steps that a member sat in, for a union with `calibration.noted_steps`.

    For the member alone. Of reverse shadows also those that were answered with "not yet", by whom.
    """
    signer = aliased(Member)
    return (
        _sealed(
            literal(False).label("is_of_set"),
            type_coerce(Assignment.role, PathRecord.step.type).label("step"),
            CompetencyVersion.key.label("key"),
            SignOff.is_ready.label("is_ready"),
            signer.name.label("by"),
            func.max(func.coalesce(SignOff.at, Scorecard.submitted_at)).label("at"),
        )
        .outerjoin(signer, signer.id == SignOff.by_id)
        .where(Assignment.member_id == member_id, or_(_counts_for_the_path(), _is_not_yet()))
        .group_by(Assignment.role, CompetencyVersion.key, SignOff.is_ready, signer.name)
    )


def _sealed(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Return the statement of sealed scorecards, one row for each competency that their stage rates."""
    return (
        select(*columns)
        .select_from(Scorecard)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Interview, Interview.id == Assignment.interview_id)
        .join(LoopVersionStage, LoopVersionStage.id == Interview.stage_id)
        .join(LoopVersionRating, LoopVersionRating.stage_id == LoopVersionStage.id)
        .join(CompetencyVersion, CompetencyVersion.id == LoopVersionRating.competency_version_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(SignOff, SignOff.assignment_id == Assignment.id)
    )


def _counts_for_the_path() -> ColumnElement[bool]:
    """Return the condition that a scorecard is a step: of a shadow, a reverse shadow signed off, or a counted lead."""
    return and_(
        ~Scorecard.is_abstention,
        _is_sat_in(),
        or_(
            Assignment.role == AssignmentRole.SHADOW,
            and_(Assignment.role == AssignmentRole.REVERSE_SHADOW, SignOff.is_ready),
            and_(Assignment.role == AssignmentRole.LEAD, Scorecard.counts),
        ),
    )


def _is_not_yet() -> ColumnElement[bool]:
    """Return the condition that a reverse shadow was answered with "not yet"."""
    return and_(Assignment.role == AssignmentRole.REVERSE_SHADOW, SignOff.is_ready.is_(False), _is_sat_in())


def _is_sat_in() -> ColumnElement[bool]:
    return and_(Interview.state.in_(LIVE), Assignment.state.in_(SITTING))


def _may_be_told(viewer: Actor) -> ColumnElement[bool]:
    return or_(
        Assignment.member_id == viewer.member_id,
        and_(Application.state != ApplicationState.INTERVIEWING, without_conflict(viewer)),
    )
