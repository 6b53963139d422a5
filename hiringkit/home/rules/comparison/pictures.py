"""What can be drawn of a comparison: pay on one axis where currency and period agree, and skills as paired bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from hiringkit.home.rules.comparison.aligning import letters
from hiringkit.home.rules.comparison.sides import Side

ROWS_DRAWN = 12
MOST_TICKS = 5
STEPS = (Decimal(1), Decimal(2), Decimal(5))
SHARED = 2


@dataclass(frozen=True, slots=True)
class PayBar:
    """One column's pay on the axis; an end that is None is not stated."""

    at: int
    letter: str
    name: str
    low: Decimal | None
    high: Decimal | None
    average: Decimal | None


@dataclass(frozen=True, slots=True)
class PayPicture:
    """Pay ranges of one currency and period; the axis runs from the first tick to the last."""

    unit: str
    ticks: tuple[Decimal, ...]
    bars: tuple[PayBar, ...]


@dataclass(frozen=True, slots=True)
class PayPictures:
    """The pictures of pay; `apart` names (name, unit) that share an axis with nothing, `silent` who states no pay."""

    drawn: tuple[PayPicture, ...]
    apart: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SkillBars:
    """One skill, and the share of each column that states skills; None where it does not name this one."""

    name: str
    shares: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class SkillPicture:
    """Skills by share: columns as (place, letter, name), the largest shares first; `rest` counts those not drawn."""

    columns: tuple[tuple[int, str, str], ...]
    rows: tuple[SkillBars, ...]
    largest: Decimal
    rest: int
    silent: tuple[str, ...]


def pay_pictures(sides: Sequence[Side]) -> PayPictures:
    """Draw together what is paid in one currency for one period, and nothing else on that axis."""
    units: dict[str, list[PayBar]] = {}
    for at, (letter, side) in enumerate(zip(letters(len(sides)), sides, strict=True)):
        if side.pay is not None:
            bar = PayBar(at, letter, side.name, side.pay.low, side.pay.high, side.pay.average)
            units.setdefault(side.pay.unit, []).append(bar)
    drawn = tuple(
        PayPicture(unit, axis([one for bar in bars for one in (bar.low, bar.high, bar.average)]), tuple(bars))
        for unit, bars in sorted(units.items())
        if len(bars) >= SHARED
    )
    shared = {picture.unit for picture in drawn}
    return PayPictures(
        drawn,
        tuple((side.name, side.pay.unit) for side in sides if side.pay is not None and side.pay.unit not in shared),
        tuple(side.name for side in sides if side.pay is None),
    )


def axis(values: Sequence[Decimal | None]) -> tuple[Decimal, ...]:
    """Return at most seven round numbers at equal distances, the first not above and the last not below any value.

    >>> [int(tick) for tick in axis([Decimal(27000), None, Decimal(117000)])]
    [20000, 40000, 60000, 80000, 100000, 120000]
    """
    stated = [one for one in values if one is not None]
    low, high = min(stated), max(stated)
    step = _step(high - low or max(abs(high), Decimal(1)))
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
    return tuple(step * number for number in range(int(first), int(last) + 1))


def _step(width: Decimal) -> Decimal:
    """Return the least of 1, 2 and 5 times a power of ten that parts a width into at most five steps."""
    power = Decimal(10) ** (width / MOST_TICKS).adjusted()
    return next(one * power for one in (*STEPS, Decimal(10)) if width / (one * power) <= MOST_TICKS)


def skill_picture(sides: Sequence[Side]) -> SkillPicture | None:
    """Return the skills with their shares as paired bars, or None where no column states a share."""
    named = [
        (at, letter, side.name, {one.name.casefold(): one for one in side.skills if one.percent is not None})
        for at, (letter, side) in enumerate(zip(letters(len(sides)), sides, strict=True))
    ]
    stating = [one for one in named if one[3]]
    if not stating:
        return None
    rows = []
    for key in {key for *_, skills in stating for key in skills}:
        found = [skills.get(key) for *_, skills in stating]
        name = min(one.name for one in found if one is not None)
        rows.append(SkillBars(name, tuple(one.percent if one is not None else None for one in found)))
    rows.sort(key=lambda row: (-_largest(row), row.name.casefold()))
    return SkillPicture(
        columns=tuple((at, letter, name) for at, letter, name, _ in stating),
        rows=tuple(rows[:ROWS_DRAWN]),
        largest=max(_largest(rows[0]), Decimal(1)),
        rest=max(0, len(rows) - ROWS_DRAWN),
        silent=tuple(name for _, _, name, skills in named if not skills),
    )


def _largest(row: SkillBars) -> Decimal:
    return max(share for share in row.shares if share is not None)
