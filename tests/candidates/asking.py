"""Questions, answers and accommodations of a test, made as the app makes them; and versions that say something else."""

from datetime import datetime

from sqlalchemy import select

from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import AccommodationRequest, Application, Arrangement, ClaimAnswer, ClaimQuestion
from hiringkit.candidates.rules.accommodations import ArrangementDraft
from hiringkit.candidates.rules.questions import AnswerDraft
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.disclosures.operations import publish_disclosure, save_section
from hiringkit.disclosures.queries import unscoped_claims, unscoped_current_version, unscoped_draft, unscoped_sections
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.openings.models import Opening
from tests.candidates.factories import candidate_actor
from tests.disclosures.answers import claim
from tests.world import World

PEOPLE = "workload.people"
FOCUS = "workload.focus"


def ask(row: Application, text: str = "How many people is that?", field: str = PEOPLE) -> ClaimQuestion:
    """Return a question of an application's candidate about the published version."""
    version = unscoped_current_version(row.opening_id)
    assert version is not None
    return operations.ask_question(row, version, field, text, by=candidate_actor(row), at=now())


def reply(
    world: World, asked: ClaimQuestion, draft: AnswerDraft, by: str = "manager", at: datetime | None = None
) -> ClaimAnswer:
    """Return an answer that a member gives to a question."""
    view = queries.question(world.actor(by), asked.public_id)
    return operations.answer_question(view, draft, by=world.actor(by), at=at or now())


def request(row: Application, text: str = "Captions, please.") -> AccommodationRequest:
    """Return a request of an application's candidate for an accommodation."""
    return operations.ask_accommodation(row, text, by=candidate_actor(row), at=now())


def arrange(world: World, asked: AccommodationRequest, draft: ArrangementDraft, by: str = "cora") -> Arrangement:
    """Return an arrangement that a coordinator records."""
    return operations.arrange(asked, draft, by=world.actor(by), at=now())


def publish_changed(world: World, row: Opening, *claims: tuple[str, str], by: str = "manager") -> DisclosureVersion:
    """Publish another version in which some single answers say something else."""
    draft = unscoped_draft(row.id)
    assert draft is not None
    for field, value in claims:
        key = FIELDS[field].section
        stored = [one for one in unscoped_claims(draft.id) if FIELDS[one.field].section == key and one.field != field]
        version = unscoped_sections(draft.id)[key].version
        new = [*stored, claim(field, value=value)]
        save_section(draft, key, new, version, by=world.actor(by), at=now())
    return publish_disclosure(row, by=world.actor(by), at=now())


def opening_of(row: Application) -> Opening:
    """Return the opening of an application."""
    return db.session.scalars(select(Opening).where(Opening.id == row.opening_id)).one()
