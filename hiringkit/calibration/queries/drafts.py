"""Reads of authors: forms on their way, who was asked to rate them, and what still keeps them from being published."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import aliased

from hiringkit.audit.queries import keyring_for
from hiringkit.calibration.models import (
    Attempt,
    Exercise,
    ExerciseForm,
    ExerciseResponse,
    ExpertWithdrawal,
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
    is_at_work,
    text_problems,
)
from hiringkit.foundation.access import Actor, may
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.library.models import CompetencySetMember, CompetencySetVersion, CompetencyVersion, ScenarioVersion
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


SETS_IN_FORCE = select(func.max(CompetencySetVersion.id)).group_by(CompetencySetVersion.key)
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


@dataclass(frozen=True)
class AskedExpert:
    """Somebody who was asked to rate a draft; `left_by`: who ended it before the end, by name, and `why`."""

    row: FormExpert
    member: Member
    withdrawal: ExpertWithdrawal | None
    left_by: str
    why: str

    @property
    def has_declined(self) -> bool:
        """Whether they have left by themselves."""
        return self.withdrawal is not None and self.withdrawal.by_id == self.member.id

    @property
    def has_sealed(self) -> bool:
        """Whether their ratings count."""
        return self.row.sealed_at is not None and self.withdrawal is None

    @property
    def has_settled(self) -> bool:
        """Whether they have settled what lay far apart, and count."""
        return self.row.settled_at is not None and self.withdrawal is None

    def is_at_work(self, state: FormDraftState) -> bool:
        """Tell whether they have something left to do while the draft is in this state."""
        is_sealed, is_settled = self.row.sealed_at is not None, self.row.settled_at is not None
        return self.withdrawal is None and is_at_work(state, is_sealed=is_sealed, is_settled=is_settled)


def draft_experts(view: DraftView) -> list[AskedExpert]:
    """Return who was asked to rate a draft, in the order of asking: whether they have sealed, never what."""
    return unscoped_draft_experts(view.row)


def unscoped_draft_experts(draft: FormDraft) -> list[AskedExpert]:
    """Return who was asked to rate a draft; the caller has checked who asks."""
    leaver = aliased(Member)
    rows = db.session.execute(
        select(FormExpert, Member, ExpertWithdrawal, leaver.name)
        .join(Member, Member.id == FormExpert.member_id)
        .outerjoin(ExpertWithdrawal, ExpertWithdrawal.expert_id == FormExpert.id)
        .outerjoin(leaver, leaver.id == ExpertWithdrawal.by_id)
        .where(FormExpert.draft_id == draft.id)
        .order_by(FormExpert.id)
    ).all()
    ring = keyring_for(left.reason for _, _, left, _ in rows if left is not None)
    return [
        AskedExpert(expert, member, left, name or "", ring.open(left.reason) if left else "")
        for expert, member, left, name in rows
    ]


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


@dataclass(frozen=True)
class WrittenExercise:
    """An exercise with the forms of it that can be rated, and the letters of those on their way."""

    row: Exercise
    forms: list[ExerciseForm]
    on_their_way: list[str]

    @property
    def letters(self) -> list[str]:
        """Return the letters that a further form must not take."""
        return [*(form.letter for form in self.forms), *self.on_their_way]


def unscoped_exercises() -> list[WrittenExercise]:
    """Return the exercises that have a form, or one on its way, on the scale in force, the oldest first."""
    found: dict[int, WrittenExercise] = {}
    for view in unscoped_current_forms():
        found.setdefault(view.exercise.id, WrittenExercise(view.exercise, [], [])).forms.append(view.row)
    rows = db.session.execute(
        select(Exercise, FormDraft.letter, FormDraft.set_version_id.in_(SETS_IN_FORCE))
        .join(FormDraft, FormDraft.exercise_id == Exercise.id)
        .where(FormDraft.state.in_(UNDER_WAY))
        .order_by(FormDraft.letter)
    )
    for exercise, letter, is_in_force in rows:
        if is_in_force:
            found.setdefault(exercise.id, WrittenExercise(exercise, [], []))
        if exercise.id in found:
            found[exercise.id].on_their_way.append(letter)
    return sorted(found.values(), key=lambda one: one.row.id)


@dataclass(frozen=True)
class UnwrittenSet:
    """A competency set in force without an exercise, and the points of the scale of each of its competencies."""

    row: CompetencySetVersion
    points: tuple[int, ...]


def unscoped_unwritten_sets() -> list[UnwrittenSet]:
    """Return the sets in force whose version no form rates and none on its way will, by name, in one statement."""
    has_form = exists().where(ExerciseForm.set_version_id == CompetencySetVersion.id)
    has_draft = exists().where(FormDraft.set_version_id == CompetencySetVersion.id, FormDraft.state.in_(UNDER_WAY))
    rows = db.session.execute(
        select(CompetencySetVersion, CompetencyVersion.points)
        .outerjoin(CompetencySetMember, CompetencySetMember.set_version_id == CompetencySetVersion.id)
        .outerjoin(CompetencyVersion, CompetencyVersion.id == CompetencySetMember.competency_version_id)
        .where(CompetencySetVersion.id.in_(SETS_IN_FORCE), ~has_form, ~has_draft)
        .order_by(CompetencySetVersion.name, CompetencySetVersion.id)
    )
    found: dict[int, UnwrittenSet] = {}
    for row, points in rows:
        before = found[row.id].points if row.id in found else ()
        found[row.id] = UnwrittenSet(row, before if points is None else (*before, points))
    return list(found.values())


def unscoped_former_forms(exercise_id: int) -> dict[str, ExerciseForm]:
    """Return the newest form of each letter of an exercise, whichever version of the scale it rates."""
    wanted = select(ExerciseForm).where(ExerciseForm.exercise_id == exercise_id).order_by(ExerciseForm.id)
    return {form.letter: form for form in db.session.scalars(wanted)}


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
