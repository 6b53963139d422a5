"""Reads of the public side: which openings may be read by anybody, in which version, and how people are interviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, select

from hiringkit.disclosures import queries as disclosures
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.rules.leaflet import Leaflet
from hiringkit.disclosures.rules.lifecycle import DisclosureState, state_of_version
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.paging import Page, paged
from hiringkit.library.queries import pack_content, unscoped_pack
from hiringkit.library.rules.pack import PreparationItem
from hiringkit.loops import queries as loops
from hiringkit.loops.models import LoopVersion
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningState

OPENINGS_A_PAGE = 25
LISTED = (OpeningState.OPEN,)
READABLE = (OpeningState.OPEN, OpeningState.PAUSED)
READABLE_BY_VERSION = (*READABLE, OpeningState.FILLED, OpeningState.CLOSED)
"""A version that somebody was sent stays readable when the opening is over."""


@dataclass(frozen=True)
class PublicDisclosure:
    """A published version with its opening; `current` is the number that the opening's own address shows, if any."""

    opening: Opening
    version: DisclosureVersion
    current: int | None

    @property
    def leaflet(self) -> Leaflet:
        """Return the version laid out for reading."""
        return disclosures.leaflet(self.version)

    @property
    def state(self) -> DisclosureState:
        """Return the state of the version."""
        return state_of_version(self.version.number, self.current, is_withdrawn=False)


@dataclass(frozen=True)
class InterviewPlan:
    """What candidates may know of a loop: its stages without scenarios, and how to prepare."""

    version: LoopVersion
    stages: Sequence[loops.StageView]
    preparation: Sequence[PreparationItem]


def unscoped_open_disclosures(number: int) -> Page[PublicDisclosure]:
    """Return one page of the openings that take applications and say what the work is, newest first."""
    wanted = _published(disclosures.is_current()).where(Opening.state.in_(LISTED)).order_by(Opening.id.desc())
    page = paged(wanted, number, size=OPENINGS_A_PAGE, scalars=False)
    rows = [PublicDisclosure(opening, version, version.number) for opening, version in page.rows]
    return Page(rows, page.number, page.pages, page.total)


def unscoped_public_disclosure(slug: str) -> PublicDisclosure:
    """Return what anybody may read at an opening's own address, or raise NotFoundError."""
    wanted = _published(disclosures.is_current()).where(Opening.slug == slug, Opening.state.in_(READABLE))
    found = db.session.execute(wanted).one_or_none()
    if found is None:
        raise NotFoundError
    return PublicDisclosure(found[0], found[1], found[1].number)


def unscoped_public_version(slug: str, number: int) -> PublicDisclosure:
    """Return a published version by its number unless it was withdrawn, or raise NotFoundError."""
    wanted = _published(disclosures.is_standing()).where(
        Opening.slug == slug, Opening.state.in_(READABLE_BY_VERSION), DisclosureVersion.number == number
    )
    found = db.session.execute(wanted).one_or_none()
    if found is None:
        raise NotFoundError
    opening, version = found
    current = disclosures.unscoped_current_version(opening.id)
    return PublicDisclosure(opening, version, current.number if current else None)


def _published(which: Any) -> Select[Any, Any]:
    versions = and_(DisclosureVersion.opening_id == Opening.id, which)
    return select(Opening, DisclosureVersion).join(DisclosureVersion, versions)


def unscoped_interview_plan(opening: Opening) -> InterviewPlan | None:
    """Return how people are interviewed for an opening, in three statements, or None before its loop is in use."""
    version = loops.unscoped_current_version(opening.id)
    if version is None:
        return None
    pack = pack_content(unscoped_pack(opening.pack_id))
    return InterviewPlan(version, loops.unscoped_stages_without_scenarios(version.id), pack.preparation)
