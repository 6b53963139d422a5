"""An exercise for a set that no pack brought one for: begun with parallel forms, written, rated, published, passed."""

import re

import pytest
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import Exercise, FormDraft, FormDraftResponse
from hiringkit.calibration.queries import UnwrittenSet
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.drafting import DraftedResponse, FormDraftState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError
from tests.calibration import expertise
from tests.calibration import factories as make
from tests.calibration.test_expert_views import draft_url, text_of
from tests.calibration.test_importing import ANCHOR, NEW_VERSION
from tests.statements import counted
from tests.world import HIDDEN, NINE, World

KEY = "front-desk"
RATED = "[safety-first-judgement, compliance, documentation-habits, handoffs, stakeholder-communication]"
SET = ("competency_sets:\n", f"competency_sets:\n  - key: {KEY}\n    name: Front desk\n    competencies: {RATED}\n")
STATEMENTS = 8


@pytest.fixture
def unwritten(world: World) -> UnwrittenSet:
    """Return a set without an exercise, in a world with a manager."""
    world.manager()
    make.import_pack(world, SET)
    (found,) = queries.unscoped_unwritten_sets()
    return found


def begin(world: World, unwritten: UnwrittenSet) -> list[FormDraft]:
    """Let the manager begin the exercise of a set."""
    return operations.begin_exercise(unwritten, by=world.actor("manager"), at=NINE)


def publish(world: World, row: FormDraft) -> None:
    """Write a draft, have three experts rate it as the form of the starter pack is rated, and publish it."""
    by = world.actor("manager")
    wanted = select(FormDraftResponse).where(FormDraftResponse.draft_id == row.id).order_by(FormDraftResponse.position)
    for one in db.session.scalars(wanted).all():
        written = DraftedResponse(one.block, "What now?", f"Answer {one.position} of form {row.letter}.")
        operations.save_draft_response(row, one, written, one.version, by=by, at=NINE)
    reference = make.gold(make.form(world).row.id)
    for name in expertise.EXPERTS:
        (expert,) = expertise.ask(world, row, name)
        own = world.actor(name)
        for response in queries.expert_responses(queries.own_expert(own, expert.public_id)):
            drafts = {c.version: (reference[response.row.position, c.version], "It says so.") for c in response.columns}
            operations.save_expert_response(expert, response.row, drafts, response.version, by=own, at=NINE)
        operations.seal_ratings(expert, by=own, at=NINE)
    operations.close_rating(row, by=by, at=NINE)
    operations.publish_form(row, by=by, at=NINE)


def test_a_pack_with_an_exercise_for_each_set_leaves_none_to_begin(world: World) -> None:
    make.import_pack(world)
    assert queries.unscoped_unwritten_sets() == []


def test_it_begins_with_two_empty_parallel_forms(world: World, unwritten: UnwrittenSet) -> None:
    assert unwritten.points == (7,) * 5
    drafts = begin(world, unwritten)
    assert [(row.letter, row.state, row.set_version_id) for row in drafts] == [
        ("A", FormDraftState.DRAFT, unwritten.row.id),
        ("B", FormDraftState.DRAFT, unwritten.row.id),
    ]
    exercise = db.session.scalars(select(Exercise).where(Exercise.key == KEY)).one()
    assert exercise.title == "Front desk"
    responses = db.session.scalars(select(FormDraftResponse).where(FormDraftResponse.draft_id == drafts[0].id)).all()
    assert [one.block for one in responses] == [1] * 8 + [2] * 4
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(3)).all()
    assert [one.tag for one in reversed(events)] == ["exercise:begun", "form_draft:started", "form_draft:started"]
    assert {one.cause for one in events[:2]} == {events[2].seq}
    assert queries.unscoped_unwritten_sets() == []
    own = queries.own_exercises(world.actor("manager"), NINE)
    assert KEY not in {one.form.exercise.key for one in own}, "nobody can rate it yet"


def test_it_is_written_rated_published_and_passed_as_any_other(world: World, unwritten: UnwrittenSet) -> None:
    row, other = begin(world, unwritten)
    publish(world, row)
    written = next(one for one in queries.unscoped_exercises() if one.row.key == KEY)
    assert ([form.letter for form in written.forms], written.on_their_way) == (["A"], ["B"])
    world.member("ana")
    made = make.calibrate(world, "ana", KEY)
    assert made.state is AttemptState.PASSED
    copied = db.session.scalars(select(FormDraftResponse).where(FormDraftResponse.draft_id == other.id)).first()
    assert copied is not None
    same = DraftedResponse(copied.block, "What now?", "Answer 1 of form A.")
    operations.save_draft_response(other, copied, same, copied.version, by=world.actor("manager"), at=NINE)
    lacks = queries.lacks_of_text(queries.draft(world.actor("manager"), other.public_id), [copied])
    assert any("word for word an answer of form A" in sentence for sentence in lacks)


def test_it_is_not_begun_twice_but_again_when_both_forms_were_ended(world: World, unwritten: UnwrittenSet) -> None:
    drafts = begin(world, unwritten)
    with pytest.raises(ConflictError, match="on its way already"):
        begin(world, unwritten)
    for row in drafts:
        operations.end_draft(row, by=world.actor("manager"), at=NINE)
    assert [one.row.key for one in queries.unscoped_unwritten_sets()] == [KEY]
    assert [row.letter for row in begin(world, unwritten)] == ["A", "B"]
    assert len(db.session.scalars(select(Exercise).where(Exercise.key == KEY)).all()) == 1


def test_a_changed_scale_leaves_a_set_to_begin_anew_from_the_text_it_had(world: World, unwritten: UnwrittenSet) -> None:
    row, other = begin(world, unwritten)
    publish(world, row)
    make.import_pack(world, SET, NEW_VERSION, ANCHOR)
    (found,) = (one for one in queries.unscoped_unwritten_sets() if one.row.key == KEY)
    with pytest.raises(ConflictError, match="form B is on its way already"):
        begin(world, found)
    assert db.session.scalars(select(FormDraft).where(FormDraft.set_version_id == found.row.id)).all() == []
    operations.end_draft(other, by=world.actor("manager"), at=NINE)
    drafts = begin(world, found)
    texts = [
        db.session.scalars(select(FormDraftResponse.response).where(FormDraftResponse.draft_id == one.id)).first()
        for one in drafts
    ]
    assert texts == ["Answer 1 of form A.", ""]


@pytest.mark.parametrize(
    ("points", "sentence"),
    [((7, 5), "different lengths"), ((4,) * 5, "no lines for a scale of 1 to 4"), ((), "no comp")],
)
def test_a_set_that_no_form_could_rate_is_refused(
    world: World, unwritten: UnwrittenSet, points: tuple[int, ...], sentence: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        begin(world, UnwrittenSet(unwritten.row, points))
    assert sentence in refused.value.problems["set_id"]
    assert db.session.scalars(select(Exercise).where(Exercise.key == KEY)).all() == []


def test_only_authors_begin_one(world: World, unwritten: UnwrittenSet) -> None:
    world.member("ana")
    world.member("cora", Capacity.COORDINATOR)
    for name in ("ana", "cora"):
        with pytest.raises(ForbiddenError):
            operations.begin_exercise(unwritten, by=world.actor(name), at=NINE)
        browser = world.browser(name)
        sent = dict(HIDDEN.findall(text_of(browser, "/"))) | {"set_id": unwritten.row.public_id}
        assert browser.post("/calibration/exercises", data=sent).status_code == 403


def test_an_author_begins_one_on_the_page(world: World, unwritten: UnwrittenSet) -> None:
    manager, page = world.browser("manager"), "/calibration/drafts"
    assert "Front desk: 5 competencies" in text_of(manager, page)
    for wrong in ("", "nothing-of-the-kind"):
        refused = manager.submit(page, "/calibration/exercises", set_id=wrong)
        assert refused.status_code == 422
        assert "The forms that interviewers rate" in refused.get_data(as_text=True)
    answer = manager.submit(page, "/calibration/exercises", set_id=unwritten.row.public_id)
    first = db.session.scalars(select(FormDraft).order_by(FormDraft.id)).first()
    assert first is not None
    assert answer.location == draft_url(first)
    assert "Front desk, form A" in text_of(manager, answer.location)
    shown = text_of(manager, page)
    assert "Nobody can rate it yet: forms A and B are on their way." in shown
    assert "Sets without an exercise" not in shown
    assert "Write form C" in shown
    operations.end_draft(db.session.get_one(FormDraft, first.id), by=world.actor("manager"), at=NINE)
    assert "Nobody can rate it yet: form B is on its way." in text_of(manager, page)


def test_a_double_click_begins_one(world: World, unwritten: UnwrittenSet) -> None:
    manager = world.browser("manager")
    text = manager.get("/calibration/drafts").get_data(as_text=True)
    form = next(
        one for one in re.findall(r"<form.*?</form>", text, re.DOTALL) if 'action="/calibration/exercises"' in one
    )
    fields = dict(re.findall(r'name="(csrf_token|form_key)" value="([^"]*)"', form))
    answers = [
        manager.post("/calibration/exercises", data=fields | {"set_id": unwritten.row.public_id}) for _ in range(2)
    ]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert len(db.session.scalars(select(FormDraft)).all()) == 2


def test_the_page_takes_few_statements_with_sets_to_begin(sqlite_world: World) -> None:
    world = sqlite_world
    world.manager()
    make.import_pack(world, SET)
    browser = world.browser("manager")
    with counted() as seen:
        assert browser.get("/calibration/drafts").status_code == 200
    assert len(seen) <= STATEMENTS, seen
