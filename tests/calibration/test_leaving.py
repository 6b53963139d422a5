"""Experts are asked by mail, and leave with a reason: nothing of theirs counts, and nobody learns what it was."""

import html
import json
import re

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from hiringkit.audit.models import AuditEvent, SubjectKey
from hiringkit.audit.queries import keyring_for, unscoped_break
from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import ExpertWithdrawal, FormDraft, FormExpert
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.drafting import FormDraftState
from hiringkit.calibration.rules.forms import FormCheck
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, WrongStateError
from hiringkit.foundation.mail import OutboxMail, _message
from tests.calibration import expertise
from tests.calibration import factories as make
from tests.calibration.test_expert_views import draft_url, expert_url, settling_urls, text_of
from tests.foundation.test_mail import use_server
from tests.statements import counted
from tests.world import HIDDEN, NINE, World

FOUR = (*expertise.EXPERTS, "emo")
WHY = "She wrote these answers herself."
STATEMENTS = 8


def withdraw(world: World, row: FormDraft, expert: FormExpert, why: str = WHY) -> ExpertWithdrawal:
    """Let the manager withdraw an expert."""
    return operations.withdraw_expert(row, expert.public_id, why, by=world.actor("manager"), at=NINE)


def settling(world: World, number: int) -> tuple[FormDraft, list[FormExpert]]:
    """Return a draft being settled, and so many experts of whom the last lies far apart on one cell."""
    cell = expertise.cell_with_gold(make.form(world), 7)
    row = expertise.draft(world)
    experts = expertise.ask(world, row, *FOUR[:number])
    for name, expert in zip(FOUR, experts, strict=False):
        judge = expertise.far_apart(cell, 2) if expert is experts[-1] else make.like_gold
        expertise.seal(world, name, expert, judge)
    return operations.close_rating(row, by=world.actor("manager"), at=NINE), experts


def settle(world: World, name: str, expert: FormExpert) -> None:
    """Let an expert stay with what they gave."""
    by = world.actor(name)
    for one in queries.responses_apart(queries.own_expert(by, expert.public_id)):
        drafts = {cell.column.version: (cell.own, "I stay with it.") for cell in one.cells}
        operations.settle_response(expert, one.row, drafts, one.kept.version, by=by, at=NINE)


def post_unasked(world: World, name: str, address: str) -> int:
    """Return what somebody gets who posts to an address that their pages have no form for."""
    browser = world.browser(name)
    return browser.post(address, data=dict(HIDDEN.findall(text_of(browser, "/")))).status_code


def test_whoever_is_asked_gets_a_mail_with_what_how_long_and_where(world: World, app: Flask) -> None:
    use_server(app, 9)
    row = expertise.draft(world)
    (eva,) = expertise.ask(world, row, "eva")
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.event == "expert")).one()
    assert b"Eva" not in mail.content
    content = json.loads(keyring_for([mail.content]).open(mail.content))
    assert content["to"] == "eva@example.org"
    message = _message(mail.event, content["to"], content["values"], "Larkmere")
    plain, rich = (one.get_content() for one in message.iter_parts())
    assert message["Subject"] == "Manager asks you to rate a form as an expert"
    for text in (plain, html.unescape(rich)):
        assert "Hello Eva" in text
        assert "“Safety and judgement, form A”" in text
        assert "about 72 minutes" in text
        assert f"/calibration/experts/{eva.public_id}" in text
    assert world.browser("eva").get(f"/calibration/experts/{eva.public_id}").status_code == 200


def test_who_is_refused_gets_no_mail(world: World, app: Flask) -> None:
    use_server(app, 9)
    row = expertise.draft(world)
    with pytest.raises(InvalidError):
        operations.ask_expert(row, "nobody@example.org", by=world.actor("manager"), at=NINE)
    assert db.session.scalars(select(OutboxMail).where(OutboxMail.event == "expert")).all() == []


def test_the_event_says_who_and_the_reason_is_sealed_with_the_experts_key(world: World) -> None:
    row = expertise.draft(world)
    eva, edo = expertise.ask(world, row, "eva", "edo")
    withdraw(world, row, eva)
    operations.decline_rating(edo, "No time before June.", by=world.actor("edo"), at=NINE)
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.tag.in_(("expert:withdrawn", "expert:declined"))))
    for event, actor, name, why in zip(
        events, ("manager", "edo"), ("eva", "edo"), (WHY, "No time before June."), strict=True
    ):
        values, member = json.loads(event.content), world.members[name]
        assert event.actor_id == world.members[actor].public_id
        assert (values["draft"], values["member"]) == (row.public_id, member.public_id)
        sealed = bytes.fromhex(values["why"])
        assert keyring_for([sealed]).open(sealed) == why
        assert why not in event.content
    key = db.session.get_one(SubjectKey, world.members["eva"].subject_id)
    key.wrapped, key.erased_at = None, NINE
    db.session.commit()
    assert unscoped_break() is None
    assert [one.why for one in queries.draft_experts(queries.draft(world.actor("manager"), row.public_id))] == [
        "(erased)",
        "No time before June.",
    ]
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(update(ExpertWithdrawal).values(by_id=1))
    db.session.rollback()


def test_who_has_left_neither_rates_nor_seals_nor_comes_back_and_is_free_to_be_calibrated(world: World) -> None:
    row = expertise.draft(world)
    (eva,) = expertise.ask(world, row, "eva")
    expertise.rate(world, "eva", eva)
    withdraw(world, row, eva)
    by = world.actor("eva")
    assert not queries.own_expert(by, eva.public_id).may_rate
    assert queries.own_expertise(by) == []
    with pytest.raises(WrongStateError, match="no expert of this form any more"):
        operations.seal_ratings(eva, by=by, at=NINE)
    with pytest.raises(WrongStateError, match="no expert of this form any more"):
        expertise.rate(world, "eva", eva)
    with pytest.raises(WrongStateError):
        withdraw(world, row, eva)
    with pytest.raises(WrongStateError):
        operations.decline_rating(eva, WHY, by=by, at=NINE)
    with pytest.raises(InvalidError) as refused:
        expertise.ask(world, row, "eva")
    assert refused.value.problems == {"address": "Eva was asked before."}
    assert make.start(world, "eva").state is AttemptState.STARTED


def test_the_minimum_is_counted_without_who_has_left(world: World) -> None:
    row = expertise.draft(world)
    experts = expertise.ask(world, row, *FOUR)
    for name, expert in zip(FOUR[:2], experts[:2], strict=True):
        expertise.seal(world, name, expert)
    expertise.rate(world, "emi", experts[2])
    withdraw(world, row, experts[2])
    with pytest.raises(ConflictError, match="2 experts have sealed; at least 3 are needed"):
        operations.close_rating(row, by=world.actor("manager"), at=NINE)
    expertise.seal(world, "emo", experts[3])
    operations.close_rating(row, by=world.actor("manager"), at=NINE)
    assert row.state is FormDraftState.SETTLED
    assert "The median of 3 experts" in operations.publish_form(row, by=world.actor("manager"), at=NINE).gold_note


def test_who_has_sealed_stays_until_something_is_to_be_settled(world: World) -> None:
    row = expertise.draft(world)
    eva, _ = expertise.ask(world, row, "eva", "edo")
    expertise.seal(world, "eva", eva)
    with pytest.raises(WrongStateError, match="what was sealed stays"):
        withdraw(world, row, eva)
    with pytest.raises(WrongStateError, match="what was sealed stays"):
        operations.decline_rating(eva, WHY, by=world.actor("eva"), at=NINE)


def test_of_four_who_settle_one_may_leave_and_their_ratings_count_nowhere(world: World) -> None:
    row, experts = settling(world, 4)
    for name, expert in zip(FOUR[:3], experts[:3], strict=True):
        settle(world, name, expert)
    before = row.state
    withdraw(world, row, experts[3])
    assert (before, row.state) == (FormDraftState.SETTLING, FormDraftState.SETTLED), "nobody is left to wait for"
    drafted = queries.drafted_form(row)
    assert len(drafted.figures.panel) == 3
    assert sorted(value for line in drafted.figures.gold for value in line) == sorted(
        expertise.drafted_gold(row).values()
    )
    form = operations.publish_form(row, by=world.actor("manager"), at=NINE)
    words = {reason.words for reasons in queries.unscoped_reasons(form.id).values() for reason in reasons}
    assert words
    assert not any(one.startswith("emo") for one in words)
    assert len(queries.sealed_experts(row.id)) == 3


def test_who_leaves_while_others_settle_is_no_rater_of_the_form(world: World) -> None:
    _, experts = settling(world, 4)
    operations.decline_rating(experts[3], WHY, by=world.actor("emo"), at=NINE)
    with pytest.raises(NotFoundError):
        queries.responses_apart(queries.own_expert(world.actor("emo"), experts[3].public_id))
    with pytest.raises(ConflictError, match="one of its experts"):
        operations.start_attempt(make.form(world).row, by=world.actor("emo"), at=NINE)


def test_what_lies_open_to_the_others_stays_as_it_is_so_that_nobody_learns_whose_it_was(world: World) -> None:
    row, experts = settling(world, 4)
    world.manager("eva")
    (here,) = settling_urls(world, "eva", experts[0])
    before = re.sub(r'value="[^"]*"', "", text_of(world.browser("eva"), here))
    operations.decline_rating(experts[3], WHY, by=world.actor("emo"), at=NINE)
    assert settling_urls(world, "eva", experts[0]) == [here]
    assert re.sub(r'value="[^"]*"', "", text_of(world.browser("eva"), here)) == before
    page = text_of(world.browser("manager"), draft_url(row))
    assert WHY in page
    assert not re.search(r"\b(eva|edo|emi|emo) of \d", page)


def test_of_three_who_settle_nobody_may_leave_and_the_settling_can_be_closed(world: World) -> None:
    row, experts = settling(world, 3)
    left = "Only 2 experts would be left; at least 3 are needed"
    with pytest.raises(ConflictError, match=left):
        withdraw(world, row, experts[2])
    with pytest.raises(ConflictError, match=left):
        operations.decline_rating(experts[2], WHY, by=world.actor("emi"), at=NINE)
    assert "Only 2 experts would be left" in text_of(world.browser("manager"), draft_url(row))
    own = text_of(world.browser("emi"), expert_url(experts[2]))
    assert "Nobody can leave now." in own
    assert "/withdrawal" not in own
    operations.close_settling(row, by=world.actor("manager"), at=NINE)
    assert FormCheck.EXPERTS not in {problem.check for problem in queries.drafted_form(row).problems}
    with pytest.raises(WrongStateError):
        withdraw(world, row, experts[2])


def test_only_an_author_withdraws_and_only_the_expert_declines(world: World) -> None:
    row = expertise.draft(world)
    eva, _ = expertise.ask(world, row, "eva", "edo")
    with pytest.raises(ForbiddenError):
        operations.withdraw_expert(row, eva.public_id, WHY, by=world.actor("edo"), at=NINE)
    for name in ("edo", "manager", "admin"):
        with pytest.raises(ForbiddenError):
            operations.decline_rating(eva, WHY, by=world.actor(name), at=NINE)
    other = expertise.draft(world, make.OPERATIONS)
    with pytest.raises(NotFoundError):
        withdraw(world, other, eva)
    for wrong in ("", "  \n", "x" * 1001):
        with pytest.raises(InvalidError):
            withdraw(world, row, eva, wrong)
    assert db.session.scalar(select(func.count()).select_from(ExpertWithdrawal)) == 0


def test_an_author_withdraws_on_the_page_and_the_expert_reads_why(world: World) -> None:
    row = expertise.draft(world)
    eva, edo = expertise.ask(world, row, "eva", "edo")
    manager, here = world.browser("manager"), draft_url(row)
    address = f"{here}/withdrawals"
    for fields in (
        {"expert_id": "", "reason": "Kept <words>."},
        {"expert_id": "nobody", "reason": "Kept <words>."},
        {"expert_id": eva.public_id, "reason": "Kept <words>." + "x" * 1000},
    ):
        refused = manager.submit(here, address, **fields)
        assert refused.status_code == 422
        assert "Kept <words>." in html.unescape(refused.get_data(as_text=True))
    assert "Say why in a few words." in manager.submit(here, address, expert_id=eva.public_id, reason=" ").get_data(
        as_text=True
    )
    assert manager.submit(here, address, expert_id=eva.public_id, reason=WHY).location == here
    page = text_of(manager, here)
    assert "0 of 1 expert has sealed" in page
    assert WHY in page
    assert f'value="{eva.public_id}"' not in page
    own = text_of(world.browser("eva"), expert_url(eva))
    assert "Manager has withdrawn you" in own
    assert WHY in own
    assert "/withdrawal" not in own
    assert "as an expert" not in text_of(world.browser("eva"), "/")
    assert post_unasked(world, "eva", address) == 403
    assert edo.public_id in page


def test_an_expert_declines_on_their_own_page(world: World) -> None:
    row = expertise.draft(world)
    (eva,) = expertise.ask(world, row, "eva")
    browser, here = world.browser("eva"), expert_url(eva)
    refused = browser.submit(here, f"{here}/withdrawal", reason="Kept." + "x" * 1000)
    assert refused.status_code == 422
    assert "Kept.xxx" in refused.get_data(as_text=True)
    assert browser.submit(here, f"{here}/withdrawal", reason="No time before June.").location == here
    page = text_of(browser, here)
    assert "You left on your own" in page
    assert "No time before June." in page
    assert "Declined" in text_of(world.browser("manager"), draft_url(row))
    assert post_unasked(world, "manager", f"{here}/withdrawal") == 404


def test_the_pages_take_few_statements_with_somebody_gone(sqlite_world: World) -> None:
    world = sqlite_world
    row, experts = settling(world, 4)
    operations.decline_rating(experts[3], WHY, by=world.actor("emo"), at=NINE)
    for name, address in (
        ("manager", draft_url(row)),
        ("eva", expert_url(experts[0])),
        ("emo", expert_url(experts[3])),
    ):
        browser = world.browser(name)
        with counted() as seen:
            assert browser.get(address).status_code == 200
        assert len(seen) <= STATEMENTS, (address, seen)
