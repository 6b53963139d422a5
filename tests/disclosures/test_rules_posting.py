"""Posting rules: each place asks for what its text says, on the days on which it says so."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.posting import (
    FRESH_FOR,
    TABLE_DATE,
    is_pay_stated,
    lack_words,
    lacks,
    places_telling_pay_first,
    reports,
    rules_in_force,
)
from hiringkit.disclosures.rules.posting_table import TABLE, Need, PlaceRule
from hiringkit.openings.rules import POSTING_PLACES
from tests.disclosures.answers import claim, complete

TODAY = date(2026, 11, 27)
PLACES = tuple(POSTING_PLACES)
EXTRAS = claim("pay.extras", 0, what="Health", worth="Half of the premium")
LATE = claim("pay.differentials", 0, when="Late shift", worth="10 % on top")
RUBRIC = claim("pay.rubric", 0, level="Manager 2", difference="Holds the budget.")


def without(*fields: str) -> list[Claim]:
    """Return claims that satisfy every place, but for these fields."""
    return [one for one in [*complete(), EXTRAS, LATE, RUBRIC] if one.field not in fields]


def missing(place: str, claims: list[Claim], day: date = TODAY) -> list[str]:
    """Return the keys of what one place finds missing."""
    return [one.requirement for one in lacks([place], claims, day)]


def test_every_known_place_has_rules_and_every_rule_a_known_place() -> None:
    assert {one.place for one in TABLE} == set(POSTING_PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_a_full_disclosure_lacks_nothing_anywhere(place: str) -> None:
    assert missing(place, without()) == []


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("US-CA", ["pay"]),
        ("US-CO", ["pay", "benefits", "other-pay", "deadline"]),
        ("US-NY", ["pay", "job-description"]),
        ("US-WA", ["pay", "benefits", "other-pay"]),
        ("EU", ["pay", "criteria", "levels"]),
    ],
)
def test_an_empty_disclosure_lacks_all_that_a_place_asks_for(place: str, keys: list[str]) -> None:
    assert missing(place, []) == keys


@pytest.mark.parametrize(
    ("place", "field", "key"),
    [
        ("US-CA", "pay.band", "pay"),
        ("US-CO", "pay.band", "pay"),
        ("US-CO", "pay.extras", "benefits"),
        ("US-CO", "pay.differentials", "other-pay"),
        ("US-CO", "pay.deadline", "deadline"),
        ("US-NY", "pay.band", "pay"),
        ("US-NY", "scope.owns", "job-description"),
        ("US-WA", "pay.band", "pay"),
        ("US-WA", "pay.extras", "benefits"),
        ("US-WA", "pay.differentials", "other-pay"),
        ("EU", "pay.band", "pay"),
        ("EU", "pay.band-policy", "criteria"),
        ("EU", "pay.rubric", "levels"),
    ],
)
def test_one_answer_left_out_is_one_thing_missing_with_its_source_and_its_question(
    place: str, field: str, key: str
) -> None:
    (found,) = lacks([place], without(field), TODAY)
    assert (found.place, found.requirement, found.field) == (place, key, field)
    assert found.source in {one.source for one in TABLE if one.place == place}
    assert lack_words([found]) == (f"{POSTING_PLACES[place]}: {found.sentence}",)


@pytest.mark.parametrize("place", PLACES)
def test_pay_that_is_none_or_has_an_open_end_is_no_range(place: str) -> None:
    none = Claim("pay.band", none_reason="It depends on the person.")
    from_zero = claim("pay.band", 0, minimum="0", maximum="82,000", currency="USD", period="year")
    half = replace(from_zero, values={key: value for key, value in from_zero.values.items() if key != "maximum"})
    for odd in (none, from_zero, half):
        assert missing(place, [*without("pay.band"), odd]) == ["pay"]


def test_one_fixed_amount_is_a_range() -> None:
    fixed = claim("pay.band", 0, minimum="24", maximum="24", currency="USD", period="hour")
    assert lacks(PLACES, [*without("pay.band"), fixed], TODAY) == ()


def test_none_with_a_reason_answers_what_may_be_none() -> None:
    fields = ("pay.extras", "pay.differentials", "pay.deadline", "pay.rubric")
    nones = [Claim(field, none_reason="There is none here.") for field in fields]
    assert lacks(PLACES, [*without(*fields), *nones], TODAY) == ()


def test_duties_that_are_none_describe_no_job() -> None:
    nothing = Claim("scope.owns", none_reason="It is all shared.")
    assert missing("US-NY", [*without("scope.owns"), nothing]) == ["job-description"]


def test_a_collective_agreement_is_named_where_it_sets_the_pay() -> None:
    unnamed = claim("pay.band-policy", 0, policy="agreement")
    named = claim("pay.band-policy", 0, policy="agreement", detail="Metal industry, pay group 9.")
    assert missing("EU", [*without("pay.band-policy"), unnamed]) == ["criteria"]
    assert missing("EU", [*without("pay.band-policy"), named]) == []


@pytest.mark.parametrize(
    ("place", "day", "keys"),
    [
        ("US-CO", date(2020, 12, 31), []),
        ("US-CO", date(2023, 12, 31), ["pay", "benefits", "other-pay"]),
        ("US-CO", date(2024, 1, 1), ["pay", "benefits", "other-pay", "deadline"]),
        ("US-CA", date(2022, 12, 31), []),
        ("US-CA", date(2025, 12, 31), ["pay"]),
        ("US-CA", date(2026, 1, 1), ["pay"]),
        ("US-NY", date(2023, 9, 16), []),
        ("US-NY", date(2023, 9, 17), ["pay", "job-description"]),
        ("US-WA", date(2022, 12, 31), []),
        ("US-WA", date(2025, 7, 26), ["pay", "benefits", "other-pay"]),
        ("EU", date(2026, 6, 6), []),
        ("EU", date(2026, 6, 7), ["pay", "criteria", "levels"]),
    ],
)
def test_a_posting_is_judged_by_the_rules_of_its_day(place: str, day: date, keys: list[str]) -> None:
    assert missing(place, [], day) == keys


@pytest.mark.parametrize("place", PLACES)
def test_the_rules_of_a_place_follow_each_other_without_gap_or_overlap(place: str) -> None:
    rows = [one for one in TABLE if one.place == place]
    for earlier, later in pairwise(rows):
        assert earlier.until is not None
        assert later.since == earlier.until + timedelta(days=1)
    assert rows[-1].until is None


@pytest.mark.parametrize("rule", TABLE, ids=lambda one: f"{one.place}-{one.since}")
def test_every_rule_says_where_it_comes_from_and_asks_questions_that_exist(rule: PlaceRule) -> None:
    assert all((rule.source, rule.who, rule.where, rule.also, rule.requires))
    assert len({one.key for one in rule.requires}) == len(rule.requires)
    for one in rule.requires:
        assert one.field in FIELDS
        assert one.field.split(".")[0] == FIELDS[one.field].section
        assert one.sentence.endswith(".")
    assert rule.since < rule.checked_on <= TABLE_DATE


def test_a_rule_that_nobody_has_looked_up_for_a_year_is_told() -> None:
    fresh, old = (reports(["EU"], [], TABLE_DATE + FRESH_FOR + timedelta(days=extra))[0] for extra in (0, 1))
    assert (fresh.is_old, old.is_old) == (False, True)
    assert (old.name, old.section) == ("European Union", "pay")
    assert reports(["EU"], without(), TODAY)[0].section == ""


def test_only_the_european_rule_wants_the_pay_told_before_an_interview() -> None:
    assert places_telling_pay_first(PLACES, TODAY) == ("European Union",)
    assert places_telling_pay_first(["US-CO"], TODAY) == ()
    assert places_telling_pay_first(["EU"], date(2026, 6, 6)) == ()
    assert is_pay_stated(without())
    assert not is_pay_stated(without("pay.band"))
    assert not is_pay_stated([Claim("pay.band", none_reason="A voluntary post.")])


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
some_places = st.sets(st.sampled_from(PLACES))
ASKED = sorted({one.field for rule in TABLE for one in rule.requires})
answers = st.sampled_from(
    [
        *without(),
        *(Claim(field, none_reason="There is none.") for field in ASKED),
        claim("pay.band-policy", 0, policy="agreement"),
        claim("pay.band", 0, minimum="0", maximum="9", currency="EUR", period="hour"),
    ]
)
sets_of_answers = st.lists(answers, unique_by=lambda one: (one.field, one.row))


@given(days, sets_of_answers)
def test_no_places_lack_nothing(day: date, claims: list[Claim]) -> None:
    assert lacks([], claims, day) == ()
    assert lacks(["US-XX"], claims, day) == ()


@given(some_places, days, sets_of_answers, answers)
def test_an_answer_to_an_open_question_never_makes_anything_missing(
    places: set[str], day: date, claims: list[Claim], added: Claim
) -> None:
    before = [one for one in claims if one.field != added.field]
    assert set(lacks(places, [*before, added], day)) <= set(lacks(places, before, day))


@given(some_places, some_places, days, sets_of_answers)
def test_places_are_judged_each_by_itself(some: set[str], more: set[str], day: date, claims: list[Claim]) -> None:
    assert set(lacks(some | more, claims, day)) == {*lacks(some, claims, day), *lacks(more, claims, day)}


@given(some_places, days)
def test_a_place_has_at_most_one_rule_on_a_day(places: set[str], day: date) -> None:
    held = [one.place for one in rules_in_force(places, day)]
    assert len(held) == len(set(held))
    assert set(held) <= places


@given(some_places, days, sets_of_answers)
def test_what_several_places_ask_for_is_said_once(places: set[str], day: date, claims: list[Claim]) -> None:
    found = lacks(places, claims, day)
    told = lack_words(found)
    assert len(told) == len({one.sentence for one in found})
    for one in found:
        assert any(words.endswith(one.sentence) and POSTING_PLACES[one.place] in words for words in told)


def test_every_kind_of_need_is_used() -> None:
    assert {one.need for rule in TABLE for one in rule.requires} == set(Need)
