"""One opening, and one application, over all rooms: what the viewer may see of each, in a flat number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hiringkit.candidates.models import Application, PersonalLink
from hiringkit.candidates.policy import CandidatePermission
from hiringkit.candidates.queries import (
    ApplicationView,
    DeliveryView,
    ExtraTime,
    QuestionView,
    questions_of,
    unscoped_deliveries,
    unscoped_extra_time,
    unscoped_links,
)
from hiringkit.foundation.access import Actor, Capacity, may
from hiringkit.foundation.errors import NotFoundError
from hiringkit.foundation.words import day_words, local
from hiringkit.home.queries.applications import ApplicationRow, application_rows, facts_of
from hiringkit.home.queries.openings import IN_HAND, OpeningHead, head
from hiringkit.home.queries.people import PersonStanding, people_of
from hiringkit.home.queries.seats import BookedInterview, Seats, seats
from hiringkit.home.rules.application_steps import application_step
from hiringkit.home.rules.facts import ApplicationFacts, OpeningFacts
from hiringkit.home.rules.line import LineStep, Readiness, line_of
from hiringkit.home.rules.opening_steps import opening_step
from hiringkit.home.rules.steps import Step
from hiringkit.library.queries import pack_content, unscoped_packs_of
from hiringkit.loops.policy import LoopPermission
from hiringkit.loops.rules.content import LoopContent
from hiringkit.loops.rules.coverage import raters_of
from hiringkit.openings.models import Opening


@dataclass(frozen=True)
class CandidateLine:
    """One line of an opening's candidates: what is known, and the next step of those who plan."""

    row: ApplicationRow
    facts: ApplicationFacts
    step: Step | None


@dataclass(frozen=True)
class OpeningOverview:
    """An opening as one viewer may see it; the parts that are not for them are None or empty."""

    head: OpeningHead
    track: str
    facts: OpeningFacts
    candidates: Sequence[CandidateLine] | None
    people: Sequence[PersonStanding]
    line: Sequence[LineStep]
    step: Step | None
    reads_loop: bool
    plans: bool

    @property
    def takes_candidates(self) -> bool:
        """Tell whether candidates can still be added."""
        return self.head.opening.state in IN_HAND

    @property
    def managers(self) -> list[str]:
        """Return the names of those who manage it."""
        return [one.member.name for one in self.people if Capacity.MANAGER in one.capacities]

    @property
    def raters(self) -> list[PersonStanding]:
        """Return those who may sit on panels."""
        return [one for one in self.people if one.may_rate]

    @property
    def stages(self) -> list[tuple[str, str]]:
        """Return the columns of the matrices: number and name of each stage."""
        content = self.head.content
        return [(str(number), f" {one.name}") for number, one in enumerate(content.stages, 1)] if content else []

    @property
    def coverage(self) -> list[dict[str, Any]]:
        """Return which stage rates what, as the matrix takes it."""
        content = self.head.content
        return [_coverage(content, number) for number in range(len(content.competencies))] if content else []

    @property
    def narrowest(self) -> str:
        """Return the stage that fewest people may lead, as a sentence, or nothing where each has three or more."""
        content = self.head.content
        if content is None or not self.raters:
            return ""
        counts = [sum(one.leads[place] for one in self.raters) for place in range(len(content.stages))]
        place = min(range(len(counts)), key=counts.__getitem__)
        if counts[place] >= ENOUGH_LEADERS:
            return ""
        who = "Nobody" if not counts[place] else "One person" if counts[place] == 1 else "Two people"
        return f"{who} may lead stage {place + 1}, {content.stages[place].name}."


ENOUGH_LEADERS = 3


def _coverage(content: LoopContent, place: int) -> dict[str, Any]:
    one = content.competencies[place]
    return {
        "name": one.name,
        "safety_critical": one.safety_critical,
        "cells": [stage.panel if one.version in stage.competencies else 0 for stage in content.stages],
        "total": raters_of(one.version, content),
    }


def opening_overview(viewer: Actor, public_id: str, at: datetime) -> OpeningOverview:
    """Return an opening as the viewer may see it, in at most seven statements, or raise NotFoundError."""
    found = head(viewer, public_id)
    team = found.opening.team_id
    plans, reads = (
        may(viewer, permission, team) for permission in (CandidatePermission.EDIT, CandidatePermission.READ)
    )
    reads_loop = may(viewer, LoopPermission.READ, team)
    rows = application_rows(viewer, Application.opening_id == found.opening.id) if reads else []
    places = seats(viewer, [row.application.id for row in rows]) if plans else Seats()
    applications = facts_of(viewer, rows, places, found.content)
    facts = found.facts(viewer, applications)
    day = local(at, found.opening.zone).date()
    people = people_of(team, found.content, day) if reads_loop else []
    return OpeningOverview(
        found,
        _track(found.opening),
        facts,
        [_candidate_line(row, one, facts, at, plans=plans) for row, one in zip(rows, applications, strict=True)]
        if reads
        else None,
        people,
        line_of(facts, _readiness(found, people), at) if plans else [],
        opening_step(facts, at) if plans else None,
        reads_loop=reads_loop,
        plans=plans,
    )


def _track(opening: Opening) -> str:
    pack = pack_content(unscoped_packs_of([opening.pack_id])[opening.pack_id])
    return next((track.name for track in pack.tracks if track.key == opening.track_key), "")


def _candidate_line(
    row: ApplicationRow, one: ApplicationFacts, facts: OpeningFacts, at: datetime, *, plans: bool
) -> CandidateLine:
    return CandidateLine(row, one, application_step(one, at, manages=facts.manages) if plans else None)


def _readiness(found: OpeningHead, people: Sequence[PersonStanding]) -> Readiness:
    zone, content = found.opening.zone, found.content
    disclosure = "A draft"
    if found.disclosure is not None and found.published_at is not None:
        disclosure = f"Version {found.disclosure}, {day_words(local(found.published_at, zone), year=False)}"
    loop = "A draft"
    if content is not None:
        frozen = f"Frozen {day_words(local(found.frozen_at, zone), year=False)}" if found.frozen_at else "In use"
        loop = f"{frozen}, {len(content.stages)} {'stage' if len(content.stages) == 1 else 'stages'}"
    raters = [one for one in people if one.may_rate]
    by_stage = [sum(one.leads[place] for one in raters) for place in range(len(content.stages))] if content else []
    return Readiness(disclosure, loop, len(raters), sum(any(one.leads) for one in raters), by_stage)


@dataclass(frozen=True)
class ApplicationOverview:
    """An application as one viewer may see it; `step` and `links` are for those who plan.

    `extra_time`: of accommodations, what they may know too; `arranges` for those who read and arrange them.
    """

    view: ApplicationView
    head: OpeningHead
    row: ApplicationRow
    facts: ApplicationFacts
    deliveries: Sequence[DeliveryView]
    links: Sequence[PersonalLink]
    interviews: Sequence[BookedInterview]
    step: Step | None
    questions: Sequence[QuestionView]
    extra_time: ExtraTime | None
    plans: bool
    arranges: bool

    @property
    def is_delivered(self) -> bool:
        """Whether the version that candidates read now was delivered."""
        return self.head.disclosure is not None and self.row.delivered == self.head.disclosure

    @property
    def open_links(self) -> list[PersonalLink]:
        """Return the personal links that work."""
        return [one for one in self.links if one.revoked_at is None]


def application_overview(viewer: Actor, public_id: str, at: datetime) -> ApplicationOverview:
    """Return an application as the viewer may see it, in at most seven statements, or raise NotFoundError."""
    rows = application_rows(viewer, Application.public_id == public_id)
    if not rows:
        raise NotFoundError
    row = rows[0]
    view = ApplicationView(row.application, row.candidate, row.opening)
    found = head(viewer, view.opening.public_id)
    team = view.opening.team_id
    plans = may(viewer, CandidatePermission.EDIT, team)
    places = seats(viewer, [view.application.id])
    (facts,) = facts_of(viewer, [row], places, found.content)
    manages = viewer.is_in(team, Capacity.MANAGER)
    reads_minutes = may(viewer, CandidatePermission.READ_MINUTES, team)
    return ApplicationOverview(
        view,
        found,
        row,
        facts,
        unscoped_deliveries(view.application.id),
        unscoped_links(view.application.id) if plans else (),
        places.interviews(view.application.id),
        application_step(facts, at, manages=manages) if plans else None,
        questions_of(viewer, view.application.id) if may(viewer, CandidatePermission.ANSWER, team) else [],
        unscoped_extra_time(view.application.id) if reads_minutes else None,
        plans=plans,
        arranges=may(viewer, CandidatePermission.ARRANGE, team),
    )
