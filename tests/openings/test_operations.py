"""Openings are created from a pack's track, edited without losing anybody's words, and moved through their life."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.foundation.access import Actor, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ForbiddenError, InvalidError, StaleEditError, WrongStateError
from hiringkit.openings import operations
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningDetails, OpeningState
from tests.openings.factories import draft, opening
from tests.world import World

DETAILS = OpeningDetails(
    title="Access Lead", place="Reno", zone="America/Los_Angeles", posts=2, posting_places=("US-WA", "US-CA")
)


def test_an_opening_starts_as_a_draft_with_its_pack_and_track(world: World) -> None:
    row = opening(world)
    assert (row.state, row.slug, row.version) == (OpeningState.DRAFT, "patient-access-manager", 1)
    assert row.track_key == "revenue-cycle-operations"
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "opening:created")).one()
    assert (event.scope, event.subject_id) == (row.public_id, row.public_id)
    assert "Patient Access Manager" not in event.content
    assert unscoped_break() is None


def test_equal_titles_get_different_public_names(world: World) -> None:
    slugs = [opening(world, title).slug for title in ("Nurse", "nurse!", "Nurse", "Nurse Lead", "Nur")]
    assert slugs == ["nurse", "nurse-2", "nurse-3", "nurse-lead", "nur"]


def test_equal_long_titles_get_different_public_names(world: World) -> None:
    title = "Senior coordinator of patient access and pre-registration services"
    slugs = {opening(world, title).slug for _ in range(3)} | {opening(world, "x" * 120).slug for _ in range(2)}
    assert len(slugs) == 5


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"place": ""}, "place"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"posts": 0}, "posts"),
        ({"posts": 501}, "posts"),
        ({"posting_places": ("US-XX",)}, "posting_places"),
        ({"track_key": "nothing"}, "track"),
        ({"pack_id": 999_999}, "track"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(sqlite_world: World, change: dict[str, Any], field: str) -> None:
    sqlite_world.manager()
    wanted = replace(draft(sqlite_world), **change)
    with pytest.raises(InvalidError) as refusal:
        operations.create_opening(wanted, by=sqlite_world.actor("manager"), at=now())
    assert list(refusal.value.problems) == [field]
    assert db.session.scalar(select(Opening)) is None


@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.INTERVIEWER, Capacity.AUDITOR])
def test_only_managers_of_the_team_create_edit_and_move(world: World, capacity: Capacity) -> None:
    row = opening(world)
    world.member("x", capacity)
    world.manager("other", "Other")
    for by in (world.actor("x"), world.actor("other"), world.admin):
        with pytest.raises(ForbiddenError):
            operations.create_opening(draft(world), by=by, at=now())
        with pytest.raises(ForbiddenError):
            operations.edit_opening(row, DETAILS, 1, by=by, at=now())
        with pytest.raises(ForbiddenError):
            operations.move_opening(row, "open", by=by, at=now())


def test_an_opening_is_created_by_a_member(world: World) -> None:
    with pytest.raises(ForbiddenError, match="by a member"):
        operations.create_opening(draft(world), by=Actor.system(), at=now())


def test_editing_keeps_the_public_name(world: World) -> None:
    row = opening(world)
    operations.edit_opening(row, DETAILS, 1, by=world.actor("manager"), at=now())
    db.session.expire_all()
    assert (row.title, row.place, row.zone, row.posts) == ("Access Lead", "Reno", "America/Los_Angeles", 2)
    assert (row.slug, row.version) == ("patient-access-manager", 2)


def test_posting_places_are_kept_once_each_in_one_order_and_are_on_record(world: World) -> None:
    world.manager()
    wanted = replace(draft(world), posting_places=("EU", "US-CO", "EU"))
    row = operations.create_opening(wanted, by=world.actor("manager"), at=now())
    assert row.posting_places == ["US-CO", "EU"]
    operations.edit_opening(row, DETAILS, 1, by=world.actor("manager"), at=now())
    db.session.expire_all()
    assert row.posting_places == ["US-CA", "US-WA"]
    told = [
        json.loads(content)["posting_places"]
        for content in db.session.scalars(
            select(AuditEvent.content).where(AuditEvent.scope == row.public_id).order_by(AuditEvent.seq)
        )
    ]
    assert told == [["US-CO", "EU"], ["US-CA", "US-WA"]]


def test_a_stale_edit_is_refused_with_what_is_stored(world: World) -> None:
    row = opening(world)
    by = world.actor("manager")
    operations.edit_opening(row, DETAILS, 1, by=by, at=now())
    with pytest.raises(StaleEditError) as refusal:
        operations.edit_opening(row, replace(DETAILS, title="Other"), 1, by=by, at=now())
    assert refusal.value.version == 2
    assert refusal.value.current == {
        "title": "Access Lead",
        "place": "Reno",
        "zone": "America/Los_Angeles",
        "posts": "2",
        "posting_places": "US-CA, US-WA",
    }
    db.session.expire_all()
    assert row.title == "Access Lead"


def test_a_life_from_draft_to_closed_and_back(world: World) -> None:
    row = opening(world)
    by = world.actor("manager")
    seen = []
    for move in ("open", "pause", "resume", "fill", "reopen", "close"):
        operations.move_opening(row, move, by=by, at=now())
        db.session.expire_all()
        seen.append(row.state.value)
    assert seen == ["open", "paused", "open", "filled", "open", "closed"]
    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.tag == "opening:moved").order_by(AuditEvent.seq)
    ).all()
    assert len(events) == 6
    assert '"from":"draft"' in events[0].content
    assert row.version == 1


def test_moves_that_do_not_fit_are_refused(world: World) -> None:
    row = opening(world)
    with pytest.raises(WrongStateError, match="This opening is draft"):
        operations.move_opening(row, "pause", by=world.actor("manager"), at=now())


def test_of_two_moves_from_one_state_the_later_is_refused(world: World) -> None:
    row = opening(world, state="open")
    by = world.actor("manager")
    elsewhere = update(Opening).where(Opening.id == row.id).values(state=OpeningState.CLOSED)
    db.session.execute(elsewhere.execution_options(synchronize_session=False))
    with pytest.raises(WrongStateError, match="it is closed now"):
        operations.move_opening(row, "pause", by=by, at=now())
