"""Exercises, attempts and standings, made through the operations; raters derive their ratings from the gold."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import Attempt, ExerciseGold, ExerciseResponse
from hiringkit.calibration.queries import FormView
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.operating import OperatingTable, usual_design
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.calibration.rules.simulation import operating_table
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from hiringkit.library import operations as library
from hiringkit.library.models import Pack
from hiringkit.library.packs import shipped_pack_text
from tests.remembering import remembered
from tests.world import NINE, World

PACK = "patient-access"
JUDGEMENT, OPERATIONS = "judgement", "operations"
Judge = Callable[[int, int], int]
"""Gives a rating from the gold and the number of the cell within the form, from 0."""


def tables(policy: CalibrationPolicy, raters: int = 50) -> list[OperatingTable]:
    """Return the operating tables of a policy, simulated with few raters."""
    return [operating_table(policy, usual_design(policy, lines.points, raters)) for lines in policy.scales]


def like_gold(gold: int, _cell: int) -> int:
    """Rate as the reference does."""
    return gold


def severe(gold: int, _cell: int) -> int:
    """Rate two points lower, as far as the scale goes."""
    return max(1, gold - 2)


def near_the_line(gold: int, cell: int) -> int:
    """Rate most answers a point lower: neither good enough to pass on eight responses nor bad enough to fail."""
    return max(1, gold - 1) if cell % 5 else gold


def seeing(unsafe: int, rating: int) -> Judge:
    """Return a judge who rates as the reference does, but gives one cell this rating."""
    return lambda gold, cell: rating if cell == unsafe else gold


@remembered
def import_pack(world: World, *edits: tuple[str, str], at: datetime = NINE) -> Pack:
    """Import the starter pack, with some of its text replaced; exercises follow by reaction."""
    text = shipped_pack_text(PACK)
    for before, after in edits:
        assert before in text, before
        text = text.replace(before, after)
    return library.import_pack(text, f"{PACK}.yaml", by=Actor.operator("test"), at=at)


def without_forms_b() -> tuple[str, str]:
    """Return the edit that leaves each exercise of the starter pack with its form A alone."""
    _, first, following = shipped_pack_text(PACK).partition("  - key: judgement-b\n")
    return first + following, ""


@remembered
def form(world: World, key: str = JUDGEMENT, letter: str = "A") -> FormView:
    """Return a form in force of an exercise, importing the pack when nothing was imported yet."""
    found = queries.unscoped_current_forms()
    if not found:
        import_pack(world)
        found = queries.unscoped_current_forms()
    return next(view for view in found if (view.exercise.key, view.row.letter) == (key, letter))


@remembered
def next_form(world: World, who: str, key: str = JUDGEMENT, at: datetime = NINE) -> FormView:
    """Return the form that a member is to rate next; form A for who may rate none."""
    first = form(world, key)
    own = (one.form for one in queries.own_exercises(world.actor(who), at) if one.form.exercise.key == key)
    return next(own, first)


@remembered
def start(world: World, who: str, key: str = JUDGEMENT, at: datetime = NINE) -> Attempt:
    """Let a member start an attempt."""
    return operations.start_attempt(next_form(world, who, key, at).row, by=world.actor(who), at=at)


@remembered
def rate(world: World, who: str, attempt: Attempt, judge: Judge = like_gold, at: datetime = NINE) -> None:
    """Let the member rate every response of the block that is open."""
    by = world.actor(who)
    view = queries.own_attempt(by, attempt.public_id)
    reference = gold(attempt.form_id)
    for response in queries.own_responses(view):
        drafts = {
            column.version: (
                judge(
                    reference[response.row.position, column.version],
                    (response.row.position - 1) * len(response.columns) + number,
                ),
                f"Noted on {column.name}.",
            )
            for number, column in enumerate(response.columns)
        }
        operations.save_response(attempt, response.row, drafts, response.version, by=by, at=at)


def gold(form_id: int) -> dict[tuple[int, int], int]:
    """Return the gold by position of the response and competency version."""
    rows = db.session.execute(
        select(ExerciseResponse.position, ExerciseGold.competency_version_id, ExerciseGold.rating)
        .join(ExerciseGold, ExerciseGold.response_id == ExerciseResponse.id)
        .where(ExerciseResponse.form_id == form_id)
    )
    return {(position, version): rating for position, version, rating in rows}


def unsafe_cell(view: FormView) -> int:
    """Return the number of the first unsafe cell of a form."""
    columns = queries.unscoped_columns([view.row.set_version_id])[view.row.set_version_id]
    grid = queries.unscoped_gold_grid(view.row.id, columns)
    return next(
        row * len(columns) + number
        for row, values in enumerate(grid)
        for number, value in enumerate(values)
        if value == 1 and columns[number].is_safety_critical
    )


def rationales() -> list[str]:
    """Return every rationale that is stored: none of them may be seen before its attempt is decided."""
    return list(db.session.scalars(select(ExerciseGold.rationale)))


@remembered
def attempt(world: World, who: str, judge: Judge = like_gold, key: str = JUDGEMENT, at: datetime = NINE) -> Attempt:
    """Let a member rate and submit the first block of a new attempt."""
    made = start(world, who, key, at)
    rate(world, who, made, judge, at)
    return operations.submit_attempt(made, by=world.actor(who), at=at)


@remembered
def calibrate(world: World, who: str, key: str = JUDGEMENT, at: datetime = NINE) -> Attempt:
    """Make a member calibrated on the set of an exercise."""
    return attempt(world, who, like_gold, key, at)


def refresh(world: World, who: str, judge: Judge = like_gold, key: str = JUDGEMENT, at: datetime = NINE) -> Attempt:
    """Let a member renew a standing, and rate the reserve the same way if it is asked for."""
    made = attempt(world, who, judge, key, at)
    if made.state is AttemptState.EXTENDED:
        rate(world, who, made, judge, at)
        operations.submit_attempt(made, by=world.actor(who), at=at)
    return made
