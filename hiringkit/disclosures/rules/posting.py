"""What the posting rules of an opening's places ask of its disclosure, and what is still missing; no legal advice."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from hiringkit.disclosures.rules.claims import Claim, claim_problems
from hiringkit.disclosures.rules.clarity import is_answered
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.posting_table import TABLE, Need, PlaceRule, Requirement
from hiringkit.openings.rules import POSTING_PLACES

PAY = "pay.band"
FRESH_FOR = timedelta(days=365)
TABLE_DATE = max(one.checked_on for one in TABLE)
"""The day on which the table was looked up last; a publication's event names it."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a place asks for and the claims do not say; `field` is the question that says it."""

    place: str
    requirement: str
    sentence: str
    source: str
    field: str


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """The rule of one place in force on a day, with what is missing; `is_old`: nobody has looked it up for a year."""

    rule: PlaceRule
    missing: tuple[Requirement, ...]
    is_old: bool

    @property
    def name(self) -> str:
        """Return the name of the place."""
        return POSTING_PLACES[self.rule.place]

    @property
    def section(self) -> str:
        """Return the key of the section in which the first missing answer is given, or an empty text."""
        return FIELDS[self.missing[0].field].section if self.missing else ""


def rules_in_force(places: Collection[str], day: date) -> tuple[PlaceRule, ...]:
    """Return the rules of these places that hold on a day, in the order of the table.

    >>> [one.source for one in rules_in_force(["US-WA"], date(2025, 7, 26))]
    ['RCW 49.58.110 (ESSB 5761)']
    """
    return tuple(
        one for one in TABLE if one.place in places and one.since <= day and (one.until is None or day <= one.until)
    )


def reports(places: Collection[str], claims: Sequence[Claim], day: date) -> tuple[PlaceReport, ...]:
    """Return for each place with a rule in force what the rule asks and what of it the claims do not say."""
    return tuple(
        PlaceReport(
            rule,
            tuple(one for one in rule.requires if not is_met(one, claims)),
            is_old=day - rule.checked_on > FRESH_FOR,
        )
        for rule in rules_in_force(places, day)
    )


def lacks(places: Collection[str], claims: Sequence[Claim], day: date) -> tuple[Lack, ...]:
    """Return everything that the rules of these places ask for on a day and the claims do not say.

    >>> [(one.place, one.field) for one in lacks(["US-NY"], [], date(2026, 11, 27))]
    [('US-NY', 'pay.band'), ('US-NY', 'scope.owns')]
    """
    return tuple(
        Lack(report.rule.place, one.key, one.sentence, report.rule.source, one.field)
        for report in reports(places, claims, day)
        for one in report.missing
    )


def lack_words(found: Sequence[Lack]) -> tuple[str, ...]:
    """Return each sentence once, after the names of the places that ask for it.

    >>> lack_words(lacks(["US-CA", "US-WA"], [], date(2026, 11, 27)))[0]
    'California, Washington State: State the pay from and to, both ends above 0.'
    """
    places: dict[str, list[str]] = {}
    for one in found:
        places.setdefault(one.sentence, []).append(POSTING_PLACES[one.place])
    return tuple(f"{', '.join(names)}: {sentence}" for sentence, names in places.items())


def is_met(requirement: Requirement, claims: Sequence[Claim]) -> bool:
    """Tell whether the claims say what is required.

    >>> from hiringkit.disclosures.rules.posting_table import DEADLINE
    >>> is_met(DEADLINE, [Claim("pay.deadline", none_reason="We read applications each week.")])
    True
    """
    if not is_answered(FIELDS[requirement.field], claims):
        return False
    rows = [one for one in claims if one.field == requirement.field and one.values and not claim_problems(one)]
    return _ENOUGH[requirement.need](rows)


def _is_range(rows: Sequence[Claim]) -> bool:
    """A range from 0 is one without a lower end."""
    return any(
        isinstance(low := one.values.get("minimum"), Decimal) and low > 0 and "maximum" in one.values for one in rows
    )


def _is_criteria(rows: Sequence[Claim]) -> bool:
    return bool(rows) and all(one.values["policy"] != "agreement" or one.values.get("detail") for one in rows)


_ENOUGH: Mapping[Need, Callable[[Sequence[Claim]], bool]] = MappingProxyType(
    {
        Need.RANGE: _is_range,
        Need.VALUES: bool,
        Need.ANSWERED: lambda _: True,
        Need.CRITERIA: _is_criteria,
    }
)


def places_telling_pay_first(places: Collection[str], day: date) -> tuple[str, ...]:
    """Return the names of the places whose rule asks that a candidate knows the pay before an interview on a day.

    >>> places_telling_pay_first(["US-NY", "EU"], date(2026, 11, 27))
    ('European Union',)
    """
    return tuple(POSTING_PLACES[one.place] for one in rules_in_force(places, day) if one.is_pay_told_first)


def is_pay_stated(claims: Sequence[Claim]) -> bool:
    """Tell whether the claims name a pay; "none" with a reason names none.

    >>> is_pay_stated([Claim("pay.band", none_reason="It is a voluntary post.")])
    False
    """
    return any(one.field == PAY and one.values and not claim_problems(one) for one in claims)
