"""The working day adds up exactly, more people never make it fuller, and what cannot be computed has a name."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.workload.capacity import (
    WORKED,
    Day,
    NoFigure,
    available_hours,
    day_hours,
    hours_for_units,
    limit_volume,
    months_above,
    peak_hour,
    people_needed,
    staffing_ratio,
    unit_hours,
    volume,
)
from hiringkit.disclosures.rules.workload.figures import figure_words, hours_words, percent_words
from hiringkit.disclosures.rules.workload.inputs import NEEDED, Inputs, Missing, UnitLoad, inputs_of
from hiringkit.disclosures.rules.workload.queues import Unstable, erlang_a, erlang_b, erlang_c, waiting
from tests.disclosures.answers import claim, complete

SEASON = "196 171 152 141 136 132 128 139 146 152 178 210"


def numbers(least: int, most: int) -> st.SearchStrategy[Fraction]:
    """Return numbers as somebody types them, with two decimals at most."""
    return st.integers(least * 100, most * 100).map(lambda hundredths: Fraction(hundredths, 100))


@st.composite
def loads(draw: st.DrawFn) -> UnitLoad:
    """Return a unit whose busy day is at least its typical one."""
    typical = draw(numbers(0, 5_000))
    minutes = (draw(numbers(0, 90)), draw(numbers(0, 90)))
    return UnitLoad("Units", typical, typical + draw(numbers(0, 5_000)), *minutes)


@st.composite
def days(draw: st.DrawFn) -> Inputs:
    """Return inputs that a disclosure may hold."""
    paid = draw(numbers(1, 24))
    return Inputs(
        units=tuple(draw(st.lists(loads(), min_size=1, max_size=3))),
        paid=paid,
        breaks=paid * draw(numbers(0, 9)) / 10,
        people=draw(numbers(1, 500)),
        interruptions_per_hour=draw(numbers(0, 12)),
        minutes_per_interruption=draw(numbers(0, 5)),
        fixed=draw(numbers(0, 6)),
        target=1 - draw(numbers(0, 99)) / 100,
        peak_share=draw(numbers(0, 1)),
    )


@given(days(), st.sampled_from(Day))
def test_the_parts_of_a_day_are_all_of_it(inputs: Inputs, day: Day) -> None:
    hours = day_hours(inputs, day)
    assert hours.handling + hours.documentation == unit_hours(inputs, day) / inputs.people
    assert hours.work + hours.slack == hours.available + hours.over
    assert not (hours.slack and hours.over)
    assert (hours.utilisation > 1) == bool(hours.over)
    assert day_hours(inputs, Day.BUSY).work >= day_hours(inputs, Day.TYPICAL).work


@given(days(), numbers(1, 50))
def test_more_people_make_no_day_fuller(inputs: Inputs, more: Fraction) -> None:
    larger = replace(inputs, people=inputs.people + more)
    before, after = day_hours(inputs, Day.TYPICAL), day_hours(larger, Day.TYPICAL)
    assert after.utilisation <= before.utilisation
    assert (after.utilisation < before.utilisation) == bool(unit_hours(inputs, Day.TYPICAL))
    assert staffing_ratio(larger, Day.TYPICAL) <= staffing_ratio(inputs, Day.TYPICAL)


@given(days(), st.sampled_from(Day))
def test_people_needed_are_the_fewest_that_keep_the_target(inputs: Inputs, day: Day) -> None:
    needed = people_needed(inputs, day)
    if isinstance(needed, NoFigure):
        crowd = replace(inputs, people=Fraction(10**9))
        assert day_hours(crowd, day).utilisation >= inputs.target
        return
    if needed:
        assert day_hours(replace(inputs, people=Fraction(needed)), day).utilisation <= inputs.target
    if needed > 1:
        assert day_hours(replace(inputs, people=Fraction(needed - 1)), day).utilisation > inputs.target


@given(days())
def test_at_the_limit_the_day_is_exactly_full(inputs: Inputs) -> None:
    limit, now = limit_volume(inputs), volume(inputs, Day.TYPICAL)
    if isinstance(limit, NoFigure):
        assert not unit_hours(inputs, Day.TYPICAL) or hours_for_units(inputs) <= 0
        return
    scaled = tuple(replace(one, typical=one.typical * limit / now) for one in inputs.units)
    assert day_hours(replace(inputs, units=scaled), Day.TYPICAL).utilisation == 1
    assert (now > limit) == bool(day_hours(inputs, Day.TYPICAL).over)


@given(days())
def test_the_backlog_grows_by_what_nobody_can_finish(inputs: Inputs) -> None:
    peak = peak_hour(inputs)
    if peak is None:
        assert not unit_hours(inputs, Day.BUSY)
        return
    assert peak.growth == max(0, peak.arriving - peak.finished)
    assert peak.is_stable == (peak.offered < inputs.people)


def test_several_units_share_one_day() -> None:
    half = UnitLoad("Orders", Fraction(75), Fraction(105), Fraction(10), Fraction(4))
    two = replace(WORKED, units=(half, replace(half, name="Appeals")))
    for day in Day:
        assert day_hours(two, day) == day_hours(WORKED, day)
        assert people_needed(two, day) == people_needed(WORKED, day)
    assert limit_volume(two) == limit_volume(WORKED) == Fraction(1035, 7)


def test_a_team_that_is_exactly_large_enough_hires_nobody() -> None:
    # 3 people x (85 % of 10 h) = 25.5 h = 255 units of 6 minutes: no binary digit may make it four.
    unit = UnitLoad("Calls", Fraction(255), Fraction(255), Fraction("5.9"), Fraction("0.1"))
    exact = replace(WORKED, units=(unit,), paid=Fraction(10), breaks=Fraction(0), fixed=Fraction(0))
    assert people_needed(replace(exact, interruptions_per_hour=Fraction(0)), Day.TYPICAL) == 3


def test_where_no_number_of_people_is_enough_it_says_so() -> None:
    talk = replace(WORKED, fixed=Fraction("5.2"))
    assert people_needed(talk, Day.TYPICAL) is NoFigure.NO_NUMBER_OF_PEOPLE
    assert isinstance(limit_volume(talk), Fraction)
    assert limit_volume(replace(WORKED, fixed=Fraction(7))) is NoFigure.NOTHING_FITS
    idle = replace(WORKED, units=(replace(WORKED.units[0], typical=Fraction(0)),), season=(Fraction(1),) * 12)
    assert limit_volume(idle) is NoFigure.NO_VOLUME
    assert people_needed(idle, Day.TYPICAL) == 0
    assert months_above(idle) == ()


def test_months_above_the_limit_are_named_by_their_place() -> None:
    season = tuple(Fraction(one) for one in SEASON.split())
    assert months_above(replace(WORKED, season=season)) == (0, 1, 2, 9, 10, 11)
    assert months_above(replace(WORKED, season=(Fraction(1035, 7),) * 12)) == ()
    assert len(months_above(replace(WORKED, season=season, fixed=Fraction(7)))) == 12


def test_inputs_come_from_the_claims() -> None:
    rows = [claim("workload.season", 0, value=SEASON), claim("workload.peak-hour", 0, value="15")]
    inputs = inputs_of([*complete(), *rows])
    assert isinstance(inputs, Inputs)
    assert replace(inputs, season=()) == WORKED
    assert available_hours(inputs) == Fraction(15, 2)
    own = inputs_of([*complete(), claim("workload.utilisation", 0, value="80")])
    assert isinstance(own, Inputs)
    assert (own.target, own.has_own_target, own.peak_share) == (Fraction(4, 5), True, None)


@pytest.mark.parametrize("key", NEEDED)
def test_a_missing_answer_is_named(key: str) -> None:
    without = [one for one in complete() if one.field != key]
    assert inputs_of(without) == Missing((key,))
    none = inputs_of([*without, Claim(key, none_reason="Nobody counts.")])
    if key in {"workload.interruptions", "workload.fixed-hours"}:
        assert isinstance(none, Inputs)
        hours = day_hours(none, Day.TYPICAL)
        assert (hours.interruptions if key == "workload.interruptions" else hours.fixed) == 0
    else:
        assert none == Missing((key,))


def test_nothing_at_all_is_missing_in_the_order_of_the_questions() -> None:
    assert inputs_of([]) == Missing(NEEDED)
    assert Missing(NEEDED).sentence.startswith("It needs numbers for: Units of work, Minutes per unit, Interruptions")


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("workload.units", {"unit": "Orders", "typical": Decimal(210), "busy": Decimal(150)}),
        ("workload.units", {"unit": "Orders", "typical": Decimal(210)}),
        ("workload.minutes", {"unit": "Orders", "handling": Decimal(0), "documentation": Decimal(0)}),
        ("workload.hours", {"paid": Decimal(1), "breaks": Decimal(60)}),
        ("workload.people", {"value": Decimal(0)}),
        ("workload.interruptions", {"per_hour": Decimal(60), "minutes": Decimal(60)}),
    ],
)
def test_an_answer_that_contradicts_itself_is_none(key: str, values: dict[str, str | Decimal]) -> None:
    claims = [one for one in complete() if one.field != key]
    assert inputs_of([*claims, Claim(key, values=values)]) == Missing((key,))


def test_units_with_a_volume_and_no_minutes_are_named() -> None:
    more = claim("workload.units", 1, unit="Appeals", typical="3", busy="5")
    found = inputs_of([*complete(), more])
    assert found == Missing(("workload.minutes",), ("Appeals",))
    assert isinstance(found, Missing)
    assert found.sentence == "Only the volume or only the minutes are stated of: Appeals."


def test_figures_are_rounded_once_and_never_read_as_something_else() -> None:
    assert [percent_words(Fraction(one, 10_000)) for one in (9_949, 9_951, 9_996, 10_000, 10_004, 10_100)] == [
        "99 %", "99.5 %", "just under 100 %", "100 %", "just over 100 %", "101 %",
    ]  # fmt: skip
    assert [figure_words(Fraction(one)) for one in ("0.005", "0.0049", "1234.5", "2")] == ["0.01", "0", "1,234.5", "2"]
    assert hours_words(Fraction(1, 1000)) == "under 0.01 h"


@given(st.integers(1, 200), st.floats(0.01, 150))
def test_waiting_is_likelier_than_being_turned_away(servers: int, offered: float) -> None:
    blocked, waits = erlang_b(servers, offered), erlang_c(servers, offered)
    assert 0 <= blocked <= 1
    if offered >= servers:
        assert waits is Unstable.BACKLOG_GROWS
        assert waiting(offered, 1.0, servers) is Unstable.BACKLOG_GROWS
    else:
        assert isinstance(waits, float)
        assert blocked - 1e-12 <= waits <= 1


@given(st.integers(1, 60), st.floats(0.05, 0.95))
def test_nobody_leaving_is_the_queue_without_impatience(servers: int, load: float) -> None:
    patient, alone = erlang_a(load * servers, 1.0, servers, 0.0), waiting(load * servers, 1.0, servers)
    assert not isinstance(patient, Unstable)
    assert not isinstance(alone, Unstable)
    assert isclose(patient.queue, alone.queue, rel_tol=1e-6, abs_tol=1e-9)
    assert isclose(patient.occupancy, alone.occupancy, rel_tol=1e-9)
    hasty = erlang_a(load * servers, 1.0, servers, 0.5)
    assert not isinstance(hasty, Unstable)
    assert hasty.queue <= patient.queue
    assert isclose(hasty.occupancy, load * (1 - hasty.abandoned), rel_tol=1e-9)


def test_impossible_queues_are_refused() -> None:
    assert erlang_a(60.0, 1.0, 50, 0.0) is Unstable.BACKLOG_GROWS
    assert erlang_a(0.0, 1.0, 50, 0.5).occupancy == 0  # type: ignore[union-attr]  # Nobody comes, so it is stable.
    for servers, offered in ((0, 1.0), (3, -1.0), (3, inf)):
        with pytest.raises(ValueError, match="at least one server"):
            erlang_b(servers, offered)
    with pytest.raises(ValueError, match="rate above 0"):
        erlang_a(1.0, 0.0, 1, 0.0)
    with pytest.raises(ValueError, match="cannot be summed"):
        erlang_a(1000.0, 1.0, 1, 1e-6)
