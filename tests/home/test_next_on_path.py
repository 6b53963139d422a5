"""What comes next on a path: a "not yet" and its answer, the form to practise on, and the row on the home page."""

from hiringkit.calibration import operations as calibrating
from hiringkit.calibration import queries as calibration
from hiringkit.calibration.rules.path import PathStep
from hiringkit.foundation.access import Capacity
from hiringkit.foundation.clock import now
from hiringkit.foundation.words import day_words, moment_words
from hiringkit.home import queries
from tests.calibration import expertise
from tests.calibration import factories as make
from tests.debriefs.factories import LEAD, applicant, book, days_ago, read, seat, submit
from tests.home.walking import NOT_YET, REASON, Watched, own, paths_page, read_guide, text_of, watched
from tests.interviews.factories import REVERSE_SHADOW
from tests.statements import counted
from tests.world import World

STATEMENTS = 8


def test_not_yet_stands_on_the_path_with_who_when_why_and_what_comes_next(world: World) -> None:
    case = watched(world)
    world.member("cora", Capacity.COORDINATOR)
    world.member("audrey", Capacity.AUDITOR)
    world.manager("strange", "Other")
    case.answer(is_ready=False, reason=NOT_YET)
    (line,) = {line for one in queries.own_paths(world.actor("hana"), now()) for line in one.path.lines if line.not_yet}
    assert line.not_yet is not None
    stage, day = case.made.stages[1].row.name, moment_words(line.not_yet.at, "America/Chicago")
    assert (line.step, line.proof, line.not_yet.by) == (PathStep.REVERSE_SHADOW, None, "Ana")
    person = f"{paths_page(world)}/{world.members['hana'].public_id}"
    for who, address, name in (
        ("hana", "/calibration/path", "You"), ("manager", person, "Hana"), ("audrey", person, "Hana")
    ):  # fmt: skip
        told = text_of(world.browser(who), address)
        assert f"{name} led “{stage}”. Ana said “not yet”, {day}." in told, who
        assert NOT_YET in told
        assert "What comes next:" in told
    for who, status in (("cora", 403), ("strange", 404)):
        assert NOT_YET not in text_of(world.browser(who), person, status)
    for found in queries.own_paths(world.actor("hana"), now()):
        read_guide(world, "hana", found.competency_set.public_id)
        make.attempt(world, "hana", make.severe, found.competency_set.key, at=now())
    team = {who: text_of(world.browser(who), paths_page(world)) for who in ("manager", "audrey", "cora")}
    assert {who: "Not yet: reverse shadow once more" in page for who, page in team.items()} == {
        "manager": True,
        "audrey": True,
        "cora": False,
    }
    assert "Next: reverse shadow" in team["cora"]
    assert not any(NOT_YET in page for page in team.values())


def test_a_yes_later_takes_the_place_of_not_yet(sqlite_world: World) -> None:
    case = watched(sqlite_world)
    case.answer(is_ready=False, reason=NOT_YET)
    made, row = case.made, applicant(case.made, "Jordan Avery")
    again = book(made, row, 1, hours=-9)
    places = {"watched": seat(made, again, "hana", REVERSE_SHADOW), "watching": seat(made, again, "ana", LEAD)}
    for number in (0, *range(2, len(made.stages))):
        submit(made, "ben", seat(made, book(made, row, number, hours=-9), "ben", LEAD))
    submit(made, "ana", places["watching"])
    submit(made, "hana", places["watched"])
    read(made, row, "ana")
    Watched(made, places).answer(is_ready=True, reason="Every probe was asked.")
    told = text_of(sqlite_world.browser("hana"), "/calibration/path")
    assert "Signed off by Ana" in told
    assert "Every probe was asked." in told
    assert NOT_YET not in told


def test_a_credit_ends_what_was_not_yet(sqlite_world: World) -> None:
    case = watched(sqlite_world)
    case.answer(is_ready=False, reason=NOT_YET)
    world = sqlite_world
    person = f"{paths_page(world)}/{world.members['hana'].public_id}"
    for one in queries.own_paths(world.actor("hana"), now()):
        what = f"{one.competency_set.public_id}:{PathStep.REVERSE_SHADOW.value}"
        assert world.browser("manager").submit(person, f"{person}/credits", what=what, reason=REASON).status_code == 303
    told = text_of(world.browser("hana"), "/calibration/path")
    assert "Credited by Manager" in told
    assert NOT_YET not in told


def test_practising_leads_to_the_form_to_rate(world: World) -> None:
    world.member("hana")
    view = make.form(world)
    for found in (view, make.form(world, make.OPERATIONS)):
        read_guide(world, "hana", found.set_version.public_id)
    hana = world.browser("hana")
    page = text_of(hana, "/calibration/path")
    assert f'href="/calibration/forms/{view.row.public_id}"' in page
    assert page.count("btn btn-primary") == 1
    made = make.start(world, "hana", at=now())
    page = text_of(hana, "/calibration/path")
    assert f'href="/calibration/attempts/{made.public_id}"' in page
    assert "Go on rating" in page
    make.rate(world, "hana", made, make.severe, at=now())
    calibrating.submit_attempt(made, by=world.actor("hana"), at=now())
    assert own(world, "hana").path.next is PathStep.SHADOW


def test_practising_says_until_when_one_waits(sqlite_world: World) -> None:
    world = sqlite_world
    world.member("hana")
    for _ in range(2):
        make.attempt(world, "hana", make.severe, at=now())
    make.import_pack(world, ("notices that a patient could be harmed", "sees that a patient could be harmed"))
    found = make.form(world).set_version
    read_guide(world, "hana", found.public_id)
    one = own(world, "hana")
    assert one.path.next is PathStep.PRACTISE
    assert one.practice is not None
    (exercise,) = (
        own for own in calibration.own_exercises(world.actor("hana"), now()) if own.form.exercise.key == make.JUDGEMENT
    )
    assert (one.practice.form, one.practice.wait) == (exercise.form.row.public_id, exercise.wait)
    assert exercise.wait is not None
    page = text_of(world.browser("hana"), "/calibration/path")
    assert f"Not before {day_words(exercise.wait.from_day)}" in page
    assert f"{exercise.wait.words} {day_words(exercise.wait.from_day)}." in page


def test_practising_says_that_no_form_is_for_its_expert(sqlite_world: World) -> None:
    world = sqlite_world
    make.import_pack(world, make.without_forms_b())
    for key in (make.JUDGEMENT, make.OPERATIONS):
        expertise.ask(world, expertise.draft(world, key), "hana")
        read_guide(world, "hana", make.form(world, key).set_version.public_id)
    step = own(world, "hana").step
    assert step is not None
    assert (step.word, step.page) == ("No form for you", None)
    page = text_of(world.browser("hana"), "/calibration/path")
    assert page.count("a form that you rate as an expert never is") == 3
    assert "btn btn-primary" not in page


def test_the_desk_names_the_next_step(world: World) -> None:
    case = watched(world)
    hana, sets = world.browser("hana"), [one.competency_set for one in queries.own_paths(world.actor("hana"), now())]
    desk = text_of(hana, "/")
    assert "Read the guide: Safety and judgement" in desk
    assert f'href="/calibration/sets/{sets[0].public_id}/guide"' in desk
    for version in sets:
        read_guide(world, "hana", version.public_id)
    assert text_of(hana, "/").count('Next on <a href="/calibration/path">your path</a>: practise.') == 2
    make.attempt(world, "hana", make.severe, at=now())
    assert "Reverse shadow: Safety and judgement" in text_of(hana, "/")
    case.answer(is_ready=False, reason=NOT_YET)
    desk = text_of(hana, "/")
    assert "Reverse shadow once more: Safety and judgement" in desk
    assert "Ana said “not yet”" in desk
    assert NOT_YET not in desk
    assert f'href="/calibration/path#{sets[0].public_id}"' in desk
    with counted() as seen:
        text_of(hana, "/")
    assert len(seen) <= STATEMENTS


def test_the_desk_takes_no_more_statements_with_attempts_at_an_earlier_set(sqlite_world: World) -> None:
    world = sqlite_world
    world.member("hana")
    make.attempt(world, "hana", make.severe, at=now())
    make.import_pack(world, ("notices that a patient could be harmed", "sees that a patient could be harmed"))
    hana = world.browser("hana")
    with counted() as seen:
        desk = text_of(hana, "/")
    assert len(seen) <= STATEMENTS
    assert 'href="/calibration/path"' in desk


def test_the_desk_takes_no_more_statements_while_a_refresh_is_due(sqlite_world: World) -> None:
    world = sqlite_world
    world.member("hana")
    make.calibrate(world, "hana", at=days_ago(70))
    hana = world.browser("hana")
    with counted() as seen:
        desk = text_of(hana, "/")
    assert len(seen) <= STATEMENTS
    assert 'href="/calibration/path"' in desk


def test_desk_and_path_name_the_same_next_steps(sqlite_world: World) -> None:
    case, world = watched(sqlite_world), sqlite_world
    case.answer(is_ready=False, reason=NOT_YET)
    for who in ("hana", "ana", "ben"):
        viewer = world.actor(who)
        desk = queries.desk(viewer, now())
        told = {one.competency_set.id: one.path.next for one in queries.own_paths(viewer, now())}
        assert {one.competency_set.id: one.path.next for one in desk.paths} == told, who
