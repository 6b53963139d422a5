"""Pages of debriefs: waiting, open or closed, with the acts that close gates, decide and carry a decision out."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for

from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.rules.lifecycle import APPLICATION, ApplicationState
from hiringkit.debriefs import operations, queries
from hiringkit.debriefs.forms import AnswerForm, DecisionForm, GateForm, ThirdRaterForm
from hiringkit.debriefs.models import Decision
from hiringkit.debriefs.policy import DebriefPermission
from hiringkit.debriefs.queries import DebriefView, OpenedView
from hiringkit.debriefs.rules.deciding import verdicts_open
from hiringkit.debriefs.rules.gates import GateState
from hiringkit.debriefs.rules.lifecycle import DebriefState
from hiringkit.foundation.access import actor, may, requires
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import BadRequestError, NotFoundError
from hiringkit.foundation.forms import Form, answer
from hiringkit.scorecards.policy import ScorecardPermission

bp = Blueprint("debriefs", __name__)
Forms = dict[str, Form]


@bp.get("/debriefs/<application_id>")
@requires(DebriefPermission.READ)
def show(application_id: str) -> Any:
    """Show a debrief as far as the viewer may see it."""
    return _page(queries.debrief(actor(), application_id))


def _page(shown: DebriefView, name: str = "", form: Form | None = None) -> Any:
    """Render the debrief; `form` is the refused one, called `name`."""
    forms: Forms = {name: form} if form is not None else {}
    status = form.status if form is not None else 200
    team = shown.view.opening.team_id
    common = {
        "shown": shown,
        "view": shown.view,
        "moves": _moves(shown),
        "refused": form,
        "reads_application": may(actor(), CandidatePermission.READ, team),
    }
    if shown.opened is None:
        return render_template("debriefs/sealed.html", **common, may_open_early=_may_open_early(shown)), status
    is_in_question = shown.made is None and shown.view.application.state in operations.IN_QUESTION
    may_decide = may(actor(), DebriefPermission.DECIDE, team) and is_in_question
    body = render_template(
        "debriefs/opened.html",
        **common,
        page=OpenedView.of(shown),
        gate_forms=_gate_forms(shown, forms) if may_decide else {},
        third_forms=_third_forms(shown, forms) if may_decide else {},
        decision_form=forms.get("decision") or _decision_form(shown),
        answer_form=forms.get("answer") or AnswerForm(),
        may_decide=may_decide and shown.state is DebriefState.OPEN,
        own_id=actor().member_id,
    )
    return body, status


def _may_open_early(shown: DebriefView) -> bool:
    """Tell whether the viewer may give a reason for not waiting any longer; possible once."""
    may_do = may(actor(), ScorecardPermission.OPEN_EARLY, shown.view.opening.team_id)
    return may_do and not shown.is_early and shown.view.application.state is ApplicationState.INTERVIEWING


def _gate_forms(shown: DebriefView, forms: Forms) -> Forms:
    """Return a form for each open gate, by the gate's public id."""
    gates = shown.opened.gates.values() if shown.opened is not None else ()
    return {
        gate.row.public_id: forms.get(gate.row.public_id) or _gate_form(gate.row.public_id)
        for gate in gates
        if gate.state is GateState.OPEN
    }


def _gate_form(public_id: str) -> GateForm:
    """Return a form whose fields have names of their own, since a page may show several."""
    return GateForm(prefix=f"gate-{public_id}-")


def _third_forms(shown: DebriefView, forms: Forms) -> Forms:
    """Return a form for each gate that asks for a third rater while no further interview is to come."""
    opened = shown.opened
    if opened is None or opened.is_partial:
        return {}
    return {
        gate.row.public_id: forms.get(f"third-{gate.row.public_id}") or _third_form(gate.row.public_id)
        for gate in opened.gates.values()
        if opened.is_in_review(gate.row)
    }


def _third_form(public_id: str) -> ThirdRaterForm:
    return ThirdRaterForm(prefix=f"third-{public_id}-")


def _decision_form(shown: DebriefView) -> DecisionForm:
    judgement = shown.opened.judgement if shown.opened is not None else None
    return DecisionForm().offer(verdicts_open(judgement.outcome) if judgement is not None else ())


def _moves(shown: DebriefView) -> list[str]:
    """Return the moves by which the viewer may carry the decision out now."""
    made = shown.made
    if made is None or not may(actor(), CandidatePermission.EDIT, shown.view.opening.team_id):
        return []
    possible = APPLICATION.moves_from(shown.view.application.state)
    return [move.name for move in possible if operations.VERDICT_MOVES.get(move.name) is made.row.verdict]


def _address(application_id: str) -> str:
    return url_for(".show", application_id=application_id)


@bp.post("/debriefs/<application_id>/gates/<gate_id>/resolution")
@requires(DebriefPermission.DECIDE)
def resolve_gate(application_id: str, gate_id: str) -> Any:
    """Close a safety gate."""
    gate, form = queries.gate(actor(), application_id, gate_id), _gate_form(gate_id)
    if form.validate():
        done = answer(
            lambda: operations.resolve_gate(gate, form.chosen, form.reason.data or "", by=actor(), at=now()),
            to=lambda _: _address(application_id),
            form=form,
        )
        if done:
            return done
    return _page(queries.debrief(actor(), application_id), gate_id, form)


@bp.post("/debriefs/<application_id>/gates/<gate_id>/interview")
@requires(DebriefPermission.DECIDE)
def ask_third_rater(application_id: str, gate_id: str) -> Any:
    """Book a further interview for a third rater, and go on to choosing who that is."""
    gate, form = queries.gate(actor(), application_id, gate_id), _third_form(gate_id)
    shown = queries.debrief(actor(), application_id)
    if form.validate():
        done = answer(
            lambda: operations.ask_third_rater(gate, form.to_draft(shown.view.opening.zone), by=actor(), at=now()),
            to=lambda row: url_for("interviews.show", interview_id=row.public_id),
            form=form,
        )
        if done:
            flash("The interview is booked. Choose a calibrated interviewer who has not read the scorecards.")
            return done
    return _page(queries.debrief(actor(), application_id), f"third-{gate_id}", form)


@bp.post("/debriefs/<application_id>/decision")
@requires(DebriefPermission.DECIDE)
def decide(application_id: str) -> Any:
    """Record a decision; against the rule it waits for a second manager."""
    shown = queries.debrief(actor(), application_id)
    if shown.opened is None:
        raise NotFoundError
    form = _decision_form(shown)
    if form.validate():
        draft = form.to_draft(actor().member_id or 0)
        done = answer(
            lambda: _tell(operations.decide(shown.view, draft, by=actor(), at=now())),
            to=lambda _: _address(application_id),
            form=form,
        )
        if done:
            return done
    return _page(shown, "decision", form)


def _tell(decision: Decision) -> None:
    if decision.is_against_rule:
        flash("The decision is proposed. It is made once a second manager of the team agrees.")
    else:
        flash("The decision is made.")


@bp.post("/debriefs/<application_id>/decisions/<decision_id>/answer")
@requires(DebriefPermission.DECIDE)
def answer_decision(application_id: str, decision_id: str) -> Any:
    """Answer a proposed decision as the second manager."""
    decision, form = queries.decision(actor(), application_id, decision_id), AnswerForm()
    if form.validate():
        reason = form.answer_reason.data or ""
        done = answer(
            lambda: operations.consent(decision, agrees=form.agrees, reason=reason, by=actor(), at=now()),
            to=lambda _: _address(application_id),
            form=form,
        )
        if done:
            return done
    return _page(queries.debrief(actor(), application_id), "answer", form)


@bp.post("/debriefs/<application_id>/outcome")
@requires(CandidatePermission.EDIT)
def carry_out(application_id: str) -> Any:
    """Move a decided application as its decision says; the field `move` names the move."""
    shown = queries.debrief(actor(), application_id)
    move = request.form.get("move", "")
    if move not in operations.VERDICT_MOVES:
        raise BadRequestError("A decided application has no such move.")
    return answer(
        lambda: operations.carry_out(shown.view, move, by=actor(), at=now()),
        to=lambda _: url_for("home.application", application_id=application_id),
    )
