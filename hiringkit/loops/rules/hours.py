"""How much of people's time a loop takes, in minutes per application."""

from hiringkit.loops.rules.content import LoopContent


def candidate_minutes(content: LoopContent) -> int:
    """Minutes that one candidate spends in interviews: the sum over the stages.

    >>> from hiringkit.loops.rules.content import EXAMPLE
    >>> candidate_minutes(EXAMPLE)
    45
    """
    return sum(stage.minutes for stage in content.stages)


def interviewer_minutes(content: LoopContent, *, writing_up: int = 0) -> int:
    """Minutes that lead and second spend together on one application, shadows not counted.

    `writing_up`: minutes for one scorecard. Sum over the stages of panel size x (minutes +
    writing up).

    >>> from hiringkit.loops.rules.content import EXAMPLE
    >>> interviewer_minutes(EXAMPLE), interviewer_minutes(EXAMPLE, writing_up=15)
    (90, 120)
    """
    return sum(stage.panel * (stage.minutes + writing_up) for stage in content.stages)
