"""Every form about a disclosure, filled in as nobody should: a sentence at each field, nothing lost, nothing saved."""

import html
import itertools
from collections.abc import Mapping

from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.models import Attestation, DisclosureWithdrawal, Incumbent, ReviewAnswer, SectionTyping
from hiringkit.disclosures.rules.fields import SECTIONS, section
from hiringkit.disclosures.rules.shapes import NUMERIC, Column, Field, Kind, Section
from hiringkit.disclosures.rules.typed import NOT_BOTH, control_name, month_names
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from tests.bad_input import HUGE, NONSENSE, NOTHING, SOME, WORDS, Sender, told
from tests.disclosures.attesting import marked
from tests.disclosures.browsing import filled_in
from tests.disclosures.factories import checked, draft, published
from tests.disclosures.test_reviewing import asked as asked_for_review
from tests.disclosures.test_reviewing import reviewed_team
from tests.disclosures.test_views import address
from tests.openings.factories import opening
from tests.world import World

LONG = "👩\u200d👧 e\u0301 \u200f\u05e9 <b>&\"' " * 20
ROUNDS = (
    {"number": "-1", "choice": "nothing", "day": "3 May", "yes": "perhaps", "money": "-5", "code": "$"},
    {"number": "9" * 400, "choice": "\u202eother", "day": "2026-02-30", "yes": "😀", "money": "1e9", "code": "Euros"},
    {
        "number": "NaN",
        "choice": "<b>",
        "day": "\u0662\u0660\u0662\u0666-\u0660\u0665-\u0660\u0663",
        "yes": "1",
        "money": "12²",
        "code": "ßa",
    },
)
"""What no column of its kind takes; a text is refused for its length alone."""
GROUND = {"basis": "rumour", "source": LONG, "as_of": "soon", "owner": LONG, "none_reason": "But we never counted."}


def events() -> int:
    """Return how much the record has."""
    return db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def bad_value(column: Column, bad: Mapping[str, str]) -> str:
    """Return what this column does not take."""
    kinds = {Kind.CHOICE: "choice", Kind.DATE: "day", Kind.BOOLEAN: "yes", Kind.MONEY: "money", Kind.CURRENCY: "code"}
    if column.kind in kinds:
        return bad[kinds[column.kind]]
    return bad["number"] if column.kind in NUMERIC else LONG * (20 if column.kind is Kind.LONGTEXT else 1)


def filled(asked: Field, bad: Mapping[str, str]) -> dict[str, str]:
    """Return every control of a question with what it does not take."""
    sent = {control_name(asked.key, word): typed for word, typed in GROUND.items()}
    for column in asked.columns:
        name = control_name(asked.key, column.key, 0)
        sent |= dict.fromkeys(month_names(name) if column.kind is Kind.MONTHS else [name], bad_value(column, bad))
    return sent


def refused_controls(one: Section) -> dict[str, str]:
    """Return the controls that a sentence is due at, with the label of their question; a year has one sentence."""
    found: dict[str, str] = {}
    for asked in one.fields:
        found |= {control_name(asked.key, word): asked.label for word in GROUND}
        for column in asked.columns:
            name = control_name(asked.key, column.key, 0)
            found[month_names(name)[0] if column.kind is Kind.MONTHS else name] = asked.label
    return found


def test_each_section_with_every_answer_bad_at_once_names_each_and_keeps_every_word(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    made = draft(sqlite_world, row)
    before, browser = queries.unscoped_claims(made.id), sqlite_world.browser("manager")
    recorded = events()
    for one, bad in zip(SECTIONS, itertools.cycle(ROUNDS), strict=False):
        where = address(row, one.key)
        sent = {name: text for asked in one.fields for name, text in filled(asked, bad).items()}
        answer = Sender(browser, where).send({**sent, "version": "1"})
        sentences, labels = told(answer), refused_controls(one)
        assert set(sentences) == set(labels), (one.key, set(sentences) ^ set(labels))
        for name, label in labels.items():
            assert sentences[name].startswith(f"{label}: "), sentences[name]
            assert len(sentences[name]) < 300, sentences[name]
        for asked in one.fields:
            both = NOT_BOTH.format(asked.none_label)
            assert sentences[control_name(asked.key, "none_reason")] == f"{asked.label}: {both}"
        kept = filled_in(answer.get_data(as_text=True), where)
        assert {name: kept[name] for name in sent} == sent, one.key
        assert kept["version"] == "1"
    assert queries.unscoped_claims(made.id) == before
    assert {one.version for one in queries.unscoped_sections(made.id).values()} == {1}
    assert db.session.scalar(select(func.count()).select_from(SectionTyping)) == 0
    assert events() == recorded


CONTRADICTIONS: Mapping[str, tuple[str, dict[str, str], str]] = {
    "busy below typical": ("workload", {"units-0-typical": "9", "units-0-busy": "8"}, "units-0-busy"),
    "no minutes": ("workload", {"minutes-0-handling": "0", "minutes-0-documentation": "0"}, "minutes-0-handling"),
    "volume without minutes": ("workload", {"minutes-0-unit": "Calls to Mars"}, "minutes-0-unit"),
    "over an hour an hour": (
        "workload", {"interruptions-0-per_hour": "60", "interruptions-0-minutes": "60"}, "interruptions-0-minutes",
    ),
    "breaks fill the day": ("workload", {"hours-0-paid": "1", "hours-0-breaks": "480"}, "hours-0-breaks"),
    "meetings fill the day": ("workload", {"fixed-hours-0-value": "24"}, "fixed-hours-0-value"),
    "none beside a number": ("workload", {"people-none_reason": "Nobody."}, "people-none_reason"),
    "upper below lower": ("pay", {"band-0-minimum": "9", "band-0-maximum": "8"}, "band-0-maximum"),
    "a day that cannot be meant": (
        "pay", {"deadline-0-value": "0206-05-03", "deadline-none_reason": ""}, "deadline-0-value",
    ),
    "the same line twice": (
        "growth", dict.fromkeys([f"ladder-{row}-{one}" for row in (0, 1) for one in ("step", "change")], "Lead"),
        "ladder-1-step",
    ),
}  # fmt: skip


def test_contradictions_are_refused_by_the_page_and_not_only_by_the_rules(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    made = draft(sqlite_world, row)
    browser, before = sqlite_world.browser("manager"), queries.unscoped_claims(made.id)
    pages = {key: browser.get(address(row, key)).get_data(as_text=True) for key in ("workload", "pay", "growth")}
    for name, (key, changes, control) in CONTRADICTIONS.items():
        where = address(row, key)
        answer = browser.post(where, data={**filled_in(pages[key], where), **changes})
        assert control in told(answer), name
        kept = filled_in(answer.get_data(as_text=True), where)
        assert {one: kept[one] for one in changes} == changes, name
    assert queries.unscoped_claims(made.id) == before
    assert {one.version for one in queries.unscoped_sections(made.id).values()} == {1}


def test_what_nobody_can_see_empties_a_section_and_a_source_alone_is_not_lost(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    made, asked = draft(sqlite_world, row), section("growth")
    sender = Sender(sqlite_world.browser("manager"), address(row, "growth"))
    names = [control_name(one.key, column.key, 0) for one in asked.fields for column in one.columns]
    for version, typed in enumerate(NOTHING.values(), 1):
        assert sender.send({**dict.fromkeys(names, typed), "version": str(version)}).status_code == 303
        assert not [one for one in queries.unscoped_claims(made.id) if one.field.startswith("growth.")]
    alone = {control_name(one.key, "source"): "Rota" for one in asked.fields}
    answer = sender.send({**alone, "version": str(len(NOTHING) + 1)})
    assert {text.partition(": ")[0] for text in told(answer).values()} == {one.label for one in asked.fields}
    kept = filled_in(answer.get_data(as_text=True), address(row, "growth"))
    assert {name: kept[name] for name in alone} == alone


def test_text_that_is_odd_and_still_text_is_saved_as_it_reads(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    made, sender = draft(sqlite_world, row), Sender(sqlite_world.browser("manager"), address(row, "why"))
    for version, (typed, text) in enumerate(WORDS.values(), 1):
        answer = sender.send({"problem-0-value": typed, "problem-owner": typed, "version": str(version)})
        assert answer.status_code == 303
        (claim,) = (one for one in queries.unscoped_claims(made.id) if one.field.startswith("why."))
        assert (claim.values["value"], claim.owner) == (text, text)


def test_versions_keys_and_sizes_that_cannot_be_are_answered_with_a_page(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    made, browser = draft(sqlite_world, row), sqlite_world.browser("manager")
    where = address(row, "why")
    whole, sender = filled_in(browser.get(where).get_data(as_text=True), where), Sender(browser, where)
    typed = {name: text for name, text in whole.items() if name not in {"csrf_token", "form_key", "version"}}
    for version in NONSENSE.values():
        answer = sender.send({**typed, "problem-0-value": "Kept.", "version": version})
        assert answer.status_code == 409, version[:20]
        assert filled_in(answer.get_data(as_text=True), where)["problem-0-value"] == "Kept."
    for missing, status in (("version", 409), ("form_key", 400), ("csrf_token", 400)):
        answer = browser.post(where, data={name: text for name, text in whole.items() if name != missing})
        assert answer.status_code == status, missing
        assert html.escape(whole["problem-0-value"], quote=False) in answer.get_data(as_text=True).replace("&#39;", "'")
    assert queries.unscoped_sections(made.id)["why"].version == 1


def test_a_day_at_the_end_of_the_calendar_breaks_no_page(sqlite_world: World) -> None:
    row = opening(sqlite_world, state="open")
    checked(sqlite_world, row)
    browser = sqlite_world.browser("manager")
    for day in ("0001-01-01", "9999-12-31"):
        where = address(row, "why")
        whole = filled_in(browser.get(where).get_data(as_text=True), where)
        assert browser.post(where, data={**whole, "problem-as_of": day}).status_code == 303
        operations.publish_disclosure(row, by=sqlite_world.actor("manager"), at=now())
        for page in (where, address(row), address(row, "preview"), f"/careers/{row.slug}", f"/careers/{row.slug}.json"):
            answer = browser.get(page)
            assert answer.status_code == 200, (day, page)
        assert day in answer.get_data(as_text=True)


def test_a_review_is_answered_with_one_of_two_words_and_a_bearable_note(sqlite_world: World) -> None:
    row = reviewed_team(sqlite_world)
    review, page = asked_for_review(sqlite_world, row), address(row, "review")
    sender = Sender(sqlite_world.browser("second"), page, address(row, "reviews", review.public_id, "answer"))
    for name, verdict in NONSENSE.items():
        assert told(sender.send({"verdict": verdict, "note": "Kept."})) == {"verdict-0": "Choose one of the two."}, name
    for note in (*NOTHING.values(), *HUGE.values()):
        answer = sender.send({"verdict": "not yet", "note": note})
        assert told(answer) == {"note": "Say what is missing or wrong, in up to 1,000 characters."}
        assert note.strip("\x00\ufeff\u200b\u200f \t\r\n") in answer.get_data(as_text=True)
    assert set(told(sender.send({}))) == {"verdict-0"}
    assert db.session.scalar(select(func.count()).select_from(ReviewAnswer)) == 0


def test_a_reason_a_member_and_a_source_are_looked_at_before_anything_happens(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    published(sqlite_world, row)
    browser = sqlite_world.browser("manager")
    sender = Sender(browser, address(row), address(row, "versions", "1", "withdrawal"))
    for reason in (*NOTHING.values(), *HUGE.values()):
        answer = sender.send({"reason": reason})
        assert set(told(answer)) == {"reason"}
    sqlite_world.member("ana")
    sender = Sender(browser, address(row, "incumbents"))
    for member in NONSENSE.values():
        assert set(told(sender.send({"member": member}))) == {"member"}
    assert set(told(sender.send({}))) == {"member"}
    sender = Sender(browser, address(row), address(row, "copy"))
    for odd in NONSENSE.values():
        assert sender.send({"which": "draft", "source": odd}).status_code == 404
        assert sender.send({"which": odd, "source": row.public_id}).status_code == 400
    for table in (DisclosureWithdrawal, Incumbent):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_an_attestation_of_nonsense_names_each_section_and_says_nothing(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    published(sqlite_world, row)
    marked(sqlite_world, row, "ana")
    page = address(row, "attestation")
    sender = Sender(sqlite_world.browser("ana"), page, address(row, "versions", "1", "attestation"))
    keys = [one.key for one in SECTIONS]
    for part, odd in itertools.product(("word", "field", "note"), SOME):
        sentences = told(sender.send({"version": "0"} | {f"{key}-{part}": odd for key in keys}))
        is_nothing = not odd or (part == "note" and odd == "\x00")
        assert ("" in sentences) if is_nothing else len(sentences) >= len(keys), (part, odd[:9])
    contradiction = {f"{key}-{part}": odd for key in keys for part, odd in (("word", "confirmed"), ("note", "But."))}
    assert len(told(sender.send({"version": "0", **contradiction}))) == len(keys)
    for version in SOME:
        answer = sender.send({"pay-word": "confirmed", "version": version})
        assert answer.status_code == (409 if version else 303), version[:9]
    assert db.session.scalar(select(func.count()).select_from(Attestation)) == 1
