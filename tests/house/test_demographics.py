"""Figures about people's groups are kept for the fairness report: nothing that prints a role can read them."""

import ast
import dataclasses
import html

from hiringkit.foundation.db import db
from hiringkit.library.models import RoleProfile, RoleProfileDemographics
from hiringkit.library.rules.pack import RoleProfile as Profile
from tests.house.tree import project_files, shown
from tests.library.factories import starter_pack
from tests.statements import counted
from tests.world import World

TABLE = "role_profile_demographics"
WRITER = "hiringkit/library/operations/profiles.py"
MODEL = "hiringkit/library/models.py"
WORDS = ("79.2", "20.8", "Hispanic", "LGBT", "Average age", "Gender:")


def test_only_the_writer_knows_the_table() -> None:
    knows = {shown(path) for path in project_files("hiringkit", suffixes=(".py",)) if _names(path.read_text("utf-8"))}
    assert knows == {WRITER, MODEL, "hiringkit/foundation/append_only.py"}


def test_the_writer_never_reads_it() -> None:
    source = next(path for path in project_files("hiringkit/library") if shown(path) == WRITER).read_text("utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    used = [ast.unparse(call) for call in calls if any(_is_the_model(one) for one in (call.func, *call.args))]
    assert len(used) == 1
    assert used[0].startswith("RoleProfileDemographics(")


def test_a_profile_has_no_place_for_them() -> None:
    assert not {field.name for field in dataclasses.fields(Profile)} & {"demographics", "gender", "race", "average_age"}
    assert not RoleProfile.__mapper__.relationships


def test_no_page_of_roles_touches_the_table_or_prints_its_figures(world: World) -> None:
    world.manager()
    pack = starter_pack(world)
    profiles = db.session.query(RoleProfile).all()
    assert db.session.query(RoleProfileDemographics).count() == len(profiles) > 1
    chosen = [row.public_id for row in profiles]
    browser = world.browser("manager")
    for address in (
        "/library",
        "/library/profiles",
        *(f"/library/profiles/{one}" for one in chosen),
        f"/library/packs/{pack.public_id}/roles",
        "/library/comparison?" + "&".join(f"with={one}" for one in chosen),
    ):
        with counted() as seen:
            page = html.unescape(browser.get(address).get_data(as_text=True))
        assert not [statement for statement in seen if TABLE in statement], address
        assert not [word for word in WORDS if word in page], address


def _names(source: str) -> bool:
    return "RoleProfileDemographics" in source or TABLE in source


def _is_the_model(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "RoleProfileDemographics"
