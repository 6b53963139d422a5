"""A second person reviews before publishing where the team asks for it: who, of what exactly, and how it is told."""

import html

import pytest
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import keyring_for
from hiringkit.disclosures import operations, queries
from hiringkit.disclosures.models import Incumbent, Review
from hiringkit.disclosures.rules.lifecycle import DisclosureState
from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.foundation.access import Actor, Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db, transaction
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, WrongStateError
from hiringkit.openings import operations as openings
from hiringkit.openings.models import Opening
from hiringkit.people import operations as people
from tests.disclosures.factories import checked, draft, published, saved
from tests.openings.factories import opening
from tests.statements import counted
from tests.world import World

LEVEL = {"pay.level": TypedAnswer(({"value": "Manager 2 of 2"},), basis="policy", source="Level guide")}


def reviewed_team(world: World) -> Opening:
    """Return an opening of a team that wants reviews, with two managers and a checked draft."""
    row = opening(world)
    world.manager("second")
    team = world.team()
    people.set_review(team, team.version, wanted=True, by=world.actor("manager"), at=now())
    checked(world, row)
    return row


def asked(world: World, row: Opening, by: str = "manager") -> Review:
    """Return a review that was asked for."""
    return operations.ask_for_review(row, by=world.actor(by), at=now())


def answered(world: World, review: Review, by: str = "second", note: str = "", *, approves: bool = True) -> None:
    """Answer a review."""
    operations.answer_review(review, note, approves=approves, by=world.actor(by), at=now())


def incumbent(world: World, row: Opening, key: str) -> None:
    """Mark a member as being in the role."""
    with transaction():
        marked = Incumbent(
            opening_id=row.id, member_id=world.members[key].id, added_by_id=world.members["manager"].id, at=now()
        )
        db.session.add(marked)


def state(world: World, row: Opening) -> DisclosureState:
    """Return the state of the draft as the manager sees it."""
    viewer = world.actor("manager")
    return queries.review_standing(viewer, queries.disclosure(viewer, row.public_id)).state


def test_a_team_that_wants_it_publishes_exactly_what_a_second_person_approved(world: World) -> None:
    row = reviewed_team(world)
    with pytest.raises(ConflictError, match="nobody has looked at it") as refused:
        operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    assert "Ask for a review" in refused.value.remedy
    assert state(world, row) is DisclosureState.DRAFT
    review = asked(world, row)
    assert state(world, row) is DisclosureState.IN_REVIEW
    with pytest.raises(ConflictError, match="not answered yet"):
        operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    answered(world, review)
    with pytest.raises(ConflictError, match="approved it yourself"):
        operations.publish_disclosure(row, by=world.actor("second"), at=now())
    version = operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    assert version.content_hash == review.content_hash
    tags = ["disclosure:review_asked", "disclosure:review_answered"]
    found = db.session.scalars(select(AuditEvent).where(AuditEvent.tag.in_(tags)).order_by(AuditEvent.seq)).all()
    assert [one.tag for one in found] == tags
    assert {one.scope for one in found} == {row.public_id}


def test_any_change_that_is_saved_voids_the_approval(world: World) -> None:
    row = reviewed_team(world)
    answered(world, asked(world, row))
    saved(world, draft(world, row), "pay", LEVEL)
    assert state(world, row) is DisclosureState.DRAFT
    with pytest.raises(ConflictError, match="not what the draft says now"):
        operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    answered(world, asked(world, row))
    assert operations.publish_disclosure(row, by=world.actor("manager"), at=now()).number == 1


def test_a_change_during_the_review_leaves_it_without_an_answer(world: World) -> None:
    row = reviewed_team(world)
    review = asked(world, row)
    saved(world, draft(world, row), "pay", LEVEL)
    with pytest.raises(ConflictError, match="Somebody saved a section"):
        answered(world, review)


def test_not_yet_needs_a_note_which_is_sealed_and_sends_the_draft_back(world: World) -> None:
    row = reviewed_team(world)
    review = asked(world, row)
    for note in ("", "  ", "x" * 1001):
        with pytest.raises(InvalidError):
            answered(world, review, note=note, approves=False)
    answered(world, review, note=" Who settles it? ", approves=False)
    assert state(world, row) is DisclosureState.DRAFT
    with pytest.raises(ConflictError, match="not yet"):
        operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    found = queries.unscoped_review(row.id, review.content_hash)
    assert found is not None
    assert found.answer is not None
    assert b"settles" not in found.answer.note
    assert keyring_for([found.answer.note]).open(found.answer.note) == "Who settles it?"
    with pytest.raises(ConflictError, match="answered already"):
        answered(world, review)
    answered(world, asked(world, row))
    assert state(world, row) is DisclosureState.IN_REVIEW


def test_only_another_manager_or_somebody_in_the_role_answers(world: World) -> None:
    row = reviewed_team(world)
    review = asked(world, row)
    world.member("ana")
    world.member("rosa", Capacity.COORDINATOR)
    world.member("paul", Capacity.AUDITOR)
    world.manager("neighbour", team="Other")
    for key in ("manager", "ana", "rosa", "paul", "neighbour"):
        with pytest.raises(ForbiddenError):
            answered(world, review, by=key)
    with pytest.raises(ForbiddenError):
        operations.answer_review(review, "", approves=True, by=Actor.operator("root"), at=now())
    incumbent(world, row, "neighbour")
    with pytest.raises(ForbiddenError):
        answered(world, review, by="neighbour")
    incumbent(world, row, "ana")
    answered(world, review, by="ana")
    assert operations.publish_disclosure(row, by=world.actor("manager"), at=now()).number == 1


def test_an_incumbent_who_left_the_role_or_was_shut_out_answers_no_more(world: World) -> None:
    row = reviewed_team(world)
    review = asked(world, row)
    ana = world.member("ana")
    incumbent(world, row, "ana")
    assert [one.name for one in queries.unscoped_reviewers(row, besides=review.asked_by_id)] == ["Ana", "Second"]
    with transaction():
        db.session.scalars(select(Incumbent)).one().ended_at = now()
    with pytest.raises(ForbiddenError):
        answered(world, review, by="ana")
    people.disable_member(world.members["second"], by=world.admin, at=now())
    assert queries.unscoped_reviewers(row, besides=review.asked_by_id) == []
    assert ana.name == "Ana"


def test_asking_is_refused_where_there_is_nothing_to_look_at(world: World) -> None:
    row = opening(world)
    with pytest.raises(ConflictError, match="no draft"):
        asked(world, row)
    made = draft(world, row)
    with pytest.raises(InvalidError, match="Why this opening"):
        asked(world, row)
    checked(world, row)
    with pytest.raises(ConflictError, match="nobody else"):
        asked(world, row)
    world.manager("second")
    seen = queries.disclosure(world.actor("manager"), row.public_id).seen
    with pytest.raises(ConflictError, match="Somebody saved a section"):
        operations.ask_for_review(row, seen=seen - 1, by=world.actor("manager"), at=now())
    asked(world, row)
    with pytest.raises(WrongStateError):
        asked(world, row)
    operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    with pytest.raises(ConflictError, match="exactly this already"):
        asked(world, row)
    assert made.opening_id == row.id


def in_hand(world: World, key: str) -> list[tuple[str, str, bool]]:
    """Return what lies in somebody's hand: the opening, the other person, and whether to answer."""
    found = queries.reviews_in_hand(world.actor(key))
    return [(one.opening.title, one.other, one.is_to_answer) for one in found]


def test_a_review_lies_in_the_hand_of_those_who_may_answer_until_the_draft_changes(world: World) -> None:
    row = reviewed_team(world)
    world.member("ana")
    world.member("rosa", Capacity.COORDINATOR)
    world.member("paul", Capacity.AUDITOR)
    world.manager("neighbour", team="Other")
    incumbent(world, row, "ana")
    incumbent(world, row, "neighbour")
    review = asked(world, row)
    everybody = ("manager", "second", "ana", "rosa", "paul", "neighbour", "admin")
    waiting = [(row.title, "Manager", True)]
    assert [key for key in everybody if in_hand(world, key) == waiting] == ["second", "ana"]
    assert [key for key in everybody if in_hand(world, key)] == ["second", "ana"]
    assert queries.reviews_in_hand(world.actor("second"))[0].since == review.at
    before = draft(world, row)
    saved(world, before, "pay", LEVEL)
    assert in_hand(world, "second") == []
    asked(world, row)
    assert in_hand(world, "second") == waiting
    openings.move_opening(row, "close", by=world.actor("manager"), at=now())
    assert in_hand(world, "second") == []


def test_not_yet_comes_back_to_who_asked_until_they_change_the_draft_or_ask_again(world: World) -> None:
    row = reviewed_team(world)
    answered(world, asked(world, row), note="Who settles it?", approves=False)
    came_back = [(row.title, "Second", False)]
    assert [in_hand(world, key) for key in ("manager", "second")] == [came_back, []]
    again = asked(world, row)
    assert [in_hand(world, key) for key in ("manager", "second")] == [[], [(row.title, "Manager", True)]]
    answered(world, again, note="Still not.", approves=False)
    assert in_hand(world, "manager") == came_back
    saved(world, draft(world, row), "pay", LEVEL)
    assert in_hand(world, "manager") == []
    answered(world, asked(world, row))
    assert in_hand(world, "manager") == in_hand(world, "second") == []


def test_a_review_that_publishing_did_not_wait_for_is_over(world: World) -> None:
    row = opening(world)
    world.manager("second")
    checked(world, row)
    asked(world, row)
    assert in_hand(world, "second") == [(row.title, "Manager", True)]
    operations.publish_disclosure(row, by=world.actor("manager"), at=now())
    assert in_hand(world, "second") == []


def test_reviews_in_hand_take_one_statement_and_are_at_most_ten(sqlite_world: World) -> None:
    world = sqlite_world
    reviewed_team(world)
    for number in range(12):
        with transaction():
            row = opening(world, f"Lead {number}")
            checked(world, row)
            asked(world, row)
    viewer = world.actor("second")
    with counted() as seen:
        found = queries.reviews_in_hand(viewer)
    assert len(seen) == 1
    assert [one.opening.title for one in found] == [f"Lead {number}" for number in range(11, 1, -1)]


def test_a_team_without_it_publishes_as_before(world: World) -> None:
    assert published(world).number == 1


def test_the_pages_lead_from_asking_to_publishing(sqlite_world: World) -> None:
    world = sqlite_world
    row = reviewed_team(world)
    where = f"/openings/{row.public_id}/disclosure"
    manager, second = world.browser("manager"), world.browser("second")
    page = html.unescape(manager.get(where).get_data(as_text=True))
    assert "Ask for a review" in page
    assert "Second can answer" in page
    assert f'action="{where}/publication"' not in page
    assert manager.submit(where, f"{where}/reviews").status_code == 303
    assert "In review" in manager.get(where).get_data(as_text=True)
    assert "asks you whether it may be published" in second.get(where).get_data(as_text=True)
    review = db.session.scalars(select(Review)).one()
    act = f"{where}/reviews/{review.public_id}/answer"
    shown = html.unescape(second.get(f"{where}/review").get_data(as_text=True))
    assert "Kind of opening" in shown
    assert act not in manager.get(f"{where}/review").get_data(as_text=True)
    refused = second.submit(f"{where}/review", act, verdict="not yet", note="")
    assert refused.status_code == 422
    assert second.submit(f"{where}/review", act, verdict="not yet", note="Name the shift.").status_code == 303
    assert "Name the shift." in manager.get(where).get_data(as_text=True)
    world.member("ana")
    assert "Name the shift." not in world.browser("ana").get(where).get_data(as_text=True)
    assert manager.submit(where, f"{where}/reviews").status_code == 303
    newer = db.session.scalars(select(Review).order_by(Review.id.desc())).first()
    assert newer is not None
    again = f"{where}/reviews/{newer.public_id}/answer"
    assert second.submit(f"{where}/review", again, verdict="approve").status_code == 303
    assert "Another manager publishes it" in second.get(where).get_data(as_text=True)
    assert "Second approved exactly what it says." in manager.get(where).get_data(as_text=True)
    assert manager.submit(where, f"{where}/publication").status_code == 303


def test_a_reviewer_reads_what_changes_since_the_published_version(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world)
    published(world, row)
    saved(world, draft(world, row), "pay", LEVEL)
    browser = world.browser("manager")
    where = f"/openings/{row.public_id}/disclosure/review"
    browser.get(where)
    with counted() as seen:
        page = html.unescape(browser.get(where).get_data(as_text=True))
    assert len(seen) <= 8, seen
    changes = page.partition('id="changes"')[2].partition('id="why"')[0]
    assert "What changes since version 1" in changes
    assert "Manager 2 of 2" in changes
    assert "Changed" in changes
