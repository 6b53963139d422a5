"""Reads of openings, within the teams of the viewer."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import case, select

from hiringkit.foundation.access import Actor, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.library.queries import pack_content, unscoped_packs_of
from hiringkit.openings.models import Opening
from hiringkit.openings.policy import OpeningPermission
from hiringkit.openings.rules import OpeningState, slug_start
from hiringkit.people.models import Team

OVER = (OpeningState.FILLED, OpeningState.CLOSED)


@dataclass(frozen=True)
class OpeningWords:
    """The names of what an opening points to."""

    team: str
    pack: str
    track: str


def openings(viewer: Actor, number: int, state: OpeningState | None = None) -> Page[Opening]:
    """Return one page of the openings that the viewer may read: live ones first, newest first."""
    seen = scope(viewer, OpeningPermission.READ)
    over = case((Opening.state.in_(OVER), 1), else_=0)
    wanted = select(Opening).where(seen.limits(Opening.team_id)).order_by(over, Opening.id.desc())
    if state is not None:
        wanted = wanted.where(Opening.state == state)
    return paged(wanted, number)


def opening(viewer: Actor, public_id: str) -> Opening:
    """Return an opening that the viewer may read, or raise NotFoundError."""
    seen = scope(viewer, OpeningPermission.READ)
    found = db.session.scalar(select(Opening).where(Opening.public_id == public_id, seen.limits(Opening.team_id)))
    if found is None:
        raise NotFoundError
    return found


def unscoped_opening(opening_id: int) -> Opening:
    """Return the opening of this id."""
    return db.session.get_one(Opening, opening_id)


def unscoped_openings(opening_ids: Iterable[int]) -> dict[int, Opening]:
    """Return the openings of these ids, in one statement."""
    wanted = select(Opening).where(Opening.id.in_(sorted(set(opening_ids))))
    return {row.id: row for row in db.session.scalars(wanted)}


def unscoped_opening_of(slug: str) -> Opening | None:
    """Return the opening of this public name, or None."""
    return db.session.scalar(select(Opening).where(Opening.slug == slug))


def unscoped_words(rows: Collection[Opening]) -> dict[int, OpeningWords]:
    """Return the names of team, pack and track of each of these openings by its id, in two statements."""
    team_ids = sorted({row.team_id for row in rows})
    names = {team.id: team.name for team in db.session.scalars(select(Team).where(Team.id.in_(team_ids)))}
    packs = {number: pack_content(pack) for number, pack in unscoped_packs_of(row.pack_id for row in rows).items()}
    tracks = {(number, track.key): track.name for number, pack in packs.items() for track in pack.tracks}
    return {
        row.id: OpeningWords(names[row.team_id], packs[row.pack_id].name, tracks[row.pack_id, row.track_key])
        for row in rows
    }


def unscoped_slugs_like(title: str) -> set[str]:
    """Return the public names that an opening of this title could clash with."""
    start = slug_start(title)
    return set(db.session.scalars(select(Opening.slug).where(Opening.slug.startswith(start, autoescape=True))))


def teams_to_open_in(viewer: Actor) -> Sequence[Team]:
    """Return the teams in which the viewer may create openings, by name."""
    seen = scope(viewer, OpeningPermission.EDIT)
    return db.session.scalars(select(Team).where(seen.limits(Team.id)).order_by(Team.name).limit(200)).all()
