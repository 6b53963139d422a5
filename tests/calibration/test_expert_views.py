"""The pages of experts and authors: from asking to publishing, blind at every step, quick and for the right eyes."""

import html
import re

import pytest
from sqlalchemy import select

from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import ExerciseForm, ExpertRating, FormDraft, FormDraftResponse, FormExpert
from hiringkit.calibration.rules.drafting import FormDraftState
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from tests.calibration import expertise
from tests.calibration import factories as make
from tests.statements import counted
from tests.world import HIDDEN, NINE, Browser, World

STATEMENTS = 8
PAGE_BYTES = 100_000


def text_of(browser: Browser, address: str, status: int = 200) -> str:
    """Return a page's text as a reader sees it, unescaped."""
    answer = browser.get(address)
    assert answer.status_code == status, address
    return html.unescape(answer.get_data(as_text=True))


def draft_url(row: FormDraft) -> str:
    """Return the address of a draft."""
    return f"/calibration/drafts/{row.public_id}"


def expert_url(expert: FormExpert) -> str:
    """Return the address of what an expert was asked to rate."""
    return f"/calibration/experts/{expert.public_id}"


def response_urls(world: World, name: str, expert: FormExpert) -> list[str]:
    """Return the addresses of an expert's responses, in the order drawn."""
    view = queries.own_expert(world.actor(name), expert.public_id)
    return [f"{expert_url(expert)}/responses/{one.row.public_id}" for one in queries.expert_responses(view)]


def settling_urls(world: World, name: str, expert: FormExpert) -> list[str]:
    """Return the addresses of what an expert is to settle."""
    view = queries.own_expert(world.actor(name), expert.public_id)
    return [f"{expert_url(expert)}/settling/{one.row.public_id}" for one in queries.responses_apart(view)]


def test_an_author_has_a_form_rated_and_publishes_it_through_the_pages(world: World) -> None:
    world.manager()
    view = make.form(world)
    manager = world.browser("manager")
    forms = text_of(manager, "/calibration/drafts")
    assert "There is only one form" not in forms  # The starter pack has two of each exercise.
    assert "Drafted" in forms
    here = manager.submit(
        "/calibration/drafts",
        f"/calibration/exercises/{view.exercise.public_id}/drafts",
        letter="A",
        form_id=view.row.public_id,
    ).location
    for name in expertise.EXPERTS:
        world.member(name)
        assert manager.submit(here, f"{here}/experts", address=f"{name}@example.org").status_code == 303
    experts = db.session.scalars(select(FormExpert).order_by(FormExpert.id)).all()
    assert "0 of 3 experts have sealed" in text_of(manager, here)
    for name, expert in zip(expertise.EXPERTS, experts, strict=True):
        browser = world.browser(name)
        assert "Rate as an expert: Safety and judgement, form A" in text_of(browser, "/")
        assert "Begin with response 1" in text_of(browser, expert_url(expert))
        expertise.rate(world, name, expert)
        assert "Check your ratings, then seal them" in text_of(browser, expert_url(expert))
        assert browser.submit(expert_url(expert), f"{expert_url(expert)}/seal").status_code == 303
        assert "You have sealed your ratings" in text_of(browser, expert_url(expert))
    assert manager.submit(here, f"{here}/closing").status_code == 303
    assert "Publish the form" in text_of(manager, here)
    assert manager.submit(here, f"{here}/publication").status_code == 303
    assert "Published as version" in text_of(manager, here)
    assert "Rated by experts" in text_of(manager, "/calibration/drafts")


def test_an_expert_rates_one_response_at_a_time_and_may_stop(world: World) -> None:
    row = expertise.draft(world)
    (eva,) = expertise.ask(world, row, "eva")
    browser = world.browser("eva")
    here = response_urls(world, "eva", eva)[0]
    page = text_of(browser, here)
    assert "Response 1 of 12" in page
    assert "About 72 minutes left." in page
    done = browser.submit(here, **{"compliance-rating": "3", "compliance-evidence": "Says so.", "then": "stop"})
    assert done.location == expert_url(eva)
    assert "1 of 5 with evidence" in text_of(browser, done.location)
    refused = browser.submit(here, **{"compliance-rating": "9", "compliance-evidence": "Kept as typed."})
    assert refused.status_code == 422
    assert "Kept as typed." in refused.get_data(as_text=True)


def pages_of(world: World, name: str, *addresses: str) -> str:
    """Return the text of every page that a member may open, joined; what is not for them counts as nothing."""
    browser = world.browser(name)
    found = []
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code in {200, 403, 404}, address
        found.append(html.unescape(answer.get_data(as_text=True)))
    return "\n".join(found)


def test_before_sealing_an_expert_learns_nothing_of_gold_or_of_the_others_on_any_page(world: World) -> None:
    """The expert is a manager and an author too: no capacity opens what they must not see."""
    cell = expertise.cell_with_gold(make.form(world), 7)
    world.member("ana")
    done = make.calibrate(world, "ana")
    row = expertise.draft(world)
    world.manager("emi")
    experts = expertise.ask(world, row, *expertise.EXPERTS)
    judges = [make.like_gold, expertise.far_apart(cell, 2), make.like_gold]
    for name, expert, judge in zip(expertise.EXPERTS[:2], experts, judges, strict=False):
        expertise.seal(world, name, expert, judge)
    form = make.form(world).row
    own = response_urls(world, "emi", experts[2])
    everywhere = [
        "/", "/calibration", "/calibration/drafts", draft_url(row), f"/calibration/forms/{form.public_id}",
        f"/calibration/forms/{form.public_id}/report", f"/calibration/attempts/{done.public_id}",
        *(expert_url(one) for one in experts), *own, *(one.replace("responses", "settling") for one in own),
        *(one.replace(experts[2].public_id, experts[0].public_id) for one in own),
        f"/calibration/teams/{world.team().public_id}",
    ]  # fmt: skip
    shown = pages_of(world, "emi", *everywhere)
    assert [one for one in make.rationales() if one in shown] == []
    assert not re.search(r"\b(eva|edo) of \d", shown)
    assert world.browser("emi").get(f"/calibration/forms/{form.public_id}/report").status_code == 403
    expertise.seal(world, "emi", experts[2], judges[2])
    shown = pages_of(world, "emi", *everywhere)
    assert not re.search(r"\b(eva|edo) of \d", shown)
    operations.close_rating(row, by=world.actor("manager"), at=NINE)
    opened = pages_of(world, "emi", *everywhere)
    place = cell // 5 + 1
    assert set(re.findall(r"\b(?:eva|edo|emi) of (\d+): ", opened)) == {str(place)}
    assert len(set(re.findall(r"\beva of \d+: [^<]+", opened))) == 1
    assert [one for one in make.rationales() if one in opened] == []


def test_settling_shows_ratings_and_reasons_without_names_and_keeps_what_was_typed(world: World) -> None:
    cell = expertise.cell_with_gold(make.form(world), 7)
    _, experts = expertise.closed(world, [make.like_gold, make.like_gold, expertise.far_apart(cell, 2)])
    browser = world.browser("eva")
    home = text_of(browser, expert_url(experts[0]))
    assert "Settle where the experts are far apart" in home
    (here,) = settling_urls(world, "eva", experts[0])
    page = text_of(browser, here)
    assert "from 2 to 7" in page
    assert "You gave 7." in page
    assert "Emi" not in page
    columns = queries.responses_apart(queries.own_expert(world.actor("eva"), experts[0].public_id))[0].cells
    name = columns[0].column.key
    refused = browser.submit(here, **{f"{name}-rating": "6", f"{name}-evidence": ""})
    assert refused.status_code == 422
    assert re.search(rf'name="{name}-rating"[^>]*value="6" checked', refused.get_data(as_text=True))
    done = browser.submit(here, **{f"{name}-rating": "6", f"{name}-evidence": "They name who decides."})
    assert done.location == expert_url(experts[0])
    assert "You have settled everything" in text_of(browser, done.location)
    assert "You settled on 6: They name who decides." in re.sub(r"<[^>]+>", "", text_of(browser, here))
    assert text_of(browser, "/").count("as an expert") == 0


def test_a_double_seal_and_a_double_settling_count_once(world: World) -> None:
    row = expertise.draft(world)
    (eva,) = expertise.ask(world, row, "eva")
    expertise.rate(world, "eva", eva)
    browser, page = world.browser("eva"), expert_url(eva)
    form = next(f for f in re.findall(r"<form.*?</form>", text_of(browser, page), re.DOTALL) if "/seal" in f)
    fields = dict(HIDDEN.findall(form))
    answers = [browser.post(f"{page}/seal", data=fields) for _ in range(2)]
    assert [(one.status_code, one.location) for one in answers] == [(303, page), (303, page)]
    assert browser.post(f"{page}/seal", data=fields | {"form_key": "another"}).status_code == 409
    assert len(db.session.scalars(select(ExpertRating)).all()) == 60


def test_an_author_writes_a_parallel_form_response_by_response(world: World) -> None:
    world.manager()
    view = make.form(world)
    manager = world.browser("manager")
    start = f"/calibration/exercises/{view.exercise.public_id}/drafts"
    here = manager.submit("/calibration/drafts", start, letter="B", form_id="").location
    page = text_of(manager, here)
    assert "Write response 1" in page
    assert f'action="{here}/experts"' not in page
    rows = db.session.scalars(select(FormDraftResponse).order_by(FormDraftResponse.position)).all()
    assert [one.block for one in rows] == [1] * 8 + [2] * 4
    for number, row in enumerate(rows, 1):
        address = f"{here}/responses/{row.public_id}"
        done = manager.submit(
            address, prompt="What now?", response=f"Answer {number}.", scenario_key="", recording="Tape 4, minute 2"
        )
        after = here if number == 12 else f"{here}/responses/{rows[number].public_id}"
        assert (done.status_code, done.location) == (303, after)
    assert f'action="{here}/experts"' in text_of(manager, here)
    world.member("eva")
    manager.submit(here, f"{here}/experts", address="eva@example.org")
    frozen = f"{here}/responses/{rows[0].public_id}"
    assert "does not change any more" in text_of(manager, frozen)
    assert 'name="prompt"' not in text_of(manager, frozen)
    eva = db.session.scalars(select(FormExpert)).one()
    assert "Tape 4, minute 2" in text_of(world.browser("eva"), response_urls(world, "eva", eva)[0])


def test_a_copy_under_another_letter_waits_for_other_answers(world: World) -> None:
    row = expertise.draft(world, letter="B")
    page = text_of(world.browser("manager"), draft_url(row))
    assert "Response 1 is word for word an answer of form A." in page
    assert f'action="{draft_url(row)}/experts"' not in page


def test_a_stale_edit_shows_both_texts(world: World) -> None:
    row = expertise.draft(world)
    response = db.session.scalars(select(FormDraftResponse).where(FormDraftResponse.draft_id == row.id)).first()
    assert response is not None
    address = f"{draft_url(row)}/responses/{response.public_id}"
    here, there = world.browser("manager"), world.browser("manager")
    late = dict(HIDDEN.findall(text_of(here, address)))
    typed = {"prompt": "What now?", "scenario_key": "", "recording": ""}
    assert there.submit(address, **typed, response="First to save.").status_code == 303
    answer = here.post(address, data=late | typed | {"response": "Second to save."})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "First to save." in page
    assert "Second to save." in page


def test_a_form_that_fails_says_why_and_has_no_button(world: World) -> None:
    row, _ = expertise.closed(world, [lambda _g, _c: 4] * 3)
    page = text_of(world.browser("manager"), draft_url(row))
    assert "This form cannot be published" in page
    assert "The panel's agreement is undefined: the ratings do not vary." in page
    assert "/publication" not in page
    manager = world.browser("manager")
    assert manager.submit(draft_url(row), f"{draft_url(row)}/ending").location == draft_url(row)
    before = queries.draft_responses(queries.draft(world.actor("manager"), row.public_id))
    again = manager.submit(draft_url(row), f"{draft_url(row)}/again").location
    new = queries.draft(world.actor("manager"), again.rsplit("/", 1)[1])
    assert (new.row.state, new.row.letter) == (FormDraftState.DRAFT, row.letter)
    assert [one.response for one in queries.draft_responses(new)] == [one.response for one in before]
    assert db.session.get_one(FormDraft, row.id).state is FormDraftState.ENDED


@pytest.mark.parametrize("who", ["ana", "audra", "cora"])
def test_nobody_but_authors_has_the_pages_of_authors(world: World, who: str) -> None:
    row = expertise.draft(world)
    world.member("ana")
    world.member("audra", Capacity.AUDITOR)
    world.member("cora", Capacity.COORDINATOR)
    form = make.form(world).row
    for address in ("/calibration/drafts", draft_url(row), f"/calibration/forms/{form.public_id}/report"):
        assert world.browser(who).get(address).status_code == 403
    assert "/calibration/drafts" not in text_of(world.browser(who), "/calibration")


def a_point_low(every: int) -> make.Judge:
    """Return a judge who rates as the reference does, but one cell of so many a point lower."""
    return lambda gold, cell: max(1, gold - (cell % every == 0))


def raters(world: World, number: int) -> ExerciseForm:
    """Let so many people rate the form in force, each a point low on other cells; return the form."""
    for one in range(number):
        name = f"rater{one}"
        world.member(name)
        make.attempt(world, name, a_point_low(one + 7), at=now())
    return make.form(world).row


def test_a_report_says_how_many_there_are_until_there_are_ten(world: World) -> None:
    world.manager()
    form = raters(world, 1)
    page = text_of(world.browser("manager"), f"/calibration/forms/{form.public_id}/report")
    assert "One person has been decided on at this version so far" in page
    assert "no panel of experts has rated this version" in page
    assert "Does not separate" not in page


def test_a_report_on_ten_raters_names_nobody_and_no_reference(world: World) -> None:
    world.manager()
    expertise.published(world)
    form = raters(world, 10)
    page = text_of(world.browser("manager"), f"/calibration/forms/{form.public_id}/report")
    assert "10 people, each with the first attempt at this form only" in page
    assert "Response 1, " in page
    assert "too few" in page
    assert re.search(r"<dd>1\.00\s*<small>ICC", page)
    for name in ("Rater0", "rater0", "Eva", "eva of"):
        assert name not in page, name


def test_a_rater_who_comes_back_counts_once_and_whoever_saw_the_reference_not_at_all(world: World) -> None:
    world.manager()
    world.member("ana")
    make.attempt(world, "ana", make.severe)
    form = expertise.published(world)
    told = queries.form_report(world.actor("manager"), form.public_id)
    assert told.raters == 0
    drafted = db.session.scalars(select(ExerciseForm).where(ExerciseForm.gold_basis == "drafted")).first()
    assert drafted is not None
    assert queries.form_report(world.actor("manager"), drafted.public_id).raters == 1


def test_whoever_is_rating_the_form_waits_for_its_report(world: World) -> None:
    world.manager()
    make.start(world, "manager")
    form = make.form(world).row
    page = text_of(world.browser("manager"), f"/calibration/forms/{form.public_id}/report", 403)
    assert "You are rating this form yourself." in page


def test_every_page_takes_few_statements_and_few_bytes(sqlite_world: World) -> None:
    world = sqlite_world
    cell = expertise.cell_with_gold(make.form(world), 7)
    other = expertise.draft(world, make.OPERATIONS)
    (more,) = expertise.ask(world, other, "eva")
    row, experts = expertise.closed(world, [make.like_gold, make.like_gold, expertise.far_apart(cell, 2)])
    form = make.form(world).row
    empty = db.session.scalars(select(FormDraftResponse).where(FormDraftResponse.draft_id == row.id)).all()[0]
    pages = {
        "eva": [
            "/", "/calibration", expert_url(experts[0]), *settling_urls(world, "eva", experts[0]),
            expert_url(more), response_urls(world, "eva", more)[0],
        ],
        "manager": [
            "/calibration/drafts", draft_url(row), draft_url(other), f"{draft_url(row)}/responses/{empty.public_id}",
            f"/calibration/forms/{form.public_id}/report",
        ],
    }  # fmt: skip
    for who, own in pages.items():
        browser = world.browser(who)
        for address in own:
            with counted() as seen:
                answer = browser.get(address)
            assert answer.status_code == 200, address
            assert len(seen) <= STATEMENTS, (address, len(seen))
            assert len(answer.data) < PAGE_BYTES, (address, len(answer.data))


def test_what_an_author_writes_is_kept_at_a_pause_until_experts_are_asked(world: World) -> None:
    row = expertise.draft(world)
    manager = world.browser("manager")
    response = queries.draft_responses(queries.draft(world.actor("manager"), row.public_id))[0]
    here = f"{draft_url(row)}/responses/{response.public_id}"
    page = text_of(manager, here)
    assert f'data-typing="{here}/typing"' in page
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page) or re.search(
        r'value="([^"]+)"[^>]*name="csrf_token"', page
    )
    assert token is not None
    typed = {"scenario_key": "", "prompt": "What did you do?", "response": "I held the", "recording": ""}
    pause = {"csrf_token": token[1], "version": str(response.version)}
    answer = manager.post(f"{here}/typing", data=pause | typed)
    assert (answer.status_code, answer.get_data(as_text=True)[:5]) == (200, "Saved")
    assert "I held the" in text_of(manager, here)
    db.session.refresh(response)
    assert response.version == int(pause["version"])
    assert manager.submit(here, **typed | {"response": "I held the order."}).status_code == 303
    late = manager.post(f"{here}/typing", data=pause | typed)
    assert late.status_code == 409
    assert "I held the order." in text_of(manager, here)
    expertise.ask(world, row, "eva")
    assert manager.post(f"{here}/typing", data=pause | typed).status_code == 409
