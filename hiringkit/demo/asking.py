"""What the candidates of the demo ask: two questions about the disclosure, and one thing to be different."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from hiringkit.candidates import operations
from hiringkit.candidates import queries as candidates
from hiringkit.candidates.models import AccommodationRequest, Application, ClaimQuestion
from hiringkit.candidates.rules.accommodations import ArrangementDraft
from hiringkit.candidates.rules.questions import AnswerDraft
from hiringkit.demo.agenda import Agenda
from hiringkit.demo.days import Day
from hiringkit.demo.opening import Role
from hiringkit.demo.people import COORDINATOR, DANA
from hiringkit.foundation.access import Actor, ActorKind


@dataclass(frozen=True)
class Asked:
    """One question, and its answer to everybody if there is one."""

    email: str
    at: Day
    field: str
    text: str
    answered: Day | None = None
    asked: str = ""
    answer: str = ""


QUESTIONS = (
    Asked(
        email="grace.okoro@example.com",
        at=(17, "19:25"),
        field="workload.weekends",
        text="My mother needs me most Saturdays. Does a Saturday ever move at short notice, or is the rota fixed?",
        answered=(16, "09:40"),
        asked="How long before it begins is the weekend rota fixed?",
        answer="Four weeks before. After that a weekend only moves when two people agree to swap it, and both tell "
        "their lead. Last quarter that happened five times; nobody was made to.",
    ),
    Asked(
        email="leila.osman@example.com",
        at=(1, "20:10"),
        field="workload.remote",
        text="I would work from home in another time zone. Which meetings are on Chicago time, and who covers the "
        "phone while I am at lunch?",
    ),
)
WANTS_CAPTIONS, CAPTIONS_ASKED, CAPTIONS_ARRANGED = "jordan.avery@example.com", (7, "08:05"), (6, "10:20")
CAPTIONS = (
    "I hear on one side only, and lose words when two people speak. Captions in the video call would help, "
    "and some minutes more, because I read them before I answer."
)
ARRANGED = ArrangementDraft(
    extra_minutes=10,
    told="Turn the captions of the call on before it begins. Speak one after the other, and wait until the captions "
    "have caught up.",
)


def plan_asking(agenda: Agenda, role: Role) -> None:
    """Plan the questions with their answers, and the accommodation."""
    asking = _Asking(role)
    for one in QUESTIONS:
        agenda.plan(one.at, partial(asking.ask, one))
        if one.answered:
            agenda.plan(one.answered, partial(asking.answer, one))
    agenda.plan(CAPTIONS_ASKED, asking.ask_captions)
    agenda.plan(CAPTIONS_ARRANGED, asking.arrange_captions)


class _Asking:
    """What was asked, while it goes on."""

    def __init__(self, role: Role) -> None:
        self.role = role
        self.questions: dict[str, ClaimQuestion] = {}
        self.request: AccommodationRequest

    def _application(self, email: str) -> tuple[Application, Actor]:
        person = candidates.unscoped_known(self.role.cast.team.id, email)
        found = candidates.unscoped_active(person.id, self.role.opening.id) if person else None
        if found is None:
            raise LookupError(email)
        return found, Actor(ActorKind.CANDIDATE, found.public_id, application_id=found.id)

    def ask(self, one: Asked, at: datetime) -> None:
        application, by = self._application(one.email)
        version = self.role.disclosure
        made = operations.ask_question(application, version, one.field, one.text, by=by, at=at)
        self.questions[one.email] = made

    def answer(self, one: Asked, at: datetime) -> None:
        by = self.role.cast.actor(DANA)
        asked = candidates.question(by, self.questions[one.email].public_id)
        draft = AnswerDraft(one.answer, is_public=True, asked=one.asked)
        operations.answer_question(asked, draft, by=by, at=at)

    def ask_captions(self, at: datetime) -> None:
        application, by = self._application(WANTS_CAPTIONS)
        self.request = operations.ask_accommodation(application, CAPTIONS, by=by, at=at)

    def arrange_captions(self, at: datetime) -> None:
        operations.arrange(self.request, ARRANGED, by=self.role.cast.actor(COORDINATOR), at=at)
