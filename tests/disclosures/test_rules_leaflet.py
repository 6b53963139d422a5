"""A published disclosure is laid out for reading: figures large, grounds named, open questions printed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.document import Document, canonical_document, read_document
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.leaflet import Answer, Leaflet, LeafletSection, Look, leaflet_of
from hiringkit.disclosures.rules.values import Value
from hiringkit.disclosures.rules.wording import answer_words, pay_words, row_words
from tests.disclosures.answers import AS_OF, claim, complete


def laid_out(claims: list[Claim]) -> Leaflet:
    """Return the leaflet of claims, frozen and read back as a published version is."""
    return leaflet_of(read_document(canonical_document(claims)))


def part(leaflet: Leaflet, key: str) -> LeafletSection:
    """Return one section of a leaflet."""
    return next(one for one in leaflet.sections if one.key == key)


def answer(leaflet: Leaflet, key: str) -> Answer:
    """Return one answer of a leaflet."""
    section = part(leaflet, FIELDS[key].section)
    return next(one for group in section.groups for one in group.answers if one.key == key)


def test_the_head_names_pay_hours_manager_and_deadline() -> None:
    assert laid_out(complete()).facts == (
        ("Pay", "$68,000–82,000", "USD a year"),
        ("Hours", "8 hours a day", "30 minutes of it break"),
        ("Reports to", "Head of operations", ""),
        ("Apply by", date(2026, 6, 30), ""),
    )


def test_none_in_the_head_keeps_its_own_words() -> None:
    claims = [one for one in complete() if one.field != "pay.deadline"]
    claims.append(Claim("pay.deadline", none_reason="Read each week.", as_of=AS_OF))
    assert laid_out(claims).facts[-1] == ("Apply by", "Open until filled", "")
    assert answer(laid_out(claims), "pay.deadline").lines == ("Open until filled. Read each week.",)


def test_a_busy_day_is_a_figure_beside_the_typical_one() -> None:
    (unit,) = part(laid_out(complete()), "workload").units
    assert unit.name == "Orders"
    assert [(label, figure) for label, figure, _ in unit.figures] == [
        ("Typical day", "150"), ("Busy day", "210"), ("Planned", "140"), ("Handling", "10"), ("Writing up", "4"),
    ]  # fmt: skip


def test_every_answer_is_printed_once_and_sections_without_one_are_left_out() -> None:
    leaflet = laid_out(complete())
    printed = [one.key for section in leaflet.sections for group in section.groups for one in group.answers]
    assert sorted(printed) == sorted({one.field for one in complete()})
    assert "growth" not in [section.key for section in leaflet.sections]


def test_questions_without_an_answer_are_printed_in_the_candidates_words() -> None:
    leaflet = laid_out(complete())
    assert FIELDS["growth.ladder"].question in leaflet.open_questions
    assert len(leaflet.open_questions) == len(FIELDS) - len({one.field for one in complete()})


def test_a_question_that_was_not_asked_then_is_not_open_now() -> None:
    document = Document(tuple(key for key in FIELDS if key != "growth.ladder"), tuple(complete()))
    assert FIELDS["growth.ladder"].question not in leaflet_of(document).open_questions


def test_date_and_owner_are_said_once_where_all_answers_have_them() -> None:
    claims = [replace(one, owner="People team") if one.field == "pay.level" else one for one in complete()]
    pay = part(laid_out(claims), "pay")
    assert (pay.as_of, pay.owner) == (AS_OF, "Head of operations")
    assert answer(laid_out(claims), "pay.band").ground.owner == ""
    assert answer(laid_out(claims), "pay.level").ground.owner == "People team"


def test_an_owner_is_not_spoken_for_by_silence() -> None:
    claims = [replace(one, owner="") if one.field == "pay.level" else one for one in complete()]
    assert part(laid_out(claims), "pay").owner == ""
    assert answer(laid_out(claims), "pay.band").ground.owner == "Head of operations"


def test_each_kind_of_answer_has_its_look() -> None:
    season = claim("workload.season", 0, value=" ".join(["12"] * 12))
    leaflet = laid_out([*complete(), season])
    looks = {
        "why.problem": Look.LINE, "workload.good-week": Look.BESIDE, "scope.owns": Look.LIST,
        "constraints.named": Look.PAIRS, "scope.decision-rights": Look.TABLE, "workload.season": Look.MONTHS,
        "workload.units": Look.NUMBERS, "workload.on-call": Look.LINE,
    }  # fmt: skip
    assert {key: answer(leaflet, key).look for key in looks} == looks
    assert answer(leaflet, "workload.season").rows == (("12",) * 12,)


def test_columns_nobody_filled_are_not_printed() -> None:
    rights = answer(laid_out(complete()), "scope.decision-rights")
    assert rights.columns == ("Decision", "Decides", "Can say “stop”", "Decided alone at this level")
    assert rights.rows == (("Ship early", "Operations", "Anyone", "No"),)


def test_rows_read_as_sentences() -> None:
    words = {one.field: answer_words(FIELDS[one.field], one) for one in complete()}
    assert words["workload.units"] == "Orders: 150 a day on a typical day, 210 a day on a busy one, 140 a day planned"
    assert words["workload.interruptions"] == "4 an hour, each 2.5 minutes"
    assert words["scope.does-not-own"] == "Clinical judgement: The nurse on duty"
    assert words["support.supervision"] == "Half an hour each week. 6 people for each supervisor."
    assert words["scope.escalation"] == "A symptom is mentioned. Goes to: Nurse line; Answer within: 15 minutes"
    assert words["why.kind"] == "The job is new"


def test_money_names_its_currency() -> None:
    values: dict[str, Value] = {"minimum": Decimal(20), "maximum": Decimal(20), "currency": "CHF", "period": "hour"}
    assert pay_words(values) == ("20", "CHF an hour")
    assert row_words(FIELDS["pay.band"], values) == "20 CHF an hour"


def aged(claims: list[Claim], today: date) -> Leaflet:
    """Return the leaflet of claims as it reads on a day."""
    return leaflet_of(read_document(canonical_document(claims)), today)


def test_an_answer_past_its_shelf_life_says_its_date_and_age() -> None:
    leaflet = aged(complete(), date(2026, 12, 1))
    people, weekends = answer(leaflet, "workload.people"), answer(leaflet, "workload.weekends")
    assert (people.ground.as_of, people.ground.age) == (AS_OF, "older than 6 months")
    assert (weekends.ground.as_of, weekends.ground.age) == (None, "")
    assert (part(leaflet, "workload").as_of, part(leaflet, "workload").age) == (AS_OF, "")


def test_a_section_that_is_old_in_all_its_answers_says_so_once() -> None:
    leaflet = aged(complete(), AS_OF.replace(year=2028))
    why = part(leaflet, "why")
    assert (why.as_of, why.age) == (AS_OF, "older than a year")
    assert answer(leaflet, "why.problem").ground.age == ""
    assert part(leaflet, "workload").age == ""  # Measured answers grow old sooner, and each says how soon.
    assert answer(leaflet, "workload.weekends").ground.age == "older than a year"


def test_without_a_day_nothing_is_old() -> None:
    assert aged(complete(), AS_OF) == laid_out(complete())
