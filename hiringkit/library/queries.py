"""Reads of the library: packs, role profiles, and the versions of competencies, sets and scenarios."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true

from hiringkit.foundation.access import Actor, Permission, may
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.library.models import (
    CompetencySetMember,
    CompetencySetVersion,
    CompetencyVersion,
    Pack,
    RoleProfile,
    ScenarioVersion,
)
from hiringkit.library.policy import LibraryPermission
from hiringkit.library.rules.pack import Pack as PackContent
from hiringkit.library.rules.pack import RoleProfile as Profile
from hiringkit.library.rules.parsing import parse_pack
from hiringkit.library.rules.profiling.storing import SortedProfile, profile_hash, profile_text, read_profile

PACKS_A_PAGE = 10
KEPT_PACKS = 16
Versioned = TypeVar("Versioned", CompetencyVersion, ScenarioVersion, CompetencySetVersion, RoleProfile)


@dataclass(frozen=True)
class PackView:
    """A pack with what is in it; `newer` is the state that has replaced it, if one has."""

    row: Pack
    content: PackContent
    newer: Pack | None = None


@dataclass(frozen=True)
class GuideView:
    """A competency version; `newer` is the version that has replaced it, if one has."""

    row: CompetencyVersion
    newer: CompetencyVersion | None


@dataclass(frozen=True)
class ScenarioView:
    """A scenario version with the competencies it listens for, by key; `newer` as in GuideView."""

    row: ScenarioVersion
    competencies: dict[str, CompetencyVersion]
    newer: ScenarioVersion | None


@dataclass(frozen=True)
class ProfileView:
    """A role profile with what it says; `newer` is the state that has replaced it, if one has."""

    row: RoleProfile
    content: Profile
    newer: RoleProfile | None = None


def packs(viewer: Actor, number: int) -> Page[PackView]:
    """Return one page of the packs as they were imported last, by name."""
    wanted = select(Pack).where(_newest_pack(), _visible(viewer, LibraryPermission.LIST)).order_by(Pack.name, Pack.id)
    page = paged(wanted, number, size=PACKS_A_PAGE)
    return Page([PackView(row, pack_content(row)) for row in page.rows], page.number, page.pages, page.total)


def pack(viewer: Actor, public_id: str) -> PackView:
    """Return a pack that the viewer may read, or raise NotFoundError."""
    visible = _visible(viewer, LibraryPermission.READ_GUIDES)
    found = db.session.scalar(select(Pack).where(Pack.public_id == public_id, visible))
    if found is None:
        raise NotFoundError
    newest = db.session.scalar(select(Pack).where(Pack.key == found.key).order_by(Pack.id.desc()).limit(1))
    return PackView(found, pack_content(found), newest if newest is not found else None)


def competencies(viewer: Actor, number: int) -> Page[CompetencyVersion]:
    """Return one page of the competencies in force, by name."""
    visible = _visible(viewer, LibraryPermission.READ_GUIDES)
    return paged(_in_force(CompetencyVersion).where(visible).order_by(CompetencyVersion.name), number)


def competency(viewer: Actor, public_id: str) -> GuideView:
    """Return a competency version that the viewer may read, or raise NotFoundError."""
    visible = _visible(viewer, LibraryPermission.READ_GUIDES)
    found = db.session.scalar(select(CompetencyVersion).where(CompetencyVersion.public_id == public_id, visible))
    if found is None:
        raise NotFoundError
    newest = unscoped_current_competencies([found.key])[found.key]
    return GuideView(found, newest if newest.id != found.id else None)


def scenarios(viewer: Actor, number: int) -> Page[ScenarioVersion]:
    """Return one page of the scenarios in force, by name."""
    visible = _visible(viewer, LibraryPermission.READ_SCENARIOS)
    return paged(_in_force(ScenarioVersion).where(visible).order_by(ScenarioVersion.name), number)


def scenario(viewer: Actor, public_id: str) -> ScenarioView:
    """Return a scenario version that the viewer may read, or raise NotFoundError."""
    visible = _visible(viewer, LibraryPermission.READ_SCENARIOS)
    found = db.session.scalar(select(ScenarioVersion).where(ScenarioVersion.public_id == public_id, visible))
    if found is None:
        raise NotFoundError
    newest = unscoped_current_scenarios([found.key])[found.key]
    heard = unscoped_current_competencies(found.content["listen_for"])
    return ScenarioView(found, heard, newest if newest.id != found.id else None)


def profiles(viewer: Actor, number: int) -> Page[ProfileView]:
    """Return one page of the role profiles in force, by name."""
    wanted = _in_force(RoleProfile).where(_visible(viewer, LibraryPermission.READ_GUIDES))
    page = paged(wanted.order_by(RoleProfile.name, RoleProfile.id), number)
    return Page([_profile_view(row) for row in page.rows], page.number, page.pages, page.total)


def profile(viewer: Actor, public_id: str) -> ProfileView:
    """Return a role profile that the viewer may read, or raise NotFoundError."""
    visible = _visible(viewer, LibraryPermission.READ_GUIDES)
    found = db.session.scalar(select(RoleProfile).where(RoleProfile.public_id == public_id, visible))
    if found is None:
        raise NotFoundError
    newest = _current(RoleProfile, [found.key])[found.key]
    return replace(_profile_view(found), newer=newest if newest.id != found.id else None)


def profiles_to_compare(viewer: Actor, asked: Collection[str], most: int, name: str = "") -> list[ProfileView]:
    """Return the profiles asked for by public id, in force or not, then up to `most` in force that have the name."""
    is_asked = RoleProfile.public_id.in_(sorted(set(asked)))
    in_force = RoleProfile.id.in_(select(func.max(RoleProfile.id)).group_by(RoleProfile.key))
    found = or_(is_asked, and_(in_force, RoleProfile.name.icontains(name, autoescape=True)))
    wanted = select(RoleProfile).where(found, _visible(viewer, LibraryPermission.READ_GUIDES))
    first = wanted.order_by(case((is_asked, 0), else_=1), RoleProfile.name, RoleProfile.id).limit(most + len(asked))
    return [_profile_view(row) for row in db.session.scalars(first)]


def _profile_view(row: RoleProfile) -> ProfileView:
    return ProfileView(row, read_profile(row.content))


def unscoped_current_profiles(keys: Iterable[str]) -> dict[str, RoleProfile]:
    """Return the state in force of each of these role profiles."""
    return _current(RoleProfile, keys)


def unscoped_next_hashes(profiles: Iterable[SortedProfile]) -> dict[str, str | None]:
    """Return by key the hash that each profile would be stored under, or None when the newest state says the same."""
    wanted = {one.profile.key: one for one in profiles}
    counted = (
        select(RoleProfile.key, func.max(RoleProfile.id).label("newest"), func.count().label("states"))
        .where(RoleProfile.key.in_(sorted(wanted)))
        .group_by(RoleProfile.key)
        .subquery()
    )
    rows = db.session.execute(
        select(RoleProfile.key, RoleProfile.content_hash, counted.c.states).join(
            counted, counted.c.newest == RoleProfile.id
        )
    )
    stored = {key: (known, states) for key, known, states in rows}
    found: dict[str, str | None] = {}
    for key, one in wanted.items():
        known, states = stored.get(key, ("", 0))
        text = profile_text(one.profile)
        is_same = states > 0 and known == profile_hash(text, one.demographics, states)
        found[key] = None if is_same else profile_hash(text, one.demographics, states + 1)
    return found


def _visible(viewer: Actor, permission: Permission) -> ColumnElement[bool]:
    return true() if may(viewer, permission) else false()


def pack_content(row: Pack) -> PackContent:
    """Return what a stored pack says; a pack never changes, so it is read once a process."""
    return _parsed(row.content)


@lru_cache(maxsize=KEPT_PACKS)
def _parsed(content: str) -> PackContent:
    return parse_pack(json.loads(content))


def unscoped_pack(pack_id: int) -> Pack:
    """Return the pack of this id."""
    return db.session.get_one(Pack, pack_id)


def unscoped_packs_of(pack_ids: Iterable[int]) -> dict[int, Pack]:
    """Return the packs of these ids, in one statement."""
    return {row.id: row for row in db.session.scalars(select(Pack).where(Pack.id.in_(sorted(set(pack_ids)))))}


def unscoped_packs() -> Sequence[Pack]:
    """Return every pack as it was imported last, by name."""
    return db.session.scalars(select(Pack).where(_newest_pack()).order_by(Pack.name, Pack.id)).all()


def unscoped_pack_of(key: str, content_hash: str) -> Pack | None:
    """Return the pack of exactly this content, or None."""
    return db.session.scalar(select(Pack).where(Pack.key == key, Pack.content_hash == content_hash))


def _newest_pack() -> ColumnElement[bool]:
    return Pack.id.in_(select(func.max(Pack.id)).group_by(Pack.key))


def unscoped_competencies(ids: Iterable[int]) -> dict[int, CompetencyVersion]:
    """Return these competency versions by id."""
    found = select(CompetencyVersion).where(CompetencyVersion.id.in_(sorted(set(ids))))
    return {row.id: row for row in db.session.scalars(found)}


def unscoped_scenarios(ids: Iterable[int]) -> dict[int, ScenarioVersion]:
    """Return these scenario versions by id."""
    found = select(ScenarioVersion).where(ScenarioVersion.id.in_(sorted(set(ids))))
    return {row.id: row for row in db.session.scalars(found)}


def unscoped_current_competencies(keys: Iterable[str]) -> dict[str, CompetencyVersion]:
    """Return the version in force, the one of the highest number, of each of these competencies."""
    return _current(CompetencyVersion, keys)


def unscoped_current_scenarios(keys: Iterable[str]) -> dict[str, ScenarioVersion]:
    """Return the version in force of each of these scenarios."""
    return _current(ScenarioVersion, keys)


def unscoped_current_sets(keys: Iterable[str]) -> dict[str, CompetencySetVersion]:
    """Return the version in force of each of these competency sets."""
    return _current(CompetencySetVersion, keys)


def unscoped_current_set(key: str) -> CompetencySetVersion | None:
    """Return the version in force of one competency set, or None."""
    return unscoped_current_sets([key]).get(key)


def unscoped_set_members(set_version_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return the competency version ids of each of these set versions, in their order."""
    wanted = sorted(set(set_version_ids))
    found: dict[int, list[int]] = {number: [] for number in wanted}
    rows = db.session.execute(
        select(CompetencySetMember.set_version_id, CompetencySetMember.competency_version_id)
        .where(CompetencySetMember.set_version_id.in_(wanted))
        .order_by(CompetencySetMember.set_version_id, CompetencySetMember.position)
    )
    for set_version_id, competency_version_id in rows:
        found[set_version_id].append(competency_version_id)
    return found


def _current(table: type[Versioned], keys: Iterable[str]) -> dict[str, Versioned]:
    wanted = _in_force(table).where(table.key.in_(sorted(set(keys))))
    return {row.key: row for row in db.session.scalars(wanted)}


def _in_force(table: type[Versioned]) -> Select[Versioned]:
    """Select the newest version of every key; a later row has a higher number."""
    return select(table).where(table.id.in_(select(func.max(table.id)).group_by(table.key)))
