"""The disclosure of the demo is published a second time: what was counted again has changed, and nothing else."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from hiringkit.demo.agenda import Agenda
from hiringkit.demo.days import ZONE
from hiringkit.demo.opening import Role
from hiringkit.demo.people import DANA, INES
from hiringkit.disclosures import operations as disclosures
from hiringkit.disclosures import queries as disclosed
from hiringkit.disclosures.rules.claims import Basis, Claim
from hiringkit.foundation.words import local

COUNTED, PUBLISHED = (7, "15:20"), (7, "16:10")
LATE_SHIFTS = "Three late shifts a week until the second post is filled, then two. Each ends at 20:00; mails wait."


def recount(role: Role, at: datetime) -> None:
    """Save the workload as it was counted again."""
    draft = disclosed.unscoped_draft(role.opening.id)
    if draft is None:
        raise LookupError(role.opening.title)
    today = local(at, ZONE).date()
    stored = [one for one in disclosed.unscoped_claims(draft.id) if one.field.startswith("workload.")]
    version = disclosed.unscoped_sections(draft.id)["workload"].version
    claims = [_recounted(one, today) for one in stored]
    disclosures.save_section(draft, "workload", claims, version, by=role.cast.actor(INES), at=at)


def _recounted(claim: Claim, today: date) -> Claim:
    if claim.field == "workload.units":
        busy = MappingProxyType({**claim.values, "busy": Decimal(str(claim.values["busy"])) + 16})
        return replace(claim, values=busy, source="Order system, last three months", as_of=today)
    if claim.field == "workload.after-hours":
        late = MappingProxyType({"value": LATE_SHIFTS})
        return replace(claim, values=late, basis=Basis.POLICY, source="Rota until the end of the year", as_of=today)
    return claim


def publish(role: Role, at: datetime) -> None:
    """Publish the second version."""
    role.disclosure = disclosures.publish_disclosure(role.opening, by=role.cast.actor(DANA), at=at)


def plan_revision(agenda: Agenda, role: Role) -> None:
    """Plan the second version."""
    agenda.plan(COUNTED, lambda at: recount(role, at))
    agenda.plan(PUBLISHED, lambda at: publish(role, at))
