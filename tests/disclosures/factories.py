"""Disclosures of a test, made as the app makes them: started from the template, checked by section, published."""

from collections.abc import Mapping, Sequence
from datetime import date

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.models import DisclosureDraft, DisclosureVersion
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.fields import SECTIONS, section
from hiringkit.disclosures.rules.typed import TypedAnswer, answers_of, read_section
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.words import local
from hiringkit.openings.models import Opening
from tests.openings.factories import opening
from tests.remembering import remembered
from tests.world import World


@remembered
def draft(world: World, row: Opening | None = None, by: str = "manager") -> DisclosureDraft:
    """Return the draft of an opening, started from its pack's template and not yet checked."""
    return operations.start_draft(row or opening(world, by=by), by=world.actor(by), at=now())


def today(row: DisclosureDraft) -> date:
    """Return the day it is where the opening is, which need not be the day in UTC."""
    return local(now(), db.session.get_one(Opening, row.opening_id).zone).date()


def claims_of(
    row: DisclosureDraft, section_key: str, changes: Mapping[str, TypedAnswer] | None = None
) -> Sequence[Claim]:
    """Return a section's claims as its page would send them; `changes` replaces the answers to some fields."""
    typed = {**answers_of(section(section_key), queries.unscoped_claims(row.id)), **(changes or {})}
    reading = read_section(section(section_key), typed, today(row))
    assert not reading.problems, reading.problems
    return reading.claims


@remembered
def saved(
    world: World,
    row: DisclosureDraft,
    section_key: str,
    changes: Mapping[str, TypedAnswer] | None = None,
    by: str = "manager",
) -> DisclosureDraft:
    """Save one section, with some answers changed."""
    version = queries.unscoped_sections(row.id)[section_key].version
    claims = claims_of(row, section_key, changes)
    operations.save_section(row, section_key, claims, version, by=world.actor(by), at=now())
    return row


@remembered
def checked(world: World, row: Opening | None = None, by: str = "manager") -> DisclosureDraft:
    """Return a draft whose sections were all saved as the template has them."""
    made = draft(world, row, by)
    for one in SECTIONS:
        saved(world, made, one.key, by=by)
    return made


@remembered
def published(world: World, row: Opening | None = None, by: str = "manager") -> DisclosureVersion:
    """Return a published version of an opening's disclosure: the template's, checked."""
    about = row or opening(world, by=by)
    checked(world, about, by)
    return operations.publish_disclosure(about, by=world.actor(by), at=now())
