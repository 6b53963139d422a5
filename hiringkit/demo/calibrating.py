"""How the interviewers of the demo rate the recorded answers: like the reference, each with a habit of their own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import files
from typing import Any
from zlib import crc32

from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import Attempt
from hiringkit.calibration.queries import OwnExercise, ResponseView
from hiringkit.demo.agenda import Agenda
from hiringkit.demo.days import Day
from hiringkit.demo.people import DANA, Cast
from hiringkit.foundation.yamltext import read_yaml

JUDGEMENT, OPERATIONS = "judgement", "operations"
MINUTES_EACH = 6
ASKED: Day = (1, "16:40")
LOWEST, SEEN, HIGHEST = 1, 2, 7
FRESH = 4
"""Answers of a refresh: whoever renews a calibration rates no more, whichever are drawn."""

Notes = dict[str, dict[str, tuple[str, str]]]
"""What is noted about an answer on a competency, in two wordings, by answer and competency."""


@dataclass(frozen=True)
class Habit:
    """By how many points somebody differs from the reference, cell after cell, over and over."""

    points: tuple[int, ...]

    def rating(self, gold: int, cell: int) -> int:
        """Rate a cell; a danger that the reference sees is seen by all of these people too."""
        wanted = gold + self.points[cell % len(self.points)]
        return max(LOWEST, min(HIGHEST if gold > LOWEST else SEEN, wanted))


@dataclass(frozen=True)
class Sitting:
    """One attempt: who, on which exercise, when, and how many answers were rated before they stopped."""

    who: str
    exercise: str
    begins: Day
    habit: Habit
    rated: int = 8
    is_submitted: bool = True


STRICT = Habit((0, -1, -1, 0, 1, -1, 0, 0, -2, 0, 0, 1, -1))
EVEN = Habit((0, 1, 0, -1, 0, 0, 1, -1, 0, -1, 1))
STRICTER = Habit((-1, 0, 0, -1, 1, -2, 0, -1, 0))
EXACT = Habit((0, 0, -1, 0, 0, 1, 0))
MILD = Habit((1, 0, 0, -1, 1, 1, 0, 2, -1, 0, 0, 1, 0))
CAREFUL = Habit((0, 1, -1, 0, 0, -1, 1, 0))
TOO_STRICT_TO_TELL = Habit((0, -1, -1, -1, -1))

SITTINGS = (
    Sitting("Ben Okafor", JUDGEMENT, (110, "11:00"), CAREFUL),
    Sitting("Devi Rao", JUDGEMENT, (109, "09:30"), EVEN),
    Sitting("Fay Lindqvist", JUDGEMENT, (72, "13:30"), CAREFUL),
    Sitting("Fay Lindqvist", OPERATIONS, (71, "09:30"), CAREFUL),
    Sitting("Chi Nguyen", JUDGEMENT, (38, "09:00"), STRICTER),
    Sitting("Chi Nguyen", OPERATIONS, (37, "13:00"), STRICTER),
    Sitting("Elias Holm", JUDGEMENT, (37, "15:00"), MILD),
    Sitting("Elias Holm", OPERATIONS, (36, "10:00"), MILD),
    Sitting("Ben Okafor", JUDGEMENT, (35, "11:00"), EVEN, rated=FRESH),
    Sitting("Ben Okafor", OPERATIONS, (34, "14:00"), EVEN),
    Sitting("Devi Rao", JUDGEMENT, (34, "09:30"), EXACT, rated=FRESH),
    Sitting("Devi Rao", OPERATIONS, (33, "10:30"), EXACT),
    Sitting("Ana Ruiz", JUDGEMENT, (32, "14:00"), STRICT),
    Sitting("Ana Ruiz", OPERATIONS, (31, "09:00"), STRICT),
    Sitting("Hana Sato", JUDGEMENT, (6, "14:00"), TOO_STRICT_TO_TELL),
    Sitting("Gil Ortega", OPERATIONS, (2, "15:00"), EVEN, rated=5, is_submitted=False),
)


def plan_calibration(agenda: Agenda, cast: Cast) -> None:
    """Plan every attempt: its start, its ratings at some minutes each, and its submission."""
    notes = {key: read_notes(key) for key in (JUDGEMENT, OPERATIONS)}
    for sitting in SITTINGS:
        attempt = _Rating(sitting, cast, notes[sitting.exercise])
        begins = agenda.days.moment(sitting.begins)
        agenda.plan_at(begins, attempt.start)
        for number in range(sitting.rated):
            saved = begins + timedelta(minutes=MINUTES_EACH * (number + 1), seconds=17 * number)
            agenda.plan_at(saved, partial(attempt.save, number))
        if sitting.is_submitted:
            agenda.plan_at(begins + timedelta(minutes=MINUTES_EACH * (sitting.rated + 2)), attempt.submit)
    agenda.plan(ASKED, partial(_ask_to_renew, cast, "Fay Lindqvist", JUDGEMENT))


def _ask_to_renew(cast: Cast, who: str, exercise: str, at: datetime) -> None:
    by = cast.actor(DANA)
    own = next(one for one in queries.own_exercises(cast.actor(who), at) if one.form.exercise.key == exercise)
    if own.standing.earned is not None and own.standing.earned.standing is not None:
        held = queries.standing_of_team(by, cast.team.public_id, own.standing.earned.standing.public_id)
        operations.invite_to_refresh(held, by=by, at=at)


class _Rating:
    """One attempt while it is made."""

    def __init__(self, sitting: Sitting, cast: Cast, notes: Notes) -> None:
        self.sitting, self.cast, self.notes = sitting, cast, notes
        # Nobody words it like somebody else, nor like themselves months before: one bit of this for each cell.
        self.wording = crc32(f"{sitting.who} {sitting.begins[0]}".encode())

    def start(self, at: datetime) -> None:
        by = self.cast.actor(self.sitting.who)
        self.attempt: Attempt = operations.start_attempt(self._exercise(at).form.row, by=by, at=at)

    def _exercise(self, at: datetime) -> OwnExercise:
        mine = queries.own_exercises(self.cast.actor(self.sitting.who), at)
        return next(one for one in mine if one.form.exercise.key == self.sitting.exercise)

    def save(self, number: int, at: datetime) -> None:
        by = self.cast.actor(self.sitting.who)
        view = queries.own_attempt(by, self.attempt.public_id)
        response = queries.own_responses(view)[number]
        drafts = self._ratings(response)
        operations.save_response(self.attempt, response.row, drafts, response.version, by=by, at=at)

    def _ratings(self, response: ResponseView) -> dict[int, tuple[int | None, str]]:
        gold = queries.unscoped_gold_grid(self.attempt.form_id, response.columns)[response.row.position - 1]
        first = (response.row.position - 1) * len(response.columns)
        drafts: dict[int, tuple[int | None, str]] = {}
        for number, column in enumerate(response.columns):
            wordings = self.notes[response.row.key][column.key]
            rating = self.sitting.habit.rating(gold[number], first + number)
            drafts[column.version] = (rating, wordings[(self.wording >> (first + number) % 32) % len(wordings)])
        return drafts

    def submit(self, at: datetime) -> None:
        operations.submit_attempt(self.attempt, by=self.cast.actor(self.sitting.who), at=at)


def read_notes(exercise: str) -> Notes:
    """Return what is noted about the answers of an exercise."""
    name = f"texts/notes/{exercise}.yaml"
    stored: dict[str, dict[str, Any]] = read_yaml(files("hiringkit.demo").joinpath(name).read_text("utf-8"), name).data
    return {
        answer: {competency: (wordings[0], wordings[1]) for competency, wordings in noted.items()}
        for answer, noted in stored.items()
    }
