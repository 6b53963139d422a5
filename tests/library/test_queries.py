"""Reads of the library: what is in force, for whom, and at how few statements."""

import pytest

from hiringkit.foundation.access import NOBODY, Capacity
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.library import queries
from hiringkit.library.models import CompetencyVersion, ScenarioVersion
from tests.library.factories import Plain, small_pack, starter_pack
from tests.statements import counted
from tests.world import World


def reword(data: Plain) -> None:
    """Change one competency and one scenario."""
    data["competencies"][0]["definition"] = "Whether it is really so."
    data["scenarios"][0]["context"] = "Another morning."


def test_lists_hold_only_what_is_in_force(world: World) -> None:
    world.manager()
    small_pack(world)
    small_pack(world, reword)
    viewer = world.actor("manager")
    assert [(row.key, row.number) for row in queries.competencies(viewer, 1).rows] == [
        ("flow", 1), ("records", 1), ("rules", 1), ("safety", 2), ("words", 1),
    ]  # fmt: skip
    assert [(row.key, row.number) for row in queries.scenarios(viewer, 1).rows] == [("queue", 2)]
    assert queries.packs(viewer, 1).total == 1


def test_a_replaced_version_stays_readable_and_names_the_newer_one(world: World) -> None:
    world.manager()
    first = small_pack(world)
    old = queries.unscoped_current_competencies(["safety"])["safety"]
    old_scenario = queries.unscoped_current_scenarios(["queue"])["queue"]
    second = small_pack(world, reword)
    viewer = world.actor("manager")
    guide = queries.competency(viewer, old.public_id)
    assert (guide.row.number, guide.newer and guide.newer.number) == (1, 2)
    told = queries.scenario(viewer, old_scenario.public_id)
    assert (told.row.content["context"], told.newer and told.newer.number) == ("A queue.", 2)
    assert queries.pack(viewer, first.public_id).newer is second
    assert queries.pack(viewer, second.public_id).newer is None


def test_interviewers_read_guides_and_no_scenarios(world: World) -> None:
    world.member("ina")
    pack = small_pack(world)
    viewer = world.actor("ina")
    guide, scenario = db.session.query(CompetencyVersion).first(), db.session.query(ScenarioVersion).first()
    assert guide is not None
    assert scenario is not None
    assert queries.competency(viewer, guide.public_id).row is guide
    assert queries.pack(viewer, pack.public_id).row is pack
    assert queries.scenarios(viewer, 1).total == 0
    with pytest.raises(NotFoundError):
        queries.scenario(viewer, scenario.public_id)


@pytest.mark.parametrize("key", ["admin", "nobody"])
def test_administrators_and_strangers_read_no_guide(sqlite_world: World, key: str) -> None:
    small_pack(sqlite_world)
    viewer = sqlite_world.admin if key == "admin" else NOBODY
    guide = queries.unscoped_current_competencies(["safety"])["safety"]
    assert queries.competencies(viewer, 1).total == 0
    with pytest.raises(NotFoundError):
        queries.competency(viewer, guide.public_id)


def test_absent_ids_are_not_found(sqlite_world: World) -> None:
    sqlite_world.member("aud", Capacity.AUDITOR)
    viewer = sqlite_world.actor("aud")
    for read in (queries.pack, queries.competency, queries.scenario):
        with pytest.raises(NotFoundError):
            read(viewer, "nothing-like-this")


def test_a_scenario_names_the_competencies_it_listens_for(world: World) -> None:
    world.manager()
    starter_pack(world)
    row = queries.unscoped_current_scenarios(["near-miss"])["near-miss"]
    view = queries.scenario(world.actor("manager"), row.public_id)
    assert set(view.competencies) == set(row.content["listen_for"])


def test_many_rows_cost_as_many_statements_as_one(world: World) -> None:
    world.manager()
    viewer = world.actor("manager")

    def of_number(number: int) -> None:
        def change(data: Plain) -> None:
            data.update(key=f"pack-{number}", name=f"Pack {number}")

        small_pack(world, change)

    def statements() -> int:
        with counted() as seen:
            queries.packs(viewer, 1)
            queries.competencies(viewer, 1)
            queries.scenarios(viewer, 1)
        return len(seen)

    of_number(0)
    with_one = statements()
    for number in range(1, 30):
        of_number(number)
    assert queries.packs(viewer, 1).total == 30
    assert len(queries.packs(viewer, 1).rows) == queries.PACKS_A_PAGE
    assert statements() == with_one == 6
