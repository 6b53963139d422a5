"""What the lead says of a reverse shadow: once, with a reason, and told to the learner and on the path."""

import json
from functools import partial

from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.audit.queries import keyring_for
from hiringkit.foundation import mail as mail_room
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ConflictError, ForbiddenError, InvalidError
from hiringkit.foundation.mail import OutboxMail
from hiringkit.scorecards import operations, queries
from hiringkit.scorecards.rules.learning import SignOffDraft
from tests.foundation.test_mail import use_server
from tests.interviews.factories import LEAD, REVERSE_SHADOW, SHADOW, book, ready, seat
from tests.scorecards.factories import submit
from tests.scorecards.learning import LATER, READY, Hiring, Pair, pair, refused
from tests.world import World


def test_a_reverse_shadow_is_signed_off_once_by_the_calibrated_lead(world: World) -> None:
    one = pair(world)
    one.made.rate(one.plans)
    submit(world, "hana", one.place, at=LATER)
    assert refused(one.sign_off) is ConflictError
    one.open("ana", "hana")
    for draft in (SignOffDraft(None, "Well led."), SignOffDraft(is_ready=True, reason=" ")):
        assert refused(partial(one.sign_off, draft=draft)) is InvalidError
    assert (
        refused(lambda: operations.sign_off(one.compared("hana"), READY, by=world.actor("hana"), at=LATER))
        is ForbiddenError
    )
    one.sign_off()
    said = one.compared("hana").sign_off
    assert said is not None
    assert (said.row.is_ready, said.reason) == (True, READY.reason)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "reverse_shadow:signed_off")).one()
    assert (event.scope, event.actor_id) == ("calibration", world.members["ana"].public_id)
    assert "probe" not in event.content
    assert refused(one.sign_off) is ConflictError


def test_a_shadow_is_not_signed_off(sqlite_world: World) -> None:
    one = pair(sqlite_world, SHADOW)
    one.made.rate(one.plans)
    submit(sqlite_world, "hana", one.place, at=LATER)
    one.open("ana")
    assert refused(one.sign_off) is ForbiddenError


def test_a_waived_lead_signs_nobody_off(sqlite_world: World) -> None:
    made = Hiring(sqlite_world)
    view = ready(sqlite_world)
    plan = book(sqlite_world, view)
    lead = seat(sqlite_world, plan, "eve", LEAD, waiver="Nobody else can.")
    place = seat(sqlite_world, plan, "hana", REVERSE_SHADOW)
    one = Pair(sqlite_world, view, [plan], made, place)
    submit(sqlite_world, "eve", lead, at=LATER)
    submit(sqlite_world, "hana", place, at=LATER)
    shown = queries.comparison(sqlite_world.actor("eve"), place.assignment.public_id)
    assert shown.lead_waived
    act = lambda: operations.sign_off(shown, READY, by=sqlite_world.actor("eve"), at=LATER)  # noqa: E731
    assert refused(act) is ForbiddenError
    assert one.view.application.id == view.application.id


def test_no_sign_off_while_the_learner_owes_another_scorecard(sqlite_world: World) -> None:
    one = pair(sqlite_world)
    second = seat(sqlite_world, one.plans[1], "hana", SHADOW)
    one.made.rate(one.plans)
    submit(sqlite_world, "hana", one.place, at=LATER)
    one.open("ana")
    assert refused(one.sign_off) is ConflictError
    submit(sqlite_world, "hana", second, at=LATER)
    one.sign_off()
    assert one.compared("ana").sign_off is not None


def test_sittings_are_told_of_others_once_the_application_is_in_debrief(world: World) -> None:
    one = pair(world, SHADOW)
    hana = world.members["hana"].id
    submit(world, "hana", one.place, at=LATER)
    assert {sat.role for sat in queries.sittings(world.actor("hana"), [hana])} == {SHADOW}
    assert queries.sittings(world.actor("manager"), [hana]) == []
    one.made.rate(one.plans)
    found = queries.sittings(world.actor("manager"), [hana])
    assert {(sat.role, sat.stage) for sat in found} == {(SHADOW, one.plans[0].stage.name)}


def test_the_learner_is_written_to_that_there_is_an_answer_and_not_what_it_is(sqlite_world: World) -> None:
    use_server(sqlite_world.app, 9)
    one = pair(sqlite_world)
    one.made.rate(one.plans)
    submit(sqlite_world, "hana", one.place, at=LATER)
    one.open("ana")
    one.sign_off(draft=SignOffDraft(is_ready=False, reason="canary of the reason"))
    (row,) = db.session.scalars(select(OutboxMail).where(OutboxMail.event == "sign_off")).all()
    content = json.loads(keyring_for([row.content]).open(row.content))
    assert content == {
        "to": "hana@example.org",
        "values": {"name": "Hana", "signer": "Ana", "path": "/calibration/path"},
    }
    mail = mail_room._message("sign_off", content["to"], content["values"], "Larkmere")
    assert mail["Subject"] == "Ana has answered your reverse shadow"
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        text = body.get_content()
        assert "/calibration/path" in text
        assert "canary" not in text
        assert "not yet" not in text


def test_a_reverse_shadow_that_was_told_not_yet_is_no_step_and_is_told_with_who_and_why(world: World) -> None:
    one = pair(world)
    hana = world.members["hana"].id
    one.made.rate(one.plans)
    submit(world, "hana", one.place, at=LATER)
    one.open("ana")
    one.sign_off(draft=SignOffDraft(is_ready=False, reason="Ask every probe."))
    for who in ("hana", "manager"):
        found = queries.sittings(world.actor(who), [hana])
        assert {(sat.role, sat.by, sat.is_ready, sat.is_step) for sat in found} == {
            (REVERSE_SHADOW, "Ana", False, False)
        }
        assert {sat.at for sat in found} == {LATER}
        assert {keyring_for([sat.reason]).open(sat.reason) for sat in found} == {"Ask every probe."}


def test_only_a_signed_off_reverse_shadow_is_a_sitting(sqlite_world: World) -> None:
    one = pair(sqlite_world)
    hana, viewer = sqlite_world.members["hana"].id, sqlite_world.actor("hana")
    one.made.rate(one.plans)
    submit(sqlite_world, "hana", one.place, at=LATER)
    one.open("ana")
    assert queries.sittings(viewer, [hana]) == []
    one.sign_off()
    assert {(sat.role, sat.by) for sat in queries.sittings(viewer, [hana])} == {(REVERSE_SHADOW, "Ana")}
    led = queries.sittings(sqlite_world.actor("ana"), [sqlite_world.members["ana"].id])
    assert {sat.role for sat in led} == {LEAD}
