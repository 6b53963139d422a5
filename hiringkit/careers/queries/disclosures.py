"""Reads of one opening's public side: which version may be read by anybody, and how people are interviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select

from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.models import DisclosureVersion, DisclosureWithdrawal
from hiringkit.disclosures.rules.leaflet import Leaflet
from hiringkit.disclosures.rules.lifecycle import DisclosureState, state_of_version
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.words import local
from hiringkit.library.queries import pack_content, unscoped_pack
from hiringkit.library.rules.pack import PreparationItem
from hiringkit.loops import queries as loops
from hiringkit.loops.models import LoopVersion
from hiringkit.loops.rules.content import LoopContent
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningState

READABLE = (OpeningState.OPEN, OpeningState.PAUSED)
ENDED = (OpeningState.FILLED, OpeningState.CLOSED)


@dataclass(frozen=True)
class PublicDisclosure:
    """A published version with its opening.

    `current` is the number of the newest version that stands, `before` that of the newest one below this.
    """

    opening: Opening
    version: DisclosureVersion
    current: int | None
    before: int | None = None

    @property
    def leaflet(self) -> Leaflet:
        """Return the version laid out for reading."""
        return disclosures.leaflet(self.version)

    def leaflet_on(self, day: date) -> Leaflet:
        """Return the same as it reads on a day: what is past its shelf life says so."""
        return disclosures.leaflet(self.version, day)

    def day(self, at: datetime) -> date:
        """Return the day it is where the opening is."""
        return local(at, self.opening.zone).date()

    @property
    def state(self) -> DisclosureState:
        """Return the state of the version."""
        return state_of_version(self.version.number, self.current, is_withdrawn=False)

    @property
    def is_over(self) -> bool:
        """Tell whether the opening takes nobody any more."""
        return self.opening.state in ENDED

    @property
    def is_open(self) -> bool:
        """Tell whether the opening takes applications."""
        return self.opening.state is OpeningState.OPEN


@dataclass(frozen=True)
class InterviewPlan:
    """What candidates may know of a loop: its stages without scenarios, and how to prepare."""

    version: LoopVersion
    stages: Sequence[loops.StageView]
    preparation: Sequence[PreparationItem]

    @property
    def content(self) -> LoopContent:
        """Return what the loop version froze: the rule by which ratings are combined."""
        return LoopContent.from_json(self.version.content)


def unscoped_public_disclosure(slug: str) -> PublicDisclosure:
    """Return what anybody may read at an opening's own address, or raise NotFoundError."""
    return _current(slug, READABLE)


def unscoped_ended_disclosure(slug: str) -> PublicDisclosure:
    """Return the last version of an opening that is filled or closed, or raise NotFoundError."""
    return _current(slug, ENDED)


def _current(slug: str, states: tuple[OpeningState, ...]) -> PublicDisclosure:
    wanted = published(disclosures.is_current()).where(Opening.slug == slug, Opening.state.in_(states))
    found = db.session.execute(wanted.add_columns(_before())).one_or_none()
    if found is None:
        raise NotFoundError
    opening, version, before = found
    return PublicDisclosure(opening, version, version.number, before)


def unscoped_public_version(slug: str, number: int) -> PublicDisclosure:
    """Return a published version by its number unless it was withdrawn, or raise NotFoundError.

    A version that somebody was sent stays readable when the opening is over.
    """
    wanted = published(disclosures.is_standing()).where(Opening.slug == slug, DisclosureVersion.number == number)
    found = db.session.execute(wanted.add_columns(_before())).one_or_none()
    if found is None:
        raise NotFoundError
    opening, version, before = found
    current = disclosures.unscoped_current_version(opening.id)
    return PublicDisclosure(opening, version, current.number if current else None, before)


def unscoped_public_versions(slug: str) -> Sequence[PublicDisclosure]:
    """Return every version that stands, newest first, or raise NotFoundError when there is none."""
    wanted = published(disclosures.is_standing()).where(Opening.slug == slug)
    rows = db.session.execute(wanted.order_by(DisclosureVersion.number.desc())).all()
    if not rows:
        raise NotFoundError
    numbers = [version.number for _, version in rows]
    before = dict(zip(numbers, [*numbers[1:], None], strict=True))
    return [PublicDisclosure(opening, one, numbers[0], before[one.number]) for opening, one in rows]


def _before() -> Any:
    """Return the number of the newest version that stands below the one selected."""
    other: Any = DisclosureVersion.__table__.alias("earlier_version")
    return (
        select(func.max(other.c.number))
        .where(
            other.c.opening_id == DisclosureVersion.opening_id,
            other.c.number < DisclosureVersion.number,
            other.c.id.not_in(select(DisclosureWithdrawal.version_id)),
        )
        .scalar_subquery()
    )


def published(which: Any) -> Select[Any, Any]:
    """Select openings with the versions that a condition names; what never was open has nothing public."""
    versions = and_(DisclosureVersion.opening_id == Opening.id, which)
    return select(Opening, DisclosureVersion).join(DisclosureVersion, versions).where(Opening.opened_at.is_not(None))


def unscoped_interview_plan(opening: Opening) -> InterviewPlan | None:
    """Return how people are interviewed for an opening, in two statements, or None before its loop is in use."""
    found = loops.unscoped_current_stages_without_scenarios(opening.id)
    if found is None:
        return None
    version, stages = found
    return InterviewPlan(version, stages, pack_content(unscoped_pack(opening.pack_id)).preparation)
