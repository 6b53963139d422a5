"""The only writer of candidates: questions on a disclosure, and their answers."""

from datetime import datetime

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.candidates import queries
from hiringkit.candidates.models import Application, ClaimAnswer, ClaimQuestion
from hiringkit.candidates.operations.applications import own_application
from hiringkit.candidates.operations.letters import write_to
from hiringkit.candidates.operations.people import demand_candidate
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries import QuestionView
from hiringkit.candidates.rules.questions import AnswerDraft, answer_problems, question_problems
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.rules.values import clean_text
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import ConflictError, InvalidError, NotFoundError, WrongStateError


@operation("question:asked")
def ask_question(
    application: Application, version: DisclosureVersion, field: str, text: str, *, by: Actor, at: datetime
) -> Recorded[ClaimQuestion]:
    """Ask about one answer of a version that the candidate reads, or about all of it."""
    view, wording = own_application(application, by), clean_text(text)
    if version.opening_id != application.opening_id:
        raise NotFoundError
    if not view.is_active:
        raise WrongStateError(f"This application is {application.state.value}.")
    if problems := question_problems(wording, field):
        raise InvalidError(problems=problems)
    subject = view.candidate.subject_id
    row = ClaimQuestion(
        public_id=new_public_id(),
        application_id=application.id,
        disclosure_version_id=version.id,
        field=field,
        text=keyring(subject).seal(subject, wording),
        at=at,
    )
    db.session.add(row)
    values = {"application": application.public_id, "field": field, "number": version.number}
    return Recorded(row, about=row, scope=view.opening.public_id, values=values)


@operation("question:answered")
def answer_question(asked: QuestionView, draft: AnswerDraft, *, by: Actor, at: datetime) -> Recorded[ClaimAnswer]:
    """Answer a question once: to the one who asked, or to everybody with the question in the team's own words.

    The one who asked is written to while the application goes on, that there is an answer and not what it says.
    """
    view = asked.view
    demand_candidate(view.candidate, by)
    demand(by, CandidatePermission.ANSWER, view.opening.team_id)
    cleaned = AnswerDraft(clean_text(draft.text), draft.is_public, clean_text(draft.asked))
    if problems := answer_problems(cleaned, asked.text, view.candidate.name, view.candidate.email):
        raise InvalidError(problems=problems)
    if queries.unscoped_answer(asked.row.id) is not None:
        raise ConflictError("Somebody has answered this question already.", remedy="Go back and read that answer.")
    row = ClaimAnswer(
        public_id=new_public_id(),
        question_id=asked.row.id,
        asked=cleaned.asked if cleaned.is_public else "",
        text=cleaned.text,
        is_public=cleaned.is_public,
        by_id=by.member_id,
        at=at,
    )
    db.session.add(row)
    if view.is_active:
        write_to([view.candidate], "question_answered", view.opening, at=at)
    values = {"application": view.application.public_id, "field": asked.row.field, "public": cleaned.is_public}
    return Recorded(row, about=asked.row, scope=view.opening.public_id, values=values)
