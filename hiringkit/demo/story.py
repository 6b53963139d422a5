"""The story of the demo: everything that happens in it, told through the operations in the order of time."""

from collections.abc import Callable
from datetime import datetime

from hiringkit.audit.queries import unscoped_head
from hiringkit.demo.agenda import Agenda
from hiringkit.demo.applications import read_stories
from hiringkit.demo.asking import plan_asking
from hiringkit.demo.attesting import plan_attestations
from hiringkit.demo.calibrating import plan_calibration
from hiringkit.demo.expertise import plan_expertise
from hiringkit.demo.filling import COORDINATOR_JOB, plan_filling
from hiringkit.demo.hiring import plan_application
from hiringkit.demo.learning import plan_learning
from hiringkit.demo.opening import MANAGER, OPENS, Role, Shelf, plan_opening
from hiringkit.demo.pasting import plan_pasting
from hiringkit.demo.people import ACCOUNTS, PACK, ROSTER, Cast, plan_people
from hiringkit.demo.reviewing import plan_reviewing
from hiringkit.demo.revising import plan_revision
from hiringkit.foundation.db import transaction
from hiringkit.people.operations import hash_password

__all__ = ["ACCOUNTS", "tell"]


def tell(password: str, today: datetime, say: Callable[[str], None]) -> None:
    """Make the demo as if it had happened in the months before `today`; `say` hears how far it is.

    Everybody signs in with the same password, hashed for each by itself. It is one transaction, so
    that a demo is there as a whole or not at all.
    """
    say(f"  accounts for {len(ROSTER)} people")
    cast = Cast({person.name: hash_password(password, about=()) for person in ROSTER})
    agenda, shelf, stories = Agenda(today), Shelf(), read_stories()
    role = Role(cast, shelf, MANAGER)
    plan_people(agenda, cast)
    agenda.plan(PACK, shelf.load)
    plan_calibration(agenda, cast)
    plan_filling(agenda, Role(cast, shelf, COORDINATOR_JOB))
    plan_learning(agenda, cast)
    plan_expertise(agenda, cast)
    plan_opening(agenda, role)
    plan_revision(agenda, role)
    plan_attestations(agenda, role)
    plan_pasting(agenda, role)
    for story in stories:
        plan_application(agenda, role, story)
    plan_reviewing(agenda, role)
    plan_asking(agenda, role)
    agenda.plan((OPENS, "09:00"), lambda _: say("  calibrated interviewers; now the opening and its disclosure"))
    agenda.plan((OPENS - 4, "09:00"), lambda _: say(f"  {len(stories)} candidates, their interviews and scorecards"))
    with transaction():
        agenda.run()
    say(f"  {unscoped_head()[0]} events in the record")
