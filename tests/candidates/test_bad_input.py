"""The forms of candidates, filled in as nobody should: a sentence at each field, nothing lost, nothing saved."""

import pytest
from sqlalchemy import func, select

from hiringkit.candidates import operations
from hiringkit.candidates.models import Application, Candidate, ClaimAnswer, Delivery
from hiringkit.candidates.rules.drafts import CandidateDraft
from hiringkit.candidates.rules.questions import AnswerDraft
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import InvalidError
from hiringkit.people.rules import normal_address
from tests.bad_input import HUGE, NONSENSE, NOTHING, SOME, WORDS, Sender, told
from tests.candidates.asking import ask, reply
from tests.candidates.factories import application, candidate, delivery, draft
from tests.candidates.test_views import TYPED, address
from tests.disclosures.browsing import filled_in
from tests.openings.factories import opening
from tests.world import NINE, World

NO_ADDRESS = "Enter an address such as name@example.org."
NO_MEMBER = "Nobody signs in here with this address."
ADDRESSES = (
    "Or\x00ders@example.org",
    "\u200b@example.org",
    "\u202ea@example.org",
    "a@exam\u00adple.org",
    "a@b",
    "@",
    "-1",
)
TOO_LONG = dict.fromkeys(("email", "member_email"), "Use up to 250 characters.")
REFUSED: tuple[tuple[dict[str, str], dict[str, str]], ...] = (
    *(({"name": odd}, {"name": "Enter a name."}) for odd in NOTHING.values()),
    *(
        (dict.fromkeys(("name", "email", "member_email"), odd), {"name": "Use up to 120 characters."} | TOO_LONG)
        for odd in (*HUGE.values(), "👧" * 251)
    ),
    *(({"email": odd}, {"email": NO_ADDRESS}) for odd in (*ADDRESSES, "\ufffd", "\x00")),
    ({"email": ""}, {"email": "Enter a mail address."}),
    *(({"zone": odd}, {"zone": "Choose a time zone from the list."}) for odd in SOME),
    *(({"member_email": odd}, {"member_email": NO_MEMBER}) for odd in ADDRESSES[:2]),
)


def rows(*tables: type[Candidate | Application | ClaimAnswer | Delivery]) -> list[int]:
    """Return how many rows each table has."""
    return [db.session.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def test_every_field_of_a_candidate_says_what_to_enter_and_nobody_is_added(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    sender = Sender(sqlite_world.browser("manager"), address(row))
    for changes, sentences in REFUSED:
        fields = {**TYPED, **changes}
        answer = sender.send(fields)
        assert told(answer) == sentences, next(iter(changes.values()))[:20]
        kept = filled_in(answer.get_data(as_text=True), address(row))
        lines = {one for one in ("name", "email", "member_email") if not {"\x00", "\r"} & set(fields[one])}
        assert {one: kept[one] for one in lines} == {one: fields[one] for one in lines}
    assert set(told(sender.send({}))) == {"name", "email"}
    for number in (*NONSENSE.values(), "9" * 30):
        assert sender.browser.get(address(row), query_string={"page": number}).status_code == 200
    assert rows(Candidate, Application) == [0, 0]


def test_details_with_an_impossible_version_or_value_stay_as_they_were(world: World) -> None:
    made = candidate(world)
    sender = Sender(world.browser("manager"), f"/candidates/{made.public_id}")
    for version in (*NONSENSE.values(), "2", "9" * 30):
        answer = sender.send({**TYPED, "name": "Typed and kept", "version": version})
        assert answer.status_code == 409, version[:20]
        assert "Typed and kept" in answer.get_data(as_text=True)
    for name, odd in (("name", "\u200b"), ("email", "\x00@b.org"), ("zone", "9" * 5_000), ("member_email", "\x00")):
        assert set(told(sender.send({**TYPED, name: odd, "version": "1"}))) == {name}
    stored = db.session.get_one(Candidate, made.id, populate_existing=True)
    assert (stored.name, stored.version) == ("Jordan Avery", 1)


def test_a_name_that_is_odd_and_still_a_name_is_kept_as_it_reads(world: World) -> None:
    made = candidate(world)
    for version, (odd, text) in enumerate(WORDS.values(), 1):
        typed = CandidateDraft(made.team_id, f" {odd}\n", made.email, made.zone)
        operations.edit_candidate(made, typed, version, by=world.actor("manager"), at=NINE)
        assert made.name == text
    with pytest.raises(InvalidError):
        operations.add_candidate(
            draft(world, "\ud800\u200b", email="x@example.org"), by=world.actor("manager"), at=NINE
        )


@pytest.mark.parametrize("odd", [*ADDRESSES, "\ud800@example.org"])
def test_an_address_with_something_that_nobody_can_see_is_none(odd: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        normal_address(odd)
    assert refusal.value.problems == {"email": NO_ADDRESS}


def test_an_answer_says_at_each_field_what_it_needs_and_reaches_nobody(sqlite_world: World) -> None:
    made = application(sqlite_world)
    delivery(sqlite_world, made)
    asked = ask(made)
    page = f"/questions/{asked.public_id}"
    sender = Sender(sqlite_world.browser("manager"), page, f"{page}/answer")
    good = {"text": "Six.", "readers": "everybody", "asked": "How many?"}
    for odd in NOTHING.values():
        assert told(sender.send({**good, "text": odd})) == {"text": "Write the answer."}
        assert told(sender.send({**good, "asked": odd})) == {"asked": "Write the question as everybody may read it."}
    for odd in HUGE.values():
        assert told(sender.send({**good, "text": odd})) == {"text": "Use up to 4,000 characters."}
        assert told(sender.send({**good, "asked": odd})) == {"asked": "Use up to 500 characters."}
    assert told(sender.send({**good, "readers": ""})) == {"readers-0": "Choose who reads the answer."}
    assert set(told(sender.send({}))) == {"text", "readers-0"}
    assert rows(ClaimAnswer) == [0]
    for place, (odd, text) in enumerate(WORDS.values()):
        given = reply(sqlite_world, ask(made, f"Question {place}?"), AnswerDraft(odd, is_public=True, asked=odd))
        assert (given.text, given.asked) == (text, text)


def test_a_delivery_takes_no_field_and_needs_a_page_of_ours(sqlite_world: World) -> None:
    made = application(sqlite_world)
    page = f"/applications/{made.public_id}"
    sender = Sender(sqlite_world.browser("manager"), page, f"{page}/delivery")
    for odd in NONSENSE.values():
        assert sender.send({"version": odd, "delivery": odd}).status_code == 409
        assert sender.send({"form_key": odd * 65 if odd != "-1" else ""}).status_code == 400
    assert rows(Delivery) == [0]
