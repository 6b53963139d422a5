"""A refresh through the operations and the pages: fresh responses, what it rests on, what it is worth."""

import html
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import Attempt, AttemptResult, ExerciseForm, ExerciseResponse, Standing
from hiringkit.calibration.queries import OwnExercise
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.default_tables import DEFAULT_TABLES
from hiringkit.calibration.rules.operating import table_problems
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.standing import StandingState
from hiringkit.calibration.rules.telling import renewal_words
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError
from tests.calibration import expertise
from tests.calibration import factories as make
from tests.statements import counted
from tests.world import NINE, Browser, World

DAY = timedelta(days=1)
STATEMENTS = 8
DUE = NINE + 61 * DAY


def own(world: World, at: datetime = DUE) -> OwnExercise:
    """Return the exercise as Ana sees it."""
    return queries.own_exercises(world.actor("ana"), at)[0]


def given(attempt: Attempt) -> set[tuple[str, str]]:
    """Return the responses that were rated in an attempt, by letter and key."""
    view_of = select(ExerciseForm.letter).where(ExerciseForm.id == attempt.form_id)
    letter = db.session.scalar(view_of) or ""
    rows = db.session.scalars(select(ExerciseResponse).where(ExerciseResponse.form_id == attempt.form_id))
    order = attempt.response_order[: len(results(attempt)[-1].ratings)]
    return {(letter, row.key) for row in rows if row.position in order}


def results(attempt: Attempt) -> list[AttemptResult]:
    wanted = select(AttemptResult).where(AttemptResult.attempt_id == attempt.id).order_by(AttemptResult.stage)
    return list(db.session.scalars(wanted))


@pytest.fixture
def ana(world: World) -> World:
    """Return a world in which Ana passed form A at once."""
    world.member("ana")
    make.calibrate(world, "ana")
    return world


def test_who_is_due_rates_four_fresh_responses_and_is_calibrated_anew(ana: World) -> None:
    assert (own(ana, NINE + 30 * DAY).is_refresh, own(ana, NINE + 30 * DAY).wait is None) == (False, False)
    due = own(ana)
    assert (due.is_refresh, due.responses, due.wait, due.form.row.letter) == (True, 4, None, "B")
    renewed = make.attempt(ana, "ana", at=DUE)
    assert (renewed.state, renewed.is_refresh, renewed.first_block, renewed.number) == (AttemptState.PASSED, True, 4, 2)
    assert len(renewed.response_order) == len(set(renewed.response_order)) == 8
    (result,) = results(renewed)
    assert (len(result.ratings), result.measures["together"]["responses"]) == (4, 12)
    after = own(ana)
    assert (after.standing.now.state, after.standing.attempts) == (StandingState.CALIBRATED, 1)
    assert after.standing.now.until == queries.unscoped_day(DUE) + 90 * DAY


def test_what_was_never_rated_comes_first_but_for_an_unsafe_answer_and_then_the_oldest(ana: World) -> None:
    first = db.session.scalars(select(Attempt)).one()
    seen, at = given(first), NINE
    for _ in range(4):
        at += 61 * DAY
        rated = given(make.attempt(ana, "ana", at=at))
        assert len(rated & seen) <= 1
        seen |= rated
    assert len(seen) >= 22
    for _ in range(2):
        at += 61 * DAY
        assert len(given(make.attempt(ana, "ana", at=at)) - seen) <= 1


def test_who_has_drifted_is_asked_for_four_more_and_then_suspended(ana: World) -> None:
    made = make.attempt(ana, "ana", make.severe, at=DUE)
    assert made.state is AttemptState.EXTENDED
    assert own(ana).standing.now.state is StandingState.DUE
    assert own(ana).open_attempt is made
    make.rate(ana, "ana", made, make.severe, DUE)
    assert operations.submit_attempt(made, by=ana.actor("ana"), at=DUE).state is AttemptState.NOT_YET
    after = own(ana)
    assert (after.standing.now.state, after.is_refresh, after.wait) == (StandingState.SUSPENDED, False, None)
    assert (after.responses, after.form.row.letter) == (8, "A")
    whole = make.calibrate(ana, "ana", at=DUE + DAY)
    assert (whole.is_refresh, len(whole.response_order), whole.first_block) == (False, 12, 8)
    assert own(ana, DUE + DAY).standing.now.state is StandingState.CALIBRATED


def test_who_was_uncertain_at_first_and_rates_well_then_is_renewed(ana: World) -> None:
    made = make.attempt(ana, "ana", make.severe, at=DUE)
    make.rate(ana, "ana", made, at=DUE)
    submitted = operations.submit_attempt(made, by=ana.actor("ana"), at=DUE)
    outcome = queries.own_attempt(ana.actor("ana"), made.public_id).outcomes[-1]
    assert submitted.state in {AttemptState.PASSED, AttemptState.NOT_YET}
    assert (outcome.stage, outcome.measures.cells) == (2, 40)
    assert outcome.together is not None
    assert outcome.together.responses == 12


def test_an_alarm_is_answered_by_a_refresh(ana: World) -> None:
    standing = db.session.scalars(select(Standing)).one()
    operations.suspend_standing(standing, {}, by=ana.admin, at=NINE + 40 * DAY)
    assert own(ana, NINE + 40 * DAY).is_refresh
    make.attempt(ana, "ana", at=NINE + 40 * DAY)
    assert own(ana, NINE + 40 * DAY).standing.now.state is StandingState.CALIBRATED


def test_right_after_passing_the_only_form_too_little_is_fresh_for_a_refresh(world: World) -> None:
    world.member("ana")
    make.import_pack(world, make.without_forms_b())
    make.calibrate(world, "ana")
    operations.suspend_standing(db.session.scalars(select(Standing)).one(), {}, by=world.admin, at=NINE + DAY)
    for at in (NINE + DAY, NINE + 29 * DAY):
        assert (own(world, at).is_refresh, own(world, at).wait is None) == (False, False)
        glanced = queries.own_exercises(world.actor("ana"), at, at_a_glance=True)[0]
        assert (glanced.is_refresh, glanced.wait is None) == (False, False)
    assert own(world, NINE + 30 * DAY).is_refresh
    assert queries.own_exercises(world.actor("ana"), NINE + 30 * DAY, at_a_glance=True)[0].is_refresh


def test_a_standing_that_ended_long_ago_is_not_refreshed_even_where_it_was_suspended(ana: World) -> None:
    standing = db.session.scalars(select(Standing)).one()
    operations.suspend_standing(standing, {}, by=ana.admin, at=NINE + 40 * DAY)
    assert own(ana, NINE + 180 * DAY).is_refresh
    late = own(ana, NINE + 181 * DAY)
    assert (late.is_refresh, late.responses, late.wait) == (False, 8, None)


def test_a_refresh_that_is_submitted_too_late_renews_nothing_and_stands_in_nobodys_way(ana: World) -> None:
    begun = make.start(ana, "ana", at=NINE + 180 * DAY)
    make.rate(ana, "ana", begun, at=NINE + 181 * DAY)
    with pytest.raises(ConflictError, match="ended too long ago"):
        operations.submit_attempt(begun, by=ana.actor("ana"), at=NINE + 181 * DAY)
    assert own(ana, NINE + 181 * DAY).open_attempt is None
    whole = make.calibrate(ana, "ana", at=NINE + 181 * DAY)
    assert (whole.is_refresh, whole.state) == (False, AttemptState.PASSED)


def test_every_refresh_of_a_safety_set_meets_an_unsafe_answer(ana: World) -> None:
    at = NINE
    for _ in range(6):
        at += 61 * DAY
        made = make.attempt(ana, "ana", at=at)
        rows = [position - 1 for position in made.response_order[:4]]
        columns = own(ana, at).columns
        gold = queries.unscoped_gold_grid(made.form_id, columns)
        assert any(gold[i][j] == 1 for i in rows for j, column in enumerate(columns) if column.is_safety_critical)


def test_the_standing_says_drafted_as_long_as_any_of_the_last_twelve_was(world: World) -> None:
    world.member("ana")
    make.import_pack(world, make.without_forms_b())
    make.calibrate(world, "ana")
    assert expertise.published(world).gold_basis == "panel"
    for number in (1, 2, 3):
        make.attempt(world, "ana", at=NINE + number * 61 * DAY)
    bases = [row.gold_basis for row in db.session.scalars(select(Standing).order_by(Standing.id))]
    assert bases == ["drafted", "drafted", "drafted", "panel"]


def test_a_form_that_is_not_the_one_to_refresh_on_cannot_be_begun(ana: World) -> None:
    with pytest.raises(ConflictError, match="Your refresh is on form B"):
        operations.start_attempt(make.form(ana).row, by=ana.actor("ana"), at=DUE)


def text_of(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def test_the_pages_lead_through_a_refresh(world: World) -> None:
    world.member("ana")
    today = now()
    make.calibrate(world, "ana", at=today - 61 * DAY)
    browser = world.browser("ana")
    shown = text_of(browser, "/calibration")
    assert "4 fresh answers renew it." in shown
    assert "Renew it" in shown
    page = f"/calibration/forms/{own(world, today).form.row.public_id}"
    with counted() as statements:
        told = text_of(browser, page)
    assert len(statements) <= STATEMENTS
    rates = DEFAULT_TABLES[0].renewal_rates
    assert rates is not None
    for words in ("4 fresh answers from form B, 5 competencies, about 24 minutes", renewal_words(rates)):
        assert words in told
    browser.submit(page, f"{page}/attempts")
    made = own(world, today).open_attempt
    assert made is not None
    assert "Go on rating" in text_of(browser, page)
    make.rate(world, "ana", made, make.severe, today)
    attempt = f"/calibration/attempts/{made.public_id}"
    assert "and together with what you rated before, or you are asked for a few responses more" in text_of(
        browser, attempt
    )
    browser.submit(attempt, f"{attempt}/submission")
    asked = text_of(browser, attempt)
    assert "Not sure yet: rate 4 more" in asked
    assert not [reason for reason in make.rationales() if reason in asked]
    make.rate(world, "ana", made, make.severe, today)
    browser.submit(attempt, f"{attempt}/submission")
    with counted() as statements:
        result = text_of(browser, attempt)
    assert len(statements) <= STATEMENTS
    for words in ("The 8 fresh responses", "Your last 12 responses", "8 responses, 5 competencies, 40 ratings"):
        assert words in result
    assert "rate Safety and judgement, form A" in result


def test_a_missed_unsafe_answer_is_told_at_its_own_response(world: World) -> None:
    world.member("ana")
    today = now()
    make.calibrate(world, "ana", at=today - 61 * DAY)
    made = make.attempt(world, "ana", lambda _gold, _cell: 5, at=today)
    shown = text_of(world.browser("ana"), f"/calibration/attempts/{made.public_id}")
    outcome = queries.own_attempt(world.actor("ana"), made.public_id).outcomes[-1]
    assert {row for row, _ in outcome.safety.misses} <= {position - 1 for position in made.response_order}
    if outcome.safety.misses:
        assert shown.count("Missed: this answer is unsafe") == len(outcome.safety.misses)
    else:
        assert made.state is AttemptState.EXTENDED


def test_a_result_is_closed_while_answers_of_its_form_are_rated_again(world: World) -> None:
    world.member("ana")
    today = now()
    first = make.calibrate(world, "ana", at=today - 61 * DAY)
    made = make.refresh(world, "ana", make.severe, at=today)
    assert made.state is AttemptState.NOT_YET
    browser = world.browser("ana")
    old, refreshed = (f"/calibration/attempts/{one.public_id}" for one in (first, made))
    assert "It calibrated you until" in text_of(browser, old)
    assert "You have rated its answers before" in text_of(browser, refreshed)
    again = make.start(world, "ana", at=today)
    closed = browser.get(old)
    assert closed.status_code == 403
    shown = closed.get_data(as_text=True)
    assert "You are rating answers of this form again" in shown
    assert not [reason for reason in make.rationales() if reason in html.unescape(shown)]
    assert "rated" in text_of(browser, refreshed)
    page = text_of(browser, "/calibration")
    assert old not in page
    assert "closed while you rate these answers again" in page
    make.rate(world, "ana", again, at=today)
    operations.submit_attempt(again, by=world.actor("ana"), at=today)
    assert browser.get(old).status_code == 200


def test_a_policy_without_rates_of_a_refresh_is_adopted_again_with_them(world: World) -> None:
    operations.adopt_policy(by=world.admin, at=NINE)
    stored = [replace(one, design=replace(one.design, refresh=None)) for one in DEFAULT_TABLES]
    assert len(table_problems(DEFAULT_POLICY, stored)) == 2
    row = queries.unscoped_policy_row()
    assert row is not None
    assert queries.adopted(row).renewals(7) == DEFAULT_TABLES[0].renewal_rates
    assert queries.AdoptedPolicy(DEFAULT_POLICY, stored).renewals(7) is None


def test_who_had_not_sealed_when_the_rating_was_closed_is_free_to_be_calibrated(world: World) -> None:
    row = expertise.draft(world)
    late, *others = expertise.ask(world, row, "ana", *expertise.EXPERTS)
    for name, expert in zip(expertise.EXPERTS, others, strict=True):
        expertise.seal(world, name, expert)
    form = make.form(world).row
    assert queries.unscoped_is_expert(late.member_id, form)
    operations.close_rating(row, by=world.actor("manager"), at=NINE)
    assert not queries.unscoped_is_expert(late.member_id, form)
    assert queries.unscoped_is_expert(others[0].member_id, form)
