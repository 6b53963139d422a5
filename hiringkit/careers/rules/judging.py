"""The decision rule of a loop, in sentences that a candidate can hold the team to."""

from hiringkit.debriefs.rules.gates import FEWEST_RATERS
from hiringkit.loops.rules.content import LoopContent
from hiringkit.people.rules import Reveal

REVEALS = {
    Reveal.ALL_EXPECTED: "Nobody sees a rating before every expected scorecard is in.",
    Reveal.OWN_IN: "Nobody sees a rating of others before all of their own on you are in.",
}


def scale_meaning(points: int) -> tuple[tuple[int, str], ...]:
    """Return what the described points of a scale stand for, lowest first.

    >>> [point for point, _ in scale_meaning(7)], [point for point, _ in scale_meaning(5)]
    ([1, 3, 5, 7], [1, 3, 5])
    """
    meanings = (
        "It was missing, or would have done harm.",
        "Some of it was there, and something that the work needs was not.",
        "It is what the work needs.",
        "It is what the work needs and more: others could learn from it.",
    )
    return tuple(zip(range(1, points + 1, 2), meanings, strict=False))


def combining_sentences(content: LoopContent) -> tuple[str, ...]:
    """Return how the ratings become one result, in order.

    >>> from hiringkit.loops.rules.content import EXAMPLE
    >>> combining_sentences(EXAMPLE)[2]
    'The result meets the bar at 4.5 of 7 or more.'
    """
    rule = content.rule
    return (
        "For each thing that is rated, every interviewer has one voice: their ratings are averaged.",
        _weights(content),
        f"The result meets the bar at {rule.bar:g} of {rule.points} or more.",
        "Nothing is guessed: while something that counts was rated by nobody, the result is “incomplete”.",
        "The rule is fixed before anybody is interviewed with it, and it is the same for everybody who applies here.",
    )


def _weights(content: LoopContent) -> str:
    weights = {one.name: one.weight for one in content.competencies}
    if len(set(weights.values())) <= 1:
        return "All of these averages count the same, and the result is their average."
    told = "; ".join(f"{name} {weight:g}" for name, weight in weights.items())
    return f"The result is the average of these averages, where some count more than others: {told}."


def gate_sentences(content: LoopContent) -> tuple[str, ...]:
    """Return what the safety gate does, or nothing where the loop rates nothing that is safety-critical.

    >>> from hiringkit.loops.rules.content import EXAMPLE
    >>> gate_sentences(EXAMPLE)
    ()
    """
    critical = [one.name for one in content.competencies if one.safety_critical]
    if not critical:
        return ()
    return (
        f"Safety-critical here: {', '.join(critical)}.",
        f"A rating of {content.rule.gate_level} or less on one of them opens a safety gate, whatever the average says.",
        "Only a manager closes it, by name and with a written reason. While it is open, no offer can be decided.",
        f"At least {FEWEST_RATERS} interviewers rate each of them independently; nobody alone clears or fails you.",
    )


def deciding_sentences(content: LoopContent) -> tuple[str, ...]:
    """Return who decides, and when."""
    return (
        REVEALS[content.reveal],
        "Then the people who interviewed you meet once over all scorecards and their evidence.",
        "A hiring manager of the team decides, with the reasons in writing.",
        "To decide against what the rule says, a second manager has to agree.",
    )
