"""What changed between two disclosures: claim by claim, matched by name, and whether candidates must hear of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.claims import Basis, Claim
from hiringkit.disclosures.rules.difference import ChangeKind, differences
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.values import Value

PEOPLE = Claim("workload.people", values={"value": Decimal(6)}, basis=Basis.MEASURED, source="Roster")


def unit(name: str, typical: int, row: int = 0) -> Claim:
    values: dict[str, Value] = {"unit": name, "typical": Decimal(typical), "busy": Decimal(typical * 2)}
    return Claim("workload.units", row, values)


def test_what_is_the_same_is_no_change() -> None:
    assert differences([PEOPLE], [PEOPLE]) == ()


def test_another_answer_to_a_required_question_is_material() -> None:
    (change,) = differences([PEOPLE], [replace(PEOPLE, values={"value": Decimal(5)})])
    assert (change.kind, change.is_material) == (ChangeKind.CHANGED, True)
    assert (change.said_before, change.says_now) == ("6 people", "5 people")
    assert (change.section, change.label) == ("workload", "People on shift")


def test_another_ground_is_told_and_not_material() -> None:
    (change,) = differences([PEOPLE], [replace(PEOPLE, as_of=date(2027, 1, 2), basis=Basis.ESTIMATED)])
    assert (change.kind, change.is_material) == (ChangeKind.GROUND, False)


def test_an_answer_to_a_recommended_question_is_not_material() -> None:
    (change,) = differences([], [Claim("workload.travel", values={"value": Decimal(3)})])
    assert (change.kind, change.is_material, change.said_before) == (ChangeKind.ADDED, False, "")


def test_rows_with_names_are_matched_by_name_wherever_they_stand() -> None:
    before = [unit("Orders", 150), unit("Calls", 40, row=1)]
    after = [unit("calls", 40), unit("Orders", 180, row=1), unit("Appeals", 3, row=2)]
    found = differences(before, after)
    assert [(one.kind, one.after.values["unit"] if one.after else "") for one in found] == [
        (ChangeKind.CHANGED, "Orders"),
        (ChangeKind.CHANGED, "calls"),
        (ChangeKind.ADDED, "Appeals"),
    ]


def test_an_answer_that_becomes_none_is_a_change_of_one_claim() -> None:
    before = Claim("workload.on-call", values={"value": "One week in six"})
    (change,) = differences([before], [Claim("workload.on-call", none_reason="Nobody is.")])
    assert change.kind is ChangeKind.CHANGED


@given(st.lists(st.sampled_from(sorted(FIELDS)), unique=True, max_size=8))
def test_going_there_and_back_names_the_same_claims_with_added_and_removed_exchanged(keys: list[str]) -> None:
    claims = [Claim(key, none_reason="None.") for key in keys]
    forth, back = differences([], claims), differences(claims, [])
    assert [one.field for one in forth] == [one.field for one in back]
    assert {one.kind for one in forth} <= {ChangeKind.ADDED}
    assert {one.kind for one in back} <= {ChangeKind.REMOVED}
    assert differences(claims, claims) == ()
