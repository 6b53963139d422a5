"""Who may take which place on a panel; each refusal is a plain sentence that names its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hiringkit.calibration.rules.standing import Ending, StandingState, Uncovered


class AssignmentRole(StrEnum):
    """PRODUCT's words for a place on a panel."""

    LEAD = "lead"
    SECOND = "second"
    SHADOW = "shadow"
    REVERSE_SHADOW = "reverse shadow"


# Only these rate for the score and are expected to hand a scorecard in (PRODUCT rules 2 and 3).
RATING_ROLES = frozenset({AssignmentRole.LEAD, AssignmentRole.SECOND})


class RefusalKind(StrEnum):
    """The reasons for which an assignment or a booking is refused."""

    DISABLED = "sign-in is disabled"
    CONFLICT = "conflict of interest"
    ON_PANEL = "already on the panel"
    ROLE_TAKEN = "the place is taken"
    OVERLAP = "another interview at that time"
    HAS_READ = "has read scorecards"
    NOT_CALIBRATED = "not calibrated"
    NOT_DELIVERED = "no disclosure delivered"
    PAY_NOT_DELIVERED = "no pay delivered"
    LOOP_NOT_READY = "the loop is not ready"
    NOT_BOOKABLE = "the application is in another state"
    IN_THE_PAST = "the start is in the past"
    ALREADY_BOOKED = "the stage is booked already"
    CANDIDATE_BUSY = "the candidate has another interview at that time"


# A manager may waive this one for one interview, with a reason (PRODUCT rule 3).
WAIVABLE = frozenset({RefusalKind.NOT_CALIBRATED})


@dataclass(frozen=True)
class Refusal:
    """One reason against an act and the sentence that says it."""

    kind: RefusalKind
    sentence: str


@dataclass(frozen=True)
class PersonFacts:
    """What is known about one person for one place on one panel, on the interview's day.

    `uncovered` is what `calibration.rules.standing.covers` answered for the stage's competencies.
    """

    name: str
    uncovered: tuple[Uncovered, ...] = ()
    has_conflict: bool = False
    is_on_panel: bool = False
    has_read_scorecards: bool = False
    has_overlap: bool = False
    is_disabled: bool = False
    is_role_taken: bool = False


def assignment_refusals(
    role: AssignmentRole, person: PersonFacts, competency_names: Mapping[int, str], *, is_waived: bool = False
) -> tuple[Refusal, ...]:
    """List every reason against giving this place to this person; empty means that they may have it.

    `competency_names`: name by competency version. `is_waived`: a manager has waived the standing,
    which is the only thing that can be. Sources: PRODUCT rules 2 and 3, SCIENCE 1.4.

    >>> reader = PersonFacts("Ana Lopez", has_read_scorecards=True)
    >>> [refusal.sentence for refusal in assignment_refusals(AssignmentRole.LEAD, reader, {})]
    ['Ana Lopez has read scorecards of this application and can only shadow.']
    >>> assignment_refusals(AssignmentRole.SHADOW, reader, {})
    ()
    """
    name = person.name
    found = [
        (person.is_disabled, RefusalKind.DISABLED, f"{name} can no longer sign in."),
        (person.has_conflict, RefusalKind.CONFLICT, f"{name} has a conflict of interest with this candidate."),
        (person.is_on_panel, RefusalKind.ON_PANEL, f"{name} is already on this panel."),
        (person.is_role_taken, RefusalKind.ROLE_TAKEN, f"This panel already has its {role.value}."),
        (person.has_overlap, RefusalKind.OVERLAP, f"{name} has another interview at that time."),
    ]
    if role is not AssignmentRole.SHADOW:
        # A reverse shadow asks the questions, so what they have read would steer the conversation.
        sentence = f"{name} has read scorecards of this application and can only shadow."
        found.append((person.has_read_scorecards, RefusalKind.HAS_READ, sentence))
    if role in RATING_ROLES and not is_waived:
        found += [
            (True, RefusalKind.NOT_CALIBRATED, _gap_sentence(name, gap, competency_names[gap.competency_version]))
            for gap in person.uncovered
        ]
    return tuple(Refusal(kind, sentence) for applies, kind, sentence in found if applies)


def gaps_in_short(person: PersonFacts, competency_names: Mapping[int, str]) -> tuple[str, ...]:
    """Say what a person lacks to be lead or second, with one sentence for the competencies that lack the same.

    >>> gaps = (Uncovered(1, StandingState.NONE), Uncovered(2, StandingState.NONE))
    >>> gaps_in_short(PersonFacts("Ana Lopez", gaps), {1: "Accuracy", 2: "Handoffs"})
    ('Ana Lopez holds no calibration on Accuracy and Handoffs.',)
    """
    alike: dict[tuple[StandingState, Ending | None], list[Uncovered]] = {}
    for gap in person.uncovered:
        alike.setdefault((gap.state, gap.ending), []).append(gap)
    return tuple(
        _gap_sentence(person.name, gaps[0], _listed([competency_names[gap.competency_version] for gap in gaps]))
        for gaps in alike.values()
    )


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _gap_sentence(name: str, gap: Uncovered, competencies: str) -> str:
    """Say why this person is not calibrated on one or several competencies on that day."""
    if gap.state is StandingState.IN_TRAINING:
        return f"{name} is still in training on {competencies}."
    if gap.ending is None:
        return f"{name} holds no calibration on {competencies}."
    return f"The calibration of {name} on {competencies} does not hold on that day: {ENDING_WORDS[gap.ending]}."


ENDING_WORDS = {
    Ending.DAYS: "it has run out",
    Ending.SESSIONS: "its interviews are used up",
    Ending.VERSIONS: "the anchors of a competency of its set have changed",
    Ending.SUSPENDED: "it is suspended until a refresh",
}
