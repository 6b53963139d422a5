"""The ordered list of rooms: blueprints, policy tables and the navigation, and the only importer of views."""

from dataclasses import dataclass

from flask import Flask, url_for

from hiringkit.foundation.access import Actor, Permission, PolicyTable, declare, may
from hiringkit.home import views as home
from hiringkit.home.policy import TABLE as HOME
from hiringkit.library import views as library
from hiringkit.library.policy import TABLE as LIBRARY
from hiringkit.library.policy import LibraryPermission
from hiringkit.openings import views as openings
from hiringkit.openings.policy import TABLE as OPENINGS
from hiringkit.openings.policy import OpeningPermission
from hiringkit.people import views as people
from hiringkit.people.policy import TABLE as PEOPLE
from hiringkit.people.policy import PeoplePermission

BLUEPRINTS = (people.bp, library.bp, openings.bp, home.bp)
POLICIES: tuple[PolicyTable, ...] = (PEOPLE, LIBRARY, OPENINGS, HOME)


@dataclass(frozen=True)
class NavigationLink:
    """One entry of the bar at the top."""

    label: str
    url: str
    current: bool


NAVIGATION: tuple[tuple[str, str, Permission], ...] = (
    ("Home", "home.show", PeoplePermission.READ_OWN_ACCOUNT),
    ("Openings", "openings.show_all", OpeningPermission.READ),
    ("Library", "library.show", LibraryPermission.LIST),
    ("People", "people.teams", PeoplePermission.READ_TEAM),
)


def install(app: Flask) -> None:
    """Declare every room's policy and register its pages."""
    for table in POLICIES:
        declare(table)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def navigation(viewer: Actor, endpoint: str) -> list[NavigationLink]:
    """Return the entries that this viewer may follow."""
    room = endpoint.split(".")[0]
    return [
        NavigationLink(label, url_for(target), target.split(".")[0] == room)
        for label, target, permission in NAVIGATION
        if may(viewer, permission)
    ]
