"""Reads of applications with everything that their next step depends on, in one statement."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from hiringkit.candidates.models import (
    AccommodationRequest,
    Acknowledgement,
    Application,
    Arrangement,
    Candidate,
    ClaimAnswer,
    ClaimQuestion,
    Delivery,
    PersonalLink,
    Reading,
)
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries import AFTER_DECISION, without_conflict
from hiringkit.candidates.rules.lifecycle import ACTIVE
from hiringkit.candidates.rules.questions import about_words
from hiringkit.debriefs.models import Decision, DecisionConsent, Gate, GateResolution
from hiringkit.debriefs.policy import DebriefPermission
from hiringkit.disclosures.models import DisclosureVersion
from hiringkit.foundation.access import Actor, Capacity, may, scope
from hiringkit.foundation.db import db
from hiringkit.home.queries.seats import Seats
from hiringkit.home.queries.sight import is_gate_in_sight
from hiringkit.home.rules.facts import ApplicationFacts, OpenQuestion, Proposal, Waiting
from hiringkit.library.models import CompetencyVersion
from hiringkit.loops.rules.content import LoopContent
from hiringkit.openings.models import Opening
from hiringkit.people.models import Member, Membership

MOST_APPLICATIONS = 300
MOST_ON_A_PAGE = 50
BETWEEN = "\n"
"""Stands between names that come in one value; no name has a line break."""


@dataclass(frozen=True)
class ApplicationRow:
    """An application with its candidate, what was delivered, and what the viewer has opened and may know of it.

    `question`: the oldest one without an answer. `waiting`: requests for accommodations without an arrangement.
    """

    application: Application
    candidate: Candidate
    delivered: int | None
    delivered_at: datetime | None
    acknowledged_at: datetime | None
    read_at: datetime | None
    gates: str | None
    decision: Decision | None
    consent: DecisionConsent | None
    decider: str | None
    opening: Opening
    question: ClaimQuestion | None
    has_link: bool
    waiting: int
    has_coordinator: bool

    @property
    def is_made(self) -> bool:
        """Whether the decision was made, and not only proposed."""
        agreed = self.consent is not None and self.consent.agrees
        return self.decision is not None and (agreed or not self.decision.is_against_rule)

    @property
    def is_proposed(self) -> bool:
        """Whether a decision waits for a second manager."""
        return self.decision is not None and not self.is_made and self.consent is None


def in_hand_rows(viewer: Actor, opening_ids: Collection[int]) -> dict[int, list[ApplicationRow]]:
    """Return the active applications of these openings that the viewer may read, by opening."""
    wanted = _rows(viewer).where(Application.opening_id.in_(list(opening_ids)), Application.state.in_(ACTIVE))
    found: dict[int, list[ApplicationRow]] = {number: [] for number in opening_ids}
    for row in db.session.execute(wanted.order_by(Application.state_at).limit(MOST_APPLICATIONS)):
        found[row.Application.opening_id].append(ApplicationRow(*row))
    return found


def application_rows(viewer: Actor, *conditions: ColumnElement[bool]) -> list[ApplicationRow]:
    """Return applications that the viewer may read, active ones first, by name, at most 50."""
    ended = case((Application.state.in_(ACTIVE), 0), else_=1)
    wanted = _rows(viewer).where(*conditions).order_by(ended, Candidate.name, Application.id).limit(MOST_ON_A_PAGE)
    return [ApplicationRow(*row) for row in db.session.execute(wanted)]


def _rows(viewer: Actor) -> Select[*tuple[Any, ...]]:
    newest_delivery = _newest(Delivery.id, Delivery.application_id == Application.id)
    newest_decision = _newest(Decision.id, Decision.application_id == Application.id)
    own_reading = and_(Reading.application_id == Application.id, Reading.member_id == viewer.member_id)
    return (
        select(
            Application,
            Candidate,
            DisclosureVersion.number,
            Delivery.at,
            Acknowledgement.at,
            Reading.at,
            _open_gates(viewer),
            Decision,
            DecisionConsent,
            Member.name,
            Opening,
            ClaimQuestion,
            _has_link(),
            _waiting(),
            _has_coordinator(),
        )
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Opening, Opening.id == Application.opening_id)
        .outerjoin(Delivery, Delivery.id == newest_delivery)
        .outerjoin(DisclosureVersion, DisclosureVersion.id == Delivery.disclosure_version_id)
        .outerjoin(Acknowledgement, Acknowledgement.delivery_id == Delivery.id)
        .outerjoin(Reading, own_reading)
        .outerjoin(ClaimQuestion, ClaimQuestion.id == _oldest_question())
        .outerjoin(Decision, Decision.id == newest_decision)
        .outerjoin(DecisionConsent, DecisionConsent.decision_id == Decision.id)
        .outerjoin(Member, Member.id == Decision.by_id)
        .where(_visible(viewer))
    )


def _newest(column: Any, condition: ColumnElement[bool]) -> Any:
    return select(func.max(column)).where(condition).correlate(Application).scalar_subquery()


def _oldest_question() -> Any:
    """Return the first question that nobody has answered yet."""
    answered = exists().where(ClaimAnswer.question_id == ClaimQuestion.id).correlate(ClaimQuestion)
    wanted = select(func.min(ClaimQuestion.id)).where(ClaimQuestion.application_id == Application.id, ~answered)
    return wanted.correlate(Application).scalar_subquery()


def _has_link() -> ColumnElement[bool]:
    works = (PersonalLink.application_id == Application.id, PersonalLink.revoked_at.is_(None))
    return exists().where(*works).correlate(Application)


def _waiting() -> Any:
    """Return how many requests for an accommodation have no arrangement yet."""
    arranged = exists().where(Arrangement.request_id == AccommodationRequest.id).correlate(AccommodationRequest)
    own = AccommodationRequest.application_id == Application.id
    wanted = select(func.count(AccommodationRequest.id)).where(own, ~arranged)
    return wanted.correlate(Application).scalar_subquery()


def _has_coordinator() -> ColumnElement[bool]:
    of_team = (Membership.team_id == Opening.team_id, Membership.capacity == Capacity.COORDINATOR)
    return exists().where(*of_team).correlate(Opening)


def _visible(viewer: Actor) -> ColumnElement[bool]:
    undecided = scope(viewer, CandidatePermission.READ_UNDECIDED)
    return and_(
        scope(viewer, CandidatePermission.READ).limits(Opening.team_id),
        or_(undecided.limits(Opening.team_id), Application.state.in_(AFTER_DECISION)),
        without_conflict(viewer),
    )


def _open_gates(viewer: Actor) -> Any:
    """Return the names of the competencies with an open gate, as far as the viewer manages and has opened them."""
    return (
        select(func.aggregate_strings(CompetencyVersion.name, BETWEEN))
        .join(Gate, Gate.competency_version_id == CompetencyVersion.id)
        .where(Gate.application_id == Application.id)
        .where(scope(viewer, DebriefPermission.READ_ALL).limits(Opening.team_id), is_gate_in_sight(viewer))
        .where(~exists().where(GateResolution.gate_id == Gate.id).correlate(Gate))
        .correlate(Application, Opening)
        .scalar_subquery()
    )


def facts_of(
    viewer: Actor, rows: Iterable[ApplicationRow], places: Seats, content: LoopContent | None
) -> Sequence[ApplicationFacts]:
    """Return what the next steps of applications are told from."""
    return [_facts(viewer, row, places, content) for row in rows]


def _facts(viewer: Actor, row: ApplicationRow, places: Seats, content: LoopContent | None) -> ApplicationFacts:
    booked = places.booked(row.application.id)
    decision = row.decision
    return ApplicationFacts(
        row.application.public_id,
        row.candidate.name,
        row.application.state,
        row.application.state_at,
        delivered=row.delivered,
        acknowledged_at=row.acknowledged_at,
        interviews=places.facts(row.application.id),
        to_book=tuple(stage.name for stage in content.stages if stage.key not in booked) if content else (),
        has_read=row.read_at is not None,
        open_gates=tuple(sorted(row.gates.split(BETWEEN))) if row.gates else (),
        proposal=(
            Proposal(row.decider or "", is_own=decision.by_id == viewer.member_id)
            if decision is not None and row.is_proposed
            else None
        ),
        verdict=decision.verdict if decision is not None and row.is_made else None,
        has_link=bool(row.has_link),
        question=_question(viewer, row),
        accommodation=_accommodation(viewer, row),
    )


def _question(viewer: Actor, row: ApplicationRow) -> OpenQuestion | None:
    if row.question is None or not may(viewer, CandidatePermission.ANSWER, row.opening.team_id):
        return None
    return OpenQuestion(row.question.public_id, about_words(row.question.field))


def _accommodation(viewer: Actor, row: ApplicationRow) -> Waiting | None:
    """Return who has to see to a request that waits, for those who may know that there is one."""
    team = row.opening.team_id
    if not row.waiting or not may(viewer, CandidatePermission.READ_MINUTES, team):
        return None
    if may(viewer, CandidatePermission.ARRANGE, team):
        return Waiting.YOURS
    return Waiting.A_COORDINATOR if row.has_coordinator else Waiting.NOBODY
