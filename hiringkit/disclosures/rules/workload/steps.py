"""How each figure of the workload was computed: the formula of SCIENCE 5 in words, then with the numbers."""

from dataclasses import dataclass
from fractions import Fraction

from hiringkit.disclosures.rules.workload.capacity import (
    Day,
    DayHours,
    NoFigure,
    available_hours,
    day_hours,
    hours_for_units,
    limit_volume,
    people_needed,
    staffing_ratio,
    unit_hours,
    volume,
)
from hiringkit.disclosures.rules.workload.figures import figure_words as words
from hiringkit.disclosures.rules.workload.figures import hours_words, percent_words
from hiringkit.disclosures.rules.workload.inputs import MINUTES_IN_HOUR, Inputs


@dataclass(frozen=True, slots=True)
class Step:
    """One figure: its name, its formula, and the formula with numbers, a line for each day where they differ."""

    name: str
    formula: str
    numbers: tuple[str, ...]


def steps_of(inputs: Inputs) -> tuple[Step, ...]:
    """Return how the figures were computed, in the order in which one needs another."""
    available, people = words(available_hours(inputs)), words(inputs.people)
    interrupted = day_hours(inputs, Day.TYPICAL).interruptions
    return (
        Step(
            "C, available hours",
            "paid hours − breaks",
            (f"{words(inputs.paid)} − {words(inputs.breaks)} = {available} h",),
        ),
        Step(
            "L, hours of work for one person",
            "units / people × (handling + writing up) / 60 + interruptions an hour × minutes / 60 × C + fixed hours",
            tuple(_work_numbers(inputs, day) for day in Day),
        ),
        Step("Utilisation", "L / C", tuple(_full_numbers(day_hours(inputs, day)) for day in Day)),
        Step(
            "People needed",
            "hours of all units / (target × C − fixed hours − hours of interruptions), rounded up",
            tuple(_people_numbers(inputs, day, interrupted) for day in Day),
        ),
        Step(
            "Staffing ratio",
            "units / people",
            tuple(f"{words(volume(inputs, day))} / {people} = {words(staffing_ratio(inputs, day))}" for day in Day),
        ),
        Step(
            "V*, the volume above which work is left over",
            "people × (C − hours of interruptions − fixed hours) × 60 / minutes of a unit",
            (_limit_numbers(inputs),),
        ),
    )


def _work_numbers(inputs: Inputs, day: Day) -> str:
    hours = day_hours(inputs, day)
    units = hours.handling + hours.documentation
    parts = " + ".join(words(one) for one in (units, hours.interruptions, hours.fixed))
    return f"{day.value} day: {parts} = {hours_words(hours.work)}"


def _full_numbers(hours: DayHours) -> str:
    return f"{words(hours.work)} / {words(hours.available)} = {percent_words(hours.utilisation)}"


def _people_numbers(inputs: Inputs, day: Day, interrupted: Fraction) -> str:
    needed, hours = people_needed(inputs, day), words(unit_hours(inputs, day))
    room = f"{percent_words(inputs.target)} × {words(available_hours(inputs))}"
    room += f" − {words(inputs.fixed)} − {words(interrupted)}"
    if isinstance(needed, NoFigure):
        return f"{room} leaves no time for units: {needed.value}"
    exact = unit_hours(inputs, day) / hours_for_units(inputs, inputs.target)
    return f"{hours} / ({room}) = {words(exact)}, so {words(needed)}"


def _limit_numbers(inputs: Inputs) -> str:
    limit = limit_volume(inputs)
    if isinstance(limit, NoFigure):
        return limit.value
    minutes = unit_hours(inputs, Day.TYPICAL) * MINUTES_IN_HOUR / volume(inputs, Day.TYPICAL)
    mix = " (the mean at the typical day’s mix)" if len(inputs.units) > 1 else ""
    return (
        f"{words(inputs.people)} × {words(hours_for_units(inputs))} × 60 / {words(minutes)}{mix} = {words(limit)} a day"
    )
