"""What was arranged for a candidate: which arrangement holds for a stage, and how many minutes that makes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

REQUEST_LIMIT = 4000
TOLD_LIMIT = 1000
MOST_MINUTES = 480


@dataclass(frozen=True)
class ArrangementDraft:
    """An arrangement as typed; an empty `stage` means all, an empty `told` that interviewers learn of nothing."""

    extra_minutes: int
    stage: str = ""
    told: str = ""


@dataclass(frozen=True)
class Arranged:
    """One arrangement on record, for one request; `told` stays empty where the reader may know minutes alone."""

    request: int
    stage: str
    extra_minutes: int
    told: str = ""


def request_problems(text: str) -> dict[str, str]:
    """Return what is wrong with a request, by form field.

    >>> request_problems(" ".strip())
    {'text': 'Write what should be different.'}
    """
    if not text:
        return {"text": "Write what should be different."}
    if len(text) > REQUEST_LIMIT:
        return {"text": f"Use up to {REQUEST_LIMIT:,} characters; these are {len(text):,}."}
    return {}


def arrangement_problems(draft: ArrangementDraft) -> dict[str, str]:
    """Return what is wrong with an arrangement, by form field.

    >>> arrangement_problems(ArrangementDraft(-5))
    {'extra_minutes': 'Use 0 to 480 minutes.'}
    """
    problems = {}
    if not 0 <= draft.extra_minutes <= MOST_MINUTES:
        problems["extra_minutes"] = f"Use 0 to {MOST_MINUTES} minutes."
    if len(draft.told) > TOLD_LIMIT:
        problems["told"] = f"Use up to {TOLD_LIMIT:,} characters; these are {len(draft.told):,}."
    return problems


def holding(arranged: Sequence[Arranged], stage: str) -> tuple[Arranged, ...]:
    """Return for each request the arrangement that holds for a stage; `arranged` is in the order of recording.

    Whatever was recorded last for the stage, or for all stages, replaces what was recorded before.

    >>> first, own, later = Arranged(1, "", 15), Arranged(1, "case", 30), Arranged(2, "", 5)
    >>> [one.extra_minutes for one in holding([first, own, later], "case")]
    [30, 5]
    >>> [one.extra_minutes for one in holding([first, own, later], "audit")]
    [15, 5]
    """
    newest = {one.request: one for one in arranged if one.stage in {"", stage}}
    return tuple(newest[request] for request in sorted(newest))


def extra_minutes(arranged: Sequence[Arranged], stage: str) -> int:
    """Return by how many minutes a stage is longer, over all requests.

    >>> extra_minutes([Arranged(1, "", 15), Arranged(2, "case", 5)], "case")
    20
    """
    return min(MOST_MINUTES, sum(one.extra_minutes for one in holding(arranged, stage)))


def told_lines(arranged: Sequence[Arranged], stage: str) -> tuple[str, ...]:
    """Return what the interviewers of a stage are to know, and no more.

    >>> told_lines([Arranged(1, "", 0, "Captions are on."), Arranged(1, "case", 0)], "case")
    ()
    """
    return tuple(one.told for one in holding(arranged, stage) if one.told)


def minutes_by_stage(arranged: Sequence[Arranged], stages: Collection[str]) -> dict[str, int]:
    """Return the minutes more of each stage that has any.

    >>> minutes_by_stage([Arranged(1, "case", 20)], ["case", "audit"])
    {'case': 20}
    """
    found = {stage: extra_minutes(arranged, stage) for stage in stages}
    return {stage: minutes for stage, minutes in found.items() if minutes}
