"""Role profiles in words: what is absent is "not stated", and people's groups are no part of it."""

from decimal import Decimal

from hiringkit.library.rules.pack import YearsOfExperience
from hiringkit.library.rules.parsing import parse_pack
from hiringkit.library.rules.profiles import compared, money, number, per_cent, years
from tests.library import made


def test_absent_figures_are_not_stated_and_never_nought() -> None:
    rows = {row.label: row.answers for row in compared(parse_pack(made.pack()).role_profiles)}
    assert rows["Average pay a year"] == (("USD 43,633",),)
    assert rows["Number of jobs"] == (("not stated",),)
    assert rows["Pay range a year"] == (("not stated",),)
    assert rows["Most common degree"] == (("not stated",),)
    assert rows["Best-paying city"] == (("not stated",),)
    assert not any(line == "0" for answers in rows.values() for lines in answers for line in lines)


def test_figures_that_contradict_each_other_are_both_shown_with_their_place() -> None:
    rows = {row.label: row.answers for row in compared(parse_pack(made.pack()).role_profiles)}
    assert rows["Years of experience"] == (("text: 2 to 4", "table: 4"),)


def test_two_roles_stand_side_by_side() -> None:
    data = made.pack()
    second = {**data["role_profiles"][0], "key": "other", "name": "Other", "jobs": 1200, "hourly": None}
    second["pay"] = {"average": None, "minimum": 27000, "maximum": None, "currency": "USD"}
    data["role_profiles"].append(second)
    rows = {row.label: row.answers for row in compared(parse_pack(data).role_profiles)}
    assert rows["Number of jobs"] == (("not stated",), ("1,200",))
    assert rows["Pay range a year"] == (("not stated",), ("from USD 27,000",))


def test_demographics_are_no_part_of_it() -> None:
    rows = compared(parse_pack(made.pack()).role_profiles)
    words = " ".join(row.label + " ".join(line for lines in row.answers for line in lines) for row in rows).casefold()
    for word in ("age", "gender", "female", "79.2", "race", "lgbt"):
        assert word not in words.replace("average", "").replace("language", "")


def test_no_profiles_give_no_rows() -> None:
    assert compared([]) == []


def test_numbers_as_people_read_them() -> None:
    assert (number(Decimal(100)), number(Decimal("-4.20")), number(Decimal(0))) == ("100", "−4.2", "0")
    assert (per_cent(Decimal("79.2")), money(Decimal("20.98"), "USD")) == ("79.2%", "USD 20.98")
    assert years(YearsOfExperience("table", None, None)) == "table: not stated"
