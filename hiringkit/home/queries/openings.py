"""Reads of openings with what is ready about them: the published disclosure and the loop in use, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from hiringkit.candidates.models import Application
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.queries import is_current, is_to_attest
from hiringkit.foundation.access import Actor, Capacity, scope
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.home.rules.facts import ApplicationFacts, OpeningFacts
from hiringkit.loops.models import Loop, LoopFreeze, LoopVersion
from hiringkit.loops.rules.content import LoopContent
from hiringkit.openings.models import Opening
from hiringkit.openings.policy import OpeningPermission
from hiringkit.openings.rules import OpeningState
from hiringkit.people.models import Team

MOST_OPENINGS = 50
IN_HAND = (OpeningState.DRAFT, OpeningState.OPEN, OpeningState.PAUSED)


@dataclass(frozen=True)
class OpeningHead:
    """An opening with its team, the number of its published disclosure, its loop in use, and how many were hired."""

    opening: Opening
    team: Team
    disclosure: int | None
    published_at: datetime | None
    loop: LoopVersion | None
    frozen_at: datetime | None
    hired: int

    @cached_property
    def content(self) -> LoopContent | None:
        """Return what the loop in use says, or None before there is one."""
        return LoopContent.from_json(self.loop.content) if self.loop is not None else None

    def facts(self, viewer: Actor, applications: Sequence[ApplicationFacts]) -> OpeningFacts:
        """Return what the next step is told from."""
        return OpeningFacts(
            self.opening.public_id,
            self.opening.title,
            self.opening.state,
            self.opening.posts,
            manages=viewer.is_in(self.opening.team_id, Capacity.MANAGER),
            disclosure=self.disclosure,
            stages=len(self.content.stages) if self.content is not None else 0,
            hired=self.hired,
            applications=tuple(applications),
        )


def heads_in_hand(viewer: Actor) -> tuple[list[OpeningHead], list[Opening]]:
    """Return the openings that are not over, in the teams where the viewer plans, the newest first, at most 50.

    Beside them are those of whose disclosure the viewer, who is in the role, is asked what is true.
    """
    plans, asked = scope(viewer, CandidatePermission.EDIT), is_to_attest(viewer)
    live = case((Opening.state == OpeningState.PAUSED, 1), else_=0)
    wanted = (
        _heads()
        .add_columns(asked)
        .where(or_(plans.limits(Opening.team_id), asked), Opening.state.in_(IN_HAND))
        .order_by(live, Opening.id.desc())
        .limit(MOST_OPENINGS)
    )
    rows = db.session.execute(wanted).all()
    heads = [OpeningHead(*row[:-1]) for row in rows if plans.covers(row[0].team_id)]
    return heads, [row[0] for row in rows if row[-1]]


def head(viewer: Actor, public_id: str) -> OpeningHead:
    """Return an opening that the viewer may read, or raise NotFoundError."""
    seen = scope(viewer, OpeningPermission.READ).limits(Opening.team_id)
    found = db.session.execute(_heads().where(Opening.public_id == public_id, seen)).one_or_none()
    if found is None:
        raise NotFoundError
    return OpeningHead(*found)


def _heads() -> Select[*tuple[Any, ...]]:
    newest = (
        select(func.max(LoopVersion.id))
        .join(Loop, Loop.id == LoopVersion.loop_id)
        .where(Loop.opening_id == Opening.id)
        .correlate(Opening)
        .scalar_subquery()
    )
    hired = (
        select(func.count(Application.id))
        .where(Application.opening_id == Opening.id, Application.state == ApplicationState.HIRED)
        .correlate(Opening)
        .scalar_subquery()
    )
    return (
        select(
            Opening,
            Team,
            DisclosureVersion.number,
            DisclosureVersion.published_at,
            LoopVersion,
            LoopFreeze.at,
            hired,
        )
        .join(Team, Team.id == Opening.team_id)
        .outerjoin(DisclosureVersion, and_(DisclosureVersion.opening_id == Opening.id, is_current()))
        .outerjoin(LoopVersion, LoopVersion.id == newest)
        .outerjoin(LoopFreeze, LoopFreeze.loop_version_id == LoopVersion.id)
    )
