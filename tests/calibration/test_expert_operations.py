"""Experts rate alone and seal, settle where they are far apart, and their median becomes the gold of a new version."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from hiringkit.audit.models import AuditEvent, SubjectKey
from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import ExerciseForm, ExpertDraft, ExpertRating, FormExpert, Standing
from hiringkit.calibration.queries import Reason
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.drafting import FormDraftState, Round
from hiringkit.calibration.rules.standing import StandingNow, StandingState
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleEditError,
    WrongStateError,
)
from tests.calibration import expertise
from tests.calibration import factories as make
from tests.calibration.test_importing import ANCHOR, NEW_VERSION
from tests.world import NINE, World

DAY = timedelta(days=1)


def standing_now(world: World, name: str) -> StandingNow:
    """Return where a member stands on the exercise."""
    own = queries.own_exercises(world.actor(name), NINE)
    return next(one.standing.now for one in own if one.form.exercise.key == make.JUDGEMENT)


def test_an_expert_rates_every_response_in_an_order_drawn_for_them_and_seals(world: World) -> None:
    row = expertise.draft(world)
    eva, edo = expertise.ask(world, row, "eva", "edo")
    view = queries.own_expert(world.actor("eva"), eva.public_id)
    given = queries.expert_responses(view)
    assert [one.row.position for one in given] == eva.response_order
    assert sorted(eva.response_order) == list(range(1, 13))
    expertise.seal(world, "eva", eva)
    stored = db.session.scalars(select(ExpertRating).where(ExpertRating.expert_id == eva.id)).all()
    assert len(stored) == 60
    assert {one.round for one in stored} == {Round.ALONE}
    assert edo.sealed_at is None
    tags = db.session.scalars(
        select(AuditEvent.tag).where(AuditEvent.tag.startswith("expert:")).order_by(AuditEvent.seq)
    )
    assert list(tags) == ["expert:asked", "expert:asked", "expert:sealed"]


def test_a_half_rated_form_is_kept_and_cannot_be_sealed(world: World) -> None:
    row = expertise.draft(world)
    (eva,) = expertise.ask(world, row, "eva")
    by = world.actor("eva")
    first = queries.expert_responses(queries.own_expert(by, eva.public_id))[0]
    column = first.columns[0]
    kept = operations.save_expert_response(eva, first.row, {column.version: (3, "")}, 0, by=by, at=NINE)
    assert kept.cells[column.version].rating == 3
    assert kept.lacks
    with pytest.raises(InvalidError, match="missing for response 1, 2"):
        operations.seal_ratings(eva, by=by, at=NINE)
    with pytest.raises(StaleEditError):
        operations.save_expert_response(eva, first.row, {}, 0, by=by, at=NINE)
    with pytest.raises(InvalidError):
        operations.save_expert_response(eva, first.row, {column.version: (8, "")}, 1, by=by, at=NINE)


def test_nobody_rates_or_reads_what_was_asked_of_another(world: World) -> None:
    row = expertise.draft(world)
    eva, _ = expertise.ask(world, row, "eva", "edo")
    for name in ("edo", "manager", "admin"):
        with pytest.raises(NotFoundError):
            queries.own_expert(world.actor(name), eva.public_id)
        with pytest.raises(ForbiddenError):
            operations.seal_ratings(eva, by=world.actor(name), at=NINE)


def test_sealed_ratings_never_change(world: World) -> None:
    row = expertise.draft(world)
    (eva,) = expertise.ask(world, row, "eva")
    expertise.seal(world, "eva", eva)
    with pytest.raises(WrongStateError, match="sealed"):
        expertise.rate(world, "eva", eva)
    with pytest.raises(WrongStateError):
        operations.seal_ratings(eva, by=world.actor("eva"), at=NINE)
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(update(ExpertRating).values(rating=1))
    db.session.rollback()


def test_words_of_experts_are_sealed_with_their_own_keys(world: World) -> None:
    row = expertise.draft(world)
    (eva,) = expertise.ask(world, row, "eva")
    expertise.rate(world, "eva", eva)
    stored = db.session.scalars(select(ExpertDraft.rationale)).all()
    assert len(stored) == 60
    assert not any(b"eva of" in one for one in stored if one)


def test_who_has_begun_to_rate_the_form_is_not_asked(world: World) -> None:
    world.member("ana")
    make.start(world, "ana")
    row = expertise.draft(world)
    by = world.actor("manager")
    for address, sentence in {
        "ana@example.org": "may know the reference ratings of this form",
        "nobody@example.org": "Nobody with this mail address",
    }.items():
        with pytest.raises(InvalidError) as refused:
            operations.ask_expert(row, address, by=by, at=NINE)
        assert sentence in refused.value.problems["address"]
    expertise.ask(world, row, "eva")
    with pytest.raises(InvalidError) as refused:
        expertise.ask(world, row, "eva")
    assert refused.value.problems == {"address": "Eva was asked before."}
    assert db.session.scalar(select(func.count()).select_from(FormExpert)) == 1


def test_an_expert_of_a_form_is_not_calibrated_on_it(world: World) -> None:
    row = expertise.draft(world)
    world.member("ana")
    expertise.ask(world, row, "ana")
    with pytest.raises(ConflictError, match="one of its experts"):
        operations.start_attempt(make.form(world).row, by=world.actor("ana"), at=NINE)
    own = queries.own_exercises(world.actor("ana"), NINE)
    offered = {(one.form.exercise.key, one.form.row.letter) for one in own}
    assert offered == {(make.JUDGEMENT, "B"), (make.OPERATIONS, "A")}
    operations.end_draft(row, by=world.actor("manager"), at=NINE)
    assert make.next_form(world, "ana").row.letter == "A"
    assert make.start(world, "ana").state is AttemptState.STARTED


def test_only_authors_write_ask_close_and_publish(world: World) -> None:
    row = expertise.draft(world)
    member = world.member("ana")
    by, view = world.actor("ana"), make.form(world)
    with pytest.raises(ForbiddenError):
        operations.start_draft(view.exercise, "B", None, by=by, at=NINE)
    with pytest.raises(ForbiddenError):
        operations.ask_expert(row, member.email, by=by, at=NINE)
    for act in (operations.close_rating, operations.close_settling, operations.publish_form, operations.end_draft):
        with pytest.raises(ForbiddenError):
            act(row, by=by, at=NINE)
    with pytest.raises(NotFoundError):
        queries.draft(by, row.public_id)


def test_two_sealed_experts_are_too_few_to_close(world: World) -> None:
    row = expertise.draft(world)
    experts = expertise.ask(world, row, *expertise.EXPERTS)
    for name, expert in zip(expertise.EXPERTS[:2], experts[:2], strict=True):
        expertise.seal(world, name, expert)
    with pytest.raises(ConflictError, match="2 experts have sealed; at least 3 are needed"):
        operations.close_rating(row, by=world.actor("manager"), at=NINE)


def test_who_has_not_sealed_when_the_rating_is_closed_is_out(world: World) -> None:
    row = expertise.draft(world)
    experts = expertise.ask(world, row, *expertise.EXPERTS, "late")
    for name, expert in zip(expertise.EXPERTS, experts[:3], strict=True):
        expertise.seal(world, name, expert)
    operations.close_rating(row, by=world.actor("manager"), at=NINE)
    assert row.state is FormDraftState.SETTLED
    with pytest.raises(WrongStateError, match="closed"):
        expertise.rate(world, "late", experts[3])
    with pytest.raises(NotFoundError):
        queries.responses_apart(queries.own_expert(world.actor("late"), experts[3].public_id))


def test_only_cells_that_are_far_apart_are_opened_and_only_to_the_experts(world: World) -> None:
    cell = expertise.cell_with_gold(make.form(world), 7)
    row, experts = expertise.closed(world, [make.like_gold, make.like_gold, expertise.far_apart(cell, 4)])
    assert row.state is FormDraftState.SETTLING
    opened = queries.responses_apart(queries.own_expert(world.actor("emi"), experts[2].public_id))
    assert [(one.row.position, len(one.cells)) for one in opened] == [(cell // 5 + 1, 1)]
    shown = opened[0].cells[0]
    assert [reason.rating for reason in shown.given] == [4, 7, 7]
    assert (shown.own, shown.settled) == (4, None)


def test_a_range_of_two_is_not_opened(world: World) -> None:
    cell = expertise.cell_with_gold(make.form(world), 7)
    row, _ = expertise.closed(world, [make.like_gold, make.like_gold, expertise.far_apart(cell, 5)])
    assert row.state is FormDraftState.SETTLED


def test_what_others_settle_on_is_not_seen_and_the_last_one_finishes(world: World) -> None:
    cell = expertise.cell_with_gold(make.form(world), 7)
    row, experts = expertise.closed(world, [make.like_gold, make.like_gold, expertise.far_apart(cell, 1)])
    for name, expert, rating in zip(expertise.EXPERTS, experts, (6, 5, 5), strict=True):
        by = world.actor(name)
        view = queries.own_expert(by, expert.public_id)
        opened = queries.responses_apart(view)[0]
        assert [reason.rating for reason in opened.cells[0].given] == [1, 7, 7]
        version = opened.cells[0].column.version
        with pytest.raises(InvalidError, match="Some of this"):
            operations.settle_response(expert, opened.row, {version: (rating, "")}, 0, by=by, at=NINE)
        operations.settle_response(expert, opened.row, {version: (rating, f"{name} after reading.")}, 0, by=by, at=NINE)
        with pytest.raises(WrongStateError):
            operations.settle_response(expert, opened.row, {version: (1, "Again.")}, 0, by=by, at=NINE)
    assert row.state is FormDraftState.SETTLED
    form = operations.publish_form(row, by=world.actor("manager"), at=NINE)
    position, version = cell // 5 + 1, opened.cells[0].column.version
    assert make.gold(form.id)[position, version] == 5
    assert queries.unscoped_reasons(form.id)[position, version] == [
        Reason(5, "edo after reading."),
        Reason(5, "emi after reading."),
        Reason(6, "eva after reading."),
    ]
    assert "On 1 of 60 ratings" in form.gold_note


def test_settling_may_be_closed_and_what_was_given_alone_stands(world: World) -> None:
    cell = expertise.cell_with_gold(make.form(world), 7)
    row, experts = expertise.closed(world, [make.like_gold, make.like_gold, expertise.far_apart(cell, 1)])
    operations.close_settling(row, by=world.actor("manager"), at=NINE)
    assert row.state is FormDraftState.SETTLED
    view = queries.own_expert(world.actor("eva"), experts[0].public_id)
    assert not view.may_settle
    with pytest.raises(NotFoundError):
        queries.responses_apart(view)
    form = operations.publish_form(row, by=world.actor("manager"), at=NINE)
    assert sorted(make.gold(form.id).values()) == sorted(expertise.drafted_gold(row).values())


def test_publishing_makes_a_new_version_with_the_median_as_gold(world: World) -> None:
    before = make.form(world).row
    gold = make.gold(before.id)
    row, _ = expertise.closed(world, [make.like_gold, lambda g, _: min(7, g + 1), lambda g, _: max(1, g - 1)])
    form = operations.publish_form(row, by=world.actor("manager"), at=NINE)
    assert (form.letter, form.gold_basis) == (before.letter, "panel")
    assert form.number > before.number
    assert make.gold(form.id) == gold
    assert (row.state, row.form_id) == (FormDraftState.PUBLISHED, form.id)
    assert make.form(world).row.id == form.id
    assert before.gold_basis == "drafted"
    with pytest.raises(WrongStateError):
        operations.publish_form(row, by=world.actor("manager"), at=NINE)


def test_a_form_that_fails_the_checks_is_refused_with_each_named(world: World) -> None:
    row, _ = expertise.closed(world, [lambda _g, _c: 4] * 3)
    with pytest.raises(InvalidError) as refused:
        operations.publish_form(row, by=world.actor("manager"), at=NINE)
    said = refused.value.sentence
    for words in (
        "The panel's agreement is undefined: the ratings do not vary.",
        "The gold varies by an SD of 0.00 points",
        "0% of the gold is in the low third",
        "0 answers of the first 8 responses are clearly unsafe",
        "hardly differs between competencies",
    ):
        assert words in said, words
    assert db.session.scalar(select(func.count()).where(ExerciseForm.gold_basis == "panel")) == 0


def test_a_changed_scale_keeps_the_draft_from_being_published(world: World) -> None:
    row, _ = expertise.closed(world)
    make.import_pack(world, NEW_VERSION, ANCHOR, at=NINE + DAY)
    with pytest.raises(ConflictError, match="scale has changed"):
        operations.publish_form(row, by=world.actor("manager"), at=NINE + DAY)


def test_a_standing_earned_on_drafted_gold_keeps_its_words_and_holds(world: World) -> None:
    world.member("ana")
    earned = make.calibrate(world, "ana")
    expertise.published(world)
    own = next(
        one for one in queries.own_exercises(world.actor("ana"), NINE) if one.form.exercise.key == make.JUDGEMENT
    )
    assert own.standing.now.state is StandingState.CALIBRATED
    assert own.standing.now.words == "calibrated on drafted gold until"
    world.member("ben")
    make.calibrate(world, "ben")
    bases = db.session.scalars(select(Standing.gold_basis).order_by(Standing.id)).all()
    assert bases == ["drafted", "panel"]
    assert earned.state is AttemptState.PASSED
    ben = next(
        one for one in queries.own_exercises(world.actor("ben"), NINE) if one.form.exercise.key == make.JUDGEMENT
    )
    assert ben.standing.now.words == "calibrated until"


def test_an_attempt_under_way_goes_on_with_the_version_it_began_with(world: World) -> None:
    world.member("ana")
    begun = make.start(world, "ana")
    expertise.published(world)
    make.rate(world, "ana", begun)
    decided = operations.submit_attempt(begun, by=world.actor("ana"), at=NINE)
    assert decided.state is AttemptState.PASSED
    assert db.session.scalars(select(Standing.gold_basis)).all() == ["drafted"]


def test_the_same_pack_again_does_not_take_the_panels_gold_away(world: World) -> None:
    form = expertise.published(world)
    make.import_pack(world, NEW_VERSION, at=NINE + DAY)
    assert make.form(world).row.id == form.id


def test_a_result_shows_each_experts_reason_without_a_name(world: World) -> None:
    expertise.published(world)
    world.member("ana")
    made = make.calibrate(world, "ana")
    compared = queries.own_comparisons(queries.own_attempt(world.actor("ana"), made.public_id))
    first = compared[0].comparisons[0]
    assert first.rationale == ""
    assert {reason.rating for reason in first.reasons} == {first.gold}
    assert sorted(reason.words.split()[0] for reason in first.reasons) == ["edo", "emi", "eva"]


def test_an_unsafe_cell_of_a_panel_is_one_that_no_expert_rated_above_two(world: World) -> None:
    cell = make.unsafe_cell(make.form(world))
    row, _ = expertise.closed(world, [make.like_gold, make.like_gold, expertise.far_apart(cell, 3)])
    form = operations.publish_form(row, by=world.actor("manager"), at=NINE)
    world.member("ana")
    made = make.attempt(world, "ana", make.seeing(cell, 7))
    assert made.form_id == form.id
    assert made.state is AttemptState.PASSED


def test_reasons_of_an_erased_expert_read_as_erased(world: World) -> None:
    form = expertise.published(world)
    key = db.session.get_one(SubjectKey, world.members["eva"].subject_id)
    key.wrapped, key.erased_at = None, NINE
    db.session.commit()
    words = {reason.words for reasons in queries.unscoped_reasons(form.id).values() for reason in reasons}
    assert "(erased)" in words
    assert not any(one.startswith("eva") for one in words)
