"""The ordered list of rooms: blueprints, policy tables and the navigation, and the only importer of views."""

from dataclasses import dataclass

from flask import Flask, url_for

from hiringkit.calibration import views as calibration
from hiringkit.calibration.policy import TABLE as CALIBRATION
from hiringkit.calibration.policy import CalibrationPermission
from hiringkit.candidates import views as candidates
from hiringkit.candidates.policy import TABLE as CANDIDATES
from hiringkit.careers import views as careers
from hiringkit.debriefs import views as debriefs
from hiringkit.debriefs.policy import TABLE as DEBRIEFS
from hiringkit.disclosures import views as disclosures
from hiringkit.disclosures.policy import TABLE as DISCLOSURES
from hiringkit.foundation.access import Actor, Permission, PolicyTable, declare, may
from hiringkit.home import views as home
from hiringkit.home.policy import TABLE as HOME
from hiringkit.home.policy import HomePermission
from hiringkit.interviews import views as interviews
from hiringkit.interviews.policy import TABLE as INTERVIEWS
from hiringkit.library import views as library
from hiringkit.library.policy import TABLE as LIBRARY
from hiringkit.library.policy import LibraryPermission
from hiringkit.loops import views as loops
from hiringkit.loops.policy import TABLE as LOOPS
from hiringkit.openings import views as openings
from hiringkit.openings.policy import TABLE as OPENINGS
from hiringkit.openings.policy import OpeningPermission
from hiringkit.people import views as people
from hiringkit.people.policy import TABLE as PEOPLE
from hiringkit.people.policy import PeoplePermission
from hiringkit.portal import views as portal
from hiringkit.scorecards import views as scorecards
from hiringkit.scorecards.policy import TABLE as SCORECARDS
from hiringkit.scorecards.policy import ScorecardPermission

BLUEPRINTS = (
    people.bp,
    library.bp,
    calibration.bp,
    openings.bp,
    disclosures.bp,
    loops.bp,
    candidates.bp,
    interviews.bp,
    scorecards.bp,
    debriefs.bp,
    careers.bp,
    portal.bp,
    home.bp,
)
POLICIES: tuple[PolicyTable, ...] = (
    PEOPLE,
    LIBRARY,
    CALIBRATION,
    OPENINGS,
    DISCLOSURES,
    LOOPS,
    CANDIDATES,
    INTERVIEWS,
    SCORECARDS,
    DEBRIEFS,
    HOME,
)


@dataclass(frozen=True)
class NavigationLink:
    """One entry of the bar at the top."""

    label: str
    url: str
    current: bool


NAVIGATION: tuple[tuple[str, str, Permission, tuple[str, ...]], ...] = (
    ("Home", "home.show", PeoplePermission.READ_OWN_ACCOUNT, ()),
    ("Openings", "openings.show_all", OpeningPermission.READ, ("/applications", "/candidates", "/debriefs")),
    ("Interviews", "scorecards.show_all", ScorecardPermission.WRITE_OWN, ("/scorecards",)),
    ("Calibration", "calibration.show", CalibrationPermission.READ, ()),
    ("Library", "library.show", LibraryPermission.LIST, ()),
    ("People", "people.teams", PeoplePermission.READ_TEAM, ("/people",)),
    ("Record", "home.record", HomePermission.READ_RECORD, ()),
)
"""Label, page, who may follow it, and the further addresses at which it is the current one."""


def install(app: Flask) -> None:
    """Declare every room's policy and register its pages."""
    for table in POLICIES:
        declare(table)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def navigation(viewer: Actor, path: str) -> list[NavigationLink]:
    """Return the entries that this viewer may follow; `path` is the page's own."""
    links = []
    for label, target, permission, further in NAVIGATION:
        if may(viewer, permission):
            url = url_for(target)
            is_current = path == url or any(
                path.startswith(f"{start}/") for start in (url.rstrip("/"), *further) if start
            )
            links.append(NavigationLink(label, url, is_current))
    return links
