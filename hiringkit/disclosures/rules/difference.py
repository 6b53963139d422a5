"""What changed between two states of a disclosure: a readable difference for each claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.disclosures.rules.claims import Claim, sorted_claims
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.wording import Words, answer_words


class ChangeKind(StrEnum):
    """How a claim differs: it is new, it is gone, it says something else, or only its ground changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    GROUND = "known otherwise"


@dataclass(frozen=True, slots=True)
class Change:
    """One claim that differs; `before` is None where it is new, `after` where it is gone.

    The claims carry basis, source, date and owner; `said_before` and `says_now` are the answers in words.
    """

    field: str
    kind: ChangeKind
    before: Claim | None
    after: Claim | None

    @property
    def section(self) -> str:
        """Return the key of the section that it stands in."""
        return FIELDS[self.field].section

    @property
    def label(self) -> str:
        """Return the name of the question."""
        return FIELDS[self.field].label

    @property
    def said_before(self) -> Words:
        """Return the earlier answer in words, or an empty text."""
        return answer_words(FIELDS[self.field], self.before) if self.before else ""

    @property
    def says_now(self) -> Words:
        """Return the later answer in words, or an empty text."""
        return answer_words(FIELDS[self.field], self.after) if self.after else ""

    @property
    def is_material(self) -> bool:
        """Tell whether a candidate must hear of it: the answer to a required question is another one."""
        return self.kind is not ChangeKind.GROUND and FIELDS[self.field].required


def differences(before: Sequence[Claim], after: Sequence[Claim]) -> tuple[Change, ...]:
    """Return what differs, claim by claim, in the order of the registry.

    Rows of a table are the same claim where their naming column says the same, else where they stand
    at the same place.

    >>> from decimal import Decimal
    >>> one = Claim("workload.people", values={"value": Decimal(6)})
    >>> other = Claim("workload.people", values={"value": Decimal(5)})
    >>> [(change.kind.value, change.is_material) for change in differences([one], [other])]
    [('changed', True)]
    """
    earlier, later = _by_name(before), _by_name(after)
    names = [*earlier, *(name for name in later if name not in earlier)]
    order = {key: place for place, key in enumerate(FIELDS)}
    found = [_change(earlier.get(name), later.get(name)) for name in names]
    changes = [one for one in found if one is not None]
    return tuple(sorted(changes, key=lambda one: order[one.field]))


def _by_name(claims: Sequence[Claim]) -> dict[tuple[str, str], Claim]:
    return {_name(claim): claim for claim in sorted_claims(claims) if claim.field in FIELDS}


def _name(claim: Claim) -> tuple[str, str]:
    column = FIELDS[claim.field].unique
    named = claim.values.get(column) if column else None
    return claim.field, f"={named.casefold()}" if isinstance(named, str) else str(claim.row)


def _change(before: Claim | None, after: Claim | None) -> Change | None:
    if before is None or after is None:
        kind = ChangeKind.ADDED if before is None else ChangeKind.REMOVED
        field = (after or before).field  # type: ignore[union-attr]  # One of them is there.
        return Change(field, kind, before, after)
    if (before.values, before.none_reason) != (after.values, after.none_reason):
        return Change(before.field, ChangeKind.CHANGED, before, after)
    if (before.basis, before.source, before.as_of, before.owner) != (
        after.basis,
        after.source,
        after.as_of,
        after.owner,
    ):
        return Change(before.field, ChangeKind.GROUND, before, after)
    return None


def _ground(claim: Claim) -> tuple[object, ...]:
    return claim.basis, claim.source, claim.as_of, claim.owner
