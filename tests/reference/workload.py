"""The kinds of reference cases about the work: capacity and Erlang's formulas."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hiringkit.disclosures.rules.workload.capacity import (
    Day,
    NoFigure,
    day_hours,
    limit_volume,
    peak_hour,
    people_needed,
    staffing_ratio,
)
from hiringkit.disclosures.rules.workload.inputs import DEFAULT_TARGET, MINUTES_IN_HOUR, Inputs, UnitLoad
from hiringkit.disclosures.rules.workload.queues import Unstable, erlang_a, waiting

Data = Mapping[str, Any]
Stats = dict[str, float | None]
SECONDS_IN_MINUTE = 60
SECONDS_IN_HOUR = 3600


def capacity(data: Data) -> Stats:
    """Return the figures of a working day; a figure that does not exist is null."""
    inputs = _inputs(data)
    stats: Stats = {"volume_limit": _number(limit_volume(inputs))}
    for name, day in (("typical", Day.TYPICAL), ("high", Day.BUSY)):
        hours = day_hours(inputs, day)
        stats[f"hours_per_person_{name}"] = float(hours.work)
        stats[f"utilisation_{name}"] = float(hours.utilisation)
        stats[f"over_hours_per_person_{name}"] = float(hours.over)
        stats[f"staff_needed_{name}"] = _number(people_needed(inputs, day))
        stats[f"staffing_ratio_{name}"] = float(staffing_ratio(inputs, day))
    return stats | _peak(inputs)


def _inputs(data: Data) -> Inputs:
    exact = {key: Fraction(str(value)) for key, value in data.items() if isinstance(value, int | float)}
    volumes, minutes = ("volume_typical", "volume_high"), ("handle_min", "doc_min")
    return Inputs(
        units=(UnitLoad("Units", *(exact[key] for key in (*volumes, *minutes))),),
        paid=exact["paid_hours"],
        breaks=exact["paid_breaks"],
        people=exact["staff"],
        interruptions_per_hour=exact["interruptions_per_hour"],
        minutes_per_interruption=exact["minutes_per_interruption"],
        fixed=exact["fixed_hours"],
        target=exact.get("target_utilisation", DEFAULT_TARGET),
        peak_share=exact.get("peak_hour_share"),
    )


def _peak(inputs: Inputs) -> Stats:
    """Return the busiest hour, with Erlang's waits where the people on shift keep up and can be counted."""
    peak = peak_hour(inputs)
    if peak is None:
        return {}
    stats: Stats = {
        "peak_offered_erlangs": float(peak.offered),
        "peak_stable": peak.is_stable,
        "peak_backlog_growth_per_hour": float(peak.growth),
    }
    if not peak.is_stable or inputs.people.denominator != 1:
        return stats
    handling = float(peak.offered / peak.arriving) if peak.arriving else 0.0
    found = waiting(float(peak.arriving), handling, int(inputs.people))
    if isinstance(found, Unstable):
        return stats
    return stats | {"peak_p_wait": found.probability, "peak_mean_wait_minutes": found.mean * MINUTES_IN_HOUR}


def _number(figure: Fraction | int | NoFigure) -> float | None:
    return None if isinstance(figure, NoFigure) else float(figure)


def erlang_c(data: Data) -> Stats:
    """Return what waits when nobody gives up; null for everything that an unstable queue does not have."""
    arrivals, handling = data["arrivals_per_hour"] / SECONDS_IN_HOUR, float(data["aht_seconds"])
    found = waiting(arrivals, handling, data["servers"])
    offered = arrivals * handling
    if isinstance(found, Unstable):
        waits = ("p_wait", "service_level", "asa_seconds", "wait_p90_seconds", "mean_queue", "occupancy")
        return {"offered_erlangs": offered, **dict.fromkeys(waits)}
    return {
        "offered_erlangs": offered,
        "p_wait": found.probability,
        "service_level": found.within(data.get("answer_target_seconds", 0)),
        "asa_seconds": found.mean,
        "wait_p90_seconds": found.quantile(0.9),
        "mean_queue": found.queue,
        "occupancy": found.occupancy,
    }


def erlang_a_stats(data: Data) -> Stats:
    """Return what waits when people give up."""
    found = erlang_a(
        float(data["arrivals_per_minute"]),
        float(data["service_rate_per_minute"]),
        data["servers"],
        float(data["abandon_rate_per_minute"]),
    )
    if isinstance(found, Unstable):
        return dict.fromkeys(("p_abandon", "mean_queue", "mean_wait_seconds", "occupancy"))
    return {
        "p_abandon": found.abandoned,
        "mean_queue": found.queue,
        "mean_wait_seconds": found.mean * SECONDS_IN_MINUTE,
        "occupancy": found.occupancy,
    }
