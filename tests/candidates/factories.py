"""Candidates, applications, deliveries and links of a test, made as the app makes them."""

from hiringkit.candidates import operations
from hiringkit.candidates.models import Application, Candidate, Delivery
from hiringkit.candidates.rules.drafts import CandidateDraft
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.operations import publish_disclosure, save_section, start_draft
from hiringkit.disclosures.queries import unscoped_current_version, unscoped_sections
from hiringkit.disclosures.rules.fields import FIELDS, SECTIONS
from hiringkit.foundation.access import Actor, ActorKind
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.openings.models import Opening
from tests.disclosures.answers import complete
from tests.openings.factories import opening
from tests.remembering import remembered
from tests.world import World


def draft(
    world: World, name: str = "Jordan Avery", team: str = "Access", email: str = "", same: str = ""
) -> CandidateDraft:
    """Return a candidate about to be added; `same` is the address under which the person signs in here."""
    address = email or f"{name.lower().replace(' ', '.')}@example.com"
    return CandidateDraft(world.team(team).id, name, address, "America/Chicago", same)


@remembered
def candidate(world: World, name: str = "Jordan Avery", by: str = "manager", team: str = "Access") -> Candidate:
    """Return the team's candidate of this name."""
    world.manager(by, team)
    return operations.add_candidate(draft(world, name, team), by=world.actor(by), at=now())


@remembered
def application(
    world: World, row: Opening | None = None, name: str = "Jordan Avery", by: str = "manager", team: str = "Access"
) -> Application:
    """Return a new application of this person on an opening of the team."""
    row = row or opening(world, team=team, by=by)
    return operations.add_application(candidate(world, name, by, team), row, by=world.actor(by), at=now())


@remembered
def disclosure_version(world: World, row: Opening, by: str = "manager") -> DisclosureVersion:
    """Return the published disclosure of an opening, published when there is none."""
    known = unscoped_current_version(row.id)
    return known or publish_again(world, row, by)


@remembered
def publish_again(world: World, row: Opening, by: str = "manager") -> DisclosureVersion:
    """Publish another version of an opening's disclosure."""
    started, claims = start_draft(row, by=world.actor(by), at=now()), complete()
    for section in SECTIONS:
        version = unscoped_sections(started.id)[section.key].version
        own = [claim for claim in claims if FIELDS[claim.field].section == section.key]
        save_section(started, section.key, own, version, by=world.actor(by), at=now())
    return publish_disclosure(row, by=world.actor(by), at=now())


@remembered
def delivery(world: World, row: Application, by: str = "manager") -> Delivery:
    """Return the delivery of the opening's disclosure to an application."""
    version = disclosure_version(world, db.session.get_one(Opening, row.opening_id), by)
    return operations.deliver(row, version, "a-loop-version", "0" * 64, by=world.actor(by), at=now())


@remembered
def link(world: World, row: Application, by: str = "manager") -> str:
    """Return the token of a new personal link."""
    return operations.make_link(row, by=world.actor(by), at=now())


def candidate_actor(row: Application) -> Actor:
    """Return the candidate of an application as an actor."""
    return Actor(ActorKind.CANDIDATE, row.public_id, application_id=row.id)
