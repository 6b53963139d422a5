"""Answers that tests start from: a small, complete and honest disclosure."""

from collections.abc import Mapping
from datetime import date

from hiringkit.disclosures.rules.claims import Basis, Claim, read_row
from hiringkit.disclosures.rules.fields import FIELDS

AS_OF = date(2026, 5, 4)
ROWS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "why.kind": ({"value": "new"},),
    "why.problem": ({"value": "One claim in nine comes back denied."},),
    "scope.owns": ({"what": "The daily queue"},),
    "scope.does-not-own": ({"what": "Clinical judgement", "owner": "The nurse on duty"},),
    "scope.decision-rights": ({"decision": "Ship early", "decides": "Operations", "stop": "Anyone", "alone": "no"},),
    "scope.escalation": ({"trigger": "A symptom is mentioned", "to": "Nurse line", "within": "15"},),
    "scope.boundaries": ({"kind": "licence", "boundary": "No clinical advice."},),
    "scope.reports-to": ({"value": "Head of operations"},),
    "workload.units": ({"unit": "Orders", "planned": "140", "typical": "150", "busy": "210"},),
    "workload.minutes": ({"unit": "orders", "handling": "10", "documentation": "4"},),
    "workload.interruptions": ({"per_hour": "4", "minutes": "2.5"},),
    "workload.hours": ({"paid": "8", "breaks": "30"},),
    "workload.fixed-hours": ({"value": "0.5"},),
    "workload.people": ({"value": "6"},),
    "workload.after-hours": ({"value": "Two late shifts a week, until 20:00."},),
    "workload.weekends": ({"value": "One Saturday in four."},),
    "workload.good-week": ({"value": "The queue is empty on Wednesday and on Friday."},),
    "workload.bad-week": ({"value": "A payer changed a form on Monday and rework doubled."},),
    "workload.target": ({"value": "25 orders a day each."},),
    "quality.ranking": ({"what": "safety"}, {"what": "throughput"}),
    "quality.audit": ({"what": "Orders", "share": "5", "by": "Quality team", "days": "7"},),
    "support.supervision": ({"model": "Half an hour each week.", "ratio": "6"},),
    "support.onboarding": ({"value": "Two weeks beside a colleague."},),
    "support.unblocks": ({"value": "The shift lead, within the hour."},),
    "constraints.named": ({"constraint": "Chargebacks", "shows": "Three held orders a day."},),
    "first-90-days.windows": (
        {"window": "weeks-1-2", "outcome": "Knows the queue.", "measure": "Walks a peer through it."},
        {"window": "weeks-3-6", "outcome": "Owns intake.", "measure": "Returned orders, weekly."},
        {"window": "weeks-7-12", "outcome": "One rule changed.", "measure": "Denials before and after."},
    ),
    "pay.band": ({"minimum": "68,000", "maximum": "82,000", "currency": "usd", "period": "year"},),
    "pay.band-policy": ({"policy": "national"},),
    "pay.level": ({"value": "Manager 1 of 2"},),
    "pay.deadline": ({"value": "2026-06-30"},),
}


def claim(field: str, row: int = 0, /, **raw: str) -> Claim:
    """Return one estimated claim from typed text; a text that cannot be read fails the test."""
    reading = read_row(FIELDS[field], raw)
    assert not reading.problems, reading.problems
    return Claim(
        field, row, reading.values, basis=Basis.ESTIMATED, source="Team poll", as_of=AS_OF, owner="Head of operations"
    )


def complete() -> list[Claim]:
    """Return claims that answer every required question, on-call with "none"."""
    none = Claim("workload.on-call", none_reason="The nurse line covers nights.", as_of=AS_OF)
    return [none] + [claim(key, row, **raw) for key, rows in ROWS.items() for row, raw in enumerate(rows)]
