"""The addresses of real things in the demo, for tests that visit every route."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased
from werkzeug.routing import Rule

from hiringkit.calibration.models import (
    Attempt,
    Exercise,
    ExerciseForm,
    ExerciseResponse,
    ExpertRating,
    FormDraft,
    FormDraftResponse,
    FormExpert,
    Standing,
)
from hiringkit.calibration.rules.drafting import Round
from hiringkit.candidates.models import Application, Candidate, ClaimQuestion, PersonalLink
from hiringkit.debriefs.models import Decision, Gate, GateResolution
from hiringkit.disclosures.models import Incumbent, Review
from hiringkit.foundation.db import db
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.interviews.rules.assigning import AssignmentRole
from hiringkit.library.models import CompetencySetVersion, CompetencyVersion, Pack, RoleProfile, ScenarioVersion
from hiringkit.loops.models import Loop
from hiringkit.openings.models import Opening
from hiringkit.people.models import Invitation, Member, Membership, SignIn, Team

INTERVIEWER = "ana"
ANY: dict[str, type] = {
    "competency_id": CompetencyVersion,
    "decision_id": Decision,
    "draft_id": FormDraft,
    "exercise_id": Exercise,
    "expert_id": FormExpert,
    "incumbent_id": Incumbent,
    "invitation_id": Invitation,
    "question_id": ClaimQuestion,
    "membership_id": Membership,
    "pack_id": Pack,
    "profile_id": RoleProfile,
    "review_id": Review,
    "scenario_id": ScenarioVersion,
    "set_id": CompetencySetVersion,
    "sign_in_id": SignIn,
    "standing_id": Standing,
}
"""Words of addresses that any row of a table serves."""


@dataclass(frozen=True)
class Samples:
    """One value for each word in an address; those of the interviewer are the interviewer's own."""

    values: dict[str, object]

    @classmethod
    def of_the_demo(cls, token: str) -> "Samples":
        """Look the values up in the database; `token` is of a personal link."""
        own = db.session.scalars(select(Member).where(Member.email.startswith(INTERVIEWER))).one()
        assignment = db.session.execute(
            select(Assignment, Interview)
            .join(Interview, Interview.id == Assignment.interview_id)
            .where(Assignment.member_id == own.id)
            .order_by(Interview.starts_at)
        ).first()
        assert assignment is not None
        application = db.session.get_one(Application, assignment[1].application_id)
        attempt = db.session.scalars(select(Attempt).where(Attempt.member_id == own.id)).first()
        assert attempt is not None
        response = db.session.scalars(select(ExerciseResponse).filter_by(form_id=attempt.form_id)).first()
        assert response is not None
        settled = select(ExpertRating.response_id).where(ExpertRating.round == Round.SETTLED)
        apart = db.session.scalars(select(FormDraftResponse).where(FormDraftResponse.id.in_(settled))).first()
        assert apart is not None
        opening = db.session.get_one(Opening, application.opening_id)
        loop = db.session.scalars(select(Loop).where(Loop.opening_id == opening.id)).one()
        gate = db.session.scalars(select(Gate).where(Gate.id.not_in(select(GateResolution.gate_id)))).one()
        link = db.session.scalars(select(PersonalLink).where(PersonalLink.application_id == application.id)).first()
        assert link is not None
        return cls(
            {
                "opening_id": opening.public_id,
                "slug": opening.slug,
                "number": 1,
                "rest": "nothing/here",
                "application_id": application.public_id,
                "candidate_id": db.session.get_one(Candidate, application.candidate_id).public_id,
                "assignment_id": assignment[0].public_id,
                "link_id": link.public_id,
                "interview_id": assignment[1].public_id,
                "shadow_id": learner_of(own).public_id,
                "attempt_id": attempt.public_id,
                "response_id": response.public_id,
                "draft_response_id": apart.public_id,
                "form_id": db.session.get_one(ExerciseForm, attempt.form_id).public_id,
                "gate_id": gate.public_id,
                "team_id": db.session.get_one(Team, opening.team_id).public_id,
                "member_id": own.public_id,
                "section_key": "workload",
                "library.key": "patient-access",
                "loops.key": loop.stages[0]["key"],
                "token": "not-a-token",
                "portal.token": token,
            }
            | {name: first(table) for name, table in ANY.items()}
        )

    def arguments(self, rule: Rule) -> dict[str, object]:
        """Return the values for a route's address."""
        room = rule.endpoint.split(".")[0]
        return {name: self.values.get(f"{room}.{name}", self.values.get(name)) for name in rule.arguments}


def learner_of(lead: Member) -> Assignment:
    """Return the place of somebody who shadows an interview that this member leads."""
    led, shadow = aliased(Assignment), aliased(Assignment)
    return db.session.scalars(
        select(shadow)
        .join(led, led.interview_id == shadow.interview_id)
        .where(shadow.role == AssignmentRole.SHADOW, led.role == AssignmentRole.LEAD, led.member_id == lead.id)
        .order_by(shadow.id)
        .limit(1)
    ).one()


def first(table: type) -> str:
    """Return the address of any row of a table, or a word that names none."""
    found = db.session.scalars(select(table.public_id).order_by(table.id).limit(1)).first()  # type: ignore[attr-defined]
    return str(found or "none")
