"""The exercises of a pack as forms that can be checked before anything is stored."""

from hiringkit.calibration.rules.forms import ExerciseForm, GoldBasis, form_problems
from hiringkit.calibration.rules.policy import CalibrationPolicy
from hiringkit.library.rules.pack import CompetencySet, Exercise, Pack, Response


def exercise_problems(pack: Pack, policy: CalibrationPolicy) -> tuple[str, ...]:
    """Name everything that keeps the exercises of a pack from being used, each with its exercise; empty is good."""
    return tuple(
        f"{exercise.title}: {problem}" for exercise in pack.exercises for problem in _problems(pack, exercise, policy)
    )


def _problems(pack: Pack, exercise: Exercise, policy: CalibrationPolicy) -> list[str]:
    first = sum(response.block == 1 for response in exercise.responses)
    if first != policy.form.first_block:
        return [f"{first} responses are in the first block; {policy.form.first_block} are needed."]
    try:
        form = packed_form(pack, exercise)
    except ValueError as fault:
        return [str(fault)]
    return [problem.text for problem in form_problems(form, policy)]


def packed_form(pack: Pack, exercise: Exercise) -> ExerciseForm:
    """Return the figures of an exercise: responses as `in_blocks` orders them, competencies as its set does.

    Raises ValueError when a reference rating is missing, or the set mixes scales.
    """
    keys = set_of(pack, exercise).competencies
    competencies = [pack.competency(key) for key in keys]
    scales = {competency.points for competency in competencies}
    if len(scales) != 1:
        message = "The competencies of one exercise must have scales of the same length."
        raise ValueError(message)
    for response in exercise.responses:
        if lacking := [key for key in keys if key not in response.gold]:
            message = f"The response {response.key} has no reference rating on {', '.join(lacking)}."
            raise ValueError(message)
    return ExerciseForm(
        points=scales.pop(),
        gold=[[response.gold[key].rating for key in keys] for response in in_blocks(exercise)],
        safety_columns=frozenset(i for i, competency in enumerate(competencies) if competency.is_safety_critical),
        basis=GoldBasis(exercise.gold_basis),
    )


def set_of(pack: Pack, exercise: Exercise) -> CompetencySet:
    """Return the competency set that the exercise is for, or raise ValueError when the pack has none of that key."""
    for one in pack.competency_sets:
        if one.key == exercise.set:
            return one
    message = f"The pack has no competency set called {exercise.set}."
    raise ValueError(message)


def in_blocks(exercise: Exercise) -> list[Response]:
    """Return the responses, the first block before the reserve, each in the order of the pack."""
    return sorted(exercise.responses, key=lambda response: response.block)
