"""Sessions of a panel of three, handed to the drift monitor as scorecards hand them down."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import DriftSession
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from tests.calibration.factories import JUDGEMENT
from tests.world import NINE, World

PANEL = ("ana", "ben", "chi")
WAYS = (3.0, 5.0, 4.0, 6.0, 2.0)


def versions() -> list[int]:
    """Return the competency versions of the set of the judgement exercise that no other exercise rates."""
    forms = {view.exercise.key: view.row for view in queries.unscoped_current_forms()}
    columns = queries.unscoped_columns(row.set_version_id for row in forms.values())
    others = {one.version for key, row in forms.items() if key != JUDGEMENT for one in columns[row.set_version_id]}
    return [one.version for one in columns[forms[JUDGEMENT].set_version_id] if one.version not in others]


def compare(world: World, application: str, scores: Mapping[str, Mapping[int, float]], at: datetime = NINE) -> int:
    """Hand the sessions of one application down, by member."""
    by_member = {world.members[who].id: given for who, given in scores.items()}
    return operations.compare_sessions(application, by_member, by=Actor.system(), at=at)


def run_steadily(world: World, number: int, at: datetime = NINE, *, people: tuple[str, ...] = PANEL) -> None:
    """Let everybody rate alike for so many applications; candidates differ."""
    _run(world, number, at, people)


def drift_away(
    world: World, who: str, number: int, at: datetime = NINE, *, by: float = 1.0, people: tuple[str, ...] = PANEL
) -> None:
    """Let one of them rate higher than the others for so many applications."""
    _run(world, number, at, people, who, by)


def _run(world: World, number: int, at: datetime, people: tuple[str, ...], who: str = "", by: float = 0.0) -> None:
    version = versions()[0]
    begun = db.session.scalar(select(func.count(DriftSession.id))) or 0
    for place in range(number):
        level = WAYS[place % len(WAYS)]
        scores = {one: {version: level + (by if one == who else 0.0)} for one in people}
        compare(world, f"run-{begun}-{place}", scores, at)
