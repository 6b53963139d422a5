"""Writes of an attempt: starting it, saving ratings, and submitting a block, which decides."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.audit.queries import keyring
from hiringkit.calibration import queries
from hiringkit.calibration.models import Attempt, AttemptRating, AttemptResult, ExerciseForm, ExerciseResponse, Standing
from hiringkit.calibration.operations.cells import LOTS, Drafts, changed_cells, drawn_order, hold_rater
from hiringkit.calibration.operations.standings import SCOPE, earn_standing, suspend_standing
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.queries import AnyResponse, AttemptView, OwnExercise, RatedBefore, ResponseView
from hiringkit.calibration.rules import forms, passing, refreshing
from hiringkit.calibration.rules.answers import Cell, Column
from hiringkit.calibration.rules.attempts import ATTEMPT, AttemptState
from hiringkit.calibration.rules.forms import GoldBasis
from hiringkit.calibration.rules.passing import Outcome, StageOutcome
from hiringkit.calibration.rules.storing import outcome_values
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id, transaction
from hiringkit.foundation.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    WrongStateError,
)
from hiringkit.foundation.words import day_words
from hiringkit.people.models import Member

MOVES = {StageOutcome.PASS: "pass", StageOutcome.EXTEND: "extend", StageOutcome.NOT_YET: "fall short"}


@operation("attempt:started")
def start_attempt(form: ExerciseForm, *, by: Actor, at: datetime) -> Recorded[Attempt]:
    """Begin to rate a form, in an order drawn for this member, under the policy in force.

    Who may refresh is given a few responses of it that are fresh to them, and as many more in reserve.
    """
    demand(
        by,
        CalibrationPermission.RATE,
        sentence="Interviewers and managers are calibrated; your capacities include neither.",
    )
    own = _startable(form, by, at)
    policy = queries.unscoped_policy_row()
    if by.member_id is None or policy is None:
        raise NotFoundError
    order, first_block = _drawn(own, by.member_id, at)
    attempt = Attempt(
        public_id=new_public_id(),
        member_id=by.member_id,
        form_id=form.id,
        policy_id=policy.id,
        number=1 + sum(record.form.set_version_id == form.set_version_id for record in own.records),
        state=AttemptState.STARTED,
        response_order=order,
        first_block=first_block,
        is_refresh=own.is_refresh,
        started_at=at,
    )
    db.session.add(attempt)
    values = {
        "form": form.public_id,
        "policy": policy.number,
        "number": attempt.number,
        "order": order,
        "refresh": own.is_refresh,
    }
    return Recorded(attempt, about=attempt, scope=SCOPE, values=values)


def _startable(form: ExerciseForm, by: Actor, at: datetime) -> OwnExercise:
    """Return the member's exercise, or raise ConflictError with the reason why this form cannot be started now."""
    hold_rater(by.member_id)
    if queries.unscoped_is_expert(by.member_id, form):
        message = "You rate this form as one of its experts, so you are calibrated on a parallel one."
        raise ConflictError(message)
    own = next((one for one in queries.own_exercises(by, at) if one.form.exercise.id == form.exercise_id), None)
    if own is None or (own.form.row.id != form.id and own.form.row.letter == form.letter):
        message = "This form is for an earlier version of the scale. Open it again from your calibration page."
        raise ConflictError(message)
    if own.open_attempt is not None:
        message = "You have an attempt under way. Finish it first; everything you saved is there."
        raise ConflictError(message)
    if own.wait is not None:
        raise ConflictError(f"{own.wait.words} {day_words(own.wait.from_day)}.")
    if own.form.row.id != form.id:
        before = "Your refresh is on" if own.is_refresh else f"You rated form {form.letter} last. Next is"
        raise ConflictError(f"{before} form {own.form.row.letter}.")
    return own


def _drawn(own: OwnExercise, member_id: int, at: datetime) -> tuple[list[int], int]:
    """Return the positions to rate in the order drawn for a member, and how many of them are the first block."""
    form_id, lines = own.form.row.id, own.policy.standing
    if not own.is_refresh:
        responses = db.session.scalars(select(ExerciseResponse).where(ExerciseResponse.form_id == form_id)).all()
        return drawn_order(responses), sum(one.block == 1 for one in responses)
    form = _rated_form(own.form.row, own.columns)
    levels = [sum(row) / len(row) for row in form.gold]
    unsafe = {row + 1 for row, _ in forms.unsafe_cells(form, own.policy)}
    known = queries.unscoped_exemplars(member_id, [form_id])[form_id]
    left = refreshing.fresh(known, lines, queries.unscoped_day(at))
    blocks = []
    for _ in range(2):
        block = refreshing.drawn(left, levels, unsafe, lines.refresh_responses, LOTS.randrange)
        blocks.append(LOTS.sample(block, len(block)))
        left = [one for one in left if one.position not in block]
    return blocks[0] + blocks[1], len(blocks[0])


def save_response(
    attempt: Attempt,
    response: AnyResponse,
    drafts: Drafts,
    version: int,
    *,
    by: Actor,
    at: datetime,
    is_pause: bool = False,
) -> ResponseView:
    """Keep ratings and evidence for one response, by competency version; a rating may still be missing.

    `version` is the one of the response's cells that the sender started from, 0 before the first saving.
    `is_pause`: kept while its author goes on typing, so that what they save next starts from the same version.
    Drafts leave no event (PROMISES 4, rule 10), so this is no `@operation`.
    """
    with transaction():
        view = _locked(attempt, by)
        _require_open(view)
        seen = queries.own_response(view, response.public_id)
        cells = changed_cells(seen, drafts, version)
        _store(view, seen, cells, seen.version if is_pause else seen.version + 1)
        db.session.flush()
        return queries.own_response(view, response.public_id)


def _locked(attempt: Attempt, by: Actor) -> AttemptView:
    """Return the member's own attempt, held against other changes until this operation ends."""
    if by.member_id is None or by.member_id != attempt.member_id:
        message = "An attempt is rated and submitted by the member who started it."
        raise ForbiddenError(message)
    held = select(Attempt).where(Attempt.id == attempt.id).with_for_update()
    db.session.scalar(held.execution_options(populate_existing=True))
    return queries.own_attempt(by, attempt.public_id)


def _require_open(view: AttemptView) -> None:
    if view.row.state not in queries.OPEN:
        raise WrongStateError(f"This attempt is {view.row.state.value}; its ratings do not change any more.")


def _store(view: AttemptView, seen: ResponseView, cells: Mapping[int, Cell], version: int) -> None:
    subject_id = db.session.get_one(Member, view.row.member_id).subject_id
    ring = keyring(subject_id)
    stored = {
        row.competency_version_id: row
        for row in db.session.scalars(
            select(AttemptRating).where(
                AttemptRating.attempt_id == view.row.id, AttemptRating.response_id == seen.row.id
            )
        )
    }
    for column in seen.columns:
        cell = cells.get(column.version, seen.cells.get(column.version, Cell()))
        row = stored.get(column.version)
        if row is None:
            row = AttemptRating(attempt_id=view.row.id, response_id=seen.row.id, competency_version_id=column.version)
            db.session.add(row)
        row.rating, row.version = cell.rating, version
        row.evidence = ring.seal(subject_id, cell.evidence) if cell.evidence.strip() else None


@operation("attempt:submitted")
def submit_attempt(attempt: Attempt, *, by: Actor, at: datetime) -> Recorded[Attempt]:
    """Submit the block that is complete and decide: pass, four more responses, or not yet (SCIENCE 1.3, 1.4).

    Raises InvalidError when a rating or its evidence is missing, WrongStateError when the block was
    submitted before, ConflictError for a refresh that has come too late. A pass earns a standing; a renewal that
    ends "not yet" suspends the one it was for.
    """
    view = _locked(attempt, by)
    row, submitted = view.row, ATTEMPT.after(view.row.state, "submit")
    if row.is_refresh and not _is_going_on(view, by, at):
        message = (
            "This refresh can renew nothing any more: what it rests on ended too long ago, or its scale has changed."
        )
        raise ConflictError(message, remedy="Rate a whole form instead.")
    responses = queries.rated_responses(view)
    if places := [str(one.place) for one in responses if one.lacks]:
        raise InvalidError(f"Ratings or evidence are missing for response {', '.join(places)}. What you saved is kept.")
    before = _before(view, responses)
    outcome = _decided(view, responses, before)
    row.state = ATTEMPT.after(submitted, MOVES[outcome.result])
    row.submitted_at, row.version = at, row.version + 1
    result = AttemptResult(
        attempt_id=row.id,
        stage=outcome.stage,
        outcome=outcome.result.value,
        ratings=_grid(responses),
        measures=outcome_values(outcome),
        at=at,
    )
    db.session.add(result)
    if outcome.result is StageOutcome.PASS:
        bases = {GoldBasis(view.form.row.gold_basis), *(one.basis for one in before)}
        earn_standing(view, GoldBasis.DRAFTED if GoldBasis.DRAFTED in bases else GoldBasis.PANEL, by=by, at=at)
    elif outcome.result is StageOutcome.NOT_YET and (running := _running_standing(view, at)):
        suspend_standing(running, {"attempt": row.public_id}, by=by, at=at)
    values = {"stage": outcome.stage, "outcome": outcome.result.value}
    return Recorded(row, about=row, scope=SCOPE, values=values)


def _is_going_on(view: AttemptView, by: Actor, at: datetime) -> bool:
    return any(own.open_attempt is view.row for own in queries.own_exercises(by, at, at_a_glance=True))


def _before(view: AttemptView, responses: Sequence[ResponseView]) -> Sequence[RatedBefore]:
    """Return the ratings before a refresh that it is decided on together with its own; none for a whole form."""
    if not view.row.is_refresh:
        return ()
    found = queries.unscoped_ratings_before(view, responses[0].columns)
    return refreshing.still_counted(found, len(responses), view.policy.standing)


def _rated_form(row: ExerciseForm, columns: Sequence[Column]) -> forms.ExerciseForm:
    """Return the figures of a form: its gold, its safety-critical columns and its panel."""
    panel = queries.unscoped_panel_of_form(row.id, columns)
    return forms.ExerciseForm(
        points=columns[0].points,
        gold=queries.unscoped_gold_grid(row.id, columns),
        safety_columns=frozenset(i for i, column in enumerate(columns) if column.is_safety_critical),
        basis=GoldBasis(row.gold_basis),
        panel=panel.final if panel else (),
    )


def _decided(view: AttemptView, responses: Sequence[ResponseView], before: Sequence[RatedBefore]) -> Outcome:
    form = _rated_form(view.form.row, responses[0].columns)
    unsafe, ratings = forms.unsafe_cells(form, view.policy), _grid(responses)
    if not view.row.is_refresh:
        tried = passing.Attempt(form.points, view.row.first_block, form.gold, ratings, unsafe)
        return passing.decide(tried, view.policy)
    rows = view.rows
    refresh = refreshing.Refresh(
        points=form.points,
        first_block=view.row.first_block,
        reserve=view.reserve,
        gold=[form.gold[row] for row in rows],
        ratings=ratings,
        unsafe_cells=[(rows.index(i), j) for i, j in unsafe if i in rows],
        before=[(one.own, one.gold) for one in before],
    )
    return refreshing.placed(refreshing.decide_refresh(refresh, view.policy), rows)


def _grid(responses: Sequence[ResponseView]) -> list[list[int]]:
    """Return the ratings in the form's own order, one row per response, one column per competency of the set."""
    return [
        [one.cells[column.version].rating or 0 for column in one.columns]
        for one in sorted(responses, key=lambda one: one.row.position)
    ]


def _running_standing(view: AttemptView, at: datetime) -> Standing | None:
    """Return the member's newest standing on the set, if an attempt at renewing it can still suspend it."""
    newest = db.session.scalar(
        select(Standing)
        .where(Standing.member_id == view.row.member_id, Standing.set_version_id == view.form.row.set_version_id)
        .order_by(Standing.id.desc())
        .limit(1)
    )
    if newest is None or newest.suspended_at is not None or newest.valid_until < queries.unscoped_day(at):
        return None
    return newest
