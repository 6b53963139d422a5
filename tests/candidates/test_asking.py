"""Questions and accommodations are sealed, answered once, and kept from whom they do not concern."""

import pytest
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.candidates import operations, queries
from hiringkit.candidates.models import AccommodationRequest, Application, Arrangement, ClaimAnswer, ClaimQuestion
from hiringkit.candidates.rules.accommodations import ArrangementDraft
from hiringkit.candidates.rules.questions import AnswerDraft
from hiringkit.foundation.access import Actor, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, WrongStateError
from tests.candidates.asking import arrange, ask, opening_of, publish_changed, reply, request
from tests.candidates.factories import application, candidate_actor, delivery, draft
from tests.world import World

CANARY = "canary of the candidate"
PUBLIC = AnswerDraft("Six.", is_public=True, asked="How many people share a shift?")
PRIVATE = AnswerDraft("Six, and one more from May.", is_public=False, asked="kept from a first try")


def informed(world: World, name: str = "Jordan Avery") -> Application:
    """Return an application to which the disclosure was delivered."""
    row = application(world, name=name)
    delivery(world, row)
    world.member("cora", Capacity.COORDINATOR)
    return row


def contents() -> str:
    """Return everything that events say."""
    return "".join(db.session.scalars(select(AuditEvent.content)))


def test_question_is_sealed_and_named_by_field_and_version_in_the_record(world: World) -> None:
    row = informed(world)
    asked = ask(row, f"  {CANARY}\r\n")
    assert CANARY.encode() not in asked.text
    assert queries.question(world.actor("manager"), asked.public_id).text == CANARY
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "question:asked")).one()
    assert (event.actor_kind, event.subject_id, event.scope) == (
        "candidate",
        asked.public_id,
        opening_of(row).public_id,
    )
    assert event.content == f'{{"application":"{row.public_id}","field":"workload.people","number":1}}'


def test_only_the_candidate_asks_about_the_own_opening_while_it_goes_on(world: World) -> None:
    row, other = informed(world), informed(world, "Samira Haddad")
    version = delivery(world, other).disclosure_version_id
    foreign = queries.unscoped_deliveries(other.id)[0].version
    assert foreign.id == version
    by = candidate_actor(row)
    with pytest.raises(ForbiddenError):
        operations.ask_question(row, foreign, "", "Why?", by=candidate_actor(other), at=now())
    with pytest.raises(NotFoundError):
        operations.ask_question(row, foreign, "", "Why?", by=by, at=now())
    with pytest.raises(ForbiddenError):
        operations.ask_accommodation(row, "Captions.", by=world.actor("manager"), at=now())
    with pytest.raises(InvalidError) as refused:
        ask(row, " \u200b ", "no.such")
    assert set(refused.value.problems) == {"text", "field"}
    operations.withdraw_application(row, by=by, at=now())
    with pytest.raises(WrongStateError):
        ask(row)
    with pytest.raises(WrongStateError):
        request(row)


def test_answer_is_given_once_and_reaches_everybody_or_the_one_who_asked(world: World) -> None:
    row = informed(world)
    first, second = ask(row), ask(row, field="")
    assert reply(world, first, PUBLIC).asked == PUBLIC.asked
    assert reply(world, second, PRIVATE, by="cora").asked == ""
    published = queries.unscoped_published_answers(row.opening_id, 1)
    assert [(one.asked, one.text) for one in published.rows] == [(PUBLIC.asked, PUBLIC.text)]
    with pytest.raises(ConflictError):
        reply(world, first, PRIVATE)
    said = db.session.scalars(select(AuditEvent.content).where(AuditEvent.tag == "question:answered")).all()
    assert said[0] == f'{{"application":"{row.public_id}","field":"workload.people","public":true}}'
    assert unscoped_break() is None


def test_interviewers_other_teams_and_those_in_conflict_neither_read_nor_answer(world: World) -> None:
    row = informed(world)
    asked, wanted = ask(row), request(row)
    world.member("ina")
    world.member("otto", Capacity.AUDITOR)
    world.manager("stranger", "Other")
    for who in ("ina", "otto", "stranger", "admin"):
        with pytest.raises(NotFoundError):
            queries.question(world.actor(who), asked.public_id)
        with pytest.raises(NotFoundError):
            queries.accommodations(world.actor(who), row.public_id)
    with pytest.raises(NotFoundError):
        queries.accommodations(world.actor("manager"), row.public_id)
    with pytest.raises(ForbiddenError):
        arrange(world, wanted, ArrangementDraft(5), by="manager")
    same = operations.add_candidate(draft(world, "Ines", same="cora@example.org"), by=world.actor("manager"), at=now())
    own = operations.add_application(same, opening_of(row), by=world.actor("manager"), at=now())
    delivery(world, own)
    about_self = ask(own)
    with pytest.raises(NotFoundError):
        queries.question(world.actor("cora"), about_self.public_id)
    assert [one.row.id for one in queries.questions(world.actor("cora"), row.opening_id, 1).rows] == [asked.id]
    assert queries.questions(world.actor("manager"), row.opening_id, 1).total == 2
    with pytest.raises(NotFoundError):
        arrange(world, request(own), ArrangementDraft(5))


def test_each_audience_has_its_own_read_of_an_accommodation(world: World) -> None:
    row = informed(world)
    wanted = request(row, f"{CANARY} wants captions")
    waiting = queries.unscoped_extra_time(row.id)
    assert (waiting.requests, waiting.waiting, waiting.arranged) == (1, 1, ())
    arrange(world, wanted, ArrangementDraft(15, "", f"{CANARY} told"))
    arrange(world, wanted, ArrangementDraft(20, "audit-and-feedback"))
    known = queries.unscoped_extra_time(row.id)
    assert (known.requests, known.waiting) == (1, 0)
    assert (known.minutes("audit-and-feedback"), known.minutes("scenario-discussion")) == (20, 15)
    assert CANARY not in repr(known)
    _, (full,) = queries.accommodations(world.actor("cora"), row.public_id)
    assert full.text == f"{CANARY} wants captions"
    assert [one.told for one in full.arrangements] == [f"{CANARY} told", ""]
    note = queries.unscoped_panel_note(row.id, "scenario-discussion")
    assert (note.extra_minutes, note.told) == (15, (f"{CANARY} told",))
    assert queries.unscoped_panel_note(row.id, "audit-and-feedback").told == ()


def test_nothing_of_it_is_readable_in_the_tables_or_in_the_record(world: World) -> None:
    row = informed(world)
    ask(row, CANARY)
    arrange(world, request(row, CANARY), ArrangementDraft(10, "", CANARY))
    sealed = [
        *db.session.scalars(select(ClaimQuestion.text)),
        *db.session.scalars(select(AccommodationRequest.text)),
        *db.session.scalars(select(Arrangement.told)),
    ]
    assert len(sealed) == 3
    assert [one for one in sealed if CANARY.encode() in one] == []
    assert CANARY not in contents()
    assert "Jordan" not in contents()


def test_what_must_not_tell_who_asked_is_refused_with_its_reason(world: World) -> None:
    row = informed(world)
    asked = ask(row)
    naming = AnswerDraft("As I told Jordan, six.", is_public=True, asked="How many people share a shift?")
    with pytest.raises(InvalidError) as refused:
        reply(world, asked, naming)
    assert set(refused.value.problems) == {"text"}
    assert db.session.scalars(select(ClaimAnswer)).all() == []


def test_an_arrangement_by_the_operator_or_by_a_link_is_refused(world: World) -> None:
    row = informed(world)
    with pytest.raises(ForbiddenError):
        operations.arrange(request(row), ArrangementDraft(5), by=candidate_actor(row), at=now())
    with pytest.raises(InvalidError):
        operations.arrange(request(row), ArrangementDraft(999), by=world.actor("cora"), at=now())
    assert Actor.system().member_id is None


def test_a_question_stays_with_the_version_it_was_asked_about(world: World) -> None:
    row = informed(world)
    asked = ask(row)
    publish_changed(world, opening_of(row), ("workload.people", "5"))
    assert queries.question(world.actor("manager"), asked.public_id).version == 1
