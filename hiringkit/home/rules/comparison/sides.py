"""What a role profile and an opening's claims state, question by question, in the words of one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.values import Value
from hiringkit.disclosures.rules.wording import answer_words, counted, number_words
from hiringkit.home.rules.comparison.aligning import Fact, Line, Topic
from hiringkit.library.rules.pack import RoleProfile, Share
from hiringkit.library.rules.profiles import BEST_PAID, money, number, per_cent, span

YEAR = "a year"
HOUR = "an hour"
DAYS_A_YEAR = 260
"""Five days in each of 52 weeks: 8 paid hours a day make the 2,080 hours that yearly and hourly pay are told by."""
PERIODS: Mapping[str, str] = {
    "year": YEAR, "month": "a month", "week": "a week", "day": "a day", "hour": HOUR,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pay:
    """A pay range for a picture; `unit` is currency and period, None is "not stated"."""

    unit: str
    low: Decimal | None
    high: Decimal | None
    average: Decimal | None


@dataclass(frozen=True, slots=True)
class Side:
    """One column: its name, what it states, and what can be drawn of it."""

    name: str
    facts: tuple[Fact, ...]
    pay: Pay | None
    skills: tuple[Share, ...]


def profile_side(one: RoleProfile) -> Side:
    """Return what a role profile states; its figures of pay are yearly."""
    unit = f"{one.currency} {YEAR}".strip()
    facts = [
        _fact(Topic.PAY, "Average pay", _amount(one.pay_average, "average", one.currency, YEAR), 1),
        _fact(Topic.PAY, "Pay range", _range(one.pay_minimum, one.pay_maximum, one.currency, YEAR), 2),
        _fact(Topic.PAY, "Pay an hour", _amount(one.hourly, "average", one.currency, HOUR), 3),
        _fact(Topic.MARKET, "Growth in jobs", _figure(one.growth_percent, "growth", per_cent(one.growth_percent)), 1),
        _fact(Topic.MARKET, "Number of jobs", _figure(one.jobs, "jobs", number(one.jobs)), 2),
        _fact(
            Topic.MARKET, "Job satisfaction", _figure(one.job_satisfaction, "rating", number(one.job_satisfaction)), 3
        ),
        *(_fact(Topic.MARKET, label, _words(one.highest_paying.get(key)), 4) for key, label in BEST_PAID),
        _fact(Topic.EDUCATION, "Most common degree", _degree(one), 1),
        _fact(Topic.EDUCATION, "Most common subject", _words(one.major), 2),
        _fact(Topic.EDUCATION, "Most common college", _words(one.college), 3),
        *(_fact(Topic.EDUCATION, years.label, _years(years.low, years.high), 4) for years in one.experience_years),
        _fact(Topic.SCOPE, "Is responsible for", tuple(Line(line) for line in one.responsibilities), 1),
        *(_skill(skill) for skill in one.skills),
    ]
    amounts = (one.pay_minimum, one.pay_maximum, one.pay_average)
    pay = Pay(unit, *amounts) if any(amount is not None for amount in amounts) else None
    return Side(one.name, tuple(facts), pay, one.skills)


def opening_side(title: str, claims: Sequence[Claim]) -> Side:
    """Return what the claims of an opening's disclosure state.

    Nothing is guessed: the middle of a band is no average, and pay an hour is computed only where
    the paid hours are disclosed.
    """
    held = _Held(claims)
    band = held.values("pay.band")
    low, high = _decimal(band.get("minimum")), _decimal(band.get("maximum"))
    currency, period = str(band.get("currency", "")), PERIODS.get(str(band.get("period", "")), "")
    facts = [
        _fact(Topic.PAY, "Average pay", (), 1),
        _fact(Topic.PAY, "Pay range", _range(low, high, currency, period) or held.words("pay.band"), 2),
        _fact(Topic.PAY, "Pay an hour", _hourly(low, high, currency, period, held), 3),
        _fact(Topic.MARKET, "Growth in jobs", (), 1),
        _fact(Topic.MARKET, "Number of jobs", (), 2),
        _fact(Topic.EDUCATION, "Most common degree", (), 1),
        _fact(Topic.EDUCATION, "Credentials", held.words("growth.credentials"), 5),
        _fact(Topic.SCOPE, "Is responsible for", held.words("scope.owns"), 1),
        _fact(Topic.SCOPE, "Contributes to", held.words("scope.contributes"), 2),
        _fact(Topic.SCOPE, "Does not own", held.words("scope.does-not-own"), 3),
        _fact(Topic.SCOPE, "Reports to", held.words("scope.reports-to"), 4),
        *_units(held),
        *(_fact(Topic.WORKLOAD, label, held.figures(key), 2) for label, key in WORKLOAD_FIGURES),
        _fact(Topic.SUPERVISION, "Supervision", held.words("support.supervision", "model"), 1),
        _fact(Topic.SUPERVISION, "People per supervisor", held.figures("support.supervision", "ratio"), 2),
    ]
    pay = Pay(f"{currency} {period}", low, high, None) if (low or high) and period else None
    return Side(title, tuple(facts), pay, ())


WORKLOAD_FIGURES = (
    ("Interruptions", "workload.interruptions"),
    ("Paid hours and breaks", "workload.hours"),
    ("Fixed hours", "workload.fixed-hours"),
    ("People on shift", "workload.people"),
    ("Target utilisation", "workload.utilisation"),
    ("Staffing ratio", "workload.staffing-ratio"),
)
UNIT_FIGURES = (
    ("workload.units", "typical", "{} on a typical day", "a day"),
    ("workload.units", "busy", "{} on a busy day, one in ten", "a day"),
    ("workload.units", "planned", "{} planned", "a day"),
    ("workload.minutes", "handling", "{} minutes to handle", "minutes"),
    ("workload.minutes", "documentation", "{} minutes to write up", "minutes"),
)


class _Held:
    """The claims of an opening by field."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims: dict[str, list[Claim]] = {}
        for claim in claims:
            self.claims.setdefault(claim.field, []).append(claim)

    def values(self, key: str) -> Mapping[str, Value]:
        """Return the values of the first row of a field."""
        return next((claim.values for claim in self.claims.get(key, ())), {})

    def words(self, key: str, column: str = "") -> tuple[Line, ...]:
        """Return each row of a field as a line of words, or one column of it; "none" with its reason."""
        rows = self.claims.get(key, ())
        if column:
            return tuple(
                Line(str(claim.values.get(column, "")) if claim.values else str(answer_words(FIELDS[key], claim)))
                for claim in rows
            )
        return tuple(Line(str(answer_words(FIELDS[key], claim))) for claim in rows)

    def figures(self, key: str, only: str = "") -> tuple[Line, ...]:
        """Return the numbers of the first row of a field, each with its unit."""
        asked, values = FIELDS[key], self.values(key)
        wanted = [one for one in asked.columns if one.is_numeric and only in {"", one.key}]
        found = [
            Line(
                f"{column.label}: {counted(value, column.unit)}" if len(wanted) > 1 else counted(value, column.unit),
                column.key,
                (value,),
                column.unit,
            )
            for column in wanted
            if isinstance(value := values.get(column.key), Decimal)
        ]
        return tuple(found) or (() if only else self.words(key))


def _fact(topic: Topic, label: str, lines: tuple[Line, ...], place: int) -> Fact:
    return Fact(topic, label, lines, Decimal(place))


def _skill(skill: Share) -> Fact:
    """One skill as a row of its own; the largest share of any column comes first."""
    share = Line("named, without a share") if skill.percent is None else None
    line = share or Line(per_cent(skill.percent), "share", (skill.percent or Decimal(0),), "%")
    return Fact(Topic.SKILLS, skill.name, (line,), -(skill.percent or Decimal(0)))


def _amount(amount: Decimal | None, slot: str, currency: str, period: str, note: str = "") -> tuple[Line, ...]:
    if amount is None:
        return ()
    words = f"{'' if slot == 'average' else slot + ' '}{money(amount, currency)} {period}"
    return (Line(" ".join(words.split()), slot, (amount,), f"{currency} {period}".strip(), note),)


def _range(low: Decimal | None, high: Decimal | None, currency: str, period: str, note: str = "") -> tuple[Line, ...]:
    first = "computed" if note and high is not None else note
    return (*_amount(low, "from", currency, period, first), *_amount(high, "to", currency, period, note))


def _hourly(low: Decimal | None, high: Decimal | None, currency: str, period: str, held: _Held) -> tuple[Line, ...]:
    """Return pay an hour as disclosed, or computed from the yearly pay by the paid hours of a day."""
    if period == HOUR:
        return _range(low, high, currency, HOUR)
    hours = _decimal(held.values("workload.hours").get("paid"))
    if period != YEAR or not hours:
        return ()
    note = f"computed from the yearly pay, with {number_words(hours)} paid hours on {DAYS_A_YEAR} days a year"
    return _range(hourly_of(low, hours), hourly_of(high, hours), currency, HOUR, note)


def hourly_of(yearly: Decimal | None, hours: Decimal) -> Decimal | None:
    """Return a yearly amount as an hourly one, to the cent, over 260 days of so many paid hours.

    >>> hourly_of(Decimal(43633), Decimal(8))
    Decimal('20.98')
    """
    if yearly is None:
        return None
    return (yearly / (hours * DAYS_A_YEAR)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _figure(value: Decimal | None, slot: str, words: str) -> tuple[Line, ...]:
    return () if value is None else (Line(words, slot, (value,)),)


def _words(text: str | None) -> tuple[Line, ...]:
    return (Line(text),) if text else ()


def _degree(one: RoleProfile) -> tuple[Line, ...]:
    share = _figure(one.degree_share, "share", f"{per_cent(one.degree_share)} have it")
    return (*_words(one.degree), *share)


def _years(low: Decimal | None, high: Decimal | None) -> tuple[Line, ...]:
    words = f"{span(low, high)} years"
    if low is None or high is None:
        return () if low is high else (Line(words),)
    return (Line("1 year" if low == high == 1 else words, "years", (low, high), "years"),)


def _units(held: _Held) -> list[Fact]:
    """Return a row for each unit of work, its volumes and minutes by the team's own word for it."""
    named: dict[str, tuple[str, list[Line]]] = {}
    for field, column, pattern, unit in UNIT_FIGURES:
        for claim in held.claims.get(field, ()):
            name, value = str(claim.values.get("unit", "")), claim.values.get(column)
            if name and isinstance(value, Decimal):
                line = Line(pattern.format(number_words(value)), column, (value,), unit)
                named.setdefault(name.casefold(), (name, []))[1].append(line)
    return [_fact(Topic.WORKLOAD, name, tuple(lines), 1) for name, lines in named.values()]


def _decimal(value: Value | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
