"""Side by side: the same is not marked, what differs is said in words, and the order of columns does not matter."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.values import Value
from hiringkit.home.rules.comparison.aligning import Comparison, Fact, Line, Row, Topic, Verdict, compared, letters
from hiringkit.home.rules.comparison.pictures import axis, pay_pictures, skill_picture
from hiringkit.home.rules.comparison.sides import Pay, Side, hourly_of, opening_side, profile_side
from hiringkit.library.packs import load_pack, shipped_pack_text
from hiringkit.library.rules.pack import Share

RELATIONS, ACCOUNTS = (profile_side(one) for one in load_pack(shipped_pack_text(), "patient-access.yaml").role_profiles)
LINES = st.builds(Line, st.sampled_from(["Files", "files.", "Answers", "Settles claims"]))
FIGURES = st.builds(
    lambda slot, low, more, unit: Line(f"{low} {unit}", slot, (Decimal(low), Decimal(low + more)), unit),
    st.sampled_from(["from", "to"]), st.integers(0, 3), st.integers(0, 2), st.sampled_from(["USD", "EUR"]),
)  # fmt: skip
FACTS = st.builds(
    lambda topic, label, lines, place: Fact(topic, label, tuple(lines), place),
    st.sampled_from(list(Topic)), st.sampled_from(["Pay", "pay", "Skill", "Other"]),
    st.lists(LINES | FIGURES, max_size=3, unique_by=lambda line: line.slot + line.words),
    st.integers(0, 2).map(Decimal),
)  # fmt: skip
COLUMNS = st.lists(st.lists(FACTS, max_size=5), min_size=2, max_size=4)


def row(found: Comparison, label: str) -> Row:
    return next(one for group in found.groups for one in group.rows if one.label == label)


def marks(one: Row) -> list[list[str]]:
    return [[line.mark for line in cell] for cell in one.cells]


def figures(*numbers: int | None, unit: str = "USD a year") -> list[list[Fact]]:
    """Columns that state one figure each; None states nothing."""
    return [
        [] if one is None else [Fact(Topic.PAY, "Average", (Line(str(one), "average", (Decimal(one),), unit),))]
        for one in numbers
    ]


def words(*columns: Sequence[str]) -> list[list[Fact]]:
    return [[Fact(Topic.SCOPE, "Owns", tuple(Line(one) for one in column))] for column in columns]


def opening(**fields: dict[str, Value]) -> Side:
    """An opening that states these fields, an underscore for a dot and two for a hyphen."""
    keys = {key: key.replace("__", "-").replace("_", ".") for key in fields}
    return opening_side("Opening", [Claim(keys[key], values=values) for key, values in fields.items()])


@given(COLUMNS)
def test_exchanging_columns_exchanges_their_cells_and_nothing_else(columns: list[list[Fact]]) -> None:
    found = compared(columns)
    for order in list(permutations(range(len(columns))))[:6]:
        other = compared([columns[at] for at in order])
        assert other.unstated == found.unstated
        assert [group.topic for group in other.groups] == [group.topic for group in found.groups]
        for one, two in zip(found.groups, other.groups, strict=True):
            for before, after in zip(one.rows, two.rows, strict=True):
                assert (before.label, before.verdict, before.why) == (after.label, after.verdict, after.why)
                assert tuple(before.cells[at] for at in order) == after.cells


@given(st.lists(FACTS, max_size=6), st.integers(2, 4))
def test_compared_with_itself_nothing_differs_and_nothing_is_marked(column: list[Fact], count: int) -> None:
    found = compared([column] * count)
    assert found.different == 0
    for group in found.groups:
        for one in group.rows:
            assert one.verdict is Verdict.SAME
            assert not any(line.mark for cell in one.cells for line in cell)


def test_of_two_figures_one_is_lower_and_of_three_one_the_lowest() -> None:
    pair = row(compared(figures(3, 5)), "Average")
    assert (pair.verdict, marks(pair)) == (Verdict.DIFFERENT, [["lower"], ["higher"]])
    three = row(compared(figures(3, 5, 4)), "Average")
    assert marks(three) == [["lowest"], ["highest"], [""]]
    assert marks(row(compared(figures(3, 3, 4)), "Average")) == [["lowest"], ["lowest"], ["highest"]]


def test_an_absent_figure_is_not_stated_and_never_nought() -> None:
    one = row(compared(figures(0, None)), "Average")
    assert (one.verdict, one.cells[1]) == (Verdict.ONE, ())
    assert marks(one) == [[""], []]
    assert row(compared(figures(3, 3, None)), "Average").verdict is Verdict.SAME_WHERE_STATED
    assert marks(row(compared(figures(3, None, 5)), "Average")) == [["lower"], [], ["higher"]]


def test_other_currencies_and_periods_are_not_compared() -> None:
    found = compared([*figures(3), *figures(5, unit="EUR a month")])
    one = row(found, "Average")
    assert (one.verdict, one.why, marks(one)) == (Verdict.APART, "EUR a month and USD a year", [[""], [""]])


def test_ranges_that_lie_in_each_other_are_neither_lower_nor_higher() -> None:
    def years(low: int, high: int) -> list[Fact]:
        return [Fact(Topic.EDUCATION, "Years", (Line("", "years", (Decimal(low), Decimal(high)), "years"),))]

    assert marks(row(compared([years(2, 4), years(4, 6)]), "Years")) == [["lower"], ["higher"]]
    assert marks(row(compared([years(2, 6), years(3, 4)]), "Years")) == [[""], [""]]


def test_lines_of_words_are_marked_once_some_are_shared() -> None:
    assert marks(row(compared(words(["Files", "Calls"], ["files."])), "Owns")) == [["", "only here"], [""]]
    assert marks(row(compared(words(["A", "B"], ["A"], ["B", "A"])), "Owns")) == [
        ["", "in 2 of 3"],
        [""],
        ["in 2 of 3", ""],
    ]
    apart = row(compared(words(["A"], ["B"])), "Owns")
    assert (apart.verdict, marks(apart)) == (Verdict.WORDING, [[""], [""]])


def test_what_nobody_states_is_named_at_the_end() -> None:
    found = compared([[Fact(Topic.MARKET, "Satisfaction", ())], figures(3)[0]])
    assert found.unstated == ("Satisfaction",)
    assert [group.topic for group in found.groups] == [Topic.PAY]


def test_the_two_profiles_of_the_starter_pack() -> None:
    found = compared([RELATIONS.facts, ACCOUNTS.facts])
    assert [[line.words for line in cell] for cell in row(found, "Average pay").cells] == [
        ["USD 43,633 a year"], ["USD 70,777 a year"],
    ]  # fmt: skip
    assert marks(row(found, "Pay range")) == [["lower", "lower"], ["higher", "higher"]]
    assert row(found, "Most common subject").verdict is Verdict.SAME
    assert marks(row(found, "Most common degree")) == [["", "lower"], ["", "higher"]]
    assert row(found, "Usual time to become one, as the text says").cells[0][0].words == "2 to 4 years"
    assert row(found, "Years of experience, as the table says").cells[1][0].words == "6 years"
    skills = next(group for group in found.groups if group.topic is Topic.SKILLS)
    assert [one.label for one in skills.rows][:3] == ["Patients", "Scheduling appointments", "Customer service"]
    assert "Job satisfaction" in found.unstated


def test_an_opening_states_no_average_and_computes_pay_an_hour_only_from_disclosed_hours() -> None:
    band: dict[str, Value] = {
        "minimum": Decimal(43633), "maximum": Decimal(70777), "currency": "USD", "period": "year",
    }  # fmt: skip
    hours: dict[str, Value] = {"paid": Decimal(8), "breaks": Decimal(30)}
    with_hours, without = opening(pay_band=band, workload_hours=hours), opening(pay_band=band)
    hourly = row(compared([with_hours.facts, without.facts]), "Pay an hour")
    assert [line.words for line in hourly.cells[0]] == ["from USD 20.98 an hour", "to USD 34.03 an hour"]
    assert hourly.cells[0][0].note == "computed"
    assert hourly.cells[0][1].note.startswith("computed from the yearly pay, with 8 paid hours on 260 days")
    assert hourly.cells[1] == ()
    assert "Average pay" in compared([with_hours.facts, without.facts]).unstated
    assert hourly_of(None, Decimal(8)) is None


def test_an_hourly_band_is_stated_and_not_computed() -> None:
    band: dict[str, Value] = {"minimum": Decimal(20), "maximum": Decimal(24), "currency": "EUR", "period": "hour"}
    side = opening(pay_band=band)
    hourly = row(compared([side.facts, RELATIONS.facts]), "Pay an hour")
    assert [(line.words, line.note) for line in hourly.cells[0]] == [
        ("from EUR 20 an hour", ""), ("to EUR 24 an hour", ""),
    ]  # fmt: skip
    assert hourly.verdict is Verdict.APART


def test_units_of_two_openings_stand_in_one_row_whatever_their_capitals() -> None:
    def units(name: str, typical: int) -> Side:
        volume: dict[str, Value] = {"unit": name, "typical": Decimal(typical), "busy": Decimal(9)}
        time: dict[str, Value] = {"unit": name, "handling": Decimal(4), "documentation": Decimal(2)}
        return opening(workload_units=volume, workload_minutes=time)

    one = row(compared([units("Calls", 5).facts, units("calls", 7).facts]), "Calls")
    assert [line.words for line in one.cells[0]] == [
        "5 on a typical day", "9 on a busy day, one in ten", "4 minutes to handle", "2 minutes to write up",
    ]  # fmt: skip
    assert marks(one) == [["lower", "", "", ""], ["higher", "", "", ""]]


def test_none_with_its_reason_is_an_answer() -> None:
    claim = Claim("workload.interruptions", none_reason="The door is shut.")
    found = compared([opening_side("A", [claim]).facts, RELATIONS.facts])
    assert row(found, "Interruptions").cells[0][0].words == "No interruptions. The door is shut."


def test_pay_is_drawn_on_one_axis_only_in_one_currency_and_period() -> None:
    euro = Side("Euro", (), Pay("EUR a year", Decimal(30000), Decimal(40000), None), ())
    silent = Side("Silent", (), None, ())
    found = pay_pictures([RELATIONS, euro, ACCOUNTS, silent])
    (picture,) = found.drawn
    assert (picture.unit, [bar.letter for bar in picture.bars]) == ("USD a year", ["A", "C"])
    assert [str(tick) for tick in picture.ticks[::5]] == ["20000", "120000"]
    assert (found.apart, found.silent) == ((("Euro", "EUR a year"),), ("Silent",))
    assert pay_pictures([RELATIONS, euro]).drawn == ()


@given(st.lists(st.decimals(-(10**8), 10**8, places=2), min_size=1, max_size=8))
def test_an_axis_holds_every_value_with_few_ticks(values: list[Decimal]) -> None:
    ticks = axis([*values, None])
    assert ticks[0] <= min(values)
    assert ticks[-1] >= max(values)
    assert 2 <= len(ticks) <= 7
    assert len({after - before for before, after in pairwise(ticks)}) == 1


def test_skills_are_drawn_largest_first_with_gaps_where_they_are_not_named() -> None:
    opened = opening()
    picture = skill_picture([RELATIONS, opened, ACCOUNTS])
    assert picture is not None
    assert picture.columns == ((0, "A", RELATIONS.name), (2, "C", ACCOUNTS.name))
    assert (picture.rows[0].name, picture.rows[0].shares) == ("Patients", (Decimal(39), Decimal(22)))
    assert picture.rows[1].shares == (Decimal(14), None)
    assert picture.largest == 39
    assert picture.silent == ("Opening",)
    assert skill_picture([opened, opened]) is None


def test_skills_beyond_what_a_picture_holds_are_counted() -> None:
    many = Side("Many", (), None, tuple(Share(f"Skill {number}", Decimal(number)) for number in range(20)))
    picture = skill_picture([many, many])
    assert picture is not None
    assert (len(picture.rows), picture.rest) == (12, 8)


@pytest.mark.parametrize("count", [0, 4])
def test_columns_are_named_by_letters(count: int) -> None:
    assert letters(count) == ("A", "B", "C", "D")[:count]
