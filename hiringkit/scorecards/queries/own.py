"""Reads of one's own scorecards; only these name the table of drafts, and only for their author."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists

from hiringkit.audit.queries import keyring
from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.lifecycle import ACTIVE
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.interviews.queries import AssignmentView, assignments, is_own
from hiringkit.interviews.rules.lifecycle import LIVE
from hiringkit.loops import queries as loops
from hiringkit.loops.models import LoopVersion, LoopVersionStage
from hiringkit.loops.queries import StageView
from hiringkit.scorecards.models import Amendment, Scorecard, ScorecardDraft
from hiringkit.scorecards.rules import evidence as rules
from hiringkit.scorecards.rules.lifecycle import ScorecardState

MOST_DUE = 50


def state_of(card: Scorecard | None, *, is_amended: bool = False, has_draft: bool = False) -> ScorecardState:
    """Return the state of a scorecard from what is stored of it."""
    if card is None:
        return ScorecardState.DRAFT if has_draft else ScorecardState.NOT_STARTED
    if card.is_abstention:
        return ScorecardState.ABSTAINED
    return ScorecardState.AMENDED if is_amended else ScorecardState.SUBMITTED


def has_amendment() -> ColumnElement[bool]:
    """Return the SQL expression that a scorecard was amended."""
    return exists().where(Amendment.scorecard_id == Scorecard.id)


@dataclass(frozen=True)
class OwnScorecard:
    """One's own scorecard while it is written: where it belongs, what is typed, and when it was saved."""

    seat: AssignmentView
    loop_version: LoopVersion
    stages: tuple[StageView, ...]
    draft: rules.ScorecardDraft
    version: int
    saved_at: datetime | None
    submitted: Scorecard | None

    @property
    def state(self) -> ScorecardState:
        """Return the scorecard's state."""
        return state_of(self.submitted, has_draft=self.saved_at is not None)

    @property
    def is_live(self) -> bool:
        """Whether the interview is still to come or took place, so that a scorecard belongs to it."""
        return self.seat.interview.state in LIVE

    @property
    def stage(self) -> StageView:
        """Return the stage of the interview, with what it rates and asks."""
        return next(view for view in self.stages if view.row.id == self.seat.interview.stage_id)

    @property
    def competencies(self) -> tuple[rules.RatedCompetency, ...]:
        """Return what the stage rates, as the rules see it; safety-critical ones first."""
        rows = sorted(self.stage.competencies, key=lambda row: not row.is_safety_critical)
        return tuple(rules.RatedCompetency(row.id, row.name, row.is_safety_critical, row.points) for row in rows)

    @property
    def rated(self) -> int:
        """Return how many competencies have a value in the draft."""
        return sum(line.value is not None for line in self.draft.ratings)


@dataclass(frozen=True)
class _Found:
    """What one row says about an assignment's scorecard; an outer join leaves out what is not there."""

    draft: ScorecardDraft | None
    submitted: Scorecard | None
    loop_version: LoopVersion


def own_scorecard(viewer: Actor, public_id: str) -> OwnScorecard:
    """Return the viewer's own scorecard by its assignment's address, or raise NotFoundError; in five statements.

    What is stored now replaces what this session has read before, for whoever writes asks again under a lock.
    """
    row = db.session.execute(
        assignments()
        .add_columns(ScorecardDraft, Scorecard, LoopVersion)
        .join(LoopVersion, LoopVersion.id == LoopVersionStage.loop_version_id)
        .outerjoin(ScorecardDraft, ScorecardDraft.assignment_id == Assignment.id)
        .outerjoin(Scorecard, Scorecard.assignment_id == Assignment.id)
        .where(Assignment.public_id == public_id, is_own(viewer))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFoundError
    seat, found = AssignmentView(*row[:7]), _Found(*row[7:])
    stages = tuple(loops.unscoped_stages(found.loop_version.id))
    if found.draft is None:
        blank = rules.ScorecardDraft(())
        return OwnScorecard(seat, found.loop_version, stages, blank, 0, None, found.submitted)
    typed = draft_from_text(keyring(seat.candidate.subject_id).open(found.draft.content))
    version, saved_at = found.draft.version, found.draft.saved_at
    return OwnScorecard(seat, found.loop_version, stages, typed, version, saved_at, found.submitted)


def draft_as_text(draft: rules.ScorecardDraft) -> str:
    """Return a draft as the JSON that is sealed."""
    lines = [{"version": line.version, "value": line.value, "evidence": line.evidence} for line in draft.ratings]
    return json.dumps({"ratings": lines, "note": draft.note})


def draft_from_text(text: str) -> rules.ScorecardDraft:
    """Return the draft that was sealed; of an erased person there is none."""
    try:
        stored = json.loads(text)
    except ValueError:
        return rules.ScorecardDraft(())
    lines = tuple(
        rules.RatingDraft(line["version"], _value(line["value"]), line["evidence"]) for line in stored["ratings"]
    )
    return rules.ScorecardDraft(lines, stored["note"])


def _value(stored: int | str | None) -> rules.Value | None:
    return rules.NotRated(stored) if isinstance(stored, str) else stored


@dataclass(frozen=True)
class OwnCard:
    """One line of one's own list: the assignment, and the state of one's own scorecard."""

    seat: AssignmentView
    state: ScorecardState

    @property
    def is_due(self) -> bool:
        """Whether a scorecard is still to be written for it."""
        return self.state in {ScorecardState.NOT_STARTED, ScorecardState.DRAFT} and self.seat.interview.state in LIVE


def own_cards(viewer: Actor, number: int) -> Page[OwnCard]:
    """Return one page of the viewer's own assignments: those with a scorecard to write by time, then the others."""
    is_due = and_(Scorecard.id.is_(None), Interview.state.in_(LIVE))
    wanted = _own_cards(viewer).order_by(
        case((is_due, 0), else_=1),
        case((is_due, Interview.starts_at)),
        Interview.starts_at.desc(),
        Assignment.id,
    )
    page = paged(wanted, number, scalars=False)
    return Page([_own_card(row) for row in page.rows], page.number, page.pages, page.total)


def own_due(viewer: Actor) -> list[OwnCard]:
    """Return the viewer's own assignments whose scorecard is not in, on active applications; by time, at most 50."""
    wanted = (
        _own_cards(viewer)
        .where(Scorecard.id.is_(None), Interview.state.in_(LIVE), Application.state.in_(ACTIVE))
        .order_by(Interview.starts_at, Assignment.id)
        .limit(MOST_DUE)
    )
    return [_own_card(row) for row in db.session.execute(wanted)]


def _own_cards(viewer: Actor) -> Select[*tuple[Any, ...]]:
    has_draft = exists().where(ScorecardDraft.assignment_id == Assignment.id)
    return (
        assignments()
        .add_columns(Scorecard, has_amendment().label("is_amended"), has_draft.label("has_draft"))
        .outerjoin(Scorecard, Scorecard.assignment_id == Assignment.id)
        .where(is_own(viewer))
    )


def _own_card(row: Row[*tuple[Any, ...]]) -> OwnCard:
    state = state_of(row.Scorecard, is_amended=row.is_amended, has_draft=row.has_draft)
    return OwnCard(AssignmentView(*row[:7]), state)
