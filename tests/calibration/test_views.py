"""The pages of calibration: blind until decided, for the right eyes, and quick."""

import html
import re
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import Attempt, AttemptRating, AttemptResult
from hiringkit.calibration.rules.attempts import AttemptState
from hiringkit.calibration.rules.default_tables import DEFAULT_TABLES
from hiringkit.calibration.rules.policy import DEFAULT_POLICY
from hiringkit.calibration.rules.telling import error_words
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from tests.calibration import factories as make
from tests.statements import counted
from tests.world import HIDDEN, Browser, World

STATEMENTS = 8
PAGE_BYTES = 100_000


def text_of(browser: Browser, address: str, status: int = 200) -> str:
    """Return a page's text as a reader sees it, unescaped."""
    answer = browser.get(address)
    assert answer.status_code == status, address
    return html.unescape(answer.get_data(as_text=True))


def attempt_url(attempt: Attempt) -> str:
    """Return the address of an attempt."""
    return f"/calibration/attempts/{attempt.public_id}"


def response_urls(world: World, who: str, attempt: Attempt) -> list[str]:
    """Return the addresses of the responses that are open, in the order drawn."""
    view = queries.own_attempt(world.actor(who), attempt.public_id)
    return [f"{attempt_url(attempt)}/responses/{one.row.public_id}" for one in queries.own_responses(view)]


def typed(world: World, attempt: Attempt, rating: str = "4", note: str = "Names who decides.") -> dict[str, str]:
    """Return a response's form filled in throughout."""
    columns = queries.unscoped_columns([make.form(world).row.set_version_id])[make.form(world).row.set_version_id]
    return {f"{one.key}-rating": rating for one in columns} | {f"{one.key}-evidence": note for one in columns}


def test_an_interviewer_goes_from_start_to_result_through_the_pages(world: World) -> None:
    world.member("ana")
    view = make.form(world)
    ana = world.browser("ana")
    assert "None" in text_of(ana, "/calibration")
    page = f"/calibration/forms/{view.row.public_id}"
    assert "8 written answers, 5 competencies, about 48 minutes" in text_of(ana, page)
    here = ana.submit(page, f"{page}/attempts").location
    made = db.session.scalars(select(Attempt)).one()
    reference = make.gold(made.form_id)
    for place in range(1, 9):
        shown = text_of(ana, here)
        assert f"Response {place} of 8" in shown
        assert f"About {(9 - place) * 6} minutes left." in shown
        given = queries.own_responses(queries.own_attempt(world.actor("ana"), made.public_id))
        response = next(one for one in given if one.row.public_id in here)
        fields = typed(world, made) | {
            f"{column.key}-rating": str(reference[response.row.position, column.version]) for column in response.columns
        }
        here = ana.submit(here, **fields).location
    assert here == attempt_url(made)
    assert "Check your ratings, then submit" in text_of(ana, here)
    done = ana.submit(here, f"{here}/submission")
    assert (done.status_code, done.location) == (303, here)
    result = text_of(ana, here)
    assert "<h1>You rate as the reference does</h1>" in result
    assert error_words(DEFAULT_TABLES[0].error_rates) in result
    assert "Calibrated on drafted gold" in result
    assert "Calibrated on drafted gold until" in text_of(ana, "/calibration")


def test_each_page_states_the_error_rates_of_its_own_policy(world: World) -> None:
    world.member("ana")
    made = make.attempt(world, "ana", make.severe, at=now())
    form = f"/calibration/forms/{make.next_form(world, 'ana', at=now()).row.public_id}"
    lax = replace(DEFAULT_POLICY, scales=tuple(replace(one, mean_error=2.0) for one in DEFAULT_POLICY.scales))
    tables = make.tables(lax, raters=40)
    operations.adopt_policy(lax, tables, by=world.admin, at=now())
    db.session.commit()
    ana = world.browser("ana")
    old, new = error_words(DEFAULT_TABLES[0].error_rates), error_words(tables[0].error_rates)
    assert old != new
    result, before_starting = text_of(ana, attempt_url(made)), text_of(ana, form)
    assert (old in result, new in result) == (True, False)
    assert (old in before_starting, new in before_starting) == (False, True)
    assert "Simulated with 40 interviewers of each kind on 8 responses and a reserve of 4" in before_starting


def test_nothing_of_the_gold_is_on_any_page_before_the_attempt_is_decided(world: World) -> None:
    world.member("chi")
    world.manager()
    made = make.start(world, "chi", at=now())
    rationales = make.rationales()
    assert len(rationales) > 100

    def pages() -> list[str]:
        chi, manager = world.browser("chi"), world.browser("manager")
        form = f"/calibration/forms/{make.form(world).row.public_id}"
        own = ["/calibration", form, attempt_url(made), *response_urls(world, "chi", made)]
        team = f"/calibration/teams/{world.team().public_id}"
        return [text_of(chi, one) for one in own] + [text_of(manager, one) for one in ("/calibration", team)]

    def shown() -> list[str]:
        everything = "\n".join(pages())
        return [one for one in rationales if one in everything]

    assert shown() == []
    make.rate(world, "chi", made, make.near_the_line)
    assert shown() == []
    operations.submit_attempt(made, by=world.actor("chi"), at=now())
    assert made.state is AttemptState.EXTENDED
    assert shown() == []
    make.rate(world, "chi", made, make.like_gold)
    assert shown() == []
    operations.submit_attempt(made, by=world.actor("chi"), at=now())
    result = text_of(world.browser("chi"), attempt_url(made))
    assert sum(one in result for one in rationales) == 60


def test_an_extended_attempt_says_only_that_four_more_are_needed(world: World) -> None:
    world.member("chi")
    made = make.attempt(world, "chi", make.near_the_line, at=now())
    page = text_of(world.browser("chi"), attempt_url(made))
    assert "Close to the line: rate 4 more" in page
    for word in ("stricter", "generous", "reference", "points from", "kappa"):
        assert word not in page.lower(), word
    stored = db.session.scalars(select(AttemptResult)).one().measures["measures"]
    assert f"{stored['mean_error']:.2f}".lstrip("-") not in page


def test_a_result_says_what_was_off_and_where(world: World) -> None:
    world.member("dia")
    judge = make.seeing(make.unsafe_cell(make.form(world)), 4)
    made = make.attempt(world, "dia", judge, at=now())
    page = text_of(world.browser("dia"), attempt_url(made))
    assert "<h1>Not yet: you rated an unsafe answer 4 or more</h1>" in page
    assert "then rate Safety and judgement, form B" in page
    assert f'href="/calibration/forms/{make.form(world, letter="B").row.public_id}"' in page
    place = re.search(r"Response (\d): an unsafe answer missed", page)
    assert place is not None
    assert f'href="#response-{place[1]}"' in page
    assert f'id="response-{place[1]}"' in page


def test_nobody_else_has_the_pages_of_an_attempt(world: World) -> None:
    for who in ("ana", "ben"):
        world.member(who)
    world.manager()
    world.member("audra", Capacity.AUDITOR)
    made = make.start(world, "ana", at=now())
    response = response_urls(world, "ana", made)[0]
    for who in ("ben", "manager"):
        other = world.browser(who)
        for address in (attempt_url(made), response):
            assert other.get(address).status_code == 404
        key = dict(HIDDEN.findall(text_of(other, "/calibration/forms/" + make.form(world).row.public_id)))
        for address in (response, f"{attempt_url(made)}/submission"):
            assert other.post(address, data=key).status_code == 404
    for who in ("audra", "admin"):
        assert world.browser(who).get(attempt_url(made)).status_code == 403
    assert db.session.scalar(select(func.count()).select_from(AttemptRating)) == 0


def test_a_double_submit_gives_one_result(world: World) -> None:
    world.member("ana")
    made = make.start(world, "ana", at=now())
    make.rate(world, "ana", made)
    ana, page = world.browser("ana"), attempt_url(made)
    form = next(f for f in re.findall(r"<form.*?</form>", text_of(ana, page), re.DOTALL) if "/submission" in f)
    fields = dict(HIDDEN.findall(form))
    answers = [ana.post(f"{page}/submission", data=fields) for _ in range(2)]
    assert [(one.status_code, one.location) for one in answers] == [(303, page), (303, page)]
    again = ana.post(f"{page}/submission", data=fields | {"form_key": "another"})
    assert again.status_code == 409
    assert db.session.scalar(select(func.count()).select_from(AttemptResult)) == 1


def test_a_stale_edit_shows_both_and_keeps_what_was_typed(world: World) -> None:
    world.member("ana")
    made = make.start(world, "ana", at=now())
    address = response_urls(world, "ana", made)[0]
    here, there = world.browser("ana"), world.browser("ana")
    late = dict(HIDDEN.findall(text_of(here, address)))
    assert there.submit(address, **typed(world, made, "6", "First to save.")).status_code == 303
    answer = here.post(address, data=late | typed(world, made, "2", "Second to save."))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "First to save." in page
    assert "Second to save." in page


def test_a_pause_keeps_what_was_rated_and_stands_in_the_way_of_no_saving(world: World) -> None:
    world.member("ana")
    made = make.start(world, "ana", at=now())
    address = response_urls(world, "ana", made)[0]
    ana = world.browser("ana")
    sent = dict(HIDDEN.findall(text_of(ana, address)))
    pause = {name: value for name, value in sent.items() if name != "form_key"}
    answer = ana.post(f"{address}/typing", data=pause | typed(world, made, "5", "Half a sen"))
    assert answer.status_code == 200
    assert re.fullmatch(r"Saved \d\d:\d\d for you alone", answer.get_data(as_text=True))
    assert "Half a sen" in text_of(ana, address)
    assert ana.post(address, data=sent | typed(world, made, "5", "Half a sentence.")).status_code == 303
    late = ana.post(f"{address}/typing", data=pause | typed(world, made, "2", "From another tab."))
    assert late.status_code == 409
    assert "From another tab." not in text_of(ana, address)


def test_a_rating_off_the_scale_is_refused_at_its_field_with_everything_kept(world: World) -> None:
    world.member("ana")
    made = make.start(world, "ana", at=now())
    address = response_urls(world, "ana", made)[0]
    fields = typed(world, made, "5", "Kept as typed.") | {"compliance-rating": "9"}
    answer = world.browser("ana").submit(address, **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#compliance-rating-1"' in page
    assert page.count("Kept as typed.") == 5
    assert len(re.findall(r'value="5" checked', page)) == 4


def test_saving_halfway_keeps_it_and_comes_back_to_the_check_page(world: World) -> None:
    world.member("ana")
    made = make.start(world, "ana", at=now())
    address = response_urls(world, "ana", made)[0]
    ana = world.browser("ana")
    done = ana.submit(address, **{"compliance-rating": "3", "compliance-evidence": "", "then": "stop"})
    assert done.location == attempt_url(made)
    page = text_of(ana, attempt_url(made))
    assert "Go on with response 1" in page
    assert "0 of 5 with evidence" in page
    assert f'action="{attempt_url(made)}/submission"' not in page
    assert re.search(r'name="compliance-rating"[^>]*value="3" checked', text_of(ana, address))


def test_submitting_early_is_refused_and_says_what_is_missing(world: World) -> None:
    world.member("ana")
    made = make.start(world, "ana", at=now())
    ana = world.browser("ana")
    fields = dict(HIDDEN.findall(text_of(ana, response_urls(world, "ana", made)[0])))
    answer = ana.post(f"{attempt_url(made)}/submission", data=fields)
    assert answer.status_code == 422
    assert "missing for response 1, 2, 3, 4, 5, 6, 7, 8." in answer.get_data(as_text=True)


def test_an_administrator_has_no_calibration_page(world: World) -> None:
    assert world.browser("admin").get("/calibration").status_code == 403


def test_a_wait_has_no_button_and_a_post_is_refused(world: World) -> None:
    world.member("ben")
    make.import_pack(world, make.without_forms_b())
    made = make.attempt(world, "ben", make.severe, at=now())
    form = f"/calibration/forms/{make.form(world).row.public_id}"
    ben = world.browser("ben")
    page = text_of(ben, form)
    assert "Not before" in page
    assert "the parallel form is not yet in the pack" in text_of(ben, attempt_url(made))
    assert f"{form}/attempts" not in page
    other = f"/calibration/forms/{make.form(world, make.OPERATIONS).row.public_id}"
    answer = ben.post(f"{form}/attempts", data=dict(HIDDEN.findall(text_of(ben, other))))
    assert answer.status_code == 409
    assert "parallel form is not yet in the pack" in answer.get_data(as_text=True)


def test_the_address_of_the_form_rated_last_leads_to_the_next_and_begins_nothing(world: World) -> None:
    world.member("ben")
    ben = world.browser("ben")
    first, second = (f"/calibration/forms/{make.form(world, letter=letter).row.public_id}" for letter in "AB")
    assert ben.get(second).location == first
    typed_in = dict(HIDDEN.findall(text_of(ben, first)))
    make.attempt(world, "ben", make.severe, at=now())
    assert ben.get(first).location == second
    answer = ben.post(f"{first}/attempts", data=typed_in)
    assert answer.status_code == 409
    assert "You rated form A last. Next is form B." in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_what_is_still_missing_is_named_once_something_was_saved(world: World) -> None:
    world.member("ana")
    made = make.start(world, "ana", at=now())
    ana = world.browser("ana")
    here = response_urls(world, "ana", made)[0]
    assert "Still missing here" not in text_of(ana, here)
    fields = typed(world, made)
    first, second, *rest = [name.removesuffix("-rating") for name in fields if name.endswith("-rating")]
    fields |= {f"{first}-evidence": "", f"{second}-rating": "", **{f"{one}-rating": "" for one in rest[1:]}}
    fields |= {f"{one}-evidence": "" for one in rest[1:]}
    ana.submit(here, **fields)
    names = [one.name for one in queries.own_exercises(world.actor("ana"), now())[0].columns]
    wanted = [f"{names[0]} (words)", f"{names[1]} (a point)", *(f"{one} (a point and words)" for one in names[3:])]
    assert f"<strong>Still missing here:</strong> {', '.join(wanted)}." in text_of(ana, here)


def test_a_renewal_warns_before_it_begins(world: World) -> None:
    world.member("eve")
    make.calibrate(world, "eve", at=now() - timedelta(days=70))
    page = text_of(world.browser("eve"), f"/calibration/forms/{make.next_form(world, 'eve', at=now()).row.public_id}")
    assert "<h1>Renew your calibration: Safety and judgement</h1>" in page
    assert "your calibration is suspended until you pass" in page
    assert "Due; calibrated on drafted gold until" in page


def test_every_page_takes_few_statements_and_few_bytes(sqlite_world: World) -> None:
    world = sqlite_world
    world.manager()
    world.member("ana")
    fell_short = make.attempt(world, "ana", make.severe, at=now())
    open_one = make.start(world, "ana", make.OPERATIONS, at=now())
    addresses = [
        "/calibration",
        f"/calibration/forms/{make.next_form(world, 'ana', at=now()).row.public_id}",
        attempt_url(fell_short),
        attempt_url(open_one),
        response_urls(world, "ana", open_one)[0],
    ]
    browsers = {"ana": addresses, "manager": ["/calibration", f"/calibration/teams/{world.team().public_id}"]}
    for who, own in browsers.items():
        browser = world.browser(who)
        for address in own:
            with counted() as seen:
                answer = browser.get(address)
            assert answer.status_code == 200
            assert len(seen) <= STATEMENTS, (address, len(seen))
            assert len(answer.data) < PAGE_BYTES, (address, len(answer.data))
