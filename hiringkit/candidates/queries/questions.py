"""Reads of questions on a disclosure: the candidate's own, those of a team, and what everybody may read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select

from hiringkit.audit.queries import keyring_for
from hiringkit.candidates.models import AccommodationRequest, Application, Candidate, ClaimAnswer, ClaimQuestion
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries.applications import ApplicationView, LinkedApplication
from hiringkit.candidates.queries.people import without_conflict
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.openings.models import Opening

MOST_OWN = 50
PUBLISHED_A_PAGE = 25


@dataclass(frozen=True)
class OwnQuestion:
    """A candidate's own question with its answer, whoever else reads that."""

    field: str
    text: str
    at: datetime
    answer: str
    answered_at: datetime | None
    is_public: bool


@dataclass(frozen=True)
class PublishedAnswer:
    """A question in the team's words with its answer, as everybody reads it; nothing in it leads to who asked."""

    field: str
    asked: str
    text: str
    at: datetime


@dataclass(frozen=True)
class QuestionView:
    """A question as its team reads it; `text` is empty in lists that only name what it is about."""

    row: ClaimQuestion
    view: ApplicationView
    version: int
    answer: ClaimAnswer | None
    text: str = ""


@dataclass(frozen=True)
class OwnCounts:
    """How many questions a candidate has asked, how many are answered, and how many accommodations were asked for."""

    asked: int
    answered: int
    accommodations: int


def own_questions(view: LinkedApplication) -> list[OwnQuestion]:
    """Return what the candidate behind a personal link has asked, newest first, at most 50, in two statements."""
    rows = db.session.execute(
        select(ClaimQuestion, ClaimAnswer)
        .outerjoin(ClaimAnswer, ClaimAnswer.question_id == ClaimQuestion.id)
        .where(ClaimQuestion.application_id == view.application.id)
        .order_by(ClaimQuestion.id.desc())
        .limit(MOST_OWN)
    ).all()
    ring = keyring_for(row.text for row, _ in rows)
    return [_own(row, answer, ring.open(row.text)) for row, answer in rows]


def _own(row: ClaimQuestion, answer: ClaimAnswer | None, text: str) -> OwnQuestion:
    if answer is None:
        return OwnQuestion(row.field, text, row.at, "", None, is_public=False)
    return OwnQuestion(row.field, text, row.at, answer.text, answer.at, is_public=answer.is_public)


def own_counts(view: LinkedApplication) -> OwnCounts:
    """Return what the candidate behind a personal link has asked for, as numbers, in one statement."""
    own = ClaimQuestion.application_id == view.application.id
    answered = select(func.count(ClaimAnswer.id)).join(ClaimQuestion, ClaimQuestion.id == ClaimAnswer.question_id)
    requests = select(func.count(AccommodationRequest.id)).where(
        AccommodationRequest.application_id == view.application.id
    )
    asked = select(func.count(ClaimQuestion.id)).where(own)
    counts = (one.scalar_subquery() for one in (asked, answered.where(own), requests))
    return OwnCounts(*db.session.execute(select(*counts)).one())


def unscoped_published_answers(opening_id: int, number: int) -> Page[PublishedAnswer]:
    """Return one page of what everybody may read of an opening's questions, newest first."""
    page = paged(_published(opening_id), number, size=PUBLISHED_A_PAGE, scalars=False)
    return Page([PublishedAnswer(*row) for row in page.rows], page.number, page.pages, page.total)


def unscoped_newest_answers(opening_id: int, most: int) -> list[PublishedAnswer]:
    """Return the newest of them, in one statement."""
    return [PublishedAnswer(*row) for row in db.session.execute(_published(opening_id).limit(most))]


def _published(opening_id: int) -> Select[str, str, str, datetime]:
    """Return the statement of public answers; it names no column that is not everybody's."""
    return (
        select(ClaimQuestion.field, ClaimAnswer.asked, ClaimAnswer.text, ClaimAnswer.at)
        .join(ClaimQuestion, ClaimQuestion.id == ClaimAnswer.question_id)
        .join(Application, Application.id == ClaimQuestion.application_id)
        .where(Application.opening_id == opening_id, ClaimAnswer.is_public)
        .order_by(ClaimAnswer.id.desc())
    )


def questions(viewer: Actor, opening_id: int, number: int) -> Page[QuestionView]:
    """Return one page of the questions on an opening that the viewer may answer, open ones first, oldest first."""
    is_open = case((ClaimAnswer.id.is_(None), 0), else_=1)
    wanted = _questions(viewer).where(Application.opening_id == opening_id)
    page = paged(
        wanted.order_by(is_open, case((ClaimAnswer.id.is_(None), ClaimQuestion.id)), ClaimQuestion.id.desc()),
        number,
        scalars=False,
    )
    ring = keyring_for(row.ClaimQuestion.text for row in page.rows)
    rows = [_view(row, ring.open(row.ClaimQuestion.text)) for row in page.rows]
    return Page(rows, page.number, page.pages, page.total)


def question(viewer: Actor, public_id: str) -> QuestionView:
    """Return a question that the viewer may answer, or raise NotFoundError."""
    row = db.session.execute(_questions(viewer).where(ClaimQuestion.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFoundError
    return _view(row, keyring_for([row.ClaimQuestion.text]).open(row.ClaimQuestion.text))


def questions_of(viewer: Actor, application_id: int) -> list[QuestionView]:
    """Return the questions of one application without their text, newest first, in one statement."""
    wanted = _questions(viewer).where(ClaimQuestion.application_id == application_id)
    rows = db.session.execute(wanted.order_by(ClaimQuestion.id.desc()).limit(MOST_OWN))
    return [_view(row, "") for row in rows]


def _questions(viewer: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(ClaimQuestion, Application, Candidate, Opening, DisclosureVersion.number, ClaimAnswer)
        .join(Application, Application.id == ClaimQuestion.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
        .join(DisclosureVersion, DisclosureVersion.id == ClaimQuestion.disclosure_version_id)
        .outerjoin(ClaimAnswer, ClaimAnswer.question_id == ClaimQuestion.id)
        .where(_may_answer(viewer))
    )


def _may_answer(viewer: Actor) -> ColumnElement[bool]:
    return and_(scope(viewer, CandidatePermission.ANSWER).limits(Opening.team_id), without_conflict(viewer))


def _view(row: Row[*tuple[Any, ...]], text: str) -> QuestionView:
    view = ApplicationView(row.Application, row.Candidate, row.Opening)
    return QuestionView(row.ClaimQuestion, view, row.number, row.ClaimAnswer, text)


def unscoped_answer(question_id: int) -> ClaimAnswer | None:
    """Return the answer to a question, if there is one."""
    return db.session.scalar(select(ClaimAnswer).where(ClaimAnswer.question_id == question_id))


def opening_of_questions(viewer: Actor, public_id: str) -> Opening:
    """Return an opening whose questions the viewer may answer, or raise NotFoundError."""
    answers = scope(viewer, CandidatePermission.ANSWER).limits(Opening.team_id)
    found = db.session.scalar(select(Opening).where(Opening.public_id == public_id, answers))
    if found is None:
        raise NotFoundError
    return found
