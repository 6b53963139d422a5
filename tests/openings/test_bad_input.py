"""The forms of openings, filled in as nobody should: a sentence at each field, nothing lost, nothing saved."""

import html

import pytest
from sqlalchemy import func, select

from hiringkit.foundation.db import db
from hiringkit.foundation.errors import InvalidError
from hiringkit.openings import operations
from hiringkit.openings.models import Opening
from hiringkit.openings.rules import OpeningDetails, check_details
from tests.bad_input import HUGE, NONSENSE, NOTHING, SOME, WORDS, Sender, told
from tests.disclosures.browsing import filled_in
from tests.library.factories import starter_pack
from tests.openings.factories import opening
from tests.openings.test_views import typed
from tests.world import NINE, World

EMPTY = {"title": "Enter a title.", "place": "Enter where the work is done."}
TOO_LONG = "Use up to 120 characters."
POSTS = "Enter a number of people from 1 to 500."
NO_NUMBER = "Enter a whole number, such as 1."
NO_ZONE = "Choose a time zone from the list."
LONG = (*HUGE.values(), "e\u0301" * 121, "👧" * 121, "x" * 121, "9" * 121)
REFUSED: tuple[tuple[dict[str, str], dict[str, str]], ...] = (
    *(({"title": odd, "place": odd}, EMPTY) for odd in NOTHING.values()),
    *(
        ({"title": odd, "place": odd, "zone": zone}, {"title": TOO_LONG, "place": TOO_LONG, "zone": NO_ZONE})
        for odd, zone in zip(LONG, NONSENSE.values(), strict=True)
    ),
    *(({"posts": odd}, {"posts": NO_NUMBER}) for odd in ("\x00", "9" * 5_000, "½", "²")),
    *(({"posts": odd}, {"posts": POSTS}) for odd in ("-1", "9" * 40)),
    ({"posts": ""}, {"posts": "Enter how many people you want to hire."}),
    *(({"track": odd}, {"track-0": "Choose a track from the list."}) for odd in SOME if odd),
    *(({"team": odd}, {"team": "Choose a team from the list."}) for odd in SOME),
)


def test_every_field_of_a_new_opening_says_what_to_enter_and_nothing_is_created(sqlite_world: World) -> None:
    sqlite_world.manager()
    starter_pack(sqlite_world)
    sender = Sender(sqlite_world.browser("manager"), "/openings/new", "/openings")
    good = typed(sqlite_world)
    for changes, sentences in REFUSED:
        fields = {**good, **changes}
        answer = sender.send(fields)
        assert told(answer) == sentences, next(iter(changes.values()))[:20]
        kept = filled_in(answer.get_data(as_text=True), "/openings")
        lines = {one for one in ("title", "place", "posts") if not {"\x00", "\r"} & set(fields[one])}
        assert {one: kept[one] for one in lines} == {one: fields[one] for one in lines}
    for place in SOME:
        answer = sender.send({**good, "posting_places": ["EU", place]})
        assert told(answer) == {"posting_places-0": "Choose places from the list."}
    assert set(told(sender.send({}))) == {"title", "place", "posts", "track-0"}
    assert db.session.scalar(select(func.count()).select_from(Opening)) == 0


def test_a_stale_or_impossible_version_of_the_details_shows_both_and_saves_nothing(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    before, page = (row.title, row.place, row.posts), f"/openings/{row.public_id}/details"
    sender = Sender(sqlite_world.browser("manager"), page)
    fields = {"title": "Typed and kept", "place": "Reno", "zone": "UTC", "posts": "3"}
    for version in (*NONSENSE.values(), "2", "9" * 30):
        answer = sender.send({**fields, "version": version})
        assert answer.status_code == 409, version[:20]
        assert "Typed and kept" in answer.get_data(as_text=True)
    assert sender.send(fields).status_code == 409
    for move in NONSENSE.values():
        assert Sender(sender.browser, page, f"/openings/{row.public_id}/state").send({"move": move}).status_code == 400
    for number in (*NONSENSE.values(), "9" * 30):
        assert sender.browser.get("/openings", query_string={"page": number, "state": number}).status_code == 200
    stored = db.session.get_one(Opening, row.id, populate_existing=True)
    assert ((stored.title, stored.place, stored.posts), stored.version) == (before, 1)


def test_text_that_is_odd_and_still_text_is_kept_as_it_reads(world: World) -> None:
    row = opening(world)
    for version, (odd, text) in enumerate(WORDS.values(), 1):
        details = OpeningDetails(title=odd, place=f" {odd}\n{odd} ", zone="UTC", posts=2)
        operations.edit_opening(row, details, version, by=world.actor("manager"), at=NINE)
        assert (row.title, row.place) == (text, f"{text} {text}")
    assert row.title in html.unescape(world.browser("manager").get("/openings").get_data(as_text=True))


@pytest.mark.parametrize("half", ["\ud800", "\udfff\u200b"])
def test_halves_of_letters_are_no_title(half: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        check_details(OpeningDetails(title=half, place=half, zone=half))
    assert set(refusal.value.problems) == {"title", "place", "zone"}
    assert check_details(OpeningDetails(title=f"A{half}b", place="Reno", zone="UTC")).title in {"Ab", "A\u200bb"}
