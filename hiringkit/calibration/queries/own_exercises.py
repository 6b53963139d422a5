"""Reads of one's own exercises: where one stands, what one may rate next, and what of it is fresh to one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import and_, func, select

from hiringkit.calibration import models
from hiringkit.calibration.models import ExerciseForm, ExerciseResponse
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries.standings import (
    DECIDED,
    OPEN,
    AdoptedPolicy,
    FormView,
    Record,
    SetStanding,
    standing_now,
    unscoped_columns,
    unscoped_day,
    unscoped_forms_and_columns,
    unscoped_records,
)
from hiringkit.calibration.rules.answers import Column
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.operating import RenewalRates
from hiringkit.calibration.rules.path import Practice
from hiringkit.calibration.rules.policy import CalibrationPolicy, ErrorRates
from hiringkit.calibration.rules.refreshing import Exemplar, freshest_form, is_refresh_due
from hiringkit.calibration.rules.retries import PastAttempt, Wait, letter_to_rate, wait_before
from hiringkit.foundation.access import Actor, may
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError


@dataclass(frozen=True)
class OwnExercise:
    """One exercise as its rater sees it: where they stand, what they may rate next, and what they have done.

    `forms`: those in force, by public id. `form`: the one of them to rate next, as a whole, or only what is
    fresh in it where `is_refresh`. `open_attempt`: to be finished first. `wait`: why none can begin today.
    """

    forms: Mapping[str, FormView]
    form: FormView
    columns: Sequence[Column]
    standing: SetStanding
    records: Sequence[Record]
    open_attempt: models.Attempt | None
    wait: Wait | None
    adopted: AdoptedPolicy
    is_refresh: bool = False

    @property
    def may_begin_refresh(self) -> bool:
        """Whether a refresh could begin, as far as standing and attempts say."""
        return self.is_refresh and self.open_attempt is None

    @property
    def responses(self) -> int:
        """Return how many responses there are to rate before anything is decided."""
        return self.policy.standing.refresh_responses if self.is_refresh else self.policy.form.first_block

    @property
    def renewals(self) -> RenewalRates | None:
        """Return how often a refresh is wrong on the scale of this exercise."""
        return self.adopted.renewals(self.columns[0].points)

    @property
    def policy(self) -> CalibrationPolicy:
        """Return the policy that an attempt begun now would be decided by."""
        return self.adopted.policy

    @property
    def practice(self) -> Practice:
        """Return how one can practise on its set today."""
        attempt = self.open_attempt.public_id if self.open_attempt is not None else None
        return Practice(self.form.row.public_id, attempt, self.wait)

    @property
    def asked(self) -> Record | None:
        """Return the attempt whose standing somebody has asked to renew, or None; the record says who and when."""
        return self.standing.earned if self.standing.invitation is not None else None

    @property
    def rates(self) -> ErrorRates | None:
        """Return how often that policy's rule is wrong on the scale of this exercise."""
        return self.adopted.rates(self.columns[0].points)


def own_exercises(viewer: Actor, at: datetime, *, at_a_glance: bool = False) -> list[OwnExercise]:
    """Return every exercise in force as the viewer stands to it; nothing for who may not rate.

    In two statements, one more for who was calibrated on an earlier version of a set, and one for who may refresh.
    `at_a_glance`: without that last one, see `unscoped_exercises_of`.
    """
    if viewer.member_id is None or not may(viewer, CalibrationPermission.RATE):
        return []
    records = unscoped_records([viewer.member_id])[viewer.member_id]
    return unscoped_exercises_of(viewer.member_id, records, at, at_a_glance=at_a_glance)


def unscoped_exercises_of(
    member_id: int, records: Sequence[Record], at: datetime, *, at_a_glance: bool = False
) -> list[OwnExercise]:
    """Return every exercise in force as a member stands to it, who has made these attempts.

    `at_a_glance`: without looking which responses are fresh. A refresh is then told where every response of some
    form must be, and any of its forms may stand for the one to refresh on.
    """
    forms, policy, columns = unscoped_forms_and_columns(member_id)
    if earlier := {record.form.set_version_id for record in records} - columns.keys():
        columns |= unscoped_columns(earlier)
    day = unscoped_day(at)
    by_exercise: dict[int, list[FormView]] = {}
    for view in forms:
        by_exercise.setdefault(view.exercise.id, []).append(view)
    found = [
        _own_exercise(views, [r for r in records if r.form.exercise_id == number], columns, policy, day)
        for number, views in by_exercise.items()
    ]
    if at_a_glance:
        return [_glanced(own, day) if own.may_begin_refresh else own for own in found]
    return _refreshing(member_id, found, day)


def _own_exercise(
    forms: Sequence[FormView],
    records: Sequence[Record],
    columns: Mapping[int, Sequence[Column]],
    policy: AdoptedPolicy,
    day: date,
) -> OwnExercise:
    letters = {view.row.letter: view for view in forms}
    past = past_attempts(records)
    form = letters[letter_to_rate(letters, past)]
    standing = standing_now(records, columns, policy.policy, day)
    in_force, earned = form.row.set_version_id, standing.earned
    unfinished = (r for r in records if r.attempt.state in OPEN and r.form.set_version_id == in_force)
    may_refresh = (
        earned is not None
        and earned.form.set_version_id == in_force
        and is_refresh_due(standing.now, standing.term, past, day)
    )
    own = OwnExercise(
        {view.row.public_id: view for view in forms},
        form,
        columns[in_force],
        standing,
        records,
        None,
        wait_before(form.row.id, set(letters), past, standing.now, policy.policy, day),
        policy,
        may_refresh,
    )
    # A refresh that was begun in time and not submitted in time stands in nobody's way.
    going_on = (record for record in unfinished if may_refresh or not record.attempt.is_refresh)
    return next((_going_on(own, letters, record) for record in going_on), own)


def _going_on(own: OwnExercise, letters: Mapping[str, FormView], record: Record) -> OwnExercise:
    """Return an exercise with the attempt that is under way, on the form that it rates."""
    form = letters.get(record.form.letter, own.form)
    return replace(own, form=form, open_attempt=record.attempt, is_refresh=record.attempt.is_refresh)


def _glanced(own: OwnExercise, day: date) -> OwnExercise:
    """Return an exercise that may be refreshed as far as its attempts alone tell: on a new form, or after the wait."""
    tried = {record.form.letter for record in own.records}
    last = max(past.on for past in past_attempts(own.records))
    is_fresh = (day - last).days >= own.policy.standing.retry_wait_days
    if is_fresh or any(form.row.letter not in tried for form in own.forms.values()):
        return replace(own, wait=None)
    return replace(own, is_refresh=False)


def _refreshing(member_id: int, found: list[OwnExercise], day: date) -> list[OwnExercise]:
    """Return these exercises with the form that each refresh takes its responses from; it needs no wait."""
    forms = (form.row.id for own in found if own.may_begin_refresh for form in own.forms.values())
    known = unscoped_exemplars(member_id, forms)
    return [_refreshed(own, known, day) if own.may_begin_refresh else own for own in found]


def _refreshed(own: OwnExercise, known: Mapping[int, Sequence[Exemplar]], day: date) -> OwnExercise:
    """Return an exercise with the form to refresh on, or with the whole form where nothing is fresh."""
    forms = list(own.forms.values())
    index = freshest_form([known[form.row.id] for form in forms], own.policy.standing, day)
    if index is None:
        return replace(own, is_refresh=False)
    return replace(own, form=forms[index], wait=None)


def unscoped_exemplars(member_id: int, form_ids: Iterable[int]) -> dict[int, list[Exemplar]]:
    """Return the responses of these forms as a member knows them, in one statement; none asked for, none made.

    An answer is the same in every version of a form: it goes by its key within the letter of the exercise.
    """
    found: dict[int, list[Exemplar]] = {number: [] for number in form_ids}
    if not found:
        return found
    rated = (
        select(
            ExerciseForm.exercise_id, ExerciseForm.letter, ExerciseResponse.key, func.max(models.Attempt.submitted_at)
        )
        .join(ExerciseResponse, ExerciseResponse.form_id == ExerciseForm.id)
        .join(models.AttemptRating, models.AttemptRating.response_id == ExerciseResponse.id)
        .join(models.Attempt, models.Attempt.id == models.AttemptRating.attempt_id)
        .where(models.Attempt.member_id == member_id)
        .group_by(ExerciseForm.exercise_id, ExerciseForm.letter, ExerciseResponse.key)
        .subquery()
    )
    exercise_id, letter, key, at = rated.c
    rows = db.session.execute(
        select(ExerciseForm.id, ExerciseResponse.position, at)
        .join(ExerciseResponse, ExerciseResponse.form_id == ExerciseForm.id)
        .outerjoin(
            rated,
            and_(exercise_id == ExerciseForm.exercise_id, letter == ExerciseForm.letter, key == ExerciseResponse.key),
        )
        .where(ExerciseForm.id.in_(found))
    )
    for form_id, position, rated_at in rows:
        found[form_id].append(Exemplar(position, unscoped_day(rated_at) if rated_at else None))
    return found


def past_attempts(records: Iterable[Record]) -> list[PastAttempt]:
    """Return the decided attempts among these, oldest first, as `rules.retries` takes them."""
    return [
        PastAttempt(
            record.form.letter,
            record.form.id,
            passed=record.attempt.state is AttemptState.PASSED,
            on=unscoped_day(record.attempt.submitted_at),
        )
        for record in records
        if record.attempt.state in DECIDED and record.attempt.submitted_at is not None
    ]


def own_exercise(viewer: Actor, form_id: str, at: datetime) -> OwnExercise:
    """Return the exercise that has the form of this public id in force, or raise NotFoundError."""
    for own in own_exercises(viewer, at):
        if form_id in own.forms:
            return own
    raise NotFoundError
