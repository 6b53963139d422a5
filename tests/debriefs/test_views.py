"""Debriefs as a browser sees them: sealed, opened, closed; refusals keep what was typed."""

import re
from datetime import timedelta

from hiringkit.candidates.models import Application
from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from tests.debriefs.factories import applicant, booked_all, debriefed, hire, submit_all
from tests.world import Browser, World

LOW = {("ana", "compliance"): 2}
TYPED = "Ben asked again & she named the nurse."


def text_of(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def state(row: Application) -> ApplicationState:
    db.session.rollback()
    return db.session.get_one(Application, row.id).state


def gate_address(page: str, text: str) -> tuple[str, str]:
    """Return the address at which the gate of a page is closed, and how its fields begin."""
    found = re.search(rf"{page}/gates/([\w-]+)/resolution", text)
    assert found is not None
    return found[0], f"gate-{found[1]}-"


def test_opening_is_a_post_and_shows_everything_afterwards(world: World) -> None:
    made = hire(world)
    row = submit_all(made, booked_all(made, applicant(made)), LOW)
    page = f"/debriefs/{row.public_id}"
    browser = world.browser("manager")
    for _ in range(2):
        sealed = text_of(browser, page)
        assert "Ana on Compliance." not in sealed
        assert "Open the scorecards" in sealed
    opening = f"/applications/{row.public_id}/scorecards/opening"
    assert browser.submit(page, opening).headers["Location"].endswith(page)
    opened = text_of(browser, page)
    for words in ("Open gate: Compliance", "Ana on Compliance.", "All ratings", "The rule says", "bar 4.50", "Review"):
        assert words in opened


def test_waiting_tells_planners_who_is_missing_and_interviewers_nothing_of_it(world: World) -> None:
    made = hire(world)
    world.member("cora", Capacity.COORDINATOR)
    row = booked_all(made, applicant(made))
    page = f"/debriefs/{row.public_id}"
    assert "What is missing" in text_of(world.browser("manager"), page)
    assert "early-opening" in text_of(world.browser("manager"), page)
    planner = text_of(world.browser("cora"), page)
    assert "What is missing" in planner
    assert "early-opening" not in planner
    own = text_of(world.browser("ana"), page)
    assert "Your own" in own or "of your own scorecards" in own
    assert "Ben" not in own
    assert "0 of 8" not in own


def test_gate_form_is_refused_with_what_was_typed_and_closes_the_gate_afterwards(world: World) -> None:
    made = hire(world)
    row = debriefed(made, low=LOW)
    page = f"/debriefs/{row.public_id}"
    browser = world.browser("manager")
    address, prefix = gate_address(page, text_of(browser, page))
    refused = browser.submit(page, address, **{f"{prefix}reason": TYPED})
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Ben asked again &amp; she named the nurse." in text
    assert "Choose how the gate closes." in text
    assert browser.submit(page, address, **{f"{prefix}state": "cleared", f"{prefix}reason": TYPED}).status_code == 303
    closed = text_of(browser, page)
    assert "Cleared gate: Compliance" in closed
    assert "Cleared by Manager." in closed
    again = browser.post(address, data={})
    assert again.status_code in {400, 422}


def test_a_third_rater_is_booked_from_the_gate_and_bad_times_keep_what_was_typed(world: World) -> None:
    made = hire(world, raters=("ana", "ben", "chi"))
    row = debriefed(made, low=LOW)
    page = f"/debriefs/{row.public_id}"
    browser = world.browser("manager")
    closing, _ = gate_address(page, text_of(browser, page))
    asking = closing.replace("/resolution", "/interview")
    prefix = f"third-{closing.split('/')[-2]}-"
    refused = browser.submit(page, asking, **{f"{prefix}day": "2020-01-31", f"{prefix}time": "14:05"})
    assert refused.status_code == 422
    text = refused.get_data(as_text=True)
    assert "The start is in the past" in text
    assert 'value="14:05"' in text
    day = (now() + timedelta(days=3)).date().isoformat()
    done = browser.submit(page, asking, **{f"{prefix}day": day, f"{prefix}time": "14:05"})
    assert done.status_code == 303
    assert "Choose a calibrated interviewer" in text_of(browser, done.headers["Location"])
    twice = browser.submit(page, asking, **{f"{prefix}day": day, f"{prefix}time": "18:05"})
    assert twice.status_code == 422
    assert "This stage is already booked" in twice.get_data(as_text=True)


def test_offer_is_no_choice_while_a_gate_is_open(world: World) -> None:
    made = hire(world)
    row = debriefed(made, low=LOW, value=7)
    page = f"/debriefs/{row.public_id}"
    browser = world.browser("manager")
    assert 'value="offer"' not in text_of(browser, page)
    refused = browser.submit(page, f"{page}/decision", verdict="offer", reason=TYPED)
    assert refused.status_code == 422
    assert state(row) is ApplicationState.IN_DEBRIEF
    assert browser.submit(page, f"{page}/decision", verdict="decline", reason=TYPED).status_code == 303
    assert state(row) is ApplicationState.DECIDED


def test_decision_needs_its_reasons_and_is_carried_out_from_the_page(world: World) -> None:
    made = hire(world)
    row = debriefed(made)
    page = f"/debriefs/{row.public_id}"
    browser = world.browser("manager")
    assert browser.submit(page, f"{page}/decision", verdict="offer", reason="  ").status_code == 422
    assert browser.submit(page, f"{page}/decision", verdict="offer", reason=TYPED).status_code == 303
    closed = text_of(browser, page)
    for words in ("To make an offer", "as the rule says", "Ben asked again", "It rests on the record up to"):
        assert words in closed
    assert "Record the decision" not in closed
    sent = browser.submit(page, f"{page}/outcome", move="offer")
    assert sent.headers["Location"].endswith(f"/applications/{row.public_id}")
    assert state(row) is ApplicationState.OFFERED
    assert browser.submit(page, f"{page}/outcome", move="dance").status_code == 400
    assert browser.submit(page, f"{page}/outcome", move="hire").status_code == 303
    assert state(row) is ApplicationState.HIRED


def test_proposal_is_answered_by_the_other_manager_only(world: World) -> None:
    made = hire(world)
    world.manager("ines")
    row = debriefed(made, value=3, readers=["manager", "ines", "ana"])
    page = f"/debriefs/{row.public_id}"
    first, second, reader = (world.browser(who) for who in ("manager", "ines", "ana"))
    assert first.submit(page, f"{page}/decision", verdict="offer", reason=TYPED).status_code == 303
    own = text_of(first, page)
    assert "It waits for another manager of the team." in own
    assert "/answer" not in own
    assert "/answer" not in text_of(reader, page)
    found = re.search(rf"{page}/decisions/[\w-]+/answer", text_of(second, page))
    assert found is not None
    assert second.submit(page, found[0], answer="agree").status_code == 422
    hidden = dict(re.findall(r'name="(csrf_token|form_key)" value="([^"]*)"', own))
    foreign = first.post(found[0], data={**hidden, "answer": "agree", "answer_reason": "I agree with myself."})
    assert foreign.status_code == 403
    assert second.submit(page, found[0], answer="agree", answer_reason="I saw it too.").status_code == 303
    assert state(row) is ApplicationState.DECIDED
    assert "I saw it too." in text_of(reader, page)


def test_interviewer_reads_but_does_not_decide(world: World) -> None:
    made = hire(world)
    row = debriefed(made, low=LOW, readers=["ana"])
    page = f"/debriefs/{row.public_id}"
    browser = world.browser("ana")
    opened = text_of(browser, page)
    assert "Open gate: Compliance" in opened
    assert "Close the gate" not in opened
    assert "Record the decision" not in opened
    hidden = dict(re.findall(r'name="(csrf_token|form_key)" value="([^"]*)"', opened))
    assert browser.post(f"{page}/decision", data={**hidden, "verdict": "decline", "reason": "No."}).status_code == 403


def test_coordinator_and_auditor_see_what_their_capacity_is_for(world: World) -> None:
    made = hire(world)
    world.member("cora", Capacity.COORDINATOR)
    world.member("otto", Capacity.AUDITOR)
    row = debriefed(made, low=LOW)
    page = f"/debriefs/{row.public_id}"
    cora, otto = world.browser("cora"), world.browser("otto")
    assert otto.get(page).status_code == 404
    before = text_of(cora, page)
    assert "No decision yet" in before
    manager = world.browser("manager")
    assert manager.submit(page, f"{page}/decision", verdict="decline", reason=TYPED).status_code == 303
    after = text_of(cora, page)
    assert "Decline" in after
    for words in ("Ben asked again", "Compliance", "gate", "below the bar", "4.50"):
        assert words not in after, words
    audited = text_of(otto, page)
    for words in ("Ben asked again", "Open gate: Compliance", "Ana on Compliance."):
        assert words in audited
    assert "Close the gate" not in audited


def test_strangers_find_nothing(world: World) -> None:
    made = hire(world)
    world.manager("odo", team="Other")
    world.member("eve")
    row = debriefed(made)
    page = f"/debriefs/{row.public_id}"
    codes = {who: world.browser(who).get(page).status_code for who in ("odo", "eve", "admin")}
    assert codes == {"odo": 404, "eve": 404, "admin": 403}
    assert world.browser().get(page).status_code == 303
