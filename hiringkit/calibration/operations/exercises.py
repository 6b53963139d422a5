"""Writes of what is judged by and what is rated: policies, and the exercises of packs as numbered forms."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from hiringkit.audit.operations import Recorded, operation
from hiringkit.calibration import models, queries
from hiringkit.calibration.models import Exercise, ExerciseForm, ExerciseGold, ExerciseResponse, FormDraft
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.calibration.rules.default_tables import DEFAULT_TABLES
from hiringkit.calibration.rules.operating import OperatingTable, table_problems, tables_to_json
from hiringkit.calibration.rules.packed import exercise_problems, in_blocks, set_of
from hiringkit.calibration.rules.policy import DEFAULT_POLICY, CalibrationPolicy
from hiringkit.foundation.access import Actor, demand
from hiringkit.foundation.db import db, new_public_id
from hiringkit.foundation.errors import InvalidError
from hiringkit.library import queries as library
from hiringkit.library.models import CompetencySetVersion, CompetencyVersion
from hiringkit.library.rules import pack as packs


@operation("calibration_policy:adopted")
def adopt_policy(
    content: CalibrationPolicy = DEFAULT_POLICY,
    tables: Sequence[OperatingTable] = DEFAULT_TABLES,
    *,
    by: Actor,
    at: datetime,
) -> Recorded[models.CalibrationPolicy]:
    """Put a policy in force for attempts that start from now on; what was decided or started before keeps its own.

    Raises InvalidError unless the tables state the error rates of each of its scales, simulated under these lines.
    """
    demand(by, CalibrationPermission.ADOPT_POLICY)
    if problems := table_problems(content, tables):
        raise InvalidError(" ".join(problems))
    before = queries.unscoped_policy_row()
    text = content.to_json()
    if before is not None and before.content == text and not table_problems(content, queries.adopted(before).tables):
        return Recorded(before, about=before, values={"number": before.number, "unchanged": True})
    stated = tables_to_json(tables)
    row = models.CalibrationPolicy(
        public_id=new_public_id(),
        number=before.number + 1 if before else 1,
        content=text,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        operating_tables=stated,
        adopted_at=at,
        adopted_by=by.id,
    )
    db.session.add(row)
    hashes = {"content_hash": row.content_hash, "tables_hash": hashlib.sha256(stated.encode()).hexdigest()}
    return Recorded(row, about=row, values={"number": row.number, **hashes})


@operation("exercises:imported")
def import_exercises(pack_public_id: str, *, by: Actor, at: datetime) -> Recorded[list[ExerciseForm]]:
    """Keep the exercises of a pack that was just imported; return the forms that are new or have changed.

    Adopts the default policy when there is none yet. Raises InvalidError, which undoes the import,
    when a form fails a check of SCIENCE 1.2.
    """
    demand(by, CalibrationPermission.IMPORT)
    content = library.pack(by, pack_public_id).content
    if queries.unscoped_policy_row() is None:
        adopt_policy(by=by, at=at)
    if problems := exercise_problems(content, queries.unscoped_policy()):
        raise InvalidError(problems={"text": " ".join(problems)})
    kept = [_keep_form(content, packed, at) for packed in content.exercises]
    new = [form for form in kept if form is not None]
    return Recorded(new, about=pack_public_id, values={"forms": [form.public_id for form in new]})


@dataclass(frozen=True)
class _Scale:
    """The set version in force that a form rates, and its competency versions in order."""

    set_version: CompetencySetVersion
    competencies: list[CompetencyVersion]


def _keep_form(content: packs.Pack, packed: packs.Exercise, at: datetime) -> ExerciseForm | None:
    scale = _scale(packed)
    exercise = _exercise(set_of(content, packed), at)
    digest = _content_hash(packed, scale)
    # What the site's experts have rated since is no other text: only a form that a pack brought is compared.
    newest = db.session.scalar(
        select(ExerciseForm)
        .where(
            ExerciseForm.exercise_id == exercise.id,
            ExerciseForm.letter == packed.form,
            ExerciseForm.id.not_in(select(FormDraft.form_id).where(FormDraft.form_id.is_not(None))),
        )
        .order_by(ExerciseForm.number.desc())
        .limit(1)
    )
    if newest is not None and newest.content_hash == digest:
        return None
    highest = db.session.scalar(select(func.max(ExerciseForm.number)).where(ExerciseForm.exercise_id == exercise.id))
    form = ExerciseForm(
        public_id=new_public_id(),
        exercise_id=exercise.id,
        set_version_id=scale.set_version.id,
        letter=packed.form,
        number=(highest or 0) + 1,
        gold_basis=packed.gold_basis,
        gold_note=packed.gold_note,
        minutes_per_response=packed.minutes_per_response,
        content_hash=digest,
        created_at=at,
    )
    db.session.add(form)
    db.session.flush()
    _add_responses(form, packed, scale.competencies)
    return form


def _scale(packed: packs.Exercise) -> _Scale:
    set_version = library.unscoped_current_set(packed.set)
    if set_version is None:
        message = f"The competency set {packed.set} was not imported."
        raise InvalidError(message)
    ids = library.unscoped_set_members([set_version.id])[set_version.id]
    rows = library.unscoped_competencies(ids)
    return _Scale(set_version, [rows[number] for number in ids])


def _exercise(rated: packs.CompetencySet, at: datetime) -> Exercise:
    """Return the exercise of a competency set: its parallel forms share key, title and numbering."""
    known = db.session.scalar(select(Exercise).where(Exercise.key == rated.key))
    if known is not None:
        return known
    exercise = Exercise(public_id=new_public_id(), key=rated.key, title=rated.name, created_at=at)
    db.session.add(exercise)
    db.session.flush()
    return exercise


def _content_hash(packed: packs.Exercise, scale: _Scale) -> str:
    """Hash the form with the scale that it rates on: a changed anchor makes another form of the same answers."""
    said: Mapping[str, object] = {
        "scale": [scale.set_version.content_hash, *(row.content_hash for row in scale.competencies)],
        "form": [packed.form, packed.gold_basis, packed.gold_note, packed.minutes_per_response],
        "responses": [
            [one.key, one.block, one.scenario, one.prompt, one.response]
            + [[key, gold.rating, gold.rationale] for key, gold in sorted(one.gold.items())]
            for one in in_blocks(packed)
        ],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _add_responses(form: ExerciseForm, packed: packs.Exercise, competencies: list[CompetencyVersion]) -> None:
    """Keep the responses of a form and their gold, in two statements for all of them."""
    said = in_blocks(packed)
    rows = [
        ExerciseResponse(
            public_id=new_public_id(),
            form_id=form.id,
            position=position,
            block=one.block,
            key=one.key,
            scenario_key=one.scenario,
            prompt=one.prompt,
            response=one.response,
        )
        for position, one in enumerate(said, 1)
    ]
    db.session.add_all(rows)
    db.session.flush()
    gold = [
        {
            "response_id": row.id,
            "competency_version_id": competency.id,
            "rating": one.gold[competency.key].rating,
            "rationale": one.gold[competency.key].rationale,
        }
        for row, one in zip(rows, said, strict=True)
        for competency in competencies
    ]
    db.session.execute(insert(ExerciseGold), gold)
