"""Reads of refreshes: the standing that somebody may be asked to renew, and what one is asked oneself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from hiringkit.calibration.models import Exercise, ExerciseForm, RefreshInvitation, Standing
from hiringkit.calibration.queries.teams import raters, team_to_read
from hiringkit.foundation.access import Actor
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.people.models import Member, Team


@dataclass(frozen=True)
class HeldStanding:
    """A standing that somebody of a team holds or held, with its exercise."""

    row: Standing
    member: Member
    exercise: Exercise
    team: Team


def standing_of_team(viewer: Actor, team_id: str, standing_id: str) -> HeldStanding:
    """Return the standing of this public id if it is of somebody who may rate in the team, or raise NotFoundError."""
    team = team_to_read(viewer, team_id)
    found = db.session.execute(
        select(Standing, Member, Exercise)
        .join(Member, Member.id == Standing.member_id)
        .join(ExerciseForm, ExerciseForm.id == Standing.form_id)
        .join(Exercise, Exercise.id == ExerciseForm.exercise_id)
        .where(Standing.public_id == standing_id, Member.id.in_(raters(team).with_only_columns(Member.id)))
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return HeldStanding(*found, team)


@dataclass(frozen=True)
class AskedRefresh:
    """An exercise whose calibration somebody asks the viewer to renew, and since when."""

    exercise: str
    by: str
    at: datetime


def own_refreshes(viewer: Actor) -> list[AskedRefresh]:
    """Return what the viewer is asked to renew and has not renewed, in one statement, the longest asked first."""
    renewed, of_form = aliased(Standing), aliased(ExerciseForm)
    is_renewed = (
        exists()
        .where(renewed.member_id == Standing.member_id, renewed.id > Standing.id)
        .where(of_form.id == renewed.form_id, of_form.exercise_id == ExerciseForm.exercise_id)
    )
    rows = db.session.execute(
        select(Exercise.title, Member.name, RefreshInvitation.at)
        .join(Standing, Standing.id == RefreshInvitation.standing_id)
        .join(ExerciseForm, ExerciseForm.id == Standing.form_id)
        .join(Exercise, Exercise.id == ExerciseForm.exercise_id)
        .join(Member, Member.id == RefreshInvitation.by_id)
        .where(Standing.member_id == viewer.member_id, ~is_renewed)
        .order_by(RefreshInvitation.id)
    )
    return [AskedRefresh(*row) for row in rows]
