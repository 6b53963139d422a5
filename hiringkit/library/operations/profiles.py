"""Writes of role profiles: those of packs and of pasted text, each with its demographics in a table apart."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hiringkit.audit.operations import Recorded, operation
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import InvalidError
from hiringkit.library import queries
from hiringkit.library.models import Pack, RoleProfile, RoleProfileDemographics
from hiringkit.library.policy import LibraryPermission
from hiringkit.library.rules.profiling.reading import (
    NAME_LIMIT,
    SOURCE_LIMIT,
    ProfilesDraft,
    ProfilesReading,
    read_profiles,
)
from hiringkit.library.rules.profiling.storing import SortedProfile, demographics_text, of_pack, profile_text

A_DAY = timedelta(days=1)
"""Where it is tomorrow already, the day may be one ahead of ours."""


def check_profiles(draft: ProfilesDraft, *, at: datetime) -> ProfilesReading:
    """Read pasted role profiles without storing anything; a source or a day that cannot be is an InvalidError."""
    problems = {}
    if not draft.source:
        problems["source"] = "Say where the figures come from."
    if len(draft.source) > SOURCE_LIMIT:
        problems["source"] = f"Write at most {SOURCE_LIMIT} characters; this has {len(draft.source):,}."
    if draft.as_of > (at + A_DAY).date():
        problems["as_of"] = "This day is still to come. Give the day on which the figures were looked up."
    if problems:
        raise InvalidError(problems=problems)
    return read_profiles(draft)


def import_profiles(draft: ProfilesDraft, *, by: Actor, at: datetime) -> list[RoleProfile]:
    """Import pasted role profiles; return those that are new or have changed, and leave the others as they are."""
    demand(by, LibraryPermission.IMPORT)
    reading = check_profiles(draft, at=at)
    if not reading.is_importable:
        raise InvalidError(problems={"text": "Some of this cannot be read; see the list."})
    hashes = queries.unscoped_next_hashes(reading.roles)
    changed = [one for one in reading.roles if hashes[one.profile.key]]
    return add_profiles(changed, by=by, at=at) if changed else []


def fill_profiles(pack: Pack, *, by: Actor, at: datetime) -> list[RoleProfile]:
    """Store the role profiles of a pack that was imported before they were stored; what is there stays."""
    wanted = of_pack(queries.pack_content(pack))
    known = queries.unscoped_current_profiles(one.profile.key for one in wanted)
    missing = [one for one in wanted if one.profile.key not in known]
    return add_profiles(missing, by=by, at=at) if missing else []


@operation("profiles:imported")
def add_profiles(profiles: Sequence[SortedProfile], *, by: Actor, at: datetime) -> Recorded[list[RoleProfile]]:
    """Store role profiles that are new or have changed."""
    demand(by, LibraryPermission.IMPORT)
    rows = keep_profiles(profiles, at)
    return Recorded(rows, about=rows[0], values={"role_profiles": [row.public_id for row in rows]})


def keep_profiles(profiles: Sequence[SortedProfile], at: datetime) -> list[RoleProfile]:
    """Add a row for each profile whose newest state says something else; part of the operation that calls it."""
    added: list[RoleProfile] = []
    hashes = queries.unscoped_next_hashes(profiles)
    for one in profiles:
        if content_hash := hashes[one.profile.key]:
            row = RoleProfile(
                public_id=new_public_id(),
                key=one.profile.key,
                name=one.profile.name[:NAME_LIMIT],
                source=one.profile.source[:SOURCE_LIMIT],
                as_of=one.as_of,
                content=profile_text(one.profile),
                content_hash=content_hash,
                imported_at=at,
            )
            db.session.add(row)
            db.session.flush()
            if one.demographics:
                content = demographics_text(one.demographics)
                db.session.add(RoleProfileDemographics(profile_id=row.id, content=content))
            added.append(row)
    return added
