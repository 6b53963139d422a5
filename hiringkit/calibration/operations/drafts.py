"""Writes of authors: a form on its way is started, written, closed for its experts, and published as a new version."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.calibration import queries
from hiringkit.calibration.models import (
    Exercise,
    ExerciseForm,
    ExerciseGold,
    ExerciseResponse,
    FormDraft,
    FormDraftResponse,
)
from hiringkit.calibration.operations.experts import held_draft
from hiringkit.calibration.operations.standings import SCOPE
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import AnyResponse, DraftedForm, UnwrittenSet
from hiringkit.calibration.rules.drafting import (
    FORM_DRAFT,
    LONGEST_PROMPT,
    LONGEST_RECORDING,
    LONGEST_RESPONSE,
    UNDER_WAY,
    DraftedResponse,
    FormDraftState,
    gold_note,
    letters_to_begin,
    scale_problem,
)
from hiringkit.calibration.rules.forms import GoldBasis, cells_to_settle
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id, transaction
from hiringkit.foundation.errors import ConflictError, InvalidError, NotFoundError, StaleEditError, WrongStateError
from hiringkit.library import queries as library

MINUTES = 6


@operation("exercise:begun")
def begin_exercise(unwritten: UnwrittenSet, *, by: Actor, at: datetime) -> Recorded[list[FormDraft]]:
    """Begin the exercise of a competency set that has none on its scale in force, with parallel forms to write.

    What was written on an earlier scale is taken over as text, to be rated anew. Raises ConflictError while
    a form of a letter that it begins is on its way on that earlier scale.
    """
    demand(by, CalibrationPermission.AUTHOR)
    if problem := scale_problem(unwritten.points, queries.unscoped_policy()):
        raise InvalidError(problems={"set_id": problem})
    rated = unwritten.row
    exercise = db.session.scalar(select(Exercise).where(Exercise.key == rated.key))
    if exercise is None:
        exercise = Exercise(public_id=new_public_id(), key=rated.key, title=rated.name, created_at=at)
        db.session.add(exercise)
        db.session.flush()
    former = queries.unscoped_former_forms(exercise.id)
    drafts = [
        start_draft(exercise, letter, former.get(letter), by=by, at=at) for letter in letters_to_begin(list(former))
    ]
    return Recorded(drafts, about=exercise, scope=SCOPE, values={"set": rated.public_id, "forms": len(drafts)})


@operation("form_draft:started")
def start_draft(
    exercise: Exercise, letter: str, copied_from: ExerciseForm | FormDraft | None, *, by: Actor, at: datetime
) -> Recorded[FormDraft]:
    """Start a form of an exercise: the text of another one, or as many empty responses as the policy asks for.

    `copied_from`: a form, or a draft that came to its end without one.

    No reference rating is copied. Raises ConflictError while another form of the letter is on its way.
    """
    demand(by, CalibrationPermission.AUTHOR)
    db.session.scalar(select(Exercise.id).where(Exercise.id == exercise.id).with_for_update())
    set_version = library.unscoped_current_set(exercise.key)
    if set_version is None or (copied_from is not None and copied_from.exercise_id != exercise.id):
        raise NotFoundError
    on_its_way = select(FormDraft.id).where(
        FormDraft.exercise_id == exercise.id, FormDraft.letter == letter, FormDraft.state.in_(UNDER_WAY)
    )
    if db.session.scalar(on_its_way.limit(1)) is not None:
        raise ConflictError(f"A version of form {letter} is on its way already. Go on with that one, or end it first.")
    draft = FormDraft(
        public_id=new_public_id(),
        exercise_id=exercise.id,
        set_version_id=set_version.id,
        copied_from_id=copied_from.copied_from_id
        if isinstance(copied_from, FormDraft)
        else copied_from and copied_from.id,
        letter=letter,
        minutes_per_response=copied_from.minutes_per_response if copied_from else MINUTES,
        state=FormDraftState.DRAFT,
        started_by=by.id,
        started_at=at,
    )
    db.session.add(draft)
    db.session.flush()
    db.session.add_all(_copied(draft, copied_from) if copied_from else _empty(draft))
    values = {"exercise": exercise.key, "letter": letter, "from": copied_from.public_id if copied_from else None}
    return Recorded(draft, about=draft, scope=SCOPE, values=values)


def _copied(draft: FormDraft, source: ExerciseForm | FormDraft) -> list[FormDraftResponse]:
    of_form = select(ExerciseResponse).where(ExerciseResponse.form_id == source.id)
    of_draft = select(FormDraftResponse).where(FormDraftResponse.draft_id == source.id)
    rows: Iterable[AnyResponse] = db.session.scalars(of_draft if isinstance(source, FormDraft) else of_form).all()
    return [
        FormDraftResponse(
            public_id=new_public_id(),
            draft_id=draft.id,
            position=row.position,
            block=row.block,
            key=row.key,
            scenario_key=row.scenario_key,
            prompt=row.prompt,
            response=row.response,
            recording=row.recording,
        )
        for row in rows
    ]


def _empty(draft: FormDraft) -> list[FormDraftResponse]:
    lines = queries.unscoped_policy().form
    blocks = [1] * lines.first_block + [2] * lines.reserve_block
    return [
        FormDraftResponse(
            public_id=new_public_id(),
            draft_id=draft.id,
            position=position,
            block=block,
            key=f"{draft.letter.lower()}-{position}",
            scenario_key="",
            prompt="",
            response="",
            recording="",
        )
        for position, block in enumerate(blocks, 1)
    ]


@operation("form_draft:response_saved")
def save_draft_response(
    draft: FormDraft,
    response: FormDraftResponse,
    written: DraftedResponse,
    version: int,
    *,
    by: Actor,
    at: datetime,
) -> Recorded[FormDraftResponse]:
    """Keep the text of one response of a draft, until the first expert is asked to rate it."""
    row = _written(draft, response, written, version, by)
    row.version += 1
    return Recorded(row, about=row, scope=SCOPE, values={"draft": draft.public_id, "position": row.position})


def keep_draft_response(
    draft: FormDraft, response: FormDraftResponse, written: DraftedResponse, version: int, *, by: Actor
) -> None:
    """Keep the text of one response while its author goes on typing: the next saving starts from the same version.

    What is kept at a pause leaves no event (PROMISES 4, rule 10), so this is no `@operation`.
    """
    with transaction():
        _written(draft, response, written, version, by)


def _written(
    draft: FormDraft, response: FormDraftResponse, written: DraftedResponse, version: int, by: Actor
) -> FormDraftResponse:
    demand(by, CalibrationPermission.AUTHOR)
    if held_draft(draft).state is not FormDraftState.DRAFT:
        message = "Experts were asked to rate this text, so it does not change any more. Start another draft from it."
        raise WrongStateError(message)
    row = db.session.get_one(FormDraftResponse, response.id, populate_existing=True)
    if row.version != version:
        raise StaleEditError(row.version, _fields(row))
    _check(written)
    row.prompt, row.response = written.prompt.strip(), written.response.strip()
    row.scenario_key, row.recording = written.scenario_key, written.recording.strip()
    return row


def _fields(row: FormDraftResponse) -> dict[str, str]:
    return {
        "prompt": row.prompt,
        "response": row.response,
        "scenario_key": row.scenario_key,
        "recording": row.recording,
    }


def _check(written: DraftedResponse) -> None:
    most = {"prompt": LONGEST_PROMPT, "response": LONGEST_RESPONSE, "recording": LONGEST_RECORDING}
    if problems := {
        name: f"Use up to {number} characters." for name, number in most.items() if len(getattr(written, name)) > number
    }:
        raise InvalidError(problems=problems)


@operation("form_draft:rating_closed")
def close_rating(draft: FormDraft, *, by: Actor, at: datetime) -> Recorded[FormDraft]:
    """Close the experts' rating: who has not sealed is out, and cells that lie far apart are opened to the others.

    Raises ConflictError while fewer have sealed than the policy in force asks for.
    """
    demand(by, CalibrationPermission.AUTHOR)
    row, policy = held_draft(draft), queries.unscoped_policy_row()
    if not FORM_DRAFT.can(row.state, "settle") or policy is None:
        raise WrongStateError(f"This form is {row.state.value}; there is no rating of experts to close.")
    lines = CalibrationPolicy.from_json(policy.content)
    columns = queries.unscoped_columns([row.set_version_id])[row.set_version_id]
    panel = queries.unscoped_panel(row.id, columns)
    if len(panel.alone) < lines.form.fewest_experts:
        sealed = f"{len(panel.alone)} expert{' has' if len(panel.alone) == 1 else 's have'} sealed"
        raise ConflictError(f"{sealed}; at least {lines.form.fewest_experts} are needed.")
    apart = cells_to_settle(panel.alone, lines)
    row.state = FORM_DRAFT.after(row.state, "settle" if apart else "finish")
    row.policy_id, row.closed_at = policy.id, at
    values = {"experts": len(panel.alone), "apart": len(apart), "policy": policy.number}
    return Recorded(row, about=row, scope=SCOPE, values=values)


@operation("form_draft:settling_closed")
def close_settling(draft: FormDraft, *, by: Actor, at: datetime) -> Recorded[FormDraft]:
    """Stop waiting for experts who have not settled everything: what they gave alone stands."""
    demand(by, CalibrationPermission.AUTHOR)
    row = held_draft(draft)
    if row.state is not FormDraftState.SETTLING:
        raise WrongStateError(f"This form is {row.state.value}; nothing is being settled.")
    row.state = FORM_DRAFT.after(row.state, "finish")
    waiting = [one.public_id for one in queries.sealed_experts(row.id) if one.settled_at is None]
    return Recorded(row, about=row, scope=SCOPE, values={"waited_for": waiting})


@operation("form_draft:ended")
def end_draft(draft: FormDraft, *, by: Actor, at: datetime) -> Recorded[FormDraft]:
    """End a draft that will not become a form; what its experts sealed is kept."""
    demand(by, CalibrationPermission.AUTHOR)
    row = held_draft(draft)
    before, row.state = row.state, FORM_DRAFT.after(row.state, "end")
    return Recorded(row, about=row, scope=SCOPE, values={"was": before.value})


@operation("form_draft:published")
def publish_form(draft: FormDraft, *, by: Actor, at: datetime) -> Recorded[ExerciseForm]:
    """Publish a settled draft as a new version of its form, its gold the median of the panel.

    Raises InvalidError naming each check of SCIENCE 1.2 that fails. Earlier versions, and what was
    earned on them, stay as they are.
    """
    demand(by, CalibrationPermission.AUTHOR)
    row = held_draft(draft)
    state = FORM_DRAFT.after(row.state, "publish")
    exercise = db.session.get_one(Exercise, row.exercise_id)
    set_version = library.unscoped_current_set(exercise.key)
    if set_version is None or set_version.id != row.set_version_id:
        message = "The scale has changed since the experts rated this form, so they would have to rate it anew."
        raise ConflictError(message)
    drafted = queries.drafted_form(row)
    if drafted.problems:
        raise InvalidError(" ".join(problem.text for problem in drafted.problems))
    form = _new_form(row, drafted, at)
    row.state, row.form_id = state, form.id
    values = {"draft": row.public_id, "number": form.number, "experts": len(drafted.figures.panel)}
    return Recorded(form, about=form, scope=SCOPE, values=values)


def _new_form(row: FormDraft, drafted: DraftedForm, at: datetime) -> ExerciseForm:
    responses = list(
        db.session.scalars(
            select(FormDraftResponse).where(FormDraftResponse.draft_id == row.id).order_by(FormDraftResponse.position)
        )
    )
    highest = db.session.scalar(
        select(func.max(ExerciseForm.number)).where(ExerciseForm.exercise_id == row.exercise_id)
    )
    cells = len(responses) * len(drafted.columns)
    form = ExerciseForm(
        public_id=new_public_id(),
        exercise_id=row.exercise_id,
        set_version_id=row.set_version_id,
        letter=row.letter,
        number=(highest or 0) + 1,
        gold_basis=GoldBasis.PANEL.value,
        gold_note=gold_note(len(drafted.figures.panel), drafted.cells_apart, cells),
        minutes_per_response=row.minutes_per_response,
        content_hash=_content_hash(row, drafted, responses),
        created_at=at,
    )
    db.session.add(form)
    db.session.flush()
    _add_responses(form, drafted, responses)
    return form


def _content_hash(row: FormDraft, drafted: DraftedForm, responses: list[FormDraftResponse]) -> str:
    """Hash everything that a rater is measured by: the scale, the text, and the panel whose median the gold is."""
    said = {
        "scale": [row.set_version_id, *(column.version for column in drafted.columns)],
        "form": [row.letter, GoldBasis.PANEL.value, row.minutes_per_response],
        "responses": [
            [one.key, one.block, one.scenario_key, one.prompt, one.response, one.recording] for one in responses
        ],
        "gold": drafted.figures.gold,
        "panel": drafted.figures.panel,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _add_responses(form: ExerciseForm, drafted: DraftedForm, responses: list[FormDraftResponse]) -> None:
    for one, gold in zip(responses, drafted.figures.gold, strict=True):
        response = ExerciseResponse(
            public_id=new_public_id(),
            form_id=form.id,
            position=one.position,
            block=one.block,
            key=one.key,
            scenario_key=one.scenario_key,
            prompt=one.prompt,
            response=one.response,
            recording=one.recording,
        )
        db.session.add(response)
        db.session.flush()
        # The experts' rationales are their own words, sealed with their own keys, and stay with them.
        db.session.add_all(
            ExerciseGold(response_id=response.id, competency_version_id=column.version, rating=rating, rationale="")
            for column, rating in zip(drafted.columns, gold, strict=True)
        )
