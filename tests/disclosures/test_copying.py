"""Starting from another opening: what is offered, what is copied, and that all of it is to be checked."""

import html
from dataclasses import replace
from datetime import date

import pytest

from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.clarity import clarity, missing_required
from hiringkit.disclosures.rules.fields import SECTIONS
from hiringkit.disclosures.rules.publishing import obstacles, progress
from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hiringkit.openings.models import Opening
from tests.disclosures.answers import AS_OF, complete
from tests.disclosures.factories import checked, draft, published, saved
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World

OLD = {"pay.level": TypedAnswer(({"value": "Manager 2 of 2"},), source="Level guide", as_of="2026-01-02")}


def copied(world: World, row: Opening, source: Opening, *, published: bool, by: str = "manager") -> tuple[Claim, ...]:
    """Copy one opening's disclosure into another and return the claims of the new draft."""
    viewer = world.actor(by)
    found = queries.source(viewer, source.public_id)
    made = operations.copy_disclosure(row, found, published=published, by=viewer, at=now())
    return queries.unscoped_claims(made.id)


def test_a_template_marks_every_answer_until_its_section_is_saved(world: World) -> None:
    made = draft(world)
    assert all(one.is_to_check for one in queries.unscoped_claims(made.id))
    saved(world, made, "pay")
    left = {one.field.partition(".")[0] for one in queries.unscoped_claims(made.id) if one.is_to_check}
    assert left == {one.key for one in SECTIONS} - {"pay"}


def test_what_was_copied_does_not_count_as_answered_before_it_is_checked() -> None:
    copied, kept = [replace(one, is_to_check=True) for one in complete()], complete()
    assert clarity(copied, AS_OF).answered == 0
    assert clarity(kept, AS_OF).answered > 30
    assert missing_required(copied) == ()


def test_a_mark_alone_keeps_a_section_from_counting_as_checked() -> None:
    claims = [Claim("why.kind", values={"value": "new"}, is_to_check=True)]
    assert [one.key for one in obstacles(claims, {"why"}).unchecked] == ["why"]
    assert not progress(claims, {"why"}, date(2026, 5, 4))[0].is_saved


def test_the_published_version_or_the_draft_is_copied_with_its_dates(world: World) -> None:
    source = opening(world, "Source")
    saved(world, checked(world, source), "pay", OLD)
    version = operations.publish_disclosure(source, by=world.actor("manager"), at=now())
    saved(world, draft(world, source), "pay", {"pay.level": TypedAnswer(({"value": "Changed since"},))})
    new, other = opening(world, "New"), opening(world, "Other")
    from_version = copied(world, new, source, published=True)
    assert from_version == queries.document_of(version).claims
    assert all(one.is_to_check for one in from_version)
    level = next(one for one in from_version if one.field == "pay.level")
    assert (level.values["value"], level.as_of) == ("Manager 2 of 2", date(2026, 1, 2))
    from_draft = copied(world, other, source, published=False)
    assert next(one for one in from_draft if one.field == "pay.level").values["value"] == "Changed since"
    with pytest.raises(InvalidError, match="Nobody has checked yet"):
        operations.publish_disclosure(new, by=world.actor("manager"), at=now())


def test_nothing_is_copied_into_a_draft_or_from_what_one_may_not_read(world: World) -> None:
    source, row = opening(world, "Source"), opening(world, "New")
    draft(world, source)
    world.manager("neighbour", team="Other")
    elsewhere = opening(world, "Elsewhere", team="Other", by="neighbour")
    with pytest.raises(NotFoundError):
        copied(world, elsewhere, source, published=False, by="neighbour")
    with pytest.raises(NotFoundError):
        copied(world, row, source, published=True)
    found = queries.source(world.actor("manager"), source.public_id)
    with pytest.raises(ForbiddenError):
        operations.copy_disclosure(elsewhere, found, published=False, by=world.actor("manager"), at=now())
    with pytest.raises(ForbiddenError):
        operations.copy_disclosure(elsewhere, found, published=False, by=world.actor("neighbour"), at=now())
    copied(world, row, source, published=False)
    with pytest.raises(ConflictError):
        copied(world, row, source, published=False)


def test_the_page_offers_what_the_viewer_may_read_and_marks_each_answer(sqlite_world: World) -> None:
    world = sqlite_world
    source, row = opening(world, "Source"), opening(world, "New")
    published(world, source)
    opening(world, "Not started")
    world.manager("neighbour", team="Other")
    draft(world, opening(world, "Elsewhere", team="Other", by="neighbour"), by="neighbour")
    where = f"/openings/{row.public_id}/disclosure"
    browser = world.browser("manager")
    assert "Start from another opening" in browser.get(where).get_data(as_text=True)
    page = html.unescape(browser.get(f"{where}/sources").get_data(as_text=True))
    assert "Source" in page
    assert "Elsewhere" not in page
    assert "Not started" not in page
    sent = {"source": source.public_id, "which": "published"}
    assert browser.submit(f"{where}/sources", f"{where}/copy", **{**sent, "which": "all"}).status_code == 400
    assert browser.submit(f"{where}/sources", f"{where}/copy", **sent).status_code == 303
    assert browser.get(f"{where}/sources").status_code == 303
    section = html.unescape(browser.get(f"{where}/why").get_data(as_text=True))
    assert section.count('<span class="state state-part">To check</span></span>\n<span class="claim-answer">') == 5
    assert "Copied; true there on" in section
    world.member("rosa", Capacity.COORDINATOR)
    assert world.browser("rosa").get(f"{where}/sources").status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_sources_takes_the_same_statements_whatever_its_length(sqlite_world: World, count: int) -> None:
    world = sqlite_world
    row = opening(world, "New")
    for number in range(count):
        draft(world, opening(world, f"Opening {number}"))
    browser = world.browser("manager")
    where = f"/openings/{row.public_id}/disclosure/sources"
    browser.get(where)
    with counted() as seen:
        page = browser.get(where).get_data(as_text=True)
    assert page.count("Copy the draft") == count
    assert len(seen) == 4, seen


def test_an_old_answer_is_stale_at_its_place(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    saved(world, draft(world, row), "pay", {"pay.level": TypedAnswer(({"value": "Two"},), as_of="2020-01-02")})
    page = world.browser("manager").get(f"/openings/{row.public_id}/disclosure/pay").get_data(as_text=True)
    assert page.count('<span class="state state-due">Stale</span>') == 1
