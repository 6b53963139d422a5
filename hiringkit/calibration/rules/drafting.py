"""The life of a form before it is one: written, rated alone by experts, settled where they are far apart, published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.calibration.rules.measures import Grid
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.calibration.rules.safety import Cell
from hiringkit.foundation.lifecycle import Lifecycle, Move

LONGEST_PROMPT, LONGEST_RESPONSE, LONGEST_RECORDING, LONGEST_REASON = 4000, 8000, 300, 1000
FEWEST_LETTERS = 2
"""A form alone is no exercise: whoever falls short has read its reference, and tries again on a parallel one."""


class FormDraftState(StrEnum):
    """Where a form stands that is not yet one."""

    DRAFT = "draft"
    RATING = "rating"
    SETTLING = "settling"
    SETTLED = "settled"
    PUBLISHED = "published"
    ENDED = "ended"


UNDER_WAY = frozenset(
    {FormDraftState.DRAFT, FormDraftState.RATING, FormDraftState.SETTLING, FormDraftState.SETTLED},
)
BLIND = frozenset({FormDraftState.RATING, FormDraftState.SETTLING})
"""While one of these lasts, its experts learn nothing of any reference."""

FORM_DRAFT = Lifecycle(
    "draft of a form",
    (
        Move("ask experts", frozenset({FormDraftState.DRAFT, FormDraftState.RATING}), FormDraftState.RATING),
        Move("settle", frozenset({FormDraftState.RATING}), FormDraftState.SETTLING),
        Move("finish", frozenset({FormDraftState.RATING, FormDraftState.SETTLING}), FormDraftState.SETTLED),
        Move("publish", frozenset({FormDraftState.SETTLED}), FormDraftState.PUBLISHED),
        Move("end", UNDER_WAY, FormDraftState.ENDED),
    ),
)


def is_at_work(state: FormDraftState, *, is_sealed: bool, is_settled: bool) -> bool:
    """Tell whether an expert of a draft has something left to do, so that they can still leave.

    >>> is_at_work(FormDraftState.RATING, is_sealed=True, is_settled=False)
    False
    >>> is_at_work(FormDraftState.SETTLING, is_sealed=True, is_settled=False)
    True
    """
    if state is FormDraftState.RATING:
        return not is_sealed
    return state is FormDraftState.SETTLING and is_sealed and not is_settled


def why_all_must_stay(state: FormDraftState, sealed: int, policy: CalibrationPolicy) -> str:
    """Say why no expert of a draft may leave now, or nothing: while they settle, enough of them must stay.

    `sealed`: how many have sealed, with the one who would leave. Before the rating is closed anybody
    may leave, for others can still be asked.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> why_all_must_stay(FormDraftState.SETTLING, 3, DEFAULT_POLICY)
    'Only 2 experts would be left; at least 3 are needed.'
    >>> why_all_must_stay(FormDraftState.SETTLING, 4, DEFAULT_POLICY)
    ''
    """
    fewest = policy.form.fewest_experts
    if state is not FormDraftState.SETTLING or sealed > fewest:
        return ""
    left = f"{sealed - 1} expert{' ' if sealed - 1 == 1 else 's '}would be left"
    return f"Only {left}; at least {fewest} are needed."


class Round(StrEnum):
    """When an expert gave a rating: alone, or after reading what the others gave a cell that was far apart."""

    ALONE = "alone"
    SETTLED = "settled"


@dataclass(frozen=True)
class DraftedResponse:
    """One answer of a draft as its author writes it; `recording` is a note of where it can be heard or seen."""

    block: int
    prompt: str
    response: str
    scenario_key: str = ""
    recording: str = ""


def text_problems(
    responses: Sequence[DraftedResponse], others: Mapping[str, Sequence[str]], policy: CalibrationPolicy
) -> tuple[str, ...]:
    """Name what a draft lacks before experts can be asked to rate it; an empty tuple is complete.

    `others`: the written answers of the parallel forms, by letter; a retry must not meet them again.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> twelve = [DraftedResponse(1 if i < 8 else 2, "What now?", f"Answer {i}") for i in range(12)]
    >>> text_problems(twelve, {"A": ["Answer 3"]}, DEFAULT_POLICY)
    ('Response 4 is word for word an answer of form A.',)
    """
    lines, problems = policy.form, []
    first = sum(one.block == 1 for one in responses)
    if (first, len(responses) - first) != (lines.first_block, lines.reserve_block):
        text = f"There are {first} responses and a reserve of {len(responses) - first}; "
        problems.append(f"{text}{lines.first_block} and a reserve of {lines.reserve_block} are needed.")
    seen: dict[str, int] = {}
    for number, one in enumerate(responses, 1):
        problems += _response_problems(number, one, seen, others)
        seen.setdefault(_words(one.response), number)
    return tuple(problems)


def _response_problems(
    number: int, one: DraftedResponse, seen: Mapping[str, int], others: Mapping[str, Sequence[str]]
) -> list[str]:
    words = _words(one.response)
    if not one.prompt.strip() or not words:
        return [f"Response {number} has no {'question' if not one.prompt.strip() else 'answer'} yet."]
    if words in seen:
        return [f"Response {number} is word for word response {seen[words]}."]
    return [
        f"Response {number} is word for word an answer of form {letter}."
        for letter, answers in sorted(others.items())
        if words in {_words(answer) for answer in answers}
    ]


def _words(text: str) -> str:
    return " ".join(text.split())


def settled_panel(alone: Sequence[Grid], settled: Sequence[Mapping[Cell, int]]) -> tuple[Grid, ...]:
    """Ratings of the panel after settling: each expert's own, replaced where that expert has settled a cell.

    `alone`: one grid per expert; `settled`: for each of them the settled ratings by cell.

    >>> settled_panel([[[1, 4]], [[5, 4]]], [{(0, 0): 3}, {}])
    ([[3, 4]], [[5, 4]])
    """
    return tuple(
        [[changed.get((i, j), value) for j, value in enumerate(row)] for i, row in enumerate(grid)]
        for grid, changed in zip(alone, settled, strict=True)
    )


def scale_problem(points: Sequence[int], policy: CalibrationPolicy) -> str:
    """Say why no form could ever be rated on competencies of these scales, or nothing.

    How many competencies there must be is checked when a form is published.

    >>> from hiringkit.calibration.rules.policy import DEFAULT_POLICY
    >>> scale_problem([7, 5], DEFAULT_POLICY)
    'Its competencies have scales of different lengths, and one exercise cannot rate them together.'
    >>> scale_problem([7, 7], DEFAULT_POLICY)
    ''
    """
    if not points:
        return "It holds no competencies."
    if len(set(points)) > 1:
        return "Its competencies have scales of different lengths, and one exercise cannot rate them together."
    if points[0] not in {lines.points for lines in policy.scales}:
        return f"The calibration policy has no lines for a scale of 1 to {points[0]}."
    return ""


def letters_to_begin(former: Sequence[str]) -> list[str]:
    """Letters of the forms that an exercise begins with: those that it had, and at least two.

    >>> letters_to_begin([]), letters_to_begin(["A", "C"]), letters_to_begin(["B"])
    (['A', 'B'], ['A', 'C'], ['A', 'B'])
    """
    letters = sorted(set(former))
    while len(letters) < FEWEST_LETTERS:
        letters.append(next_letter(letters))
    return sorted(letters)


def next_letter(letters: Sequence[str]) -> str:
    """Letter of a further parallel form: the first that no form has.

    >>> next_letter(["A", "C"])
    'B'
    """
    return next(letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in letters)


def gold_note(experts: int, apart: int, cells: int) -> str:
    """How the reference ratings came about, as pages print it with a form.

    >>> gold_note(3, 0, 60)
    'The median of 3 experts of this site, who rated alone. No ratings lay too far apart to stand.'
    """
    rated = f"The median of {experts} experts of this site, who rated alone."
    if not apart:
        return f"{rated} No ratings lay too far apart to stand."
    return f"{rated} On {apart} of {cells} ratings they lay far apart and settled them afterwards, each with a reason."
