"""Who is asking, what they may do, and the rule that nothing is reachable unless it says for whom."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, g, has_request_context, request
from flask_login import current_user
from sqlalchemy import ColumnElement, false, true
from sqlalchemy.orm import InstrumentedAttribute

from hiringkit.foundation.errors import ForbiddenError

View = TypeVar("View", bound=Callable[..., Any])


class Capacity(StrEnum):
    """In what quality somebody acts; site-wide ones first, then those of a team."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    INTERVIEWER = "interviewer"
    MEMBER = "member"
    """Anybody who is signed in."""


SITE_CAPACITIES = frozenset({Capacity.ADMINISTRATOR, Capacity.AUDITOR})
TEAM_CAPACITIES = frozenset({Capacity.MANAGER, Capacity.COORDINATOR, Capacity.INTERVIEWER})


class ActorKind(StrEnum):
    """What kind of party acts."""

    MEMBER = "member"
    CANDIDATE = "candidate"
    SYSTEM = "system"
    OPERATOR = "operator"
    ANYBODY = "anybody"


@dataclass(frozen=True)
class Actor:
    """The acting party, as a value: policies decide on it, audit events name its `id`."""

    kind: ActorKind
    id: str = ""
    member_id: int | None = None
    application_id: int | None = None
    sign_in_id: int | None = None
    site: frozenset[Capacity] = field(default_factory=frozenset)
    teams: frozenset[tuple[int, Capacity]] = field(default_factory=frozenset)

    @classmethod
    def system(cls) -> "Actor":
        """Return the app itself, as reactions and jobs act."""
        return cls(ActorKind.SYSTEM, "system")

    @classmethod
    def operator(cls, name: str) -> "Actor":
        """Return the person at the command line, by operating system user."""
        return cls(ActorKind.OPERATOR, f"operator:{name}")

    @property
    def capacities(self) -> frozenset[Capacity]:
        """Return every capacity this actor has anywhere."""
        own = {capacity for _, capacity in self.teams} | self.site
        return frozenset(own | {Capacity.MEMBER}) if self.kind is ActorKind.MEMBER else frozenset(own)

    def is_in(self, team_id: int, *capacities: Capacity) -> bool:
        """Tell whether the actor has one of the capacities in this team."""
        return any((team_id, capacity) in self.teams for capacity in capacities)


NOBODY = Actor(ActorKind.ANYBODY)


class Permission(StrEnum):
    """Parent of each room's permissions; the value is `room:act`."""


PolicyTable = Mapping[Permission, frozenset[Capacity]]
_granted: dict[Permission, frozenset[Capacity]] = {}


def allow(*capacities: Capacity) -> frozenset[Capacity]:
    """Return the set of capacities for one row of a policy table."""
    return frozenset(capacities)


def declare(table: PolicyTable) -> None:
    """Add a room's policy table to those that decide."""
    _granted.update(table)


def granted(permission: Permission) -> frozenset[Capacity]:
    """Return the capacities that a permission is for."""
    return _granted[permission]


@dataclass(frozen=True)
class Scope:
    """Where an actor has a permission: everywhere, or in some teams."""

    everywhere: bool = False
    team_ids: frozenset[int] = frozenset()

    def covers(self, team_id: int) -> bool:
        """Tell whether this team lies within the scope."""
        return self.everywhere or team_id in self.team_ids

    def limits(self, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Return the SQL condition that keeps a query within the scope."""
        if self.everywhere:
            return true()
        return column.in_(sorted(self.team_ids)) if self.team_ids else false()


def scope(viewer: Actor, permission: Permission) -> Scope:
    """Return where the viewer has the permission; the system and the operator have it everywhere."""
    if viewer.kind in {ActorKind.SYSTEM, ActorKind.OPERATOR}:
        return Scope(everywhere=True)
    capacities = granted(permission)
    if viewer.site & capacities:
        return Scope(everywhere=True)
    return Scope(team_ids=frozenset(team for team, capacity in viewer.teams if capacity in capacities))


def may(viewer: Actor, permission: Permission, team_id: int | None = None) -> bool:
    """Tell whether the viewer has the permission in this team, or anywhere when no team is named."""
    if viewer.kind in {ActorKind.SYSTEM, ActorKind.OPERATOR}:
        return True
    if team_id is None:
        return bool(viewer.capacities & granted(permission))
    return scope(viewer, permission).covers(team_id)


def demand(viewer: Actor, permission: Permission, team_id: int | None = None, sentence: str = "") -> None:
    """Raise ForbiddenError unless the viewer has the permission there."""
    if not may(viewer, permission, team_id):
        raise ForbiddenError(sentence or "Your capacity in this team does not include this.")


def actor() -> Actor:
    """Return who is making this request; NOBODY when signed out."""
    if not has_request_context():
        return NOBODY
    if "actor" not in g:
        g.actor = current_user.actor if current_user.is_authenticated else NOBODY
    return g.actor  # type: ignore[no-any-return]  # Flask's g is untyped.


def act_as_candidate(application_id: int, public_id: str) -> None:
    """Let the holder of a personal link be the actor of this request, whoever else is signed in."""
    g.actor = Actor(ActorKind.CANDIDATE, public_id, application_id=application_id)


PUBLIC = "public"
LINK = "link"


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare that a view is for holders of the permission."""

    def mark(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]  # The declaration travels with the function.
        return view

    return mark


def public(view: View) -> View:
    """Declare that a view is for everybody."""
    view.access = PUBLIC  # type: ignore[attr-defined]  # As above.
    return view


def by_link(view: View) -> View:
    """Declare that a view is for the holder of the personal link in its address."""
    view.access = LINK  # type: ignore[attr-defined]  # As above.
    return view


def access_of(app: Flask, endpoint: str) -> Permission | str | None:
    """Return what an endpoint has declared, or None."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return PUBLIC
    return getattr(app.view_functions[endpoint], "access", None)


def undeclared(app: Flask) -> list[str]:
    """Return the endpoints that say nothing about access, or name a permission without a row."""
    endpoints: Iterable[str] = (rule.endpoint for rule in app.url_map.iter_rules())
    return sorted(
        {
            endpoint
            for endpoint in endpoints
            if (declared := access_of(app, endpoint)) is None
            or (isinstance(declared, Permission) and declared not in _granted)
        }
    )


def guard(app: Flask, ask_to_sign_in: Callable[[], Any]) -> None:
    """Refuse to start with an undeclared route, and check each request before its view runs."""
    if missing := undeclared(app):
        message = "these routes do not declare their access: " + ", ".join(missing)
        raise RuntimeError(message)

    @app.before_request
    def check() -> Any:
        if request.endpoint is None:
            return None
        declared = access_of(app, request.endpoint)
        if declared in {PUBLIC, LINK}:
            return None
        if not isinstance(declared, Permission):
            raise ForbiddenError
        viewer = actor()
        if viewer.kind is ActorKind.ANYBODY:
            return ask_to_sign_in()
        if not may(viewer, declared):
            raise ForbiddenError
        return None
