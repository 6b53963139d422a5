"""How the candidates of the demo are added, informed, interviewed, rated and decided on, and asked what was true."""

from datetime import datetime, timedelta
from functools import partial

from hiringkit.candidates import operations as candidates
from hiringkit.candidates.models import Application
from hiringkit.candidates.queries import ApplicationView, unscoped_application, unscoped_latest_delivery
from hiringkit.candidates.rules.drafts import CandidateDraft
from hiringkit.demo.agenda import Agenda
from hiringkit.demo.applications import Answer, Place, Step, Story, Talk
from hiringkit.demo.days import ZONE, Day
from hiringkit.demo.debriefing import take
from hiringkit.demo.opening import Role
from hiringkit.demo.people import COORDINATOR, DANA, Cast
from hiringkit.foundation.access import Actor, ActorKind
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.models import Assignment, Interview
from hiringkit.interviews.queries import ScheduledInterview, interview, own_assignment
from hiringkit.interviews.rules.booking import BookingDraft
from hiringkit.library.queries import unscoped_current_competencies
from hiringkit.scorecards import operations as scorecards
from hiringkit.scorecards.queries import own_scorecard
from hiringkit.scorecards.rules.evidence import RatingDraft, ScorecardDraft

ASSIGNED, INVITED, ANSWERED, CONFIRMED = (timedelta(minutes=minutes) for minutes in (2, 9, 55, 115))
BETWEEN_PEOPLE = timedelta(minutes=3)
WRITING = timedelta(minutes=13)


def plan_application(agenda: Agenda, role: Role, story: Story) -> None:
    """Plan everything that happens with one application."""
    made = _Hire(agenda, role, story)
    agenda.plan(story.added, made.add)
    if story.informed:
        agenda.plan(story.informed, made.inform)
    if story.acknowledged:
        agenda.plan(story.acknowledged, made.acknowledge)
    for talk in story.talks:
        made.plan_talk(talk)
    for step in story.steps:
        agenda.plan(step.at, partial(made.take, step))
    for answer in story.answers:
        agenda.plan(answer.at, partial(made.answer, answer))
    if story.withdraws:
        agenda.plan(story.withdraws, made.withdraw)


class _Hire:
    """One application while it goes on."""

    def __init__(self, agenda: Agenda, role: Role, story: Story) -> None:
        self.agenda, self.role, self.story = agenda, role, story
        self.cast: Cast = role.cast
        self.application: Application
        self.interviews: dict[str, Interview] = {}
        self.seats: dict[tuple[str, str], Assignment] = {}

    @property
    def view(self) -> ApplicationView:
        """Return the application as it stands now."""
        return unscoped_application(self.application.id)

    @property
    def candidate(self) -> Actor:
        """Return the candidate, who comes by the personal link."""
        return Actor(ActorKind.CANDIDATE, self.application.public_id, application_id=self.application.id)

    def add(self, at: datetime) -> None:
        by = self.cast.actor(COORDINATOR)
        draft = CandidateDraft(self.cast.team.id, self.story.name, self.story.email, self.story.zone)
        person = candidates.add_candidate(draft, by=by, at=at)
        self.application = candidates.add_application(person, self.role.opening, by=by, at=at)

    def inform(self, at: datetime) -> None:
        by, loop = self.cast.actor(COORDINATOR), self.role.loop
        candidates.deliver(self.application, self.role.disclosure, loop.public_id, loop.content_hash, by=by, at=at)
        candidates.make_link(self.application, by=by, at=at)

    def acknowledge(self, at: datetime) -> None:
        delivery = unscoped_latest_delivery(self.application.id)
        if delivery is None:
            raise LookupError(self.story.name)
        candidates.acknowledge(delivery, by=self.candidate, at=at)

    def withdraw(self, at: datetime) -> None:
        candidates.withdraw_application(self.application, by=self.candidate, at=at)

    def plan_talk(self, talk: Talk) -> None:
        """Plan one interview: booking, panel, answers, and what becomes of each scorecard."""
        booked = self.agenda.days.moment(talk.booked)
        self.agenda.plan_at(booked, partial(self.book, talk))
        for number, place in enumerate(talk.places):
            apart = BETWEEN_PEOPLE * number
            self.agenda.plan_at(booked + ASSIGNED + apart, partial(self.assign, talk, place))
            if place.is_answered:
                self.agenda.plan_at(booked + ANSWERED + apart * 4, partial(self.accept, talk, place))
            self._plan_scorecard(talk, place)
        self.agenda.plan_at(booked + INVITED + BETWEEN_PEOPLE, partial(self.move, talk, "invite"))
        self.agenda.plan_at(booked + CONFIRMED, partial(self.move, talk, "confirm"))

    def _plan_scorecard(self, talk: Talk, place: Place) -> None:
        if place.drafts:
            self.agenda.plan(place.drafts, partial(self.draft, talk, place))
        if place.submits:
            submitted = self.agenda.days.moment(place.submits)
            self.agenda.plan_at(submitted - WRITING, partial(self.draft, talk, place))
            self.agenda.plan_at(submitted, partial(self.submit, talk, place))

    def book(self, talk: Talk, at: datetime) -> None:
        starts: Day = talk.starts or self.agenda.days.next_start
        draft = BookingDraft(self.agenda.days.wall(starts), ZONE)
        by, stage_id = self.cast.actor(COORDINATOR), self.role.stage_id(talk.stage)
        self.interviews[talk.stage] = interviews.book_interview(self.view, stage_id, draft, by=by, at=at)

    def _plan_of(self, talk: Talk) -> ScheduledInterview:
        return interview(self.cast.actor(COORDINATOR), self.interviews[talk.stage].public_id)

    def assign(self, talk: Talk, place: Place, at: datetime) -> None:
        by = self.cast.actor(DANA if place.waiver else COORDINATOR)
        member = self.cast.member(place.who)
        made = interviews.assign(self._plan_of(talk), member, place.role, place.waiver, by=by, at=at)
        self.seats[talk.stage, place.who] = made

    def accept(self, talk: Talk, place: Place, at: datetime) -> None:
        by = self.cast.actor(place.who)
        interviews.accept_assignment(own_assignment(by, self.seats[talk.stage, place.who].public_id), by=by, at=at)

    def move(self, talk: Talk, move: str, at: datetime) -> None:
        interviews.move_interview(self._plan_of(talk), move, by=self.cast.actor(COORDINATOR), at=at)

    def draft(self, talk: Talk, place: Place, at: datetime) -> None:
        by = self.cast.actor(place.who)
        own = own_scorecard(by, self.seats[talk.stage, place.who].public_id)
        versions = unscoped_current_competencies(line.competency for line in place.lines)
        lines = tuple(RatingDraft(versions[one.competency].id, one.points, one.evidence) for one in place.lines)
        scorecards.save_draft(own, ScorecardDraft(lines, place.note), own.version, by=by, at=at)

    def submit(self, talk: Talk, place: Place, at: datetime) -> None:
        by = self.cast.actor(place.who)
        own = own_scorecard(by, self.seats[talk.stage, place.who].public_id)
        scorecards.submit_scorecard(own, own.version, by=by, at=at)

    def take(self, step: Step, at: datetime) -> None:
        take(step, self.view, self.cast.actor(step.who), at)

    def answer(self, answer: Answer, at: datetime) -> None:
        by, drafts = self.candidate, answer.drafts
        candidates.answer_truth(self.application, drafts, is_shared=answer.is_shared, by=by, at=at)
