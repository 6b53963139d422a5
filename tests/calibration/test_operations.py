"""An attempt is rated blind, decided once by the policy it began under, and a pass earns a standing that ends."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import unscoped_break
from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import (
    Attempt,
    AttemptRating,
    AttemptResult,
    CalibrationPolicy,
    CalibrationSession,
    Standing,
)
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.default_tables import DEFAULT_TABLES
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.standing import StandingState
from hiringkit.foundation.access import Actor, Capacity
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleEditError,
    WrongStateError,
)
from tests.calibration import factories as make
from tests.world import NINE, World

DAY = timedelta(days=1)


def results(attempt: Attempt) -> list[AttemptResult]:
    """Return the stored results of an attempt, by stage."""
    wanted = select(AttemptResult).where(AttemptResult.attempt_id == attempt.id).order_by(AttemptResult.stage)
    return list(db.session.scalars(wanted))


def standing(world: World, who: str) -> Standing | None:
    """Return the newest standing of a member."""
    member_id = world.members[who].id
    return db.session.scalar(select(Standing).where(Standing.member_id == member_id).order_by(Standing.id.desc()))


def test_rating_as_the_reference_does_passes_and_earns_a_standing(world: World) -> None:
    world.member("ana")
    made = make.calibrate(world, "ana")
    earned = standing(world, "ana")
    assert made.state is AttemptState.PASSED
    assert earned is not None
    assert (earned.attempt_id, earned.gold_basis, earned.session_limit) == (made.id, "drafted", 20)
    assert earned.valid_until - earned.valid_from == timedelta(days=90)
    tags = db.session.scalars(select(AuditEvent.tag).where(AuditEvent.scope == "calibration").order_by(AuditEvent.seq))
    assert list(tags) == ["attempt:started", "attempt:submitted", "standing:earned"]
    assert unscoped_break() is None


def test_a_standing_begins_on_the_day_of_the_organisation(world: World) -> None:
    world.member("ana")
    late = NINE.replace(hour=3)  # Still the day before in Chicago, where the organisation is.
    make.calibrate(world, "ana", at=late)
    earned = standing(world, "ana")
    assert earned is not None
    assert earned.valid_from == late.date() - DAY


def test_two_points_too_severe_is_not_yet_and_earns_nothing(world: World) -> None:
    world.member("ben")
    made = make.attempt(world, "ben", make.severe)
    stored = results(made)
    assert made.state is AttemptState.NOT_YET
    assert [(row.stage, row.outcome) for row in stored] == [(1, "not_yet")]
    assert stored[0].measures["findings"][0]["kind"] == "too severe"
    assert standing(world, "ben") is None


def test_close_to_the_line_asks_for_four_more_and_then_decides_on_all_twelve(world: World) -> None:
    world.member("chi")
    made = make.attempt(world, "chi", make.near_the_line)
    assert made.state is AttemptState.EXTENDED
    assert results(made)[0].measures["findings"] == []
    assert standing(world, "chi") is None
    view = queries.own_attempt(world.actor("chi"), made.public_id)
    reserve = queries.own_responses(view)
    assert [one.row.block for one in reserve] == [2, 2, 2, 2]
    assert [one.place for one in reserve] == [9, 10, 11, 12]
    make.rate(world, "chi", made, make.like_gold)
    decided = operations.submit_attempt(made, by=world.actor("chi"), at=NINE)
    assert decided.state is AttemptState.PASSED
    assert [(row.stage, row.outcome, len(row.ratings)) for row in results(made)] == [(1, "extend", 8), (2, "pass", 12)]
    assert standing(world, "chi") is not None


def test_the_first_block_is_closed_once_it_was_submitted(world: World) -> None:
    world.member("chi")
    made = make.start(world, "chi")
    by = world.actor("chi")
    first = queries.own_responses(queries.own_attempt(by, made.public_id))[0]
    make.rate(world, "chi", made, make.near_the_line)
    operations.submit_attempt(made, by=by, at=NINE)
    with pytest.raises(NotFoundError):
        operations.save_response(made, first.row, {}, 1, by=by, at=NINE)


@pytest.mark.parametrize(("rating", "state"), [(3, AttemptState.PASSED), (4, AttemptState.NOT_YET)])
def test_one_missed_danger_fails_and_a_near_miss_does_not(world: World, rating: int, state: AttemptState) -> None:
    world.member("dia")
    judge = make.seeing(make.unsafe_cell(make.form(world)), rating)
    made = make.attempt(world, "dia", judge)
    assert made.state is state
    safety = results(made)[0].measures["safety"]
    assert (len(safety["misses"]), len(safety["near_misses"])) == ((0, 1) if rating == 3 else (1, 0))
    assert min(results(made)[0].measures["margins"].values()) > 0


def test_a_later_policy_relabels_nothing_and_judges_only_later_attempts(world: World) -> None:
    for who in ("ana", "eve"):
        world.member(who)
    passed, running = make.calibrate(world, "ana"), make.start(world, "eve")
    before = results(passed)[0].measures
    strict = replace(DEFAULT_POLICY, scales=tuple(replace(one, absolute_error=0.1) for one in DEFAULT_POLICY.scales))
    tables = make.tables(strict)
    row = operations.adopt_policy(strict, tables, by=world.admin, at=NINE)
    assert (row.number, queries.unscoped_policy()) == (2, strict)
    assert queries.adopted(row).tables == tuple(tables)
    db.session.expire_all()
    assert results(passed)[0].measures == before
    kept = queries.own_attempt(world.actor("ana"), passed.public_id).adopted
    assert (kept.policy, kept.tables) == (DEFAULT_POLICY, DEFAULT_TABLES)
    assert queries.own_exercises(world.actor("ana"), NINE)[0].standing.now.state is StandingState.CALIBRATED
    make.rate(world, "eve", running, lambda gold, cell: max(1, gold - (cell % 4 == 0)))
    assert operations.submit_attempt(running, by=world.actor("eve"), at=NINE).state is AttemptState.PASSED
    world.member("fay")
    assert make.attempt(world, "fay", lambda gold, cell: max(1, gold - (cell % 4 == 0))).state is AttemptState.EXTENDED


def test_adopting_the_same_policy_again_adds_no_row(world: World) -> None:
    first = operations.adopt_policy(by=world.admin, at=NINE)
    assert operations.adopt_policy(by=world.admin, at=NINE + DAY) is first


def test_a_policy_is_adopted_with_the_error_rates_of_its_own_lines_alone(world: World) -> None:
    lax = replace(DEFAULT_POLICY, scales=tuple(replace(one, mean_error=2.0) for one in DEFAULT_POLICY.scales))
    for tables in (DEFAULT_TABLES, make.tables(lax)[:1], ()):
        with pytest.raises(InvalidError, match="1 to 5 have not been simulated under these lines"):
            operations.adopt_policy(lax, tables, by=world.admin, at=NINE)
    assert queries.unscoped_policy_row() is None
    row = operations.adopt_policy(lax, make.tables(lax), by=world.admin, at=NINE)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "calibration_policy:adopted")).one()
    assert hashlib.sha256((row.operating_tables or "").encode()).hexdigest() in event.content


def test_a_policy_stored_without_tables_states_the_rates_in_its_content(world: World) -> None:
    text = (Path(__file__).parent / "policy_before_drift.json").read_text(encoding="utf-8")
    older = CalibrationPolicy(number=1, content=text, content_hash="0" * 64, adopted_at=NINE, adopted_by="operator:ops")
    rates = queries.adopted(older).rates(7)
    assert rates is not None
    assert (rates.raters, dict(rates.passes)["severe by 1"]) == (4000, 0.06)
    assert queries.adopted(older).rates(5) is None


def test_only_an_administrator_adopts_a_policy(world: World) -> None:
    world.manager()
    with pytest.raises(ForbiddenError):
        operations.adopt_policy(by=world.actor("manager"), at=NINE)


def test_a_stale_edit_is_refused_and_says_what_is_stored(world: World) -> None:
    world.member("ana")
    made, by = make.start(world, "ana"), world.actor("ana")
    one = queries.own_responses(queries.own_attempt(by, made.public_id))[0]
    version = one.columns[0].version
    operations.save_response(made, one.row, {version: (5, "first")}, 0, by=by, at=NINE)
    with pytest.raises(StaleEditError) as refused:
        operations.save_response(made, one.row, {version: (2, "second")}, 0, by=by, at=NINE)
    assert refused.value.version == 1
    assert refused.value.current[f"{one.columns[0].key}-rating"] == "5"
    assert refused.value.current[f"{one.columns[0].key}-evidence"] == "first"


def test_a_rating_off_the_scale_and_an_endless_note_are_refused(world: World) -> None:
    world.member("ana")
    made, by = make.start(world, "ana"), world.actor("ana")
    one = queries.own_responses(queries.own_attempt(by, made.public_id))[0]
    column = one.columns[0]
    for draft, name in (((8, "x"), "rating"), ((0, "x"), "rating"), ((4, "x" * 2001), "evidence")):
        with pytest.raises(InvalidError) as refused:
            operations.save_response(made, one.row, {column.version: draft}, 0, by=by, at=NINE)
        assert list(refused.value.problems) == [f"{column.key}-{name}"]


def test_evidence_is_sealed_with_the_members_own_key(world: World) -> None:
    member = world.member("ana")
    made = make.calibrate(world, "ana")
    row = db.session.scalars(select(AttemptRating).where(AttemptRating.attempt_id == made.id)).first()
    assert row is not None
    assert row.evidence is not None
    assert b"Noted" not in row.evidence
    assert int.from_bytes(row.evidence[3:11], "big") == member.subject_id


def test_a_block_with_something_missing_is_not_submitted(world: World) -> None:
    world.member("ana")
    made, by = make.start(world, "ana"), world.actor("ana")
    make.rate(world, "ana", made)
    last = queries.own_responses(queries.own_attempt(by, made.public_id))[-1]
    operations.save_response(made, last.row, {last.columns[0].version: (4, " ")}, 1, by=by, at=NINE)
    with pytest.raises(InvalidError, match="response 8"):
        operations.submit_attempt(made, by=by, at=NINE)
    db.session.expire_all()
    assert made.state is AttemptState.STARTED
    assert results(made) == []


def test_submitting_twice_gives_one_result(world: World) -> None:
    world.member("ana")
    made = make.calibrate(world, "ana")
    with pytest.raises(WrongStateError):
        operations.submit_attempt(made, by=world.actor("ana"), at=NINE)
    assert len(results(made)) == 1
    assert db.session.scalar(select(func.count()).select_from(Standing)) == 1


def test_ratings_do_not_change_after_the_result(world: World) -> None:
    world.member("ana")
    made, by = make.calibrate(world, "ana"), world.actor("ana")
    one = queries.own_responses(queries.own_attempt(by, made.public_id))[0]
    with pytest.raises(WrongStateError):
        operations.save_response(made, one.row, {one.columns[0].version: (1, "x")}, one.version, by=by, at=NINE)
    results(made)[0].outcome = "not_yet"
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.flush()
    db.session.rollback()


def test_nobody_rates_or_submits_for_somebody_else(world: World) -> None:
    world.member("ana")
    world.manager()
    made = make.start(world, "ana")
    one = queries.own_responses(queries.own_attempt(world.actor("ana"), made.public_id))[0]
    for other in (world.actor("manager"), world.admin, Actor.system()):
        with pytest.raises(ForbiddenError):
            operations.save_response(made, one.row, {}, 0, by=other, at=NINE)
        with pytest.raises(ForbiddenError):
            operations.submit_attempt(made, by=other, at=NINE)


def test_only_interviewers_and_managers_start(world: World) -> None:
    world.manager()
    world.member("cora", Capacity.COORDINATOR)
    assert make.start(world, "manager").number == 1
    for who in ("cora", "admin"):
        with pytest.raises(ForbiddenError):
            make.start(world, who)


def test_one_attempt_at_a_time_and_none_while_calibrated(world: World) -> None:
    world.member("ana")
    make.start(world, "ana")
    with pytest.raises(ConflictError, match="under way"):
        make.start(world, "ana")
    make.start(world, "ana", make.OPERATIONS)
    world.member("eve")
    make.calibrate(world, "eve")
    with pytest.raises(ConflictError, match="last 30 days, from 3 July 2026"):
        make.start(world, "eve", at=NINE + DAY)


def test_with_one_form_only_a_retry_waits_30_days_and_says_why(world: World) -> None:
    world.member("ben")
    make.import_pack(world, make.without_forms_b())
    make.attempt(world, "ben", make.severe)
    with pytest.raises(ConflictError, match=r"parallel form is not yet in the pack.*from 3 June 2026"):
        make.start(world, "ben", at=NINE + 29 * DAY)
    again = make.attempt(world, "ben", at=NINE + 30 * DAY)
    assert (again.number, again.state) == (2, AttemptState.PASSED)


@pytest.mark.parametrize("key", [make.JUDGEMENT, make.OPERATIONS])
def test_a_retry_and_a_renewal_are_on_the_form_that_was_not_rated_last(world: World, key: str) -> None:
    world.member("ben")
    first = make.attempt(world, "ben", make.severe, key)
    with pytest.raises(ConflictError, match=r"You rated form A last\. Next is form B"):
        operations.start_attempt(make.form(world, key, "A").row, by=world.actor("ben"), at=NINE)
    second = make.calibrate(world, "ben", key)
    renewed = make.calibrate(world, "ben", key, NINE + 61 * DAY)
    again = make.calibrate(world, "ben", key, NINE + 122 * DAY)
    a, b = (make.form(world, key, letter).row.id for letter in "AB")
    assert [one.form_id for one in (first, second, renewed, again)] == [a, b, a, b]
    assert [one.number for one in (first, second, renewed, again)] == [1, 2, 3, 4]


def test_the_third_attempt_in_a_row_waits_30_days_though_the_first_form_is_free_again(world: World) -> None:
    world.member("ben")
    for _ in range(2):
        make.attempt(world, "ben", make.severe)
    with pytest.raises(ConflictError, match="After 2 attempts in a row there is a wait of 30 days"):
        make.start(world, "ben", at=NINE + 29 * DAY)
    third = make.calibrate(world, "ben", at=NINE + 30 * DAY)
    assert third.form_id == make.form(world, letter="A").row.id


def test_the_order_is_drawn_per_person_and_keeps_the_reserve_last(world: World) -> None:
    orders = []
    for who in ("ana", "ben", "chi", "dia"):
        world.member(who)
        orders.append(make.start(world, who).response_order)
    assert all(sorted(order[:8]) == list(range(1, 9)) for order in orders)
    assert all(sorted(order[8:]) == list(range(9, 13)) for order in orders)
    assert len({tuple(order) for order in orders}) > 1


def test_a_renewal_that_falls_short_suspends_until_the_next_pass(world: World) -> None:
    world.member("eve")
    make.calibrate(world, "eve")
    due = NINE + 61 * DAY
    make.refresh(world, "eve", make.severe, at=due)
    own = queries.own_exercises(world.actor("eve"), due)[0]
    assert (own.standing.now.state, own.standing.attempts) == (StandingState.SUSPENDED, 1)
    later = due + 30 * DAY
    make.calibrate(world, "eve", at=later)
    assert queries.own_exercises(world.actor("eve"), later)[0].standing.now.state is StandingState.CALIBRATED


def test_a_sealed_scorecard_counts_once_on_each_standing_that_it_rates(world: World) -> None:
    world.member("ana")
    by = world.actor("ana")
    for key in (make.JUDGEMENT, make.OPERATIONS):
        make.calibrate(world, "ana", key)
    sets = {key: make.form(world, key).row.set_version_id for key in (make.JUDGEMENT, make.OPERATIONS)}
    columns = queries.unscoped_columns(sets.values())
    shared = {one.version for one in columns[sets["judgement"]]} & {one.version for one in columns[sets["operations"]]}
    only_operations = columns[sets["operations"]][0].version
    record = operations.record_session
    assert record(by.member_id or 0, shared, "card-1", by=by, at=NINE) == 2
    assert record(by.member_id or 0, shared, "card-1", by=by, at=NINE) == 0
    assert record(by.member_id or 0, [only_operations], "card-2", by=by, at=NINE) == 1
    db.session.expire_all()
    counts = {row.set_version_id: row.sessions for row in db.session.scalars(select(Standing))}
    assert counts == {sets["judgement"]: 1, sets["operations"]: 2}
    assert db.session.scalar(select(func.count()).select_from(CalibrationSession)) == 3
    world.member("ben")
    with pytest.raises(ForbiddenError):
        record(by.member_id or 0, shared, "card-3", by=world.actor("ben"), at=NINE)


def test_the_last_counted_interview_ends_a_standing(world: World) -> None:
    world.member("ana")
    make.calibrate(world, "ana")
    by, form = world.actor("ana"), make.form(world)
    rated = [queries.unscoped_columns([form.row.set_version_id])[form.row.set_version_id][0].version]
    for number in range(20):
        assert queries.own_exercises(by, NINE)[0].standing.now.holds
        operations.record_session(by.member_id or 0, rated, f"card-{number}", by=by, at=NINE)
        db.session.expire_all()
    assert queries.own_exercises(by, NINE)[0].standing.now.state is StandingState.LAPSED
