"""A public disclosure made ready for its readers: what the page, the posting and the machine-readable account share."""

from datetime import datetime

from hiringkit.careers.queries import InterviewPlan, PublicDisclosure
from hiringkit.careers.rules.account import Conversation, Published
from hiringkit.careers.views.blueprint import whole_address
from hiringkit.disclosures import queries as disclosures
from hiringkit.people.models import Organisation


def published(view: PublicDisclosure, organisation: Organisation, at: datetime) -> Published:
    """Return a version with what the page says around it, as it reads at a moment."""
    opening, version, today = view.opening, view.version, view.day(at)
    return Published(
        organisation=organisation.name,
        contact=organisation.contact,
        title=opening.title,
        slug=opening.slug,
        place=opening.place,
        zone=opening.zone,
        opening_state=opening.state.value,
        number=version.number,
        version_state=view.state.value,
        published_at=version.published_at,
        content_hash=version.content_hash,
        address=whole_address("careers.show", slug=opening.slug),
        version_address=whole_address("careers.show_version", slug=opening.slug, number=version.number),
        document=disclosures.document_of(version),
        leaflet=view.leaflet_on(today),
        today=today,
    )


def conversations(plan: InterviewPlan | None) -> list[Conversation]:
    """Return the stages as candidates may know them."""
    return [
        Conversation(
            name=stage.row.name,
            minutes=stage.row.minutes,
            mode=stage.row.mode,
            interviewers=stage.row.panel,
            rated=tuple(one.name for one in stage.competencies),
            brief=stage.row.brief,
            bring=tuple(f"{one['name']}: {one['request']}" for one in stage.row.artefacts),
        )
        for stage in (plan.stages if plan else ())
    ]
