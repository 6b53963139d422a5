"""Disclosures start from the template, are checked section by section, and are published for good."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import keyring_for, unscoped_break
from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.models import DisclosureVersion, DisclosureWithdrawal
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.document import content_hash, read_document
from hiringkit.disclosures.rules.fields import SECTIONS
from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.foundation.access import Actor, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, StaleEditError, WrongStateError
from hiringkit.library.models import Pack
from tests.disclosures.factories import checked, claims_of, draft, published, saved, today
from tests.library.factories import small_pack
from tests.openings.factories import opening
from tests.world import World

PAY_LEVEL = {"pay.level": TypedAnswer(({"value": "Manager 2 of 2"},), basis="policy", source="Level guide")}


def events(tag: str) -> list[AuditEvent]:
    """Return the events of a tag, oldest first."""
    return list(db.session.scalars(select(AuditEvent).where(AuditEvent.tag == tag).order_by(AuditEvent.seq)))


def test_a_draft_starts_from_the_packs_template_with_everything_to_check(world: World) -> None:
    row = opening(world)
    made = draft(world, row)
    assert {one.key: one.confirmed_at for one in queries.unscoped_sections(made.id).values()} == dict.fromkeys(
        [one.key for one in SECTIONS]
    )
    claims = queries.unscoped_claims(made.id)
    assert len(claims) > 60
    assert {one.as_of for one in claims} == {None}
    (event,) = events("disclosure:started")
    assert (event.scope, event.subject_id) == (row.public_id, made.public_id)


def test_starting_twice_gives_the_same_draft_and_one_event(world: World) -> None:
    row = opening(world)
    assert draft(world, row).id == draft(world, row).id
    assert len(events("disclosure:started")) == 1


def test_a_template_with_little_in_it_leaves_the_rest_open(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    row.pack_id = small_pack(world).id
    db.session.commit()
    made = draft(world, row)
    assert len(queries.unscoped_sections(made.id)) == len(SECTIONS)
    assert len(queries.unscoped_claims(made.id)) < 10
    assert db.session.scalar(select(func.count()).select_from(Pack)) == 2


@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR])
def test_only_managers_of_the_team_write(sqlite_world: World, capacity: Capacity) -> None:
    world = sqlite_world
    row = opening(world)
    made = checked(world, row)
    version = published(world, row)
    world.member("other", capacity)
    world.manager("neighbour", team="Other")
    section = queries.unscoped_sections(made.id)["why"]
    for key in ("other", "neighbour"):
        by = world.actor(key)
        with pytest.raises(ForbiddenError):
            operations.save_section(made, "why", claims_of(made, "why"), section.version, by=by, at=now())
        with pytest.raises(ForbiddenError):
            operations.publish_disclosure(row, by=by, at=now())
        with pytest.raises(ForbiddenError):
            operations.withdraw_disclosure(version, "A mistake.", by=by, at=now())
        with pytest.raises(ForbiddenError):
            operations.start_draft(opening(world, "Another"), by=by, at=now())


def test_saving_confirms_the_section_and_replaces_its_claims_only(world: World) -> None:
    made = draft(world)
    before = [one for one in queries.unscoped_claims(made.id) if not one.field.startswith("pay.")]
    saved(world, made, "pay", PAY_LEVEL)
    sections, claims = queries.unscoped_sections(made.id), queries.unscoped_claims(made.id)
    assert (sections["pay"].version, sections["pay"].confirmed_at is not None) == (2, True)
    assert (sections["why"].version, sections["why"].confirmed_at) == (1, None)
    assert [one for one in claims if not one.field.startswith("pay.")] == before
    level = next(one for one in claims if one.field == "pay.level")
    assert (level.values["value"], level.source, level.as_of) == ("Manager 2 of 2", "Level guide", today(made))


def test_the_second_editor_of_a_section_overwrites_nothing(world: World) -> None:
    made = draft(world)
    claims = claims_of(made, "pay")
    saved(world, made, "pay", PAY_LEVEL)
    with pytest.raises(StaleEditError) as stale:
        operations.save_section(made, "pay", claims, 1, by=world.actor("manager"), at=now())
    assert stale.value.version == 2
    assert stale.value.current["level-0-value"] == "Manager 2 of 2"
    assert any(one.values.get("value") == "Manager 2 of 2" for one in queries.unscoped_claims(made.id))


def test_another_section_may_be_saved_at_the_same_time(world: World) -> None:
    made = draft(world)
    saved(world, made, "pay")
    saved(world, made, "why")
    assert {one.version for one in queries.unscoped_sections(made.id).values()} == {1, 2}


def test_contradictions_and_foreign_fields_are_refused(sqlite_world: World) -> None:
    world = sqlite_world
    made = draft(world)
    by = world.actor("manager")
    with pytest.raises(InvalidError) as refused:
        operations.save_section(made, "why", [Claim("why.kind")], 1, by=by, at=now())
    assert set(refused.value.problems) == {"kind-0-value"}
    with pytest.raises(ValueError, match=r"pay\.level"):
        operations.save_section(made, "why", [Claim("pay.level", none_reason="None.")], 1, by=by, at=now())
    assert queries.unscoped_sections(made.id)["why"].version == 1


def test_publishing_freezes_what_the_draft_says(world: World) -> None:
    row = opening(world)
    made = checked(world, row)
    version = operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    assert (version.number, version.published_by_id) == (1, world.members["manager"].id)
    assert version.content_hash == content_hash(version.content)
    assert read_document(version.content).claims == queries.unscoped_claims(made.id)
    (event,) = events("disclosure:published")
    assert event.scope == row.public_id
    assert version.content_hash in event.content
    assert unscoped_break() is None


def test_publishing_again_gives_version_2_and_the_first_stays(world: World) -> None:
    row = opening(world)
    first = published(world, row)
    frozen = (first.content, first.content_hash, first.published_at)
    saved(world, draft(world, row), "pay", PAY_LEVEL)
    second = operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    db.session.expire_all()
    kept = queries.unscoped_version(first.id)
    assert (kept.content, kept.content_hash, kept.published_at) == frozen
    assert (kept.number, second.number) == (1, 2)
    assert second.content_hash != first.content_hash
    assert queries.unscoped_current_version(row.id) == second


def test_a_published_version_cannot_be_changed_in_the_database_either(world: World) -> None:
    version = published(world)
    with pytest.raises(DBAPIError):
        db.session.execute(update(DisclosureVersion).where(DisclosureVersion.id == version.id).values(content="{}"))
    db.session.rollback()


def test_publishing_names_the_required_questions_that_are_open(world: World) -> None:
    row = opening(world)
    made = checked(world, row)
    saved(world, made, "workload", {"workload.interruptions": TypedAnswer(), "workload.travel": TypedAnswer()})
    with pytest.raises(InvalidError) as refused:
        operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    assert list(refused.value.problems) == ["workload.interruptions"]
    assert "How often am I interrupted" in refused.value.problems["workload.interruptions"]
    assert queries.unscoped_current_version(row.id) is None


def test_publishing_what_only_the_template_says_is_refused(world: World) -> None:
    row = opening(world)
    made = draft(world, row)
    for one in SECTIONS[1:]:
        saved(world, made, one.key)
    with pytest.raises(InvalidError, match="Why this opening"):
        operations.publish_disclosure(row, by=world.actor("manager"), at=now())


def test_nothing_is_published_without_a_draft_or_over_a_section_saved_meanwhile(world: World) -> None:
    row = opening(world)
    by = world.actor("manager")
    with pytest.raises(ConflictError):
        operations.publish_disclosure(row, by=by, at=now())
    made = checked(world, row)
    seen = sum(one.version for one in queries.unscoped_sections(made.id).values())
    saved(world, made, "pay", PAY_LEVEL)
    with pytest.raises(ConflictError, match="Somebody saved a section"):
        operations.publish_disclosure(row, seen=seen, by=by, at=now())
    assert operations.publish_disclosure(row, seen=seen + 1, by=by, at=now()).number == 1


def test_publishing_is_an_act_of_a_member(world: World) -> None:
    row = opening(world)
    checked(world, row)
    with pytest.raises(ForbiddenError):
        operations.publish_disclosure(row, by=Actor.operator("root"), at=now())


def test_withdrawing_seals_the_reason_and_brings_the_earlier_version_back(world: World) -> None:
    row = opening(world)
    first = published(world, row)
    second = published(world, row)
    by = world.actor("manager")
    made = operations.withdraw_disclosure(second, " The volumes were wrong. ", by=by, at=now())
    assert queries.unscoped_current_version(row.id) == first
    assert b"volumes" not in made.reason
    assert keyring_for([made.reason]).open(made.reason) == "The volumes were wrong."
    (event,) = events("disclosure:withdrawn")
    assert (event.scope, event.subject_id) == (row.public_id, second.public_id)
    assert "volumes" not in event.content
    operations.withdraw_disclosure(first, "As well.", by=by, at=now())
    assert queries.unscoped_current_version(row.id) is None


def test_the_next_version_after_a_withdrawal_takes_a_new_number(world: World) -> None:
    row = opening(world)
    operations.withdraw_disclosure(published(world, row), "Wrong.", by=world.actor("manager"), at=now())
    assert published(world, row).number == 2


def test_a_version_is_withdrawn_once_and_with_a_reason(world: World) -> None:
    version = published(world)
    by = world.actor("manager")
    for reason in ("", "   ", "\u200e\u202e", "x" * 1001):
        with pytest.raises(InvalidError):
            operations.withdraw_disclosure(version, reason, by=by, at=now())
    operations.withdraw_disclosure(version, "Wrong.", by=by, at=now())
    with pytest.raises(WrongStateError):
        operations.withdraw_disclosure(version, "Again.", by=by, at=now())
    assert db.session.scalar(select(func.count()).select_from(DisclosureWithdrawal)) == 1
