"""A posting beside a template or a draft: nothing is overwritten, and no two sources contradict each other."""

from decimal import Decimal

from hiringkit.disclosures.rules.claims import Claim, contradictions
from hiringkit.disclosures.rules.reading.merging import into_gaps, over_template
from hiringkit.disclosures.rules.reading.posting import read_posting
from hiringkit.disclosures.rules.template import claims_from_template
from hiringkit.library.packs import load_pack, shipped_pack_text, shipped_packs
from tests.disclosures.postings import sample

PACK = load_pack(shipped_pack_text(shipped_packs()[0]), shipped_packs()[0])
TEMPLATE = claims_from_template(PACK.disclosure_template.claims).claims


def test_the_posting_wins_and_the_template_answers_the_rest() -> None:
    posting = read_posting(sample("warehouse-shift-lead"))
    merged = over_template(posting.claims, TEMPLATE)
    assert tuple(one for one in merged.claims if one.field in posting.fields) == posting.claims
    assert {one.field for one in merged.claims} | set(merged.dropped) == {
        one.field for one in TEMPLATE
    } | posting.fields
    assert (merged.from_posting, merged.from_template) == (16, len({one.field for one in merged.claims}) - 16)


def test_minutes_for_other_units_than_the_posting_names_are_left_out() -> None:
    posting = read_posting("We ship 2,400 parcels a day, 3,600 at peak.")
    merged = over_template(posting.claims, TEMPLATE)
    assert merged.dropped == ("workload.minutes",)
    assert contradictions(merged.claims) == ()


def test_fixed_hours_longer_than_the_day_of_the_posting_are_left_out() -> None:
    hours = Claim("workload.hours", values={"paid": Decimal(1), "breaks": Decimal(50)})
    merged = over_template([hours], TEMPLATE)
    assert "workload.fixed-hours" in merged.dropped
    assert contradictions(merged.claims) == ()


def test_without_a_template_the_posting_stands_alone() -> None:
    posting = read_posting(sample("software-support"))
    merged = over_template(posting.claims, ())
    assert merged.claims == posting.claims
    assert (merged.from_template, merged.dropped) == (0, ())


def test_gaps_are_questions_without_any_answer() -> None:
    posting = read_posting(sample("software-support"))
    present = [
        Claim("scope.reports-to", values={"value": "Somebody"}),
        Claim("workload.on-call", none_reason="Nobody."),
    ]
    added = into_gaps(posting.claims, present)
    assert {one.field for one in added} == posting.fields - {"scope.reports-to", "workload.on-call"}
    assert into_gaps(posting.claims, posting.claims) == ()
