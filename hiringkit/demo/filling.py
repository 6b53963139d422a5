"""The opening that was filled before this one: four coordinators, their one interview, and what was true for them."""

from dataclasses import replace
from datetime import datetime

from hiringkit.candidates.operations import ask_truth
from hiringkit.candidates.queries import unscoped_truth_to_ask
from hiringkit.demo.agenda import Agenda
from hiringkit.demo.applications import COORDINATORS, read_stories
from hiringkit.demo.days import Day
from hiringkit.demo.hiring import plan_application
from hiringkit.demo.opening import Job, Role, plan_opening
from hiringkit.demo.people import DANA
from hiringkit.foundation.access import Actor
from hiringkit.loops.rules.plan import LoopPlan
from hiringkit.openings import operations

STAGE = "communication-and-documentation"
RATED = ("safety-first-judgement", "documentation-habits", "handoffs")
FILLED: Day = (90, "16:30")
"""Working days ago, which is about four months of the calendar."""
ASKED: tuple[Day, ...] = ((67, "06:00"), (25, "06:00"))
"""The mornings on which the job finds that 30, and then 90, days of the calendar are over for all of them."""


def one_interview(plan: LoopPlan) -> LoopPlan:
    """Keep one stage of the template, and of it what a coordinator does on the first day alone."""
    kept = next(one for one in plan.stages if one.key == STAGE)
    stage = replace(
        kept,
        name="Five cases at the end of a shift",
        minutes=45,
        competencies=RATED,
        scenarios=("handoff",),
        artefacts=(),
        brief="You hand over five open cases in two minutes, and then talk with us about two of them. Expect follow-up "
        "questions on what you would say, to whom, and what you would write down.",
    )
    weights = {key: plan.rule.weights[key] for key in RATED}
    return LoopPlan((stage,), replace(plan.rule, weights=weights))


COORDINATOR_JOB = Job(
    title="Patient Access Coordinator",
    place="Chicago office",
    posts=4,
    text="coordinator.yaml",
    opens=108,
    loop=one_interview,
)


def plan_filling(agenda: Agenda, role: Role) -> None:
    """Plan the opening from its creation to the answers of those who were hired."""
    plan_opening(agenda, role)
    for story in read_stories(COORDINATORS):
        plan_application(agenda, role, story)
    agenda.plan(FILLED, lambda at: operations.move_opening(role.opening, "fill", by=role.cast.actor(DANA), at=at))
    for morning in ASKED:
        agenda.plan(morning, ask)


def ask(at: datetime) -> None:
    """Ask whoever is to be asked, as the jobs process does each day."""
    for application, day in unscoped_truth_to_ask(at):
        ask_truth(application, day, by=Actor.system(), at=at)
