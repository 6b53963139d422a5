"""What people of the demo do in a debrief: reading, closing gates, deciding, agreeing, signing off."""

from datetime import datetime

from hiringkit.audit.queries import keyring
from hiringkit.candidates.queries import ApplicationView
from hiringkit.debriefs import operations, queries
from hiringkit.debriefs.models import Gate
from hiringkit.debriefs.rules.deciding import DecisionDraft, Verdict
from hiringkit.debriefs.rules.gates import GateState
from hiringkit.demo.applications import Step
from hiringkit.foundation.access import Actor
from hiringkit.interviews.queries import unscoped_panel
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.library.queries import unscoped_current_competencies
from hiringkit.scorecards import operations as scorecards
from hiringkit.scorecards import queries as scorecard_queries
from hiringkit.scorecards.rules.learning import SignOffDraft


def take(step: Step, view: ApplicationView, by: Actor, at: datetime) -> None:
    """Do what the step says."""
    match step.does:
        case "read":
            scorecards.open_scorecards(view, by=by, at=at)
        case "open early":
            scorecards.open_early(view, step.reason, by=by, at=at)
        case "clear":
            operations.resolve_gate(_gate(step, view), GateState.CLEARED, step.reason, by=by, at=at)
        case "confirm":
            operations.resolve_gate(_gate(step, view), GateState.CONFIRMED, step.reason, by=by, at=at)
        case "decide":
            draft = DecisionDraft(Verdict(step.verdict), step.reason, manager=by.member_id or 0)
            operations.decide(view, draft, by=by, at=at)
        case "agree":
            ring = keyring(view.candidate.subject_id)
            newest = queries.unscoped_decisions(view.application.id, ring)[0].row
            operations.consent(newest, agrees=True, reason=step.reason, by=by, at=at)
        case "sign off":
            _sign_off(step, view, by, at)
        case _:
            operations.carry_out(view, step.does, by=by, at=at)


def _sign_off(step: Step, view: ApplicationView, by: Actor, at: datetime) -> None:
    """Say whether the reverse shadow of the application may lead: yes, or not yet."""
    places = [place for place, _ in unscoped_panel(view.application.id)]
    learner = next(place for place in places if place.role is AssignmentRole.REVERSE_SHADOW)
    draft = SignOffDraft(step.verdict == "yes", step.reason)
    scorecards.sign_off(scorecard_queries.comparison(by, learner.public_id), draft, by=by, at=at)


def _gate(step: Step, view: ApplicationView) -> Gate:
    competency = unscoped_current_competencies([step.competency])[step.competency]
    return queries.unscoped_gates(view.application.id, keyring(view.candidate.subject_id))[competency.id].row
