"""What the workload model takes from a disclosure's claims, and what is missing when it cannot be computed.

Numbers are fractions from here to the page. Volumes and minutes are typed as decimals and then divided, and 14 / 60 is
no decimal: with fractions the parts of a day add up to the day exactly, and a team that is exactly large enough is not
told to hire one more because of the last binary digit. Rounding happens once, where a figure is printed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hiringkit.disclosures.rules.claims import Claim, claim_problems
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.values import Value

UNITS, MINUTES, INTERRUPTIONS = "workload.units", "workload.minutes", "workload.interruptions"
HOURS, FIXED, PEOPLE = "workload.hours", "workload.fixed-hours", "workload.people"
TARGET, PEAK, SEASON = "workload.utilisation", "workload.peak-hour", "workload.season"
NEEDED = (UNITS, MINUTES, INTERRUPTIONS, HOURS, FIXED, PEOPLE)
"""Without an answer to each of these there is no working day."""
DEFAULT_TARGET = Fraction(85, 100)
"""The target utilisation where a disclosure names none (SCIENCE 5)."""
MINUTES_IN_HOUR = 60
PERCENT = 100


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """One kind of unit: how many all people together get on a typical and on a busy day, and the minutes of each."""

    name: str
    typical: Fraction
    busy: Fraction
    handling: Fraction
    documentation: Fraction

    @property
    def minutes(self) -> Fraction:
        """Return the minutes one unit takes, writing up included."""
        return self.handling + self.documentation


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the model needs. Hours are hours of one person's day, `target` and `peak_share` are parts of 1.

    `has_own_target` tells whether the disclosure names the target; `season` is twelve typical days or empty.
    """

    units: tuple[UnitLoad, ...]
    paid: Fraction
    breaks: Fraction
    people: Fraction
    interruptions_per_hour: Fraction
    minutes_per_interruption: Fraction
    fixed: Fraction
    target: Fraction = DEFAULT_TARGET
    has_own_target: bool = False
    peak_share: Fraction | None = None
    season: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there are no inputs: the fields whose answers are missing or "none", in the order in which they are asked.

    `units` are the units of which only the volume or only the minutes are stated.
    """

    fields: tuple[str, ...]
    units: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Return in words which answers are missing.

        >>> Missing((PEOPLE, HOURS)).sentence
        'It needs numbers for: People on shift, Paid hours and breaks.'
        """
        if self.units:
            return f"Only the volume or only the minutes are stated of: {', '.join(self.units)}."
        return f"It needs numbers for: {', '.join(FIELDS[key].label for key in self.fields)}."


def inputs_of(claims: Sequence[Claim]) -> Inputs | Missing:
    """Return the inputs that the claims give, or what is missing for them.

    "None" with a reason means 0 for interruptions and fixed hours. It means missing for volumes, minutes, paid hours
    and people, where a 0 would make the picture lie; for the target the usual 85 % is taken. A claim that contradicts
    itself is no answer.

    >>> inputs_of([Claim("workload.people", values={"value": Decimal(6)})]).fields[:2]
    ('workload.units', 'workload.minutes')
    """
    absent = [key for key in NEEDED if not _is_stated(claims, key)]
    claims = [claim for claim in claims if not claim_problems(claim)]
    units, half_stated = _units(claims)
    if absent or half_stated or not units:
        return Missing(tuple(absent or [MINUTES]), half_stated)
    hours, interruptions = _values(claims, HOURS), _values(claims, INTERRUPTIONS)
    paid, breaks = _number(hours, "paid"), _number(hours, "breaks") / MINUTES_IN_HOUR
    people = _number(_values(claims, PEOPLE), "value")
    if breaks >= paid or people <= 0:
        return Missing((HOURS,) if breaks >= paid else (PEOPLE,))
    target, peak = _values(claims, TARGET), _values(claims, PEAK)
    return Inputs(
        units=units,
        paid=paid,
        breaks=breaks,
        people=people,
        interruptions_per_hour=_number(interruptions, "per_hour"),
        minutes_per_interruption=_number(interruptions, "minutes"),
        fixed=_number(_values(claims, FIXED), "value"),
        target=_number(target, "value") / PERCENT or DEFAULT_TARGET,
        has_own_target=bool(_number(target, "value")),
        peak_share=_number(peak, "value") / PERCENT if peak else None,
        season=season_of(claims),
    )


def season_of(claims: Sequence[Claim]) -> tuple[Fraction, ...]:
    """Return the units of a typical day in each month, January first, or nothing when the year is not stated."""
    months = _values(claims, SEASON).get("value")
    return tuple(Fraction(one) for one in months) if isinstance(months, tuple) else ()


def _is_stated(claims: Sequence[Claim], key: str) -> bool:
    rows = [claim for claim in claims if claim.field == key]
    may_be_none = key in {INTERRUPTIONS, FIXED}
    return bool(rows) and all(
        not claim_problems(claim) and (claim.values or (claim.none_reason and may_be_none)) for claim in rows
    )


def _values(claims: Sequence[Claim], key: str) -> Mapping[str, Value]:
    return next((claim.values for claim in claims if claim.field == key), {})


def _number(values: Mapping[str, Value], column: str) -> Fraction:
    """Return a number, or 0 where the answer is "none"; what must not be missing was looked at before."""
    value = values.get(column)
    return Fraction(value) if isinstance(value, Decimal) else Fraction(0)


def _units(claims: Sequence[Claim]) -> tuple[tuple[UnitLoad, ...], tuple[str, ...]]:
    """Return the units with volume and minutes, and the names of those that lack one of the two."""
    volumes, minutes = _rows(claims, UNITS), _rows(claims, MINUTES)
    both = [key for key in volumes if key in minutes]
    loads = tuple(
        UnitLoad(
            name=str(volumes[key]["unit"]),
            typical=_number(volumes[key], "typical"),
            busy=_number(volumes[key], "busy"),
            handling=_number(minutes[key], "handling"),
            documentation=_number(minutes[key], "documentation"),
        )
        for key in both
    )
    alone = [str(rows[key]["unit"]) for rows in (volumes, minutes) for key in rows if key not in both]
    return loads, tuple(alone) if volumes and minutes else ()


def _rows(claims: Sequence[Claim], key: str) -> dict[str, Mapping[str, Value]]:
    rows = [claim.values for claim in claims if claim.field == key and "unit" in claim.values]
    return {str(values["unit"]).casefold(): values for values in rows}
