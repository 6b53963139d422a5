"""The only writer of openings: creating and editing them, and the moves of their life."""

from datetime import datetime

from sqlalchemy import update

from hiringkit.audit.operations import Recorded, operation
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import ForbiddenError, InvalidError, StaleEditError, WrongStateError
from hiringkit.library.queries import pack_content, unscoped_packs_of
from hiringkit.openings import queries
from hiringkit.openings.models import Opening
from hiringkit.openings.policy import OpeningPermission
from hiringkit.openings.rules import OPENING, OpeningDetails, OpeningDraft, OpeningState, check_details, slug_of


@operation("opening:created")
def create_opening(draft: OpeningDraft, *, by: Actor, at: datetime) -> Recorded[Opening]:
    """Create an opening as a draft; its disclosure and its loop start when somebody first opens them."""
    demand(by, OpeningPermission.EDIT, draft.team_id, "Only a manager of the team creates openings in it.")
    if by.member_id is None:
        message = "An opening is created by a member."
        raise ForbiddenError(message)
    checked = check_details(draft)
    pack = unscoped_packs_of([draft.pack_id]).get(draft.pack_id)
    if pack is None or draft.track_key not in {track.key for track in pack_content(pack).tracks}:
        raise InvalidError(problems={"track": "Choose a track from the list."})
    row = Opening(
        public_id=new_public_id(),
        team_id=checked.team_id,
        pack_id=pack.id,
        track_key=checked.track_key,
        title=checked.title,
        slug=slug_of(checked.title, queries.unscoped_slugs_like(checked.title)),
        place=checked.place,
        posting_places=list(checked.posting_places),
        zone=checked.zone,
        posts=checked.posts,
        state=OpeningState.DRAFT,
        created_by_id=by.member_id,
        created_at=at,
    )
    db.session.add(row)
    values = {"pack": pack.public_id, "track": row.track_key, "posts": row.posts, "state": row.state.value}
    values |= {"posting_places": list(row.posting_places)}
    return Recorded(row, about=row, scope=row.public_id, values=values)


@operation("opening:edited")
def edit_opening(
    opening: Opening, details: OpeningDetails, version: int, *, by: Actor, at: datetime
) -> Recorded[Opening]:
    """Change what may change of an opening; the public address stays, for it may have been shared."""
    demand(by, OpeningPermission.EDIT, opening.team_id)
    checked = check_details(details)
    changed = db.session.execute(
        update(Opening)
        .where(Opening.id == opening.id, Opening.version == version)
        .values(
            title=checked.title,
            place=checked.place,
            posting_places=list(checked.posting_places),
            zone=checked.zone,
            posts=checked.posts,
            version=version + 1,
        )
    )
    db.session.refresh(opening)
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # An UPDATE's result has a rowcount.
        stored = {"title": opening.title, "place": opening.place, "zone": opening.zone, "posts": str(opening.posts)}
        raise StaleEditError(opening.version, stored | {"posting_places": ", ".join(opening.posting_places)})
    values = {"posts": opening.posts, "zone": opening.zone, "version": opening.version}
    values |= {"posting_places": list(opening.posting_places)}
    return Recorded(opening, about=opening, scope=opening.public_id, values=values)


@operation("opening:moved")
def move_opening(opening: Opening, move: str, *, by: Actor, at: datetime) -> Recorded[Opening]:
    """Open, pause, resume, fill, close or reopen an opening."""
    demand(by, OpeningPermission.EDIT, opening.team_id)
    before = opening.state
    after = OPENING.after(before, move)
    opened_at = opening.opened_at or (at if after is OpeningState.OPEN else None)
    changed = db.session.execute(
        update(Opening)
        .where(Opening.id == opening.id, Opening.state == before)
        .values(state=after, opened_at=opened_at)
    )
    db.session.refresh(opening)
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # As above.
        message = f"Somebody moved this opening a moment ago: it is {opening.state.value} now."
        raise WrongStateError(message)
    values = {"move": move, "from": before.value, "to": after.value}
    return Recorded(opening, about=opening, scope=opening.public_id, values=values)
