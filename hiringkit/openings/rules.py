"""Pure decisions of openings: the life of an opening, what it says about itself, and its public name."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from types import MappingProxyType
from typing import TypeVar

from hiringkit.foundation.errors import InvalidError
from hiringkit.foundation.lifecycle import Lifecycle, Move
from hiringkit.people.rules import check_zone, clean_line

LONGEST_SLUG = 60
LONGEST_LINE = 120
MOST_POSTS = 500
POSTING_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "US-CA": "California",
        "US-CO": "Colorado",
        "US-NY": "New York State",
        "US-WA": "Washington State",
        "EU": "European Union",
    }
)
"""Places whose rules on postings are known, by code; what the rules are is known to the room disclosures."""


class OpeningState(StrEnum):
    """PRODUCT's words for an opening."""

    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    FILLED = "filled"
    CLOSED = "closed"


OPENING = Lifecycle(
    "opening",
    (
        Move("open", frozenset({OpeningState.DRAFT}), OpeningState.OPEN),
        Move("pause", frozenset({OpeningState.OPEN}), OpeningState.PAUSED),
        Move("resume", frozenset({OpeningState.PAUSED}), OpeningState.OPEN),
        Move("fill", frozenset({OpeningState.OPEN, OpeningState.PAUSED}), OpeningState.FILLED),
        Move("close", frozenset(OpeningState) - {OpeningState.CLOSED}, OpeningState.CLOSED),
        Move("reopen", frozenset({OpeningState.FILLED, OpeningState.CLOSED}), OpeningState.OPEN),
    ),
)


@dataclass(frozen=True, kw_only=True)
class OpeningDetails:
    """What may change about an opening as long as it lives."""

    title: str
    place: str
    zone: str
    posts: int = 1
    posting_places: tuple[str, ...] = ()
    """Codes of the places whose posting rules hold for it."""


@dataclass(frozen=True, kw_only=True)
class OpeningDraft(OpeningDetails):
    """An opening about to be created, with the pack and the track that it starts from for good."""

    team_id: int
    pack_id: int
    track_key: str


Details = TypeVar("Details", bound=OpeningDetails)


def check_details(typed: Details) -> Details:
    """Return the details with their lines cleaned, or raise InvalidError with a sentence for each field.

    >>> check_details(OpeningDetails(title=" Nurse  lead ", place="Reno", zone="UTC")).title
    'Nurse lead'
    """
    checked = replace(
        typed,
        title=clean_line(typed.title),
        place=clean_line(typed.place),
        posting_places=tuple(code for code in POSTING_PLACES if code in typed.posting_places),
    )
    lines = {"title": checked.title, "place": checked.place}
    problems = {name: EMPTY[name] for name, line in lines.items() if not line}
    problems |= {
        name: f"Use up to {LONGEST_LINE} characters." for name, line in lines.items() if len(line) > LONGEST_LINE
    }
    if not 1 <= typed.posts <= MOST_POSTS:
        problems["posts"] = f"Enter a number of people from 1 to {MOST_POSTS}."
    if set(typed.posting_places) - set(POSTING_PLACES):
        problems["posting_places"] = "Choose places from the list."
    try:
        check_zone(typed.zone)
    except InvalidError as error:
        problems |= error.problems
    if problems:
        raise InvalidError(problems=problems)
    return checked


EMPTY = {"title": "Enter a title.", "place": "Enter where the work is done."}


def slug_of(title: str, taken: Collection[str] = ()) -> str:
    """Public name of an opening: plain lower-case words with hyphens, at most 60 characters.

    A name that is taken gets -2, -3 and so on; a title without a plain letter becomes "opening".

    >>> slug_of("Patient Access Manager (e-commerce)")
    'patient-access-manager-e-commerce'
    >>> slug_of("Café Lead", taken={"cafe-lead", "cafe-lead-2"})
    'cafe-lead-3'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    base = _shortened("-".join(words), LONGEST_SLUG) or "opening"
    if base not in taken:
        return base
    for number in count(2):
        ending = f"-{number}"
        slug = _shortened(base, LONGEST_SLUG - len(ending)) + ending
        if slug not in taken:
            return slug
    raise AssertionError  # count() never ends.


def slug_start(title: str) -> str:
    """Return letters with which every public name of this title begins, whatever its number.

    >>> slug_start("Patient Access Manager")
    'patient'
    """
    return slug_of(title).partition("-")[0][:START_LENGTH]


START_LENGTH = LONGEST_SLUG - 10
"""No opening gets a number of ten figures, so this much of a single long word is never cut."""


def _shortened(slug: str, length: int) -> str:
    """Cut at a hyphen where there is one, so that no word is cut in two."""
    if len(slug) <= length:
        return slug
    whole_words = slug[: length + 1].rpartition("-")[0]
    return whole_words or slug[:length]
