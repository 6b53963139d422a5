"""How the newcomers of the demo learn to lead: the guides they read, and what one of them brought along."""

from datetime import datetime
from functools import partial

from hiringkit.calibration import operations, queries
from hiringkit.calibration.rules.path import PathStep
from hiringkit.demo.agenda import Agenda
from hiringkit.demo.calibrating import JUDGEMENT, OPERATIONS
from hiringkit.demo.days import Day
from hiringkit.demo.people import DANA, Cast
from hiringkit.library.models import CompetencySetVersion

READERS: tuple[tuple[str, str, Day], ...] = (
    ("Hana Sato", JUDGEMENT, (14, "09:30")),
    ("Hana Sato", OPERATIONS, (14, "10:10")),
    ("Gil Ortega", OPERATIONS, (13, "16:00")),
)
CREDITED: Day = (12, "11:20")
PAST_WORK = (
    "Shadowed eleven interviews for the returns desk of his last employer, with a scorecard for each; "
    "I have seen three of them, with the names taken out."
)


def plan_learning(agenda: Agenda, cast: Cast) -> None:
    """Plan the guides that are read, and the credit for past work."""
    for who, exercise, at in READERS:
        agenda.plan(at, partial(_read_guide, cast, who, exercise))
    agenda.plan(CREDITED, partial(_credit, cast))


def _read_guide(cast: Cast, who: str, exercise: str, at: datetime) -> None:
    by = cast.actor(who)
    operations.read_guide(queries.guide(by, _set_of(exercise).public_id), by=by, at=at)


def _set_of(exercise: str) -> CompetencySetVersion:
    return next(one.set_version for one in queries.unscoped_current_forms() if one.exercise.key == exercise)


def _credit(cast: Cast, at: datetime) -> None:
    by = cast.actor(DANA)
    gil = queries.rater(by, cast.team.public_id, cast.member("Gil Ortega").public_id)
    operations.credit_step(gil, _set_of(OPERATIONS), PathStep.SHADOW, PAST_WORK, by=by, at=at)
