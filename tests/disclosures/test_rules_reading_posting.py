"""Whole postings: what the samples yield, and that nothing is invented and nothing lost whatever is pasted."""

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from types import FrameType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hiringkit.disclosures.rules import reading
from hiringkit.disclosures.rules.claims import Claim, claim_problems, contradictions
from hiringkit.disclosures.rules.clarity import clarity
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.reading import cues, dates, facts, topics, working
from hiringkit.disclosures.rules.reading.gathering import SOURCE
from hiringkit.disclosures.rules.reading.lines import has_words, normalised
from hiringkit.disclosures.rules.reading.posting import LONGEST, MOST_LINES, Posting, read_posting
from hiringkit.disclosures.rules.values import plain_values
from hiringkit.foundation.errors import InvalidError
from tests.disclosures.postings import SAMPLES, invented, lost_lines, sample

MODULES = ("cues", "dates", "facts", "headings", "lines", "money", "posting", "working")


def said(posting: Posting, key: str) -> list[object]:
    """Return the answer to a question: its plain values, or the words of "none"."""
    return [plain_values(one.values) or one.none_reason for one in posting.claims if one.field == key]


def reasons(posting: Posting) -> dict[str, str]:
    """Return by its words why something was not placed."""
    return {one.text: one.reason for one in posting.unplaced}


def test_the_hospital_sample_is_sorted_by_its_headings() -> None:
    posting = read_posting(sample("patient-access-specialist"))
    assert len(posting.fields) == 20
    assert said(posting, "why.kind") == [{"value": "backfill"}]
    assert [row["what"] for row in said(posting, "scope.owns")] == [  # type: ignore[index]
        "Register patients for clinic visits, imaging and laboratory work",
        "Verify insurance coverage and obtain prior authorizations before the visit",
        "Explain estimates and collect co-payments at the desk",
    ]
    assert said(posting, "scope.contributes") == [{"what": "Assist the scheduling team on Monday mornings"}]
    assert said(posting, "scope.escalation") == [
        {"trigger": "any patient in acute distress", "to": "triage nurse", "within": "5"}
    ]
    assert said(posting, "workload.units") == [{"unit": "patients", "typical": "150", "busy": "210"}]
    assert said(posting, "workload.travel") == ["Travel: none"]
    assert said(posting, "pay.band") == [{"minimum": "19.5", "maximum": "26.25", "currency": "USD", "period": "hour"}]
    assert said(posting, "pay.differentials") == [{"when": "Evening differential", "worth": "$1.75 an hour"}]
    assert said(posting, "pay.deadline") == [{"value": "2027-03-31"}]
    found = reasons(posting)
    assert found["About 600 authorizations a month are requested from payers."] == facts.A_DAY
    assert found["High school diploma or GED\nOne year of experience in a medical office preferred"] == topics.BRINGS
    assert [one.first for one in posting.unplaced] == [1, 4, 25, 28, 58, 64]


def test_the_warehouse_sample_is_read_in_its_odd_spellings() -> None:
    posting = read_posting(sample("warehouse-shift-lead"))
    assert said(posting, "why.kind") == [{"value": "new"}]
    assert said(posting, "scope.reports-to") == [{"value": "Outbound Operations Manager"}]
    assert said(posting, "workload.units") == [{"unit": "parcels", "typical": "2400", "busy": "3600"}]
    assert said(posting, "workload.hours") == [{"paid": "10"}]
    assert said(posting, "pay.band") == [{"minimum": "34000", "maximum": "38500", "currency": "GBP", "period": "year"}]
    assert {"what": "boots and clothing allowance", "worth": "£500"} in said(posting, "pay.extras")
    assert said(posting, "first-90-days.windows") == [
        {"window": "weeks-1-2", "outcome": "work one night in each area"},
        {"window": "weeks-3-6", "outcome": "run a shift beside the present lead"},
    ]
    assert "pay.deadline" not in posting.fields
    found = reasons(posting)
    assert found["12/03/2027"] == dates.AMBIGUOUS
    assert found["40 hours per week"] == working.BY_WEEK
    assert found["Two 20 minute paid breaks"] == working.SEVERAL
    assert found["Apply to jobs@tarrowpark.example or call 01632 960 144."] == cues.REASONS[cues.Cue.PERSON]


def test_the_badly_structured_sample_is_sorted_sentence_by_sentence() -> None:
    posting = read_posting(sample("software-support"))
    assert said(posting, "why.in-role") == [{"value": "6"}]
    assert said(posting, "workload.staffing-ratio") == [{"value": "35"}]
    assert said(posting, "workload.on-call") == [{"value": "On-call one week in eight, calls until 10pm, paid extra."}]
    assert said(posting, "workload.place") == [{"value": "Hybrid, two days a week in the office in Port Ellery."}]
    assert said(posting, "scope.boundaries") == [{"boundary": "You may not change data in a clinic's live database."}]
    assert said(posting, "pay.band") == [{"minimum": "52000", "maximum": "68000"}]
    found = reasons(posting)
    assert found["Up to 10% travel to clinics."] == working.BY_YEAR
    assert found["Apply by 5 April."] == dates.NO_YEAR
    assert "workload.travel" not in posting.fields
    vague = [one.about for one in clarity(posting.claims, date(2026, 5, 4)).open if one.field == "scope.contributes"]
    assert "as needed" in vague


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_yields_valid_claims_of_its_own_words_and_loses_no_line(name: str) -> None:
    pasted = sample(name)
    posting = read_posting(pasted)
    assert invented(posting.claims, pasted) == []
    assert lost_lines(posting, pasted) == set()
    assert all(_is_valid(one) for one in posting.claims)


def _is_valid(claim: Claim) -> bool:
    """A claim may lack a part, which its editor then adds; what it says is valid."""
    lacks = {f"“{one.label}” is empty." for one in FIELDS[claim.field].columns}
    marks = (claim.source, claim.basis, claim.as_of, claim.owner, claim.is_to_check)
    return marks == (SOURCE, None, None, "", True) and {one.message for one in claim_problems(claim)} <= lacks


WORDS = st.sampled_from(
    (
        "pay: $ £ 52k - 68,000 per year up to 10 % travel report to the manager weekend on-call 150 orders a day Apply|"
        "by 3 May 2027 12/03/2027 until filled Responsibilities Requirements About us • - 1. # ** <li> &amp; . !|"
        "; , : and you will answer help must not team of six hours shift 30 min paid break Benefits weeks 1-2 none no|"
        "equal opportunity a@b.example within 5 minutes escalate it to hybrid differential ÄÖ é 👍 ’ “"
    )
    .replace("|", " ")
    .split()
)
SOUP = st.lists(st.one_of(WORDS, st.just("\n"), st.text(max_size=6)), max_size=120).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
@example("Pay:\n- $5 - 9\x00 an hour\n\n\u2028Weekends\nnone")
@example("none")
def test_nothing_is_invented_and_no_line_lost_whatever_is_pasted(pasted: str) -> None:
    try:
        posting = read_posting(pasted)
    except InvalidError:
        assert not has_words(normalised(pasted))
        return
    assert invented(posting.claims, pasted) == []
    assert lost_lines(posting, pasted) == set()
    assert all(_is_valid(one) for one in posting.claims)
    alone = [one for one in contradictions(posting.claims) if "is empty" not in one.message]
    assert all("volume but no minutes" in one.message or "minutes but no volume" in one.message for one in alone)


@pytest.mark.parametrize("pasted", ["", "  \n\t", "---\n***", "\u200b"])
def test_a_text_without_words_is_refused(pasted: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        read_posting(pasted)
    assert "nothing to read" in refusal.value.problems["text"]


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    assert read_posting("a" * LONGEST)
    with pytest.raises(InvalidError) as refusal:
        read_posting("a" * (LONGEST + 1))
    assert "30,001" in refusal.value.problems["text"]
    assert read_posting("a\n" * MOST_LINES)
    with pytest.raises(InvalidError) as refusal:
        read_posting("a\n" * (MOST_LINES + 1))
    assert "1,501" in refusal.value.problems["text"]


def test_an_answer_that_is_there_is_not_overwritten_and_a_repeat_is_listed() -> None:
    posting = read_posting("Reports to: Shift Manager\nReports to: Head of Sales\nResponsibilities\n- Pack\n- pack")
    assert said(posting, "scope.reports-to") == [{"value": "Shift Manager"}]
    assert reasons(posting) == {
        "Head of Sales": "“Reports to” holds one answer, which was found on line 1.",
        "pack": "Line 4 says the same.",
    }


def test_rows_end_where_a_question_holds_no_more() -> None:
    rows = "\n".join(f"- Task {number}" for number in range(40))
    posting = read_posting(f"Responsibilities\n{rows}")
    assert len(said(posting, "scope.owns")) == FIELDS["scope.owns"].max_rows
    (left,) = posting.unplaced
    assert (left.first, left.last) == (32, 41)
    assert "holds at most 30 lines" in left.reason


def test_a_heading_that_is_no_section_ends_the_one_before() -> None:
    posting = read_posting("RESPONSIBILITIES\n- Pack parcels\nOUR PLANET\n- Trees are nice")
    assert said(posting, "scope.owns") == [{"what": "Pack parcels"}]
    assert "OUR PLANET" in reasons(posting)["Trees are nice"]


ADVERSARIAL: dict[str, Callable[[int], str]] = {
    "letters": lambda size: "a" * size,
    "digits": lambda size: "1" * size,
    "grouped digits": lambda size: "1,000 " * (size // 6),
    "amounts": lambda size: "$1 - " * (size // 5),
    "signs": lambda size: "•" * size,
    "tags": lambda size: "<li " * (size // 4),
    "entities": lambda size: "&amp;" * (size // 5),
    "spaces": lambda size: "a" + " " * size + "b",
    "lines": lambda size: "a\n" * (size // 2),
    "headings": lambda size: "Pay:\n" * (size // 5),
    "sentences": lambda size: "A. " * (size // 3),
    "escalations": lambda size: "escalate it to " * (size // 15),
    "words of a unit": lambda size: "9 aaaa aaaa " * (size // 12),
    "experience": lambda size: "years of aaaa aaaa " * (size // 19),
}


@pytest.mark.parametrize("make", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_the_work_grows_with_the_text_and_no_faster(make: Callable[[int], str]) -> None:
    small, large = (_calls(make(size)) for size in (LONGEST // 40, LONGEST // 10))
    assert large <= 5 * small + 1_000


def _calls(pasted: str) -> int:
    """Return how many functions reading a text calls, those of the standard library included."""
    made = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        read_posting(pasted)
    except InvalidError:
        pass
    finally:
        sys.setprofile(None)
    return made


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for name in MODULES:
        module = importlib.import_module(f"{reading.__name__}.{name}")
        for key, value in vars(module).items():
            for one in _compiled(value):
                yield f"{name}.{key}", one


def _compiled(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _compiled(part)


def test_no_pattern_can_try_more_ways_than_a_bound() -> None:
    """A regular expression is slow where repeats stand in repeats without an end; none of these has one.

    Counted is the product of the most that repeats inside each other may take: the ways to try at one place.
    """
    parser = importlib.import_module("re._parser")
    found = dict(_patterns())
    assert len(found) > 30
    for name, pattern in found.items():
        ways = _ways(parser.parse(pattern.pattern, pattern.flags))
        assert ways <= 20_000, (name, ways)


ENDLESS = 60
"""What an endless repeat of one kind of letter counts for: it is tried once at each place and never inside another."""


def _ways(parsed: object, *, is_inside: bool = False) -> int:
    most = 1
    for operation, argument in parsed:  # type: ignore[attr-defined]
        name = str(operation)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _, high, body = argument
            endless = int(high) > 1_000
            assert not (endless and is_inside), "an endless repeat stands in a repeat"
            times = ENDLESS if endless else max(1, min(int(high), 100))
            most = max(most, times * _ways(body, is_inside=int(high) > 1))
        elif name == "BRANCH":
            most = max([most, *(_ways(one, is_inside=is_inside) for one in argument[1])])
        elif name == "SUBPATTERN":
            most = max(most, _ways(argument[-1], is_inside=is_inside))
        elif name in {"ASSERT", "ASSERT_NOT"}:
            most = max(most, _ways(argument[1], is_inside=is_inside))
    return most


def test_samples_are_committed_texts_and_named_so() -> None:
    assert SAMPLES == ("patient-access-specialist", "software-support", "warehouse-shift-lead")
