"""Importing lints first, keeps what is known, and makes new versions of what has changed and of nothing else."""

import pytest
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.foundation.access import Actor
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError
from hiringkit.library import operations, queries
from hiringkit.library.models import CompetencyVersion, Pack, ScenarioVersion
from hiringkit.library.packs import PackRefusedError
from tests.library import made
from tests.library.factories import Plain, small_pack, small_text, starter_pack
from tests.world import World


def events() -> int:
    """Return how many imports the record knows."""
    return db.session.scalar(select(func.count()).where(AuditEvent.tag == "pack:imported")) or 0


def numbers(table: type[CompetencyVersion | ScenarioVersion]) -> dict[str, int]:
    """Return the highest number of each key."""
    rows = db.session.execute(select(table.key, func.max(table.number).label("number")).group_by(table.key))
    return {row.key: row.number for row in rows}


def reword(data: Plain) -> None:
    """Change one anchor of one competency, and the version of the pack."""
    data["competencies"][3]["anchors"]["5"] = "Does it, and says so."
    data["version"] = "2"


def test_starter_pack_brings_its_competencies_scenarios_and_sets(world: World) -> None:
    pack = starter_pack(world)
    content = queries.pack_content(pack)
    assert (len(content.tracks), len(content.competencies), len(content.scenarios)) == (5, 9, 8)
    assert len(queries.unscoped_current_competencies(one.key for one in content.competencies)) == 9
    assert len(queries.unscoped_current_scenarios(one.key for one in content.scenarios)) == 8
    judgement = queries.unscoped_current_set("judgement")
    assert judgement is not None
    members = queries.unscoped_set_members([judgement.id])[judgement.id]
    known = queries.unscoped_competencies(members)
    assert [known[number].key for number in members] == list(content.competency_set("judgement").competencies)
    assert events() == 1
    assert unscoped_break() is None


def test_stored_pack_reads_back_as_the_file_says(world: World) -> None:
    pack = small_pack(world)
    db.session.expire_all()
    held = queries.pack_content(queries.unscoped_pack(pack.id))
    assert held.competency("safety").anchors[1] == made.pack()["competencies"][0]["anchors"]["1"]
    assert held.role_profiles[0].jobs is None
    assert held.loop_template.stages[0].panel == 2


def test_the_same_content_is_imported_once_whatever_its_layout(world: World) -> None:
    first = small_pack(world)
    laid_out_differently = "# A comment.\n" + small_text().replace("\n", "\r\n")
    again = operations.import_pack(laid_out_differently, "again.yaml", by=world.admin, at=now())
    assert again.id == first.id
    assert events() == 1
    assert set(numbers(CompetencyVersion).values()) == {1}


def test_only_what_changed_gets_a_new_number(world: World) -> None:
    small_pack(world)
    first_set = queries.unscoped_current_set("all")
    second = small_pack(world, reword)
    assert numbers(CompetencyVersion) == {"safety": 1, "rules": 1, "records": 1, "flow": 2, "words": 1}
    assert set(numbers(ScenarioVersion).values()) == {1}
    now_set = queries.unscoped_current_set("all")
    assert first_set is not None
    assert now_set is not None
    assert (first_set.number, now_set.number) == (1, 2)
    members = queries.unscoped_set_members([first_set.id, now_set.id])
    assert [a == b for a, b in zip(members[first_set.id], members[now_set.id], strict=True)] == [
        True,
        True,
        True,
        False,
        True,
    ]
    assert [row.id for row in queries.unscoped_packs()] == [second.id]


def test_going_back_to_earlier_words_is_a_new_version(world: World) -> None:
    small_pack(world)
    small_pack(world, reword)
    small_pack(world, lambda data: data.update(version="3"))
    assert numbers(CompetencyVersion)["flow"] == 3


def test_content_that_was_replaced_is_not_taken_again_unchanged(world: World) -> None:
    small_pack(world)
    small_pack(world, reword)
    with pytest.raises(ConflictError, match="has been replaced since") as refusal:
        small_pack(world)
    assert "raise its version" in refusal.value.remedy
    assert events() == 2


def test_a_pack_with_findings_is_refused_with_all_of_them_and_leaves_nothing(world: World) -> None:
    def spoil(data: Plain) -> None:
        data["competency_sets"][0]["competencies"][4] = "wrods"
        data["scenarios"][0]["prompt"] = "What is your current salary?"

    with pytest.raises(PackRefusedError) as refusal:
        operations.import_pack(small_text(spoil), "mine.yaml", by=world.admin, at=now())
    assert isinstance(refusal.value, InvalidError)
    listed = str(refusal.value)
    assert "mine.yaml:" in listed
    assert "competency_sets[0].competencies[4]: there is no competency “wrods” in this pack" in listed
    assert "scenarios[0].prompt: “What is your current salary” is refused." in listed
    assert db.session.scalar(select(func.count()).select_from(Pack)) == 0


def test_another_pack_may_share_a_competency_but_not_change_it(world: World) -> None:
    small_pack(world)
    shared = small_pack(world, lambda data: data.update(key="other", name="Other"))
    assert set(numbers(CompetencyVersion).values()) == {1}
    assert shared.key == "other"

    def take_over(data: Plain) -> None:
        reword(data)
        data.update(key="third", name="Third")

    with pytest.raises(InvalidError) as refusal:
        small_pack(world, take_over)
    assert "competency “flow”" in refusal.value.problems["text"]
    assert set(numbers(CompetencyVersion).values()) == {1}


def test_managers_and_administrators_import_and_interviewers_do_not(world: World) -> None:
    world.manager()
    world.member("ina")
    assert small_pack(world, by=world.actor("manager")).key == "small"
    with pytest.raises(ForbiddenError):
        small_pack(world, reword, by=world.actor("ina"))
    assert small_pack(world, reword, by=world.admin).version == "2"


def test_builtin_packs_are_imported_by_name_and_only_once(world: World) -> None:
    for _ in range(2):
        assert operations.import_builtin_packs(by=Actor.operator("test"), at=now()) == ["Patient access"]
    assert events() == 1
