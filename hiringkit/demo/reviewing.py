"""A change of the disclosure that waits for its review: the team asks for a second person, and one is asked."""

from datetime import datetime
from functools import partial

from hiringkit.demo.agenda import Agenda
from hiringkit.demo.days import ZONE
from hiringkit.demo.opening import Role
from hiringkit.demo.people import DANA, INES
from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.rules.claims import Basis
from hiringkit.disclosures.rules.fields import section
from hiringkit.disclosures.rules.typed import TypedAnswer, answers_of, read_section
from hiringkit.foundation.words import local
from hiringkit.people import operations as people

LATEST = 1
"""The last working day: whatever else is published in the demo comes before the team asks for reviews."""
OWNER = "You own the queue; the head of operations owns the list of changes"
FIRST = "Each Thursday at 15:00, for the week after, with shipping and billing at the table"
SETTLED = "Each Thursday at 15:00 with shipping and billing; the head of operations settles what they cannot"
SOURCE, ANSWERS_FOR_IT = "Planning meeting since this month", "Head of operations"
FIRST_NOTE = (
    "The planning meeting has a new day, but who settles it when shipping and billing disagree? "
    "Say so in the same line, and I approve it."
)


def want_review(role: Role, at: datetime) -> None:
    """Let the team publish only what a second person has approved."""
    team = role.cast.team
    people.set_review(team, team.version, wanted=True, by=role.cast.actor(DANA), at=at)


def plan_the_week(role: Role, cadence: str, at: datetime) -> None:
    """Change how the week is planned, in the section on the workload."""
    draft = queries.unscoped_draft(role.opening.id)
    if draft is None:
        raise LookupError(role.opening.title)
    asked, today = section("workload"), local(at, ZONE).date()
    row = {"owner": OWNER, "cadence": cadence}
    answer = TypedAnswer((row,), "", Basis.POLICY.value, SOURCE, today.isoformat(), ANSWERS_FOR_IT)
    typed = {**answers_of(asked, queries.unscoped_claims(draft.id)), "workload.planning": answer}
    reading = read_section(asked, typed, today)
    if reading.problems:
        raise ValueError(reading.problems)
    version = queries.unscoped_sections(draft.id)[asked.key].version
    operations.save_section(draft, asked.key, reading.claims, version, by=role.cast.actor(DANA), at=at)


def ask(role: Role, at: datetime) -> None:
    """Ask the second manager."""
    operations.ask_for_review(role.opening, by=role.cast.actor(DANA), at=at)


def send_back(role: Role, at: datetime) -> None:
    """Answer "not yet", with the question that is open."""
    view = queries.disclosure(role.cast.actor(INES), role.opening.public_id)
    asked = queries.unscoped_review(role.opening.id, view.content_hash)
    if asked is None:
        raise LookupError(view.content_hash)
    operations.answer_review(asked.review, FIRST_NOTE, approves=False, by=role.cast.actor(INES), at=at)


def plan_reviewing(agenda: Agenda, role: Role) -> None:
    """Plan the change, the first answer to it, and the second request, which waits."""
    agenda.plan((LATEST, "17:00"), partial(want_review, role))
    agenda.plan((LATEST, "17:10"), partial(plan_the_week, role, FIRST))
    agenda.plan((LATEST, "17:12"), partial(ask, role))
    agenda.plan((LATEST, "17:40"), partial(send_back, role))
    agenda.plan((LATEST, "17:55"), partial(plan_the_week, role, SETTLED))
    agenda.plan((LATEST, "17:57"), partial(ask, role))
