"""Reads of authors: forms on their way, who was asked to rate them, and what still keeps them from being published."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from hiringkit.calibration.models import (
    Attempt,
    Exercise,
    ExerciseForm,
    ExerciseResponse,
    FormDraft,
    FormDraftResponse,
    FormExpert,
)
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries.panels import unscoped_panel
from hiringkit.calibration.queries.standings import unscoped_columns, unscoped_current_forms, unscoped_policy
from hiringkit.calibration.rules import forms
from hiringkit.calibration.rules.answers import Column
from hiringkit.calibration.rules.drafting import (
    UNDER_WAY,
    DraftedResponse,
    FormDraftState,
    text_problems,
)
from hiringkit.foundation.access import Actor, may
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.library.models import ScenarioVersion
from hiringkit.people.models import Member


@dataclass(frozen=True)
class DraftView:
    """A form on its way, with its exercise, and the form that it became or None."""

    row: FormDraft
    exercise: Exercise
    form: ExerciseForm | None

    @property
    def title(self) -> str:
        """Return its name on pages."""
        return f"{self.exercise.title}, form {self.row.letter}"


DRAFT = (
    select(FormDraft, Exercise, ExerciseForm)
    .join(Exercise, Exercise.id == FormDraft.exercise_id)
    .outerjoin(ExerciseForm, ExerciseForm.id == FormDraft.form_id)
)


def drafts(viewer: Actor, number: int) -> Page[DraftView]:
    """Return one page of forms on their way and of those that came to an end, what is under way first."""
    if not may(viewer, CalibrationPermission.AUTHOR):
        raise NotFoundError
    first = case((FormDraft.state.in_(UNDER_WAY), 0), else_=1)
    page = paged(DRAFT.order_by(first, FormDraft.id.desc()), number, scalars=False)
    return Page([DraftView(*row) for row in page.rows], page.number, page.pages, page.total)


def draft(viewer: Actor, public_id: str) -> DraftView:
    """Return a form on its way to its authors, or raise NotFoundError."""
    found = db.session.execute(DRAFT.where(FormDraft.public_id == public_id)).one_or_none()
    if found is None or not may(viewer, CalibrationPermission.AUTHOR):
        raise NotFoundError
    return DraftView(*found)


def draft_responses(view: DraftView) -> list[FormDraftResponse]:
    """Return the responses of a draft in its own order."""
    wanted = select(FormDraftResponse).where(FormDraftResponse.draft_id == view.row.id)
    return list(db.session.scalars(wanted.order_by(FormDraftResponse.position)))


def draft_experts(view: DraftView) -> list[tuple[FormExpert, Member]]:
    """Return who was asked to rate a draft, in the order of asking: whether they have sealed, never what."""
    rows = db.session.execute(
        select(FormExpert, Member)
        .join(Member, Member.id == FormExpert.member_id)
        .where(FormExpert.draft_id == view.row.id)
        .order_by(FormExpert.id)
    )
    return [(expert, member) for expert, member in rows]


def lacks_of_text(view: DraftView, responses: Sequence[FormDraftResponse]) -> tuple[str, ...]:
    """Return what the text of a draft lacks before experts can be asked, each in a sentence."""
    if view.row.state is not FormDraftState.DRAFT:
        return ()
    rows = db.session.execute(
        select(ExerciseForm.letter, ExerciseResponse.response)
        .join(ExerciseForm, ExerciseForm.id == ExerciseResponse.form_id)
        .where(ExerciseForm.exercise_id == view.row.exercise_id, ExerciseForm.letter != view.row.letter)
    )
    others: dict[str, list[str]] = {}
    for letter, answer in rows:
        others.setdefault(letter, []).append(answer)
    written = [DraftedResponse(one.block, one.prompt, one.response) for one in responses]
    return text_problems(written, others, unscoped_policy())


@dataclass(frozen=True)
class DraftedForm:
    """The figures of a settled draft, and each check of SCIENCE 1.2 that they fail."""

    columns: Sequence[Column]
    figures: forms.ExerciseForm
    cells_apart: int
    problems: tuple[forms.FormProblem, ...]


def drafted_form(row: FormDraft) -> DraftedForm:
    """Return what a settled draft would be as a form, under the policy in force; the caller has checked who asks."""
    columns, policy = unscoped_columns([row.set_version_id])[row.set_version_id], unscoped_policy()
    panel = unscoped_panel(row.id, columns)
    figures = forms.ExerciseForm(
        points=columns[0].points,
        gold=forms.gold_of_panel(panel.final),
        safety_columns=frozenset(j for j, column in enumerate(columns) if column.is_safety_critical),
        basis=forms.GoldBasis.PANEL,
        panel=panel.final,
    )
    settled = {cell for own in panel.settled for cell in own}
    return DraftedForm(columns, figures, len(settled), forms.form_problems(figures, policy))


def unscoped_exercises() -> list[tuple[Exercise, list[ExerciseForm]]]:
    """Return the exercises in force, each with the forms that can be rated."""
    found: dict[int, tuple[Exercise, list[ExerciseForm]]] = {}
    for view in unscoped_current_forms():
        found.setdefault(view.exercise.id, (view.exercise, []))[1].append(view.row)
    return list(found.values())


def unscoped_letters_on_their_way() -> dict[int, list[str]]:
    """Return the letters of the forms on their way, by exercise."""
    rows = db.session.execute(select(FormDraft.exercise_id, FormDraft.letter).where(FormDraft.state.in_(UNDER_WAY)))
    found: dict[int, list[str]] = {}
    for exercise_id, letter in rows:
        found.setdefault(exercise_id, []).append(letter)
    return found


def exercise_to_write(viewer: Actor, public_id: str, form_id: str) -> tuple[Exercise, ExerciseForm | None]:
    """Return an exercise and, where one is named, the form of it to start from, or raise NotFoundError."""
    exercise = db.session.scalar(select(Exercise).where(Exercise.public_id == public_id))
    if exercise is None or not may(viewer, CalibrationPermission.AUTHOR):
        raise NotFoundError
    if not form_id:
        return exercise, None
    wanted = select(ExerciseForm).where(ExerciseForm.public_id == form_id, ExerciseForm.exercise_id == exercise.id)
    form = db.session.scalar(wanted)
    if form is None:
        raise NotFoundError
    return exercise, form


def unscoped_scenario_names() -> list[tuple[str, str]]:
    """Return key and name of every scenario in force, by name; a name gives nothing of its script away."""
    newest = select(func.max(ScenarioVersion.id)).group_by(ScenarioVersion.key)
    wanted = select(ScenarioVersion.key, ScenarioVersion.name).where(ScenarioVersion.id.in_(newest))
    return [(key, name) for key, name in db.session.execute(wanted.order_by(ScenarioVersion.name))]


def unscoped_has_attempt(member_id: int, exercise_id: int, letter: str) -> bool:
    """Tell whether a member has begun to rate any version of a form, whose reference they may then have read."""
    wanted = (
        select(Attempt.id)
        .join(ExerciseForm, ExerciseForm.id == Attempt.form_id)
        .where(Attempt.member_id == member_id, ExerciseForm.exercise_id == exercise_id, ExerciseForm.letter == letter)
    )
    return db.session.scalar(wanted.limit(1)) is not None
