"""The pages of the path: one's own with its next step, a team's, one person's, and the comparison with the lead."""

import pytest
from sqlalchemy import select

from hiringkit.audit.models import AuditEvent
from hiringkit.calibration.models import PathRecord
from hiringkit.calibration.rules.path import PathStep
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.words import moment_words
from hiringkit.home import queries
from tests.calibration import factories as make
from tests.debriefs.factories import LEAD, applicant, book, days_ago, hire, seat, submit
from tests.home.walking import REASON, own, paths_page, read_guide, sat, text_of, watched
from tests.interviews.factories import SHADOW
from tests.statements import counted
from tests.world import World

STATEMENTS = 8


def test_a_newcomer_reads_the_guide_then_practises(world: World) -> None:
    world.member("hana")
    guide = f"/calibration/sets/{make.form(world).set_version.public_id}/guide"
    hana = world.browser("hana")
    page = text_of(hana, "/calibration/path")
    assert page.count("btn btn-primary") == 1
    assert f'href="{guide}"' in page
    shown = text_of(hana, guide)
    assert "I have read it" in shown
    assert shown.count("btn btn-primary") == 1
    assert hana.submit(guide, f"{guide}/reading").location == "/calibration/path"
    assert own(world, "hana").path.next is PathStep.PRACTISE
    assert "You have read this guide" in text_of(hana, guide)
    make.attempt(world, "hana", make.severe, at=now())
    assert own(world, "hana").path.next is PathStep.SHADOW


def test_a_learner_shadows_leads_under_watch_and_is_signed_off_through_the_pages(world: World) -> None:
    case, _ = sat(world, lead=6, learner=4)
    seats = case.places
    ana, hana = world.browser("ana"), world.browser("hana")
    page = f"/scorecards/{seats['watched'].public_id}/comparison"
    assert "Hana’s beside yours" in text_of(ana, f"/scorecards/{seats['watching'].public_id}")
    assert "Yours beside the lead’s" in text_of(hana, f"/scorecards/{seats['watched'].public_id}")
    closed = text_of(hana, page)
    assert "Open the scorecards to compare" in closed
    assert "points lower" not in closed
    for browser, lead in ((ana, "you"), (hana, "Ana")):
        assert browser.submit(page, f"{page}/opening").location == page
        assert f"2 points lower than {lead}" in text_of(browser, page)
    assert "May Hana lead?" not in text_of(hana, page)
    sign_off = page.replace("comparison", "sign-off")
    refused = ana.submit(page, sign_off, ready="yes", reason="")
    assert refused.status_code == 422
    summary = ana.submit(page, sign_off).get_data(as_text=True)
    assert summary.index("Choose yes or not yet.") < summary.index("Give a reason.")
    assert ana.submit(page, sign_off, ready="yes", reason="Kept the time and asked every probe.").location == page
    assert "Kept the time" in text_of(hana, page)
    key = next(one.competency_set.key for one in queries.own_paths(world.actor("hana"), now()) if one.path.done)
    proofs = {line.step: line.proof for line in own(world, "hana", key).path.lines}
    assert proofs[PathStep.SHADOW] is not None
    watched = proofs[PathStep.REVERSE_SHADOW]
    assert watched is not None
    assert (watched.by, watched.why) == ("Ana", "Kept the time and asked every probe.")
    assert proofs[PathStep.LEAD] is None
    assert own(world, "ana").path.next is None


def test_every_step_tells_who_when_and_why(sqlite_world: World) -> None:
    case, world = watched(sqlite_world), sqlite_world
    case.answer(is_ready=True, reason="Every probe was asked.")
    for own_path in queries.own_paths(world.actor("hana"), now()):
        read_guide(world, "hana", own_path.competency_set.public_id)
        make.calibrate(world, "hana", own_path.competency_set.key, at=days_ago(9))
    row = applicant(case.made, "Jordan Avery")
    submit(case.made, "hana", seat(case.made, book(case.made, row, 1, hours=-9), "hana", LEAD))
    watched_stage, first_stage = case.made.stages[1].row.name, case.made.stages[0].row.name
    rows = {
        PathStep.GUIDE: "Hana confirmed reading it, ",
        PathStep.PRACTISE: "Hana submitted form A of the exercise, ",
        PathStep.SHADOW: f"Hana submitted a scorecard as shadow in “{first_stage}”, ",
        PathStep.REVERSE_SHADOW: f"Hana led “{watched_stage}”. Signed off by Ana, ",
        PathStep.LEAD: f"Hana submitted a scorecard as lead in “{watched_stage}”, ",
    }
    tags = {"path:guide_read", "attempt:submitted", "scorecard:submitted", "reverse_shadow:signed_off"}
    assert tags <= set(db.session.scalars(select(AuditEvent.tag)))
    told = text_of(world.browser("hana"), "/calibration/path")
    proofs = [
        (line.step, line.proof)
        for one in queries.own_paths(world.actor("hana"), now())
        for line in one.path.lines
        if line.proof is not None
    ]
    assert {step for step, _ in proofs} == set(PathStep)
    for step, proof in proofs:
        assert rows[step].replace("Hana", "You") + moment_words(proof.at, "America/Chicago") in told, step


@pytest.mark.parametrize(("who", "sees"), [("manager", True), ("audrey", True), ("cora", False)])
def test_a_team_page_links_to_who_when_and_why_for_managers_and_auditors(
    sqlite_world: World, who: str, sees: bool
) -> None:
    world = sqlite_world
    world.manager()
    world.member("cora", Capacity.COORDINATOR)
    world.member("audrey", Capacity.AUDITOR)
    hana = world.member("hana").public_id
    make.form(world)
    person = f"{paths_page(world)}/{hana}"
    page = text_of(world.browser(who), paths_page(world))
    assert "Next: read the guide" in page
    assert (person in page) is sees
    assert world.browser(who).get(person).status_code == (200 if sees else 403)


def test_a_manager_credits_past_work_and_the_learner_reads_why(world: World) -> None:
    world.manager()
    world.member("audrey", Capacity.AUDITOR)
    hana = world.member("hana").public_id
    found = make.form(world).set_version
    page = f"{paths_page(world)}/{hana}"
    manager = world.browser("manager")
    step = {"what": f"{found.public_id}:shadow"}
    assert manager.submit(page, f"{page}/credits", **step, reason=" ").status_code == 422
    assert manager.submit(page, f"{page}/credits", what="nonsense", reason=REASON).status_code == 422
    assert manager.submit(page, f"{page}/credits", **step, reason=REASON).location == page
    assert db.session.scalars(select(PathRecord)).one().step is PathStep.SHADOW
    for who, address in (("hana", "/calibration/path"), ("audrey", page), ("manager", page)):
        told = text_of(world.browser(who), address)
        assert "Credited" in told
        assert REASON in told
    assert "Credit past work" not in text_of(world.browser("audrey"), page)
    assert REASON not in text_of(manager, paths_page(world))


def test_what_somebody_sat_in_is_told_to_others_once_it_is_in_debrief(sqlite_world: World) -> None:
    made = hire(sqlite_world, ("ana", "ben"))
    sqlite_world.member("hana")
    row = applicant(made)
    place = seat(made, book(made, row), "hana", SHADOW)
    submit(made, "hana", place)
    manager, hana = sqlite_world.browser("manager"), sqlite_world.members["hana"].public_id
    stage = made.stages[0].row.name
    assert stage in text_of(sqlite_world.browser("hana"), "/calibration/path")
    assert stage not in text_of(manager, f"{paths_page(sqlite_world)}/{hana}")


@pytest.mark.parametrize("people", [1, 30])
def test_every_page_takes_few_statements(sqlite_world: World, people: int) -> None:
    world = sqlite_world
    made = hire(world, ("ana", "ben"))
    row = applicant(made)
    learners = [f"learner{number}" for number in range(people)]
    for who in learners:
        world.member(who)
    booked = book(made, row)
    for who in learners[:5]:
        seat(made, booked, who, SHADOW)
    guide = f"/calibration/sets/{make.form(world).set_version.public_id}/guide"
    person = f"{paths_page(world)}/{world.members['learner0'].public_id}"
    world.browser("manager").submit(
        person, f"{person}/credits", what=f"{make.form(world).set_version.public_id}:shadow", reason=REASON
    )
    visits = {"learner0": ["/calibration/path", guide], "manager": [paths_page(world), person]}
    for who, addresses in visits.items():
        browser = world.browser(who)
        for address in addresses:
            with counted() as seen:
                answer = browser.get(address)
            assert answer.status_code == 200
            assert len(seen) <= STATEMENTS, (address, len(seen))
            assert len(answer.data) < 100_000
