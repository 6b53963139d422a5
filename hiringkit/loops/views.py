"""Pages of loops: the plan of an opening, its stages, its rule, and putting it in use."""

from typing import Any

from flask import Blueprint, flash, render_template, url_for

from hiringkit.foundation.access import actor, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.forms import answer
from hiringkit.loops import operations, queries
from hiringkit.loops.forms import WEIGHT, RuleForm, StageForm, plain, rule_form
from hiringkit.loops.models import Loop
from hiringkit.loops.policy import LoopPermission, demand_edit
from hiringkit.loops.rules.content import LoopContent, content_hash
from hiringkit.loops.rules.coverage import loop_problems, raters_of
from hiringkit.loops.rules.hours import candidate_minutes, interviewer_minutes
from hiringkit.loops.rules.plan import new_stage_key

bp = Blueprint("loops", __name__)
WRITING_UP = 15
"""Minutes that one scorecard takes to write up, as the page says."""


@bp.get("/openings/<opening_id>/loop")
@requires(LoopPermission.READ)
def show(opening_id: str) -> Any:
    """Show the loop: the frozen version, else the plan with what is still missing."""
    view = queries.loop(actor(), opening_id)
    may_edit = may(actor(), LoopPermission.EDIT, view.opening.team_id)
    if view.loop is None:
        return render_template("loops/start.html", view=view, may_edit=may_edit)
    known = queries.plan_sources(view.opening)
    planned = queries.planned_content(view, known.sources)
    frozen = LoopContent.from_json(view.version.content) if view.version and view.frozen_at else None
    content = frozen or planned
    return render_template(
        "loops/show.html",
        view=view,
        row_version=view.loop.version,
        content=content,
        competencies={one.version: one for one in content.competencies},
        scenarios=queries.scenario_names(content, known),
        matrix=_matrix(content),
        problems=() if frozen else loop_problems(content),
        is_changed=view.version is not None and not frozen and view.version.content_hash != content_hash(content),
        may_edit=may_edit and frozen is None,
        candidate_minutes=candidate_minutes(content),
        interviewer_minutes=interviewer_minutes(content, writing_up=WRITING_UP),
        writing_up=WRITING_UP,
    )


def _matrix(content: LoopContent) -> list[dict[str, Any]]:
    problems = {problem.competency for problem in loop_problems(content)}
    return [
        {
            "name": one.name,
            "safety_critical": one.safety_critical,
            "cells": [stage.panel if one.version in stage.competencies else 0 for stage in content.stages],
            "total": raters_of(one.version, content),
            "hot": one.version in problems,
        }
        for one in content.competencies
    ]


@bp.post("/openings/<opening_id>/loop")
@requires(LoopPermission.EDIT)
def start(opening_id: str) -> Any:
    """Start the loop from the template of the opening's pack."""
    view = queries.loop(actor(), opening_id)
    return answer(lambda: operations.start_loop(view.opening, by=actor(), at=now()), to=lambda _: _page(opening_id))


def _page(opening_id: str) -> str:
    return url_for(".show", opening_id=opening_id)


@bp.get("/openings/<opening_id>/loop/new-stage")
@requires(LoopPermission.EDIT)
def new_stage(opening_id: str) -> Any:
    """Ask what another stage is to be."""
    view, row = _editable(opening_id)
    return _stage_page(view, _offered(StageForm(version=row.version, minutes=45), view), key=None)


@bp.post("/openings/<opening_id>/loop/stages")
@requires(LoopPermission.EDIT)
def add_stage(opening_id: str) -> Any:
    """Add a stage at the end."""
    view, row = _editable(opening_id)
    return _save_stage(view, row, new_stage_key(queries.plan_of(row)), key=None)


@bp.get("/openings/<opening_id>/loop/stages/<key>")
@requires(LoopPermission.EDIT)
def edit_stage(opening_id: str, key: str) -> Any:
    """Show the form of one stage."""
    view, row = _editable(opening_id)
    stage = queries.plan_of(row).stage(key)
    if stage is None:
        raise NotFoundError
    return _stage_page(view, _offered(StageForm(obj=stage, version=row.version), view), key)


@bp.post("/openings/<opening_id>/loop/stages/<key>")
@requires(LoopPermission.EDIT)
def save_stage(opening_id: str, key: str) -> Any:
    """Change one stage."""
    view, row = _editable(opening_id)
    if queries.plan_of(row).stage(key) is None:
        raise NotFoundError
    return _save_stage(view, row, key, key)


def _editable(opening_id: str) -> tuple[queries.LoopView, Loop]:
    """Return the loop for somebody who may edit it; NotFoundError where it was never started."""
    view = queries.loop(actor(), opening_id)
    demand_edit(actor(), view.opening, view.frozen_at)
    if view.loop is None:
        raise NotFoundError
    return view, view.loop


def _offered(form: StageForm, view: queries.LoopView) -> StageForm:
    pack, scenarios, _ = queries.plan_sources(view.opening)
    return form.offer(
        [(one.key, one.name) for one in pack.competencies],
        [(one.key, f"{scenarios[one.key].name}, {one.minutes} min") for one in pack.scenarios],
        [(one.key, one.name) for one in pack.artefacts],
        critical=[one.key for one in pack.competencies if one.is_safety_critical],
    )


def _stage_page(view: queries.LoopView, form: StageForm, key: str | None) -> Any:
    return render_template("loops/stage.html", view=view, form=form, key=key), form.status


def _save_stage(view: queries.LoopView, row: Loop, stage_key: str, key: str | None) -> Any:
    form = _offered(StageForm(), view)
    if form.validate():
        done = answer(
            lambda: operations.save_stage(row, form.to_draft(stage_key), form.edited_version, by=actor(), at=now()),
            to=lambda _: _page(view.opening.public_id),
            form=form,
        )
        if done:
            flash(f"Saved: {form.name.data}.")
            return done
    return _stage_page(view, form, key)


@bp.post("/openings/<opening_id>/loop/stages/<key>/removal")
@requires(LoopPermission.EDIT)
def remove_stage(opening_id: str, key: str) -> Any:
    """Take a stage out."""
    _, row = _editable(opening_id)
    form = StageForm()
    return answer(
        lambda: operations.remove_stage(row, key, form.edited_version, by=actor(), at=now()),
        to=lambda _: _page(opening_id),
    )


@bp.post("/openings/<opening_id>/loop/stages/<key>/earlier-place")
@requires(LoopPermission.EDIT)
def move_stage_earlier(opening_id: str, key: str) -> Any:
    """Move a stage one place towards the start."""
    _, row = _editable(opening_id)
    form = StageForm()
    return answer(
        lambda: operations.move_stage_earlier(row, key, form.edited_version, by=actor(), at=now()),
        to=lambda _: _page(opening_id),
    )


@bp.get("/openings/<opening_id>/loop/rule")
@requires(LoopPermission.EDIT)
def edit_rule(opening_id: str) -> Any:
    """Show the form of the decision rule."""
    view, row = _editable(opening_id)
    rule = queries.plan_of(row).rule
    weights = {f"{WEIGHT}{key}": plain(weight) for key, weight in rule.weights.items()}
    values = {"bar": plain(rule.bar), "gate_level": rule.gate_level, "weights_reason": rule.weights_reason, **weights}
    return _rule_page(view, _rule_form(view, version=row.version, **values))


def _rule_form(view: queries.LoopView, **values: Any) -> RuleForm:
    pack = queries.plan_sources(view.opening).pack
    return rule_form({one.key: one.name for one in pack.competencies}, **values)


def _rule_page(view: queries.LoopView, form: RuleForm) -> Any:
    return render_template("loops/rule.html", view=view, form=form), form.status


@bp.post("/openings/<opening_id>/loop/rule")
@requires(LoopPermission.EDIT)
def save_rule(opening_id: str) -> Any:
    """Change the decision rule."""
    view, row = _editable(opening_id)
    form = _rule_form(view)
    if form.validate():
        done = answer(
            lambda: operations.save_rule(row, form.to_draft(), form.edited_version, by=actor(), at=now()),
            to=lambda _: _page(opening_id),
            form=form,
        )
        if done:
            flash("Saved: how the decision is made.")
            return done
    return _rule_page(view, form)


@bp.post("/openings/<opening_id>/loop/versions")
@requires(LoopPermission.EDIT)
def put_in_use(opening_id: str) -> Any:
    """Make a version of the plan, on which interviews can be booked."""
    _, row = _editable(opening_id)
    version = StageForm().edited_version

    def act() -> Any:
        made = operations.put_in_use(row, version, by=actor(), at=now())
        flash(f"Version {made.number} is in use. Interviews can be booked on it.")

    return answer(act, to=lambda _: _page(opening_id))
