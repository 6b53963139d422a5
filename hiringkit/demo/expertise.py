"""How people of the demo rate a form as its experts: two have settled where they lay apart, one has begun, one left."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import ExerciseGold, ExerciseResponse, FormDraft, FormExpert
from hiringkit.calibration.queries import ApartCell, ResponseView
from hiringkit.demo.agenda import Agenda
from hiringkit.demo.calibrating import JUDGEMENT, Habit, Notes, read_notes
from hiringkit.demo.days import Day
from hiringkit.demo.people import ADMINISTRATOR, AUDITOR, COORDINATOR, DANA, INES, Cast
from hiringkit.foundation.db import db

MINUTES_EACH = 6
STARTS: Day = (9, "10:00")
LEAVES: Day = (8, "15:00")
CLOSES: Day = (4, "10:00")
HALF_SETTLES: Day = (1, "16:40")
WHY = "I have audited these answers before and know what became of them, so I cannot rate them fresh."


@dataclass(frozen=True)
class Sitting:
    """One expert: who, when they rate, with which habit, and when they settle, if they do."""

    who: str
    begins: Day
    habit: Habit
    settles: Day | None


SITTINGS = (
    Sitting(COORDINATOR, (8, "09:00"), Habit((0, 0, 1, 0, 0, -1, 0)), (3, "11:00")),
    Sitting(INES, (7, "13:00"), Habit((0, -1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, -3, 0, 0, -1)), None),
    Sitting(ADMINISTRATOR, (6, "09:30"), Habit((1, 0, 0, 0, -1, 0, 0, 0, 0, 0, -1)), (2, "15:00")),
)


def plan_expertise(agenda: Agenda, cast: Cast) -> None:
    """Plan the draft, who is asked, what each rates, the closing, and what is settled."""
    panel = _Panel(cast, read_notes(JUDGEMENT))
    agenda.plan(STARTS, panel.start)
    for number, sitting in enumerate(SITTINGS):
        begins = agenda.days.moment(sitting.begins)
        for place in range(12):
            agenda.plan_at(begins + timedelta(minutes=MINUTES_EACH * place), partial(panel.rate, number, place))
        agenda.plan_at(begins + timedelta(minutes=MINUTES_EACH * 13), partial(panel.seal, number))
        if sitting.settles:
            agenda.plan(sitting.settles, partial(panel.settle, number))
    agenda.plan(LEAVES, panel.leave)
    agenda.plan(CLOSES, panel.close)
    agenda.plan(HALF_SETTLES, panel.half_settle)


class _Panel:
    """The draft of a form and its experts while they are at work."""

    def __init__(self, cast: Cast, notes: Notes) -> None:
        self.cast, self.notes = cast, notes

    def start(self, at: datetime) -> None:
        """Copy the form in force and ask everybody to rate it."""
        by = self.cast.actor(DANA)
        form = next(one for one in queries.unscoped_current_forms() if one.exercise.key == JUDGEMENT)
        self.draft: FormDraft = operations.start_draft(form.exercise, form.row.letter, form.row, by=by, at=at)
        self.experts: list[FormExpert] = [
            operations.ask_expert(self.draft, self.cast.member(one.who).email, by=by, at=at) for one in SITTINGS
        ]
        self.leaver = operations.ask_expert(self.draft, self.cast.member(AUDITOR).email, by=by, at=at)
        rows = db.session.execute(
            select(ExerciseResponse.position, ExerciseGold)
            .join(ExerciseGold, ExerciseGold.response_id == ExerciseResponse.id)
            .where(ExerciseResponse.form_id == form.row.id)
        )
        self.drafted = {(position, row.competency_version_id): row for position, row in rows}

    def rate(self, number: int, place: int, at: datetime) -> None:
        """Let an expert rate one response."""
        by, expert = self.cast.actor(SITTINGS[number].who), self.experts[number]
        response = queries.expert_responses(queries.own_expert(by, expert.public_id))[place]
        drafts = self._ratings(number, response)
        operations.save_expert_response(expert, response.row, drafts, response.version, by=by, at=at)

    def _ratings(self, number: int, response: ResponseView) -> dict[int, tuple[int | None, str]]:
        drafts: dict[int, tuple[int | None, str]] = {}
        for place, column in enumerate(response.columns):
            drafted = self.drafted[response.row.position, column.version]
            cell = (response.row.position - 1) * len(response.columns) + place
            said = (*self.notes.get(response.row.key, {}).get(column.key, ()), *_wordings(drafted.rationale))
            drafts[column.version] = (
                SITTINGS[number].habit.rating(drafted.rating, cell),
                said[number % len(said)],
            )
        return drafts

    def seal(self, number: int, at: datetime) -> None:
        """Let an expert seal."""
        operations.seal_ratings(self.experts[number], by=self.cast.actor(SITTINGS[number].who), at=at)

    def leave(self, at: datetime) -> None:
        """Let the fourth who was asked decline."""
        operations.decline_rating(self.leaver, WHY, by=self.cast.actor(AUDITOR), at=at)

    def close(self, at: datetime) -> None:
        """Close the rating, which opens what lies far apart."""
        operations.close_rating(self.draft, by=self.cast.actor(DANA), at=at)

    def half_settle(self, at: datetime) -> None:
        """Let the expert who is still to settle type what they think of the first response, and break off."""
        number = next(number for number, sitting in enumerate(SITTINGS) if sitting.settles is None)
        by, expert = self.cast.actor(SITTINGS[number].who), self.experts[number]
        first = queries.responses_apart(queries.own_expert(by, expert.public_id))[0]
        cell = first.cells[0]
        drafts = {cell.column.version: (cell.given[len(cell.given) // 2].rating, "I had not seen that they ")}
        operations.save_settling(expert, first.row, drafts, first.kept.version, by=by, at=at)

    def settle(self, number: int, at: datetime) -> None:
        """Let an expert stay with what most of them gave."""
        by, expert = self.cast.actor(SITTINGS[number].who), self.experts[number]
        for one in queries.responses_apart(queries.own_expert(by, expert.public_id)):
            drafts = {cell.column.version: _middle(cell) for cell in one.cells}
            operations.settle_response(expert, one.row, drafts, one.kept.version, by=by, at=at)


def _wordings(rationale: str) -> list[str]:
    """Return a drafted rationale in as many wordings as it has sentences, so that no two experts say the same."""
    sentences = [f"{one.strip().rstrip('.')}." for one in rationale.split(". ") if one.strip()]
    return [*sentences, rationale] if len(sentences) > 1 else sentences


def _middle(cell: ApartCell) -> tuple[int, str]:
    middle = cell.given[len(cell.given) // 2]
    if middle.rating == cell.own:
        return cell.own, "I stay with it: " + middle.words
    return middle.rating, "I had read past this: " + middle.words
