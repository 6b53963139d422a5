"""What a pack's calibration exercise must have before it may be used (SCIENCE.md 1.2)."""

import math
import statistics
from collections.abc import Sequence

from hiringkit.library.rules.finding import Finding
from hiringkit.library.rules.pack import CompetencySet, Exercise, Pack

BLOCK_SIZES = {1: 8, 2: 4}
LEAST_SD = {5: 0.8, 7: 1.2}
CLEAR_FROM = {5: 4, 7: 5}
LEAST_THIRD = 0.20
LEAST_UNSAFE = 4
LEAST_CLEAR = 4
LEAST_PROFILE_SD = 0.5
UNSAFE = 1
THIRDS = ("low", "middle", "high")

Grid = Sequence[Sequence[int]]


def exercise_findings(pack: Pack) -> list[Finding]:
    """Return what is wrong with the exercises of a pack; references first, figures where those hold.

    Drafted gold needs no experts and no panel agreement; it is labelled instead.
    """
    sets = {one.key: one for one in pack.competency_sets}
    found: list[Finding] = []
    for place, exercise in enumerate(pack.exercises):
        path = ("exercises", place)
        if exercise.set not in sets:
            found.append(Finding((*path, "set"), f"there is no competency set “{exercise.set}”"))
            continue
        referring = _reference_findings(pack, exercise, sets[exercise.set], path)
        found += referring or _figure_findings(pack, exercise, sets[exercise.set], path)
    return [*found, *_parallel_findings(pack)]


def _reference_findings(
    pack: Pack, exercise: Exercise, calibrated: CompetencySet, path: tuple[str | int, ...]
) -> list[Finding]:
    found: list[Finding] = []
    points = {one.key: one.points for one in pack.competencies}
    scenarios = {one.key for one in pack.scenarios}
    for place, response in enumerate(exercise.responses):
        here = (*path, "responses", place)
        if response.scenario not in scenarios:
            found.append(Finding((*here, "scenario"), f"there is no scenario “{response.scenario}”"))
        absent = [key for key in calibrated.competencies if key not in response.gold]
        if absent:
            found.append(Finding((*here, "gold"), f"no reference rating for {', '.join(absent)}"))
        for key, gold in response.gold.items():
            if key not in calibrated.competencies:
                found.append(Finding((*here, "gold", key), f"“{key}” is not in the set “{calibrated.key}”"))
            elif gold.rating > points.get(key, gold.rating):
                text = f"{gold.rating} is above the scale, which has {points[key]} points"
                found.append(Finding((*here, "gold", key, "rating"), text))
    for block, wanted in BLOCK_SIZES.items():
        held = sum(1 for response in exercise.responses if response.block == block)
        if held != wanted:
            found.append(Finding((*path, "responses"), f"block {block} has {held} responses, {wanted} are needed"))
    return found


def _figure_findings(
    pack: Pack, exercise: Exercise, calibrated: CompetencySet, path: tuple[str | int, ...]
) -> list[Finding]:
    """Check the figures of SCIENCE 1.2 over all cells, and the safety cells over the first block."""
    competencies = {one.key: one for one in pack.competencies if one.key in calibrated.competencies}
    scales = {one.points for one in competencies.values()}
    if len(scales) != 1:
        return []  # Sets with mixed scales or unknown keys are reported by `lint`.
    points = scales.pop()
    grid = [[response.gold[key].rating for key in calibrated.competencies] for response in exercise.responses]
    critical = [key for key in calibrated.competencies if competencies[key].is_safety_critical]
    cells = [response.gold[key].rating for response in exercise.responses if response.block == 1 for key in critical]
    texts = [*_spread_texts(grid, points), *_third_texts(grid, points), *_profile_texts(grid)]
    if critical:
        texts += _safety_texts(cells, points)
    return [Finding((*path, "responses"), text) for text in texts]


def _parallel_findings(pack: Pack) -> list[Finding]:
    """A retry is on another form: each form of a set has its own letter and answers that no other form has."""
    found: list[Finding] = []
    letters: set[tuple[str, str]] = set()
    answers: dict[tuple[str, str], str] = {}
    for place, one in enumerate(pack.exercises):
        path = ("exercises", place)
        if (one.set, one.form) in letters:
            found.append(Finding((*path, "form"), f"the set “{one.set}” has a form {one.form} already"))
        letters.add((one.set, one.form))
        for number, response in enumerate(one.responses):
            first = answers.setdefault((one.set, response.response), one.key)
            if first != one.key:
                text = f"this answer is in “{first}” too; whoever has seen its reference would meet it again"
                found.append(Finding((*path, "responses", number, "response"), text))
    return found


def _spread_texts(grid: Grid, points: int) -> list[str]:
    spread = statistics.pstdev(value for row in grid for value in row)
    if spread >= LEAST_SD[points]:
        return []
    return [f"the reference ratings have an SD of {spread:.2f}, at least {LEAST_SD[points]:.1f} is needed"]


def _third_texts(grid: Grid, points: int) -> list[str]:
    held = [third_of_scale(value, points) for row in grid for value in row]
    shares = {third: held.count(third) / len(held) for third in THIRDS}
    return [
        f"{share:.0%} of the reference ratings are in the {third} third of the scale, at least 20% are needed"
        for third, share in shares.items()
        if share < LEAST_THIRD
    ]


def third_of_scale(rating: int, points: int) -> str:
    """Return the third of the scale: on seven points {1,2}, {3,4,5}, {6,7}; on five {1,2}, {3}, {4,5}.

    >>> [third_of_scale(rating, 7) for rating in (2, 3, 5, 6)]
    ['low', 'middle', 'middle', 'high']
    """
    if rating <= 2:  # noqa: PLR2004 - the low third of both scales
        return "low"
    return "high" if rating >= points - 1 else "middle"


def _profile_texts(grid: Grid) -> list[str]:
    spread = profile_sd(grid)
    if spread >= LEAST_PROFILE_SD:
        return []
    return [f"the profiles are flat: their double-centred SD is {spread:.2f}, at least {LEAST_PROFILE_SD} is needed"]


def profile_sd(grid: Grid) -> float:
    """Return the population SD of the double-centred ratings, in points of the scale.

    Source: Cronbach 1955, as in SCIENCE.md 1.1: row and column means are taken out, the rest is the
    pattern by which a rater with halo is told from one without.

    >>> profile_sd([[1, 3], [3, 1]])
    1.0
    """
    total = statistics.fmean(value for row in grid for value in row)
    rows = [statistics.fmean(row) for row in grid]
    columns = [statistics.fmean(column) for column in zip(*grid, strict=True)]
    squares = [(value - rows[i] - columns[j] + total) ** 2 for i, row in enumerate(grid) for j, value in enumerate(row)]
    return math.sqrt(statistics.fmean(squares))


def _safety_texts(cells: Sequence[int], points: int) -> list[str]:
    unsafe = sum(1 for value in cells if value == UNSAFE)
    clear = sum(1 for value in cells if value >= CLEAR_FROM[points])
    found = []
    if unsafe < LEAST_UNSAFE:
        found.append(f"block 1 has {unsafe} unsafe cells (reference 1, safety-critical), {LEAST_UNSAFE} are needed")
    if clear < LEAST_CLEAR:
        found.append(
            f"block 1 has {clear} clear cells (reference {CLEAR_FROM[points]} or more, safety-critical), "
            f"{LEAST_CLEAR} are needed"
        )
    return found
