"""Forms on their way and their experts, made through the operations; experts derive ratings from the drafted gold."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from hiringkit.calibration import operations, queries
from hiringkit.calibration.models import ExerciseForm, FormDraft, FormExpert
from hiringkit.calibration.queries import FormView, ResponseView
from hiringkit.foundation.db import db
from tests.calibration import factories as make
from tests.remembering import remembered
from tests.world import NINE, World

EXPERTS = ("eva", "edo", "emi")


@remembered
def draft(world: World, key: str = make.JUDGEMENT, letter: str = "") -> FormDraft:
    """Return a draft with the text of the form in force, of the same letter unless another is said."""
    world.manager()
    view = make.form(world, key)
    by = world.actor("manager")
    return operations.start_draft(view.exercise, letter or view.row.letter, view.row, by=by, at=NINE)


@remembered
def ask(world: World, row: FormDraft, *names: str) -> list[FormExpert]:
    """Ask members, made where they are missing, to rate a draft as experts."""
    asked = []
    for name in names:
        member = world.member(name)
        asked.append(operations.ask_expert(row, member.email, by=world.actor("manager"), at=NINE))
    return asked


def drafted_gold(row: FormDraft) -> Mapping[tuple[int, int], int]:
    """Return the gold of the form that a draft was copied from, by position and competency version."""
    assert row.copied_from_id is not None
    return make.gold(row.copied_from_id)


def words(name: str, response: ResponseView, column: str) -> str:
    """Return the rationale that an expert gives a cell: nobody else's is the same."""
    return f"{name} of {response.row.position}: {column}."


@remembered
def rate(world: World, name: str, expert: FormExpert, judge: make.Judge = make.like_gold) -> None:
    """Let an expert rate every response."""
    by = world.actor(name)
    view = queries.own_expert(by, expert.public_id)
    reference = drafted_gold(view.draft)
    for response in queries.expert_responses(view):
        first = (response.row.position - 1) * len(response.columns)
        drafts = {
            column.version: (
                judge(reference[response.row.position, column.version], first + number),
                words(name, response, column.name),
            )
            for number, column in enumerate(response.columns)
        }
        operations.save_expert_response(expert, response.row, drafts, response.version, by=by, at=NINE)


@remembered
def seal(world: World, name: str, expert: FormExpert, judge: make.Judge = make.like_gold) -> None:
    """Let an expert rate every response and seal."""
    rate(world, name, expert, judge)
    operations.seal_ratings(expert, by=world.actor(name), at=NINE)


@remembered
def closed(world: World, judges: Sequence[make.Judge] = (make.like_gold,) * 3) -> tuple[FormDraft, list[FormExpert]]:
    """Return a draft whose experts have sealed, one per judge, and whose rating is closed."""
    row = draft(world)
    names = EXPERTS[: len(judges)]
    experts = ask(world, row, *names)
    for name, expert, judge in zip(names, experts, judges, strict=True):
        seal(world, name, expert, judge)
    return operations.close_rating(row, by=world.actor("manager"), at=NINE), experts


@remembered
def published(world: World) -> ExerciseForm:
    """Return a form whose gold three experts gave, all like the drafted one."""
    row, _ = closed(world)
    return operations.publish_form(row, by=world.actor("manager"), at=NINE)


def far_apart(cell: int, rating: int) -> make.Judge:
    """Return a judge who rates as the drafted gold does, but for one cell."""
    return lambda gold, number: rating if number == cell else gold


def cell_with_gold(view: FormView, gold: int) -> int:
    """Return the number of a form's first cell with this gold."""
    columns = queries.unscoped_columns([view.row.set_version_id])[view.row.set_version_id]
    values = [value for row in queries.unscoped_gold_grid(view.row.id, columns) for value in row]
    return values.index(gold)


def newest_form(letter: str = "A") -> ExerciseForm:
    """Return the form of the letter that was made last."""
    wanted = select(ExerciseForm).where(ExerciseForm.letter == letter).order_by(ExerciseForm.id.desc()).limit(1)
    return db.session.scalars(wanted).one()
