"""One hire from the first administrator to the decision, by everybody's pages alone."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys import steps_calibration as calibration
from tests.journeys import steps_candidates as candidates
from tests.journeys import steps_debriefs as debriefs
from tests.journeys import steps_drift as drift
from tests.journeys import steps_experts as experts
from tests.journeys import steps_interviews as interviews
from tests.journeys import steps_learning as learning
from tests.journeys import steps_opening as opening
from tests.journeys import steps_people as people
from tests.journeys import steps_public_side as public_side
from tests.journeys import steps_reading as reading
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

CAPACITIES = {
    "Mona Reyes": "Manager",
    "Dev Okafor": "Manager",
    "Cora Lind": "Coordinator",
    "Ines Moreau": "Interviewer",
    "Jon Tan": "Interviewer",
    "Sven Holm": "Interviewer",
}
NADIA, OWEN, RHEA = "Nadia Ferris", "Owen Castle", "Rhea Stone"
SCENARIO, AUDIT = interviews.SCENARIO, interviews.AUDIT
SAFETY, THROUGHPUT, WORKFLOW = "Safety-first judgement", "Throughput", "Workflow discipline"
COMPLIANCE, DOCUMENTATION, ACCURACY = "Compliance", "Documentation habits", "Accuracy"
OF_INES = "She held the order and rang the nurse by name."
OF_SVEN = "She asked for the approval in writing, late."
OF_JON = "He would have shipped on a verbal approval."


@dataclass
class Team:
    """The people of the journey, each at a browser of their own."""

    admin: Visitor
    mona: Visitor
    dev: Visitor
    cora: Visitor
    ines: Visitor
    jon: Visitor
    sven: Visitor


def test_a_hire_goes_from_the_first_administrator_to_the_decision(site: Site, visit: Callable[[str], Visitor]) -> None:
    team, public = people_join(site, visit), visit("A reader")
    address = work_is_disclosed(team, public)
    interviewers_are_calibrated(team)
    experts_rate_a_form(site, team)
    seeker = visit(NADIA)
    nadia, link = candidate_is_informed(team, public, address, seeker)
    candidate_withdraws(team, address, visit(RHEA))
    watched = interviews_are_held(site, team, nadia)
    offer_by_the_rule(team, nadia, watched)
    owen = second_candidate(site, team, address)
    offer_against_the_rule(team, owen)
    opening.fill_it(team.mona, address, public)
    readers_read(team, visit("Alma Kerr"), address, nadia)
    site.wait(days=31)
    public_side.say_whether_it_was_true(seeker, link)
    assert sorted(site.unseen()) == []


def people_join(site: Site, visit: Callable[[str], Visitor]) -> Team:
    admin = visit("Ada Brandt")
    people.set_the_site_up(admin, site)
    people.make_a_team(admin)
    staff = people.everybody_joins(admin, visit, CAPACITIES)
    people.revoke_an_invitation(admin, visit("Uma Frost"))
    people.sign_out_and_in(staff["Mona Reyes"])
    people.look_at_the_team(staff["Mona Reyes"])
    team = Team(admin, *staff.values())
    reading.come_home(team.admin, team.mona, team.cora, team.ines)
    reading.browse_the_library(team.mona)
    reading.library_of_an_interviewer(team.jon)
    return team


def work_is_disclosed(team: Team, public: Visitor) -> str:
    address = opening.create_the_opening(team.mona)
    public.open(opening.PUBLIC, status=404)
    public_side.look_at_beginnings(team.mona, address)
    opening.confirm_the_disclosure(team.mona, address)
    opening.keep_what_is_typed(team.mona, address)
    opening.keep_both_texts_of_a_stale_edit(team.mona, team.dev, address)
    opening.publish_the_disclosure(team.mona, address)
    opening.put_the_loop_in_use(team.mona, address)
    opening.correct_the_details(team.mona, address)
    opening.open_it(team.mona, address)
    opening.read_it_in_public(public)
    public_side.read_all_of_it_in_public(public)
    public_side.those_in_the_role_say_so(team.mona, team.sven, address)
    public_side.compare(team.mona, address)
    return address


def interviewers_are_calibrated(team: Team) -> None:
    calibration.save_half_and_go_on(team.ines, calibration.JUDGEMENT)
    for rater in (team.ines, team.jon):
        calibration.become_calibrated(rater, calibration.JUDGEMENT)
        calibration.become_calibrated(rater, calibration.OPERATIONS)
    calibration.miss_what_is_unsafe(team.sven, calibration.JUDGEMENT)
    calibration.see_the_teams_standings(team.mona, people.TEAM)
    learning.read_the_guide(team.sven)
    learning.credit_past_work(team.mona, people.TEAM, "Sven Holm", "He shadowed eleven interviews elsewhere.")
    reading.come_home(team.ines, team.sven, team.mona, team.cora)


def experts_rate_a_form(site: Site, team: Team) -> None:
    panel = [team.admin, team.cora, team.mona]
    draft = experts.have_a_form_rated(team.mona, [people.address_of(one.name) for one in panel])
    experts.rate_one_response(team.cora)
    experts.rate_the_rest_and_seal(site, panel)
    experts.settle(team.mona, panel, draft)
    experts.publish(team.mona, draft)


def candidate_is_informed(team: Team, public: Visitor, address: str, nadia: Visitor) -> tuple[str, str]:
    application = candidates.add(team.cora, address, NADIA)
    candidates.booking_waits_for_the_delivery(team.cora, application)
    candidates.deliver(team.cora, application)
    link = candidates.make_a_link(team.cora, application)
    candidates.read_and_acknowledge(nadia, link)
    candidates.think_about_withdrawing(nadia, link)
    public_side.publish_another_version(team.mona, address)
    public_side.hear_of_the_change(nadia, link)
    public_side.ask(nadia, link)
    public_side.answer_for_everybody(team.cora, public, address, application)
    first = interviews.book(team.cora, application, SCENARIO, "2026-05-06", "10:00")
    interviews.who_is_not_calibrated_can_only_shadow(team.cora, first, "Sven Holm")
    interviews.give_places(team.cora, first, {"Ines Moreau": "Lead", "Jon Tan": "Second", "Sven Holm": "Shadow"})
    second = interviews.book(team.cora, application, AUDIT, "2026-05-06", "13:00")
    interviews.give_places(
        team.cora, second, {"Jon Tan": "Lead", "Ines Moreau": "Second", "Sven Holm": "Reverse shadow"}
    )
    for interviewer in (team.ines, team.jon, team.sven):
        interviews.accept(interviewer)
    candidates.correct_the_details(team.cora, application)
    candidates.see_the_conversations(nadia, link, SCENARIO, AUDIT)
    reading.come_home(team.ines, team.cora)
    return application, link


def candidate_withdraws(team: Team, address: str, rhea: Visitor) -> None:
    application = candidates.add(team.cora, address, RHEA)
    candidates.deliver(team.cora, application)
    candidates.end_the_link(rhea, team.cora, application)
    link = candidates.make_a_link(team.cora, application)
    candidates.withdraw(rhea, link)
    candidates.revoke_the_link(team.cora, rhea, application, link)


def interviews_are_held(site: Site, team: Team, application: str) -> str:
    ahead = {SAFETY: 6, THROUGHPUT: 5, WORKFLOW: 5}
    interviews.cannot_submit_before_it_began(team.ines, SCENARIO, NADIA, ahead)
    site.wait(days=2, hours=5)
    reading.come_home(team.ines, team.sven, team.mona)
    interviews.nothing_is_lost_without_evidence(team.ines, SCENARIO, NADIA, ahead)
    card = interviews.submit(team.ines, SCENARIO, NADIA, ahead, OF_INES)
    interviews.add_to_it(team.ines, card, "The call broke off twice.")
    debrief = application.replace("/applications/", "/debriefs/")
    own = interviews.open_the_kit(team.jon, SCENARIO, NADIA)
    everywhere = ["/", "/interviews", f"/interviews/{own}", debrief]
    interviews.sees_nothing_of(team.jon, everywhere, card, OF_INES, "broke off twice")
    interviews.sees_nothing_of(team.mona, ["/", application, debrief], card, OF_INES, "broke off twice")
    debriefs.is_sealed_for(team.mona, debrief, OF_INES)
    interviews.submit(team.jon, SCENARIO, NADIA, {SAFETY: 5, THROUGHPUT: 5, WORKFLOW: 6}, "It was said.")
    interviews.abstain(team.sven, SCENARIO, NADIA, "I was called away after ten minutes.")
    interviews.submit(team.ines, AUDIT, NADIA, {COMPLIANCE: 6, DOCUMENTATION: 5, SAFETY: 6, ACCURACY: 5}, OF_INES)
    interviews.submit(team.jon, AUDIT, NADIA, {COMPLIANCE: 2, DOCUMENTATION: 5, SAFETY: 5, ACCURACY: 6}, OF_JON)
    watched = interviews.submit(
        team.sven, AUDIT, NADIA, {COMPLIANCE: 4, DOCUMENTATION: 5, SAFETY: 5, ACCURACY: 5}, OF_SVEN
    )
    reading.come_home(team.ines, team.mona, team.cora)
    return watched


def offer_by_the_rule(team: Team, application: str, watched: str) -> None:
    debrief = application.replace("/applications/", "/debriefs/")
    debriefs.open_the_scorecards(team.mona, debrief, OF_INES, OF_JON)
    debriefs.open_the_scorecards(team.jon, debrief, OF_INES, OF_JON)
    learning.compare_with_the_lead(team.sven, watched, "Jon Tan", OF_SVEN, OF_JON)
    learning.sign_off(team.jon, watched, "He kept the time and asked every probe.")
    learning.find_it_on_the_path(team.sven, "Jon Tan")
    debriefs.an_offer_waits_for_the_gate(team.mona, debrief, COMPLIANCE)
    debriefs.clear_the_gate(team.mona, debrief, COMPLIANCE, "The approval he spoke of was written down; we saw it.")
    debriefs.read_the_matrix(team.mona, {COMPLIANCE: ["2", "6"], WORKFLOW: ["5", "6"]})
    debriefs.decide_by_the_rule(team.mona, debrief, "Strong on safety in both stages, and the one doubt is settled.")
    debriefs.hire(team.cora, debrief)
    drift.see_how_own_ratings_run(team.jon)
    drift.see_how_the_panel_rates(team.mona, people.TEAM)


def second_candidate(site: Site, team: Team, address: str) -> str:
    application = candidates.add(team.cora, address, OWEN)
    candidates.deliver(team.cora, application)
    plan = interviews.book(team.cora, application, SCENARIO, "2026-05-07", "09:00")
    interviews.give_places(team.cora, plan, {"Ines Moreau": "Lead"})
    interviews.waive_the_calibration(team.mona, plan, "Sven Holm", "He ran this queue for six years.")
    for interviewer in (team.ines, team.sven):
        interviews.accept(interviewer)
    site.wait(days=1)
    interviews.hold(team.cora, plan)
    ratings = {SAFETY: 6, THROUGHPUT: 6, WORKFLOW: 6}
    interviews.submit(team.ines, SCENARIO, OWEN, ratings, OF_INES)
    interviews.submit(team.sven, SCENARIO, OWEN, ratings, "The queue was put in order first.")
    return application


def offer_against_the_rule(team: Team, application: str) -> None:
    debrief = application.replace("/applications/", "/debriefs/")
    debriefs.open_early(team.mona, debrief, "He has another offer until Friday.")
    debriefs.open_the_scorecards(team.mona, debrief, "Waived")
    debriefs.decide_against_the_rule(
        team.mona,
        team.dev,
        debrief,
        "He ran this very queue, and the second stage would only repeat it.",
        "I know the queue, and I agree.",
    )


def readers_read(team: Team, auditor: Visitor, address: str, decided: str) -> None:
    reading.come_home(team.admin, team.mona, team.cora, team.jon)
    reading.members_and_record(team.admin)
    reading.administrator_is_no_super_reader(team.admin, address, decided)
    people.join(auditor, people.invite(team.admin, auditor.name, "Auditor", "None: the whole site"))
    reading.auditor_reads_after_the_decision(auditor, address, NADIA, OF_INES)
    acts = ("published the disclosure", "froze the loop", "opened a safety gate", "closed a safety gate")
    reading.the_trail_tells_it(team.mona, address, *acts, "proposed a decision against the rule", "made the decision")
    reading.the_record_holds(team.admin)
