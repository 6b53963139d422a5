"""A typed section becomes claims, or says at each control why not; nothing that was typed goes missing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.claims import Basis, Claim, sorted_claims
from hiringkit.disclosures.rules.fields import SECTIONS, section
from hiringkit.disclosures.rules.typed import (
    SectionReading,
    TypedAnswer,
    answers_of,
    control_name,
    differing,
    read_section,
    sent_form,
    typed_answers,
)
from tests.disclosures.answers import complete

TODAY = date(2026, 5, 4)
WORKLOAD = section("workload")


def read(section_key: str, sent: Mapping[str, str]) -> SectionReading:
    """Read a section as a browser sends it."""
    asked = section(section_key)
    return read_section(asked, typed_answers(asked, sent), TODAY)


def claims(section_key: str) -> list[Claim]:
    """Return the claims of one section of the complete disclosure."""
    return [one for one in sorted_claims(complete()) if one.field.startswith(f"{section_key}.")]


@pytest.mark.parametrize("key", [one.key for one in SECTIONS])
def test_claims_survive_being_shown_and_sent_again(key: str) -> None:
    reading = read(key, sent_form(section(key), claims(key)))
    assert not reading.problems
    assert list(reading.claims) == claims(key)


def test_empty_rows_close_up_and_keep_their_order() -> None:
    sent = {control_name("scope.owns", "what", row): text for row, text in ((1, "Second"), (4, "Fifth"))}
    assert [(one.row, one.values["what"]) for one in read("scope", sent).claims] == [(0, "Second"), (1, "Fifth")]


def test_a_problem_is_shown_in_the_row_that_closed_up() -> None:
    sent = {"units-3-unit": "Orders", "units-3-typical": "many", "units-3-busy": "210"}
    assert read("workload", sent).problems == {"units-0-typical": "Write a number, such as 12 or 2.5."}


def test_an_answer_without_a_date_is_true_today_and_a_dated_one_keeps_its_date() -> None:
    found = read("why", {"problem-0-value": "Denials.", "kind-0-value": "new", "kind-as_of": "2026-01-31"}).claims
    assert {one.field: one.as_of for one in found} == {"why.problem": TODAY, "why.kind": date(2026, 1, 31)}


def test_none_with_a_reason_is_an_answer_and_none_beside_values_is_refused() -> None:
    alone = read("workload", {"on-call-none_reason": "The nurse line covers nights."})
    assert [(one.field, one.none_reason) for one in alone.claims] == [
        ("workload.on-call", "The nurse line covers nights.")
    ]
    both = read("workload", {"on-call-none_reason": "Nobody is.", "on-call-0-value": "One week in six."})
    assert set(both.problems) == {"on-call-none_reason"}


def test_twelve_months_are_twelve_controls() -> None:
    months = {f"season-0-value-{month}": str(100 + month) for month in range(1, 13)}
    (claim,) = read("workload", months).claims
    assert claim.values["value"] == tuple(100 + month for month in range(1, 13))
    eleven = {name: text for name, text in months.items() if not name.endswith("-7")}
    assert list(read("workload", eleven).problems) == ["season-0-value-1"]


BAD = {
    "negative": ("workload", {"people-0-value": "-3"}, "people-0-value"),
    "huge number": ("workload", {"people-0-value": "9" * 40}, "people-0-value"),
    "words for a number": ("workload", {"travel-0-value": "a few"}, "travel-0-value"),
    "too long a text": ("why", {"problem-0-value": "x" * 4001}, "problem-0-value"),
    "too long a source": ("why", {"kind-0-value": "new", "kind-source": "x" * 301}, "kind-source"),
    "too long an owner": ("why", {"kind-0-value": "new", "kind-owner": "x" * 121}, "kind-owner"),
    "too long a reason": ("workload", {"travel-none_reason": "x" * 1001}, "travel-none_reason"),
    "no date": ("why", {"kind-0-value": "new", "kind-as_of": "yesterday"}, "kind-as_of"),
    "no basis": ("why", {"kind-0-value": "new", "kind-basis": "rumour"}, "kind-basis"),
    "no choice": ("why", {"kind-0-value": "merger"}, "kind-0-value"),
    "half a row": ("scope", {"decision-rights-0-decision": "Ship early"}, "decision-rights-0-decides"),
    "busy below typical": (
        "workload",
        {"units-0-unit": "Orders", "units-0-typical": "200", "units-0-busy": "100"},
        "units-0-busy",
    ),
    "least above most": (
        "pay",
        {"band-0-minimum": "9", "band-0-maximum": "8", "band-0-currency": "USD", "band-0-period": "year"},
        "band-0-maximum",
    ),
    "volume without minutes": (
        "workload",
        {
            "units-0-unit": "Orders", "units-0-typical": "1", "units-0-busy": "2",
            "minutes-0-unit": "Calls", "minutes-0-handling": "1", "minutes-0-documentation": "1",
        },
        "units-0-unit",
    ),
    "the same line twice": ("scope", {"owns-0-what": "The queue", "owns-1-what": "the QUEUE"}, "owns-1-what"),
    "more rows than there is room for": (
        "quality",
        {f"ranking-{row}-what": "safety" for row in range(5)},
        "ranking-4-what",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("key", "sent", "control"), BAD.values(), ids=BAD)
def test_what_cannot_be_taken_is_said_at_its_control(key: str, sent: dict[str, str], control: str) -> None:
    reading = read(key, sent)
    assert control in reading.problems
    assert reading.problems[control].endswith((".", "?"))


def test_what_was_typed_is_kept_as_it_was_typed() -> None:
    asked = section("why")
    typed = typed_answers(asked, {"in-role-0-value": "a few", "in-role-source": "  Rota ", "in-role-as_of": "soon"})
    assert typed["why.in-role"] == TypedAnswer(({"value": "a few"},), source="  Rota ", as_of="soon")


def test_unicode_is_composed_and_direction_overrides_are_dropped() -> None:
    sent = {"problem-0-value": "Cafe\u0301 \u202eslaineD\u202c 😀", "problem-source": "Équipe\u0000"}
    (claim,) = read("why", sent).claims
    assert (claim.values["value"], claim.source) == ("Café slaineD 😀", "Équipe")


def test_a_text_that_nobody_can_see_is_no_answer() -> None:
    assert read("why", {"problem-0-value": "\u200b\u200e", "kind-none_reason": "\u2060 \u200b"}).claims == ()


def test_answers_differ_by_what_they_say_and_not_by_their_date() -> None:
    mine = claims("workload")
    redated = [replace(one, as_of=date(2020, 1, 1)) for one in mine]
    assert differing(mine, redated) == frozenset()
    fewer = [one for one in redated if one.field != "workload.people"]
    assert differing(mine, fewer) == {"workload.people"}
    rebased = [replace(one, basis=Basis.POLICY) if one.field == "workload.target" else one for one in mine]
    assert differing(mine, rebased) == {"workload.target"}


def test_rows_of_claims_come_back_as_typed_rows() -> None:
    typed = answers_of(WORKLOAD, claims("workload"))["workload.units"]
    assert typed.rows == ({"unit": "Orders", "planned": "140", "typical": "150", "busy": "210"},)
    assert (typed.basis, typed.owner, typed.as_of) == ("estimated", "Head of operations", "2026-05-04")


NAMES = sorted(sent_form(WORKLOAD, claims("workload")))


@given(st.dictionaries(st.sampled_from([*NAMES, "units-1-unit", "season-0-value-3"]), st.text(max_size=40)))
def test_no_text_at_all_makes_the_reading_fail(sent: dict[str, str]) -> None:
    reading = read("workload", sent)
    assert all(name.count("-") for name in reading.problems)
