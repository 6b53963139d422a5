"""Home shows what may be known: gates to who has opened them, nothing of one's own application, flat statements."""

from datetime import UTC, timedelta

import pytest

from hiringkit.candidates.models import Application
from hiringkit.debriefs import operations as debriefs
from hiringkit.debriefs.rules.deciding import DecisionDraft, Verdict
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import NotFoundError
from hiringkit.home import queries
from hiringkit.home.rules.steps import Urgency
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.rules.booking import BookingDraft
from tests.debriefs.factories import (
    LEAD,
    SECOND,
    Hire,
    applicant,
    book,
    booked_all,
    debriefed,
    hire,
    read,
    seat,
    submit_all,
    view_of,
)
from tests.world import World

LOW = {("ana", "compliance"): 2}


def trail(world: World, made: Hire, who: str) -> list[str]:
    pages = queries.trail(world.actor(who), made.opening, 1).pages
    read_all = [queries.trail(world.actor(who), made.opening, number) for number in range(1, pages + 1)]
    return [line.did for page in read_all for line in page.rows]


def decided(made: Hire, row: Application, verdict: Verdict = Verdict.DECLINE) -> None:
    by = made.world.actor("manager")
    debriefs.decide(view_of(row), DecisionDraft(verdict, "As seen.", by.member_id or 0), by=by, at=now())


def test_overview_shows_open_gates_only_to_managers_who_have_opened_them(world: World) -> None:
    made = hire(world)
    world.manager("ines")
    world.member("cora", Capacity.COORDINATOR)
    debriefed(made, low=LOW, readers=["manager"])

    def urgencies(who: str) -> tuple[Urgency, tuple[str, ...]]:
        shown = queries.opening_overview(world.actor(who), made.opening.public_id, now())
        assert shown.step is not None
        return shown.step.urgency, shown.facts.applications[0].open_gates

    assert urgencies("manager") == (Urgency.GATE, ("Compliance",))
    assert urgencies("ines") == (Urgency.OPEN_DEBRIEF, ())
    assert urgencies("cora") == (Urgency.WAIT, ())


def test_trail_has_no_trace_of_a_gate_until_it_was_opened(world: World) -> None:
    made = hire(world)
    world.manager("ines")
    world.member("otto", Capacity.AUDITOR)
    row = debriefed(made, low=LOW, readers=[])
    plain, audited = trail(world, made, "manager"), trail(world, made, "otto")
    assert "opened a safety gate" not in plain + audited
    read(made, row, "manager")
    assert trail(world, made, "manager").count("opened a safety gate") == 1
    assert "opened a safety gate" not in trail(world, made, "ines")
    decided(made, row)
    whole = queries.record(world.actor("otto"), 1)
    assert "made the decision" in [line.did for line in whole.rows]
    assert trail(world, made, "otto").count("opened a safety gate") == 1
    assert len(trail(world, made, "otto")) == len(trail(world, made, "manager"))


def test_trail_hides_everything_about_ones_own_application(world: World) -> None:
    made = hire(world)
    world.manager("ines")
    before = trail(world, made, "ines")
    row = debriefed(made, low=LOW)
    view_of(row).candidate.member_id = world.members["ines"].id
    db.session.commit()
    assert trail(world, made, "ines") == ["froze the loop", *before]
    assert len(trail(world, made, "manager")) > len(before) + 20


def test_record_of_an_administrator_holds_site_events_only(world: World) -> None:
    made = hire(world)
    applicant(made)
    page = queries.record(world.actor("admin"), 1)
    assert page.total > 0
    assert not {"created the opening", "added the application"} & {line.did for line in page.rows}
    assert "Piotr Lis" not in {line.about for line in page.rows}


def test_application_is_cut_off_from_the_candidate_and_from_other_teams(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    sqlite_world.manager("ines")
    sqlite_world.manager("odo", team="Other")
    row = applicant(made)
    view_of(row).candidate.member_id = sqlite_world.members["ines"].id
    db.session.commit()
    for who in ("ines", "odo", "ana", "admin"):
        with pytest.raises(NotFoundError):
            queries.application_overview(sqlite_world.actor(who), row.public_id, now())
    shown = queries.opening_overview(sqlite_world.actor("ines"), made.opening.public_id, now())
    assert shown.candidates == []
    assert queries.desk(sqlite_world.actor("ines"), now()).openings[0].applications == 0


def test_interviewer_reads_an_opening_without_candidates_and_loop(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    applicant(made)
    shown = queries.opening_overview(sqlite_world.actor("ana"), made.opening.public_id, now())
    assert (shown.candidates, shown.people, shown.step, shown.reads_loop) == (None, [], None, False)


def test_auditor_reads_decided_candidates_only(sqlite_world: World) -> None:
    made = hire(sqlite_world)
    sqlite_world.member("otto", Capacity.AUDITOR)
    row = debriefed(made)
    applicant(made, "Jordan Avery")
    shown = queries.opening_overview(sqlite_world.actor("otto"), made.opening.public_id, now())
    assert shown.candidates == []
    decided(made, row, Verdict.OFFER)
    shown = queries.opening_overview(sqlite_world.actor("otto"), made.opening.public_id, now())
    assert [one.facts.name for one in shown.candidates or []] == ["Piotr Lis"]


def test_desk_of_an_interviewer_has_what_is_due_and_what_may_be_read(world: World) -> None:
    made = hire(world)
    row = applicant(made, "Kim Duarte")
    booked = book(made, row)
    seat(made, booked, "ana", LEAD)
    seat(made, booked, "ben", SECOND)
    coming = (now() + timedelta(hours=5)).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    draft, stage = BookingDraft(coming, "UTC"), made.stages[1].row.id
    later = interviews.book_interview(view_of(row), stage, draft, by=world.actor("manager"), at=now())
    seat(made, later, "ana", SECOND)
    other = submit_all(made, booked_all(made, applicant(made), days=5), days=3)
    desk = queries.desk(world.actor("ana"), now())
    assert [one.candidate.name for one in desk.due] == ["Kim Duarte"]
    assert [one.assignment.role for one in desk.coming] == [SECOND]
    assert [name for name, _ in desk.due[0].partners] == ["Ben"]
    assert [one.application.id for one in desk.readable] == [other.id]
    assert desk.openings == []
    read(made, other, "ana")
    assert queries.desk(world.actor("ana"), now()).readable == []
