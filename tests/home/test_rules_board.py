"""Who can lead which stage, and which stage is left alone first; the rule of panels is asked, never repeated."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from hiringkit.calibration.rules.forecast import LastDay, Pace
from hiringkit.calibration.rules.forms import GoldBasis
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.standing import Ending, Standing, Term, covers
from hiringkit.home.rules.board import Held, Judged, Lapse, StageOfOpening, can_lead, gaps, lapses, next_week

TODAY = date(2027, 2, 3)
JUDGED = Judged(TODAY, DEFAULT_POLICY, frozenset({1, 2, 3, 4}))


def held(*versions: int, days: int = 60, sessions: int = 0, pace: int = 0) -> Held:
    """Return a standing on these competency versions."""
    term = Term(TODAY - timedelta(days=30), TODAY + timedelta(days=days), 20)
    return Held(Standing(frozenset(versions), GoldBasis.PANEL, attempts=1, term=term, sessions=sessions), Pace(pace))


def stage(*versions: int, name: str = "Audit loop", opening: str = "Manager") -> StageOfOpening:
    """Return a stage that rates these competency versions."""
    return StageOfOpening("o1", opening, "audit", 2, name, versions)


STANDINGS = st.builds(held, st.integers(1, 4), st.integers(1, 4), days=st.integers(0, 120), sessions=st.integers(0, 20))


@given(st.lists(STANDINGS, max_size=4), st.integers(0, 130), st.sets(st.integers(1, 4), min_size=1))
def test_who_can_lead_is_who_has_every_competency_covered(own: list[Held], ahead: int, rated: set[int]) -> None:
    day, wanted = TODAY + timedelta(days=ahead), sorted(rated)
    gap = covers([one.standing for one in own], wanted, day, DEFAULT_POLICY, JUDGED.in_force)
    assert can_lead(own, stage(*wanted), JUDGED, day) is (gap == ())


def test_a_frozen_loop_goes_on_with_its_versions() -> None:
    older = held(9)
    assert can_lead([older], stage(9), JUDGED, TODAY)
    assert not can_lead([held(1, 9)], stage(1), JUDGED, TODAY), (
        "the set has moved on, and this stage froze nothing of it"
    )


def test_standings_of_several_sets_add_up() -> None:
    assert can_lead([held(1, 2), held(3)], stage(1, 3), JUDGED, TODAY)
    assert not can_lead([held(1, 2)], stage(1, 3), JUDGED, TODAY)


def test_next_week_is_monday_to_friday_whatever_today_is() -> None:
    for place in range(7):
        monday = date(2027, 2, 1)
        days = next_week(monday + timedelta(days=place))
        assert days == tuple(monday + timedelta(days=7 + one) for one in range(5))


def test_a_stage_that_is_left_alone_is_named_with_its_day_the_first_one_first() -> None:
    people = [[held(1, days=20), held(2)], [held(1, days=40, sessions=17, pace=6)], []]
    found = gaps(people, [stage(2, name="Later"), stage(1), stage(3, name="Now"), stage(1, opening="Lead")], JUDGED)
    assert [(one.stage.name, one.openings, one.last) for one in found] == [
        ("Now", ("Manager",), None),
        ("Audit loop", ("Manager", "Lead"), TODAY + timedelta(days=20)),
        ("Later", ("Manager",), TODAY + timedelta(days=60)),
    ]


def test_a_stage_that_somebody_leads_for_90_days_is_not_named() -> None:
    assert gaps([[held(1, days=90)]], [stage(1)], JUDGED) == []
    assert [one.last for one in gaps([[held(1, days=89)]], [stage(1)], JUDGED)] == [TODAY + timedelta(days=89)]
    assert gaps([], [], JUDGED) == []


def test_interviews_at_the_present_pace_leave_a_stage_alone_too() -> None:
    (found,) = gaps([[held(1, sessions=17, pace=6)]], [stage(1)], JUDGED)
    assert found.last == TODAY + timedelta(days=14)


@given(st.lists(st.integers(0, 200), max_size=12), st.randoms())
def test_lapses_are_counted_up_and_told_in_the_order_of_time(ends: list[int], random: Random) -> None:
    all_of_them = [
        Lapse(f"P{place}", "Judgement", LastDay(TODAY + timedelta(days=days), Ending.DAYS))
        for place, days in enumerate(ends)
    ]
    shuffled = list(all_of_them)
    random.shuffle(shuffled)
    soon, counts = lapses(shuffled, TODAY)
    assert [one.last.on for one in soon] == sorted(one.last.on for one in soon)
    assert counts == {days: sum(end <= days for end in ends) for days in (30, 60, 90)}
    assert len(soon) == counts[90]
    assert lapses(all_of_them, TODAY)[0] == soon
