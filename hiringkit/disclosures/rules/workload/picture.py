"""The pictures of the work, laid out: one person's day, the year, the figures, and how each was computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hiringkit.disclosures.rules.claims import Claim, sorted_claims
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.wording import MONTHS, Words, answer_words
from hiringkit.disclosures.rules.workload.capacity import (
    Day,
    DayHours,
    NoFigure,
    PeakHour,
    day_hours,
    limit_volume,
    months_above,
    peak_hour,
    people_needed,
    staffing_ratio,
    volume,
)
from hiringkit.disclosures.rules.workload.figures import figure_words, hours_words, or_state, percent_words
from hiringkit.disclosures.rules.workload.inputs import (
    NEEDED,
    PEAK,
    TARGET,
    Inputs,
    Missing,
    inputs_of,
    season_of,
)
from hiringkit.disclosures.rules.workload.steps import Step, steps_of

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
Figure = tuple[str, str, str]
"""A label, a figure and its small print."""
PARTS = ("handling", "documentation", "interruptions", "fixed")
PART_NAMES = {
    "handling": "Handling",
    "documentation": "Writing up",
    "interruptions": "Interruptions",
    "fixed": "Meetings and handover",
    "slack": "Slack",
}
"""The parts of a day in the order in which they are drawn; slack is what is left of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a day: its hours as drawn and as written."""

    key: str
    name: str
    hours: float
    words: str


@dataclass(frozen=True, slots=True)
class DayPicture:
    """One person's day as a bar; `over` is what does not fit, as drawn and as written."""

    label: str
    parts: tuple[Part, ...]
    work: float
    words: str
    over: float
    over_words: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month's typical day, all people together."""

    short: str
    name: str
    value: float
    words: str
    is_above: bool


@dataclass(frozen=True, slots=True)
class SeasonPicture:
    """The year as bars; `limit` is V*, or None where it is not known, and `sentence` names the months above it."""

    months: tuple[Month, ...]
    limit: float | None = None
    limit_words: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One input as answered: its question's label, its lines, and the claim with basis, source and date."""

    label: str
    lines: tuple[Words, ...]
    claim: Claim


@dataclass(frozen=True, slots=True)
class WorkloadPicture:
    """Everything that is shown of a computed workload; `figures` are those of a typical day, then of a busy one."""

    figures: tuple[tuple[Figure, ...], ...]
    available: float
    available_words: str
    intro: str
    days: tuple[DayPicture, ...]
    rows: tuple[tuple[str, ...], ...]
    peak: str
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]
    summary: str


def picture_of(claims: Sequence[Claim]) -> WorkloadPicture | Missing:
    """Return the pictures that the claims give, or what is missing for them."""
    inputs = inputs_of(claims)
    if isinstance(inputs, Missing):
        return inputs
    hours = {day: day_hours(inputs, day) for day in Day}
    available = hours[Day.TYPICAL].available
    return WorkloadPicture(
        figures=_figures(inputs, hours),
        available=float(available),
        available_words=hours_words(available),
        intro=_intro(inputs),
        days=tuple(_day(day, one) for day, one in hours.items()),
        rows=_rows(inputs, hours),
        peak=_peak_sentence(peak_hour(inputs)),
        steps=steps_of(inputs),
        sources=_sources(claims),
        summary=_summary(inputs, hours),
    )


def season_picture(claims: Sequence[Claim]) -> SeasonPicture | None:
    """Return the year as bars, with the line above which work is left over where it can be computed."""
    inputs, season = inputs_of(claims), season_of(claims)
    if not season:
        return None
    limit = NoFigure.NO_VOLUME if isinstance(inputs, Missing) else limit_volume(inputs)
    above = () if isinstance(inputs, Missing) else months_above(inputs)
    months = tuple(
        Month(short, name, float(value), figure_words(value), place in above)
        for place, (short, name, value) in enumerate(zip(MONTHS, MONTH_NAMES, season, strict=True))
    )
    if isinstance(inputs, Missing) or not isinstance(limit, Fraction):
        return SeasonPicture(months)
    return SeasonPicture(months, float(limit), limit_sentence(inputs, limit), _months_sentence(months))


def limit_sentence(inputs: Inputs, limit: Fraction) -> str:
    """Return what V* means, in words."""
    mix = ", at the typical day’s mix of units" if len(inputs.units) > 1 else ""
    return f"Above {figure_words(limit)} a day, work is left over{mix}"


def _months_sentence(months: Sequence[Month]) -> str:
    names = [month.name for month in months if month.is_above]
    if not names:
        return "No month’s typical day is above it."
    if len(names) == len(months):
        return "The typical day of every month is above it."
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return f"Above it in {len(names)} of 12 months: {listed}."


def _counted_people(people: Fraction | int) -> str:
    return f"{figure_words(people)} {'person' if people == 1 else 'people'}"


def _intro(inputs: Inputs) -> str:
    shared = (
        "one person does all the work" if inputs.people == 1 else f"{_counted_people(inputs.people)} share the work"
    )
    return f"One person’s working day, computed from the answers of this section: {shared}."


def _day(day: Day, hours: DayHours) -> DayPicture:
    drawn = [(key, getattr(hours, key)) for key in PARTS] + ([("slack", hours.slack)] if hours.slack else [])
    parts = tuple(Part(key, PART_NAMES[key], float(value), hours_words(value)) for key, value in drawn)
    over = f"{hours_words(hours.over)} of work left over" if hours.over else ""
    words = f"{hours_words(hours.work)} of work in {hours_words(hours.available)}"
    return DayPicture(f"{day.value.capitalize()} day", parts, float(hours.work), words, float(hours.over), over)


def _figures(inputs: Inputs, hours: dict[Day, DayHours]) -> tuple[tuple[Figure, ...], ...]:
    """Return the figures of a typical and of a busy day, each with what is particular to it as the last."""
    last = {Day.TYPICAL: _limit_figure(inputs), Day.BUSY: _peak_figure(peak_hour(inputs))}
    return tuple(
        (
            (f"Utilisation, {day.value} day", percent_words(one.utilisation), _room(one)),
            (f"People needed, {day.value} day", *_needed(inputs, people_needed(inputs, day))),
            (
                f"Staffing ratio, {day.value} day",
                figure_words(staffing_ratio(inputs, day)),
                f"{_unit_words(inputs)} for each person",
            ),
            *last[day],
        )
        for day, one in hours.items()
    )


def _unit_words(inputs: Inputs) -> str:
    return inputs.units[0].name if len(inputs.units) == 1 else "units of all kinds"


def _limit_figure(inputs: Inputs) -> tuple[Figure, ...]:
    limit, label = limit_volume(inputs), "Work is left over above"
    if isinstance(limit, NoFigure):
        return ((label, "no figure", limit.value),)
    mix = ", at the present mix" if len(inputs.units) > 1 else ""
    return ((label, figure_words(limit), f"{_unit_words(inputs)} a day{mix}"),)


def _peak_figure(peak: PeakHour | None) -> tuple[Figure, ...]:
    if peak is None:
        return ()
    if peak.is_stable:
        part = percent_words(peak.offered / peak.people)
        return (("Busiest hour, busy day", part, "of everybody’s time, if nothing interrupts"),)
    return (
        (
            "Busiest hour, busy day",
            f"+{figure_words(peak.growth, 1)}",
            "more waiting at its end, if nothing interrupts",
        ),
    )


def _room(hours: DayHours) -> str:
    if hours.over:
        return f"{hours_words(hours.over)} do not fit into {hours_words(hours.available)}"
    return f"{hours_words(hours.slack)} of {hours_words(hours.available)} are free"


def _needed(inputs: Inputs, needed: int | NoFigure) -> tuple[str, str]:
    if isinstance(needed, NoFigure):
        return "No number", f"is enough: a day is {percent_words(inputs.target)} full without a single unit"
    target = percent_words(inputs.target)
    usual = "" if inputs.has_own_target else ", the usual target"
    return figure_words(needed), f"at {target} full{usual}; on shift: {figure_words(inputs.people)}"


def _rows(inputs: Inputs, hours: dict[Day, DayHours]) -> tuple[tuple[str, ...], ...]:
    days = list(hours.values())
    return (
        *((PART_NAMES[key], *(hours_words(getattr(one, key)) for one in days)) for key in PARTS),
        ("Work in all", *(hours_words(one.work) for one in days)),
        ("Available, without breaks", *(hours_words(one.available) for one in days)),
        ("Slack", *(hours_words(one.slack) for one in days)),
        ("Left over", *(hours_words(one.over) for one in days)),
        ("Utilisation", *(percent_words(one.utilisation) for one in days)),
        ("Units, all people together", *(figure_words(volume(inputs, day)) for day in Day)),
        ("Units for each person", *(figure_words(staffing_ratio(inputs, day)) for day in Day)),
        ("People needed", *(or_state(people_needed(inputs, day)) for day in Day)),
    )


def _peak_sentence(peak: PeakHour | None) -> str:
    if peak is None:
        return ""
    arriving, finished = figure_words(peak.arriving, 1), figure_words(peak.finished, 1)
    start = f"In the busiest hour of a busy day {arriving} units arrive. Without an interruption, "
    start += f"{_counted_people(peak.people)} can finish {finished}: "
    if peak.is_stable:
        return start + f"it fits, and takes {percent_words(peak.offered / peak.people)} of their time."
    if not peak.growth:
        return start + "exactly as many, so that nothing that waits is caught up."
    return start + f"the backlog grows by {figure_words(peak.growth, 1)} in that hour."


def _sources(claims: Sequence[Claim]) -> tuple[Source, ...]:
    by_field = {
        key: [claim for claim in sorted_claims(claims) if claim.field == key] for key in (*NEEDED, TARGET, PEAK)
    }
    return tuple(
        Source(FIELDS[key].label, tuple(answer_words(FIELDS[key], one) for one in rows), rows[0])
        for key, rows in by_field.items()
        if rows
    )


def _summary(inputs: Inputs, hours: dict[Day, DayHours]) -> str:
    """Return the figures as two sentences for the team."""
    full = [percent_words(hours[day].utilisation) for day in Day]
    needed = [or_state(people_needed(inputs, day)) for day in Day]
    limit = limit_volume(inputs)
    last = f" {limit_sentence(inputs, limit)}." if isinstance(limit, Fraction) else ""
    return (
        f"A typical day is {full[0]} full, a busy one {full[1]}. People needed at {percent_words(inputs.target)}: "
        f"{needed[0]} on a typical day, {needed[1]} on a busy one; {figure_words(inputs.people)} on shift.{last}"
    )
