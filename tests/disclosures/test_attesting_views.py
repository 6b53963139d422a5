"""Marking and attesting as a browser sees them: who may, what is kept, and that nothing tells who said what."""

import html
import re

from hiringkit.audit.queries import unscoped_break
from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.rules.saying import WordDraft
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.openings.models import Opening
from tests.disclosures.attesting import CONFIRM, DISPUTE, marked, says
from tests.disclosures.factories import checked, published
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import Browser, World

FIVE = ("ana", "ben", "chi", "devi", "elias")
COUNTS = "4 of 5 people now in the role confirm this section, 1 disputes “Units of work”."
TOKENS = re.compile(r'(?<=name="csrf_token" value=")[^"]*|(?<=name="form_key" value=")[^"]*|[0-9a-f]{64}')
"""What is new on every page, and the record's last hash, which says that something was done somewhere."""


def text(browser: Browser, address: str) -> str:
    """Return a page as it reads, entities resolved."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def address(row: Opening, *parts: str) -> str:
    """Return an address of an opening's disclosure."""
    return "/".join((f"/openings/{row.public_id}/disclosure", *parts))


def test_a_manager_marks_ends_and_takes_up_again(world: World) -> None:
    row = opening(world)
    world.member("ana")
    browser, page = world.browser("manager"), address(row, "incumbents")
    assert "Nobody is marked yet" in text(browser, page)
    assert browser.submit(page, page, member="").status_code == 422
    assert browser.submit(page, page, member=world.members["ana"].public_id).status_code == 303
    (made, _), *rest = queries.unscoped_incumbents(row.id, 1).rows
    assert rest == []
    assert "Every other active member of the team is marked" in text(browser, page)
    for act, words in (("ending", "Is in the role again"), ("return", "Has left the role")):
        assert browser.submit(page, f"{page}/{made.public_id}/{act}").status_code == 303
        assert words in text(browser, page)
    assert browser.get(address(row)).status_code == 200
    assert page in text(browser, address(row))
    assert unscoped_break() is None


def test_somebody_in_the_role_is_asked_at_home_and_says_what_is_true(world: World) -> None:
    row = opening(world)
    published(world, row)
    marked(world, row, "ana")
    browser, page = world.browser("ana"), address(row, "attestation")
    asked = f"Confirm what the disclosure of {row.title} says about the work"
    assert asked in text(browser, "/")
    assert page in text(browser, address(row))
    send = address(row, "versions", "1", "attestation")
    fields = {"pay-word": "confirmed", "why-word": "disputed", "why-field": "why.kind", "why-note": "It is <not>."}
    assert browser.submit(page, send, **fields).status_code == 303
    shown = text(browser, page)
    assert "Thank you" in shown
    assert "It is <not>." in shown
    assert queries.own_attesting(world.actor("ana"), row.public_id).drafts == {
        "pay": CONFIRM, "why": WordDraft("disputed", "why.kind", "It is <not>.")
    }  # fmt: skip
    assert asked not in text(browser, "/")


def test_a_refused_page_keeps_what_was_typed(world: World) -> None:
    row = opening(world)
    published(world, row)
    marked(world, row, "ana")
    browser, page = world.browser("ana"), address(row, "attestation")
    send = address(row, "versions", "1", "attestation")
    answer = browser.submit(page, send, **{"pay-word": "confirmed", "pay-note": "But a note."})
    shown = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "You confirm this section and name something that is wrong in it." in shown
    assert "But a note." in shown
    assert 'href="#pay-word-0"' in shown
    assert browser.submit(page, send).status_code == 422
    assert queries.own_attesting(world.actor("ana"), row.public_id).drafts == {}


def test_the_second_window_sees_both_and_may_save_on_top(world: World) -> None:
    row = opening(world)
    version = published(world, row)
    marked(world, row, "ana")
    browser, page = world.browser("ana"), address(row, "attestation")
    send = address(row, "versions", "1", "attestation")
    form = next(f for f in re.findall(r"<form.*?</form>", text(browser, page), re.DOTALL) if send in f)
    hidden = dict(re.findall(r'name="(csrf_token|form_key|version)" value="([^"]*)"', form))
    says(world, "ana", version, pay=WordDraft("disputed", "", "Said in the first window."))
    answer = browser.post(send, data={**hidden, "pay-word": "confirmed"})
    shown = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert "Said in the first window." in shown
    again = dict(re.findall(r'name="(csrf_token|form_key|version)" value="([^"]*)"', shown[shown.index(send) :]))
    assert browser.post(send, data={**hidden, "version": again["version"], "pay-word": "confirmed"}).status_code == 303
    assert queries.own_attesting(world.actor("ana"), row.public_id).drafts["pay"] == CONFIRM


def test_a_version_published_meanwhile_takes_no_word_meant_for_the_old_one(world: World) -> None:
    row = opening(world)
    published(world, row)
    marked(world, row, "ana")
    browser, page = world.browser("ana"), address(row, "attestation")
    send = address(row, "versions", "1", "attestation")
    form = next(f for f in re.findall(r"<form.*?</form>", text(browser, page), re.DOTALL) if send in f)
    hidden = dict(re.findall(r'name="(csrf_token|form_key|version)" value="([^"]*)"', form))
    published(world, row)
    assert browser.post(send, data={**hidden, "pay-word": "confirmed"}).status_code == 409
    assert queries.own_attesting(world.actor("ana"), row.public_id).drafts == {}


def test_counts_stand_on_the_public_page_and_change_its_etag(world: World) -> None:
    row = opening(world, state="open")
    version = published(world, row)
    marked(world, row, *FIVE)
    public, slug = world.browser(), f"/careers/{row.slug}"
    for who in FIVE[:2]:
        says(world, who, version, workload=CONFIRM)
    before = public.get(slug)
    assert "people now in the role" not in before.get_data(as_text=True)
    for who in FIVE[2:4]:
        says(world, who, version, workload=CONFIRM)
    says(world, "elias", version, workload=DISPUTE)
    after = public.get(slug, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert COUNTS in html.unescape(after.get_data(as_text=True))
    assert "Mondays" not in after.get_data(as_text=True)
    manager = world.browser("manager")
    assert COUNTS in text(manager, address(row, "preview"))
    checked(world, row)
    published(world, row)
    assert "people now in the role" not in text(public, slug)
    assert COUNTS in text(public, f"{slug}/versions/1")


def places(row: Opening) -> list[str]:
    """Return every address that could tell somebody of the team what a colleague said."""
    trail, here = f"/openings/{row.public_id}/trail", f"/openings/{row.public_id}"
    parts = ((), ("incumbents",), ("accuracy",), ("preview",))
    return [*(address(row, *one) for one in parts), f"/careers/{row.slug}", trail, here, "/audit", "/"]


def seen(browser: Browser, row: Opening) -> dict[str, str]:
    """Return what somebody gets at each of these addresses, without tokens."""
    return {one: TOKENS.sub("", browser.get(one).get_data(as_text=True)) for one in places(row)}


def test_pages_are_the_same_whoever_said_it_and_in_whatever_order(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world, state="open")
    marked(world, row, *FIVE)
    world.member("otto", Capacity.AUDITOR)
    watchers = {who: world.browser(who) for who in ("manager", "otto")}
    told = []
    for order, disputer in ((FIVE, "elias"), (FIVE[::-1], "ana"), (("chi", "ana", "elias", "ben", "devi"), "chi")):
        version = published(world, row)
        for who in order:
            says(world, who, version, workload=DISPUTE if who == disputer else CONFIRM)
        pages = {who: seen(browser, row) for who, browser in watchers.items()}
        for page in (address(row, "incumbents"), f"/careers/{row.slug}"):
            assert COUNTS in html.unescape(pages["manager"][page])
        assert "Mondays are twice that." in pages["manager"][address(row, "accuracy")]
        assert "Mondays are twice that." not in "".join(pages["otto"].values())
        told.append(pages["manager"][address(row, "accuracy")].replace(f"version {version.number}", "version"))
        trail = html.unescape("".join(pages[who][places(row)[5]] for who in watchers) + pages["otto"]["/audit"])
        assert "whether a published disclosure is true" not in trail
        assert "marked somebody as being in the role" in trail
    assert told[0] == told[1] == told[2]


def test_a_word_below_three_changes_no_byte_for_anybody_else(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world, state="open")
    version = published(world, row)
    marked(world, row, "ana", "ben", "chi")
    world.member("otto", Capacity.AUDITOR)
    watchers = {who: world.browser(who) for who in ("manager", "otto", "chi")}
    before = {who: seen(browser, row) for who, browser in watchers.items()}
    says(world, "ana", version, workload=CONFIRM)
    says(world, "ben", version, workload=DISPUTE)
    for who, browser in watchers.items():
        after = seen(browser, row)
        assert [page for page in after if after[page] != before[who][page]] == [], who
    says(world, "chi", version, workload=CONFIRM)
    assert seen(watchers["manager"], row) != before["manager"]


def test_pages_are_for_those_concerned(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    published(world, row)
    (made,) = marked(world, row, "ana")
    world.member("ben")
    world.manager("neighbour", team="Other")
    wanted = {
        "manager": {"incumbents": 200, "attestation": 404},
        "ana": {"incumbents": 403, "attestation": 200},
        "ben": {"incumbents": 403, "attestation": 404},
        "neighbour": {"incumbents": 404, "attestation": 404},
        "admin": {"incumbents": 403, "attestation": 403},
    }
    for who, pages in wanted.items():
        browser = world.browser(who)
        assert {page: browser.get(address(row, page)).status_code for page in pages} == pages, who
    operations.end_incumbency(made, by=world.actor("manager"), at=now())
    assert world.browser("ana").get(address(row, "attestation")).status_code == 404


def test_pages_take_at_most_eight_statements_with_one_and_with_thirty_people(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world, state="open")
    version = published(world, row)
    marked(world, row, "ana")
    says(world, "ana", version, workload=DISPUTE)
    manager, ana = world.browser("manager"), world.browser("ana")
    visits = [(manager, address(row, "incumbents")), (manager, address(row, "accuracy"))]
    visits += [(ana, address(row, "attestation")), (ana, "/"), (world.browser(), f"/careers/{row.slug}")]

    def statements() -> list[int]:
        found = []
        for browser, page in visits:
            with counted() as taken:
                text(browser, page)
            found.append(len(taken))
        return found

    marked(world, row, "ben", "chi")
    for who in ("ben", "chi"):
        says(world, who, version, workload=DISPUTE)
    few = statements()
    for number in range(27):
        marked(world, row, f"person{number}")
        says(world, f"person{number}", version, workload=DISPUTE, pay=CONFIRM)
    assert statements() == few
    assert max(few) <= 8, few
    assert len(ana.get(address(row, "attestation")).data) < 59_000
