"""What is typed into a section and not saved: kept for its author alone, offered on coming back, gone with the save."""

import html

import pytest
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.models import SectionTyping
from hiringkit.disclosures.rules.fields import section
from hiringkit.disclosures.rules.typed import kept_controls
from hiringkit.foundation.access import Actor, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ForbiddenError, InvalidError
from tests.disclosures.browsing import filled_in
from tests.disclosures.factories import checked, claims_of, draft, published
from tests.openings.factories import opening
from tests.world import Browser, World

PROBLEM = {"problem-0-value": "Denials nobody owns."}


def typings() -> int:
    """Return how many are kept."""
    return db.session.scalar(select(func.count()).select_from(SectionTyping)) or 0


def type_into(browser: Browser, where: str, **typed: str) -> dict[str, str]:
    """Send what a browser's pause sends, and return the whole form."""
    sent = {**filled_in(browser.get(where).get_data(as_text=True), where), **typed}
    answer = browser.post(f"{where}/typing", data={name: text for name, text in sent.items() if name != "form_key"})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.get_data(as_text=True).startswith("Saved ")
    return sent


def test_a_pause_keeps_the_text_for_its_author_and_leaves_no_event(world: World) -> None:
    made = draft(world)
    world.manager("second")
    before = db.session.scalar(select(func.count()).select_from(AuditEvent))
    for text in ("Den", "Denials nobody owns."):
        operations.keep_typing(made, "why", {"problem-0-value": text}, 1, by=world.actor("manager"), at=now())
    kept = queries.own_typing(world.actor("manager"), made, "why")
    assert kept is not None
    assert (kept.typed, kept.version, typings()) == (PROBLEM, 1, 1)
    assert queries.own_typing(world.actor("second"), made, "why") is None
    assert queries.own_typing(world.actor("manager"), made, "scope") is None
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == before
    assert "nobody owns" not in str(queries.unscoped_claims(made.id))


def test_saving_the_section_deletes_it_and_nobody_elses(world: World) -> None:
    made = draft(world)
    world.manager("second")
    for key in ("manager", "second"):
        operations.keep_typing(made, "why", PROBLEM, 1, by=world.actor(key), at=now())
    operations.save_section(made, "why", claims_of(made, "why"), 1, by=world.actor("manager"), at=now())
    assert queries.own_typing(world.actor("manager"), made, "why") is None
    assert queries.own_typing(world.actor("second"), made, "why") is not None


def test_what_says_no_more_than_is_stored_is_not_kept(world: World) -> None:
    row = opening(world)
    made = checked(world, row)
    where = f"/openings/{row.public_id}/disclosure/why"
    browser = world.browser("manager")
    type_into(browser, where, **PROBLEM)
    assert typings() == 1
    whole = filled_in(browser.get(f"{where}?typed=mine").get_data(as_text=True), where)
    assert whole["problem-0-value"] == "Denials nobody owns."
    operations.discard_typing(made, "why", by=world.actor("manager"))
    type_into(browser, where)
    assert typings() == 0


def test_only_who_may_edit_types_and_too_much_is_refused(sqlite_world: World) -> None:
    world = sqlite_world
    made = draft(world)
    world.member("ana", Capacity.INTERVIEWER)
    world.manager("neighbour", team="Other")
    for by in (world.actor("ana"), world.actor("neighbour"), Actor.operator("root")):
        with pytest.raises(ForbiddenError):
            operations.keep_typing(made, "why", PROBLEM, 1, by=by, at=now())
    with pytest.raises(InvalidError):
        operations.keep_typing(made, "why", {"problem-0-value": "x" * 200_001}, 1, by=world.actor("manager"), at=now())
    assert typings() == 0


def test_controls_of_other_sections_and_tokens_are_left_out() -> None:
    sent = {"csrf_token": "x", "version": "1", "units-0-unit": "Orders", "left-0-left": "2", "season-0-value-1": "3"}
    assert kept_controls(section("why"), sent) == {"left-0-left": "2"}
    assert kept_controls(section("workload"), sent) == {"units-0-unit": "Orders", "season-0-value-1": "3"}


def test_coming_back_shows_what_was_typed_until_it_is_saved_or_discarded(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    published(world, row)
    where = f"/openings/{row.public_id}/disclosure/why"
    browser = world.browser("manager")
    type_into(browser, where, **PROBLEM)
    page = html.unescape(browser.get(where).get_data(as_text=True))
    assert "and have not saved it" in page
    assert "Go on with it" in page
    assert filled_in(page, where)["problem-0-value"] == "Denials nobody owns."
    preview = world.browser("manager").get(f"/openings/{row.public_id}/disclosure/preview")
    assert "Denials nobody owns." not in preview.get_data(as_text=True)
    assert browser.submit(where, f"{where}/typing/discarding").status_code == 303
    assert "have not saved it" not in browser.get(where).get_data(as_text=True).partition("flash")[2]
    assert typings() == 0
    sent = type_into(browser, where, **PROBLEM)
    assert browser.post(where, data=sent).status_code == 303
    assert typings() == 0


def test_a_newer_saved_version_is_never_overwritten_silently(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    checked(world, row)
    world.manager("second")
    where = f"/openings/{row.public_id}/disclosure/why"
    mine, theirs = world.browser("manager"), world.browser("second")
    type_into(mine, where, **PROBLEM)
    sent = filled_in(theirs.get(where).get_data(as_text=True), where)
    assert theirs.post(where, data={**sent, "problem-0-value": "Saved by the second."}).status_code == 303
    page = html.unescape(mine.get(where).get_data(as_text=True))
    assert "You typed something else" in page
    assert filled_in(page, where)["problem-0-value"] == "Saved by the second."
    both = html.unescape(mine.get(f"{where}?typed=mine").get_data(as_text=True))
    assert "Saved by the second." in both
    whole = filled_in(both, where)
    assert (whole["problem-0-value"], whole["version"]) == ("Denials nobody owns.", "3")
    assert mine.post(where, data=whole).status_code == 303


ODD = {
    "no number": {"people-0-value": "a few", "hours-0-paid": "x"},
    "half a pay band": {"units-0-unit": "", "units-1-busy": "9"},
    "unicode": {"target-0-value": "\u202e😀" * 10, "people-owner": "Ω" * 500},
    "nonsense": {"version": "9" * 40, "people-as_of": "soon", "people-basis": "hearsay"},
}


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD)
def test_whatever_was_typed_is_shown_again(sqlite_world: World, typed: dict[str, str]) -> None:
    world = sqlite_world
    row = opening(world)
    draft(world, row)
    where = f"/openings/{row.public_id}/disclosure/workload"
    browser = world.browser("manager")
    type_into(browser, where, **typed)
    answer = browser.get(f"{where}?typed=mine")
    assert answer.status_code == 200
    whole = filled_in(answer.get_data(as_text=True), where)
    for name, text in typed.items():
        assert name == "version" or whole[name] == text or not text
