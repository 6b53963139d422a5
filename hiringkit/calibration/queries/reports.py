"""The author's report on a form: how its gold is spread and how its responses work, never who rated them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from hiringkit.calibration.models import Attempt, AttemptResult, Exercise, ExerciseForm, FormDraft, FormExpert
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries.attempts import unscoped_gold_grid
from hiringkit.calibration.queries.panels import Panel, has_left, unscoped_panel
from hiringkit.calibration.queries.standings import DECIDED, OPEN, FormView, unscoped_columns
from hiringkit.calibration.rules import forms
from hiringkit.calibration.rules.answers import Column
from hiringkit.calibration.rules.drafting import BLIND
from hiringkit.calibration.rules.measures import Grid
from hiringkit.calibration.rules.reports import FEWEST_RATERS, GoldSpread, ItemFigures, gold_spread, item_figures
from hiringkit.calibration.rules.undefined import Undefined
from hiringkit.foundation.access import Actor, may
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ForbiddenError, NotFoundError
from hiringkit.library.models import CompetencySetVersion


@dataclass(frozen=True)
class FormReport:
    """What an author may learn of a form. `items` is None below ten raters.

    `agreement`: ICC(A,k) of the experts' ratings alone and after settling, None for drafted gold.
    """

    form: FormView
    columns: Sequence[Column]
    raters: int
    spread: GoldSpread
    agreement: tuple[float | Undefined, float | Undefined] | None
    items: tuple[ItemFigures, ...] | None


def form_report(viewer: Actor, form_id: str) -> FormReport:
    """Return the report on a form to an author; raise ForbiddenError to one who is still to rate it blind."""
    found = db.session.execute(
        select(ExerciseForm, Exercise, CompetencySetVersion, FormDraft.id, _is_expert(viewer), _is_rating(viewer))
        .join(Exercise, Exercise.id == ExerciseForm.exercise_id)
        .join(CompetencySetVersion, CompetencySetVersion.id == ExerciseForm.set_version_id)
        .outerjoin(FormDraft, FormDraft.form_id == ExerciseForm.id)
        .where(ExerciseForm.public_id == form_id)
    ).one_or_none()
    if found is None or not may(viewer, CalibrationPermission.AUTHOR):
        raise NotFoundError
    form, (draft_id, is_expert, is_rating) = FormView(*found[:3]), found[3:]
    if is_expert:
        message = "You rate this form as an expert. Its report opens to you when the experts are done."
        raise ForbiddenError(message)
    if is_rating:
        message = "You are rating this form yourself. Its report opens to you when your attempt is decided."
        raise ForbiddenError(message)
    columns = unscoped_columns([form.row.set_version_id])[form.row.set_version_id]
    gold = unscoped_gold_grid(form.row.id, columns)
    panel = unscoped_panel(draft_id, columns) if draft_id is not None else None
    attempts = _first_attempts(form.row)
    return FormReport(
        form,
        columns,
        len(attempts),
        gold_spread(gold, columns[0].points),
        _agreement(panel) if panel else None,
        item_figures(gold, attempts) if len(attempts) >= FEWEST_RATERS else None,
    )


def _is_expert(viewer: Actor) -> ColumnElement[bool]:
    """Return the condition that the viewer is an expert of the form at hand whose rating is under way."""
    draft = aliased(FormDraft)
    return exists().where(
        FormExpert.member_id == viewer.member_id,
        FormExpert.draft_id == draft.id,
        draft.exercise_id == ExerciseForm.exercise_id,
        draft.letter == ExerciseForm.letter,
        draft.state.in_(BLIND),
        ~has_left(FormExpert.id),
    )


def _is_rating(viewer: Actor) -> ColumnElement[bool]:
    """Return the condition that the viewer has an attempt under way at a version of the form at hand."""
    rated = aliased(ExerciseForm)
    return exists().where(
        Attempt.member_id == viewer.member_id,
        Attempt.state.in_(OPEN),
        Attempt.form_id == rated.id,
        rated.exercise_id == ExerciseForm.exercise_id,
        rated.letter == ExerciseForm.letter,
    )


def _agreement(panel: Panel) -> tuple[float | Undefined, float | Undefined]:
    return forms.panel_agreement(panel.alone), forms.panel_agreement(panel.final)


def _first_attempts(form: ExerciseForm) -> list[Grid]:
    """Return the ratings of those whose first attempt at any version of the form was at this one, as a whole.

    Whoever rates it again, or was refreshed on part of it, has read the reference, and tells nothing about it any more.
    """
    rows = db.session.execute(
        select(Attempt.member_id, Attempt.form_id, Attempt.is_refresh, AttemptResult.ratings)
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .join(ExerciseForm, ExerciseForm.id == Attempt.form_id)
        .where(
            ExerciseForm.exercise_id == form.exercise_id,
            ExerciseForm.letter == form.letter,
            Attempt.state.in_(DECIDED),
        )
        .order_by(Attempt.id.desc(), AttemptResult.stage)
    )
    # A dictionary keeps what comes last: of the first attempt, the result of its last block.
    first = {member_id: (form_id, is_refresh, ratings) for member_id, form_id, is_refresh, ratings in rows}
    return [ratings for form_id, is_refresh, ratings in first.values() if form_id == form.id and not is_refresh]
