"""What others ask calibration: standings that cover a stage, and own attempts for nobody else."""

from datetime import timedelta

import pytest

from hiringkit.calibration import operations, queries
from hiringkit.calibration.rules.answers import Column
from hiringkit.calibration.rules.forms import GoldBasis
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.standing import StandingState, covers
from hiringkit.foundation.access import NOBODY, Capacity
from hiringkit.foundation.errors import NotFoundError
from tests.calibration import factories as make
from tests.statements import counted
from tests.world import NINE, World


def test_standings_say_what_covers_needs_in_few_statements(world: World) -> None:
    ids = [world.member(who).id for who in ("ana", "ben", "dia")]
    make.calibrate(world, "ana")
    make.attempt(world, "ben", make.severe)
    with counted() as seen:
        found = queries.unscoped_standings(ids)
    assert len(seen) <= 3
    assert {number: len(own) for number, own in found.items()} == {ids[0]: 1, ids[1]: 1, ids[2]: 0}
    earned, training = found[ids[0]][0], found[ids[1]][0]
    assert (earned.basis, earned.attempts, earned.term is not None) == (GoldBasis.DRAFTED, 1, True)
    assert (training.attempts, training.term) == (1, None)
    wanted = [column.version for column in columns_of(world, make.JUDGEMENT)]
    in_force = queries.unscoped_versions_in_force()
    day = NINE.date()
    assert covers(found[ids[0]], wanted, day, DEFAULT_POLICY, in_force) == ()
    gaps = covers(found[ids[1]], wanted, day, DEFAULT_POLICY, in_force)
    assert [gap.state for gap in gaps] == [StandingState.IN_TRAINING] * 5
    other = [column.version for column in columns_of(world, make.OPERATIONS)]
    assert len(covers(found[ids[0]], other, day, DEFAULT_POLICY, in_force)) == 4  # Both sets rate one competency.


def columns_of(world: World, key: str) -> tuple[Column, ...]:
    """Return the competencies of an exercise."""
    number = make.form(world, key).row.set_version_id
    return queries.unscoped_columns([number])[number]


def test_an_attempt_is_read_by_its_member_alone(world: World) -> None:
    world.member("ana")
    world.member("ben")
    world.manager()
    world.member("audra", Capacity.AUDITOR)
    made = make.calibrate(world, "ana")
    assert queries.own_attempt(world.actor("ana"), made.public_id).row is made
    for other in (*map(world.actor, ("ben", "manager", "audra", "admin")), NOBODY):
        with pytest.raises(NotFoundError):
            queries.own_attempt(other, made.public_id)


def test_the_reference_is_not_read_before_the_attempt_is_decided(world: World) -> None:
    world.member("chi")
    made = make.start(world, "chi")
    by = world.actor("chi")
    with pytest.raises(NotFoundError):
        queries.own_comparisons(queries.own_attempt(by, made.public_id))
    make.rate(world, "chi", made, make.near_the_line)
    operations.submit_attempt(made, by=by, at=NINE)
    with pytest.raises(NotFoundError):
        queries.own_comparisons(queries.own_attempt(by, made.public_id))


def test_comparisons_pair_every_rating_with_its_reference(world: World) -> None:
    world.member("ben")
    made = make.attempt(world, "ben", make.severe)
    compared = queries.own_comparisons(queries.own_attempt(world.actor("ben"), made.public_id))
    assert [one.response.place for one in compared] == list(range(1, 9))
    reference = make.gold(made.form_id)
    for one in compared:
        for pair in one.comparisons:
            gold = reference[one.response.row.position, pair.column.version]
            assert (pair.gold, pair.cell.rating) == (gold, make.severe(gold, 0))
            assert pair.rationale in make.rationales()
            assert pair.cell.evidence == f"Noted on {pair.column.name}."
    by_column = queries.by_column(compared)
    assert [len(column.differences) for column in by_column] == [8] * 5
    assert all(column.mean < -1 for column in by_column)


def test_due_lapsed_and_calibrated_follow_from_the_day(world: World) -> None:
    world.member("ana")
    make.calibrate(world, "ana")
    found = {}
    for days in (0, 59, 60, 90, 91):
        own = queries.own_exercises(world.actor("ana"), NINE + timedelta(days=days))[0]
        found[days] = own.standing.now.state.value
    assert found == {0: "calibrated until", 59: "calibrated until", 60: "due", 90: "due", 91: "lapsed"}


def test_who_may_not_rate_has_no_exercises(world: World) -> None:
    world.member("cora", Capacity.COORDINATOR)
    make.import_pack(world)
    assert queries.own_exercises(world.actor("cora"), NINE) == []
    assert queries.own_exercises(world.admin, NINE) == []
