"""The interviewer's pages: the kit, saving, checking, sealing, and what is said when something stands in the way."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hiringkit.candidates.queries import unscoped_application
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.queries import AssignmentView
from hiringkit.interviews.rules.lifecycle import AssignmentState
from hiringkit.scorecards import operations
from hiringkit.scorecards.models import Scorecard, ScorecardDraft
from tests.interviews.factories import begun, hidden_fields, panel, ready
from tests.scorecards.factories import open_all, own, save, submit, typed
from tests.statements import counted
from tests.world import World

TOKENS = re.compile(r'name="(?:csrf_token|form_key)" value="[^"]*"')


def kit(place: AssignmentView) -> str:
    return f"/interviews/{place.assignment.public_id}"


def card(place: AssignmentView, act: str = "") -> str:
    return f"/scorecards/{place.assignment.public_id}{act}"


def coming(world: World, *who: str) -> list[AssignmentView]:
    starts = (now() + timedelta(days=3)).replace(second=0, microsecond=0)
    return panel(world, ready(world), *who, starts=starts, at=now())


def test_kit_has_script_and_scorecard_with_printed_anchors_and_no_default(world: World) -> None:
    place, _ = begun(world, ready(world), "ana", "ben")
    text = world.browser("ana").get(kit(place)).get_data(as_text=True)
    stage = own(world, "ana", place).stage
    for scenario in stage.scenarios:
        assert scenario.content["prompt"][:40] in text.replace("&#39;", "'")
    for row in stage.competencies:
        assert f'name="r{row.id}-rating"' in text
        assert all(anchor[:30] in text.replace("&#39;", "'") for anchor in row.anchors.values())
    assert not re.search(r'name="r\d+-rating"[^>]*checked', text)
    assert "You lead." in text
    assert "with Ben as second" in text
    assert "Only you see what you write here." in text
    order = [row.is_safety_critical for row in stage.competencies]
    legends = re.findall(r"<legend>(.*?)</legend>", text, flags=re.DOTALL)
    assert [("Safety-critical" in one) for one in legends] == sorted(order, reverse=True)


def test_saved_draft_comes_back_as_typed_with_its_time(world: World) -> None:
    (place,) = begun(world, ready(world), "ana")
    browser, fields = world.browser("ana"), dict(typed(own(world, "ana", place), "Half a sentence <b>", None))
    first = next(name for name in fields if name.endswith("-rating"))
    done = browser.submit(kit(place), card(place, "/check"), **{**fields, first: "not-observed"})
    assert done.status_code == 422
    for _ in range(2):
        text = browser.get(kit(place)).get_data(as_text=True)
        assert text.count("Half a sentence &lt;b&gt;") == len(fields) // 2 + 1
        assert re.search(rf'name="{first}"[^>]*value="not-observed" checked', text)
        assert re.search(r"Saved \d\d:\d\d", text)


def test_incomplete_scorecard_is_saved_and_says_what_is_missing_at_its_fields(sqlite_world: World) -> None:
    (place,) = begun(sqlite_world, ready(sqlite_world), "ana")
    browser, fields = sqlite_world.browser("ana"), dict(typed(own(sqlite_world, "ana", place), "", 7))
    refused = browser.submit(kit(place), card(place, "/check"), **fields)
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Your draft is saved. Nothing was submitted." in text
    for name in (name for name in fields if name.endswith("-evidence")):
        assert f'href="#{name}"' in text
        assert f'id="{name}-error"' in text
    assert own(sqlite_world, "ana", place).version == 1
    hidden = dict(
        re.findall(r'name="(csrf_token|form_key|version)" value="([^"]*)"', text.partition('id="scorecard"')[2])
    )
    assert hidden["version"] == "1"
    whole = {name: value or "Seen at 10:05." for name, value in fields.items()}
    assert browser.post(card(place, "/check"), data={**hidden, **whole}).status_code == 303
    assert own(sqlite_world, "ana", place).draft.note == "Seen at 10:05."


def test_same_page_sent_twice_is_no_conflict(sqlite_world: World) -> None:
    (place,) = begun(sqlite_world, ready(sqlite_world), "ana")
    browser, fields = sqlite_world.browser("ana"), dict(typed(own(sqlite_world, "ana", place), "", 7))
    hidden = hidden_fields(browser.get(kit(place)).get_data(as_text=True), 'id="scorecard"')
    answers = [browser.post(card(place, "/check"), data={**hidden, **fields}).status_code for _ in range(2)]
    assert answers == [422, 422]
    assert own(sqlite_world, "ana", place).version == 1


def test_check_then_seal_then_the_sealed_page(world: World) -> None:
    place, _ = begun(world, ready(world), "ana", "ben")
    browser, fields = world.browser("ana"), typed(own(world, "ana", place), "Called the pharmacist.", 6)
    checked = browser.submit(kit(place), card(place, "/check"), **fields)
    assert (checked.status_code, checked.headers["Location"]) == (303, card(place, "/check"))
    text = browser.get(card(place, "/check")).get_data(as_text=True)
    assert text.count("Called the pharmacist.") == len(own(world, "ana", place).competencies) + 1
    sealed = browser.submit(card(place, "/check"), card(place, "/submission"))
    assert (sealed.status_code, sealed.headers["Location"]) == (303, card(place))
    shown = browser.get(card(place)).get_data(as_text=True)
    assert "Sealed" in shown
    assert "sealed until every expected one is in" in shown
    assert "Open the scorecards" not in shown
    assert browser.get(kit(place)).headers["Location"] == card(place)
    assert browser.get(card(place, "/check")).headers["Location"] == card(place)


def test_double_click_seals_once(world: World) -> None:
    (place,) = begun(world, ready(world), "ana")
    save(world, "ana", place, at=now())
    browser = world.browser("ana")
    hidden = hidden_fields(browser.get(card(place, "/check")).get_data(as_text=True), "/submission")
    answers = [browser.post(card(place, "/submission"), data=hidden) for _ in range(2)]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [(303, card(place))] * 2
    other = browser.post(card(place, "/submission"), data={**hidden, "form_key": "another.1"})
    assert other.status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Scorecard)) == 1


def test_two_windows_show_both_texts_and_lose_neither(sqlite_world: World) -> None:
    (place,) = begun(sqlite_world, ready(sqlite_world), "ana")
    browser, fields = sqlite_world.browser("ana"), typed(own(sqlite_world, "ana", place), "Typed here.", 5)
    hidden = hidden_fields(browser.get(kit(place)).get_data(as_text=True), 'id="scorecard"')
    save(sqlite_world, "ana", place, "Typed there.", 3, at=now())
    stale = browser.post(card(place, "/draft"), data={**hidden, **fields})
    both = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "Typed here." in both
    assert "Typed there." in both
    name = own(sqlite_world, "ana", place).competencies[0].name
    assert f"{name}, evidence" in both.replace("&#39;", "'")
    again = hidden_fields(both, 'id="main"')
    assert browser.post(card(place, "/draft"), data={**again, **fields}).status_code == 303
    assert own(sqlite_world, "ana", place).draft.note == "Typed here."


def test_draft_changed_after_the_check_is_read_again_first(sqlite_world: World) -> None:
    (place,) = begun(sqlite_world, ready(sqlite_world), "ana")
    save(sqlite_world, "ana", place, "As it was checked.", at=now())
    browser = sqlite_world.browser("ana")
    hidden = hidden_fields(browser.get(card(place, "/check")).get_data(as_text=True), "/submission")
    save(sqlite_world, "ana", place, "Changed meanwhile.", at=now())
    answer = browser.post(card(place, "/submission"), data=hidden)
    assert answer.status_code == 409
    assert "This has changed since you checked it" in answer.get_data(as_text=True)
    assert "Changed meanwhile." in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Scorecard)) == 0


def test_submission_that_lacks_something_comes_back_with_the_saved_draft(sqlite_world: World) -> None:
    (place,) = begun(sqlite_world, ready(sqlite_world), "ana")
    save(sqlite_world, "ana", place, "", 7, at=now())
    browser = sqlite_world.browser("ana")
    assert "This is missing" in browser.get(card(place, "/check")).get_data(as_text=True)
    hidden = hidden_fields(browser.get(kit(place)).get_data(as_text=True), 'id="scorecard"')
    refused = browser.post(card(place, "/submission"), data=hidden)
    assert refused.status_code == 422
    assert "needs evidence" in refused.get_data(as_text=True)


def test_too_long_text_stays_on_the_page(sqlite_world: World) -> None:
    (place,) = begun(sqlite_world, ready(sqlite_world), "ana")
    fields = {**typed(own(sqlite_world, "ana", place)), "note": "n" * 20_001}
    refused = sqlite_world.browser("ana").submit(kit(place), card(place, "/check"), **fields)
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "n" * 20_001 in text
    assert "it is not saved yet" in text
    assert 'href="#note"' in text
    assert db.session.scalar(select(func.count()).select_from(ScorecardDraft)) == 0


def test_before_it_begins_one_may_prepare_and_not_submit(sqlite_world: World) -> None:
    (place,) = coming(sqlite_world, "ana")
    save(sqlite_world, "ana", place, at=now())
    browser = sqlite_world.browser("ana")
    text = browser.get(card(place, "/check")).get_data(as_text=True)
    assert "A scorecard can be submitted once the interview has begun" in text
    assert f'action="{card(place, "/submission")}"' not in text
    hidden = hidden_fields(browser.get(kit(place)).get_data(as_text=True), 'id="scorecard"')
    refused = browser.post(card(place, "/submission"), data=hidden)
    assert refused.status_code == 409
    assert "a scorecard can be submitted from then on" in refused.get_data(as_text=True)


def test_accepting_and_declining_a_place(world: World) -> None:
    place, other = coming(world, "ana", "ben")
    browser = world.browser("ana")
    assert "Can you take this interview?" in browser.get(kit(place)).get_data(as_text=True)
    accepted = browser.submit(kit(place), f"{kit(place)}/answer", move="accept")
    assert (accepted.status_code, accepted.headers["Location"]) == (303, kit(place))
    db.session.refresh(place.assignment)
    assert place.assignment.state is AssignmentState.ACCEPTED
    assert "Can you take this interview?" not in browser.get(kit(place)).get_data(as_text=True)
    declined = world.browser("ben").submit(kit(other), f"{kit(other)}/answer", move="decline")
    assert (declined.status_code, declined.headers["Location"]) == (303, "/interviews")
    assert world.browser("ben").get(kit(other)).status_code == 404


def test_list_of_interviews_shows_own_states_and_teaches_when_empty(sqlite_world: World) -> None:
    place, _ = begun(sqlite_world, ready(sqlite_world), "ana", "ben")
    browser = sqlite_world.browser("ana")
    assert "Scorecard not started" in browser.get("/interviews").get_data(as_text=True)
    save(sqlite_world, "ana", place, at=now())
    assert "Scorecard draft" in browser.get("/interviews").get_data(as_text=True)
    submit(sqlite_world, "ana", place, at=now())
    text = browser.get("/interviews").get_data(as_text=True)
    assert "Scorecard sealed" in text
    assert "Read your scorecard" in text
    assert "No interviews yet" in sqlite_world.browser("manager").get("/interviews").get_data(as_text=True)


def test_abstaining_needs_a_reason_and_counts_as_in(sqlite_world: World) -> None:
    (place,) = begun(sqlite_world, ready(sqlite_world), "ana")
    browser, page = sqlite_world.browser("ana"), card(place, "/abstention")
    assert browser.submit(page, reason="").status_code == 422
    assert browser.submit(page, reason="The line broke off.").status_code == 303
    text = browser.get(card(place)).get_data(as_text=True)
    assert "Why you abstained" in text
    assert "The line broke off." in text
    assert "Add to it" not in text


def test_amending_shows_the_addition_under_the_sealed_text(sqlite_world: World) -> None:
    (place,) = begun(sqlite_world, ready(sqlite_world), "ana")
    submit(sqlite_world, "ana", place, "As sealed.", at=now())
    browser = sqlite_world.browser("ana")
    assert browser.submit(card(place), card(place, "/amendments"), text=" ").status_code == 422
    assert browser.submit(card(place), card(place, "/amendments"), text="I had misheard.").status_code == 303
    text = browser.get(card(place)).get_data(as_text=True)
    assert "As sealed." in text
    assert "I had misheard." in text


def test_opening_leads_to_the_debrief_and_is_refused_with_its_reason(world: World) -> None:
    place, other = begun(world, ready(world), "ana", "ben")
    submit(world, "ana", place, at=now())
    browser, address = world.browser("ana"), f"/applications/{place.application.public_id}/scorecards/opening"
    token = re.search(r'name="csrf_token" value="([^"]*)', browser.get(card(place)).get_data(as_text=True))
    assert token is not None
    fields = {"csrf_token": token[1], "form_key": "opening.1"}
    refused = browser.post(address, data=fields)
    assert refused.status_code == 409
    assert "sealed until every expected one is in" in refused.get_data(as_text=True)
    view = unscoped_application(place.application.id)
    operations.open_early(view, "Time.", by=world.actor("manager"), at=now())
    done = browser.submit(card(place), address)
    assert (done.status_code, done.headers["Location"]) == (303, f"/debriefs/{place.application.public_id}")
    assert "Open the debrief" in browser.get(card(place)).get_data(as_text=True)
    assert world.browser("ben").post(address, data=fields).status_code == 400
    assert other.assignment.role.value == "second"


def test_early_opening_names_what_is_missing_and_asks_why(world: World) -> None:
    place, _ = begun(world, ready(world), "ana", "ben")
    submit(world, "ana", place, at=now())
    page = f"/applications/{place.application.public_id}/scorecards/early-opening"
    browser = world.browser("manager")
    text = browser.get(page).get_data(as_text=True)
    assert "1 expected scorecard is missing." in text
    assert "Ben" in text
    assert browser.submit(page, reason="").status_code == 422
    done = browser.submit(page, reason="The offer ends today.")
    assert (done.status_code, done.headers["Location"]) == (303, f"/debriefs/{place.application.public_id}")
    for who, status in (("ana", 403), ("admin", 403)):
        assert world.browser(who).get(page).status_code == status
    world.manager("strange", "Other")
    assert world.browser("strange").get(page).status_code == 404


def test_cancelled_interview_shows_what_was_typed_and_takes_no_more(sqlite_world: World) -> None:
    (place,) = begun(sqlite_world, ready(sqlite_world), "ana")
    save(sqlite_world, "ana", place, "Kept for you.", at=now())
    interviews.move_interview(place.scheduled, "cancel", by=sqlite_world.actor("manager"), at=now())
    browser = sqlite_world.browser("ana")
    text = browser.get(kit(place)).get_data(as_text=True)
    assert "This interview is cancelled." in text
    assert "Kept for you." in text
    assert 'id="scorecard"' not in text
    assert "Cancelled" in browser.get("/interviews").get_data(as_text=True)


def test_coordinators_have_no_interviews_of_their_own(sqlite_world: World) -> None:
    sqlite_world.member("cora", Capacity.COORDINATOR)
    assert sqlite_world.browser("cora").get("/interviews").status_code == 403


@pytest.mark.parametrize("who", ["ben", "manager", "strange"])
def test_other_peoples_scorecards_look_like_absent_ones(sqlite_world: World, who: str) -> None:
    place, _ = begun(sqlite_world, ready(sqlite_world), "ana", "ben")
    submit(sqlite_world, "ana", place, at=now())
    sqlite_world.member("strange", team="Other")
    browser = sqlite_world.browser(who)
    for address in (kit(place), card(place), card(place, "/check"), card(place, "/abstention")):
        absent = address.replace(place.assignment.public_id, "unknown")
        told = [TOKENS.sub("", browser.get(one).get_data(as_text=True)) for one in (address, absent)]
        assert browser.get(address).status_code == browser.get(absent).status_code == 404
        assert told[0] == told[1]


@pytest.mark.parametrize("places", [1, 30])
def test_pages_take_eight_statements_for_any_number_of_interviews(sqlite_world: World, places: int) -> None:
    view = ready(sqlite_world)
    first, _ = begun(sqlite_world, view, "ana", "ben")
    second, _ = begun(sqlite_world, view, "ana", "ben", stage=1, hours_ago=3)
    for number in range(places - 1):
        begun(
            sqlite_world,
            ready(sqlite_world, f"Candidate {number}", view.opening),
            "ana",
            waiver="None.",
            hours_ago=5 + 2 * number,
        )
    save(sqlite_world, "ana", first, at=now())
    submit(sqlite_world, "ana", second, at=now())
    operations.open_early(
        unscoped_application(view.application.id), "Time.", by=sqlite_world.actor("manager"), at=now()
    )
    open_all(sqlite_world, "manager", second, at=now())
    browser = sqlite_world.browser("ana")
    for page in ("/interviews", kit(first), card(first, "/check"), card(second)):
        browser.get(page)
        with counted() as seen:
            answer = browser.get(page)
        assert answer.status_code == 200
        assert len(seen) <= 8, page
        assert len(answer.get_data()) < 100_000
