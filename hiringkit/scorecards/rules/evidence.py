"""What a scorecard must hold before it can be submitted: a value and, often, evidence."""

from dataclasses import dataclass
from enum import StrEnum


class NotRated(StrEnum):
    """The two answers that are not a point of the scale; neither is ever counted as one."""

    NOT_OBSERVED = "not observed"
    NOT_ASKED = "not asked"


Value = int | NotRated
"""A point 1..points, or why there is none."""


@dataclass(frozen=True)
class RatedCompetency:
    """A competency version that a stage rates, with its name and its scale of 1..points."""

    version: int
    name: str
    safety_critical: bool
    points: int = 7


@dataclass(frozen=True)
class RatingDraft:
    """One line of a draft; `value` is None until something is chosen."""

    version: int
    value: Value | None = None
    evidence: str = ""


@dataclass(frozen=True)
class ScorecardDraft:
    """What an interviewer has written so far for one interview."""

    ratings: tuple[RatingDraft, ...]
    note: str = ""


class Missing(StrEnum):
    """What a draft can lack."""

    RATING = "rating"
    EVIDENCE = "evidence"
    PLACE_ON_SCALE = "a point of the scale"
    PLACE_IN_STAGE = "a competency of this stage"


@dataclass(frozen=True)
class DraftProblem:
    """One thing that keeps a draft from being submitted, with its competency version."""

    version: int
    missing: Missing
    sentence: str


def check_draft(draft: ScorecardDraft, stage: tuple[RatedCompetency, ...]) -> tuple[DraftProblem, ...]:
    """List what is missing, in the stage's order; empty means that the draft can be submitted.

    Every competency of the stage needs a value, and evidence where PRODUCT rule 5 asks for it. A
    rating of a competency that the stage does not rate, or a second one, is a problem too.

    >>> stage = (RatedCompetency(1, "Accuracy", safety_critical=False),)
    >>> check_draft(ScorecardDraft((RatingDraft(1, 5),)), stage)
    ()
    >>> check_draft(ScorecardDraft((RatingDraft(1, 7, " "),)), stage)[0].sentence
    'Accuracy needs evidence: 7 is the highest point.'
    """
    problems = []
    for competency in stage:
        lines = [rating for rating in draft.ratings if rating.version == competency.version]
        problems += _line_problems(competency, lines)
    known = {competency.version for competency in stage}
    problems += [
        DraftProblem(rating.version, Missing.PLACE_IN_STAGE, "This stage does not rate that competency.")
        for rating in draft.ratings
        if rating.version not in known
    ]
    return tuple(problems)


def _line_problems(competency: RatedCompetency, lines: list[RatingDraft]) -> list[DraftProblem]:
    if len(lines) > 1:
        sentence = f"{competency.name} is rated more than once."
        return [DraftProblem(competency.version, Missing.RATING, sentence)]
    value = lines[0].value if lines else None
    if value is None:
        sentence = f"{competency.name} has no rating yet; “not observed” and “not asked” are ratings too."
        return [DraftProblem(competency.version, Missing.RATING, sentence)]
    if not isinstance(value, NotRated) and not 1 <= value <= competency.points:
        sentence = f"{competency.name} is rated from 1 to {competency.points}."
        return [DraftProblem(competency.version, Missing.PLACE_ON_SCALE, sentence)]
    reason = evidence_reason(value, competency)
    if reason is None or lines[0].evidence.strip():
        return []
    return [DraftProblem(competency.version, Missing.EVIDENCE, f"{competency.name} needs evidence: {reason}.")]


def evidence_reason(value: Value, competency: RatedCompetency) -> str | None:
    """Say why this value needs evidence, or None when it does not (PRODUCT rule 5).

    The two lowest points, the highest, "not observed", and anything on a safety-critical
    competency need it.

    >>> accuracy = RatedCompetency(1, "Accuracy", safety_critical=False)
    >>> [value for value in range(1, 8) if evidence_reason(value, accuracy)]
    [1, 2, 7]
    """
    if value is NotRated.NOT_OBSERVED:
        return "say why it could not be observed"
    if competency.safety_critical:
        return "it is safety-critical"
    if isinstance(value, NotRated):
        return None
    if value <= LOW_POINTS:
        return f"{value} is one of the two lowest points"
    return f"{value} is the highest point" if value == competency.points else None


LOW_POINTS = 2
