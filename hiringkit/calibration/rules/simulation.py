"""The simulated interviewers of SCIENCE 1.3: how often a policy's pass rule lets each kind of them through."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hiringkit.calibration.rules.margins import DECIMALS
from hiringkit.calibration.rules.operating import Design, OperatingTable, Passing, lines_hash
from hiringkit.calibration.rules.passing import guard_bands
from hiringkit.calibration.rules.policy import CalibrationPolicy, ScaleLines
from hiringkit.calibration.rules.refreshing import Exemplar, drawn

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

AT_ONCE = 2000
"""Raters drawn in one go; a fixed number, so that a longer run begins with the raters of a shorter one."""
UNIT_POINTS = 7
"""Raters and the spread of the truth are in points of a scale of 1 to 7 and shrink with a shorter one; experts do not.

That is the generator of SCIENCE 1.3 as written; with smaller expert errors its rows for 1 to 5 do not come out.
"""


@dataclass(frozen=True)
class Rater:
    """One kind of simulated interviewer, in points of a scale of 1 to 7.

    `slope`: how far ratings follow the truth; `flattens`: nine tenths of the profile within a
    response are lost to one impression.
    """

    bias: float
    noise: float
    halo: float
    slope: float
    flattens: bool = False


RATERS = {
    "expert": Rater(0.1, 0.65, 0.2, 1.0),
    "good": Rater(0.25, 0.8, 0.3, 0.95),
    "fair": Rater(0.4, 1.0, 0.4, 0.9),
    "severe by 1": Rater(-1.0, 0.8, 0.3, 0.95),
    "lenient by 1": Rater(1.0, 0.8, 0.3, 0.95),
    "severe by 1.5": Rater(-1.5, 0.8, 0.3, 0.95),
    "lenient by 1.5": Rater(1.5, 0.8, 0.3, 0.95),
    "noisy (1.6)": Rater(0.25, 1.6, 0.4, 0.9),
    "noisy (2.0)": Rater(0.25, 2.0, 0.5, 0.9),
    "central tendency": Rater(0.1, 0.7, 0.2, 0.4),
    "halo": Rater(0.25, 0.7, 0.5, 0.95, flattens=True),
    "always the midpoint": Rater(0.0, 0.3, 0.0, 0.0),
    "random": Rater(0.0, 2.2, 0.5, 0.0),
}


@dataclass(frozen=True)
class Forms:
    """Many simulated forms: raters x responses x competencies; `unsafe` marks the safety exemplars."""

    truth: Floats
    gold: Ints
    unsafe: Flags


def operating_table(
    policy: CalibrationPolicy, design: Design, progress: Callable[[int], object] = lambda _: None
) -> OperatingTable:
    """Simulate the pass rule on a design (SCIENCE 1.3); `progress` is told how many more raters are done.

    The same policy, design and seed give the same table. Raises ValueError when the policy has no
    lines for the scale.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> table = operating_table(DEFAULT_POLICY, Design(7, 8, 4, 6, 3, 4, raters=200, seed=1))
    >>> [row.passes > 0.8 for row in table.rows if row.kind in {"expert", "good", "random"}]
    [True, True, False]
    """
    lines = policy.lines_for(design.points)
    rows = []
    for number, (kind, rater) in enumerate(RATERS.items()):
        passed = extended = 0
        renewed: list[Flags] = []
        for count, draw in _parts(design, number):
            forms = _forms(count, design, draw)
            ratings = _rated(rater, forms.truth, design, draw)
            through, asked = decided(ratings, forms.gold, forms.unsafe, lines, design.responses)
            passed, extended = passed + int(through.sum()), extended + int(asked.sum())
            renewed += [_renewed(rater, count, design, lines, draw)] if design.refresh else []
            progress(count)
        rows.append(Passing(kind, passed / design.raters, extended / design.raters, _share(renewed)))
    return OperatingTable(design, lines_hash(lines), tuple(rows))


def _parts(design: Design, kind: int) -> Iterator[tuple[int, np.random.Generator]]:
    for part, start in enumerate(range(0, design.raters, AT_ONCE)):
        yield min(AT_ONCE, design.raters - start), np.random.default_rng([design.seed, kind, part])


def decided(ratings: Ints, gold: Ints, unsafe: Flags, lines: ScaleLines, first_block: int) -> tuple[Flags, Flags]:
    """Decide many whole forms as `passing.decide` does one, without a loop: who passes, who was given the reserve.

    All three arrays: raters x responses x competencies. Without a reserve the lines of the second
    stage decide at once.
    """
    missed = unsafe & (ratings >= lines.miss_from)
    whole = _margins(ratings, gold, lines)
    passes_whole: Flags = np.all(whole >= 0, axis=0) & ~np.any(missed, axis=(1, 2))
    if ratings.shape[1] == first_block:
        return passes_whole, np.zeros_like(passes_whole)
    first = _margins(ratings[:, :first_block], gold[:, :first_block], lines)
    guards = np.array(guard_bands(lines).all)[:, None]
    is_open: Flags = ~np.any(missed[:, :first_block], axis=(1, 2))
    passes: Flags = np.all(first >= guards, axis=0) & is_open
    extended: Flags = is_open & ~passes & ~np.any(first < -guards, axis=0)
    return passes | (extended & passes_whole), extended


def _share(parts: Sequence[Flags]) -> float | None:
    """Return the share of those who pass, None where there was nobody to pass."""
    number = sum(len(part) for part in parts)
    return sum(int(part.sum()) for part in parts) / number if number else None


def _renewed(rater: Rater, count: int, design: Design, lines: ScaleLines, draw: np.random.Generator) -> Flags:
    """Tell who passes a refresh, of those who passed at once as good interviewers and now rate as `rater` does.

    Its responses are drawn from a whole form, as `refreshing.drawn` does for everybody.
    """
    if design.refresh is None:
        return np.zeros(0, dtype=bool)
    forms = _forms(count, replace(design, reserve=0), draw)
    before = _rated(RATERS["good"], forms.truth, design, draw)
    missed = np.any(forms.unsafe & (before >= lines.miss_from), axis=(1, 2))
    guards = np.array(guard_bands(lines).all)[:, None]
    passed = np.all(_margins(before, forms.gold, lines) >= guards, axis=0) & ~missed
    whole = _forms(count, design, draw)
    rows = _fresh_rows(whole, design.refresh[0], draw)
    truth = np.take_along_axis(whole.truth, rows, axis=1)
    gold, unsafe = np.take_along_axis(whole.gold, rows, axis=1), np.take_along_axis(whole.unsafe, rows, axis=1)
    given = _rated(rater, truth, design, draw)
    through = renewed((before, forms.gold), (given, gold), unsafe, lines, design.refresh)
    return np.asarray(through[passed], dtype=np.bool_)


def _fresh_rows(forms: Forms, fresh: int, draw: np.random.Generator) -> Ints:
    """Draw the responses of a refresh and its reserve from each form: raters x responses x 1."""
    never = [Exemplar(position, None) for position in range(1, forms.gold.shape[1] + 1)]
    rows = []
    for levels, dangers in zip(forms.gold.mean(axis=2).tolist(), forms.unsafe.tolist(), strict=True):
        unsafe = {position for position, cells in enumerate(dangers, 1) if any(cells)}
        lot, taken = _lots(draw.random(2 * fresh).tolist()), list[int]()
        for _ in range(2):
            taken += drawn([one for one in never if one.position not in taken], levels, unsafe, fresh, lot)
        rows.append([position - 1 for position in taken])
    return np.array(rows)[:, :, None]


def _lots(shares: Iterable[float]) -> Callable[[int], int]:
    """Return the draw of a whole number below another one from these shares of 1, each used once."""
    left = iter(shares)
    return lambda below: int(next(left) * below)


def renewed(
    before: tuple[Ints, Ints], given: tuple[Ints, Ints], unsafe: Flags, lines: ScaleLines, refresh: tuple[int, int]
) -> Flags:
    """Decide many refreshes as `refreshing.decide_refresh` does one, without a loop: who passes in the end.

    `before` and `given`: ratings and gold, raters x responses x competencies; of `given`, and `unsafe` beside it,
    the fresh ones and those in reserve. `refresh`: how many are fresh, and how many the decision looks back on.
    """
    fresh, decides_on = refresh
    through: Flags = np.zeros(len(given[0]), dtype=bool)
    for rated in (fresh, given[0].shape[1]):
        kept = before[0].shape[1] - max(0, decides_on - rated)
        own, gold = (one[:, :rated] for one in given)
        all_own, all_gold = (
            np.concatenate([old[:, max(0, kept) :], new], axis=1) for old, new in zip(before, (own, gold), strict=True)
        )
        margins = np.concatenate([_margins(own, gold, lines), _margins(all_own, all_gold, lines)])
        missed = np.any(unsafe[:, :rated] & (own >= lines.miss_from), axis=(1, 2))
        through |= np.all(margins >= 0, axis=0) & ~missed
    return through


def _margins(x: Ints, g: Ints, lines: ScaleLines) -> Floats:
    """Return the four margins of `margins.margins`, 4 x raters, from the same whole sums as `measures`."""
    cells = x.shape[1] * x.shape[2]
    sums = (1, 2)
    total_x, total_g = x.sum(axis=sums), g.sum(axis=sums)
    spread = cells * (g * g).sum(axis=sums) - total_g * total_g
    slope = _divided(cells * (x * g).sum(axis=sums) - total_x * total_g, spread)
    own, reference = _double_centred(x), _double_centred(g)
    sizes = (own * own).sum(axis=sums).astype(np.float64) * (reference * reference).sum(axis=sums)
    accuracy = _divided((own * reference).sum(axis=sums), np.sqrt(sizes))
    margins = (
        lines.mean_error - np.abs((total_x - total_g) / cells),
        lines.absolute_error - np.abs(x - g).sum(axis=sums) / cells,
        slope - lines.slope,
        accuracy - lines.differential_accuracy,
    )
    return np.round(np.stack(margins), DECIMALS)


def _divided(above: Ints, below: Ints | Floats) -> Floats:
    """Divide, with 0 where nothing varies: a slope or an accuracy that is undefined reaches no line."""
    return np.divide(above, below, out=np.zeros(len(above)), where=below != 0)


def _double_centred(z: Ints) -> Ints:
    rows, columns = z.sum(axis=2, keepdims=True), z.sum(axis=1, keepdims=True)
    n, c = z.shape[1:]
    return np.asarray(n * c * z - n * rows - c * columns + rows.sum(axis=1, keepdims=True), dtype=np.int64)


def _forms(count: int, design: Design, draw: np.random.Generator) -> Forms:
    """Draw a form for each rater: the first block, and the reserve as a second one made the same way."""
    blocks = [_block(count, design.responses, design.unsafe, design, draw)]
    if design.reserve:
        blocks.append(_block(count, design.reserve, 0, design, draw))
    joined = (np.concatenate(parts, axis=1) for parts in zip(*blocks, strict=True))
    return Forms(*joined)


def _block(
    count: int, responses: int, unsafe: int, design: Design, draw: np.random.Generator
) -> tuple[Floats, Ints, Flags]:
    """Draw truth, gold and exemplars of one block (SCIENCE 1.3, generator)."""
    middle, spread = (1 + design.points) / 2, 1.5 * _unit(design)
    shape = (count, responses, design.competencies)
    base = np.linspace(-1.4, 1.4, responses) * 0.85 * spread + draw.normal(0, 0.1, (count, responses))
    truth = np.clip(middle + base[:, :, None] + draw.normal(0, 0.65 * spread, shape), 1, design.points)
    written = _written_unsafe(shape, unsafe, draw)
    truth = np.where(written, draw.uniform(0.6, 1.3, shape), truth)
    bias = draw.normal(0, 0.2, (design.experts, count, 1, 1))
    halo = draw.normal(0, 0.25, (design.experts, count, responses, 1))
    panel = _on_scale(truth + bias + halo + draw.normal(0, 0.7, (design.experts, *shape)), design)
    gold = np.rint(np.median(panel, axis=0)).astype(np.int64)
    return truth, gold, written


def _written_unsafe(shape: tuple[int, int, int], unsafe: int, draw: np.random.Generator) -> Flags:
    """Choose so many cells of each form."""
    chosen = np.arange(shape[1] * shape[2]) < unsafe
    return draw.permuted(np.tile(chosen, (shape[0], 1)), axis=1).reshape(shape)


def _rated(rater: Rater, truth: Floats, design: Design, draw: np.random.Generator) -> Ints:
    scale, middle = _unit(design), (1 + design.points) / 2
    seen = middle + rater.slope * (truth - middle)
    if rater.flattens:
        seen = 0.1 * seen + 0.9 * seen.mean(axis=2, keepdims=True)
    halo = draw.normal(0, rater.halo * scale, (*truth.shape[:2], 1))
    noise = draw.normal(0, rater.noise * scale, truth.shape)
    return _on_scale(seen + rater.bias * scale + halo + noise, design)


def _unit(design: Design) -> float:
    return (design.points - 1) / (UNIT_POINTS - 1)


def _on_scale(values: Floats, design: Design) -> Ints:
    """Round half to even, then clip."""
    return np.clip(np.rint(values), 1, design.points).astype(np.int64)
