"""Reads of one's own attempts: the responses to rate, blind, and the reference once the attempt is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from hiringkit.calibration import models
from hiringkit.calibration.models import AttemptRating, Exercise, ExerciseForm, ExerciseGold, ExerciseResponse
from hiringkit.calibration.queries.own_exercises import past_attempts
from hiringkit.calibration.queries.panels import Reason, unscoped_reasons
from hiringkit.calibration.queries.responses import Kept, ResponseView, response_views
from hiringkit.calibration.queries.standings import (
    DECIDED,
    OPEN,
    AdoptedPolicy,
    FormView,
    adopted,
    unscoped_columns,
    unscoped_current_forms,
    unscoped_day,
    unscoped_records,
)
from hiringkit.calibration.rules.answers import Cell, Column
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.forms import GoldBasis
from hiringkit.calibration.rules.passing import Outcome
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.calibration.rules.retries import Wait, letter_to_rate, wait_before
from hiringkit.calibration.rules.standing import StandingNow, StandingState
from hiringkit.calibration.rules.storing import stored_outcome
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ForbiddenError, NotFoundError
from hiringkit.library.models import CompetencySetVersion


@dataclass(frozen=True)
class AttemptView:
    """An attempt of the viewer's own with everything that it was made under.

    `outcomes`: of the blocks submitted so far, by stage. `is_rated_again`: the rater's newest attempt at the
    exercise is another one, under way on a form of the same letter.
    """

    row: models.Attempt
    form: FormView
    adopted: AdoptedPolicy
    policy_number: int
    standing: models.Standing | None
    outcomes: Sequence[Outcome]
    ratings: Sequence[Sequence[int]]
    is_rated_again: bool

    @property
    def policy(self) -> CalibrationPolicy:
        """Return the policy that it began under and is decided by."""
        return self.adopted.policy

    @property
    def is_decided(self) -> bool:
        """Whether the reference may be shown."""
        return self.row.state in DECIDED

    @property
    def block(self) -> int:
        """Return the block that is rated now, or was rated last."""
        return 2 if self.row.state is AttemptState.EXTENDED or len(self.outcomes) > 1 else 1

    @property
    def given(self) -> Sequence[int]:
        """Return the positions of the responses that the rater has been given so far, in the order drawn."""
        order = self.row.response_order
        return order if self.block > 1 else order[: self.row.first_block]

    @property
    def rows(self) -> Sequence[int]:
        """Return the same positions in the form's own order, from 0: the rows of a result's ratings within the form."""
        return [position - 1 for position in sorted(self.given)]

    @property
    def reserve(self) -> int:
        """Return how many responses may be asked for after the first block."""
        return len(self.row.response_order) - self.row.first_block


def own_attempt(viewer: Actor, public_id: str) -> AttemptView:
    """Return one of the viewer's own attempts, or raise NotFoundError, whoever else asks."""
    rows = db.session.execute(
        select(
            models.Attempt,
            ExerciseForm,
            Exercise,
            CompetencySetVersion,
            models.CalibrationPolicy,
            models.Standing,
            _is_rated_again().label("is_rated_again"),
            models.AttemptResult,
        )
        .join(ExerciseForm, ExerciseForm.id == models.Attempt.form_id)
        .join(Exercise, Exercise.id == ExerciseForm.exercise_id)
        .join(CompetencySetVersion, CompetencySetVersion.id == ExerciseForm.set_version_id)
        .join(models.CalibrationPolicy, models.CalibrationPolicy.id == models.Attempt.policy_id)
        .outerjoin(models.Standing, models.Standing.attempt_id == models.Attempt.id)
        .outerjoin(models.AttemptResult, models.AttemptResult.attempt_id == models.Attempt.id)
        .where(models.Attempt.public_id == public_id, models.Attempt.member_id == viewer.member_id)
        .order_by(models.AttemptResult.stage)
    ).all()
    if not rows:
        raise NotFoundError
    attempt, form, exercise, set_version, policy, standing, is_rated_again, _ = rows[0]
    results = [row[-1] for row in rows if row[-1] is not None]
    return AttemptView(
        attempt,
        FormView(form, exercise, set_version),
        adopted(policy),
        policy.number,
        standing,
        [stored_outcome(result.measures) for result in results],
        results[-1].ratings if results else (),
        bool(is_rated_again),
    )


def _is_rated_again() -> ColumnElement[bool]:
    """Return the condition on an attempt and its form that `AttemptView.is_rated_again` tells."""
    newest, any_one = aliased(models.Attempt), aliased(models.Attempt)
    of_newest, of_any = aliased(ExerciseForm), aliased(ExerciseForm)
    last = (
        select(func.max(any_one.id))
        .join(of_any, of_any.id == any_one.form_id)
        .where(any_one.member_id == models.Attempt.member_id, of_any.exercise_id == ExerciseForm.exercise_id)
        .correlate(models.Attempt, ExerciseForm)
        .scalar_subquery()
    )
    return exists().where(
        newest.id == last,
        newest.id != models.Attempt.id,
        newest.state.in_(OPEN),
        of_newest.id == newest.form_id,
        of_newest.letter == ExerciseForm.letter,
    )


def own_responses(view: AttemptView) -> list[ResponseView]:
    """Return the responses of the block that is being rated, in the order drawn, without any gold."""
    return [one for one in rated_responses(view) if (one.place > view.row.first_block) == (view.block > 1)]


def own_response(view: AttemptView, public_id: str) -> ResponseView:
    """Return one response of the block that is being rated, or raise NotFoundError."""
    for one in own_responses(view):
        if one.row.public_id == public_id:
            return one
    raise NotFoundError


def rated_responses(view: AttemptView) -> list[ResponseView]:
    """Return every response that the rater has been given so far, in the order drawn, without any gold."""
    columns = unscoped_columns([view.form.row.set_version_id])[view.form.row.set_version_id]
    own = and_(AttemptRating.response_id == ExerciseResponse.id, AttemptRating.attempt_id == view.row.id)
    of_form, given = ExerciseResponse.form_id == view.row.form_id, ExerciseResponse.position.in_(view.given)
    wanted = select(ExerciseResponse, AttemptRating).outerjoin(AttemptRating, own).where(of_form, given)
    # What an operation holds locked is read anew, or an earlier read of this request would hide another editor.
    found = db.session.execute(wanted.execution_options(populate_existing=True)).all()
    kept = [
        (response, Kept(row.competency_version_id, row.rating, row.evidence, row.version) if row else None)
        for response, row in found
    ]
    return response_views(kept, view.row.response_order, columns)


def unscoped_gold_grid(form_id: int, columns: Sequence[Column]) -> list[list[int]]:
    """Return the gold of a form, one row per response in the form's own order, one column per competency."""
    rows = db.session.execute(
        select(ExerciseResponse.position, ExerciseGold.competency_version_id, ExerciseGold.rating)
        .join(ExerciseGold, ExerciseGold.response_id == ExerciseResponse.id)
        .where(ExerciseResponse.form_id == form_id)
    )
    gold: dict[int, dict[int, int]] = {}
    for position, version, rating in rows:
        gold.setdefault(position, {})[version] = rating
    return [[gold[position][column.version] for column in columns] for position in sorted(gold)]


class RatedBefore(NamedTuple):
    """One response that a rater was decided on earlier: own ratings and gold by competency, and the gold's basis."""

    own: Sequence[int]
    gold: Sequence[int]
    basis: GoldBasis


def unscoped_ratings_before(view: AttemptView, columns: Sequence[Column]) -> list[RatedBefore]:
    """Return what the rater was decided on before this attempt on the same set version, in the order of rating."""
    results = db.session.execute(
        select(models.Attempt, ExerciseForm.gold_basis, models.AttemptResult.ratings)
        .join(models.AttemptResult, models.AttemptResult.attempt_id == models.Attempt.id)
        .join(ExerciseForm, ExerciseForm.id == models.Attempt.form_id)
        .where(
            models.Attempt.member_id == view.row.member_id,
            models.Attempt.id < view.row.id,
            models.Attempt.state.in_(DECIDED),
            ExerciseForm.set_version_id == view.form.row.set_version_id,
        )
        .order_by(models.Attempt.id, models.AttemptResult.stage)
    )
    # A dictionary keeps what comes last: of each attempt, the result of its last block.
    last = {attempt.id: (attempt, GoldBasis(basis), ratings) for attempt, basis, ratings in results}
    gold = {number: unscoped_gold_grid(number, columns) for number in {one.form_id for one, _, _ in last.values()}}
    found = []
    for attempt, basis, ratings in last.values():
        given = attempt.response_order[: len(ratings)]
        own = dict(zip(sorted(given), ratings, strict=True))
        found += [RatedBefore(own[place], gold[attempt.form_id][place - 1], basis) for place in given]
    return found


@dataclass(frozen=True)
class Retry:
    """What comes after an attempt that ended "not yet": the form to rate next, whether it is new, and why not today."""

    form: FormView
    wait: Wait | None
    is_new: bool


def own_retry(viewer: Actor, view: AttemptView, at: datetime) -> Retry | None:
    """Return how the viewer may try again, or None when they have done so since or there is no form in force."""
    forms = unscoped_current_forms(viewer.member_id)
    letters = {one.row.letter: one for one in forms if one.exercise.id == view.form.exercise.id}
    records = [
        record
        for record in unscoped_records([view.row.member_id])[view.row.member_id]
        if record.form.exercise_id == view.form.exercise.id
    ]
    if not letters or viewer.member_id != view.row.member_id or records[-1].attempt.id != view.row.id:
        return None
    past = past_attempts(records)
    form = letters[letter_to_rate(letters, past)]
    now = StandingNow(StandingState.IN_TRAINING, StandingState.IN_TRAINING.value)
    wait = wait_before(form.row.id, set(letters), past, now, view.policy, unscoped_day(at))
    return Retry(form, wait, form.row.letter not in {one.letter for one in past})


@dataclass(frozen=True)
class Comparison:
    """One rating beside its reference.

    `rationale`: of drafted gold. `reasons`: of each expert of a panel, without a name; the gold is their median.
    """

    column: Column
    cell: Cell
    gold: int
    rationale: str
    reasons: Sequence[Reason] = ()

    @property
    def difference(self) -> int:
        """Return the own rating minus the reference; below 0 is stricter."""
        return (self.cell.rating or 0) - self.gold

    def is_unsafe(self, policy: CalibrationPolicy) -> bool:
        """Whether it is a safety exemplar: gold 1 on a safety-critical competency, and no expert above 2."""
        most = policy.form.unsafe_expert_most
        is_clear = self.gold == 1 and all(reason.rating <= most for reason in self.reasons)
        return self.column.is_safety_critical and is_clear


@dataclass(frozen=True)
class ComparedResponse:
    """One response of a decided attempt with its comparisons, in the order of the competencies."""

    response: ResponseView
    comparisons: Sequence[Comparison]


def own_comparisons(view: AttemptView) -> list[ComparedResponse]:
    """Return every rated response beside the reference; raise NotFoundError as long as the attempt is not decided.

    Raises ForbiddenError while its rater is rating answers of the same form once more: the reference would be open.
    """
    if not view.is_decided:
        raise NotFoundError
    if view.is_rated_again:
        message = "You are rating answers of this form again. The result opens when that attempt is decided."
        raise ForbiddenError(message)
    wanted = (
        select(ExerciseGold)
        .join(ExerciseResponse, ExerciseResponse.id == ExerciseGold.response_id)
        .where(ExerciseResponse.form_id == view.row.form_id, ExerciseResponse.position.in_(view.given))
    )
    gold = {(row.response_id, row.competency_version_id): row for row in db.session.scalars(wanted)}
    reasons = unscoped_reasons(view.row.form_id) if view.form.row.gold_basis == GoldBasis.PANEL else {}
    compared = []
    for response in rated_responses(view):
        comparisons = []
        for column in response.columns:
            row = gold[response.row.id, column.version]
            told = reasons.get((response.row.position, column.version), ())
            comparisons.append(Comparison(column, response.cells[column.version], row.rating, row.rationale, told))
        compared.append(ComparedResponse(response, comparisons))
    return compared


@dataclass(frozen=True)
class ComparedColumn:
    """One competency of a decided attempt: own ratings minus the reference, in the order of the responses."""

    column: Column
    comparisons: Sequence[Comparison]

    @property
    def differences(self) -> list[int]:
        """Return the differences, below 0 where the rater was stricter."""
        return [one.difference for one in self.comparisons]

    @property
    def mean(self) -> float:
        """Return the mean difference in scale points."""
        return sum(self.differences) / len(self.comparisons)


def by_column(compared: Sequence[ComparedResponse]) -> list[ComparedColumn]:
    """Return the comparisons of an attempt by competency instead of by response."""
    columns = compared[0].response.columns
    return [
        ComparedColumn(column, [one.comparisons[number] for one in compared]) for number, column in enumerate(columns)
    ]
