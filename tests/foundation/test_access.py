"""Deny by default: the app does not start with a route that says nothing about access."""

import pytest
from flask import Flask

from hiringkit.foundation import access
from hiringkit.foundation.access import Actor, ActorKind, Capacity, Permission, allow, may, public, requires, scope


class Act(Permission):
    """Permissions of these tests."""

    SEE = "test:see"
    LOST = "test:lost"


access.declare({Act.SEE: allow(Capacity.MANAGER, Capacity.AUDITOR)})


def bare_app() -> Flask:
    return Flask("bare", static_folder=None)


def test_undeclared_route_keeps_the_app_from_starting() -> None:
    app = bare_app()
    app.add_url_rule("/open", "open", lambda: "")
    with pytest.raises(RuntimeError, match="open"):
        access.guard(app, lambda: "")


def test_permission_without_a_row_keeps_the_app_from_starting() -> None:
    app = bare_app()
    app.add_url_rule("/lost", "lost", requires(Act.LOST)(lambda: ""))
    with pytest.raises(RuntimeError, match="lost"):
        access.guard(app, lambda: "")


def test_public_route_is_reachable_and_declared() -> None:
    app = bare_app()
    app.add_url_rule("/open", "open", public(lambda: "hello"))
    access.guard(app, lambda: "")
    assert app.test_client().get("/open").data == b"hello"


def member(*teams: tuple[int, Capacity], site: frozenset[Capacity] = frozenset()) -> Actor:
    return Actor(ActorKind.MEMBER, "m", member_id=1, teams=frozenset(teams), site=site)


def test_scope_is_the_teams_of_the_capacity() -> None:
    viewer = member((1, Capacity.MANAGER), (2, Capacity.INTERVIEWER))
    assert scope(viewer, Act.SEE).team_ids == {1}
    assert may(viewer, Act.SEE, 1)
    assert not may(viewer, Act.SEE, 2)


def test_site_capacity_reaches_everywhere_only_where_the_table_says() -> None:
    assert scope(member(site=frozenset({Capacity.AUDITOR})), Act.SEE).everywhere
    assert not may(member(site=frozenset({Capacity.ADMINISTRATOR})), Act.SEE, 1)
