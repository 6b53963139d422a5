"""Reads of what there is to rate and of where people stand: the policy, forms, attempts as records, standings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from hiringkit.calibration import models
from hiringkit.calibration.models import Exercise, ExerciseForm, FormDraft, FormExpert
from hiringkit.calibration.queries.panels import has_left
from hiringkit.calibration.rules.answers import Column
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.default_tables import DEFAULT_TABLES
from hiringkit.calibration.rules.drafting import FormDraftState
from hiringkit.calibration.rules.forms import GoldBasis
from hiringkit.calibration.rules.operating import (
    OperatingTable,
    RenewalRates,
    stated_rates,
    stated_renewals,
    tables_from_json,
)
from hiringkit.calibration.rules.policy import DEFAULT_POLICY, CalibrationPolicy, ErrorRates
from hiringkit.calibration.rules.standing import REFRESHABLE, Standing, StandingNow, Term, standing_on
from hiringkit.foundation.db import db
from hiringkit.foundation.words import local
from hiringkit.library.models import CompetencySetMember, CompetencySetVersion, CompetencyVersion
from hiringkit.people.models import Member
from hiringkit.people.queries import unscoped_organisation

OPEN = frozenset({AttemptState.STARTED, AttemptState.EXTENDED})
DECIDED = frozenset({AttemptState.PASSED, AttemptState.NOT_YET})


def unscoped_day(at: datetime) -> date:
    """Return the day that a moment falls on in the organisation's zone, where standings begin and end."""
    organisation = unscoped_organisation()
    return local(at, organisation.zone if organisation else "UTC").date()


def unscoped_policy_row() -> models.CalibrationPolicy | None:
    """Return the policy adopted last, or None before the first."""
    return db.session.scalar(select(models.CalibrationPolicy).order_by(models.CalibrationPolicy.number.desc()).limit(1))


def unscoped_policy() -> CalibrationPolicy:
    """Return the content of the policy in force; the default one before any is adopted, when nothing is judged yet."""
    return adopted(unscoped_policy_row()).policy


@dataclass(frozen=True)
class AdoptedPolicy:
    """A policy with the operating tables that were stored at its adoption, one per scale."""

    policy: CalibrationPolicy
    tables: Sequence[OperatingTable]

    def rates(self, points: int) -> ErrorRates | None:
        """Return how often the rule is wrong on the scale 1..points, as was stated at adoption."""
        return stated_rates(self.policy, self.tables, points)

    def renewals(self, points: int) -> RenewalRates | None:
        """Return how often a refresh is wrong on the scale 1..points, as was stated at adoption."""
        return stated_renewals(self.tables, points)


def adopted(row: models.CalibrationPolicy | None) -> AdoptedPolicy:
    """Return what a row holds; the default policy where there is no row."""
    if row is None:
        return AdoptedPolicy(DEFAULT_POLICY, DEFAULT_TABLES)
    return AdoptedPolicy(CalibrationPolicy.from_json(row.content), tables_from_json(row.operating_tables))


def unscoped_versions_in_force() -> frozenset[int]:
    """Return the ids of the newest version of every competency."""
    return frozenset(db.session.scalars(select(func.max(CompetencyVersion.id)).group_by(CompetencyVersion.key)))


@dataclass(frozen=True)
class FormView:
    """A form with its exercise and the competency set version that it rates."""

    row: ExerciseForm
    exercise: Exercise
    set_version: CompetencySetVersion

    @property
    def title(self) -> str:
        """Return the form's name on pages."""
        return f"{self.exercise.title}, form {self.row.letter}"


def unscoped_current_forms(member_id: int | None = None) -> list[FormView]:
    """Return the forms that can be rated: the newest of each letter of an exercise, on the set version in force.

    With a member, those that are not for them are left out: nobody is calibrated on a form that they are an expert of.
    """
    return unscoped_forms_and_policy(member_id)[0]


def unscoped_forms_and_policy(member_id: int | None = None) -> tuple[list[FormView], AdoptedPolicy]:
    """Return the forms that can be rated and the policy in force, in one statement; the default one without forms."""
    rows = db.session.execute(_current_forms(member_id)).all()
    return [FormView(*row[:3]) for row in rows], adopted(rows[0][3] if rows else None)


def _current_forms(
    member_id: int | None,
) -> Select[ExerciseForm, Exercise, CompetencySetVersion, models.CalibrationPolicy]:
    newest = select(func.max(ExerciseForm.id)).group_by(ExerciseForm.exercise_id, ExerciseForm.letter)
    sets_in_force = select(func.max(CompetencySetVersion.id)).group_by(CompetencySetVersion.key)
    in_force = select(func.max(models.CalibrationPolicy.number)).scalar_subquery()
    return (
        select(ExerciseForm, Exercise, CompetencySetVersion, models.CalibrationPolicy)
        .join(Exercise, Exercise.id == ExerciseForm.exercise_id)
        .join(CompetencySetVersion, CompetencySetVersion.id == ExerciseForm.set_version_id)
        .outerjoin(models.CalibrationPolicy, models.CalibrationPolicy.number == in_force)
        .where(ExerciseForm.id.in_(newest), ExerciseForm.set_version_id.in_(sets_in_force), ~_is_expert(member_id))
        .order_by(Exercise.id, ExerciseForm.letter)
    )


Columns = dict[int, tuple[Column, ...]]


def unscoped_forms_and_columns(member_id: int) -> tuple[list[FormView], AdoptedPolicy, Columns]:
    """Return the forms for a member, the policy in force and the columns of their sets, in one statement."""
    rows = db.session.execute(
        _current_forms(member_id)
        .join(CompetencySetMember, CompetencySetMember.set_version_id == CompetencySetVersion.id)
        .join(CompetencyVersion, CompetencyVersion.id == CompetencySetMember.competency_version_id)
        .add_columns(CompetencyVersion, _is_in_force())
        .order_by(CompetencySetMember.position)
    ).all()
    forms = {row[0].id: FormView(*row[:3]) for row in rows}
    columns: dict[int, dict[int, Column]] = defaultdict(dict)
    for *_, set_version, _, competency, is_in_force in rows:
        columns[set_version.id][competency.id] = _column(competency, is_in_force=bool(is_in_force))
    found = {number: tuple(own.values()) for number, own in columns.items()}
    return list(forms.values()), adopted(rows[0][3] if rows else None), found


def _is_expert(member_id: int | None) -> ColumnElement[bool]:
    """Return the condition that the member was asked to rate a version of the form at hand as an expert.

    Who left before sealing, or had not sealed when the rating was closed, is as free as anybody: they have seen no
    reference, and nobody else's rating.
    """
    return exists().where(
        FormExpert.member_id == member_id,
        FormExpert.draft_id == FormDraft.id,
        FormDraft.exercise_id == ExerciseForm.exercise_id,
        FormDraft.letter == ExerciseForm.letter,
        FormDraft.state != FormDraftState.ENDED,
        FormExpert.sealed_at.is_not(None) | ((FormDraft.state == FormDraftState.RATING) & ~has_left(FormExpert.id)),
    )


def unscoped_is_expert(member_id: int | None, form: ExerciseForm) -> bool:
    """Tell whether a member was asked to rate a version of this form as an expert."""
    wanted = select(ExerciseForm.id).where(ExerciseForm.id == form.id, _is_expert(member_id))
    return db.session.scalar(wanted) is not None


def unscoped_columns(set_version_ids: Iterable[int]) -> dict[int, tuple[Column, ...]]:
    """Return the competencies of each of these set versions, in their order."""
    rows = db.session.execute(
        select(CompetencySetMember.set_version_id, CompetencyVersion, _is_in_force())
        .join(CompetencyVersion, CompetencyVersion.id == CompetencySetMember.competency_version_id)
        .where(CompetencySetMember.set_version_id.in_(sorted(set(set_version_ids))))
        .order_by(CompetencySetMember.set_version_id, CompetencySetMember.position)
    )
    found: dict[int, tuple[Column, ...]] = defaultdict(tuple)
    for set_version_id, row, is_in_force in rows:
        found[set_version_id] += (_column(row, is_in_force=bool(is_in_force)),)
    return found


def _is_in_force() -> Any:
    in_force = CompetencyVersion.id.in_(select(func.max(CompetencyVersion.id)).group_by(CompetencyVersion.key))
    return in_force.label("is_in_force")


def _column(row: CompetencyVersion, *, is_in_force: bool) -> Column:
    return Column(
        row.id, row.key, row.name, row.definition, row.points, row.anchors,
        is_safety_critical=row.is_safety_critical, is_in_force=is_in_force,
    )  # fmt: skip


@dataclass(frozen=True)
class Record:
    """One attempt of a member with its form, and the standing that it earned, with who asked to renew it, if any."""

    attempt: models.Attempt
    form: ExerciseForm
    standing: models.Standing | None
    invitation: models.RefreshInvitation | None = None
    invited_by: str | None = None


def unscoped_records(member_ids: Iterable[int]) -> dict[int, list[Record]]:
    """Return every attempt of these members, oldest first, in one statement."""
    wanted = sorted(set(member_ids))
    found: dict[int, list[Record]] = {number: [] for number in wanted}
    rows = db.session.execute(
        select(models.Attempt, ExerciseForm, models.Standing, models.RefreshInvitation, Member.name)
        .join(ExerciseForm, ExerciseForm.id == models.Attempt.form_id)
        .outerjoin(models.Standing, models.Standing.attempt_id == models.Attempt.id)
        .outerjoin(models.RefreshInvitation, models.RefreshInvitation.standing_id == models.Standing.id)
        .outerjoin(Member, Member.id == models.RefreshInvitation.by_id)
        .where(models.Attempt.member_id.in_(wanted))
        .order_by(models.Attempt.id)
    )
    for row in rows:
        found[row[0].member_id].append(Record(*row))
    return found


def unscoped_standings(member_ids: Iterable[int]) -> dict[int, list[Standing]]:
    """Return for each member one standing per set version that they have tried, as `covers` takes them."""
    records = unscoped_records(member_ids)
    columns = unscoped_columns(record.form.set_version_id for own in records.values() for record in own)
    return {
        member_id: [standing_of(tried, columns[set_version_id]) for set_version_id, tried in by_set(own).items()]
        for member_id, own in records.items()
    }


def by_set(records: Iterable[Record]) -> dict[int, list[Record]]:
    """Return the attempts by the set version that they rate, each in the order given."""
    found: dict[int, list[Record]] = {}
    for record in records:
        found.setdefault(record.form.set_version_id, []).append(record)
    return found


def standing_of(records: Sequence[Record], columns: Sequence[Column]) -> Standing:
    """Return the standing that a member's attempts at one set version amount to; the newest pass counts."""
    earned = newest_pass(records)
    row = earned.standing if earned is not None else None
    versions = frozenset(column.version for column in columns)
    # Retries are what lets the wrong people pass in the end (SCIENCE 1.3); to renew is not to retry.
    attempts = sum(not record.attempt.is_refresh for record in records)
    if row is None:
        return Standing(versions, GoldBasis(records[-1].form.gold_basis), attempts=attempts)
    return Standing(
        versions,
        GoldBasis(row.gold_basis),
        attempts=attempts,
        term=Term(row.valid_from, row.valid_until, row.session_limit),
        sessions=row.sessions,
        suspended_on=unscoped_day(row.suspended_at) if row.suspended_at else None,
    )


def unscoped_lasts(row: models.Standing, at: datetime) -> bool:
    """Tell whether a standing still holds at a moment by its days, its interviews and what suspended it."""
    return row.suspended_at is None and unscoped_day(at) <= row.valid_until and row.sessions < row.session_limit


def newest_pass(records: Sequence[Record]) -> Record | None:
    """Return the attempt among these that earned the newest standing, or None."""
    return next((record for record in reversed(records) if record.standing is not None), None)


@dataclass(frozen=True)
class SetStanding:
    """What one member's standing on one exercise is worth on a day, and after how many attempts.

    `earned`: the attempt that it was earned by, with the newest set version that was tried. `term`: of that pass.
    """

    now: StandingNow
    attempts: int
    earned: Record | None = None
    term: Term | None = None

    @property
    def is_refreshable(self) -> bool:
        """Whether its holder can be invited to renew it."""
        return self.earned is not None and self.now.state in REFRESHABLE

    @property
    def invitation(self) -> models.RefreshInvitation | None:
        """Return the invitation to a refresh that is open; a renewal ends it, for it was about the standing before."""
        return self.earned.invitation if self.earned is not None and self.is_refreshable else None


def standing_now(
    records: Sequence[Record], columns: Mapping[int, Sequence[Column]], policy: CalibrationPolicy, day: date
) -> SetStanding:
    """Return the standing on the newest version of an exercise's set that the member has tried."""
    tried = by_set(records)
    if not tried:
        return SetStanding(standing_on(day, None, policy, ()), 0)
    newest = max(tried)
    standing = standing_of(tried[newest], columns[newest])
    in_force = {column.version for column in columns[newest] if column.is_in_force}
    now = standing_on(day, standing, policy, in_force)
    return SetStanding(now, standing.attempts, newest_pass(tried[newest]), standing.term)
