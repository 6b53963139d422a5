"""The capacity model of SCIENCE 5: hours of one person's day, how full it is, who is needed, and what is left over.

The worked case of every example: six people, 8 paid hours with half an hour of break, 150 units on a typical day and
210 on a busy one, 10 + 4 minutes each, 4 interruptions an hour of 2.5 minutes, half an hour of meetings. All results
are exact.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from hiringkit.disclosures.rules.workload.inputs import MINUTES_IN_HOUR, Inputs, UnitLoad

WORKED = Inputs(
    units=(UnitLoad("Orders", Fraction(150), Fraction(210), Fraction(10), Fraction(4)),),
    paid=Fraction(8),
    breaks=Fraction(1, 2),
    people=Fraction(6),
    interruptions_per_hour=Fraction(4),
    minutes_per_interruption=Fraction(5, 2),
    fixed=Fraction(1, 2),
    peak_share=Fraction(15, 100),
)
"""The worked case of SCIENCE 5."""


class Day(StrEnum):
    """The two days that a disclosure prints equally large; on one day in ten there is more than on the busy one."""

    TYPICAL = "typical"
    BUSY = "busy"


class NoFigure(StrEnum):
    """Why a figure does not exist; the value is the page's words."""

    NO_NUMBER_OF_PEOPLE = "no number of people is enough"
    NOTHING_FITS = "interruptions and fixed hours fill the whole day"
    NO_VOLUME = "the volume of a typical day is 0"


@dataclass(frozen=True, slots=True)
class DayHours:
    """One person's day in hours; `available` is what is paid without the breaks."""

    handling: Fraction
    documentation: Fraction
    interruptions: Fraction
    fixed: Fraction
    available: Fraction

    @property
    def work(self) -> Fraction:
        """Return the hours of work, L of SCIENCE 5."""
        return self.handling + self.documentation + self.interruptions + self.fixed

    @property
    def slack(self) -> Fraction:
        """Return the hours that are left free, 0 on a day that is too full."""
        return max(Fraction(0), self.available - self.work)

    @property
    def over(self) -> Fraction:
        """Return the hours of work that do not fit."""
        return max(Fraction(0), self.work - self.available)

    @property
    def utilisation(self) -> Fraction:
        """Return the work as a part of the available hours, 1 for a day that is exactly full."""
        return self.work / self.available


@dataclass(frozen=True, slots=True)
class PeakHour:
    """The busiest hour of a busy day, all people together, in units an hour.

    `offered` is the work that arrives, in erlangs: people who would be busy with nothing else. `growth` is how many
    units wait more at the end of the hour, 0 when the people on shift keep up.
    """

    arriving: Fraction
    finished: Fraction
    offered: Fraction
    people: Fraction

    @property
    def is_stable(self) -> bool:
        """Tell whether the people on shift finish more than arrives."""
        return self.offered < self.people

    @property
    def growth(self) -> Fraction:
        """Return by how many units the backlog grows in that hour."""
        return Fraction(0) if self.is_stable else self.arriving - self.finished


def available_hours(inputs: Inputs) -> Fraction:
    """Return C, the hours of one person's day that are paid and no break (SCIENCE 5).

    >>> available_hours(WORKED)
    Fraction(15, 2)
    """
    return inputs.paid - inputs.breaks


def volume(inputs: Inputs, day: Day) -> Fraction:
    """Return V, the units of all kinds on that day, for all people together.

    >>> volume(WORKED, Day.BUSY)
    Fraction(210, 1)
    """
    return sum((getattr(one, day.value) for one in inputs.units), Fraction(0))


def unit_hours(inputs: Inputs, day: Day) -> Fraction:
    """Return the hours that the units of that day take all people together: the sum of V (t_h + t_d) / 60.

    >>> unit_hours(WORKED, Day.TYPICAL)
    Fraction(35, 1)
    """
    return sum((getattr(one, day.value) * one.minutes for one in inputs.units), Fraction(0)) / MINUTES_IN_HOUR


def day_hours(inputs: Inputs, day: Day) -> DayHours:
    """Return one person's day in its parts: L = V/n (t_h + t_d)/60 + I t_i/60 C + F (SCIENCE 5).

    Interruptions are counted for each available hour.

    >>> typical, busy = day_hours(WORKED, Day.TYPICAL), day_hours(WORKED, Day.BUSY)
    >>> [round(float(hours), 2) for hours in (typical.work, typical.over, busy.work, busy.over)]
    [7.58, 0.08, 9.92, 2.42]
    >>> round(float(typical.utilisation), 4), round(float(busy.utilisation), 4)
    (1.0111, 1.3222)
    """
    shared = inputs.people * MINUTES_IN_HOUR
    return DayHours(
        handling=sum((getattr(one, day.value) * one.handling for one in inputs.units), Fraction(0)) / shared,
        documentation=sum((getattr(one, day.value) * one.documentation for one in inputs.units), Fraction(0)) / shared,
        interruptions=_interrupted(inputs),
        fixed=inputs.fixed,
        available=available_hours(inputs),
    )


def _interrupted(inputs: Inputs) -> Fraction:
    """Return the hours of one person's day that interruptions take."""
    rate = inputs.interruptions_per_hour * inputs.minutes_per_interruption / MINUTES_IN_HOUR
    return rate * available_hours(inputs)


def hours_for_units(inputs: Inputs, utilisation: Fraction = Fraction(1)) -> Fraction:
    """Return the hours that one person has for units in a day filled so far; it can be below 0.

    >>> hours_for_units(WORKED)
    Fraction(23, 4)
    """
    return utilisation * available_hours(inputs) - inputs.fixed - _interrupted(inputs)


def people_needed(inputs: Inputs, day: Day) -> int | NoFigure:
    """Return n*, the fewest people whose day is no fuller than the target (SCIENCE 5).

    Where interruptions and fixed hours alone fill the target, more people do not help, and that is said.

    >>> people_needed(WORKED, Day.TYPICAL), people_needed(WORKED, Day.BUSY)
    (8, 11)
    """
    each = hours_for_units(inputs, inputs.target)
    return ceil(unit_hours(inputs, day) / each) if each > 0 else NoFigure.NO_NUMBER_OF_PEOPLE


def staffing_ratio(inputs: Inputs, day: Day) -> Fraction:
    """Return V / n, the units a day for one person.

    >>> staffing_ratio(WORKED, Day.TYPICAL)
    Fraction(25, 1)
    """
    return volume(inputs, day) / inputs.people


def limit_volume(inputs: Inputs) -> Fraction | NoFigure:
    """Return V*, the units a day above which work is left over, all people together (SCIENCE 5).

    V* = n (C - I t_i/60 C - F) 60/(t_h + t_d). Several kinds of units count at the mix of a typical day.

    >>> round(float(limit_volume(WORKED)), 2)
    147.86
    """
    if not unit_hours(inputs, Day.TYPICAL):
        return NoFigure.NO_VOLUME
    if hours_for_units(inputs) <= 0:
        return NoFigure.NOTHING_FITS
    hours_a_unit = unit_hours(inputs, Day.TYPICAL) / volume(inputs, Day.TYPICAL)
    return inputs.people * hours_for_units(inputs) / hours_a_unit


def months_above(inputs: Inputs) -> tuple[int, ...]:
    """Return the places of the months whose typical day is above V*, 0 for January.

    >>> months_above(WORKED)
    ()
    """
    limit = limit_volume(inputs)
    if limit is NoFigure.NOTHING_FITS:
        limit = Fraction(0)
    return tuple(place for place, one in enumerate(inputs.season) if isinstance(limit, Fraction) and one > limit)


def peak_hour(inputs: Inputs) -> PeakHour | None:
    """Return the busiest hour of a busy day, or None when its share is not stated or there is no work (SCIENCE 5).

    lambda = w V, A = lambda (t_h + t_d)/60; with A >= n the backlog grows by lambda - 60 n/(t_h + t_d) an hour. People
    are taken as free for units all hour, so that what is left over here is the least that can be.

    >>> peak = peak_hour(WORKED)
    >>> float(peak.offered), peak.is_stable, round(float(peak.growth), 1)
    (7.35, False, 5.8)
    """
    busy, hours = volume(inputs, Day.BUSY), unit_hours(inputs, Day.BUSY)
    if inputs.peak_share is None or not hours:
        return None
    hours_a_unit = hours / busy
    arriving = inputs.peak_share * busy
    return PeakHour(arriving, inputs.people / hours_a_unit, arriving * hours_a_unit, inputs.people)
