"""Until they have opened the scorecards, nobody learns of another's by any page or read (PROMISES I1 to I6)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hiringkit.candidates.queries import ApplicationView, unscoped_application, unscoped_readers
from hiringkit.foundation.clock import now
from hiringkit.foundation.errors import HiringkitError, NotFoundError
from hiringkit.interviews import operations as interviews
from hiringkit.interviews.queries import AssignmentView, interview
from hiringkit.interviews.rules.assigning import RATING_ROLES, AssignmentRole
from hiringkit.openings.models import Opening
from hiringkit.scorecards import operations, queries
from hiringkit.scorecards.queries import OwnScorecard
from hiringkit.scorecards.rules.evidence import NotRated
from tests.candidates.factories import link
from tests.interviews.factories import LEAD, REVERSE_SHADOW, SECOND, SHADOW, begun, book, ready, seat
from tests.scorecards.factories import abstain, filled, own, save, submit
from tests.world import Browser, World

PEOPLE = ("ana", "ben", "chi")
ACTS = ("save", "submit", "abstain", "amend", "open", "assign")
Step = tuple[str, str, int]
TOKENS = re.compile(r'(name="(?:csrf_token|form_key)" value=")[^"]*')

steps = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE), st.integers(1, 7)), min_size=1, max_size=8)
few = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def canary(who: str) -> str:
    """Return what only this person ever writes."""
    return f"canary of {who}"


@dataclass
class Case:
    """One application with two stages under way, and the places that people have on it."""

    world: World
    view: ApplicationView
    places: dict[str, list[AssignmentView]] = field(default_factory=dict)
    wrote: set[str] = field(default_factory=set)

    def add_panel(self, stage: int, *who: str, hours_ago: int) -> None:
        """Put people on a panel under way; calibrations are waived, for a waiver is never used up."""
        waiver = "Nobody else can."
        seats = begun(self.world, self.view, *who, stage=stage, waiver=waiver, hours_ago=hours_ago)
        for key, place in zip(who, seats, strict=True):
            self.places.setdefault(key, []).append(place)

    def take(self, step: Step) -> None:
        """Do what a step says; the app may refuse it."""
        act, who, value = step
        world, place = self.world, self.places[who][value % len(self.places[who])]
        try:
            if act == "save":
                save(world, who, place, canary(who), value, at=now())
            elif act == "submit":
                submit(world, who, place, canary(who), value, at=now())
            elif act == "abstain":
                abstain(world, who, place, canary(who), at=now())
            elif act == "amend":
                sealed = queries.own_sealed(world.actor(who), place.assignment.public_id)
                operations.amend(sealed, canary(who), by=world.actor(who), at=now())
            elif act == "open":
                operations.open_scorecards(self.view, by=world.actor(who), at=now())
            else:
                self._assign(who, value)
        except HiringkitError:
            return
        if act in {"save", "submit", "abstain"}:
            self.wrote.add(who)

    def _assign(self, who: str, value: int) -> None:
        place = self.places[PEOPLE[value % 3]][0]
        plan = interview(self.world.actor("manager"), place.interview.public_id)
        role = (LEAD, SECOND, SHADOW, REVERSE_SHADOW)[value % 4]
        waiver = "Nobody else can." if role in RATING_ROLES else ""
        self.places[who].append(seat(self.world, plan, who, role, waiver=waiver, at=now()))

    def closed_to(self) -> list[str]:
        """Return who has not opened the scorecards of this application."""
        readers = unscoped_readers(self.view.application.id)
        return [who for who in PEOPLE if self.world.members[who].id not in readers]


@dataclass
class Hiring:
    """One opening whose interviewers meet a new candidate in every example."""

    world: World
    opening: Opening | None = None
    met: int = 0
    browsers: dict[str, Browser] = field(default_factory=dict)

    def case(self) -> Case:
        """Return a new application: ana and ben on one panel, chi and ana on the next."""
        self.met += 1
        view = ready(self.world, f"Candidate {self.met}", self.opening)
        self.opening = view.opening
        for who in PEOPLE:
            self.world.member(who)
        case = Case(self.world, unscoped_application(view.application.id))
        case.add_panel(0, "ana", "ben", hours_ago=10 * self.met)
        case.add_panel(1, "chi", "ana", hours_ago=10 * self.met - 3)
        return case

    def browser(self, who: str) -> Browser:
        """Return a browser signed in as somebody; signing in is the slow part."""
        if who not in self.browsers:
            self.browsers[who] = self.world.browser(who)
        return self.browsers[who]


@pytest.fixture
def hiring(world: World) -> Hiring:
    """Return an opening with its interviewers, on both databases."""
    return Hiring(world)


@pytest.fixture
def sqlite_hiring(sqlite_world: World) -> Hiring:
    """Return the same on SQLite alone."""
    return Hiring(sqlite_world)


def reads(case: Case, who: str) -> str:
    """Return all that the queries of this room tell a member, as text."""
    viewer, world = case.world.actor(who), case.world
    told = [repr(queries.own_cards(viewer, 1).rows), repr(queries.own_due(viewer))]
    told.append(repr(queries.card_states(viewer, [case.view.application.id])))
    told.append(queries.seal_for(viewer, case.view).sentence)
    for place in case.places[who]:
        told.append(repr(own(world, who, place)))
        try:
            told.append(repr(queries.own_sealed(viewer, place.assignment.public_id)))
        except NotFoundError:
            told.append("nothing")
    return "\n".join(told)


@few
@given(steps)
def test_no_read_tells_of_another_before_opening(hiring: Hiring, taken: list[Step]) -> None:
    case, world = hiring.case(), hiring.world
    for step in taken:
        case.take(step)
        for who in case.closed_to():
            told = reads(case, who)
            assert (canary(who) in told) is (who in case.wrote)
            assert not [other for other in PEOPLE if other != who and canary(other) in told]
            assert queries.card_states(world.actor(who), [case.view.application.id]) == {case.view.application.id: []}
            with pytest.raises(NotFoundError):
                queries.opened_scorecards(world.actor(who), case.view)


@few
@given(steps)
def test_no_page_tells_of_another_before_opening(sqlite_hiring: Hiring, taken: list[Step]) -> None:
    case = sqlite_hiring.case()
    for step in taken:
        case.take(step)
    for who in case.closed_to():
        text = "\n".join(seen(sqlite_hiring.browser(who), case, who).values())
        assert (canary(who) in text) is (who in case.wrote)
        assert not [other for other in PEOPLE if other != who and canary(other) in text]


def addresses(case: Case, who: str) -> list[str]:
    """Return every address that might tell somebody of a scorecard, one's own and other people's."""
    application, opening = case.view.application.public_id, case.view.opening.public_id
    ids = [place.assignment.public_id for places in case.places.values() for place in places]
    own_ids = [place.assignment.public_id for place in case.places.get(who, [])]
    return [
        "/",
        "/interviews",
        *(f"/interviews/{one}" for one in ids),
        *(f"/scorecards/{one}" for one in ids),
        *(f"/scorecards/{one}/comparison" for one in ids),
        *(f"/scorecards/{one}/check" for one in own_ids),
        *(f"/scorecards/{one}/abstention" for one in own_ids),
        f"/interviews/plan/{case.places['ana'][0].interview.public_id}",
        f"/debriefs/{application}",
        f"/applications/{application}",
        f"/applications/{application}/scorecards/early-opening",
        f"/openings/{opening}",
        "/openings",
        "/calibration",
        "/calibration/path",
        "/account",
    ]


def seen(browser: Browser, case: Case, who: str) -> dict[str, str]:
    """Return status, headers and body of every address as somebody gets them, without tokens."""
    return {address: answered(browser, address) for address in addresses(case, who)}


def answered(browser: Browser, address: str) -> str:
    """Return what somebody gets at an address: status, what headers may tell, and the page without tokens."""
    answer = browser.get(address)
    body = TOKENS.sub(r"\1", answer.get_data(as_text=True))
    told = [answer.headers.get(name, "-") for name in ("ETag", "Last-Modified", "Cache-Control", "Location")]
    return "\n".join([answer.status, *told, body])


def refusal(browser: Browser, address: str, **fields: str) -> str:
    """Return what somebody gets who tries an act that is not open to them, without tokens."""
    token = re.search(r'name="csrf_token" value="([^"]*)', browser.get("/account").get_data(as_text=True))
    assert token is not None
    answer = browser.post(address, data={"csrf_token": token[1], "form_key": f"try.{now().timestamp()}", **fields})
    return answer.status + TOKENS.sub(r"\1", answer.get_data(as_text=True))


def acts_of(case: Case, who: str) -> list[Callable[[], object]]:
    """Return what the observed person does, one after the other, between the looks of the others."""
    world, place = case.world, case.places[who][0]
    by, at = world.actor(who), now()

    def card() -> OwnScorecard:
        return own(world, who, place)

    return [
        lambda: operations.save_draft(card(), filled(card(), "short", 3), 0, by=by, at=at),
        lambda: operations.save_draft(card(), filled(card(), "longer " * 900, 7), 1, by=by, at=at),
        lambda: operations.save_draft(card(), filled(card(), "no", NotRated.NOT_OBSERVED), 2, by=by, at=at),
        lambda: operations.submit_scorecard(card(), 3, by=by, at=at),
        lambda: operations.amend(queries.own_sealed(by, place.assignment.public_id), "More.", by=by, at=at),
    ]


@pytest.mark.parametrize("has_submitted", [False, True], ids=["writing", "sealed"])
def test_what_one_does_changes_no_byte_for_another(sqlite_world: World, has_submitted: bool) -> None:
    case = Hiring(sqlite_world).case()
    sqlite_world.member("strange", team="Other")
    token = link(sqlite_world, case.view.application)
    if has_submitted:
        for place in case.places["ana"]:
            submit(sqlite_world, "ana", place, at=now())
    else:
        save(sqlite_world, "ana", case.places["ana"][0], at=now())
    watchers = {who: sqlite_world.browser(who) for who in ("ana", "chi", "strange")} | {
        "nobody": sqlite_world.browser()
    }
    opening = f"/applications/{case.view.application.public_id}/scorecards/opening"
    answer = f"/interviews/{case.places['chi'][0].assignment.public_id}/answer"

    def look() -> dict[str, str]:
        found = {f"{who} {path}": text for who, b in watchers.items() for path, text in seen(b, case, who).items()}
        found["candidate"] = answered(watchers["nobody"], f"/portal/{token}")
        for who in ("ana", "chi", "strange"):
            found[f"{who} opens"] = refusal(watchers[who], opening)
        found["chi answers"] = refusal(watchers["chi"], answer, move="decline")
        return found

    before = look()
    assert before["ana /interviews"].startswith("200")
    assert before["ana opens"].startswith("409")
    for act in acts_of(case, "ben"):
        act()
        after = look()
        assert [name for name, text in after.items() if text != before[name]] == []


@pytest.mark.parametrize("role", [SHADOW, REVERSE_SHADOW], ids=str)
@pytest.mark.parametrize(("acts", "watches"), [("hana", "ana"), ("ana", "hana")], ids=["learner", "lead"])
def test_what_learner_and_lead_do_changes_no_byte_for_the_other(
    sqlite_world: World, role: AssignmentRole, acts: str, watches: str
) -> None:
    case = Hiring(sqlite_world).case()
    place = case.places["ana"][0]
    plan = interview(sqlite_world.actor("manager"), place.interview.public_id)
    case.places["hana"] = [seat(sqlite_world, plan, "hana", role, at=place.interview.starts_at - timedelta(days=1))]
    browser, application = sqlite_world.browser(watches), case.view.application.public_id

    def look() -> dict[str, str]:
        found = seen(browser, case, watches)
        found["opens"] = refusal(browser, f"/applications/{application}/scorecards/opening")
        learner = case.places["hana"][0].assignment.public_id
        found["compares"] = refusal(browser, f"/scorecards/{learner}/comparison/opening")
        found["signs off"] = refusal(browser, f"/scorecards/{learner}/sign-off", ready="yes", reason="Well led.")
        return found

    before = look()
    assert [before[name][:3] for name in ("opens", "compares")] == ["409", "409"]
    assert before[f"/scorecards/{case.places['hana'][0].assignment.public_id}/comparison"].startswith("200")
    for act in acts_of(case, acts):
        act()
        after = look()
        assert [name for name, text in after.items() if text != before[name]] == []


def test_the_look_would_notice_a_difference(sqlite_world: World) -> None:
    case = Hiring(sqlite_world).case()
    browser = sqlite_world.browser("ana")
    before = seen(browser, case, "ana")
    submit(sqlite_world, "ana", case.places["ana"][0], at=now())
    after = seen(browser, case, "ana")
    changed = [address for address in before if before[address] != after[address]]
    assert "/interviews" in changed
    assert f"/interviews/{case.places['ana'][0].assignment.public_id}" in changed


def test_a_colleague_in_debt_learns_nothing_when_all_others_are_in(sqlite_world: World) -> None:
    case = Hiring(sqlite_world).case()
    for number in (2, 3):
        case.add_panel(number, "ben", "chi", hours_ago=10 * number)
    for who in PEOPLE:
        for place in case.places[who][1 if who == "ben" else 0 :]:
            if (who, place) != ("ana", case.places["ana"][1]):
                submit(sqlite_world, who, place, at=now())
    browser = sqlite_world.browser("ana")
    before = seen(browser, case, "ana")
    submit(sqlite_world, "ben", case.places["ben"][0], at=now())
    assert seen(browser, case, "ana") == before


def test_answering_depends_on_the_clock_and_on_no_scorecard(sqlite_world: World) -> None:
    view = ready(sqlite_world)
    plan = book(sqlite_world, view)
    for who in ("ana", "ben"):
        sqlite_world.member(who)
    first = seat(sqlite_world, plan, "ana", waiver="Nobody else can.")
    second = seat(sqlite_world, plan, "ben", SECOND, waiver="Nobody else can.")
    begins = plan.interview.starts_at
    told = []
    for act in (lambda: None, lambda: submit(sqlite_world, "ana", first, at=begins)):
        act()
        with pytest.raises(HiringkitError) as refused:
            interviews.decline_assignment(second, by=sqlite_world.actor("ben"), at=begins)
        told.append(str(refused.value))
    assert told[0] == told[1]
