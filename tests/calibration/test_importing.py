"""Exercises come with a pack: numbered, idempotent, refused when they cannot judge anybody."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import CalibrationPolicy, Exercise, ExerciseForm, ExerciseResponse
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.standing import StandingState
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ForbiddenError, InvalidError
from hiringkit.library.models import Pack
from tests.calibration import factories as make
from tests.world import NINE, World

NEW_VERSION = ('version: "2025.2"', 'version: "2025.3"')
ANCHOR = ("Notices the risk, but acts on it only after other work", "Notices the risk, yet acts on it after other work")
ANSWER = ("January, new plans, yeah, I've lived that.", "January, new plans, I have lived that.")


def count(table: type) -> int:
    """Return how many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_pack_brings_its_exercises_and_the_default_policy(world: World) -> None:
    make.import_pack(world)
    forms = queries.unscoped_current_forms()
    assert [(view.title, view.row.number, view.row.gold_basis) for view in forms] == [
        ("Safety and judgement, form A", 1, "drafted"),
        ("Safety and judgement, form B", 2, "drafted"),
        ("Operations and improvement, form A", 1, "drafted"),
        ("Operations and improvement, form B", 2, "drafted"),
    ]
    assert count(ExerciseResponse) == 48
    assert (count(CalibrationPolicy), queries.unscoped_policy()) == (1, DEFAULT_POLICY)


def test_importing_the_exercises_again_changes_nothing(world: World) -> None:
    pack = make.import_pack(world)
    assert operations.import_exercises(pack.public_id, by=Actor.system(), at=NINE) == []
    make.import_pack(world, NEW_VERSION)
    assert (count(ExerciseForm), count(CalibrationPolicy), count(Pack)) == (4, 1, 2)


def test_changed_answers_are_a_new_number_of_the_same_exercise(world: World) -> None:
    make.import_pack(world)
    make.import_pack(world, NEW_VERSION, ANSWER)
    assert count(Exercise) == 2
    assert [(view.exercise.key, view.row.letter, view.row.number) for view in queries.unscoped_current_forms()] == [
        ("judgement", "A", 3),
        ("judgement", "B", 2),
        ("operations", "A", 1),
        ("operations", "B", 2),
    ]


def test_a_parallel_form_that_comes_later_is_what_a_retry_was_waiting_for(world: World) -> None:
    world.member("ben")
    make.import_pack(world, ('version: "2025.2"', 'version: "2025.1"'), make.without_forms_b())
    make.attempt(world, "ben", make.severe)
    waiting = queries.own_exercises(world.actor("ben"), NINE)[0]
    assert (waiting.form.row.letter, waiting.wait is None) == ("A", False)
    make.import_pack(world)
    own = queries.own_exercises(world.actor("ben"), NINE)[0]
    assert (own.form.row.letter, own.form.row.number, own.wait) == ("B", 2, None)


def test_a_changed_anchor_makes_a_new_form_and_ends_standings_at_once(world: World) -> None:
    world.member("ana")
    make.calibrate(world, "ana")
    assert queries.own_exercises(world.actor("ana"), NINE)[0].standing.now.state is StandingState.CALIBRATED
    make.import_pack(world, NEW_VERSION, ANCHOR)
    own = queries.own_exercises(world.actor("ana"), NINE)[0]
    assert (own.form.row.letter, own.form.row.number) == ("B", 4)
    assert own.standing.now.state is StandingState.LAPSED
    assert own.standing.now.ending == "the anchors of a competency have changed"
    assert own.wait is None
    again = make.calibrate(world, "ana")
    assert again.number == 1
    assert queries.own_exercises(world.actor("ana"), NINE)[0].standing.now.state is StandingState.CALIBRATED


def test_a_form_that_the_adopted_policy_refuses_undoes_the_whole_import(world: World) -> None:
    wide = replace(DEFAULT_POLICY, scales=tuple(replace(lines, gold_sd=3.0) for lines in DEFAULT_POLICY.scales))
    operations.adopt_policy(wide, make.tables(wide), by=world.admin, at=NINE)
    with pytest.raises(InvalidError) as refused:
        make.import_pack(world)
    told = refused.value.problems["text"]
    assert "Safety and judgement, form A: The gold varies by an SD of" in told
    assert "at least 3.00 is needed" in told
    assert (count(Pack), count(ExerciseForm), count(CalibrationPolicy)) == (0, 0, 1)


def test_nobody_imports_exercises_by_hand(world: World) -> None:
    pack = make.import_pack(world)
    with pytest.raises(ForbiddenError):
        operations.import_exercises(pack.public_id, by=world.admin, at=NINE)
