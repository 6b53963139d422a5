"""A pack's disclosure template is read as claims, and the starter pack's fills every required field."""

from datetime import date

import pytest

from hiringkit.disclosures.rules.claims import Basis, contradictions
from hiringkit.disclosures.rules.clarity import Gap, clarity, missing_required
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.template import Filled, claims_from_template
from hiringkit.library.packs import load_pack, shipped_pack_text, shipped_packs

TODAY = date(2026, 5, 4)


@pytest.fixture(scope="module", params=shipped_packs())
def filled(request: pytest.FixtureRequest) -> Filled:
    pack = load_pack(shipped_pack_text(request.param), request.param)
    return claims_from_template(pack.disclosure_template.claims, as_of=TODAY)


def test_every_key_of_a_shipped_template_is_a_field_and_every_value_is_valid(filled: Filled) -> None:
    assert filled.findings == ()
    assert {one.field for one in filled.claims} <= set(FIELDS)
    assert contradictions(filled.claims) == ()


def test_a_shipped_template_leaves_no_required_field_missing(filled: Filled) -> None:
    assert missing_required(filled.claims) == ()


def test_a_shipped_template_is_an_estimate_with_source_and_owner_and_without_vague_words(filled: Filled) -> None:
    assert {one.basis for one in filled.claims} == {Basis.ESTIMATED}
    assert all(one.source and one.owner for one in filled.claims)
    assert {one.gap for one in clarity(filled.claims, TODAY).open} <= {Gap.UNANSWERED}


def test_values_rows_and_none_become_claims() -> None:
    found = claims_from_template(
        {
            "scope.owns": {"rows": [{"what": "Queue"}, {"what": "Intake"}], "basis": "policy", "source": "Handbook"},
            "workload.people": {"value": 6, "owner": "Shift lead"},
            "workload.on-call": {"none": "Nobody is."},
            "workload.season": {"value": list(range(12))},
        },
        as_of=TODAY,
        owner="Head",
    )
    assert found.findings == ()
    assert [(one.field, one.row, one.owner) for one in found.claims] == [
        ("scope.owns", 0, "Head"), ("scope.owns", 1, "Head"), ("workload.people", 0, "Shift lead"),
        ("workload.on-call", 0, "Head"), ("workload.season", 0, "Head"),
    ]  # fmt: skip
    assert found.claims[0].basis is Basis.POLICY
    assert found.claims[2].basis is None
    assert {one.as_of for one in found.claims} == {TODAY}
    assert found.claims[3].none_reason == "Nobody is."


@pytest.mark.parametrize(
    ("key", "entry", "path", "words"),
    [
        ("pay.bonus", {"value": 1}, ("at", "pay.bonus"), "no disclosure field"),
        ("pay.level", "two", ("at", "pay.level"), "not a mapping"),
        ("pay.level", {}, ("at", "pay.level"), "exactly one"),
        ("pay.level", {"value": "x", "none": "y"}, ("at", "pay.level"), "exactly one"),
        ("pay.level", {"rows": [{"value": "x"}]}, ("at", "pay.level"), "wants value"),
        ("pay.band", {"value": 1}, ("at", "pay.band"), "wants rows"),
        ("pay.level", {"value": "x", "basis": "guess"}, ("at", "pay.level", "basis"), "measured, estimated or policy"),
        ("pay.level", {"none": " "}, ("at", "pay.level", "none"), "Say why"),
        ("pay.level", {"value": {"a": 1}}, ("at", "pay.level", "value"), "not a text"),
        ("scope.owns", {"rows": "Queue"}, ("at", "scope.owns", "rows"), "not a list"),
        ("scope.owns", {"rows": ["Queue"]}, ("at", "scope.owns", "rows", 0), "not a mapping"),
        ("scope.owns", {"rows": [{"what": "x", "why": "y"}]}, ("at", "scope.owns", "rows", 0, "why"), "unknown column"),
        ("scope.owns", {"rows": [{"what": "x"}, {"what": ""}]}, ("at", "scope.owns", "rows", 1, "what"), "is empty"),
        ("scope.owns", {"rows": [{"what": "x"}, {"what": "X"}]}, ("at", "scope.owns", "rows", 1), "two rows"),
        ("workload.people", {"value": -1}, ("at", "workload.people", "value"), "too low"),
    ],
)
def test_what_cannot_be_read_is_found_at_its_place(
    key: str, entry: object, path: tuple[object, ...], words: str
) -> None:
    found = claims_from_template({key: entry}, at=("at",))
    assert [one for one, _ in found.findings] == [path]
    assert words in found.findings[0][1]
