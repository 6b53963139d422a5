"""What a posting says beside what is there already: over a template, or in the gaps of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from hiringkit.disclosures.rules.claims import Claim, contradictions, sorted_claims


@dataclass(frozen=True, slots=True)
class Merged:
    """Claims of two sources together, with how many answers each gave; `dropped` are questions left open."""

    claims: tuple[Claim, ...]
    from_posting: int
    from_template: int
    dropped: tuple[str, ...] = ()


def over_template(posting: Sequence[Claim], template: Sequence[Claim]) -> Merged:
    """Return the posting's answers, with the template's to every other question.

    An answer of the template that contradicts the posting is left out, and its question stays open: minutes for
    other units than the posting names would make a working day that nobody has.

    >>> over_template([Claim("scope.reports-to")], [Claim("scope.reports-to"), Claim("workload.people")]).from_template
    1
    """
    said = {claim.field for claim in posting}
    others = [claim for claim in template if claim.field not in said]
    known = {(one.field, one.message) for one in (*contradictions(posting), *contradictions(others))}
    clash = {one.field for one in contradictions((*posting, *others)) if (one.field, one.message) not in known}
    dropped = {claim.field for claim in others} & _with_partners(clash)
    kept = [claim for claim in others if claim.field not in dropped]
    return Merged(
        sorted_claims((*posting, *kept)), len(said), len({claim.field for claim in kept}), tuple(sorted(dropped))
    )


_PARTNERS = (
    frozenset({"workload.units", "workload.minutes"}),
    frozenset({"workload.hours", "workload.fixed-hours"}),
)
"""Questions whose answers are compared with each other."""


def _with_partners(fields: set[str]) -> set[str]:
    return fields.union(*(pair for pair in _PARTNERS if pair & fields))


def into_gaps(posting: Sequence[Claim], present: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the posting's answers to the questions that have none yet.

    >>> into_gaps([Claim("scope.reports-to"), Claim("workload.people")], [Claim("workload.people")])[0].field
    'scope.reports-to'
    """
    answered = {claim.field for claim in present}
    return tuple(claim for claim in posting if claim.field not in answered)
