"""Writes of packs: linting and importing them, with the versions that changed in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hiringkit.audit.operations import Recorded, operation
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id, outside
from hiringkit.foundation.errors import ConflictError, InvalidError
from hiringkit.library import queries
from hiringkit.library.models import (
    CompetencySetMember,
    CompetencySetVersion,
    CompetencyVersion,
    Pack,
    ScenarioVersion,
)
from hiringkit.library.operations.profiles import fill_profiles, keep_profiles
from hiringkit.library.packs import pack_data, shipped_pack_text, shipped_packs
from hiringkit.library.policy import LibraryPermission
from hiringkit.library.rules.pack import Pack as PackContent
from hiringkit.library.rules.parsing import parse_pack
from hiringkit.library.rules.profiling.storing import of_pack
from hiringkit.library.rules.versions import (
    competency_content,
    pack_hash,
    pack_text,
    scenario_content,
    shared_keys,
    version_hash,
)


@dataclass(frozen=True)
class CheckedPack:
    """A pack that has linted clean: its content, the text that is stored, and the hash of both."""

    content: PackContent
    text: str
    content_hash: str


def import_builtin_packs(*, by: Actor, at: datetime) -> list[str]:
    """Import every pack that comes with hiringkit; return their names."""
    texts = {key: shipped_pack_text(key) for key in shipped_packs()}
    return [import_pack(text, f"{key}.yaml", by=by, at=at).name for key, text in texts.items()]


def import_pack(text: str, file_name: str, *, by: Actor, at: datetime) -> Pack:
    """Lint a pack and import it; PackRefusedError lists every finding, content that is known changes nothing."""
    return import_checked(check_pack(text, file_name), by=by, at=at)


def check_pack(text: str, file_name: str) -> CheckedPack:
    """Lint a pack, holding no transaction meanwhile, or raise PackRefusedError."""
    with outside():
        data = pack_data(text, file_name)
        return CheckedPack(parse_pack(data), pack_text(data), pack_hash(data))


def import_checked(checked: CheckedPack, *, by: Actor, at: datetime) -> Pack:
    """Import a pack that was linted; one that is known already is returned as it is, without an event."""
    demand(by, LibraryPermission.IMPORT)
    known = queries.unscoped_pack_of(checked.content.key, checked.content_hash)
    if known is None:
        return add_pack(checked, by=by, at=at)
    newest = {row.key: row for row in queries.unscoped_packs()}[known.key]
    if newest.id != known.id:
        message = f"“{known.name}” was imported with exactly this content before, and has been replaced since."
        raise ConflictError(message, remedy="To go back to it, raise its version and import it again.")
    fill_profiles(known, by=by, at=at)
    return known


@operation("pack:imported")
def add_pack(checked: CheckedPack, *, by: Actor, at: datetime) -> Recorded[Pack]:
    """Store a new state of a pack, with new versions of what has changed in it."""
    demand(by, LibraryPermission.IMPORT)
    content = checked.content
    _refuse_shared_keys(content)
    row = Pack(
        public_id=new_public_id(),
        key=content.key,
        name=content.name,
        version=content.version,
        content=checked.text,
        content_hash=checked.content_hash,
        imported_at=at,
    )
    db.session.add(row)
    rated, new_competencies = _keep_competencies(content, at)
    values = {
        "content_hash": checked.content_hash,
        "competency_versions": new_competencies,
        "scenario_versions": _keep_scenarios(content, at),
        "competency_set_versions": _keep_sets(content, rated, at),
        "role_profiles": [one.public_id for one in keep_profiles(of_pack(content), at)],
    }
    return Recorded(row, about=row, values=values)


def _refuse_shared_keys(content: PackContent) -> None:
    for row in queries.unscoped_packs():
        if row.key == content.key:
            continue
        if shared := shared_keys(content, queries.pack_content(row)):
            words = ", ".join(shared)
            message = f"The pack “{row.name}” defines these too, with other content: {words}. Give yours other keys."
            raise InvalidError(problems={"text": message})


def _keep_competencies(content: PackContent, at: datetime) -> tuple[dict[str, CompetencyVersion], list[str]]:
    """Return the version in force of each competency of the pack, and the public ids of new ones."""
    current = queries.unscoped_current_competencies(one.key for one in content.competencies)
    added: list[str] = []
    for one in content.competencies:
        columns = competency_content(one)
        if fixed := _next(columns, current.get(one.key)):
            row = CompetencyVersion(public_id=new_public_id(), key=one.key, created_at=at, **columns, **fixed)
            db.session.add(row)
            current[one.key] = row
            added.append(row.public_id)
    db.session.flush()
    return current, added


def _keep_scenarios(content: PackContent, at: datetime) -> list[str]:
    current = queries.unscoped_current_scenarios(one.key for one in content.scenarios)
    added: list[str] = []
    for one in content.scenarios:
        columns = scenario_content(one)
        if fixed := _next(columns, current.get(one.key)):
            row = ScenarioVersion(public_id=new_public_id(), key=one.key, created_at=at, **columns, **fixed)
            db.session.add(row)
            added.append(row.public_id)
    return added


def _keep_sets(content: PackContent, rated: Mapping[str, CompetencyVersion], at: datetime) -> list[str]:
    """A set is its name and the exact versions of its competencies, so it moves on when one of them does."""
    current = queries.unscoped_current_sets(one.key for one in content.competency_sets)
    added: list[str] = []
    for one in content.competency_sets:
        members = [rated[key] for key in one.competencies]
        said = {"name": one.name, "competencies": [member.content_hash for member in members]}
        if fixed := _next(said, current.get(one.key)):
            row = CompetencySetVersion(public_id=new_public_id(), key=one.key, name=one.name, created_at=at, **fixed)
            db.session.add(row)
            db.session.flush()
            db.session.add_all(
                CompetencySetMember(set_version_id=row.id, competency_version_id=member.id, position=position)
                for position, member in enumerate(members, 1)
            )
            added.append(row.public_id)
    return added


def _next(
    said: Mapping[str, Any], current: CompetencyVersion | ScenarioVersion | CompetencySetVersion | None
) -> dict[str, Any] | None:
    """Return number and hash of the version that this content needs, or None when the current one says the same."""
    if current is not None and current.content_hash == version_hash(said, current.number):
        return None
    number = current.number + 1 if current is not None else 1
    return {"number": number, "content_hash": version_hash(said, number)}
