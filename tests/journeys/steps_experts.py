"""Steps of experts: a form is opened to three of them, who rate it alone, settle, and give it its reference."""

import re

from sqlalchemy import select

from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import FormDraft, FormExpert
from hiringkit.foundation.access import Actor, ActorKind
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.people.models import Member
from tests.calibration import factories as make
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

FAR_APART = 3
"""By how many points one expert differs from the others on one good answer."""


def have_a_form_rated(manager: Visitor, addresses: list[str]) -> str:
    """Start a new version of the first form, look at its text, and ask experts; return its address."""
    manager.open("/calibration")
    manager.follow("The forms, their experts and how they work")
    manager.reads("Form B", "Drafted")
    manager.press(re.compile("^Have experts rate it"))
    draft = manager.path
    manager.follow("Response 1")
    manager.answer("Recording", "Interview of 4 March, minute 12")
    manager.press("Save and stop")
    for address in addresses:
        manager.answer("Mail address", address)
        manager.press("Ask them to rate it")
    manager.answer("Mail address", addresses[0])
    manager.press("Ask them to rate it", status=422)
    manager.reads("was asked before")
    manager.open(draft)
    manager.reads("0 of 3 experts have sealed their ratings")
    return draft


def rate_one_response(expert: Visitor) -> None:
    """Rate the first response of a form in the browser, with half of it missing, and go on another time."""
    expert.open("/")
    expert.follow("Go on rating")
    expert.follow("Rate it")
    asked = expert.page.get_by_role("group").filter(has=expert.page.get_by_role("radio")).first
    asked.get_by_role("radio", name=re.compile(r"^4\b")).check()
    asked.get_by_role("textbox").fill("Says who decides, and when.")
    expert.press("Save and stop")
    expert.reads("0 of 12 responses are rated", "1 of 5 with evidence")


def rate_the_rest_and_seal(site: Site, experts: list[Visitor]) -> None:
    """Rate every response as the drafted reference does, but for one good answer on which the last expert differs."""
    with site.app.app_context():
        rows = db.session.scalars(select(FormExpert).order_by(FormExpert.id)).all()
        for row in rows:
            _rate(row, differs=row is rows[-1])
        db.session.remove()
    for expert in experts:
        expert.open("/")
        expert.follow("Go on rating")
        expert.press("Seal")
        expert.reads("You have sealed your ratings")


def _rate(row: FormExpert, *, differs: bool) -> None:
    member = db.session.get_one(Member, row.member_id)
    by = Actor(ActorKind.MEMBER, member.public_id, member_id=member.id)
    draft = db.session.get_one(FormDraft, row.draft_id)
    assert draft.copied_from_id is not None
    gold = make.gold(draft.copied_from_id)
    apart = next(cell for cell, rating in sorted(gold.items()) if rating > FAR_APART)
    for response in queries.expert_responses(queries.own_expert(by, row.public_id)):
        drafts = {}
        for column in response.columns:
            cell = (response.row.position, column.version)
            drafts[column.version] = (gold[cell] - FAR_APART * (differs and cell == apart), "It says so.")
        operations.save_expert_response(row, response.row, drafts, response.version, by=by, at=now())


def settle(manager: Visitor, experts: list[Visitor], draft: str) -> None:
    """Close the rating, and let each expert settle the one rating that lies far apart."""
    manager.open(draft)
    manager.press("Close the rating")
    for expert in experts:
        expert.open("/")
        expert.follow("Settle it")
        expert.follow("Settle it")
        expert.reads("Read what each expert gave and why")
        expert.page.get_by_role("radio", name=re.compile(r"^4\b")).first.check()
        expert.press("Settle it", status=422)
        expert.page.get_by_role("textbox").first.fill("Having read the others, this is what the answer earns.")
        expert.press("Save and stop")
        expert.reads("Saved, and not settled yet")
        expert.follow("Settle it")
        expert.press("Settle it")
    experts[0].reads("You have sealed your ratings")


def publish(manager: Visitor, draft: str) -> None:
    """Publish the form, and read its report."""
    manager.open(draft)
    manager.press("Publish")
    manager.reads("Published as version")
    manager.follow("Report on the form")
    manager.reads("Agreement of the experts", "Nobody has been decided on at this version so far")
    manager.open("/calibration/drafts")
    manager.reads("Rated by experts")
