"""Pasted role profiles: read whatever a person pastes, guess nothing, and say where something cannot be read."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.library.rules.pack import Share
from hiringkit.library.rules.parsing import parse_pack
from hiringkit.library.rules.profiles import years
from hiringkit.library.rules.profiling.columns import COLUMNS, column_of, experience_label, is_demographic
from hiringkit.library.rules.profiling.figures import (
    Ends,
    UnreadableFigureError,
    clean,
    is_absent,
    read_lines,
    read_number,
    read_range,
    read_share,
    read_shares,
)
from hiringkit.library.rules.profiling.reading import (
    MOST_PROFILES,
    MOST_TEXT,
    NO_CURRENCY,
    ProfilesDraft,
    ProfilesReading,
    read_profiles,
)
from hiringkit.library.rules.profiling.storing import (
    demographic_figures,
    of_pack,
    profile_hash,
    profile_text,
    read_profile,
)
from tests.library import made

DAY = date(2026, 5, 1)
SIDEWAYS = """\ufeff,Patient Relations Manager,Patient Account Manager
Yearly salary,"$43,633","$70,777"
Hourly rate,$20.98,$34.03
Growth rate,-4%,28%
Number of jobs,"77,096","152,009"
Job satisfaction,-,-
Most common degree,"Bachelor's Degree, 50%","Bachelor's Degree, 55%"
Average age,40,47
Gender ratio,"Female, 79.2%","Female, 79.8%"
Years to become: as the text says,2-4,4-6
Years of experience: as the table says,4,6
Salary range,"Between $27,000 And $68,000","Between $42,000 And $117,000"
Skills,"Patients, 39%, Patient Care, 11%",Patients 22% | Customer Service: 13
Mood,good,bad
"""


def reading(text: str, currency: str = "USD") -> ProfilesReading:
    return read_profiles(ProfilesDraft(text, "A page", DAY, currency))


def stops(text: str, currency: str = "USD") -> list[tuple[int, str]]:
    return [(one.line, one.message) for one in reading(text, currency).findings if one.stops]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("43633", "43633"), ("$43,633", "43633"), ("USD 43,633.50", "43633.50"), ("43 633", "43633"),
        ("43’633", "43633"), ("43\u202f633 €", "43633"), ("20,98", "20.98"), ("1.234.567", "1234567"),
        ("1.234,56", "1234.56"), ("−4%", "-4"), ("-$5", "-5"), ("42k", "42000"), ("$70,777 a year", "70777"),
        ("34.03/hr", "34.03"), ("0.125", "0.125"), ("0", "0"), ("٣", "3"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: str, number: str) -> None:
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["43.633", "abc", "", "1,23,4", "2 4", "1e9", "NaN", "Infinity", "9" * 40, "--4", "150²", "1½"]
)
def test_what_is_no_number_or_two_numbers_is_refused_and_never_guessed(typed: str) -> None:
    with pytest.raises(UnreadableFigureError):
        read_number(typed)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_number, read_range, read_share, read_shares, read_lines):
        with suppress(UnreadableFigureError):
            assert read(text) is not None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_set_off_by_commas_comes_back(number: Decimal) -> None:
    assert read_number(f"{number:,.2f}") == number


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [("2-4", 2, 4), ("2–4 years", 2, 4), ("2 to 4", 2, 4), ("between 2 and 4", 2, 4), ("from 2 to 4", 2, 4),
     ("4", 4, 4), ("6 years", 6, 6), ("4+", 4, None), ("at least 4", 4, None), ("up to 4", None, 4)],
)  # fmt: skip
def test_ranges_keep_their_ends(typed: str, low: int | None, high: int | None) -> None:
    assert read_range(typed) == Ends(None if low is None else Decimal(low), None if high is None else Decimal(high))


def test_a_range_that_ends_below_its_start_is_refused() -> None:
    with pytest.raises(UnreadableFigureError, match="below its start"):
        read_range("6-4")


@pytest.mark.parametrize("typed", ["", "  ", "-", "--", "–", "n/a", "Not stated", "UNKNOWN"])
def test_the_ways_of_saying_nothing_are_absent(typed: str) -> None:
    assert is_absent(typed)
    assert not is_absent("0")


def test_shares_and_lines_of_a_cell() -> None:
    assert read_share("Bachelor's degree (50 %)") == Share("Bachelor's degree", Decimal(50))
    assert read_shares("Patients, 39%, Patient care, 11%") == (
        Share("Patients", Decimal(39)),
        Share("Patient care", Decimal(11)),
    )
    assert read_shares("• Filing\n• Patients: 22") == (Share("Filing", None), Share("Patients", Decimal(22)))
    assert read_lines(" one |two\n\n three ;") == ("one", "two", "three")
    with pytest.raises(UnreadableFigureError, match="outside of 0 to 100"):
        read_share("Patients 140%")


def test_text_loses_what_cannot_be_seen() -> None:
    assert clean("\u202eA\x00b\r\n") == "Ab"


def test_headings_are_known_by_the_names_that_tables_give_them() -> None:
    assert all(column_of(column.key) == column.key for column in COLUMNS)
    assert all(column_of(alias.upper()) == column.key for column in COLUMNS for alias in column.aliases)
    assert column_of("Mood") is None
    assert experience_label("Years to become") == "Years to become"
    assert column_of("experience: women") is None


@pytest.mark.parametrize(
    "heading",
    ["Sex", "Gender ratio", "Race", "% female", "Ethnicity", "Average age", "age_group", "Languages spoken", "LGBT",
     "Hispanic or Latino", "Religion", "Veterans"],
)  # fmt: skip
def test_headings_about_peoples_groups_are_recognised(heading: str) -> None:
    assert is_demographic(heading)
    assert column_of(heading) is None


@pytest.mark.parametrize("heading", ["Average pay", "Years of experience", "Top skills", "Growth rate", "Sources"])
def test_headings_about_the_role_are_not_taken_for_them(heading: str) -> None:
    assert not is_demographic(heading)


def test_a_table_with_a_role_in_each_column_is_turned_and_read() -> None:
    found = reading(SIDEWAYS)
    assert (found.findings, found.not_taken, found.demographic) == ((), ("Mood",), ("Average age", "Gender ratio"))
    first, second = (one.profile for one in found.roles)
    assert first.key == "patient-relations-manager"
    numbers = (first.pay_average, first.pay_minimum, first.pay_maximum, first.hourly, first.growth_percent, first.jobs)
    assert [str(one) for one in numbers] == ["43633", "27000", "68000", "20.98", "-4", "77096"]
    assert first.job_satisfaction is None
    assert (first.degree, str(first.degree_share), first.currency) == ("Bachelor's Degree", "50", "USD")
    assert [years(one) for one in second.experience_years] == ["as the text says: 4 to 6", "as the table says: 6"]
    assert [one.percent for one in second.skills] == [22, 13]
    assert found.roles[0].demographics == {"Average age": "40", "Gender ratio": "Female, 79.2%"}
    assert found.is_importable


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_part_cells(mark: str) -> None:
    found = reading(f"name{mark}jobs{mark}growth\nClerk{mark}7{mark}\n\n")
    assert found.roles[0].profile.jobs == 7
    assert found.roles[0].profile.growth_percent is None


def test_findings_name_line_and_column() -> None:
    found = reading('name,pay_average,growth\n"Two\nlines",1,x\nClerk,43.633,\n')
    assert [(one.line, one.column) for one in found.findings] == [(2, "3, “growth”"), (4, "2, “pay_average”")]
    assert not found.is_importable


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no table"),
        ("\ufeff  \n", "no table"),
        ("pay_average\n4\n", "No column is called “name”"),
        ("name,jobs\n", "there is no role"),
        ("name,jobs\n,4\n", "no name"),
        ("name,title\na,b\n", "Two columns stand for “name”"),
        ("name,jobs\nClerk,77,096\n", "more cells than headings"),
        ('name,jobs\n"Clerk,4\n', "quotes of this line"),
        ("name,jobs\nClerk,1\nclerk,2\n", "twice"),
        ("name,pay_minimum,pay_maximum\nClerk,5,4\n", "below the lower end"),
        ("name,pay_minimum,pay_range\nClerk,5,4-6\n", "Keep one of the two"),
        ("name,pay_average\nClerk,0\n", "outside of 1"),
        ("name,jobs\nClerk,-1\n", "outside of 0"),
        ("name,jobs\nClerk,1.5\n", "not a whole number"),
        ("name,experience\nClerk,99\n", "between 0 and 60"),
        ("name,currency\nClerk,dollars\n", "three letters"),
        ("name,degree_share\nClerk,101%\n", "outside of 0 to 100"),
        ("name,skills\nClerk,Files 1% | files 2%\n", "named twice"),
        ("name\n事務員\n", "key of letters"),
        ("name,summary\nClerk," + "x" * 2_001 + "\n", "at most 2,000"),
        ("name\n" + "".join(f"r{number}\n" for number in range(MOST_PROFILES + 1)), "at most 50 roles"),
        ("x" * (MOST_TEXT + 1), "at most 200,000"),
        ("name,duties\nClerk," + "|".join("abcdefg" * 10) + "\n", "at most 60"),
        ("name,duties\nClerk," + "x" * 501 + "\n", "more than 500"),
    ],
)
def test_bad_tables_are_refused_with_a_sentence(text: str, words: str) -> None:
    assert any(words in message for _, message in stops(text)), stops(text)


def test_pay_needs_its_currency_and_is_asked_for_it_once() -> None:
    assert stops("name,hourly\nA,1\nB,2\n", currency="") == [(2, NO_CURRENCY)]
    assert stops("name,jobs\nA,1\n", currency="") == []
    assert reading("name,hourly,currency\nA,1,eur\n").roles[0].profile.currency == "EUR"


def test_oddities_are_said_and_taken_as_they_are() -> None:
    found = reading("name,pay_average,pay_range,skills\nClerk,9,10-20,a 60% | b 60%\n")
    assert found.is_importable
    assert [one.stops for one in found.findings] == [False, False]


@given(st.text(alphabet=printable + "äé\u202e\x00", max_size=300))
def test_any_text_at_all_is_read_without_an_error(text: str) -> None:
    found = reading(text)
    assert found.is_importable or any(one.stops for one in found.findings)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4), st.sampled_from(["Age", "Sex", "Race"]))
def test_no_cell_under_a_demographic_heading_reaches_a_profile(cells: list[str], heading: str) -> None:
    rows = "".join(f'r{number},"marked{cell}"\n'.replace('"marked', '"MARKED') for number, cell in enumerate(cells)
                   if '"' not in cell)  # fmt: skip
    for role in reading(f"name,{heading}\n{rows}").roles:
        assert "MARKED" not in profile_text(role.profile)


def test_a_stored_profile_comes_back_equal() -> None:
    for one in (*reading(SIDEWAYS).roles, *of_pack(parse_pack(made.pack()))):
        assert read_profile(profile_text(one.profile)) == one.profile


def test_going_back_to_earlier_figures_is_a_state_of_its_own() -> None:
    assert len({profile_hash("{}", {}, 1), profile_hash("{}", {}, 2), profile_hash("{}", {"a": "1"}, 1)}) == 3


def test_a_packs_demographics_stand_beside_its_profile() -> None:
    (one,) = of_pack(parse_pack(made.pack()))
    assert one.demographics == {"Average age": "40", "Gender: Female": "79.2"}
    assert "79.2" not in profile_text(one.profile)
    assert demographic_figures(parse_pack(made.pack()).demographics["clerk"]) == one.demographics
    assert one.as_of is None


def test_a_draft_is_named_by_all_that_it_says() -> None:
    drafts = [
        ProfilesDraft("a\r\nb", "s", DAY), ProfilesDraft("a", "s", DAY), ProfilesDraft("a\nb", "t", DAY),
        ProfilesDraft("a\nb", "s", date(2026, 5, 2)), ProfilesDraft("a\nb", "s", DAY, "USD"),
    ]  # fmt: skip
    assert len({one.digest for one in drafts}) == 5
    assert ProfilesDraft("a\nb", "s", DAY).digest == drafts[0].digest
