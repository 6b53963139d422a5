"""The board of a team: who can lead a stage on which days, and what runs out by when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from hiringkit.calibration.rules.forecast import HORIZONS, LastDay, Pace, days_led, projected, within
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.calibration.rules.standing import Standing, covers

WORKING_DAYS = 5


@dataclass(frozen=True)
class StageOfOpening:
    """A stage of the loop in use of an opening; `number` from 1, `competencies` are the versions it rates."""

    opening_id: str
    opening: str
    key: str
    number: int
    name: str
    competencies: tuple[int, ...]

    @property
    def value(self) -> str:
        """Return the name of the stage in addresses."""
        return f"{self.opening_id}.{self.key}"

    @property
    def words(self) -> str:
        """Return the stage with its opening, as it is chosen from a list."""
        return f"{self.number}. {self.name}, {self.opening}"


@dataclass(frozen=True)
class Judged:
    """What decides on a board: today, the policy, and the competency versions in force."""

    today: date
    policy: CalibrationPolicy
    in_force: frozenset[int]


@dataclass(frozen=True)
class Held:
    """One standing of somebody, as `covers` takes it, with the pace at which it is used up."""

    standing: Standing
    pace: Pace


def can_lead(own: Sequence[Held], stage: StageOfOpening, judged: Judged, day: date) -> bool:
    """Tell whether somebody's standings cover a stage on a day, by the rule that panels are filled by.

    A loop is frozen on its versions: for its stage they stay in force when the library moves on.
    """
    in_force = judged.in_force | set(stage.competencies)
    standings = [one.standing for one in own]
    return not covers(standings, stage.competencies, day, judged.policy, in_force)


def can_still_lead(own: Sequence[Held], stage: StageOfOpening, judged: Judged, ahead: int) -> bool:
    """Tell whether somebody can lead a stage in so many days, if interviews go on at the present pace."""
    then = [Held(projected(one.standing, one.pace, ahead), one.pace) for one in own]
    return can_lead(then, stage, judged, judged.today + timedelta(days=ahead))


def next_week(today: date) -> tuple[date, ...]:
    """Return the working days of the week after this one.

    >>> [day.isoformat() for day in next_week(date(2026, 5, 6))][::4]
    ['2026-05-11', '2026-05-15']
    """
    monday = today + timedelta(days=7 - today.weekday())
    return tuple(monday + timedelta(days=place) for place in range(WORKING_DAYS))


@dataclass(frozen=True)
class Gap:
    """A stage that nobody can lead after a day, or, with no day, that nobody can lead even today.

    `openings`: the titles of the openings with this stage.
    """

    stage: StageOfOpening
    openings: tuple[str, ...]
    last: date | None


def gaps(people: Sequence[Sequence[Held]], stages: Sequence[StageOfOpening], judged: Judged) -> list[Gap]:
    """Return the stages that nobody can lead any more within 90 days, the first to be left alone first.

    `people`: the standings of each. Stages of one name that rate the same are told once.
    """
    alike: dict[tuple[str, tuple[int, ...]], list[StageOfOpening]] = {}
    for stage in stages:
        alike.setdefault((stage.name, stage.competencies), []).append(stage)
    found = []
    for same in alike.values():
        led = days_led([partial(can_still_lead, own, same[0], judged) for own in people])
        if led is not None:
            last = judged.today + timedelta(days=led) if led >= 0 else None
            found.append(Gap(same[0], tuple(dict.fromkeys(one.opening for one in same)), last))
    return sorted(found, key=lambda gap: (gap.last or date.min, gap.stage.name))


@dataclass(frozen=True)
class Lapse:
    """One standing that runs out within 90 days: whose, on which exercise, its last day and why."""

    name: str
    exercise: str
    last: LastDay


def lapses(holding: Collection[Lapse], today: date) -> tuple[list[Lapse], Mapping[int, int]]:
    """Return those of these standings that run out within 90 days, the first one first, and how many by 30, 60, 90.

    Counts add up: whatever runs out within 30 days does so within 60 as well.
    """
    soon = [one for one in holding if within((one.last.on - today).days) is not None]
    counts = {days: sum((one.last.on - today).days <= days for one in soon) for days in HORIZONS}
    return sorted(soon, key=lambda one: (one.last.on, one.name, one.exercise)), counts
